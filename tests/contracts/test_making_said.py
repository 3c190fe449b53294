"""A page that waits for papers says which."""

import pytest
from django.urls import reverse

from tests.making import a_contract, the_worker
from tests.pages import DAY, client_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files", "on_the_day")]


def shown(client, contract) -> str:
    return text_of(client.get(reverse("contracts:contract", args=[contract.number])))


def test_right_after_the_order_the_page_waits_for_the_order_and_not_for_originals(town):
    contract, client = a_contract(town, "ordered"), client_of(town.provider)
    title = contract.documents.get(kind="order").title
    assert f"Framställs nu: {title}. Sidan" in shown(client, contract)
    the_worker(DAY)
    assert "Framställs nu" not in shown(client, contract)


def test_after_the_issue_it_waits_for_the_originals(town):
    contract = a_contract(town, "issued")
    assert "kommunens original" in shown(client_of(town.administrator), contract).partition("Framställs nu")[2][:300]


def test_a_provider_is_not_told_of_what_is_the_departments_own(town):
    contract = a_contract(town, "dispatched")
    document = contract.documents.get(kind="order")
    document.pk, document.kind, document.title = None, "owner_notice", "Underrättelse till ägaren"
    document.file_state, document.sha256 = "waiting", ""
    document.save()
    assert "Underrättelse till ägaren" in shown(client_of(town.administrator), contract)
    assert "Underrättelse till ägaren" not in shown(client_of(town.provider), contract)
