"""Loads the facts of questions of responsibility."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bostad.casework.models import CaseParty, Consent, ConsentPartner, PartyRole, Share
from bostad.organisation.models import Organisation
from referrals.facts import QuestionFacts
from referrals.loading.shared import grouped, numbers, queues_of, settings_of
from referrals.models import GroupMeeting, Question, QuestionAnswer
from referrals.settings_keys import IN_FACTS
from referrals.states import ASSESSMENT_ENDED, Position


def load(case_ids: list[int], today: date) -> Mapping[int, QuestionFacts]:
    cases = list(Question.objects.filter(pk__in=case_ids).select_related("assessment"))
    answers = grouped(QuestionAnswer.objects.filter(question__in=case_ids), "question_id")
    meetings = dict(GroupMeeting.objects.filter(question__in=case_ids).values_list("question", "held_on"))
    settings = settings_of(cases, IN_FACTS)
    asked: dict[int, list[int]] = defaultdict(list)
    for case, organisation in (
        Share.objects.filter(case__in=case_ids).order_by("id").values_list("case", "organisation")
    ):
        asked[case].append(organisation)
    consents = _consents_of(cases, asked, today)
    queues = queues_of(organisation for organisations in asked.values() for organisation in organisations)
    return {
        case.pk: replace(
            _facts(
                case, tuple(asked[case.pk]), answers.get(case.pk, []), meetings.get(case.pk), consents[case.pk], today
            ),
            queues=tuple(
                (organisation, queues[organisation]) for organisation in asked[case.pk] if organisation in queues
            ),
            days=numbers(settings[case.opened_on, case.department_id], IN_FACTS),
        )
        for case in cases
    }


def consenting(given: Iterable[Consent], department: Organisation) -> set[int]:
    """Who has let this department know: the consent names it, in full or by its letters."""
    names = {department.name.casefold(), department.code.casefold()}
    return {consent.person_id for consent in given if consent.partner_name.strip().casefold() in names}


@dataclass(frozen=True)
class _Consents:
    hold: bool  # of every adult, for each asked department
    revoked_on: date | None  # the last that was taken back


def _consents_of(cases: list[Question], asked: Mapping[int, list[int]], today: date) -> Mapping[int, _Consents]:
    assessments = [case.assessment_id for case in cases]
    given = grouped(Consent.objects.filter(case__in=assessments, partner=ConsentPartner.DEPARTMENT), "case_id")
    adults: dict[int, set[int]] = defaultdict(set)
    parties = CaseParty.objects.filter(case__in=assessments, role=PartyRole.APPLICANT, to_on=None)
    for case, person in parties.values_list("case", "person"):
        adults[case].add(person)
    departments = Organisation.objects.in_bulk({pk for pks in asked.values() for pk in pks})
    found = {}
    for case in cases:
        rows = given.get(case.assessment_id, [])
        standing = [row for row in rows if row.given_on <= today and row.revoked_on is None]
        found[case.pk] = _Consents(
            hold=all(adults[case.assessment_id] <= consenting(standing, departments[pk]) for pk in asked[case.pk]),
            revoked_on=max((row.revoked_on for row in rows if row.revoked_on), default=None),
        )
    return found


def _facts(
    case: Question,
    asked: tuple[int, ...],
    answers: list[QuestionAnswer],
    meeting_on: date | None,
    consents: "_Consents",
    today: date,
) -> QuestionFacts:
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
        taker_ids=tuple(answer.organisation_id for answer in takers),
        somebody_takes_it=len(takers) == 1,
        consent_holds=consents.hold,
        consent_revoked_on=None if consents.hold else consents.revoked_on,
        lifted_on=case.lifted_on,
        meeting_on=meeting_on,
        responsible_id=case.responsible_id,
        assessment_is_open=case.assessment.state not in ASSESSMENT_ENDED,
    )
