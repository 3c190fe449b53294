"""The page of a person: household and representatives as far as the reader's own cases reach, and no further."""

from datetime import date

import pytest
from django.urls import reverse

from bostad.casework.models import CaseParty
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from bostad.people.models import Household, HouseholdMember, Person, Representative
from contracts.models import Contract, Signature
from contracts.services import ordering
from tests import making
from tests.factories import PersonFactory, RepresentativeFactory, StaffFactory
from tests.pages import DAY, client_of, text_of
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

SINCE = date(2020, 3, 1)


def shown(scope: Scope, person: Person) -> str:
    response = client_of(scope).get(reverse("overview:person", args=[person.pk]))
    assert response.status_code == 200
    return text_of(response).partition("<main")[2]


def of_household(text: str) -> tuple[str, str]:
    """What stands as the household of now, and what under the heading of what was."""
    section = text.partition('id="h-hushall"')[2].partition("</section>")[0]
    now, _, earlier = section.partition("Tidigare")
    return now, earlier


def tenant_of(contract: Contract) -> Person:
    return contract.parties.order_by("id").first().person


def joined(household: Household, name: str, **more) -> Person:
    person = PersonFactory(first_name=name, personnummer=None, **{k: more.pop(k) for k in ("died_on",) if k in more})
    HouseholdMember.objects.create(household=household, person=person, **{"role": "adult", "from_on": SINCE, **more})
    return person


def party(contract: Contract, person: Person) -> None:
    CaseParty.objects.create(case_id=contract.pk, person=person, role="related", from_on=DAY)


@pytest.fixture
def contract(town: Town) -> Contract:
    return making.a_contract(town, "registered", represented=True)


def test_a_member_who_is_party_of_no_case_of_the_readers_is_not_told_of(contract: Contract, town: Town):
    joined(contract.household, "Okända")
    child = joined(contract.household, "Barnet", role="child", child_housing="contact")
    elsewhere = making.a_contract(town, "registered", form="municipal")
    party(elsewhere, child)  # FF's case, which VOF has no part in
    now, earlier = of_household(shown(town.administrator, tenant_of(contract)))
    assert "Okända" not in now + earlier
    assert "Barnet" not in now + earlier
    assert "Ingen annan i hushållet är part i ett ärende som du får läsa." in now
    assert "<li>" not in now + earlier


def test_a_member_who_is_party_of_an_own_case_is_shown_since_when(contract: Contract, town: Town):
    partner = joined(contract.household, "Sambon", from_on=date(2026, 10, 18))
    party(contract, partner)
    now, _ = of_household(shown(town.administrator, tenant_of(contract)))
    assert "Sambon" in now
    assert "sedan 18 okt 2026" in now


def test_both_tenants_of_one_contract_see_each_other(town: Town):
    contract = making.a_contract(town, "registered", tenants=2)
    first, second = (found.person for found in contract.parties.order_by("id"))
    assert second.name in of_household(shown(town.administrator, first))[0]
    assert first.name in of_household(shown(town.administrator, second))[0]


def test_a_member_of_a_protected_case_is_shown_to_the_named_only(town: Town, contract: Contract):
    hidden = making.a_contract(town, "registered", protected=True)
    partner = joined(contract.household, "Gömda")
    party(hidden, partner)
    assert "Gömda" not in shown(town.administrator, tenant_of(contract))
    making.let_handle(town, hidden, town.administrator)
    assert "Gömda" in of_household(shown(town.administrator, tenant_of(contract)))[0]


@pytest.mark.parametrize("ended", ["moved", "dead"])
def test_a_member_who_has_left_or_died_is_not_of_now(contract: Contract, town: Town, ended: str):
    HouseholdMember.objects.filter(household=contract.household_id).update(from_on=SINCE)
    gone = {"moved": {"to_on": date(2026, 10, 19)}, "dead": {"died_on": date(2026, 10, 19)}}[ended]
    partner = joined(contract.household, "Borta", **gone)
    party(contract, partner)
    now, earlier = of_household(shown(town.administrator, tenant_of(contract)))
    assert "Borta" not in now
    assert "Borta" in earlier
    assert "sedan 1 mar 2020 till 19 okt 2026" in earlier
    assert ("avliden 19 okt 2026" in earlier) == (ended == "dead")


def test_who_leaves_later_is_still_of_now(contract: Contract, town: Town):
    HouseholdMember.objects.filter(household=contract.household_id).update(from_on=SINCE)
    party(contract, joined(contract.household, "Snart", to_on=DAY))
    now, earlier = of_household(shown(town.administrator, tenant_of(contract)))
    assert "Snart" in now
    assert "till 20 okt 2026" in now
    assert earlier == ""


def test_who_was_gone_before_the_person_came_never_shared_the_household(contract: Contract, town: Town):
    person = tenant_of(contract)
    began = person.memberships.get().from_on
    party(contract, joined(contract.household, "Förr", to_on=began.replace(year=2025)))
    assert "Förr" not in shown(town.administrator, person)


# --- representatives ---------------------------------------------------------------------------------------------------


def test_the_representative_of_an_own_contract_is_shown(contract: Contract, town: Town):
    text = shown(town.administrator, tenant_of(contract))
    assert "Birgitta Nyberg, god man" in text
    assert "från 3 mar 2025" in text


def test_a_representative_that_no_own_contract_uses_is_not_shown(contract: Contract, town: Town):
    person = tenant_of(contract)
    RepresentativeFactory(person=person, name="Annans Uppgift")
    theirs = making.a_contract(town, "registered", form="municipal", represented=True)
    CaseParty.objects.filter(case=theirs.pk).update(
        representative=RepresentativeFactory(person=person, name="Hemlig Företrädare")
    )
    text = shown(town.administrator, person)
    assert "Birgitta Nyberg" in text
    assert "Annans Uppgift" not in text
    assert "Hemlig Företrädare" not in text


def test_a_representative_who_signed_an_own_contract_stays_when_another_takes_over(town: Town):
    contract = making.a_contract(town, "signed", represented=True)
    person = tenant_of(contract)
    before = contract.tenants[0].representative
    Signature.objects.filter(original__case=contract.pk).update(capacity="representative", representative=before)
    after = RepresentativeFactory(person=person, name="Efterträdare")
    contract.parties.update(representative=after)
    text = shown(town.administrator, person)
    assert "Efterträdare" in text
    assert before.name in text
    assert Representative.objects.filter(person=person).count() == 2


# --- what stands in the register changes ---------------------------------------------------------------------------------


def changed(scope: Scope, person: Person, **typed: str) -> int:
    known = {
        name: getattr(person, name)
        for name in ("first_name", "last_name", "street", "postal_code", "city", "protection")
    }
    return client_of(scope).post(reverse("overview:change_person", args=[person.pk]), known | typed).status_code


def test_a_person_who_has_married_is_found_by_the_new_name(contract: Contract, town: Town):
    person = tenant_of(contract)
    assert changed(town.administrator, person, last_name="Öberg", city="Ekstad") == 302
    assert Person.objects.named("oberg").count() == 0  # ö is a letter of its own
    assert list(Person.objects.named("öberg")) == [person]
    assert changed(town.provider, person, last_name="Annan") == 404


def test_a_name_of_signs_is_refused_at_its_field_and_kept(contract: Contract, town: Town):
    person = tenant_of(contract)
    address = reverse("overview:change_person", args=[person.pk])
    typed = {"first_name": "H4rald", "last_name": person.last_name, "protection": "none"}
    text = text_of(client_of(town.administrator).post(address, typed))
    assert "Skriv namnet med bokstäver" in text
    assert 'value="H4rald"' in text


def test_a_protection_that_becomes_known_closes_every_case_of_the_household(contract: Contract, town: Town):
    person = tenant_of(contract)
    child = joined(contract.household, "Barnet", role="child", child_housing="permanent")
    Person.objects.filter(pk=child.pk).update(last_name="Nyberg")
    child.refresh_from_db()
    elsewhere = making.a_contract(town, "registered", form="municipal")
    party(elsewhere, child)
    party(contract, child)
    assert changed(town.administrator, child, protection="confidential") == 302
    for case in (contract, elsewhere):
        case.refresh_from_db()
        assert case.is_restricted
    assert shown(town.administrator, person)  # who said it goes on
    assert client_of(town.caseworker).get(reverse("overview:person", args=[person.pk])).status_code == 404


def test_a_protection_is_not_taken_away_and_name_and_address_neither_shown_nor_changed(town: Town):
    tenant = making.a_tenant(last_name="Nyberg")
    home = making.a_dwelling(town)
    person = tenant_of(ordering.register(making.a_registration(home, tenants=[tenant]), by=town.provider, today=DAY))
    Person.objects.filter(pk=person.pk).update(street="Hemliga gatan 1")
    person.refresh_from_db()
    assert changed(town.administrator, person, protection="registration") == 302
    address = reverse("overview:change_person", args=[person.pk])
    assert "Hemliga gatan" not in text_of(client_of(town.administrator).get(address))
    person.refresh_from_db()
    assert changed(town.administrator, person, protection="none", street="Annan gata 2") == 200
    assert changed(town.administrator, person, protection="confidential", street="Annan gata 2") == 200  # weaker
    assert changed(town.administrator, person, protection="fictitious", street="Annan gata 2", last_name="Ek") == 302
    person.refresh_from_db()
    assert (person.protection, person.street, person.last_name) == ("fictitious", "Hemliga gatan 1", "Nyberg")


def test_a_name_and_then_a_protection_and_the_person_is_still_found_by_who_said_it(town: Town):
    tenant = making.a_tenant(last_name="Nyberg")
    registered = making.a_registration(making.a_dwelling(town), tenants=[tenant])
    person = tenant_of(ordering.register(registered, by=town.provider, today=DAY))
    assert changed(town.administrator, person, last_name="Öberg", protection="confidential") == 200  # one at a time
    assert changed(town.administrator, person, last_name="Öberg") == 302
    person.refresh_from_db()
    assert changed(town.administrator, person, protection="confidential") == 302
    assert "Harald Öberg" in shown(town.administrator, person)


def test_who_only_reads_or_gives_support_changes_nobody(contract: Contract, town: Town):
    reader = StaffFactory(unit=town.myndighet, roles=[(Role.REGISTRAR, town.vof)])
    scope = scope_for(reader, DAY)
    assert "Ändra uppgifter" not in shown(scope, tenant_of(contract))
    assert changed(scope, tenant_of(contract), last_name="Annan") == 403


def test_a_stranger_whose_number_was_mistyped_is_not_changed(town: Town):
    stranger = PersonFactory()
    tenant = making.a_tenant(first_name="Kurt", last_name="Ek", personnummer=stranger.personnummer)
    ordering.register(making.a_registration(making.a_dwelling(town), tenants=[tenant]), by=town.provider, today=DAY)
    assert changed(town.administrator, stranger, last_name="Ek", protection="confidential") == 403
    stranger.refresh_from_db()
    assert (stranger.protection, stranger.last_name == "Ek") == ("none", False)
