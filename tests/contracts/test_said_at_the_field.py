"""What the pages of a contract say when something is wrong: at the field that mends it, in plain Swedish, and once."""

import re

import pytest
import time_machine
from django.urls import reverse

from bostad.forms import DateField, SwedishForm, UploadField
from bostad.identifiers import make_fictional_personnummer
from tests.making import DAYS, a_contract, a_dwelling, a_tenant, code_of
from tests.pages import DAY, client_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

TERMS = {
    "rent": "6780",
    "furniture_rent": "",
    "other_rent": "",
    "other_rent_for": "",
    "term_to": "",
    "notice_months": "3",
}


def issue_page(town, contract, **typed):
    signer = {"signer": town.delegations[contract.department_id].pk}
    address = reverse("contracts:step", args=[contract.number, "issue"])
    return client_of(town.administrator).post(address, TERMS | signer | typed)


@pytest.mark.rule("JB 12:55")
def test_a_supplement_without_a_purpose_is_refused_at_the_purpose(town):
    form = issue_page(town, a_contract(town, "ordered"), other_rent="150").context["form"]
    assert list(form.errors) == ["other_rent_for"]
    assert form.errors["other_rent_for"][0].startswith("Säg vad tillägget avser.")


@pytest.mark.rule("R-4-20")
def test_what_ends_a_grant_is_not_called_optional_but_asked_for_when_the_answer_is_no(town):
    contract = a_contract(town, "active")
    client, address = client_of(town.caseworker), reverse("contracts:step", args=[contract.number, "end_grant"])
    page = text_of(client.get(address))
    assert "(frivilligt)" not in page
    assert page.count("Fylls i när svaret är nej.") == 2
    refused = client.post(address, {"continues": "nej", "ended_on": "2026-11-30", "number": ""}).context["form"]
    assert dict(refused.errors) == {"number": ["Ange beslutet om att biståndet upphör, och från vilken dag."]}


@pytest.mark.rule("R-4-18")
def test_a_rent_of_nothing_is_refused_at_the_rent_in_one_sentence_about_it(town):
    page = issue_page(town, a_contract(town, "ordered", electricity_included=False), rent="0")
    form = next(seen["form"] for seen in page.context if hasattr(seen.get("form"), "errors"))  # the papers have theirs
    assert dict(form.errors) == {"rent": ["Ange en hyra som är högre än noll."]}


@pytest.mark.rule("R-4-18")
def test_a_term_that_ends_before_it_begins_is_refused_at_the_term_alone(town):
    contract = a_contract(town, "ordered", electricity_included=False)
    form = issue_page(town, contract, term_to="2026-09-30").context["form"]
    assert dict(form.errors) == {"term_to": ["Hyrestidens sista dag ska vara efter inflyttningsdagen."]}


@pytest.mark.rule("R-0-17")
def test_the_shelf_is_not_called_optional_and_a_wrong_code_is_told_before_a_missing_shelf(town):
    contract = a_contract(town, "sent_back")
    client, address = client_of(town.administrator), reverse("contracts:receive")
    assert "(frivilligt)" not in text_of(client.get(address))
    wrong = client.post(address, {"code": "K-2026-999999-A", "shelf": ""}).context["form"]
    assert list(wrong.errors) == ["code"]
    right = client.post(address, {"code": contract.originals.get(holder="municipality").code, "shelf": ""})
    assert dict(right.context["form"].errors) == {"shelf": ["Ange hyllplatsen."]}


def test_what_is_lacking_of_an_authority_or_a_decision_is_said_in_swedish(town):
    dwelling = a_dwelling(town)
    typed = {"dwelling": dwelling.pk, "representative": "Birgitta Nyberg", "decision_number": "B-1"}
    form = client_of(town.provider).post(reverse("contracts:register"), typed).context["form"]
    said = {name: form.errors[name][0] for name in
            ("authority", "authority_reference", "authority_from", "representative_street", "decided_on", "legal_basis")}  # fmt: skip
    half = "Annars är företrädarens behörighet ofullständig."
    assert said == {
        "authority": f"Välj behörighet. {half}",
        "authority_reference": f"Skriv vilken handling som visar behörigheten. {half}",
        "authority_from": f"Skriv datumet för ”Behörigheten gäller från”. {half}",
        "representative_street": f"Fyll i företrädarens gatuadress. {half}",
        "decided_on": "Fyll i beslutsdatum. Annars är beslutet ofullständigt.",
        "legal_basis": "Fyll i lagrum. Annars är beslutet ofullständigt.",
    }


@pytest.mark.rule("FB 9:1")
def test_the_page_after_the_registration_tells_of_a_minor(town):
    youth = a_tenant(personnummer=make_fictional_personnummer(DAY.replace(year=2010), 981))
    contract = a_contract(town, "registered", tenants=(youth,))
    page = text_of(client_of(town.provider).get(reverse("contracts:contract", args=[contract.number])))
    assert "En hyresgäst är under 18 år" in page
    assert "föräldrabalken 9 kap. 1 §" in page


@pytest.mark.rule("R-0-22")
def test_the_form_does_not_forbid_a_second_tenant_where_the_rule_allows_one(town):
    page = text_of(client_of(town.coordinator).get(reverse("contracts:register")))
    assert "I vård- och trygghetsboende bara vid parboende." in page


@pytest.mark.parametrize(
    ("field", "says"),
    [
        (UploadField(label="Fil"), "Välj en fil"),
        (DateField(label="Förvaras till och med"), "Skriv datumet för ”Förvaras till och med”"),
        (DateField(label="Övertaget från och med"), "Skriv datumet för ”Övertaget från och med”"),
        (DateField(label="Delgiven den"), "Skriv datumet för ”Delgiven den”"),
        (DateField(label="Dödsdag"), "Fyll i dödsdag"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_empty_field_is_asked_for_in_swedish(field, says):
    class Asked(SwedishForm):
        asked = field

    assert Asked({}).errors == {"asked": [says]}


@pytest.mark.rule("JB 12:45")
def test_a_paragraph_that_is_the_rule_itself_is_not_said_twice(town):
    contract = a_contract(town, "ordered", block_let=True)
    page = text_of(client_of(town.administrator).get(reverse("contracts:contract", args=[contract.number])))
    assert "om hyresgästen inte har avstått från det" in page
    (said,) = re.findall(r"inte har avstått från det\.(.*?)</li>", page, re.DOTALL)
    assert re.sub(r"<[^>]+>|\s+", " ", said).split() == ["JB", "12:45", "andra", "stycket"]


@pytest.mark.rule("R-0-12")
def test_the_list_to_post_ticks_no_letter_whose_originals_are_unsigned(town):
    unsigned = a_contract(town, "printed", electricity_included=False)
    signed = a_contract(town, "municipality_signed", electricity_included=False)
    client = client_of(town.administrator)
    batches = [contract.letters.get(kind="contract").batch_id for contract in (unsigned, signed)]
    addresses = [reverse("documents:print_queue"), *(reverse("documents:batch", args=[pk]) for pk in batches)]
    pages = " ".join(text_of(client.get(address)) for address in addresses)
    for contract, ticked in ((unsigned, False), (signed, True)):
        rows = re.findall(
            rf'<input[^>]*type="checkbox"[^>]*value="{contract.letters.get(kind="contract").pk}"[^>]*>', pages
        )
        assert len(rows) == 2
        assert ["checked" in row for row in rows] == [ticked, ticked]


@pytest.mark.rule("R-0-18")
@pytest.mark.rule("R-0-21")
def test_the_tenants_electricity_annex_is_not_awaited_back(town):
    """It goes to the electricity company (D-0-5); the municipality's own comes with the municipality's original."""
    contract = a_contract(town, "sent_back_again", electricity_included=False)
    annexes = contract.originals.filter(kind="electricity_annex")
    assert set(annexes.values_list("holder", flat=True)) == {"tenant", "municipality"}
    code = code_of(contract, "tenant")
    with time_machine.travel(f"{DAYS['all_back']} 10:00Z", tick=False):
        page = client_of(town.administrator).post(reverse("contracts:receive"), {"code": code, "shelf": "B12"})
    assert page.context["filed"].code == code
    assert page.context["still_out"] == []
