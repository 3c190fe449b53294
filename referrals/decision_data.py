"""The data of a decision's paper: what was decided, why, on what it rests, by whom, and how it is appealed (FL 31 to 33)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bostad.documents.frozen import municipality, signing, template
from bostad.organisation.settings_keys import resolve
from bostad.words import in_sentence
from referrals import criteria_words, paper_parts, papers
from referrals.loading import assessment as loading
from referrals.models import Assessment, Findings, Referral
from referrals.settings_keys import COURT
from referrals.states import AGAINST, DecisionKind, SupportForm
from referrals.valid_time import a_year_from

if TYPE_CHECKING:
    from bostad.casework.models import Case, CaseParty
    from bostad.documents.models import TextTemplate
    from bostad.organisation.scope import Scope
    from referrals.models import Decision

APPEAL_TIME = "tre veckor"  # FL 44; the day is counted by `dates.appeal_deadline`
APPEAL_LAW = "40 och 44 §§ förvaltningslagen (2017:900)"
ON_APPLICATION = frozenset({DecisionKind.GRANT, DecisionKind.OTHER, DecisionKind.REFUSAL})


def decision_data(
    decision: Decision, case: Case, to: CaseParty, version: TextTemplate, by: Scope, today: date
) -> papers.Decision:
    referral = Referral.objects.filter(pk=case.pk).first()
    assessment = referral.assessment if referral else Assessment.objects.get(pk=case.pk)
    return {
        "kind": decision.kind,
        "number": decision.number,
        "case_number": case.number,
        "letter_on": decision.decided_on.isoformat(),
        "municipality": municipality(case.department),
        "contact": paper_parts.answers_for(case, by),
        "recipient": paper_parts.addressee(to, today),
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
        return {"criteria": [], "others_not_met": [], "assessment": None}
    found = Findings.objects.get(assessment=assessment)
    facts = loading.load([assessment.pk], today)[assessment.pk]
    individual = "\n".join(filter(None, (assessment.assessment_text, criteria_words.ability(found))))
    return {
        "criteria": criteria_words.told(found, facts),
        "others_not_met": criteria_words.others_not_met(found, facts),
        "assessment": individual or None,
    }


def _other_support(decision: Decision, assessment: Assessment) -> str | None:
    examined = assessment.other_support_text if decision.kind in ON_APPLICATION & AGAINST else ""
    return decision.other_support or examined or None


def _term(decision: Decision, referral: Referral | None) -> papers.ReferralTerm | None:
    if referral is None or decision.kind not in (DecisionKind.EXTENSION, DecisionKind.CESSATION):
        return None
    is_longer = decision.kind == DecisionKind.EXTENSION
    to_on = a_year_from(referral.valid_to) if is_longer else decision.decided_on
    return {"number": referral.number, "to_on": to_on.isoformat()}


def _housing(decision: Decision, referral: Referral | None) -> papers.Home | None:
    if referral is None or referral.dwelling is None or decision.kind != DecisionKind.HOUSING:
        return None
    return paper_parts.home(referral.dwelling, referral)


def _appeal(case: Case, today: date) -> papers.Appeal:
    court = resolve(COURT.key, today, case.department_id).value
    return {"court": court, "time": APPEAL_TIME, "legal_basis": APPEAL_LAW}
