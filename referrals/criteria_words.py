"""What an investigation has found, told to the applicant: each criterion, whether it is met, and on what that rests.

Whether a criterion is met is asked of the same rules that refuse the step; here are only the words (FL 32).
"""

from collections.abc import Iterator

from bostad.casework.conditions import Condition
from bostad.documents.typography import listed
from bostad.words import in_sentence
from referrals.facts import AssessmentFacts
from referrals.models import Findings
from referrals.papers import Criterion
from referrals.rules import criteria, supported
from referrals.states import (
    CITYS_OWN,
    SUPPORTED,
    Ability,
    Difficulty,
    ExposedGroup,
    HousingNow,
    Problem,
    Support,
    TargetGroup,
)

UNKNOWN = "Uppgift saknas i utredningen."
CITYS_OWN_COUNT = (
    "Den som bor i någon av kommunens egna boendeinsatser undantas från kravet att sakna tak över huvudet."
)
AT_RISK = "Undantag för barnfamilj: ett barn riskerar allvarlig skada i bostaden."


def told(found: Findings, facts: AssessmentFacts) -> list[Criterion]:
    """The criteria of what was applied for: the three basic ones, or those of a trial, training or emergency home."""
    return [*(_of_supported(found, facts) if facts.support in SUPPORTED else _of_a_home(found, facts))]


def others_not_met(found: Findings, facts: AssessmentFacts) -> list[Criterion]:
    """Beside the basic ones: what is asked of everybody, and of the target group, and does not hold."""
    if facts.support in SUPPORTED:
        return [
            _criterion("För vuxna", False, rule.stated)
            for rule in (supported.a_trial_home_is_for_adults,)
            if not rule.holds(facts)
        ]
    asked = (
        ("Folkbokförd i kommunen", criteria.is_registered_or_excepted, _registered(found)),
        (
            "Behovet kan inte tillgodoses på annat sätt",
            criteria.the_need_cannot_be_met_otherwise,
            found.alternatives_text,
        ),
        ("Förmåga att sköta ett boende, med eller utan stöd", criteria.is_able_to_manage_a_home, ability(found)),
        ("Inget eget hyreskontrakt", criteria.has_no_lease_of_their_own, _own_lease(found)),
    )
    lacking = [_criterion(heading, False, text) for heading, rule, text in asked if not rule.holds(facts)]
    group = [words for rule, words in _OF_THE_GROUP.items() if not rule.holds(facts)]
    chosen = f": {in_sentence(TargetGroup(found.target_group).label)}" if found.target_group else ""
    return [*lacking, *([_criterion(f"Målgrupp{chosen}", False, " ".join(group))] if group else [])]


_OF_THE_GROUP: dict[Condition, str] = {
    criteria.the_target_group_is_the_departments: "Målgruppen hör inte till den här förvaltningen.",
    criteria.economic_ground_holds: criteria.economic_ground_holds.stated,
    criteria.family_ground_holds: criteria.family_ground_holds.stated,
    criteria.the_young_are_18_to_20: criteria.the_young_are_18_to_20.stated,
    criteria.grown_up_in_a_placement_that_ended: "Målgruppen kräver en placering som har avslutats.",
    criteria.placed_and_judged_ready: criteria.placed_and_judged_ready.stated,
    criteria.care_need_beyond_the_housing: "Målgruppen kräver ett vårdbehov utöver bostadsfrågan.",
    criteria.special_housing_was_considered: "Att ett särskilt boende inte passar är inte visat.",
}


def _registered(found: Findings) -> str:
    if found.is_registered_here is None:
        return ""
    return "Du är inte folkbokförd i kommunen, och inget undantag gäller." if not found.is_registered_here else ""


def _own_lease(found: Findings) -> str:
    return "Du har ett eget hyreskontrakt på den öppna bostadsmarknaden." if found.has_own_lease else ""


def ability(found: Findings) -> str:
    """R-1-10, as one paragraph; nothing where it is not assessed."""
    if not found.ability:
        return ""
    return _sentences(f"Förmåga att sköta ett boende: {in_sentence(Ability(found.ability).label)}", found.ability_text)


def _of_a_home(found: Findings, facts: AssessmentFacts) -> Iterator[Criterion]:
    second = criteria.difficulties_are_combined, criteria.own_possibilities_are_exhausted
    yield _criterion(
        "Helt bostadslös", criteria.is_homeless_or_in_the_citys_own.holds(facts), _housing_now(found, facts)
    )
    yield _criterion(
        "Svårigheter att på egen hand skaffa bostad", all(rule.holds(facts) for rule in second), _difficulties(found)
    )
    yield _criterion(
        "Hör till en socialt utsatt grupp som behöver särskilt stöd att ordna bostad",
        criteria.belongs_to_an_exposed_group.holds(facts),
        _group(found),
    )


def _housing_now(found: Findings, facts: AssessmentFacts) -> str:
    if not found.housing_now:
        return ""
    excepted = facts.has_own_lease is True and criteria.own_lease_is_excepted.holds(facts)
    return _sentences(
        HousingNow(found.housing_now).label,
        found.housing_now_text,
        CITYS_OWN_COUNT if found.housing_now in CITYS_OWN else "",
        AT_RISK if excepted else "",
    )


def _difficulties(found: Findings) -> str:
    labels = [in_sentence(Difficulty(value).label) for value in found.difficulties]
    asked = (
        ("sökt bostad i andra kommuner", found.searched_elsewhere),
        ("sökt i andra hand", found.searched_second_hand),
        ("saknar borgensman", found.lacks_guarantor),
    )
    evidence = [f"{what}: {'ja' if answer else 'nej'}" for what, answer in asked if answer is not None]
    because = found.not_able_because.strip()
    return _sentences(
        f"Svårigheter: {listed(labels)}" if labels else "",
        ", ".join(evidence).capitalize(),
        f"Varför du inte kan söka själv: {because}" if because else "",
    )


def _group(found: Findings) -> str:
    if not found.exposed_group:
        return ""
    needs = {True: "Behöver insatser", False: "Behöver inte insatser", None: ""}[found.needs_interventions]
    return _sentences(ExposedGroup(found.exposed_group).label, needs)


def _of_supported(found: Findings, facts: AssessmentFacts) -> Iterator[Criterion]:
    yield _criterion(
        "Kan inte bli godkänd för ett eget kontrakt",
        supported.cannot_be_approved_on_own_merits.holds(facts),
        _sentences(found.contact_text, found.not_approvable_text),
    )
    if facts.support == Support.EMERGENCY:
        yield _criterion(
            "En akut situation och en kort tid",
            supported.an_emergency_home_is_short.holds(facts),
            found.acute_situation_text,
        )
        return
    yield _criterion(
        "Annan grund än enbart hemlöshet",
        supported.homelessness_alone_is_no_ground.holds(facts),
        _sentences(listed([Problem(value).label for value in found.problems]) if found.problems else ""),
    )
    if facts.support == Support.TRIAL:
        yield _criterion(
            "Möjlighet att ta över kontraktet",
            supported.a_trial_can_end_in_a_lease_of_their_own.holds(facts),
            _trial(found),
        )
    else:
        more = {True: "Behovet är större.", False: "Behovet är inte större.", None: ""}[found.needs_more_supervision]
        yield _criterion("Större behov av stöd och tillsyn", supported.training_is_for_greater_need.holds(facts), more)


def _trial(found: Findings) -> str:
    asked = (
        ("relevant hjälp för problematiken", found.relevant_help_received),
        ("bedöms klara eget boende", found.able_to_manage),
        ("realistisk möjlighet att ta över förstahandskontraktet", found.takeover_is_realistic),
    )
    return _sentences(
        ", ".join(f"{what}: {'ja' if answer else 'nej'}" for what, answer in asked if answer is not None).capitalize()
    )


def _criterion(heading: str, is_met: bool, text: str) -> Criterion:
    return {"heading": heading, "is_met": is_met, "text": text.strip() or UNKNOWN}


def _sentences(*parts: str) -> str:
    """Put together with a full stop after each that has none."""
    said = [part.strip() for part in parts if part.strip()]
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in said)
