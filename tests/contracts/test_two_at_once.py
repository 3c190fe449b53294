"""Who comes second is told what happened, keeps every word, and overwrites nothing unknowingly."""

import pytest
from django.test import Client
from django.urls import reverse

from bostad.casework.steps import last_log_id
from contracts.models import Contract
from contracts.services import ordering
from tests.making import a_contract, a_registration
from tests.pages import client_of, text_of
from tests.town import TODAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]


def address(contract: Contract, step: str) -> str:
    return reverse("contracts:step", args=[contract.number, step])


def typed(client: Client, contract: Contract) -> dict[str, str]:
    """The edit page's fields as they stand, to be posted back."""
    form = client.get(address(contract, "edit")).context["form"]
    values = {name: form.fields[name].prepare_value(form[name].initial) for name in form.fields}
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


def test_an_edit_that_comes_second_shows_what_is_saved_and_asks_again(town: Town):
    contract = a_contract(town, "registered")
    client = client_of(town.provider)
    mine = typed(client, contract) | {"last_name": "Min stavning", "seen": str(last_log_id(contract.pk))}
    wish = a_registration(contract.dwelling, move_in=contract.move_in_on)
    ordering.edit(contract.pk, wish, by=town.provider, today=TODAY)
    theirs = Contract.objects.get(pk=contract.pk).tenants[0].given_last_name

    wrong = client.post(address(contract, "edit"), mine | {"move_in_on": ""})  # another fault changes nothing of it
    assert wrong.context["seen"] == int(mine["seen"])
    page = client.post(address(contract, "edit"), mine)
    assert "Läs läget och försök igen." in text_of(page)
    assert f"Sparat nu: {theirs}." in text_of(page)
    assert "Min stavning" in text_of(page)
    assert "Ett annat nummer är sparat nu." in text_of(page)
    assert Contract.objects.get(pk=contract.pk).tenants[0].given_last_name == theirs
    knowing = client.post(address(contract, "edit"), mine | {"seen": str(page.context["seen"])})
    assert knowing.status_code == 302
    assert Contract.objects.get(pk=contract.pk).tenants[0].given_last_name == "Min stavning"


def test_a_step_that_somebody_else_took_keeps_what_was_written(town: Town):
    contract = a_contract(town, "ordered")
    ordering.return_for_completion(contract.pk, missing="Beslutet saknas.", by=town.administrator, today=TODAY)
    page = client_of(town.administrator).post(
        address(contract, "return_for_completion"), {"missing": "Skriv vilken avdelning det gäller."}
    )
    assert page.status_code == 409
    assert "Det du skrev" in text_of(page)
    assert "Skriv vilken avdelning det gäller." in text_of(page)


def test_the_title_of_a_closed_case_names_nobody(town: Town):
    contract = a_contract(town, "dispatched", protected=True)
    for step in ("", "steg/record_waiver/"):
        page = text_of(client_of(town.manager).get(f"/kontrakt/{contract.number}/{step}"))
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert contract.tenants[0].person.last_name not in title
        assert contract.number in title
