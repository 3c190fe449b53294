"""Filters over assessments, referrals and offers."""

from typing import Any

from django import forms

from bostad.forms import SwedishForm
from bostad.listing import ALL, OPEN, FreeText
from referrals import auditing
from referrals.states import AssessmentState, LeaseForm, OfferState, QuestionState, ReferralState, Support

HELD_BY = [("", "Alla"), ("mina", "Mina"), ("sena", "Med något försenat")]


def _states(states: Any) -> list[tuple[str, str]]:
    return [(OPEN, "Alla öppna"), (ALL, "Alla"), *states.choices]


class _Filter(SwedishForm):
    q = FreeText(label="Namn eller nummer", required=False, max_length=80)
    vems = forms.ChoiceField(label="Vems", required=False, choices=HELD_BY)
    field_order = ["q", "lage", "vems"]


class AssessmentFilter(_Filter):
    lage = forms.ChoiceField(label="Läge", required=False, choices=_states(AssessmentState))
    gren = forms.ChoiceField(label="Gäller", required=False, choices=[("", "Allt"), *Support.choices])


class ReferralFilter(_Filter):
    lage = forms.ChoiceField(label="Läge", required=False, choices=_states(ReferralState))
    form = forms.ChoiceField(label="Form", required=False, choices=[("", "Båda formerna"), *LeaseForm.choices])


class QuestionFilter(_Filter):
    lage = forms.ChoiceField(label="Läge", required=False, choices=_states(QuestionState))


class AuditFilter(SwedishForm):
    """Which number of the table is opened."""

    saknar = forms.ChoiceField(choices=list(auditing.LACKS.items()))
    gren = forms.ChoiceField(required=False, choices=[("", "Allt"), *Support.choices])


class OfferFilter(SwedishForm):
    lage = forms.ChoiceField(
        label="Läge", required=False, choices=[(OPEN, "Alla som gäller nu"), (ALL, "Alla"), *OfferState.choices]
    )


class GuaranteeFilter(SwedishForm):
    lage = forms.ChoiceField(label="Läge", required=False, choices=[("", "De som gäller"), (ALL, "Alla")])
