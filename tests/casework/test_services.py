"""What people do in a case without changing its state: hand over, name, note, contact, consent. And whose list it is."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from bostad.casework import services
from bostad.casework.forms import HandOverForm
from bostad.casework.models import (
    Assignment,
    Case,
    CaseAccess,
    ConsentForm,
    ConsentPartner,
    ContactAttempt,
    ContactChannel,
    ContactOutcome,
    Deadline,
    JournalEntry,
    Share,
)
from bostad.casework.refusals import StepNotTaken
from bostad.casework.timeline import timeline
from bostad.organisation.models import Absence, Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import NOBODY, Grant, Scope, scope_for
from bostad.overview.forms import AssignForm
from contracts.models import Contract
from tests import making
from tests.factories import PersonFactory, StaffFactory, UnitFactory
from tests.town import TODAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]


@pytest.fixture
def contract(town: Town) -> Contract:
    return making.a_contract(town, "ordered")


def staff(scope: Scope) -> Staff:
    return Staff.objects.get(pk=scope.staff_id)


def open_deadlines(contract: Contract) -> list[Deadline]:
    return list(Deadline.objects.filter(case=contract.pk, status="open"))


# --- hand over -----------------------------------------------------------------------------------------------------------


def test_a_case_is_handed_over_with_its_open_deadlines(town: Town, contract: Contract):
    to = staff(town.caseworker)
    services.hand_over(
        case_id=contract.pk, unit=to.unit, assignee=to, reason="Bengt tar över", by=town.administrator, today=TODAY
    )
    case = Case.objects.get(pk=contract.pk)
    assert (case.unit, case.assignee) == (to.unit, to)
    assert open_deadlines(contract)
    assert {(d.unit_id, d.assignee_id) for d in open_deadlines(contract)} == {(to.unit_id, to.pk)}
    handed = Assignment.objects.get(case=contract.pk)
    assert (handed.reason, handed.by_id, handed.on) == ("Bengt tar över", town.administrator.staff_id, TODAY)
    assert "Överlämnat till" in timeline(contract)[0].title


def test_a_case_can_be_given_back_to_the_unit(town: Town, contract: Contract):
    services.hand_over(
        case_id=contract.pk, unit=town.debiteringen, assignee=None, reason="Fördelas", by=town.manager, today=TODAY
    )
    assert Case.objects.get(pk=contract.pk).assignee is None


@pytest.mark.parametrize("who", ["provider", "other_provider", "property_officer", "outsider", "log_reviewer"])
def test_who_does_not_own_the_case_does_not_hand_it_over(town: Town, contract: Contract, who: str):
    with pytest.raises(PermissionDenied):
        services.hand_over(
            case_id=contract.pk, unit=town.myndighet, assignee=None, reason="x", by=getattr(town, who), today=TODAY
        )
    assert Case.objects.get(pk=contract.pk).unit_id == contract.unit_id


@pytest.mark.parametrize(
    ("role", "on", "may"),
    [
        (Role.MANAGER, "vof", True), (Role.MANAGER, "debiteringen", True), (Role.MANAGER, "myndighet", False),
        (Role.CONTRACT_ADMINISTRATOR, "debiteringen", True), (Role.HOUSING_COORDINATOR, "vof", True),
        (Role.REGISTRAR, "vof", False), (Role.CASEWORKER, "debiteringen", False), (Role.SUPPORT_WORKER, "vof", False),
    ],
)  # fmt: skip
def test_a_case_is_handed_over_by_managers_and_by_those_who_handle_its_kind(
    town: Town, contract: Contract, role: Role, on: str, may: bool
):
    by = scope_for(StaffFactory(unit=town.debiteringen, roles=[(role, getattr(town, on))]), TODAY)
    assert services.may_hand_over(contract, by) is may
    try:
        services.hand_over(case_id=contract.pk, unit=town.myndighet, assignee=None, reason="x", by=by, today=TODAY)
    except PermissionDenied:
        assert not may
    assert (Case.objects.get(pk=contract.pk).unit == town.myndighet) is may


def test_who_has_a_case_may_hand_it_on(town: Town, contract: Contract):
    services.hand_over(
        case_id=contract.pk, unit=town.myndighet, assignee=staff(town.caseworker), reason="x", by=town.manager,
        today=TODAY,
    )  # fmt: skip
    services.hand_over(
        case_id=contract.pk, unit=town.debiteringen, assignee=None, reason="åter", by=town.caseworker, today=TODAY
    )
    assert Case.objects.get(pk=contract.pk).unit == town.debiteringen


def test_a_case_is_given_only_to_who_reads_the_units_cases(town: Town, contract: Contract):
    unit = town.debiteringen
    readers = {town.administrator.staff_id, town.manager.staff_id}
    readers.add(StaffFactory(unit=unit, roles=[(Role.CASEWORKER, unit), (Role.REGISTRAR, town.vof)]).pk)
    others = [
        StaffFactory(unit=unit), StaffFactory(unit=unit, roles=[(Role.DEPARTMENT_ADMINISTRATOR, town.vof)]),
        StaffFactory(unit=unit, roles=[(Role.LOG_REVIEWER, town.vof)]),
        StaffFactory(unit=unit, roles=[(Role.CASEWORKER, town.myndighet)]),
        StaffFactory(unit=unit, roles=[(Role.CASEWORKER, town.sof)]),
        StaffFactory(unit=unit, roles=[(Role.CASEWORKER, town.vof)], is_active=False),
    ]  # fmt: skip
    for other in others:
        with pytest.raises(StepNotTaken, match="läser inte enhetens ärenden"):
            services.hand_over(case_id=contract.pk, unit=unit, assignee=other, reason="x", by=town.manager, today=TODAY)
    offered = HandOverForm(case=contract).fields["assignee"].queryset
    assert sorted(offered.values_list("pk", flat=True)) == sorted({*readers, town.caseworker.staff_id})
    assign = AssignForm(scope=town.manager).fields["assignee"].queryset
    assert set(assign) == set(offered)


def test_a_case_stays_in_its_department(town: Town, contract: Contract):
    elsewhere = staff(town.property_officer)
    with pytest.raises(StepNotTaken, match="hör inte till ärendets förvaltning"):
        services.hand_over(
            case_id=contract.pk, unit=elsewhere.unit, assignee=None, reason="x", by=town.manager, today=TODAY
        )
    with pytest.raises(StepNotTaken, match="arbetar inte på enheten"):
        services.hand_over(
            case_id=contract.pk, unit=town.debiteringen, assignee=staff(town.caseworker), reason="x",
            by=town.manager, today=TODAY,
        )  # fmt: skip
    assert not Assignment.objects.filter(case=contract.pk).exists()


# --- named people of a restricted case ------------------------------------------------------------------------------------


@pytest.fixture
def restricted(town: Town) -> Contract:
    return making.a_contract(town, "registered", protected=True)


def test_a_restricted_case_is_for_the_orderer_and_the_managers_until_they_name_more(town: Town, restricted: Contract):
    named = {row.staff_id for row in CaseAccess.objects.filter(case=restricted.pk)}
    assert named == {town.provider.staff_id, town.manager.staff_id}
    assert not Case.objects.visible_to(town.caseworker).exists()
    services.give_access(case=restricted, staff=staff(town.caseworker), reason="handlägger", by=town.manager)
    assert list(Case.objects.visible_to(town.caseworker)) == [Case.objects.get(pk=restricted.pk)]


@pytest.mark.parametrize("who", ["caseworker", "administrator", "provider", "property_officer"])
def test_only_the_named_of_the_own_department_name_others(town: Town, restricted: Contract, who: str):
    """The provider may open the case, and yet not say who else may."""
    with pytest.raises(PermissionDenied):
        services.give_access(case=restricted, staff=staff(town.caseworker), reason="x", by=getattr(town, who))
    assert CaseAccess.objects.filter(case=restricted.pk).count() == 2


def test_a_person_is_named_once(town: Town, restricted: Contract):
    for reason in ("först", "igen"):
        services.give_access(case=restricted, staff=staff(town.caseworker), reason=reason, by=town.manager)
    assert CaseAccess.objects.get(case=restricted.pk, staff=town.caseworker.staff_id).reason == "först"


def test_who_a_restricted_case_is_handed_to_may_open_it(town: Town, restricted: Contract):
    to = staff(town.administrator)
    services.hand_over(
        case_id=restricted.pk, unit=to.unit, assignee=to, reason="handlägger", by=town.manager, today=TODAY
    )
    assert Case.objects.visible_to(town.administrator).filter(pk=restricted.pk).exists()


# --- journal and contacts --------------------------------------------------------------------------------------------------


def test_a_note_is_signed_and_never_changed(town: Town, contract: Contract):
    note = services.write_note(case=contract, text="Ringde boendet.", on=TODAY, by=town.administrator)
    assert note.by_id == town.administrator.staff_id
    for change in (
        lambda: JournalEntry.objects.filter(pk=note.pk).update(text="Ringde inte."),
        lambda: JournalEntry.objects.filter(pk=note.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="annot"), transaction.atomic():
            change()
    assert JournalEntry.objects.get(pk=note.pk).text == "Ringde boendet."


def test_a_correction_names_the_note_that_it_corrects_and_both_are_read(town: Town, contract: Contract):
    note = services.write_note(case=contract, text="Ringde Anna.", on=TODAY, by=town.administrator)
    right = services.write_note(case=contract, text="Ringde Anita.", on=TODAY, by=town.caseworker, corrects=note)
    shown = {entry.text: entry for entry in timeline(contract)}
    assert shown["Ringde Anna."].voided == "rättad av en senare anteckning"
    assert shown["Ringde Anita."].title == "Rättelse av anteckning"
    with pytest.raises(StepNotTaken, match="redan rättad"):
        services.write_note(case=contract, text="x", on=TODAY, by=town.administrator, corrects=note)
    assert services.write_note(case=contract, text="y", on=TODAY, by=town.caseworker, corrects=right).corrects == right


def test_a_note_of_another_case_is_not_corrected_from_here(town: Town, contract: Contract):
    note = services.write_note(case=contract, text="Ringde.", on=TODAY, by=town.administrator)
    other = making.a_contract(town, "registered")
    with pytest.raises(PermissionDenied):
        services.write_note(case=other, text="x", on=TODAY, by=town.administrator, corrects=note)


@pytest.mark.parametrize("who", ["provider", "property_officer", "outsider"])
def test_nobody_else_writes_in_the_departments_journal(town: Town, contract: Contract, who: str):
    by = getattr(town, who)
    with pytest.raises(PermissionDenied):
        services.write_note(case=contract, text="x", on=TODAY, by=by)
    with pytest.raises(PermissionDenied):
        attempt(contract, by)
    assert not JournalEntry.objects.exists()
    assert not ContactAttempt.objects.exists()


def attempt(contract: Contract, by: Scope, outcome: ContactOutcome = ContactOutcome.NOT_REACHED) -> ContactAttempt:
    return services.record_contact(
        case=contract, on=TODAY, channel=ContactChannel.PHONE, contact="Sara", outcome=outcome, note="", by=by
    )


def test_an_attempt_counts_also_when_nobody_answered(town: Town, contract: Contract):
    made = attempt(contract, town.administrator)
    assert "fick inte kontakt" in timeline(contract)[0].title
    with pytest.raises(DatabaseError, match="annot"), transaction.atomic():
        ContactAttempt.objects.filter(pk=made.pk).update(outcome=ContactOutcome.REACHED)


def test_another_organisation_reads_the_steps_without_what_was_written_beside_them(town: Town, contract: Contract):
    services.write_note(case=contract, text="Internt.", on=TODAY, by=town.administrator)
    making.ACTS["returned"](making.Making(town, pk=contract.pk), making.DAYS["returned"])
    assert {entry.kind for entry in timeline(contract, own=False)} == {"step"}
    assert {entry.text for entry in timeline(contract, own=False)} == {""}
    assert "Internt." in {entry.text for entry in timeline(contract)}


# --- consent ---------------------------------------------------------------------------------------------------------------


def consent(contract: Contract, by: Scope, **changes):
    given = {
        "case": contract, "person": contract.parties.order_by("id").first().person,
        "partner": ConsentPartner.HEALTHCARE, "partner_name": "Vårdcentralen Lind", "purpose": "Inflyttningen",
        "form": ConsentForm.WRITTEN, "given_on": TODAY, "by": by,
    }  # fmt: skip
    return services.record_consent(**given | changes)


def told(contract: Contract, on: date = TODAY, partner=ConsentPartner.HEALTHCARE, name="Vårdcentralen Lind") -> bool:
    return services.may_tell(contract, partner, name, on) is not None


def test_consent_opens_for_the_partner_that_it_names_and_no_other(town: Town, contract: Contract):
    assert not told(contract)
    consent(contract, town.administrator)
    assert told(contract)
    assert not told(contract, on=TODAY - timedelta(days=1))
    assert not told(contract, name="Vårdcentralen Gran")
    assert not told(contract, partner=ConsentPartner.RELATIVE)


def test_from_the_day_of_its_revocation_nothing_more_is_told(town: Town, contract: Contract):
    given = consent(contract, town.administrator)
    services.revoke_consent(consent=given, on=TODAY + timedelta(days=5), by=town.administrator)
    assert told(contract, on=TODAY + timedelta(days=4))
    assert not told(contract, on=TODAY + timedelta(days=5))
    services.revoke_consent(consent=given, on=TODAY + timedelta(days=9), by=town.administrator)
    given.refresh_from_db()
    assert given.revoked_on == TODAY + timedelta(days=5)


def test_consent_is_not_revoked_before_it_was_given(town: Town, contract: Contract):
    given = consent(contract, town.administrator)
    with pytest.raises(StepNotTaken, match="innan det lämnats"):
        services.revoke_consent(consent=given, on=TODAY - timedelta(days=1), by=town.administrator)
    assert told(contract)


def test_two_tenants_must_both_have_consented(town: Town):
    couple = making.a_contract(town, "registered", tenants=2)
    first, second = (party.person for party in couple.parties.order_by("id"))
    consent(couple, town.administrator, person=first)
    assert not told(couple)
    consent(couple, town.administrator, person=second)
    assert told(couple)


def test_only_a_party_of_the_case_consents_and_only_the_owner_records_it(town: Town, contract: Contract):
    with pytest.raises(PermissionDenied):
        consent(contract, town.administrator, person=PersonFactory())
    with pytest.raises(PermissionDenied):
        consent(contract, town.provider)
    given = consent(contract, town.administrator)
    with pytest.raises(PermissionDenied):
        services.revoke_consent(consent=given, on=TODAY, by=town.provider)


# --- whose list ----------------------------------------------------------------------------------------------------------


def mine(scope: Scope) -> set[int]:
    return set(Deadline.objects.still_open().for_staff(scope).values_list("case", flat=True))


def test_a_substitute_has_the_absent_colleagues_list_beside_the_own(town: Town, contract: Contract):
    absent, substitute = staff(town.administrator), staff(town.caseworker)
    services.hand_over(case_id=contract.pk, unit=absent.unit, assignee=absent, reason="x", by=town.manager, today=TODAY)
    assert mine(scope_for(substitute, TODAY)) == set()
    Absence.objects.create(staff=absent, substitute=substitute, from_on=TODAY, to_on=TODAY + timedelta(days=7))
    assert mine(scope_for(substitute, TODAY)) == {contract.pk}
    assert mine(scope_for(substitute, TODAY + timedelta(days=7))) == {contract.pk}
    assert mine(scope_for(substitute, TODAY + timedelta(days=8))) == set()
    assert Case.objects.get(pk=contract.pk).assignee == absent


def test_a_substitute_does_not_get_the_colleagues_restricted_cases(town: Town, restricted: Contract):
    absent, substitute = staff(town.manager), staff(town.caseworker)
    services.hand_over(
        case_id=restricted.pk, unit=absent.unit, assignee=absent, reason="x", by=town.manager, today=TODAY
    )
    making.ACTS["ordered"](making.Making(town, pk=restricted.pk), TODAY)
    Absence.objects.create(staff=absent, substitute=substitute, from_on=TODAY, to_on=TODAY)
    assert restricted.pk in mine(scope_for(absent, TODAY))
    assert mine(scope_for(substitute, TODAY)) == set()


def test_a_units_unassigned_work_is_on_the_list_of_each_who_reads_its_cases(town: Town, contract: Contract):
    assert mine(town.administrator) == {contract.pk}
    assert mine(town.caseworker) == set()
    keeper = StaffFactory(unit=town.debiteringen, roles=[(Role.DEPARTMENT_ADMINISTRATOR, town.vof)])
    assert mine(scope_for(keeper, TODAY)) == set()
    assert mine(scope_for(StaffFactory(unit=town.debiteringen), TODAY)) == set()


# --- scope ---------------------------------------------------------------------------------------------------------------


def test_a_role_on_a_unit_opens_the_units_cases_and_no_others(town: Town, contract: Contract):
    of_unit = scope_for(StaffFactory(unit=town.debiteringen, roles=[(Role.CASEWORKER, town.debiteringen)]), TODAY)
    of_another = scope_for(StaffFactory(unit=town.myndighet, roles=[(Role.CASEWORKER, town.myndighet)]), TODAY)
    assert Case.objects.visible_to(of_unit).filter(pk=contract.pk).exists()
    assert not Case.objects.visible_to(of_another).exists()
    assert of_unit.holds(Role.CASEWORKER, town.vof.pk, town.debiteringen.pk)
    assert not of_unit.holds(Role.CASEWORKER, town.vof.pk, town.myndighet.pk)
    assert not of_unit.holds(Role.CASEWORKER, None)


@pytest.mark.rule("R-0-3")
def test_a_municipal_and_a_private_provider_see_what_is_shared_with_them_alike(town: Town):
    private = making.a_contract(town, "ordered")
    dwelling = making.a_dwelling(town, provider=town.lindgarden)
    registration = making.a_registration(dwelling)
    municipal = making.ordering.register(registration, by=town.other_provider, today=TODAY)
    assert town.ronngarden.is_private
    assert not town.lindgarden.is_private
    assert list(Case.objects.visible_to(town.provider)) == [Case.objects.get(pk=private.pk)]
    assert list(Case.objects.visible_to(town.other_provider)) == [Case.objects.get(pk=municipal.pk)]
    assert set(Case.objects.visible_to(town.administrator)) == set(Case.objects.all())


@pytest.mark.rule("R-0-3")
def test_a_role_on_a_care_providers_unit_opens_nothing(town: Town, contract: Contract):
    """What is shared with a provider is shared with the whole of it: its units have no cases of their own."""
    unit = UnitFactory(organisation=town.ronngarden)
    scope = scope_for(StaffFactory(unit=unit, roles=[(Role.PROVIDER_STAFF, unit)]), TODAY)
    Deadline.objects.filter(case=contract).update(department=town.ronngarden, unit=unit, assignee=None)
    assert Case.objects.visible_to(town.provider).exists()
    assert not Case.objects.visible_to(scope).exists()
    assert not Deadline.objects.visible_to(scope).exists()
    assert not mine(scope)
    assert Scope(staff_id=1, grants=frozenset({Grant(Role.PROVIDER_STAFF, 7, 8)})).partner_ids == frozenset()


def test_a_share_that_has_ended_opens_nothing(town: Town, contract: Contract):
    Share.objects.filter(case=contract.pk).update(ended_on=TODAY)
    assert not Case.objects.visible_to(town.provider).exists()


def test_who_is_inactive_or_nobody_sees_nothing(town: Town, contract: Contract):
    gone = staff(town.administrator)
    gone.is_active = False
    gone.save()
    assert scope_for(gone, TODAY) == NOBODY
    for scope in (NOBODY, town.outsider, town.log_reviewer):
        assert not Case.objects.visible_to(scope).exists()
        assert not Deadline.objects.visible_to(scope).exists()


def test_a_role_on_another_unit_of_the_same_name_is_no_role_here(town: Town, contract: Contract):
    namesake = UnitFactory(organisation=town.sof, name="Debiteringen")
    scope = scope_for(StaffFactory(unit=namesake, roles=[(Role.CONTRACT_ADMINISTRATOR, namesake)]), TODAY)
    assert not Case.objects.visible_to(scope).exists()
