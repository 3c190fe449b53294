"""Who administers what: the way in, what each keeps, and what a form must not take away or move."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from bostad.housing.models import Dwelling, HeadLease, HeadRent, Property
from bostad.organisation import setting_key
from bostad.organisation.models import Organisation, OrganisationKind, Setting
from bostad.organisation.scope import scope_for
from tests.administration import administrator_of, change, errors, form_data
from tests.factories import DwellingFactory, HeadLeaseFactory, StaffFactory
from tests.pages import DAY, client_of
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
KEY = "contracts.issue_days"


@pytest.fixture
def vof(town: Town) -> Client:
    return administrator_of(town.vof)


@pytest.fixture
def of_provider(town: Town) -> Client:
    return administrator_of(town.ronngarden)


# --- the way in ------------------------------------------------------------------------------------------------------


def test_who_administers_a_department_finds_the_administration_without_another_flag(vof: Client):
    home = vof.get(reverse("overview:my_work"))
    assert reverse("admin:index") in {item.url for item in home.context["shell"].shared}
    index = vof.get(reverse("admin:index"))
    told = {model["name"] for app in index.context["app_list"] for model in app["models"]}
    assert told == {
        "Organisationer", "Enheter", "Medarbetare", "Frånvaro", "Delegationer", "Inställningar", "Fastigheter",
        "Bostäder", "Inhyrningsavtal", "Mallar",
    }  # fmt: skip
    for model in (model for app in index.context["app_list"] for model in app["models"]):
        assert vof.get(model["admin_url"]).status_code == 200, model["name"]
        assert not model["add_url"] or vof.get(model["add_url"]).status_code == 200, model["name"]


def test_who_administers_and_reads_no_cases_is_shown_to_the_administration(vof: Client, town: Town):
    empty = vof.get(reverse("overview:my_work")).context["empty"]
    assert [action["url"] for action in empty["actions"]] == [reverse("admin:index")]
    others = client_of(town.caseworker).get(reverse("overview:my_work"))
    assert [action["url"] for action in others.context["empty"]["actions"]] == [reverse("contracts:contracts")]
    assert reverse("admin:index") not in {item.url for item in others.context["shell"].shared}


def test_a_flag_alone_opens_nothing(town: Town):
    flagged = StaffFactory(unit=town.myndighet, is_staff=True)
    assert client_of(scope_for(flagged, DAY)).get(reverse("admin:index"), follow=True).status_code == 403


def test_a_role_on_a_unit_administers_nothing(town: Town):
    assert administrator_of(town.myndighet).get(reverse("admin:index"), follow=True).status_code == 403


def test_a_care_providers_administrator_keeps_its_people_and_nothing_of_the_municipalitys(of_provider: Client):
    index = of_provider.get(reverse("admin:index"))
    told = {model["name"] for app in index.context["app_list"] for model in app["models"]}
    assert told == {"Organisationer", "Enheter", "Medarbetare", "Frånvaro"}
    for name in ("housing_property", "housing_dwelling", "housing_headlease", "documents_texttemplate",
                 "organisation_setting", "organisation_delegation"):  # fmt: skip
        assert of_provider.get(reverse(f"admin:{name}_add")).status_code == 403, name


def test_an_organisation_does_not_make_itself_a_department(of_provider: Client, town: Town):
    assert change(of_provider, town.ronngarden, kind="department", phone="0199-1").status_code == 302
    town.ronngarden.refresh_from_db()
    assert (town.ronngarden.kind, town.ronngarden.phone) == (OrganisationKind.PROVIDER, "0199-1")


# --- dwellings and head leases -----------------------------------------------------------------------------------------


@pytest.fixture
def dwelling(town: Town) -> Dwelling:
    return DwellingFactory(manager=town.vof, provider=town.ronngarden)


def test_saving_a_dwelling_keeps_its_provider(vof: Client, dwelling: Dwelling, town: Town):
    assert change(vof, dwelling, street="Rönnvägen 99").status_code == 302
    dwelling.refresh_from_db()
    assert (dwelling.street, dwelling.provider) == ("Rönnvägen 99", town.ronngarden)


@pytest.mark.parametrize("name", ["housing_forms", "allowed_categories"])
def test_what_a_dwelling_may_be_let_as_is_ticked_in_swedish(vof: Client, dwelling: Dwelling, name: str):
    Dwelling.objects.filter(pk=dwelling.pk).update(
        housing_forms=["care_somatic", "guarantee"], allowed_categories=["couple", "bpsd"]
    )
    page = vof.get(reverse("admin:housing_dwelling_change", args=[dwelling.pk]))
    (field,) = (field for field in page.context["adminform"].form if field.name == name)
    ticked = {box.data["label"] for box in field if box.data["selected"]}
    assert ticked == {
        "housing_forms": {"Vårdbostad somatik", "Hyresgaranti"}, "allowed_categories": {"Parboende", "BPSD-boende"},
    }[name]  # fmt: skip
    assert {box.data["type"] for box in field} == {"checkbox"}


def test_the_codes_of_a_dwelling_are_kept_as_they_were(vof: Client, dwelling: Dwelling):
    change(vof, dwelling, housing_forms=["municipal", "guarantee"], allowed_categories=["couple"])
    assert change(vof, dwelling, street="Rönnvägen 99").status_code == 302
    dwelling.refresh_from_db()
    assert (dwelling.housing_forms, dwelling.allowed_categories) == (["municipal", "guarantee"], ["couple"])
    assert "housing_forms" in errors(change(vof, dwelling, housing_forms=[]))
    assert "housing_forms" in errors(change(vof, dwelling, housing_forms=["palace"]))


def test_a_dwelling_is_of_the_own_department_and_run_by_a_provider(vof: Client, dwelling: Dwelling, town: Town):
    assert "provider" in errors(change(vof, dwelling, provider=town.landlord.pk))
    assert "manager" in errors(change(vof, dwelling, manager=town.sof.pk))


def test_a_head_lease_with_a_landlord_is_written_and_saved_again(vof: Client, dwelling: Dwelling, town: Town):
    address = reverse("admin:housing_headlease_add")
    sent = form_data(vof.get(address)) | {
        "dwelling": dwelling.pk, "owner": town.landlord.pk, "reference": "1-77", "from_on": "2026-01-01",
        "notice_months": 3, "rents-0-from_on": "2026-01-01", "rents-0-monthly_rent": "7000",
    }  # fmt: skip
    assert vof.post(address, sent).status_code == 302
    lease = HeadLease.objects.get(reference="1-77")
    assert change(vof, lease, reference="1-78").status_code == 302
    lease.refresh_from_db()
    assert (lease.reference, lease.owner, lease.rent_on(DAY)) == ("1-78", town.landlord, Decimal(7000))


def test_a_head_lease_is_of_an_own_dwelling_and_of_a_landlord(vof: Client, dwelling: Dwelling, town: Town):
    lease = HeadLeaseFactory(dwelling=dwelling, owner=town.landlord)
    theirs = DwellingFactory(manager=town.sof)
    assert "dwelling" in errors(change(vof, lease, dwelling=theirs.pk))
    assert "owner" in errors(change(vof, lease, owner=town.ronngarden.pk))
    assert (
        vof.get(reverse("admin:housing_headlease_change", args=[HeadLeaseFactory(dwelling=theirs).pk])).url == "/admin/"
    )


def test_a_rent_in_force_is_followed_by_a_later_one_and_not_changed(vof: Client, dwelling: Dwelling, town: Town):
    lease = HeadLeaseFactory(dwelling=dwelling, owner=town.landlord)
    later = {"rents-1-from_on": "2027-01-01", "rents-1-monthly_rent": "7300"}
    saved = change(vof, lease, **{"rents-0-monthly_rent": "1", "rents-0-from_on": "2026-10-01"}, **later)
    assert saved.status_code == 302
    assert list(lease.rents.order_by("from_on").values_list("from_on", "monthly_rent")) == [
        (date(2020, 1, 1), Decimal(7000)), (date(2027, 1, 1), Decimal(7300)),
    ]  # fmt: skip
    assert change(vof, lease, **{"rents-1-monthly_rent": "7400"}).status_code == 302
    assert HeadRent.objects.get(from_on=date(2027, 1, 1)).monthly_rent == Decimal(7400)  # not yet in force


def test_a_property_is_kept_by_the_administrators_of_any_department(vof: Client, dwelling: Dwelling, town: Town):
    real = dwelling.real_property
    for client in (vof, administrator_of(town.sof)):
        assert change(client, real, name="Rönnen", landlord=town.ff.pk).status_code == 302
    assert "landlord" in errors(change(vof, real, landlord=town.ronngarden.pk))
    assert Property.objects.get(pk=real.pk).landlord == town.ff  # own stock
    assert client_of(town.manager).get(reverse("admin:housing_property_changelist"), follow=True).status_code == 403


# --- settings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY, -1), (KEY, 3651), (KEY, 999999999), (KEY, "3"), (KEY, 2.5), (KEY, True), (KEY, None),
        ("contracts.receipt_days", 999999999),
        ("contracts.security_warning_months", ["x"]), ("contracts.security_warning_months", [18, 18]),
        ("contracts.security_warning_months", [-1]), ("contracts.security_warning_months", 18),
        ("contracts.electricity_annex_copies", "all"), ("contracts.electricity_annex_copies", ["each"]),
        ("contracts.bankgiro", 99), ("contracts.bankgiro", "\0"), ("contracts.bankgiro", "1" * 301),
        ("contracts.no_such_key", 3),
    ],
)  # fmt: skip
def test_a_value_that_no_clock_can_count_with_is_refused_by_every_door(key: str, value: Any):
    with pytest.raises(ValidationError):
        Setting.objects.create(key=key, value=value, from_on=DAY)
    with pytest.raises(ValidationError):
        Setting(key=key, value=value, from_on=DAY).full_clean()


@pytest.mark.parametrize(
    ("key", "value"),
    [(KEY, 0), (KEY, 3650), ("contracts.security_warning_months", [12, 24]), ("contracts.security_warning_months", []),
     ("contracts.electricity_annex_copies", "tenant"), ("contracts.bankgiro", "9900-0010")],
)  # fmt: skip
def test_a_value_within_its_bounds_is_kept(key: str, value: Any):
    assert Setting.objects.create(key=key, value=value, from_on=DAY).pk


def add(client: Client, organisation: Organisation, **fields: Any) -> Any:
    sent = {"key": KEY, "organisation": organisation.pk, "from_on": str(TOMORROW), "value": "5"} | fields
    return client.post(reverse("admin:organisation_setting_add"), sent)


def test_a_setting_is_written_from_today_on_and_never_back(vof: Client, town: Town):
    assert "före idag" in errors(add(vof, town.vof, from_on=str(YESTERDAY)))
    assert "0–3650" in errors(add(vof, town.vof, value="-1"))
    assert add(vof, town.vof, from_on=str(DAY)).status_code == 302
    assert Setting.objects.get(key=KEY).value == 5


def test_settings_are_listed_in_swedish_and_what_is_listed_with_codes_can_be_typed_back(vof: Client, town: Town):
    key = "referrals.target_groups"
    Setting.objects.create(key=key, value=["economic"], from_on=YESTERDAY, organisation=town.vof)
    page = vof.get(reverse("admin:organisation_setting_changelist")).content.decode()
    assert "Förvaltningens målgrupper" in page
    assert "Ekonomiskt bistånd, bostadslös av ekonomiska skäl" in page
    assert "[&#x27;economic&#x27;]" not in page
    assert setting_key.read(key, '["economic", "addiction"]') == ["economic", "addiction"]
    labels = dict(setting_key.declared()[key].choices)
    assert setting_key.read(key, labels["economic"].upper()) == ["economic"]
    assert setting_key.read(key, f"{labels['economic']}; {labels['addiction']}") == ["economic", "addiction"]
    with pytest.raises(ValidationError, match=r"economic \(Ekonomiskt bistånd"):
        setting_key.check(key, ["ekonomi"])


def test_a_setting_that_holds_is_ended_and_not_changed(vof: Client, town: Town):
    row = Setting.objects.create(key=KEY, value=5, from_on=YESTERDAY, organisation=town.vof)
    for moved in ({"value": "6"}, {"from_on": str(TOMORROW)}, {"key": "contracts.post_days"}):
        assert "avsluta den och lägg till en ny" in errors(change(vof, row, **moved))
    assert "tidigast idag" in errors(change(vof, row, to_on=str(YESTERDAY)))
    saved = change(vof, row, to_on=str(DAY), decided_by="Nämnden § 8")
    assert saved.status_code == 302, errors(saved)
    row.refresh_from_db()
    assert (row.value, row.to_on, row.decided_by) == (5, DAY, "Nämnden § 8")


def test_a_setting_does_not_end_before_it_begins(vof: Client, town: Town):
    assert "före den första" in errors(add(vof, town.vof, to_on=str(DAY)))


def test_a_setting_that_has_ended_is_not_opened_again(vof: Client, town: Town):
    row = Setting.objects.create(key=KEY, value=5, from_on=date(2026, 1, 1), to_on=YESTERDAY, organisation=town.vof)
    assert "öppnas inte igen" in errors(change(vof, row, to_on=""))


def test_a_setting_of_a_coming_day_may_still_be_changed(vof: Client, town: Town):
    row = Setting.objects.create(key=KEY, value=5, from_on=TOMORROW, organisation=town.vof)
    assert "före idag" in errors(change(vof, row, from_on=str(YESTERDAY)))
    assert change(vof, row, value="7").status_code == 302
    row.refresh_from_db()
    assert row.value == 7


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [("contracts.security_warning_months", "12, 24", [12, 24]), ("contracts.bankgiro", "9900-0010", "9900-0010"),
     ("contracts.electricity_annex_copies", "tenant", "tenant"), (KEY, "0", 0)],
)  # fmt: skip
def test_a_value_is_typed_as_it_is_read(vof: Client, town: Town, key: str, typed: str, value: Any):
    saved = add(vof, town.vof, key=key, value=typed)
    assert saved.status_code == 302, errors(saved)
    row = Setting.objects.get(key=key, organisation=town.vof)
    assert row.value == value
    address = reverse("admin:organisation_setting_change", args=[row.pk])
    assert form_data(vof.get(address))["value"] == typed
    assert change(vof, row, decided_by="Nämnden § 9").status_code == 302
    for rubbish in ("tolv", "5, x", "\0"):
        refused = add(vof, town.sof, key="contracts.security_warning_months", value=rubbish)
        assert "value" in errors(refused)
