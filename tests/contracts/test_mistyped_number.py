"""A number typed wrongly may be a protected person's. Nobody learns that person's name, address or child by it."""

import pytest
from django.urls import reverse

from bostad.casework.models import Case
from bostad.organisation.roles import Role
from bostad.organisation.scope import scope_for
from bostad.people.models import Household, HouseholdMember, Person
from contracts import lists, pages
from contracts.models import Contract
from contracts.services import issuing, ordering
from tests.contracts.refusing import lacking
from tests.factories import PersonFactory, StaffFactory
from tests.making import DAYS, a_contract, a_dwelling, a_registration, a_tenant, an_order, let_handle, terms
from tests.pages import DAY

pytestmark = pytest.mark.usefixtures("fast_files")
TODAY = DAYS["registered"]


def protected_mother() -> Person:
    mother = PersonFactory(first_name="Sofia", last_name="Ek", protection="confidential")
    child = PersonFactory(first_name="Ella", last_name="Ek", personnummer=None)
    home = Household.objects.create()
    for person, more in ((mother, {"role": "adult"}), (child, {"role": "child", "child_housing": "permanent"})):
        HouseholdMember.objects.create(household=home, person=person, from_on=TODAY, **more)
    return mother


def typed_wrongly(town, mother: Person, *, order: bool = True) -> Contract:
    tenant = a_tenant(first_name="Test", last_name="Test", personnummer=mother.personnummer)
    made = ordering.register(a_registration(a_dwelling(town), tenants=[tenant]), by=town.provider, today=TODAY)
    return ordering.order(made.pk, an_order(), by=town.provider, today=TODAY) if order else made


@pytest.mark.rule("R-0-5")
def test_the_department_sees_the_typed_name_until_the_number_is_checked(town):
    contract = typed_wrongly(town, protected_mother())
    assert pages.tenant_names(contract, town.manager) == "Test Test"
    (row,) = lists.rows_of([contract], town.manager, TODAY)
    assert "Ek" not in row.names
    shown = pages.agreement_facts(contract, town.manager, TODAY, revealed=True)
    assert not any("Ek" in str(fact.value) for fact in shown)
    assert not next(fact for fact in shown if fact.label == "Hyresgäst").url


@pytest.mark.rule("R-0-5")
def test_no_paper_leaves_the_house_with_that_person_on_it(town):
    contract = typed_wrongly(town, protected_mother())
    issue = lambda: issuing.issue(contract.pk, terms(town, contract), by=town.administrator, today=TODAY)  # noqa: E731
    let_handle(town, contract, town.administrator)
    assert lacking(issue) == {"a_protected_number_has_its_own_name"}


@pytest.mark.usefixtures("on_the_day")
def test_the_person_page_is_not_opened_by_it(town, signed_in):
    mother = protected_mother()
    typed_wrongly(town, mother)
    assert signed_in(town.manager).get(reverse("overview:person", args=[mother.pk])).status_code == 404
    right = a_tenant(first_name="Sofia", last_name="Ek", personnummer=mother.personnummer)
    ordering.register(a_registration(a_dwelling(town), tenants=[right], protected=True), by=town.provider, today=DAY)
    assert signed_in(town.manager).get(reverse("overview:person", args=[mother.pk])).status_code == 200


@pytest.mark.rule("R-0-3")
def test_a_colleague_cannot_tell_a_protected_number_from_another(town):
    colleague = scope_for(StaffFactory(roles=[(Role.PROVIDER_STAFF, town.ronngarden)]), TODAY)
    protected = typed_wrongly(town, protected_mother(), order=False)
    plain = a_contract(town)
    for contract in (protected, plain):
        assert Case.objects.visible_to(colleague).filter(pk=contract.pk).exists()
