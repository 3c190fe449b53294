"""The logs are read by people who know the pages by their Swedish names."""

import re

import pytest
from django.urls import reverse

from bostad.casework.graph import kind_of
from bostad.overview.page_names import PAGES
from tests.making import a_contract
from tests.pages import client_of, text_of
from tests.test_addresses import OURS


def test_every_page_that_can_be_read_has_a_swedish_name():
    of_nobody = {name for name in OURS if name.startswith("organisation:")} | {"admin_sign_in"}
    assert set(PAGES) == set(OURS) - of_nobody
    assert not [name for name in PAGES.values() if ":" in name or "_" in name]


@pytest.mark.django_db
@pytest.mark.usefixtures("fast_files", "on_the_day")
def test_a_log_shows_no_code(town):
    contract = a_contract(town, "dispatched")
    client = client_of(town.administrator)
    for page in ("contracts:contract", "contracts:originals", "documents:documents", "casework:journal"):
        client.get(reverse(page, args=[contract.number]))
    shown = text_of(client.get(reverse("casework:log", args=[contract.number]))).partition("<main")[2]
    words = re.sub(r"<[^>]*>", " ", shown)
    code = set(PAGES) | {name for name in kind_of(contract).steps if "_" in name} | {"dispatched", "registered"}
    assert not [name for name in code if name in words]
    assert "Beställ kontrakt" in words
    assert "Kontraktets översikt" in words
    review = text_of(client_of(town.log_reviewer).get(reverse("overview:log_review"))).partition("<main")[2]
    assert not [name for name in PAGES if name in re.sub(r"<[^>]*>", " ", review)]
