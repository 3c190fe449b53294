"""The register of property owners: what each department has talked over with them, and nothing of who lives there."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from bostad.housing.models import Dwelling, OwnerContact
from tests.pages import DAY, client_of
from tests.referrals.town import a_home, a_referring_town
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
WRITTEN = {"on": str(DAY), "channel": "meeting", "with_whom": "Eva Ek", "text": "Tre lägenheter blir lediga i mars."}


@pytest.fixture
def address(town: Town) -> str:
    a_home(a_referring_town(town), street="Storgatan 4")
    return reverse("overview:owner", args=[town.landlord.pk])


@pytest.mark.rule("R-1-88")
def test_a_contact_is_kept_and_read_by_the_own_department(town: Town, address: str):
    client = client_of(town.property_officer)
    assert client.post(address, WRITTEN).status_code == 302
    kept = OwnerContact.objects.get()
    assert (kept.department, kept.by_id) == (town.ff, town.property_officer.staff_id)
    page = client.get(address).content.decode()
    assert "Tre lägenheter blir lediga i mars." in page
    assert "Storgatan 4" in page
    assert "Tre lägenheter" not in client_of(town.coordinator).get(address).content.decode()
    assert "ingen registrerad" not in client.get(reverse("overview:owners")).content.decode()
    assert "ingen registrerad" in client_of(town.coordinator).get(reverse("overview:owners")).content.decode()


def test_what_lacks_something_keeps_what_was_typed(town: Town, address: str):
    client = client_of(town.property_officer)
    late = {**WRITTEN, "on": str(DAY + timedelta(days=1)), "channel": ""}
    page = client.post(address, late).content.decode()
    assert "Dagen kan inte vara efter idag." in page
    assert "Välj hur ni hade kontakt." in page
    assert "Tre lägenheter blir lediga i mars." in page
    assert not OwnerContact.objects.exists()


def test_a_contact_is_not_changed_afterwards(town: Town, address: str):
    client_of(town.property_officer).post(address, WRITTEN)
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnerContact.objects.update(text="Något annat")
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnerContact.objects.all().delete()


@pytest.mark.rule("R-1-2")
def test_the_database_knows_no_dwelling_without_a_tenure(town: Town, address: str):
    with pytest.raises(IntegrityError, match="dwelling_has_a_tenure"), transaction.atomic():
        Dwelling.objects.update(tenure="")
