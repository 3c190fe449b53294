"""What a department administrator can do to colleagues, by real requests to the administration."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from guardian.shortcuts import assign_perm

from bostad.organisation.models import Staff, Unit
from bostad.organisation.roles import Role, permission
from bostad.organisation.scope import scope_for
from tests.factories import StaffFactory, UnitFactory
from tests.pages import client_of
from tests.town import TODAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]

SECRET = "ett-langt-losenord-77"


@pytest.fixture
def admin(town: Town) -> Staff:
    roles = [(Role.DEPARTMENT_ADMINISTRATOR, town.vof)]
    return StaffFactory(username="dag", unit=town.debiteringen, is_staff=True, roles=roles)


@pytest.fixture
def client(admin: Staff) -> Client:
    return client_of(scope_for(admin, TODAY))


@pytest.fixture
def colleague(town: Town) -> Staff:
    """Works at VOF, and has a role at SOF besides, that is not VOF's to take away."""
    person = StaffFactory(
        username="karin", unit=town.myndighet, roles=[(Role.CASEWORKER, town.vof), (Role.CASEWORKER, town.sof)]
    )
    person.set_password(SECRET)
    person.save()
    return person


def change(model: str, pk: int) -> str:
    return reverse(f"admin:organisation_{model}_change", args=[pk])


def groups_of(person: Staff) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def group_of(role: Role, *places: Any) -> Group:
    group = Group.objects.create(name=f"{role} {[str(place) for place in places]}")
    for place in places:
        assign_perm(permission(role), group, place)
    return group


def fields_of(person: Staff, **changes: Any) -> dict[str, Any]:
    """What the form of a colleague sends back, with the changes."""
    fields = {
        name: getattr(person, name) for name in ("username", "first_name", "last_name", "title", "email", "phone")
    }
    return {**fields, "unit": person.unit_id, "is_active": "on", **changes}


def offered(client: Client, person: Staff) -> Any:
    return client.get(change("staff", person.pk)).context["adminform"].form.fields


# --- passwords -----------------------------------------------------------------------------------------------------------


def test_an_administrator_sets_no_password(client: Client, colleague: Staff):
    address = reverse("admin:auth_user_password_change", args=[colleague.pk])
    new = {"password1": "helt-annat-losen-99", "password2": "helt-annat-losen-99", "usable_password": "true"}
    assert [client.get(address).status_code, client.post(address, new).status_code] == [403, 403]
    page = client.get(change("staff", colleague.pk))
    assert page.status_code == 200
    assert b"/password/" not in page.content
    assert b"pbkdf2" not in page.content
    saved = client.post(change("staff", colleague.pk), fields_of(colleague, password="x", **new))
    assert saved.status_code == 302
    colleague.refresh_from_db()
    assert colleague.check_password(SECRET)


def test_a_new_colleague_can_not_sign_in_before_the_superuser_hands_out_a_password(client: Client, town: Town):
    address = reverse("admin:organisation_staff_add")
    assert b'type="password"' not in client.get(address).content
    new = {"username": "ny", "first_name": "Ny", "last_name": "Person", "unit": town.myndighet.pk,
           "password1": SECRET, "password2": SECRET, "usable_password": "true"}  # fmt: skip
    assert client.post(address, new).status_code == 302
    person = Staff.objects.get(username="ny")
    assert not person.has_usable_password()
    assert (person.unit, person.is_staff, person.is_superuser) == (town.myndighet, False, False)
    above = Client()
    above.force_login(StaffFactory(username="chef", is_staff=True, is_superuser=True))
    given = {"password1": SECRET, "password2": SECRET, "usable_password": "true"}
    assert above.post(reverse("admin:auth_user_password_change", args=[person.pk]), given).status_code == 302
    person.refresh_from_db()
    assert person.check_password(SECRET)


def test_a_superuser_still_makes_an_account_with_its_password(town: Town):
    above = Client()
    above.force_login(StaffFactory(username="chef", is_staff=True, is_superuser=True))
    new = {"username": "ny", "first_name": "Ny", "last_name": "Person", "unit": town.myndighet.pk,
           "password1": SECRET, "password2": SECRET, "usable_password": "true"}  # fmt: skip
    assert above.post(reverse("admin:organisation_staff_add"), new).status_code == 302
    assert Staff.objects.get(username="ny").check_password(SECRET)


def test_a_superuser_is_not_an_administrators_to_change(client: Client, town: Town):
    above = StaffFactory(username="chef", unit=town.myndighet, is_superuser=True, is_staff=True)
    assert client.post(change("staff", above.pk), fields_of(above, username="x", is_active="")).status_code == 403
    above.refresh_from_db()
    assert (above.username, above.is_active) == ("chef", True)


# --- roles ---------------------------------------------------------------------------------------------------------------


def test_a_role_elsewhere_stays_when_a_colleague_is_saved(client: Client, colleague: Staff, town: Town):
    before = groups_of(colleague)
    own = Group.objects.get(name=f"caseworker organisation {town.vof.pk}")
    assert len(before) == 2
    response = client.post(change("staff", colleague.pk), fields_of(colleague, groups=[own.pk], title="ny titel"))
    assert response.status_code == 302
    assert groups_of(colleague) == before
    entry = LogEntry.objects.get()
    assert "Titel" in entry.get_change_message()
    assert "Groups" not in entry.get_change_message()


def test_an_own_role_is_given_and_taken_and_told(client: Client, colleague: Staff, town: Town):
    manager = group_of(Role.MANAGER, town.vof)
    elsewhere = f"caseworker organisation {town.sof.pk}"
    assert client.post(change("staff", colleague.pk), fields_of(colleague, groups=[manager.pk])).status_code == 302
    assert groups_of(colleague) == {manager.name, elsewhere}
    assert "Groups" in LogEntry.objects.get().get_change_message()


def test_a_role_on_anothers_cases_can_not_be_given(client: Client, colleague: Staff, town: Town):
    """Neither a whole group of another's, nor one that holds a role here and another there."""
    of_ff, mixed = group_of(Role.MANAGER, town.ff), group_of(Role.MANAGER, town.vof, town.ff)
    at_units = group_of(Role.MANAGER, town.myndighet, UnitFactory(organisation=town.ff, name="Annan"))
    own = group_of(Role.MANAGER, town.debiteringen)
    names = set(offered(client, colleague)["groups"].queryset.values_list("name", flat=True))
    assert own.name in names
    assert names & {of_ff.name, mixed.name, at_units.name} == set()
    before = groups_of(colleague)
    for group in (of_ff, mixed, at_units):
        page = client.post(change("staff", colleague.pk), fields_of(colleague, groups=[group.pk]))
        assert page.status_code == 200
        assert "groups" in page.context["adminform"].form.errors
    assert groups_of(colleague) == before


def test_an_administrator_changes_nothing_in_the_own_roles(client: Client, admin: Staff, town: Town):
    before = groups_of(admin)
    more = group_of(Role.MANAGER, town.vof)
    assert "groups" not in offered(client, admin)
    sent = client.post(change("staff", admin.pk), fields_of(admin, groups=[more.pk], title="ny titel"))
    assert sent.status_code == 302
    admin.refresh_from_db()
    assert admin.title == "ny titel"
    assert groups_of(admin) == before


# --- places --------------------------------------------------------------------------------------------------------------


def test_a_colleague_is_moved_within_the_organisation_and_not_out_of_it(client: Client, colleague: Staff, town: Town):
    there = UnitFactory(organisation=town.sof, name="Deras")
    for unit in (there.pk, ""):
        page = client.post(change("staff", colleague.pk), fields_of(colleague, unit=unit))
        assert "unit" in page.context["adminform"].form.errors
    assert (
        client.post(change("staff", colleague.pk), fields_of(colleague, unit=town.debiteringen.pk)).status_code == 302
    )
    colleague.refresh_from_db()
    assert colleague.unit == town.debiteringen


def test_who_administers_two_organisations_moves_neither_people_nor_units_between_them(
    client: Client, admin: Staff, colleague: Staff, town: Town
):
    admin.groups.add(group_of(Role.DEPARTMENT_ADMINISTRATOR, town.sof))
    there = UnitFactory(organisation=town.sof, name="Deras")
    page = client.post(change("staff", colleague.pk), fields_of(colleague, unit=there.pk))
    assert "unit" in page.context["adminform"].form.errors
    data = {"name": "Nytt namn", "organisation": town.sof.pk}
    assert client.post(change("unit", town.myndighet.pk), data).status_code == 302
    unit = Unit.objects.get(pk=town.myndighet.pk)
    assert (unit.name, unit.organisation) == ("Nytt namn", town.vof)


def test_a_unit_is_made_in_the_own_organisation_only(client: Client, town: Town):
    address = reverse("admin:organisation_unit_add")
    page = client.post(address, {"name": "Hos dem", "organisation": town.sof.pk})
    assert "organisation" in page.context["adminform"].form.errors
    assert client.post(address, {"name": "Hos oss", "organisation": town.vof.pk}).status_code == 302
    assert Unit.objects.filter(name__startswith="Hos").get().organisation == town.vof


@pytest.mark.parametrize("model", ["staff", "unit"])
def test_what_is_anothers_is_not_found(client: Client, town: Town, model: str):
    unit = UnitFactory(organisation=town.sof, name="Deras")
    pk = {"staff": StaffFactory(username="deras", unit=unit).pk, "unit": unit.pk}[model]
    answers = [client.get(change(model, pk)).status_code, client.post(change(model, pk), {"name": "x"}).status_code]
    assert answers == [302, 302]  # to the index, as Django does with what does not exist
    assert Unit.objects.get(pk=unit.pk).name == "Deras"
