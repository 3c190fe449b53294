"""Freezes what is known of a case into the data of its papers (`papers.py`). Nothing here reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Cast

from bostad.casework.models import Case
from bostad.documents.frozen import municipality, signing, template
from bostad.documents.services import approved_template, freeze
from bostad.organisation.settings_keys import resolve
from bostad.words import in_sentence
from referrals import content, content_words, criteria_words, paper_parts, papers
from referrals.loading import assessment as loading
from referrals.models import Assessment, Findings, Referral, ReferralVersion
from referrals.settings_keys import COURT
from referrals.states import AGAINST, DecisionKind, LeaseForm, SupportForm
from referrals.valid_time import a_year_from

if TYPE_CHECKING:
    from bostad.documents.models import Document, TextTemplate
    from bostad.organisation.scope import Scope
    from referrals.models import Decision, Offer, Question, VersionSignature

APPEAL_TIME = "tre veckor"  # FL 44; the day is counted by `dates.appeal_deadline`
APPEAL_LAW = "40 och 44 §§ förvaltningslagen (2017:900)"
# Of a referral's papers those that the property department reads: what was signed and then changed was never sent.
SIGNED_AND_NOT_REPLACED = Q(
    Exists(
        ReferralVersion.objects.filter(
            referral=OuterRef("case"),
            number=Cast(OuterRef("data__version"), IntegerField()),
            signed_on__isnull=False,
            voided_on=None,
        )
    )
)
ON_APPLICATION = frozenset({DecisionKind.GRANT, DecisionKind.OTHER, DecisionKind.REFUSAL})


def _freeze(
    case: Case, kind: papers.Kind, data: Callable[[TextTemplate], Any], *, title: str = "", by: Scope, today: date
) -> Document:
    version = approved_template(kind, today)
    return freeze(case=case, kind=kind, template=version, data=data(version), on=today, by=by, title=title)


# --- decisions -----------------------------------------------------------------------------------------------------------


def freeze_decision(decision: Decision, *, by: Scope, today: date) -> Document:
    case = Case.objects.get(pk=decision.case_id)
    title = f"Beslut {decision.number}, {in_sentence(DecisionKind(decision.kind).label)}"
    return _freeze(
        case, "decision", lambda version: _decision(decision, case, version, by, today), title=title, by=by, today=today
    )


def _decision(decision: Decision, case: Case, version: TextTemplate, by: Scope, today: date) -> papers.Decision:
    referral = Referral.objects.filter(pk=case.pk).first()
    assessment = referral.assessment if referral else Assessment.objects.get(pk=case.pk)
    return {
        "kind": decision.kind,
        "number": decision.number,
        "case_number": case.number,
        "letter_on": decision.decided_on.isoformat(),
        "municipality": municipality(case.department),
        "contact": paper_parts.answers_for(case, by),
        "recipient": paper_parts.addressee(case, decision.person),
        "applicants": paper_parts.applicants(case),
        "support": {"code": assessment.support, "label": in_sentence(assessment.get_support_display())},
        "applied_on": assessment.applied_on.isoformat(),
        "motivation": decision.motivation,
        **_investigated(decision, assessment, today),
        "childs_best": decision.child_analysis or None,
        "other_support": _other_support(decision, assessment),
        "interventions": [in_sentence(SupportForm(form).label) for form in decision.support_forms],
        "referral": _term(decision, referral),
        "home": _housing(decision, referral),
        "law": decision.law,
        "guidelines": paper_parts.guidelines(case, today),
        "appeal": _appeal(case, today) if decision.kind in AGAINST else None,
        "signing": signing(decision.delegation),
        "template": template(version),
    }


def _investigated(decision: Decision, assessment: Assessment, today: date) -> dict[str, Any]:
    """The criteria and the individual assessment: where an application is decided, and there alone."""
    if decision.kind not in ON_APPLICATION:
        return {"criteria": [], "assessment": None}
    found = Findings.objects.get(assessment=assessment)
    facts = loading.load([assessment.pk], today)[assessment.pk]
    individual = "\n".join(filter(None, (assessment.assessment_text, criteria_words.ability(found))))
    return {"criteria": criteria_words.told(found, facts), "assessment": individual or None}


def _other_support(decision: Decision, assessment: Assessment) -> str | None:
    examined = assessment.other_support_text if decision.kind in ON_APPLICATION & AGAINST else ""
    return decision.other_support or examined or None


def _term(decision: Decision, referral: Referral | None) -> papers.ReferralTerm | None:
    if referral is None or decision.kind not in (DecisionKind.EXTENSION, DecisionKind.CESSATION):
        return None
    is_longer = decision.kind == DecisionKind.EXTENSION
    to_on = a_year_from(referral, referral.valid_to) if is_longer else decision.decided_on
    return {"number": referral.number, "to_on": to_on.isoformat()}


def _housing(decision: Decision, referral: Referral | None) -> papers.Home | None:
    if referral is None or referral.dwelling is None or decision.kind != DecisionKind.HOUSING:
        return None
    return paper_parts.home(referral.dwelling, referral)


def _appeal(case: Case, today: date) -> papers.Appeal:
    court = resolve(COURT.key, today, case.department_id).value
    return {"court": court, "time": APPEAL_TIME, "legal_basis": APPEAL_LAW}


# --- the question of responsibility --------------------------------------------------------------------------------------


def freeze_consent(question: Question, *, by: Scope, today: date) -> Document: ...


def freeze_group_material(question: Question, *, by: Scope, today: date) -> Document: ...


# --- the referral --------------------------------------------------------------------------------------------------------


def freeze_one_offer_information(referral: Referral, *, by: Scope, today: date) -> Document:
    def data(version: TextTemplate) -> papers.OneOfferInformation:
        return {
            "number": referral.number,
            "letter_on": today.isoformat(),
            "municipality": municipality(referral.department),
            "contact": paper_parts.answers_for(referral, by),
            "recipient": paper_parts.addressee(referral, paper_parts.adults(referral)[0].person),
            "names": paper_parts.names(referral, to_others=False),
            "informed_on": referral.informed_on.isoformat(),
            "informed_how": referral.informed_how,
            "form_label": _form(referral),
            "template": template(version),
        }

    return _freeze(referral, "one_offer_information", data, by=by, today=today)


def freeze_referral(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document:
    title = f"Remiss {referral.number}, {_form(referral)}, lydelse {version.number}"
    return _freeze(
        referral, "referral", lambda wording: _referral(referral, version, wording), title=title, by=by, today=today
    )


def _referral(referral: Referral, version: ReferralVersion, wording: TextTemplate) -> papers.Referral:
    approvals = version.signatures.select_related("person", "representative").order_by("id")
    return {
        "number": referral.number,
        "version": version.number,
        "purpose_label": version.get_purpose_display(),
        "signed_on": version.signed_on.isoformat(),
        "municipality": municipality(referral.department),
        "sender": paper_parts.desk_of(referral),
        "receiver": paper_parts.property_desk(referral),
        "form_label": _form(referral),
        "names": paper_parts.names(referral, to_others=True),
        "replaces": referral.replaces.number if referral.replaces else None,
        "debt_dialogue": _debt_dialogue(referral),
        "sections": [
            {"heading": section.label, "rows": [{"label": label, "text": text} for label, text in rows]}
            for section, rows in content_words.sections(version.content)
        ],
        "approvals": [_approval(row) for row in approvals],
        "content_hash": _short(content.hash_of(version.content)),
        "manager": {
            "name": str(version.signed_by),
            "title": version.signed_by.title or "chef",
            "signed_on": version.signed_on.isoformat(),
        },
        "template": template(wording),
    }


def _form(referral: Referral) -> str:
    return in_sentence(LeaseForm(referral.lease_form).label)


def _debt_dialogue(referral: Referral) -> papers.DebtDialogue | None:
    if referral.debt_dialogue_on is None or referral.lease_form != LeaseForm.GUARANTEE:
        return None
    return {"held_on": referral.debt_dialogue_on.isoformat(), "with_whom": referral.debt_dialogue_with}


def _approval(signature: VersionSignature) -> papers.Approval:
    by = signature.representative
    return {"name": signature.person.name, "by": str(by) if by else None, "signed_on": signature.signed_on.isoformat()}


def _short(content_hash: str) -> str:
    """The first sixteen figures in groups of four: enough to see that two papers are of the same words."""
    return " ".join(content_hash[at : at + 4] for at in range(0, 16, 4))


def freeze_completion_request(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document: ...


def freeze_cessation_notice(referral: Referral, *, by: Scope, today: date) -> Document: ...


# --- the offer -----------------------------------------------------------------------------------------------------------


def freeze_offer(offer: Offer, *, by: Scope, today: date) -> Document: ...


def freeze_offer_answer(offer: Offer, *, by: Scope, today: date) -> Document: ...


def freeze_client_information(offer: Offer, *, by: Scope, today: date) -> Document: ...
