"""Printing is for who does it in that department, and a print file is no way round what a case hides."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bostad.casework.refusals import StepNotTaken
from bostad.documents import letters
from bostad.documents.models import Letter
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from tests.factories import StaffFactory
from tests.making import DAYS, a_contract, a_dwelling, the_worker
from tests.pages import client_of
from tests.town import TODAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]
STREET = "Hemliga stigen 41"


def somebody(unit, *roles) -> Scope:
    return scope_for(StaffFactory(unit=unit, roles=list(roles)), TODAY)


def test_a_file_with_a_closed_case_in_it_opens_for_nobody_else_also_when_that_letter_is_printed_anew(town: Town):
    plain, closed = a_contract(town, "issued"), a_contract(town, "issued", protected=True)
    the_worker(DAYS["issued"])
    both = list(Letter.objects.filter(case__in=[plain.pk, closed.pk]).values_list("pk", flat=True))
    first = letters.print_letters(letters=both, by=town.manager, today=DAYS["printed"])
    the_worker(DAYS["printed"])
    newcomer = client_of(somebody(town.debiteringen, (Role.CONTRACT_ADMINISTRATOR, town.vof)))
    file = reverse("documents:batch_file", args=[first.pk])
    assert newcomer.get(reverse("contracts:contract", args=[closed.number])).status_code == 404
    assert newcomer.get(file).status_code == 404
    anew = Letter.objects.get(case=closed.pk, kind="contract").pk
    letters.print_again(letter_id=anew, why="Trasslade.", by=town.manager, today=DAYS["printed"])
    the_worker(DAYS["printed"])
    assert newcomer.get(file).status_code == 404
    page = client_of(town.manager).get(reverse("documents:batch", args=[first.pk]))
    assert "ett brev ur den har skrivits ut igen" in page.content.decode()


def test_a_role_in_one_department_prints_nothing_in_another(town: Town):
    contract = a_contract(town, "issued")
    the_worker(DAYS["issued"])
    letter = Letter.objects.get(case=contract.pk, kind="contract")
    elsewhere = somebody(town.myndighet, (Role.CASEWORKER, town.vof), (Role.REGISTRAR, town.sof))
    with pytest.raises(StepNotTaken, match="utskriftskön"):
        letters.print_letters(letters=[letter.pk], by=elsewhere, today=DAYS["printed"])
    letters.print_letters(letters=[letter.pk], by=town.administrator, today=DAYS["printed"])
    for act in (letters.print_again, letters.strike):
        with pytest.raises(PermissionDenied):
            act(letter_id=letter.pk, why="Nej.", by=elsewhere, today=DAYS["printed"])
    assert contract.number not in client_of(elsewhere).get(reverse("documents:print_queue")).content.decode()


@pytest.mark.rule("R-0-13")
def test_a_contract_that_is_signed_at_the_desk_is_not_posted(town: Town):
    contract = a_contract(town, "printed", form="municipal")
    letter = Letter.objects.get(case=contract.pk, kind="contract")
    assert letter not in Letter.objects.to_post()
    with pytest.raises(StepNotTaken, match="postas inte"):
        letters.post(letter_id=letter.pk, on=DAYS["printed"], by=town.property_officer, today=DAYS["printed"])


def test_the_queue_and_its_list_do_not_say_a_hidden_address(town: Town):
    dwelling = a_dwelling(town, street=STREET)
    contract = a_contract(town, "issued", protected=True, dwelling=dwelling)
    Letter.objects.filter(case=contract.pk).update(
        recipient={"name": "A", "street": STREET, "postal_code": "1", "city": "E"}
    )
    the_worker(DAYS["issued"])
    queued = Letter.objects.filter(case=contract.pk, state="queued").values_list("pk", flat=True)
    client = client_of(town.manager)
    assert STREET not in client.get(reverse("documents:print_queue")).content.decode()
    batch = letters.print_letters(letters=list(queued), by=town.manager, today=DAYS["printed"])
    for page in ("documents:batch", "documents:batch_csv"):
        said = client.get(reverse(page, args=[batch.pk])).content.decode("utf-8-sig")
        assert contract.number in said
        assert STREET not in said


def test_sorting_by_dwelling_does_not_tell_where_a_hidden_one_lies(town: Town):
    for street, protected in (("Algatan 1", False), ("Mellangatan 5", True), ("Ögatan 9", False)):
        a_contract(town, "active", protected=protected, dwelling=a_dwelling(town, street=street))
    client = client_of(town.manager)
    shown = {}
    for sort in ("bostad", "-bostad"):
        page = client.get(reverse("contracts:contracts"), {"ordning": sort}).content.decode()
        shown[sort] = [page.index(words) for words in ("Adressen är skyddad", "Algatan 1", "Ögatan 9")]
    hidden, first, last = shown["bostad"]
    assert hidden < first < last
    hidden, first, last = shown["-bostad"]
    assert last < first < hidden
