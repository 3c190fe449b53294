"""From registration to order: R-0-1 to R-0-11, R-0-22, R-0-23 and R-0-25, and the grounds of the other forms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bostad.casework import steps
from bostad.casework.models import Case, CaseAccess, Deadline, StepLog
from bostad.casework.refusals import NotYours, StepNotTaken
from bostad.documents.models import Document
from bostad.housing.models import Dwelling, Occupancy, Tenure
from bostad.identifiers import make_fictional_personnummer
from bostad.organisation.models import Organisation, Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import Grant as RoleGrant
from bostad.people.models import HouseholdMember, Person, Protection, Representative
from bostad.people.representing import RepresentativeInput
from contracts.models import MATTER_TYPE, SUBJECT, Contract, Grant, Order
from contracts.services import issuing, ordering
from tests.contracts.refusing import lacking, told
from tests.factories import PersonFactory, SettingFactory
from tests.making import (
    DAYS,
    MOVE_IN,
    a_contract,
    a_decision,
    a_dwelling,
    a_registration,
    a_tenant,
    an_order,
    terms,
)  # fmt: skip
from tests.town import TODAY

pytestmark = pytest.mark.usefixtures("fast_files")
ORDERED = DAYS["ordered"]


def register(town, by=None, today=TODAY, **changes):
    dwelling = changes.pop("dwelling", None) or a_dwelling(town, changes.get("form", "care_dementia"))
    return ordering.register(a_registration(dwelling, **changes), by=by or town.provider, today=today)


def order(town, contract, category="none", by=None, **changes):
    return ordering.order(contract.pk, an_order(category, **changes), by=by or town.provider, today=ORDERED)


def issue(town, contract, **changes):
    return issuing.issue(contract.pk, terms(town, contract, **changes), by=town.administrator, today=DAYS["issued"])


# --- R-0-1 -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-1")
@pytest.mark.parametrize("form", ["", "igloo", "CARE_DEMENTIA"])
def test_a_contract_has_one_of_the_housing_forms(town, form):
    dwelling = a_dwelling(town)
    assert told(lambda: register(town, dwelling=dwelling, form=form)) == "Välj boendeform."
    contract = register(town, dwelling=dwelling)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(housing_form=form)


@pytest.mark.rule("R-0-1")
def test_a_dwelling_is_let_only_in_its_own_forms(town):
    dwelling = a_dwelling(town, "care_dementia")
    assert lacking(lambda: register(town, dwelling=dwelling, form="sheltered")) == {"dwelling_serves_the_form"}
    contract = register(town, dwelling=dwelling)
    assert lacking(
        lambda: ordering.edit(
            contract.pk, a_registration(dwelling, form="sheltered"), by=town.provider, today=TODAY
        )
    ) == {"dwelling_serves_the_form"}  # fmt: skip
    Dwelling.objects.filter(pk=dwelling.pk).update(housing_forms=["sheltered"])  # set aside for another form meanwhile
    assert lacking(lambda: order(town, contract)) == {"dwelling_serves_the_form"}


# --- R-0-2 and the grounds of other forms ----------------------------------------------------------------------------


@pytest.mark.rule("R-0-2")
@pytest.mark.parametrize("form", ["sheltered", "care_somatic", "care_dementia"])
def test_without_a_decision_nothing_is_ordered(town, form):
    contract = register(town, form=form, decision=None)
    assert lacking(lambda: order(town, contract)) == {"a_grant_opens_the_dwelling"}


@pytest.mark.rule("R-0-2")
def test_a_refusal_opens_no_dwelling(town):
    contract = register(town)
    Grant.objects.update(is_granted=False)
    assert "a_grant_opens_the_dwelling" in lacking(lambda: order(town, contract))


@pytest.mark.rule("R-0-2")
@pytest.mark.parametrize(
    "decision",
    [
        a_decision(valid_to=MOVE_IN - timedelta(days=1)),
        a_decision(decided_on=MOVE_IN + timedelta(days=1)),
    ],
    ids=["run out", "not begun"],
)
def test_the_decision_is_in_force_on_the_day_of_moving_in(town, decision):
    contract = register(town, decision=decision)
    assert lacking(lambda: order(town, contract)) == {"the_grant_is_valid_at_move_in"}


@pytest.mark.rule("R-0-2")
def test_an_ended_decision_does_not_come_back_by_typing_it_again(town):
    first = register(town)
    ended = first.grant
    Grant.objects.filter(pk=ended.pk).update(ended_on=date(2026, 9, 30), ending_number="B-2")
    tenant = a_tenant(personnummer=first.parties.get().person.personnummer)
    typed = a_decision(number=ended.number, decided_on=date(2026, 9, 20))
    again = register(town, tenants=[tenant], decision=typed)
    assert again.grant_id == ended.pk
    assert lacking(lambda: order(town, again)) == {"the_grant_is_valid_at_move_in"}


@pytest.mark.rule("R-0-2")
def test_a_contract_is_not_issued_when_the_decision_has_ended_meanwhile(town):
    contract = a_contract(town, "ordered")
    Grant.objects.update(ended_on=date(2026, 9, 30), ending_number="B-2")
    assert lacking(lambda: issue(town, contract)) == {"the_grant_is_valid_at_move_in"}


@pytest.mark.rule("R-4-14")
@pytest.mark.parametrize("form", ["trial", "training", "emergency"])
def test_the_decision_comes_before_the_lease_of_a_supported_let(town, form):
    late = a_decision(decided_on=MOVE_IN)
    contract = register(
        town, by=town.coordinator, form=form, decision=late, contract_on=MOVE_IN - timedelta(days=1)
    )  # fmt: skip
    assert lacking(lambda: order(town, contract, by=town.coordinator)) == {"the_decision_comes_before_the_lease"}
    none = register(town, by=town.coordinator, form=form, decision=None)
    assert lacking(lambda: order(town, none, by=town.coordinator)) == {"a_grant_opens_the_dwelling"}


# --- FB 9:1 ------------------------------------------------------------------------------------------------------------


def told_of_minors(contract):
    """By step: whether it was said that a minor has nobody who consents."""
    return {
        log.step: "a_minor_has_somebody_who_consents" in {c["name"] for c in log.conditions if "told" in c}
        for log in StepLog.objects.filter(case=contract.pk)
    }


def a_youth(**changes):
    return a_tenant(personnummer=make_fictional_personnummer(MOVE_IN.replace(year=MOVE_IN.year - 18), 981), **changes)


@pytest.mark.rule("FB 9:1")
def test_that_a_tenant_is_a_minor_is_told_at_registration_and_issue_and_refuses_nothing(town):
    contract = register(town, tenants=[a_youth()], contract_on=MOVE_IN - timedelta(days=1))
    order(town, contract)
    issued = issue(town, contract)
    assert told_of_minors(issued) == {"register": True, "order_contract": True, "issue": True}


@pytest.mark.rule("FB 9:1")
@pytest.mark.parametrize("authority", ["guardian", "trustee"])
def test_of_a_minor_with_a_guardian_and_of_who_comes_of_age_in_time_nothing_is_told(town, authority):
    guardian = RepresentativeInput(
        name="Birgitta Nyberg", authority=authority, reference="Personbevis", from_on=date(2020, 1, 1),
        street="Lindgatan 8", postal_code="59098", city="Ekstad",
    )  # fmt: skip
    day_before = MOVE_IN - timedelta(days=1)
    held = register(town, tenants=[a_youth(representative=guardian)], contract_on=day_before)
    assert told_of_minors(held) == {"register": False}
    grown = register(town, tenants=[a_youth()], contract_on=MOVE_IN)
    assert told_of_minors(grown) == {"register": False}
    gave_power = replace(guardian, authority="power_of_attorney")
    no_help = register(town, tenants=[a_youth(representative=gave_power)], contract_on=day_before)
    assert told_of_minors(no_help) == {"register": True}


@pytest.mark.rule("R-1-3")
def test_a_municipal_contract_names_the_household_that_was_decided_or_the_ground(town):
    contract = register(town, by=town.property_officer, form="municipal", municipal_ground=" ")
    asked = lambda: order(town, contract, by=town.property_officer)  # noqa: E731
    assert lacking(asked) == {"the_household_was_decided_beforehand"}
    whole = a_registration(contract.dwelling, form="municipal")
    ordering.edit(contract.pk, whole, by=town.property_officer, today=TODAY)
    assert asked().state == "ordered"


# --- R-0-3, R-0-4 ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-3")
def test_a_provider_registers_on_its_own_dwellings_only(town):
    theirs = a_dwelling(town, provider=town.lindgarden)
    assert lacking(lambda: register(town, dwelling=theirs)) == {"the_dwelling_is_the_providers_own"}
    contract = register(town)
    assert lacking(
        lambda: ordering.edit(contract.pk, a_registration(theirs), by=town.provider, today=TODAY)
    ) == {"the_dwelling_is_the_providers_own"}  # fmt: skip


@pytest.mark.rule("R-0-3")
def test_private_and_municipal_providers_go_the_same_way_and_see_only_their_own(town):
    private = register(town)
    municipal = register(town, by=town.other_provider, dwelling=a_dwelling(town, provider=town.lindgarden))
    assert Organisation.objects.get(pk=private.provider_id).is_private
    assert not Organisation.objects.get(pk=municipal.provider_id).is_private
    assert set(Contract.objects.visible_to(town.provider)) == {private}
    assert set(Contract.objects.visible_to(town.other_provider)) == {municipal}
    assert set(Dwelling.objects.visible_to(town.provider)) == {private.dwelling}
    with pytest.raises(NotYours):
        order(town, private, by=town.other_provider)


@pytest.mark.rule("R-0-3")
def test_who_works_at_two_providers_registers_at_the_one_that_runs_the_dwelling(town):
    at_both = replace(town.provider, grants=town.provider.grants | {RoleGrant(Role.PROVIDER_STAFF, town.lindgarden.pk)})
    contract = register(town, by=at_both, dwelling=a_dwelling(town, provider=town.lindgarden))
    assert contract.provider == town.lindgarden


@pytest.mark.rule("R-0-3")
def test_a_dwelling_that_nobody_runs_is_not_let_as_care_housing(town):
    dwelling = a_dwelling(town, provider=None, manager=town.ff)
    assert told(lambda: register(town, by=town.property_officer, dwelling=dwelling)) == "Bostaden har ingen utförare."


@pytest.mark.rule("R-0-4")
def test_the_tenant_is_registered_before_anything_is_ordered(town):
    contract = register(town)
    assert [log.step for log in StepLog.objects.filter(case=contract)] == ["register"]
    waiting = Deadline.objects.get(case=contract, kind="contracts.order")
    assert (waiting.due_on, waiting.department) == (MOVE_IN, town.ronngarden)
    assert told(lambda: register(town, tenants=[])) == "Hyresgästens förnamn, efternamn och personnummer saknas."


@pytest.mark.rule("R-0-4")
@pytest.mark.rule("R-0-7")
@pytest.mark.parametrize("missing", ["move_in_on", "contract_on"])
def test_both_dates_are_given(town, missing):
    dwelling = a_dwelling(town)
    given = replace(a_registration(dwelling), **{missing: None})
    assert told(lambda: ordering.register(given, by=town.provider, today=TODAY)) == (
        "Ange inflyttningsdatum och kontraktsdatum."
    )
    contract = register(town, dwelling=dwelling)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**{missing: None})


# --- R-0-4, R-0-22: one tenancy at a time ----------------------------------------------------------------------------


@pytest.mark.rule("R-0-4")
@pytest.mark.rule("R-0-22")
@pytest.mark.parametrize("days", [-200, -1, 0, 1, 400])
def test_a_dwelling_that_is_held_is_not_let_again_whenever(town, days):
    first = register(town)
    taken = lambda: register(town, dwelling=first.dwelling, move_in=MOVE_IN + timedelta(days=days))  # noqa: E731
    assert told(taken) == ordering.TAKEN
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(dwelling=first.dwelling, from_on=MOVE_IN + timedelta(days=days))


@pytest.mark.rule("R-0-22")
def test_the_dwelling_is_free_the_day_after_the_last_tenancy_closed(town):
    last = a_contract(town, "moved_out")
    closing = DAYS["moved_out"]
    assert told(lambda: register(town, dwelling=last.dwelling, move_in=closing)) == ordering.TAKEN
    assert register(town, dwelling=last.dwelling, move_in=closing + timedelta(days=1))


@pytest.mark.rule("R-0-22")
@pytest.mark.parametrize("how", ["cancel", "withdraw"])
def test_a_contract_that_is_called_off_frees_the_dwelling(town, how):
    first = register(town)
    by = town.administrator if how == "cancel" else town.provider
    ordering.call_off(first.pk, how, reason="flyttar inte in", by=by, today=TODAY)
    assert register(town, dwelling=first.dwelling)
    first.refresh_from_db()
    assert first.occupancy.voided


@pytest.mark.rule("R-0-4")
def test_a_dwelling_that_was_lost_meanwhile_is_not_ordered(town):
    contract = register(town)
    Occupancy.objects.update(voided=True)
    assert lacking(lambda: order(town, contract)) == {"holds_the_dwelling"}


@pytest.mark.rule("R-0-4")
def test_a_dwelling_that_is_withdrawn_is_not_let(town):
    dwelling = a_dwelling(town, withdrawn_on=MOVE_IN)
    assert lacking(lambda: register(town, dwelling=dwelling)) == {"holds_the_dwelling"}


@pytest.mark.rule("R-0-22")
def test_a_couple_stands_on_one_contract_and_holds_one_dwelling(town):
    dwelling = a_dwelling(town, category="couple")
    contract = register(town, dwelling=dwelling, tenants=2)
    assert order(town, contract, "couple").parties.count() == 2
    assert Occupancy.objects.count() == 1


@pytest.mark.rule("R-0-22")
def test_two_who_are_no_couple_do_not_share_a_contract(town):
    contract = register(town, tenants=2)
    assert lacking(lambda: order(town, contract)) == {"several_tenants_only_as_a_couple"}


# --- R-0-5, R-0-6 ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-5")
@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"personnummer": ""}, "Skriv personnumret"),
        ({"personnummer": "196408233235"}, "fel kontrollsiffra"),
        ({"personnummer": "196413233234"}, "riktigt födelsedatum"),
        ({"first_name": " "}, "förnamn, efternamn och personnummer"),
        ({"last_name": ""}, "förnamn, efternamn och personnummer"),
    ],
)
def test_a_tenant_has_a_name_and_a_number_that_can_be(town, wrong, why):
    assert why in told(lambda: register(town, tenants=[a_tenant(**wrong)]))
    assert not Person.objects.exists()


@pytest.mark.rule("R-0-5")
def test_the_same_number_twice_is_one_person(town):
    twin = a_tenant()
    assert told(lambda: register(town, tenants=[twin, twin])) == "Samma personnummer står två gånger."


@pytest.mark.rule("R-0-5")
def test_a_person_whose_number_is_missing_is_not_ordered_for(town):
    contract = register(town)
    Person.objects.update(personnummer=None)
    assert lacking(lambda: order(town, contract)) == {"tenants_are_named_and_numbered"}


@pytest.mark.rule("R-0-5")
def test_another_name_than_the_registered_one_is_said_to_the_office_and_not_in_the_way(town):
    known = PersonFactory(first_name="Harald", last_name="Nyberg")
    contract = register(town, tenants=[a_tenant(first_name="Harry", personnummer=known.personnummer)])
    assert contract.parties.get().person == known
    known.refresh_from_db()
    assert known.first_name == "Harald"
    order(town, contract)
    offered = {one.step.name: one for one in steps.available(Contract.objects.get(), town.administrator, TODAY)}
    assert {lack.condition.name for lack in offered["issue"].tells} >= {"names_agree"}
    assert issue(town, contract).state == "issued"


@pytest.mark.rule("R-0-6")
@pytest.mark.parametrize("missing", ["designation", "street", "postal_code", "city"])
def test_an_object_without_designation_or_address_is_not_ordered(town, missing):
    contract = register(town)
    Dwelling.objects.filter(pk=contract.dwelling_id).update(**{missing: ""})
    assert lacking(lambda: order(town, contract)) == {"the_object_has_designation_and_address"}


@pytest.mark.rule("R-0-6")
@pytest.mark.rule("R-0-7")
def test_the_order_that_is_kept_says_who_where_and_when(town):
    contract = order(town, register(town))
    data = Document.objects.get(case=contract, kind="order").data
    person = contract.parties.get().person
    assert data["tenants"][0]["personnummer"].replace("-", "") == person.personnummer
    assert data["dwelling"]["designation"] == contract.dwelling.designation
    assert data["move_in_on"] == MOVE_IN.isoformat()
    assert (data["subject"], data["queue"]) == ("Beställning av andrahandskontrakt", "Debiteringen")


# --- R-0-8 to R-0-11 -------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-8")
@pytest.mark.parametrize("answer", ["", "annat"])
def test_whether_it_is_category_housing_is_answered(town, answer):
    contract = register(town)
    assert "the_category_is_answered" in lacking(lambda: order(town, contract, answer))


@pytest.mark.rule("R-0-8")
@pytest.mark.parametrize("category", ["bpsd", "young_dementia"])
def test_a_dwelling_is_let_only_in_the_categories_it_is_set_aside_for(town, category):
    contract = register(town, dwelling=a_dwelling(town, category="couple"))
    assert lacking(lambda: order(town, contract, category)) == {"the_dwelling_allows_the_category"}
    fit = register(town, dwelling=a_dwelling(town, category=category))
    assert order(town, fit, category).category == category


@pytest.mark.rule("R-0-8")
def test_a_dwelling_taken_out_of_its_category_stops_the_issue(town):
    contract = a_contract(town, "ordered", category="bpsd")
    Dwelling.objects.update(allowed_categories=[])
    assert lacking(lambda: issue(town, contract)) == {"the_dwelling_allows_the_category"}


@pytest.mark.rule("R-0-9")
@pytest.mark.parametrize("missing", ["street", "postal_code", "city"])
def test_an_order_without_a_postal_address_is_refused(town, missing):
    contract = register(town)
    assert "postadress" in told(lambda: order(town, contract, **{missing: ""}))
    order(town, contract)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.update(**{missing: ""})


@pytest.mark.rule("R-0-9")
def test_an_order_names_its_orderer(town):
    contract = register(town)
    assert lacking(lambda: order(town, contract, orderer_name="", confirmed=False)) == {
        "the_orderer_has_a_postal_address", "the_orderer_has_confirmed",
    }  # fmt: skip


@pytest.mark.rule("R-0-10")
def test_an_order_has_the_routines_subject_and_matter_type(town):
    contract = order(town, register(town))
    assert (contract.order.subject, contract.order.matter_type) == (SUBJECT, MATTER_TYPE)
    for change in ({"subject": "Hej"}, {"matter_type": "annat"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.update(**change)


@pytest.mark.rule("R-0-10")
def test_an_order_says_how_the_orderer_is_reached(town):
    contract = register(town)
    with pytest.raises(StepNotTaken):
        order(town, contract, phone="", email="")
    assert lacking(lambda: order(town, contract, phone="", email="", confirmed=False)) == {
        "the_order_has_contact_details", "the_orderer_has_confirmed",
    }  # fmt: skip


@pytest.mark.rule("R-0-11")
def test_the_orderer_confirms_that_the_contract_is_correctly_filled_in(town):
    contract = register(town)
    assert lacking(lambda: order(town, contract, confirmed=False)) == {"the_orderer_has_confirmed"}
    done = order(town, contract)
    assert (done.order.confirmed_by_id, done.order.ordered_on) == (town.provider.staff_id, ORDERED)


@pytest.mark.rule("R-0-11")
@pytest.mark.parametrize("back", ["recall", "return"])
def test_what_comes_back_is_confirmed_anew(town, back):
    contract = a_contract(town, "ordered")
    if back == "recall":
        ordering.recall_order(contract.pk, reason="fel", by=town.provider, today=ORDERED)
    else:
        ordering.return_for_completion(contract.pk, missing="namn", by=town.administrator, today=ORDERED)
    assert Order.objects.get().confirmed_by is None
    assert lacking(lambda: order(town, contract, confirmed=False)) == {"the_orderer_has_confirmed"}


@pytest.mark.rule("R-0-23")
@pytest.mark.usefixtures("on_the_day")
def test_the_orders_page_says_where_help_is_to_be_had(town, signed_in):
    SettingFactory(key="contracts.help_contact", value="Ring Användarstöd, 0199-10 10 10", organisation=town.vof)
    contract = register(town)
    page = signed_in(town.provider).get(reverse("contracts:step", args=[contract.number, "order_contract"]))
    assert "Behöver du hjälp? Ring Användarstöd, 0199-10 10 10." in page.text


@pytest.mark.rule("R-0-23")
def test_whom_to_ask_for_help_stands_on_the_order(town):
    contract = order(town, register(town))
    assert "Användarstöd" in Document.objects.get(case=contract, kind="order").data["help_text"]


# --- R-0-25 ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-25")
def test_an_order_lands_in_the_one_receiving_queue(town):
    contract = order(town, register(town))
    assert contract.unit == town.debiteringen
    waiting = Deadline.objects.get(case=contract, kind="contracts.issue")
    assert (waiting.unit, waiting.department) == (town.debiteringen, town.vof)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=town.myndighet.pk).update(is_queue=True)


@pytest.mark.rule("R-0-25")
def test_a_department_without_a_queue_receives_nothing(town):
    contract = register(town)
    Unit.objects.filter(pk=town.debiteringen.pk).update(is_queue=False)
    assert lacking(lambda: order(town, contract)) == {"the_order_has_a_queue"}
    assert "ingen enhet som tar emot" in told(lambda: register(town))


@pytest.mark.rule("R-0-25")
def test_what_is_missing_goes_back_to_the_orderer_and_comes_again(town):
    contract = a_contract(town, "returned")
    request = contract.completion_requests.get()
    assert request.missing == "Beslutet saknas."
    waiting = Deadline.objects.get(case=contract, kind="contracts.complete")
    assert (waiting.status, waiting.department) == ("open", town.ronngarden)
    ordering.order(contract.pk, an_order(), by=town.provider, today=DAYS["returned"])
    request.refresh_from_db()
    waiting.refresh_from_db()
    assert request.answered_on == DAYS["returned"]
    assert waiting.status == "met"


# --- correcting ------------------------------------------------------------------------------------------------------


def edit(town, contract, **changes):
    whole = a_registration(changes.pop("dwelling", contract.dwelling), **changes)
    return ordering.edit(contract.pk, whole, by=town.provider, today=TODAY)


def test_a_corrected_tenant_leaves_nothing_of_the_wrong_one_behind(town):
    contract = register(town, represented=True)
    wrong = contract.parties.get().person
    right = edit(town, contract)
    assert right.parties.get().person != wrong
    assert not HouseholdMember.objects.filter(person=wrong).exists()
    assert Grant.objects.get() == right.grant
    assert not Representative.objects.exists()
    assert right.household.members.get().person == right.parties.get().person


def test_a_corrected_tenant_who_lives_somewhere_else_stays_there(town):
    first = register(town)
    tenant = a_tenant(personnummer=first.parties.get().person.personnummer)
    second = register(town, tenants=[tenant])
    edit(town, second)
    first.refresh_from_db()
    assert first.household.members.get().person == first.parties.get().person
    assert first.grant is not None


@pytest.mark.rule("R-0-5")
def test_a_misspelt_name_is_mended_with_the_registration_that_made_it(town):
    contract = register(town, tenants=[a_tenant(7, first_name="Harlad")])
    edit(town, contract, tenants=[a_tenant(7, first_name="Harald")])
    assert contract.tenants[0].person.first_name == "Harald"
    other = register(town, tenants=[a_tenant(7, first_name="Harald")])
    edit(town, contract, tenants=[a_tenant(7, first_name="Harry")])
    assert contract.tenants[0].person.first_name == "Harald"  # now another contract knows the person too
    assert (contract.tenants[0].given_name, other.tenants[0].given_name) == ("Harry Nyberg 7", "Harald Nyberg 7")


def test_one_contracts_correction_is_not_anothers(town):
    first = register(town, represented=True)
    tenant = a_tenant(personnummer=first.parties.get().person.personnummer)
    typed = a_decision(number=first.grant.number, decided_on=date(2026, 9, 1))
    second = register(town, tenants=[tenant], decision=typed, represented=True)
    who = first.tenants[0].representative_id
    assert second.tenants[0].representative_id == who
    assert second.grant_id != first.grant_id
    before = Grant.objects.filter(pk=first.grant_id).values().get()
    edit(town, second, tenants=[tenant], decision=replace(typed, decided_on=date(2026, 9, 2)), represented=False)
    assert Grant.objects.filter(pk=first.grant_id).values().get() == before
    assert Representative.objects.filter(pk=who).exists()
    assert Grant.objects.count() == 2


def test_a_corrected_dwelling_frees_the_first_one(town):
    contract = register(town)
    first, second = contract.dwelling, a_dwelling(town)
    edit(town, contract, dwelling=second)
    assert Occupancy.objects.in_force().get().dwelling == second
    assert register(town, dwelling=first)
    assert told(lambda: edit(town, contract, dwelling=first)) == ordering.TAKEN


def test_a_correction_does_not_carry_a_contract_into_another_routine(town):
    dwelling = a_dwelling(town, housing_forms=["care_dementia", "trial"])
    contract = register(town, dwelling=dwelling)
    assert "annan rutin" in told(lambda: edit(town, contract, form="trial"))
    moved = a_dwelling(town, manager=town.sof)
    assert "annan förvaltning" in told(lambda: edit(town, contract, dwelling=moved))


def test_a_household_keeps_its_members_when_one_of_them_moves_again(town):
    couple = register(town, dwelling=a_dwelling(town, category="couple"), tenants=2)
    first, second = (party.person for party in couple.parties.order_by("id"))
    HouseholdMember.objects.filter(person=second).update(to_on=MOVE_IN + timedelta(days=400))
    again = register(
        town, tenants=[a_tenant(personnummer=first.personnummer), a_tenant(personnummer=second.personnummer)]
    )
    assert again.household == couple.household
    assert couple.household.members.count() == 2


# --- protected identity ----------------------------------------------------------------------------------------------


def test_a_person_declared_protected_makes_the_case_restricted(town):
    contract = register(town, protected=True)
    assert contract.is_restricted
    assert contract.parties.get().person.protection == Protection.CONFIDENTIAL
    assert CaseAccess.objects.filter(case=contract).count() == 2


def test_a_protected_child_in_the_household_restricts_the_case(town):
    known = register(town)
    child = PersonFactory(protection=Protection.REGISTRATION)
    HouseholdMember.objects.create(
        household=known.household, person=child, role="child", child_housing="alternating", from_on=MOVE_IN
    )
    tenant = a_tenant(personnummer=known.parties.get().person.personnummer)
    assert register(town, tenants=[tenant]).is_restricted


def test_registering_says_nothing_of_whether_the_number_was_known(town):
    known = PersonFactory(first_name="Ett", last_name="Annat")
    contract = register(town, tenants=[a_tenant(first_name="Harald", personnummer=known.personnummer)])
    assert contract.parties.get().given_first_name == "Harald"
    assert Case.objects.get(pk=contract.pk).state == "registered"


@pytest.mark.rule("R-1-81")
def test_a_rented_dwelling_without_a_head_lease_is_not_issued_and_own_stock_needs_none(town):
    making = {"form": "municipal"}
    rented = a_contract(town, "ordered", **making)
    rented.dwelling.head_leases.update(to_on=MOVE_IN - timedelta(days=1))
    asked = lambda one: issuing.issue(  # noqa: E731
        one.pk, terms(town, one), by=town.property_officer, today=DAYS["issued"]
    )
    assert lacking(lambda: asked(rented)) == {"a_rented_dwelling_has_a_head_lease"}
    own = asked(a_contract(town, "ordered", tenure=Tenure.OWN_STOCK, **making))
    assert own.head_lease is None
    title = Document.objects.filter(case=own, kind="contract").first().title
    assert title.startswith("Hyreskontrakt")


@pytest.mark.rule("R-0-7")
def test_a_contract_is_not_dated_after_the_day_of_moving_in(town):
    with pytest.raises(StepNotTaken, match="efter inflyttningen") as refused:
        register(town, contract_on=MOVE_IN + timedelta(days=1))
    assert refused.value.field == "contract_on"
    assert not Contract.objects.exists()
