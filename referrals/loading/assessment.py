"""Loads the facts of one assessment or of thousands in the same handful of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bostad.casework.models import CaseParty, Consent, ConsentPartner, PartyRole
from referrals import childrens_analyses
from referrals.facts import AssessmentFacts
from referrals.loading.shared import Days, grouped, numbers, of_representatives, settings_of
from referrals.models import Assessment, Decision, Findings, HousingPlan, Question, Referral
from referrals.settings_keys import HOMELESS, IN_FACTS, TARGET_GROUPS
from referrals.states import QUESTION_ENDED

DECIDES = ("grant", "other", "refusal")


def load(case_ids: list[int], today: date) -> Mapping[int, AssessmentFacts]:
    cases = list(Assessment.objects.filter(pk__in=case_ids))
    around = _Around.of(cases)
    return {case.pk: _facts(case, around, today) for case in cases}


@dataclass(frozen=True)
class _Around:
    parties: Mapping[int, list[CaseParty]]
    findings: Mapping[int, Findings]
    children: Mapping[int, childrens_analyses.ByChild]
    consents: Mapping[int, list[Consent]]
    decisions: Mapping[int, Decision]
    asked: frozenset[int]
    referred: frozenset[int]
    referral_open: frozenset[int]
    planned: frozenset[int]
    settings: Days

    @classmethod
    def of(cls, cases: list[Assessment]) -> "_Around":
        ids = [case.pk for case in cases]
        open_questions = Question.objects.filter(assessment__in=ids).exclude(state__in=QUESTION_ENDED)
        return cls(
            parties=grouped(
                CaseParty.objects.filter(case__in=ids, to_on=None)
                .select_related("person", "representative")
                .order_by("id"),
                "case_id",
            ),
            findings={row.pk: row for row in Findings.objects.filter(assessment__in=ids)},
            children=childrens_analyses.by_assessment(ids),
            consents=grouped(
                Consent.objects.filter(case__in=ids, partner=ConsentPartner.DEPARTMENT, revoked_on=None), "case_id"
            ),
            decisions={
                row.case_id: row
                for row in Decision.objects.filter(case__in=ids, kind__in=DECIDES).select_related("delegation")
            },
            asked=frozenset(open_questions.values_list("assessment", flat=True)),
            referred=frozenset(
                Referral.objects.filter(assessment__in=ids, given_up=False).values_list("assessment", flat=True)
            ),
            referral_open=frozenset(
                Referral.objects.filter(assessment__in=ids, closed_on=None).values_list("assessment", flat=True)
            ),
            planned=frozenset(HousingPlan.objects.filter(assessment__in=ids).values_list("assessment", flat=True)),
            settings=settings_of(cases, [*IN_FACTS, HOMELESS, TARGET_GROUPS]),
        )


def _facts(case: Assessment, around: _Around, today: date) -> AssessmentFacts:
    settings = around.settings[case.opened_on, case.department_id]
    found = around.findings.get(case.pk) or Findings()
    return AssessmentFacts(
        today=today,
        state=case.state,
        support=case.support,
        department_id=case.department_id,
        unit_id=case.unit_id,
        assignee_id=case.assignee_id,
        closed_on=case.closed_on,
        is_restricted=case.is_restricted,
        applied_on=case.applied_on,
        application_is_documented=bool(case.application_form and case.application_note),
        assessed_on=case.assessed_on,
        is_assessed_in_words=bool(case.assessment_text),
        other_support_examined=bool(case.other_support_text),
        question_is_open=case.pk in around.asked,
        has_referral=case.pk in around.referred,
        referral_is_open=case.pk in around.referral_open,
        has_plan=case.pk in around.planned,
        counts_as_homeless=settings[HOMELESS.key],
        department_groups=settings[TARGET_GROUPS.key],
        days=numbers(settings, IN_FACTS),
        **_of_people(case, around, today),
        **_of_children(case, around),
        **_of_need(found),
        **_of_target(found),
        **_of_supported(found),
        **_of_decision(around.decisions.get(case.pk)),
    )


def _of_people(case: Assessment, around: _Around, today: date) -> dict[str, Any]:
    parties = around.parties.get(case.pk, [])
    adults = [party.person for party in parties if party.role == PartyRole.APPLICANT]
    consenting = {consent.person_id for consent in around.consents.get(case.pk, [])}
    ages = [age for age in (person.age_on(today) for person in adults) if age is not None]
    return {
        "applicants": len(adults),
        "applicants_numbered": sum(bool(person.personnummer) for person in adults),
        "age": max(ages, default=None),  # of the oldest: a group for the young is for every adult of the household
        "youngest_adult_age": min(ages, default=None),
        "children": sum(party.role == PartyRole.CHILD for party in parties),
        "department_consent": bool(adults) and {person.pk for person in adults} <= consenting,
    } | of_representatives(parties, today)


def _of_children(case: Assessment, around: _Around) -> dict[str, Any]:
    """Of the children that the case has now: an analysis of one that has left the household counts no more."""
    now = [party for party in around.parties.get(case.pk, []) if party.role == PartyRole.CHILD]
    found = around.children.get(case.pk, {})
    analyses = [row for party in now for row in found.get(party.person_id, ()) if row.case_id == case.pk]
    return {
        "children_analysed": sum(childrens_analyses.of_today(found, party) is not None for party in now),
        "children_offered_support": sum(row.support_offered_on is not None for row in analyses),
        "child_is_at_risk": any(row.is_at_risk for row in analyses),
    }


def _of_need(found: Findings) -> dict[str, Any]:
    return {
        "is_registered_here": found.is_registered_here,
        "is_crime_victim": found.is_crime_victim,
        "exception_has_ground": bool(found.exception_ground),
        "housing_now": found.housing_now,
        "housing_is_described": bool(found.housing_now_text),
        "has_own_lease": found.has_own_lease,
        "alternatives_exhausted": found.alternatives_exhausted,
        "alternatives_are_described": bool(found.alternatives_text),
        "difficulties": tuple(found.difficulties),
        "evidence": (found.searched_elsewhere, found.searched_second_hand, found.lacks_guarantor),
        "is_not_able": bool(found.not_able_because),
        "exposed_group": found.exposed_group,
        "needs_interventions": found.needs_interventions,
        "ability": found.ability,
        "ability_is_described": bool(found.ability_text),
    }


def _of_target(found: Findings) -> dict[str, Any]:
    return {
        "target_group": found.target_group,
        "has_economic_assistance": found.has_economic_assistance,
        "is_homeless_for_economic_reasons": found.is_homeless_for_economic_reasons,
        "lacks_economy": found.lacks_economy,
        "has_special_difficulty": found.has_special_difficulty,
        "known_for_other_reasons": found.known_for_other_reasons,
        "children_return_decided": found.children_return_decided_on is not None,
        "placement_ended_on": found.placement_ended_on,
        "is_placed": found.is_placed,
        "is_ready_for_own": found.is_ready_for_own,
        "readiness_is_described": bool(found.readiness_text),
        "care_need_is_described": bool(found.care_need_text),
        "special_housing_considered": bool(found.special_housing_text),
    }


def _of_supported(found: Findings) -> dict[str, Any]:
    return {
        "contact_is_described": bool(found.contact_text),
        "not_approvable_is_described": bool(found.not_approvable_text),
        "problems": tuple(found.problems),
        "relevant_help_received": found.relevant_help_received,
        "able_to_manage": found.able_to_manage,
        "takeover_is_realistic": found.takeover_is_realistic,
        "needs_more_supervision": found.needs_more_supervision,
        "acute_situation_is_described": bool(found.acute_situation_text),
        "planned_end_on": found.planned_end_on,
        "evictions_examined": bool(found.evictions_text),
        "rent_debts_examined": bool(found.rent_debts_text),
        "other_debts_examined": bool(found.other_debts_text),
        "payment_plan_examined": bool(found.payment_plan_text),
        "debt_relief_examined": bool(found.debt_relief_text),
    }


def _of_decision(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    delegation = decision.delegation
    covers = delegation.from_on <= decision.decided_on and (
        delegation.to_on is None or decision.decided_on <= delegation.to_on
    )
    return {
        "decision_kind": decision.kind,
        "decided_on": decision.decided_on,
        "decision_has_document": decision.document_id is not None,
        "decider_has_delegation": covers and delegation.staff_id == decision.decided_by_id,
        "decision_has_child_analysis": bool(decision.child_analysis),
        "received_on": decision.received_on,
        "appeal_by": decision.appeal_by,
        "appealed_on": decision.appealed_on,
        "appeal_is_rejected": decision.appeal_is_rejected,
        "appeal_settled_on": decision.appeal_settled_on,
    }
