"""Every version of a row is kept, whichever door the change came through, with who and why. Nothing unmakes it."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from guardian.shortcuts import assign_perm, remove_perm

from bostad import history
from bostad.audit.models import ReadLog
from bostad.casework.models import Assignment, Case, ContactAttempt, Dispatch, JournalEntry, StepLog
from bostad.documents.models import DocumentFile, Movement
from bostad.organisation.models import Setting, Staff
from bostad.organisation.roles import Role, permission
from bostad.people.models import Person
from contracts.models import Contract
from tests import making
from tests.factories import PersonFactory
from tests.pages import DAY, client_of
from tests.town import TODAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]

TRACKED = [
    "people.Person", "people.HouseholdMember", "people.Representative", "casework.Case", "casework.CaseParty",
    "casework.Share", "casework.CaseAccess", "casework.Consent", "casework.Deadline", "contracts.Contract",
    "contracts.Order", "contracts.Signature", "contracts.Ending", "documents.Letter", "documents.Original",
    "organisation.Setting", "organisation.Staff", "organisation.Delegation", "organisation.Absence",
    "organisation.StaffGroup", "organisation.OrganisationGroupObjectPermission", "organisation.UnitGroupObjectPermission",
]  # fmt: skip
ONLY_GROW = [ReadLog, StepLog, Assignment, JournalEntry, ContactAttempt, Dispatch, DocumentFile, Movement]


def events(label: str):
    return apps.get_model(f"{label}Event").objects.order_by("pgh_id")


def labels(of) -> list[str]:
    return list(of.values_list("pgh_label", flat=True))


@pytest.mark.parametrize("label", TRACKED)
def test_a_model_of_records_keeps_its_history(label: str):
    model, kept = apps.get_model(label), apps.get_model(f"{label}Event")
    own = {field.name for field in model._meta.local_concrete_fields} - {"password", "last_login"}
    assert own <= {field.name for field in kept._meta.fields}


def test_an_insert_a_change_and_a_deletion_are_each_a_row(db):
    person = PersonFactory(last_name="Ek")
    person.last_name = "Al"
    person.save()
    Person.objects.filter(pk=person.pk).delete()
    kept = events("people.Person").filter(pgh_obj_id=person.pk)
    assert labels(kept) == ["insert", "update", "delete"]
    assert list(kept.values_list("last_name", flat=True)) == ["Ek", "Al", "Al"]


def test_who_got_and_lost_which_role_is_kept_with_who_gave_it(town: Town):
    person = Staff.objects.get(pk=town.caseworker.staff_id)
    group = person.groups.get()
    with history.acting(staff=town.manager.staff_id):
        person.groups.clear()
        person.groups.add(group)
    kept = events("organisation.StaffGroup").filter(staff=person, group=group)
    assert labels(kept) == ["insert", "delete", "insert"]
    assert [row.pgh_context and row.pgh_context["staff"] for row in kept[1:]] == [town.manager.staff_id] * 2

    for label, where in (
        ("OrganisationGroupObjectPermission", town.vof),
        ("UnitGroupObjectPermission", town.myndighet),
    ):
        assign_perm(permission(Role.REGISTRAR), group, where)
        remove_perm(permission(Role.REGISTRAR), group, where)
        kept = events(f"organisation.{label}").filter(group=group, content_object=where)
        assert labels(kept)[-2:] == ["insert", "delete"]


def test_a_bulk_update_and_plain_sql_are_in_the_history_too(db):
    people = PersonFactory.create_batch(3)
    Person.objects.filter(pk__in=[p.pk for p in people]).update(phone="0199-1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET phone = '0199-2' WHERE id = %s", [people[0].pk])
    changed = events("people.Person").filter(pgh_label="update")
    assert list(changed.values_list("phone", flat=True)) == ["0199-1", "0199-1", "0199-1", "0199-2"]


def test_who_and_why_stand_in_the_row_as_json(db):
    with history.acting(staff=7, step="issue"):
        person = PersonFactory()
    context = events("people.Person").get(pgh_obj_id=person.pk).pgh_context
    assert (context["staff"], context["step"]) == (7, "issue")


def test_a_change_outside_any_door_is_kept_without_a_name(db):
    person = PersonFactory()
    assert not events("people.Person").get(pgh_obj_id=person.pk).pgh_context


def test_a_step_is_kept_with_who_took_it_and_which(town: Town):
    contract = making.a_contract(town, "ordered")
    kept = events("casework.Case").filter(pgh_obj_id=contract.pk, state="ordered").first()
    assert kept.pgh_context["staff"] == town.provider.staff_id
    assert kept.pgh_context["step"] == "order_contract"
    assert events("contracts.Contract").filter(pgh_obj_id=contract.pk).exists()


def test_a_change_by_a_page_is_kept_with_the_person_and_the_page(town: Town, on_the_day):
    contract = making.a_contract(town, "ordered")
    data = {"unit": town.myndighet.pk, "assignee": town.caseworker.staff_id, "reason": "Bengt tar över"}
    response = client_of(town.manager).post(reverse("casework:hand_over", args=[contract.number]), data)
    assert response.status_code == 302
    kept = events("casework.Case").filter(pgh_obj_id=contract.pk).last()
    assert kept.assignee_id == town.caseworker.staff_id
    assert kept.pgh_context["staff"] == town.manager.staff_id
    assert kept.pgh_context["page"] == "casework:hand_over"


def test_a_setting_keeps_who_had_which_value(db):
    row = Setting.objects.create(key="contracts.issue_days", from_on=TODAY, value=4)
    Setting.objects.filter(pk=row.pk).update(value=6)
    assert list(events("organisation.Setting").values_list("value", flat=True)) == [4, 6]


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value)


@pytest.mark.parametrize("label", TRACKED)
def test_no_table_of_history_is_emptied(db, label: str):
    assert "cannot truncate" in refused(f"TRUNCATE {events(label).model._meta.db_table} CASCADE")


@pytest.mark.parametrize("label", ["people.Person", "casework.Case", "contracts.Contract", "organisation.Setting"])
def test_no_row_of_history_is_changed_or_deleted(town: Town, label: str):
    making.a_contract(town, "registered")
    Setting.objects.create(key="contracts.issue_days", from_on=TODAY, value=4)
    table = events(label).model._meta.db_table
    before = events(label).count()
    assert before
    assert "annot" in refused(f"UPDATE {table} SET pgh_label = 'x'")
    assert "annot" in refused(f"DELETE FROM {table}")
    assert events(label).count() == before


def test_a_log_takes_no_update_no_deletion_and_no_truncate(town: Town, on_the_day):
    contract = making.a_contract(town, "dispatched")
    client = client_of(town.administrator)
    client.get(reverse("contracts:contract", args=[contract.number]))
    assert client.post(
        reverse("casework:journal", args=[contract.number]),
        {"form": "note", "note-kind": "note", "note-on": str(DAY), "note-text": "Samtal"},
    ).status_code == 302  # fmt: skip
    client.post(
        reverse("casework:journal", args=[contract.number]),
        {"form": "contact", "contact-on": str(DAY), "contact-channel": "phone", "contact-contact": "Sara",
         "contact-outcome": "reached"},
    )  # fmt: skip
    client.post(reverse("casework:hand_over", args=[contract.number]), {"unit": town.myndighet.pk, "reason": "x"})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE waits for them, and never meets the guard
    for model in ONLY_GROW:
        table, key = model._meta.db_table, model._meta.pk.column
        before = model.objects.count()
        assert before, table
        assert "annot update" in refused(f"UPDATE {table} SET {key} = {key}")
        assert "annot update or delete" in refused(f"DELETE FROM {table}")
        assert "cannot truncate" in refused(f"TRUNCATE {table} CASCADE")
        assert model.objects.count() == before


def test_the_switch_of_the_guards_is_dead(town: Town):
    """pgtrigger's own session setting, that anyone may set, is asked by no guard."""
    contract = making.a_contract(town, "registered")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{casework_steplog:append_only}', true)")
        assert "annot" in refused("DELETE FROM casework_steplog")
    assert StepLog.objects.filter(case=contract.pk).exists()


def test_a_whole_routine_leaves_every_state_in_the_history(town: Town):
    contract = making.a_contract(town, "active")
    states = list(dict.fromkeys(events("casework.Case").filter(pgh_obj_id=contract.pk).values_list("state", flat=True)))
    assert states == ["", "registered", "ordered", "issued", "dispatched", "signed", "active"]
    assert Contract.objects.get(pk=contract.pk).state == Case.objects.get(pk=contract.pk).state == "active"
