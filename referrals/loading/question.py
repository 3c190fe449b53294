"""Loads the facts of questions of responsibility."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bostad.casework.models import Share
from referrals.facts import QuestionFacts
from referrals.loading.shared import grouped, numbers, queues_of, settings_of
from referrals.models import GroupMeeting, Question, QuestionAnswer
from referrals.settings_keys import IN_FACTS
from referrals.states import ASSESSMENT_ENDED, Position


def load(case_ids: list[int], today: date) -> Mapping[int, QuestionFacts]:
    cases = list(Question.objects.filter(pk__in=case_ids).select_related("consent", "assessment"))
    answers = grouped(QuestionAnswer.objects.filter(question__in=case_ids), "question_id")
    meetings = dict(GroupMeeting.objects.filter(question__in=case_ids).values_list("question", "held_on"))
    settings = settings_of(cases, IN_FACTS)
    asked: dict[int, list[int]] = defaultdict(list)
    for case, organisation in (
        Share.objects.filter(case__in=case_ids).order_by("id").values_list("case", "organisation")
    ):
        asked[case].append(organisation)
    queues = queues_of(organisation for organisations in asked.values() for organisation in organisations)
    return {
        case.pk: replace(
            _facts(case, tuple(asked[case.pk]), answers.get(case.pk, []), meetings.get(case.pk), today),
            queues=tuple(
                (organisation, queues[organisation]) for organisation in asked[case.pk] if organisation in queues
            ),
            days=numbers(settings[case.opened_on, case.department_id], IN_FACTS),
        )
        for case in cases
    }


def _facts(
    case: Question, asked: tuple[int, ...], answers: list[QuestionAnswer], meeting_on: date | None, today: date
) -> QuestionFacts:
    consent = case.consent
    takers = [answer for answer in answers if answer.position == Position.OURS]
    return QuestionFacts(
        today=today,
        state=case.state,
        department_id=case.department_id,
        unit_id=case.unit_id,
        assignee_id=case.assignee_id,
        closed_on=case.closed_on,
        asked_on=case.asked_on,
        asked_ids=asked,
        answered_ids=tuple(answer.organisation_id for answer in answers),
        somebody_takes_it=len(takers) == 1,
        consent_holds=consent.given_on <= today and consent.revoked_on is None,
        consent_revoked_on=consent.revoked_on,
        lifted_on=case.lifted_on,
        meeting_on=meeting_on,
        responsible_id=case.responsible_id,
        assessment_is_open=case.assessment.state not in ASSESSMENT_ENDED,
    )
