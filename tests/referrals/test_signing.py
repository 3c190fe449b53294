"""What is approved and signed stays what was approved and signed (R-1-29 to R-1-33)."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import ProgrammingError

from bostad.casework.refusals import StepNotTaken, WrongState
from bostad.organisation.models import Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import scope_for
from referrals import content
from referrals.models import Referral, ReferralVersion
from referrals.services import validity, writing
from referrals.services.writing import OpeningInput
from tests.factories import SettingFactory, StaffFactory
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]
REFUSED_BY_THE_DATABASE = (IntegrityError, InternalError, ProgrammingError)


@pytest.mark.rule("R-1-30")
def test_approved_content_is_written_in_no_more(place: Referring):
    referral = making.a_referral(place, "approved")
    with pytest.raises(WrongState):
        writing.write_section(referral.pk, "need", {"rooms_min": 5}, by=place.caseworker, today=DAYS["approved"])
    version = referral.versions.get()
    assert version.approved_hash == content.hash_of(version.content)


@pytest.mark.rule("R-1-86")
def test_a_section_that_the_department_does_not_have_is_not_written(place: Referring):
    SettingFactory(key="referrals.sections", organisation=place.amf, value=["children"])
    referral = making.a_referral(place, "draft")
    by = {"by": place.caseworker, "today": DAYS["filled"]}
    for key in ("health", "nothing"):
        with pytest.raises(StepNotTaken, match="finns inte i förvaltningens remisser"):
            writing.write_section(referral.pk, key, {"text": "x"}, **by)
    writing.write_section(referral.pk, "children", {"text": "Går i Tågaborgsskolan."}, **by)
    assert not {"health", "nothing"} & set(referral.versions.get().content)


@pytest.mark.rule("R-1-86")
def test_what_a_new_referral_took_over_from_an_old_one_can_still_be_taken_away(place: Referring):
    made = making.making_of(place, "registered", sections={"health": {"reason": "Trappor.", "adaptation": "Hiss."}})
    SettingFactory(key="referrals.sections", organisation=place.amf, value=[], from_on=DAYS["offered"])
    by = {"by": place.caseworker, "today": DAYS["offered"]}
    newer = writing.replace(made.pk, OpeningInput("municipal", "Behovet har ändrats."), **by)
    writing.write_section(newer.pk, "health", {"reason": "", "adaptation": ""}, **by)
    assert content.is_empty(newer.versions.get().content, "health")


@pytest.mark.rule("R-1-30")
def test_sql_cannot_change_what_was_approved(place: Referring):
    referral = making.a_referral(place, "approved")
    with pytest.raises(REFUSED_BY_THE_DATABASE), transaction.atomic():
        referral.versions.update(content={"need": {"rooms_min": 9}})
    with pytest.raises(REFUSED_BY_THE_DATABASE), transaction.atomic():
        referral.versions.update(approved_on=None, approved_hash="")


@pytest.mark.rule("R-1-30")
def test_a_change_begins_a_new_version_without_signatures(place: Referring):
    referral = making.a_referral(place, "signed")
    writing.change(referral.pk, reason="Fel hyra.", by=place.caseworker, today=DAYS["signed"])
    old, new = referral.versions.order_by("number")
    assert old.voided_on == DAYS["signed"]
    assert (new.approved_on, new.signed_on, new.signatures.count()) == (None, None, 0)
    assert Referral.objects.get(pk=referral.pk).state == "draft"
    with pytest.raises(StepNotTaken):
        writing.submit(referral.pk, by=place.caseworker, today=DAYS["signed"])


@pytest.mark.rule("R-1-30")
def test_the_approval_of_an_older_content_is_refused(place: Referring):
    referral = making.a_referral(place, "filled")
    shown = making.hash_now(referral)
    writing.write_section(referral.pk, "need", {"rooms_min": 4}, by=place.caseworker, today=DAYS["filled"])
    with pytest.raises(StepNotTaken, match="ändrats"):
        writing.approve(
            referral.pk, signatures=making.signatures_of(referral), signed_on=DAYS["approved"], content_hash=shown,
            by=place.caseworker, today=DAYS["approved"],
        )  # fmt: skip
    assert Referral.objects.get(pk=referral.pk).state == "draft"


@pytest.mark.rule("R-1-30")
def test_every_adult_signs(place: Referring):
    referral = making.a_referral(place, "filled", adults=2)
    with pytest.raises(StepNotTaken, match="Varje vuxen"):
        writing.approve(
            referral.pk, signatures=making.signatures_of(referral)[:1], signed_on=DAYS["approved"],
            content_hash=making.hash_now(referral), by=place.caseworker, today=DAYS["approved"],
        )  # fmt: skip


@pytest.mark.rule("R-1-38")
@pytest.mark.parametrize("key", [section.key for section in content.CORE if section.key != "household"])
def test_nothing_is_approved_while_a_mandatory_section_lacks_something(place: Referring, key: str):
    referral = making.a_referral(place, "informed")
    for name, values in making.sections_of(making.Making(place)).items():
        if name != key:
            writing.write_section(referral.pk, name, values, by=place.caseworker, today=DAYS["filled"])
    empty = dict.fromkeys(content.BY_KEY[key].must, "")
    writing.write_section(referral.pk, key, empty, by=place.caseworker, today=DAYS["filled"])
    with pytest.raises(StepNotTaken, match=content.BY_KEY[key].label.lower()):
        writing.approve(
            referral.pk, signatures=making.signatures_of(referral), signed_on=DAYS["approved"],
            content_hash=making.hash_now(referral), by=place.caseworker, today=DAYS["approved"],
        )  # fmt: skip


@pytest.mark.rule("R-1-44")
def test_health_without_a_reason_is_not_even_saved(place: Referring):
    referral = making.a_referral(place, "filled")
    with pytest.raises(StepNotTaken, match="hälsa"):
        writing.write_section(
            referral.pk, "health", {"adaptation": "Rullstol"}, by=place.caseworker, today=DAYS["filled"]
        )
    given = {"adaptation": "Bred dörr", "reason": "Rullstolen ska komma in."}
    writing.write_section(referral.pk, "health", given, by=place.caseworker, today=DAYS["filled"])
    assert writing.version_in_writing(referral).content["health"] == given


@pytest.mark.rule("R-1-29")
def test_nobody_signs_before_being_told_that_one_home_is_offered(place: Referring):
    made = making.making_of(place, "draft")
    making.ACTS["filled"](made, DAYS["filled"])
    with pytest.raises(StepNotTaken, match="ett boende"):
        making.ACTS["approved"](made, DAYS["approved"])


@pytest.mark.rule("R-1-31")
def test_who_has_written_any_of_it_cannot_sign_it(place: Referring):
    both = StaffFactory(
        username="bada", unit=place.housing_unit, roles=[(Role.CASEWORKER, place.amf), (Role.MANAGER, place.amf)]
    )
    scope = scope_for(both, DAYS["signed"])
    made = making.making_of(place, "filled")
    writing.write_section(made.pk, "support", {"text": "Boendestöd."}, by=scope, today=DAYS["filled"])
    making.ACTS["approved"](made, DAYS["approved"])
    with pytest.raises(StepNotTaken, match="kan inte granska"):
        writing.sign(made.pk, by=scope, today=DAYS["signed"])
    making.ACTS["signed"](made, DAYS["signed"])
    assert made.referral.state == "signed"


@pytest.mark.rule("R-1-31")
def test_the_database_knows_as_well_that_author_and_signer_differ(place: Referring):
    version = making.a_referral(place, "approved").versions.get()
    author = Staff.objects.get(pk=place.caseworker.staff_id)
    with pytest.raises(IntegrityError, match="author_and_signer"), transaction.atomic():
        ReferralVersion.objects.filter(pk=version.pk).update(signed_on=DAYS["signed"], signed_by=author)


@pytest.mark.rule("R-1-31")
def test_a_manager_sends_back_with_comments_on_sections(place: Referring):
    referral = making.a_referral(place, "approved")
    with pytest.raises(StepNotTaken):
        writing.send_back(referral.pk, points={"need": writing.Asked(" ")}, by=place.manager, today=DAYS["signed"])
    writing.send_back(
        referral.pk, points={"need": writing.Asked("Hur många rum?")}, by=place.manager, today=DAYS["signed"]
    )
    old, new = referral.versions.order_by("number")
    assert old.points.get().section == "need"
    assert new.content == old.content
    assert Referral.objects.get(pk=referral.pk).state == "draft"


@pytest.mark.rule("R-1-33")
@pytest.mark.parametrize(
    ("section", "asked", "says"),
    [
        ("need", writing.Asked("", ["rent_max"]), "Skriv vad som saknas"),
        ("need", writing.Asked("Vilka skulder?", ["debt_total"]), "Uppgiften finns inte i avsnittet"),
        ("health", writing.Asked("Varför?"), "finns inte i förvaltningens remisser"),
    ],
)
def test_a_completion_is_of_fields_that_stand_in_the_referral(place: Referring, section: str, asked, says: str):
    SettingFactory(key="referrals.sections", organisation=place.amf, value=["children"])
    made = making.making_of(place, "submitted")
    by = {"by": place.officer, "today": DAYS["returned"]}
    with pytest.raises(StepNotTaken, match=says):
        writing.ask_completion(made.pk, points={section: asked}, **by)
    assert not made.referral.versions.exclude(points=None).exists()
    writing.ask_completion(made.pk, points={"need": writing.Asked("Hur mycket?", ["rent_max"])}, **by)
    point = made.referral.versions.get(number=1).points.get()
    assert (point.section, point.fields, point.text) == ("need", ["rent_max"], "Hur mycket?")


@pytest.mark.rule("R-1-33")
def test_ff_asks_for_completion_before_it_registers_and_reads_the_signed_version_until_then(place: Referring):
    made = making.making_of(place, "submitted")
    writing.ask_completion(
        made.pk, points={"economy": writing.Asked("Vilka skulder?")}, by=place.officer, today=DAYS["returned"]
    )
    assert made.referral.state == "returned"
    with pytest.raises(StepNotTaken):
        validity.register(made.pk, by=place.officer, today=DAYS["returned"])
    economy = making.sections_of(made)["economy"] | {"debt_text": "CSN, avbetalning."}
    writing.write_section(made.pk, "economy", economy, by=place.caseworker, today=DAYS["returned"])
    assert "debt_text" not in str(writing.signed_version(made.referral).content["economy"].get("debt_text"))
    for milestone in ("approved", "signed", "submitted", "registered"):
        making.ACTS[milestone](made, DAYS["registered"])
    assert writing.signed_version(made.referral).number == 2


@pytest.mark.rule("R-1-33")
def test_a_new_referral_supersedes_the_registered_one_when_it_is_registered_itself(place: Referring):
    made = making.making_of(place, "registered")
    old = made.pk
    new = writing.replace(
        old, writing.OpeningInput("municipal", "Behovet har ändrats."), by=place.caseworker, today=DAYS["registered"]
    )
    assert Referral.objects.get(pk=old).state == "registered"
    made.pk = new.pk
    for milestone in ("informed", "approved", "signed", "submitted", "registered"):
        making.ACTS[milestone](made, DAYS["registered"])
    assert Referral.objects.get(pk=old).state == "superseded"
    assert made.referral.state == "registered"
