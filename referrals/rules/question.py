"""Unclear responsibility: a dialogue with consent, then samarbetsgruppen. The case has an owner all the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from referrals.rules import HELSINGBORG

if TYPE_CHECKING:
    from referrals.facts import QuestionFacts


@condition(
    "R-1-24",
    "Samtycket till dialogen saknas eller är återkallat.",
    source=HELSINGBORG + "276–279",
    field="consent",
)
def the_consent_holds(facts: QuestionFacts) -> bool:
    return facts.consent_holds


@condition(
    "R-1-24",
    "Välj minst en annan remitterande förvaltning. Fastighetsförvaltningen är inte en av dem.",
    source=HELSINGBORG + "276–282",
    field="asked",
)
def another_referring_department_is_asked(facts: QuestionFacts) -> bool:
    return bool(facts.asked_ids) and facts.department_id not in facts.asked_ids


@condition(
    "R-1-25",
    "Alla tillfrågade förvaltningar har inte svarat.",
    source=HELSINGBORG + "280–282",
)
def everybody_asked_has_answered(facts: QuestionFacts) -> bool:
    return set(facts.asked_ids) <= set(facts.answered_ids)


@condition(
    "R-1-25",
    "Registrera mötet i samarbetsgruppen: dag, närvarande och vad gruppen kom fram till.",
    source=HELSINGBORG + "280–282",
    field="held_on",
)
def the_group_has_met(facts: QuestionFacts) -> bool:
    """Asked of what was lifted. What the departments agree on by themselves needs no meeting."""
    if facts.lifted_on is None:
        return True
    return facts.meeting_on is not None and facts.lifted_on <= facts.meeting_on <= facts.today


@condition(
    "R-1-25",
    "Ange vilken förvaltning som ansvarar: en i dialogen eller i samarbetsgruppen. Ärendet står aldrig utan ägare.",
    source=HELSINGBORG + "280–282",
    field="responsible",
)
def one_of_them_is_responsible(facts: QuestionFacts) -> bool:
    return facts.responsible_id in {facts.department_id, *facts.asked_ids}


@condition(
    "R-1-25",
    "Förvaltningen har inte svarat att den ansvarar. Lyft frågan till samarbetsgruppen.",
    source=HELSINGBORG + "280–282",
    field="responsible",
)
def it_is_given_to_nobody_against_its_word(facts: QuestionFacts) -> bool:
    """What the group came to binds all; without it each department answers for itself."""
    return (
        facts.lifted_on is not None
        or facts.responsible_id not in facts.asked_ids
        or facts.responsible_id in facts.taker_ids
    )


@condition(
    "R-1-25",
    "Förvaltningarna är överens, så frågan behöver inte lyftas.",
    source=HELSINGBORG + "280–282",
)
def they_do_not_agree(facts: QuestionFacts) -> bool:
    return not facts.somebody_takes_it
