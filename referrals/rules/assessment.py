"""The order of handling (R-4-16): application, investigation, assessment, decision. And what every decision holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from referrals.rules import HELSINGBORG, STOCKHOLM
from referrals.rules.criteria import RIGHT_TO_SUPPORT
from referrals.rules.supported import CHECKLIST
from referrals.states import AGAINST, SUPPORTED, Support

if TYPE_CHECKING:
    from referrals.facts import AssessmentFacts, ReferralFacts


@condition(
    "R-4-11",
    "Ansökan ska vara dokumenterad: när den kom in, i vilken form och vad den gäller.",
    source=STOCKHOLM + "218–224",
    field="applied_on",
)
def the_application_is_documented(facts: AssessmentFacts) -> bool:
    return facts.application_is_documented and facts.applied_on is not None and facts.applied_on <= facts.today


@condition("R-4-11", "Ange vem som ansöker, med personnummer.", source=STOCKHOLM + "218–224", field="personnummer")
def the_applicant_is_known(facts: AssessmentFacts) -> bool:
    return facts.applicants > 0 and facts.applicants_numbered == facts.applicants


@condition(
    "R-1-11",
    "Följderna för varje barn ska vara analyserade, också för barn på umgänge.",
    source=HELSINGBORG + "182",
    meet_at="analyse_child",
)
def every_child_is_analysed(facts: AssessmentFacts | ReferralFacts) -> bool:
    """Of a referral: of the children that it has now, in the assessment or since."""
    return facts.children_analysed >= facts.children


@condition(
    "R-1-25",
    "Frågan om vilken förvaltning som ansvarar är inte avgjord.",
    source=HELSINGBORG + "280–282",
)
def responsibility_is_settled(facts: AssessmentFacts) -> bool:
    return not facts.question_is_open


@condition(
    "R-1-24",
    "Dialogen med en annan förvaltning kräver samtycke från varje vuxen i hushållet.",
    source=HELSINGBORG + "276–279",
    field="consent",
)
def a_dialogue_needs_consent(facts: AssessmentFacts) -> bool:
    return facts.department_consent


@condition(
    "R-1-8",
    "Skriv den individuella bedömningen: vad som är skäligt för just den här personen.",
    source=HELSINGBORG + "172",
    field="assessment_text",
)
def the_assessment_is_individual(facts: AssessmentFacts) -> bool:
    return facts.is_assessed_in_words


@condition(
    "R-4-16",
    "Handläggningsordningen är ansökan, utredning, bedömning, beslut. Bedömningen saknas.",
    source=STOCKHOLM + "46–48, 64, 116–118",
    meet_at="assess",
)
def the_order_of_handling_is_kept(facts: AssessmentFacts) -> bool:
    dated = facts.applied_on is not None and facts.assessed_on is not None
    return dated and facts.applied_on <= facts.assessed_on <= facts.today


@condition(
    "R-1-10",
    "Rätten till annan boendeinsats ska vara utredd innan ansökan avslås.",
    source=HELSINGBORG + "178–180",
    field="other_support_text",
)
def other_support_was_examined(facts: AssessmentFacts) -> bool:
    return facts.other_support_examined


@condition(
    "R-1-32",
    "Ett avslag är ett beslut med skäl och överklagandehänvisning, så att den enskilde kan överklaga.",
    source=HELSINGBORG + "318–319",
)
def a_refusal_is_a_formal_decision(facts: AssessmentFacts) -> bool:
    return facts.decision_kind not in AGAINST or facts.decision_has_document


@condition(
    "R-4-14",
    "Ett biståndsbeslut ska finnas i varje ärende.",
    source=STOCKHOLM + "244–248",
)
def a_decision_exists(facts: AssessmentFacts) -> bool:
    return facts.decision_kind != "" and facts.decision_has_document


@condition(
    "R-1-11",
    "Beslutet ska innehålla bedömningen av barnets bästa.",
    source=HELSINGBORG + "182",
    field="child_analysis",
)
def the_decision_weighs_the_child(facts: AssessmentFacts) -> bool:
    return facts.children == 0 or facts.decision_has_child_analysis


@condition(
    "R-4-14",
    "Den som beslutar saknar delegation den dagen.",
    source="Delegationsordningen",
    field="delegation",
)
def the_decider_has_delegation(facts: AssessmentFacts) -> bool:
    return facts.decider_has_delegation


@condition(
    "R-4-15",
    "En plan för boendet ska finnas i varje ärende.",
    source=STOCKHOLM + "250–254",
    meet_at="make_plan",
)
def a_plan_exists(facts: AssessmentFacts) -> bool:
    return facts.support not in SUPPORTED or facts.has_plan


@condition(
    "R-1-37",
    "Remissen dras tillbaka först, eller rätten upphör genom ett beslut.",
    source=HELSINGBORG + "326–331",
)
def no_referral_goes_on(facts: AssessmentFacts) -> bool:
    return not facts.referral_is_open


@condition(
    "R-1-28",
    "Remissen är inte skriven.",
    source=HELSINGBORG + "313",
    meet_at="open_referral",
)
def the_referral_is_written(facts: AssessmentFacts) -> bool:
    return facts.support != Support.SOCIAL or facts.has_referral


TO_GRANT = (*RIGHT_TO_SUPPORT, *CHECKLIST)
