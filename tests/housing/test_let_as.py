"""What a dwelling may be let as is read in Swedish, in the list and on its own page."""

import pytest
from django.urls import reverse

from tests.making import a_dwelling
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.mark.rule("R-0-8")
@pytest.mark.parametrize("view", ["dwellings", "dwelling"])
def test_forms_and_categories_are_said_by_their_swedish_names(town, view):
    home = a_dwelling(town, housing_forms=["trial", "guarantee"], allowed_categories=["couple"])
    address = reverse(f"overview:{view}", args=[home.pk] if view == "dwelling" else [])
    page = client_of(town.administrator).get(address).content.decode()
    assert "Försökslägenhet, Hyresgaranti" in page
    assert "Parboende" in page
