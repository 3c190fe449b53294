"""The year of a referral: warnings, extension, expiry by itself, cessation (R-1-34 to R-1-37)."""

from datetime import date, timedelta

import pytest

from bostad import dates
from bostad.casework.models import Deadline, Notice
from bostad.casework.refusals import NotYours, Refused, StepNotTaken, WrongState
from bostad.casework.sweep import sweep
from referrals import content, reading
from referrals.models import Offer, Referral
from referrals.services import offering, validity, writing
from referrals.services.deciding import DecisionInput
from tests.factories import SettingFactory
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.town import Referring, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]


@pytest.mark.rule("R-1-34")
def test_the_year_runs_from_the_registration_unless_the_municipality_says_otherwise(place: Referring):
    referral = making.a_referral(place, "registered")
    assert (referral.valid_from, referral.valid_to) == (DAYS["registered"], date(2027, 9, 25))
    SettingFactory(key="referrals.valid_from", organisation=None, value="decision")
    other = making.a_referral(place, "registered")
    assert (other.valid_from, other.valid_to) == (DAYS["granted"], date(2027, 9, 17))


@pytest.mark.rule("R-1-34")
def test_a_simulated_year_gives_exactly_the_right_warnings_and_the_expiry(place: Referring):
    """Day by day, with gaps in which nothing ran: the sweep makes up for them."""
    referral = making.a_referral(place, "registered")
    warned: dict[date, int] = {}
    day = DAYS["registered"]
    while day <= referral.valid_to + timedelta(days=10):
        if day.day % 7:  # on every seventh day of a month nothing runs
            sweep(day)
            due = Deadline.objects.still_open().filter(case=referral.pk, kind="referral_warning", due_on__lte=day)
            warned[day] = due.count()
        expired = Referral.objects.get(pk=referral.pk).state == "expired"
        assert expired == ((day > referral.valid_to and bool(day.day % 7)) or _swept_since(referral.valid_to, day)), day
        day += timedelta(days=1)
    nine, eleven = dates.add_months(DAYS["registered"], 9), dates.add_months(DAYS["registered"], 11)
    assert {n for d, n in warned.items() if d < nine} == {0}
    assert {n for d, n in warned.items() if nine <= d < eleven} == {1}
    assert {n for d, n in warned.items() if eleven <= d <= referral.valid_to} == {2}
    assert not Deadline.objects.still_open().filter(case=referral.pk).exists()


def _swept_since(valid_to: date, day: date) -> bool:
    """Whether the sweep has run on some day after the validity, up to and with this one."""
    passed = (valid_to + timedelta(days=n) for n in range(1, max(0, (day - valid_to).days) + 1))
    return any(one.day % 7 for one in passed)


@pytest.mark.rule("R-1-34")
def test_an_expired_referral_is_offered_nothing(place: Referring):
    referral = making.a_referral(place, "registered")
    day = referral.valid_to + timedelta(days=1)
    with pytest.raises(StepNotTaken, match="slutade gälla"):  # before the sweep has come
        offering.make_offer(referral.pk, dwelling=a_home(place), free_from=day, by=place.officer, today=day)
    sweep(day)
    assert Referral.objects.get(pk=referral.pk).state == "expired"
    with pytest.raises(WrongState):
        offering.make_offer(referral.pk, dwelling=a_home(place), free_from=day, by=place.officer, today=day)
    assert not Offer.objects.exists()


def test_an_offer_that_was_made_in_time_may_be_answered_after_the_year(place: Referring):
    referral = making.a_referral(place, "offered")
    day = referral.valid_to + timedelta(days=1)
    sweep(day)
    assert Referral.objects.get(pk=referral.pk).state == "offered"
    offering.find_unsuitable(referral.pk, reason="size", by=place.caseworker, today=day)
    sweep(day)
    assert Referral.objects.get(pk=referral.pk).state == "expired"


def gone_through(place: Referring, referral: Referral, today: date) -> Referral:
    """Begun, every section confirmed, and approved by the household: the manager's decision is what is left."""
    by = {"by": place.caseworker, "today": today}
    validity.begin_extension(referral.pk, **by)
    economy = making.sections_of(making.Making(place))["economy"] | {"checked_on": today.isoformat()}
    writing.write_section(referral.pk, "economy", economy, step="review_extension", **by)
    for section in content.SECTIONS:
        validity.confirm_section(referral.pk, section.key, **by)
    writing.approve(
        referral.pk, step="approve_extension", signatures=making.signatures_of(referral), signed_on=today,
        content_hash=making.hash_now(referral), **by,
    )  # fmt: skip
    return referral


def extended(place: Referring, referral: Referral, today: date) -> Referral:
    gone_through(place, referral, today)
    return validity.extend(referral.pk, DecisionInput("Oförändrat behov."), by=place.manager, today=today)


@pytest.mark.rule("R-1-35")
@pytest.mark.rule("R-1-36")
def test_an_extension_is_a_decision_with_new_signatures_on_one_further_year(place: Referring):
    referral = making.a_referral(place, "registered")
    after = extended(place, referral, date(2027, 7, 1))
    assert (after.valid_to, after.extensions, after.state) == (date(2028, 9, 25), 1, "registered")
    assert referral.decisions.get().kind == "extension"
    assert writing.signed_version(after).number == 2
    with pytest.raises(StepNotTaken, match="redan förlängts"):
        validity.begin_extension(referral.pk, by=place.caseworker, today=date(2028, 7, 1))


@pytest.mark.rule("R-1-36", "R-1-42")
def test_a_debt_picture_that_is_too_old_is_no_section_that_is_unchanged(place: Referring):
    referral, today = making.a_referral(place, "registered"), date(2027, 7, 1)
    validity.begin_extension(referral.pk, by=place.caseworker, today=today)
    with pytest.raises(StepNotTaken, match="Kontrollera den igen"):
        validity.confirm_section(referral.pk, "economy", by=place.caseworker, today=today)
    assert "economy" not in writing.version_in_writing(referral).reviewed


@pytest.mark.rule("R-1-35")
def test_no_manager_extends_after_the_last_day(place: Referring):
    referral = making.a_referral(place, "registered")
    gone_through(place, referral, referral.valid_to)
    late = referral.valid_to + timedelta(days=1)
    with pytest.raises(StepNotTaken, match="slutade gälla"):
        validity.extend(referral.pk, DecisionInput("Behovet kvarstår."), by=place.manager, today=late)
    assert validity.extend(
        referral.pk, DecisionInput("Behovet kvarstår."), by=place.manager, today=referral.valid_to
    ).valid_to == date(2028, 9, 25)


@pytest.mark.rule("R-1-35")
def test_an_extension_in_writing_is_put_aside_when_the_lease_is_signed(place: Referring):
    made = making.making_of(place, "accepted")
    validity.begin_extension(made.pk, by=place.caseworker, today=DAYS["accepted"])
    making.ACTS["lease_signed"](made, DAYS["lease_signed"])
    assert made.referral.state == "lease_signed"
    assert not made.referral.versions.filter(voided_on=None, signed_on=None).exists()
    assert writing.signed_version(made.referral).number == 1


@pytest.mark.rule("R-1-36")
def test_an_extension_without_going_through_each_section_is_refused(place: Referring):
    referral = making.a_referral(place, "registered")
    today = DAYS["registered"]
    validity.begin_extension(referral.pk, by=place.caseworker, today=today)
    validity.confirm_section(referral.pk, "need", by=place.caseworker, today=today)
    with pytest.raises(StepNotTaken, match="Gå igenom"):
        writing.approve(
            referral.pk, step="approve_extension", signatures=making.signatures_of(referral), signed_on=today,
            content_hash=making.hash_now(referral), by=place.caseworker, today=today,
        )  # fmt: skip


@pytest.mark.rule("R-1-35")
def test_nothing_is_extended_after_its_end(place: Referring):
    referral = making.a_referral(place, "registered")
    with pytest.raises(StepNotTaken, match="slutade gälla"):
        validity.begin_extension(referral.pk, by=place.caseworker, today=referral.valid_to + timedelta(days=1))


@pytest.mark.rule("R-1-37")
def test_a_cessation_is_a_decision_that_ends_the_referral_and_a_live_offer(place: Referring):
    referral = making.a_referral(place, "offered")
    validity.cease(referral.pk, DecisionInput("Har fått eget boende."), by=place.manager, today=DAYS["suitable"])
    after = Referral.objects.get(pk=referral.pk)
    assert (after.state, after.offers.get().state) == ("ceased", "lapsed")
    assert after.decisions.get().document.title.startswith("Beslut")
    assert after.documents.filter(kind="cessation_notice").exists()
    left = Deadline.objects.still_open().filter(case=referral.pk)
    assert sorted(left.values_list("kind", flat=True)) == ["referral_noted", "referral_receipt"]
    with pytest.raises(WrongState):
        offering.find_suitable(referral.pk, by=place.caseworker, today=DAYS["suitable"])


@pytest.mark.rule("R-1-37")
@pytest.mark.parametrize("end", ["ceased", "withdrawn"])
def test_ff_is_told_of_the_end_until_somebody_there_knows_of_it(place: Referring, end: str):
    made, day = making.making_of(place, "registered"), DAYS["offered"]
    if end == "ceased":
        validity.cease(made.pk, DecisionInput("Har fått eget boende."), by=place.manager, today=day)
    else:
        validity.withdraw(made.pk, reason="Har fått eget boende.", by=place.caseworker, today=day)
    told = Deadline.objects.still_open().get(case=made.pk, kind="referral_noted")
    assert (told.department_id, told.assignee_id) == (place.ff.pk, place.officer.staff_id)
    assert Notice.objects.filter(deadline=told, staff=place.officer.staff_id, read_at=None).exists()
    with pytest.raises(NotYours):
        validity.note_end(made.pk, by=place.caseworker, today=day)
    validity.note_end(made.pk, by=place.officer, today=day)
    told.refresh_from_db()
    assert told.met_on == day
    with pytest.raises(StepNotTaken):
        validity.note_end(made.pk, by=place.officer, today=day)


@pytest.mark.rule("R-1-37")
@pytest.mark.parametrize("until", ["filled", "submitted"])
def test_of_what_ff_never_took_in_there_is_nothing_to_note(place: Referring, until: str):
    made = making.making_of(place, until)
    validity.withdraw(made.pk, reason="Vill inte.", by=place.caseworker, today=DAYS["registered"])
    assert not Deadline.objects.filter(case=made.pk, kind="referral_noted").exists()
    with pytest.raises(StepNotTaken):
        validity.note_end(made.pk, by=place.officer, today=DAYS["registered"])


def an_approved_extension(place: Referring) -> Referral:
    referral = making.a_referral(place, "registered")
    by = {"by": place.caseworker, "today": DAYS["offered"]}
    validity.begin_extension(referral.pk, **by)
    for section in writing.sections_of(referral, writing.version_in_writing(referral)):
        validity.confirm_section(referral.pk, section.key, **by)
    signed = {"signatures": making.signatures_of(referral), "content_hash": making.hash_now(referral)}
    writing.approve(referral.pk, **signed, signed_on=DAYS["offered"], step="approve_extension", **by)
    return Referral.objects.get(pk=referral.pk)


@pytest.mark.rule("R-1-36")
def test_the_manager_sends_an_extension_back_and_only_what_was_asked_is_gone_through_anew(place: Referring):
    referral, today = an_approved_extension(place), DAYS["offered"]
    points = {"support": writing.Asked("Vem ger stödet nu?")}
    writing.send_back(referral.pk, points=points, by=place.manager, today=today, step="send_back_extension")
    version = writing.version_in_writing(referral)
    assert (version.purpose, version.approved_on, version.signatures.count()) == ("extension", None, 0)
    every = {section.key for section in writing.sections_of(referral, version)}
    assert every - set(version.reviewed) == {"support"}
    assert [(row.label, row.is_answered) for row in reading.comments(referral)] == [
        ("Insatser och stöd rörande boende", False)
    ]
    with pytest.raises(StepNotTaken):
        validity.extend(referral.pk, DecisionInput("Behovet kvarstår."), by=place.manager, today=today)


@pytest.mark.rule("R-1-34")
def test_after_its_last_day_nobody_goes_through_or_signs_what_can_not_be_extended(place: Referring):
    referral = making.a_referral(place, "registered")
    validity.begin_extension(referral.pk, by=place.caseworker, today=referral.valid_to)
    late = {"by": place.caseworker, "today": referral.valid_to + timedelta(days=1)}
    with pytest.raises(Refused, match="slutade gälla"):
        validity.confirm_section(referral.pk, "need", **late)
    signed = {"signatures": making.signatures_of(referral), "content_hash": making.hash_now(referral)}
    with pytest.raises(Refused, match="slutade gälla"):
        writing.approve(referral.pk, **signed, signed_on=late["today"], step="approve_extension", **late)
