"""Receipt and appeal (FL 43-46), also of what the night has closed and of a right that has ceased."""

from datetime import timedelta

import pytest

from bostad.casework.models import Deadline
from bostad.casework.refusals import StepNotTaken
from bostad.casework.sweep import sweep
from bostad.casework.timeline import timeline
from referrals.services import assessing, deciding, validity
from referrals.services.deciding import DecisionInput
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_one_home import DAY
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]


def a_refusal(place: Referring):
    case = making.an_assessment(place, "refused")
    deciding.record_receipt(case.pk, received_on=DAYS["refused"], by=place.caseworker, today=DAYS["refused"])
    return case, case.decisions.get().appeal_by


@pytest.mark.rule("R-1-32")
def test_an_appeal_of_the_last_day_is_registered_the_next_morning(place: Referring):
    case, last = a_refusal(place)
    morning = last + timedelta(days=1)
    sweep(morning)
    case.refresh_from_db()
    assert case.state == "closed"
    deciding.record_appeal(case.pk, appealed_on=last, by=place.caseworker, today=morning)
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("appealed", None)
    with pytest.raises(StepNotTaken, match="i rätt tid"):
        deciding.settle_appeal(case.pk, reject=True, reason="För sent.", by=place.manager, today=morning)
    deciding.settle_appeal(case.pk, reject=False, reason="I rätt tid.", by=place.manager, today=morning)


@pytest.mark.rule("R-1-32")
def test_a_late_appeal_is_received_and_rejected(place: Referring):
    case, last = a_refusal(place)
    late = last + timedelta(days=5)
    sweep(late)
    deciding.record_appeal(case.pk, appealed_on=late, by=place.caseworker, today=late)
    deciding.settle_appeal(case.pk, reject=True, reason="Kom för sent.", by=place.manager, today=late)
    decision = case.decisions.get()
    assert (decision.appealed_on, decision.appeal_is_rejected, decision.appeal_settled_on) == (late, True, late)
    with pytest.raises(StepNotTaken):  # it has been appealed once
        deciding.record_appeal(case.pk, appealed_on=late, by=place.caseworker, today=late)


@pytest.mark.rule("R-1-32")
def test_the_receipt_of_a_grant_is_recorded_after_the_assessment_is_completed(place: Referring):
    made = making.making_of(place, "draft")
    assessing.complete(made.assessment_pk, by=place.caseworker, today=DAYS["draft"])
    case = deciding.record_receipt(
        made.assessment_pk, received_on=DAYS["draft"], by=place.caseworker, today=DAYS["draft"]
    )
    assert case.decisions.get().received_on == DAYS["draft"]


@pytest.mark.rule("R-1-37")
def test_a_cessation_is_received_and_appealed(place: Referring):
    made = making.making_of(place, "registered")
    validity.cease(made.pk, DecisionInput("Har fått eget boende."), by=place.manager, today=DAY)
    open_rows = Deadline.objects.still_open().filter(case=made.pk)
    assert sorted(open_rows.values_list("kind", flat=True)) == ["referral_noted", "referral_receipt"]
    validity.note_end(made.pk, by=place.officer, today=DAY)
    deciding.record_receipt(made.pk, received_on=DAY, by=place.caseworker, today=DAY)
    decision = made.referral.decisions.get()
    assert decision.appeal_by == DAY + timedelta(weeks=3)
    assert not open_rows.exists()
    came = decision.appeal_by
    deciding.record_appeal(made.pk, appealed_on=came, by=place.caseworker, today=came)
    assert list(open_rows.values_list("kind", flat=True)) == ["referral_appeal"]
    with pytest.raises(StepNotTaken, match="i rätt tid"):
        deciding.settle_appeal(made.pk, reject=True, reason="För sent.", by=place.manager, today=came)
    deciding.settle_appeal(made.pk, reject=False, reason="I rätt tid.", by=place.manager, today=came)
    assert made.referral.state == "ceased"
    assert not open_rows.exists()


@pytest.mark.rule("R-1-32")
@pytest.mark.rule("FL 44")
def test_the_time_of_appeal_follows_the_day_of_receipt_when_that_is_mended(place: Referring):
    case, last = a_refusal(place)
    right = DAYS["refused"] + timedelta(days=4)
    by = {"by": place.caseworker, "today": right + timedelta(days=1)}
    for day, reason, why in (
        (right, " ", "vad som blev fel"),
        (by["today"] + timedelta(days=1), "Fel.", "efter idag"),
        (DAYS["refused"] - timedelta(days=1), "Fel.", "innan det fattades"),
    ):
        with pytest.raises(StepNotTaken, match=why):
            deciding.correct_receipt(case.pk, received_on=day, reason=reason, **by)
    deciding.correct_receipt(case.pk, received_on=right, reason="Kvittot visar en annan dag.", **by)
    assert case.decisions.get().appeal_by == last + timedelta(days=4)
    force = Deadline.objects.still_open().get(case=case.pk, kind="assessment_force")
    assert force.due_on == last + timedelta(days=5)
    assert "Kvittot visar en annan dag." in [entry.text for entry in timeline(case)]
    sweep(last + timedelta(days=4))
    case.refresh_from_db()
    assert case.state == "refused"
    sweep(last + timedelta(days=5))
    case.refresh_from_db()
    assert case.state == "closed"


@pytest.mark.rule("R-1-37")
@pytest.mark.rule("FL 44")
def test_the_receipt_of_a_cessation_is_mended_until_its_appeal_is_settled(place: Referring):
    made = making.making_of(place, "registered")
    validity.cease(made.pk, DecisionInput("Har fått eget boende."), by=place.manager, today=DAY)
    later = DAY + timedelta(days=2)
    by = {"by": place.caseworker, "today": later}
    with pytest.raises(StepNotTaken):  # nothing is recorded yet
        deciding.correct_receipt(made.pk, received_on=DAY, reason="Fel.", **by)
    deciding.record_receipt(made.pk, received_on=DAY, **by)
    deciding.record_appeal(made.pk, appealed_on=later, **by)
    deciding.correct_receipt(made.pk, received_on=later, reason="Fel dag.", **by)
    assert made.referral.decisions.get().appeal_by == later + timedelta(weeks=3)
    deciding.settle_appeal(made.pk, reject=False, reason="I rätt tid.", by=place.manager, today=later)
    with pytest.raises(StepNotTaken):
        deciding.correct_receipt(made.pk, received_on=DAY, reason="Fel igen.", **by)
