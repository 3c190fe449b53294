"""A referral that replaces another: the same right, in other words. It gives no new time and leads into no dead end."""

from datetime import date, timedelta

import pytest

from bostad.casework.refusals import StepNotTaken
from bostad.casework.sweep import sweep
from bostad.organisation.models import DelegatedAct
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from referrals import content
from referrals.models import Referral
from referrals.services import validity, writing
from referrals.services.deciding import DecisionInput
from referrals.services.writing import OpeningInput
from tests.factories import DelegationFactory, SettingFactory, StaffFactory
from tests.referrals import making
from tests.referrals.making import ACTS, DAYS, Making
from tests.referrals.test_one_home import DAY, replaced
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]
ANEW = OpeningInput("municipal", "Nytt.")


@pytest.mark.rule("R-1-35")
def test_a_replacement_goes_on_with_the_time_of_the_old_one(place: Referring):
    made = making.making_of(place, "registered")
    old = made.referral
    it = replaced(place, made, today=old.valid_to)
    validity.register(it.pk, by=place.officer, today=old.valid_to)
    new = it.referral
    assert (new.valid_from, new.valid_to, new.extensions) == (old.valid_from, old.valid_to, old.extensions)
    assert made.referral.state == "superseded"


@pytest.mark.rule("R-1-34")
def test_the_replacement_of_one_that_has_run_out_is_not_registered(place: Referring):
    made = making.making_of(place, "registered")
    end = made.referral.valid_to
    it = replaced(place, made, today=end)
    sweep(end + timedelta(days=1))
    assert made.referral.state == "expired"
    with pytest.raises(StepNotTaken, match="slutade gälla"):
        validity.register(it.pk, by=place.officer, today=end + timedelta(days=1))
    validity.withdraw(it.pk, reason="Ny ansökan.", by=place.caseworker, today=end + timedelta(days=1))


@pytest.mark.rule("R-1-33")
def test_a_replacement_is_registered_though_the_old_one_was_withdrawn(place: Referring):
    made = making.making_of(place, "registered")
    it = replaced(place, made)
    validity.withdraw(made.pk, reason="Ersätts.", by=place.caseworker, today=DAY)
    validity.register(it.pk, by=place.officer, today=DAY)
    assert (it.referral.state, made.referral.state) == ("registered", "withdrawn")


@pytest.mark.rule("R-1-33")
def test_a_referral_with_an_offer_is_not_replaced(place: Referring):
    made = making.making_of(place, "offered")
    with pytest.raises(StepNotTaken, match="utan erbjudande"):
        writing.replace(made.pk, ANEW, by=place.caseworker, today=DAYS["offered"])


@pytest.mark.rule("R-1-35")
def test_an_extension_in_writing_is_put_aside_when_the_referral_is_replaced(place: Referring):
    made = making.making_of(place, "registered")
    validity.begin_extension(made.pk, by=place.caseworker, today=DAYS["offered"])
    validity.register(replaced(place, made).pk, by=place.officer, today=DAY)
    assert made.referral.state == "superseded"
    assert not made.referral.versions.filter(voided_on=None, signed_on=None).exists()


@pytest.mark.rule("R-1-37")
def test_a_right_that_has_ceased_comes_back_by_no_replacement(place: Referring):
    made = making.making_of(place, "registered")
    it = replaced(place, made)
    validity.cease(made.pk, DecisionInput("Har fått eget."), by=place.manager, today=DAY)
    with pytest.raises(StepNotTaken, match="Dra tillbaka den här"):
        validity.register(it.pk, by=place.officer, today=DAY)


@pytest.mark.rule("R-1-33")
def test_what_was_given_up_before_it_was_registered_may_be_begun_again(place: Referring):
    made = making.making_of(place, "registered")
    first = writing.replace(made.pk, ANEW, by=place.caseworker, today=DAY)
    with pytest.raises(StepNotTaken, match="ersätts redan"):
        writing.replace(made.pk, ANEW, by=place.caseworker, today=DAY)
    validity.withdraw(first.pk, reason="Fel form.", by=place.caseworker, today=DAY)
    assert writing.replace(made.pk, ANEW, by=place.caseworker, today=DAY) == made.referral.replaced_by


@pytest.mark.rule("R-1-28")
def test_a_draft_that_was_given_up_leaves_the_decision_to_be_referred_anew(place: Referring):
    made = making.making_of(place, "draft")
    validity.withdraw(made.pk, reason="Fel form vald.", by=place.caseworker, today=DAYS["draft"])
    again = writing.open_referral(
        made.assessment_pk, OpeningInput("guarantee", "Klarar sig."), by=place.caseworker, today=DAYS["draft"]
    )
    assert (again.state, again.lease_form) == ("draft", "guarantee")


@pytest.mark.rule("R-1-27")
def test_the_form_and_the_dialogue_may_be_chosen_anew_while_it_is_written(place: Referring):
    made = making.making_of(place, "informed", lease_form="guarantee")
    made.debts = 12_000
    ACTS["filled"](made, DAYS["filled"])
    with pytest.raises(StepNotTaken, match=r"[Dd]ialog"):
        ACTS["approved"](made, DAYS["approved"])
    choice = OpeningInput("guarantee", "Klarar sig.", DAYS["draft"], "Nadja Persson")
    writing.choose_form(made.pk, choice, by=place.caseworker, today=DAYS["filled"])
    ACTS["approved"](made, DAYS["approved"])
    assert made.referral.state == "approved"


@pytest.mark.rule("R-1-30")
def test_the_form_is_a_part_of_what_is_signed(place: Referring):
    made = making.making_of(place, "filled")
    before = making.hash_now(made.referral)
    writing.choose_form(made.pk, OpeningInput("guarantee", "Klarar sig."), by=place.caseworker, today=DAYS["filled"])
    assert making.hash_now(made.referral) != before


@pytest.mark.rule("R-1-34")
def test_a_year_that_is_counted_from_the_decision_may_be_over_before_it_is_registered(place: Referring):
    SettingFactory(key="referrals.valid_from", organisation=None, value="decision")
    made = making.making_of(place, "informed")
    day = date(2027, 10, 1)
    sections = making.sections_of(made)
    sections["economy"]["checked_on"] = "2027-09-20"
    for key, values in sections.items():
        writing.write_section(made.pk, key, values, by=place.caseworker, today=day)
    for milestone in ("approved", "signed", "submitted"):
        ACTS[milestone](made, day)
    with pytest.raises(StepNotTaken, match="slutade gälla"):
        validity.register(made.pk, by=place.officer, today=day)


# --- R-1-31: whose words they are ----------------------------------------------------------------------------------------


def who_is_both(place: Referring) -> Scope:
    """Caseworker and manager of the same department."""
    roles = [(Role.CASEWORKER, place.amf), (Role.MANAGER, place.amf)]
    both = StaffFactory(unit=place.housing_unit, roles=roles)
    DelegationFactory(staff=both, organisation=place.amf, act=DelegatedAct.DECIDE_SUPPORT, item="2.7")
    return scope_for(both, DAYS["signed"])


def written_by(place: Referring, by: Scope) -> Making:
    made = making.making_of(place, "informed")
    for key, values in making.sections_of(made).items():
        writing.write_section(made.pk, key, values, by=by, today=DAYS["filled"])
    for milestone in ("approved", "signed", "submitted", "registered"):
        ACTS[milestone](made, DAYS[milestone])
    return made


@pytest.mark.rule("R-1-31")
def test_who_wrote_a_referral_does_not_sign_its_extension(place: Referring):
    both = who_is_both(place)
    made = written_by(place, both)
    validity.begin_extension(made.pk, by=place.caseworker, today=DAY)
    for section in content.SECTIONS:
        validity.confirm_section(made.pk, section.key, by=place.caseworker, today=DAY)
    writing.approve(
        made.pk, step="approve_extension", signatures=making.signatures_of(made.referral), signed_on=DAY, content_hash=making.hash_now(made.referral),
        by=place.caseworker, today=DAY,
    )  # fmt: skip
    with pytest.raises(StepNotTaken, match="har skrivit remissen"):
        validity.extend(made.pk, DecisionInput("Behovet kvarstår."), by=both, today=DAY)


@pytest.mark.rule("R-1-31")
def test_who_wrote_a_referral_does_not_sign_what_replaces_it(place: Referring):
    both = who_is_both(place)
    made = written_by(place, both)
    new = writing.replace(made.pk, ANEW, by=place.caseworker, today=DAY)
    it = Making(place, pk=new.pk)
    for milestone in ("informed", "approved"):
        ACTS[milestone](it, DAY)
    with pytest.raises(StepNotTaken, match="har skrivit remissen"):
        writing.sign(it.pk, by=both, today=DAY)


@pytest.mark.rule("R-1-33")
def test_the_property_department_reads_no_version_that_is_signed_and_not_sent(place: Referring):
    made = making.making_of(place, "submitted")
    day = DAYS["returned"]
    writing.ask_completion(made.pk, points={"support": writing.Asked("Vilket stöd?")}, by=place.officer, today=day)
    writing.write_section(made.pk, "support", {"text": "Ännu inte skickat"}, by=place.caseworker, today=day)
    for milestone in ("approved", "signed"):
        ACTS[milestone](made, day)
    assert Referral.objects.shared_with(place.officer).filter(pk=made.pk).exists()
    assert "Ännu inte skickat" not in str(writing.sent_version(made.referral).content)
    ACTS["submitted"](made, day)
    assert "Ännu inte skickat" in str(writing.sent_version(made.referral).content)
