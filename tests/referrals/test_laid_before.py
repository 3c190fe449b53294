"""How a referral is laid before who signs it, what is shown as the next thing to do, and the order of a municipal lease."""

from datetime import date

import pytest
from django.urls import reverse

from bostad.casework.pages import shown_steps
from contracts.models import Contract
from contracts.services.from_offer import write_contract
from referrals.models import Referral
from referrals.services import writing
from tests import making as contracts
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_days_typed import errors
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]  # 20 October 2026


@pytest.mark.rule("R-1-31")
def test_the_same_section_of_both_versions_stands_side_by_side_and_is_signed_below(place: Referring):
    made = making.making_of(place, "approved")
    writing.send_back(
        made.pk, points={"support": writing.Asked("Vem ger stödet?")}, by=place.manager, today=DAYS["signed"]
    )
    contacts = {"text": "God man: Birgitta Nyberg."}
    writing.write_section(made.pk, "contacts", contacts, by=place.caseworker, today=DAYS["signed"])
    making.ACTS["approved"](made, DAYS["signed"])
    page = client_of(place.manager).get(reverse("referrals:referral_step", args=[made.referral.number, "sign"]))
    pairs = page.context["pairs"]
    assert all({part.section.key for part in pair["now"] + pair["before"]} for pair in pairs)
    assert [pair["before"] for pair in pairs if pair["now"][0].section.key == "contacts"] == [[]]
    text = page.content.decode()
    assert "Stod inte i lydelse 1." in text
    assert 'id="underskrift"' in text
    assert text.index('form="underskrift"') > text.index("Stod inte i lydelse 1.")


@pytest.mark.rule("R-1-35")
@pytest.mark.parametrize(("left", "first"), [(200, False), (30, True)])
def test_an_extension_is_the_next_thing_to_do_only_when_the_year_is_nearly_over(
    place: Referring, left: int, first: bool
):
    referral = making.a_referral(place, "registered")
    day = Referral.objects.get(pk=referral.pk).valid_to
    today = date.fromordinal(day.toordinal() - left)
    shown = shown_steps(Referral.objects.get(pk=referral.pk), place.caseworker, today)
    assert (next((step.name for step in shown if step.primary), "") == "begin_extension") == first


@pytest.mark.rule("R-0-8")
def test_a_municipal_lease_is_ordered_in_its_own_words(place: Referring):
    made = making.making_of(place, "accepted")
    contract = write_contract(
        made.pk,
        move_in_on=date(2026, 11, 1),
        contract_on=date(2026, 10, 26),
        by=place.officer,
        today=date(2026, 10, 20),
    )
    address = reverse("contracts:step", args=[contract.number, "order_contract"])
    client = client_of(place.officer)
    page = client.get(address).content.decode()
    assert "Debiteringen" not in page
    assert "BPSD" not in page
    assert f"Meddelande till {contract.unit}" in page
    order = contracts.an_order()
    typed = {name: getattr(order, name) for name in ("orderer_name", "street", "postal_code", "city", "phone")}
    assert errors(client.post(address, typed)) == {
        "confirmed": ["Bekräfta att kontraktet är korrekt ifyllt för hyresgästen."]
    }
    assert client.post(address, typed | {"confirmed": "on"}).status_code == 302
    assert Contract.objects.get(pk=contract.pk).category == "none"
