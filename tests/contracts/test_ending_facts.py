"""By what a tenancy ends, as the contract's page and the paper of the move say it: R-0-19, R-0-20; JB 12:3 to 12:5."""

from datetime import date

import pytest
from django.urls import reverse

from bostad.documents.models import Document
from bostad.people.models import Person
from contracts import pages, papers
from contracts.services import ending
from tests.documents import papers_read
from tests.making import DAYS, a_contract, a_notice
from tests.pages import client_of, text_of

pytestmark = pytest.mark.usefixtures("fast_files")
NOTICE = DAYS["notice_given"]  # 10 February 2027
TERM = date(2027, 4, 30)


def given(town, until="active", by=None, form="care_dementia", tenants=1, category="none", **notice):
    """A contract of which notice is given, `by` the provider where nothing else is said."""
    term_to = TERM if notice.get("notice_by") == "term" else None
    contract = a_contract(town, until, form=form, tenants=tenants, category=category, term_to=term_to)
    return ending.give_notice(contract.pk, a_notice(NOTICE, **notice), by=by or town.provider, today=NOTICE)


def facts_of(contract, own=True):
    """By label: the value, what stands below it, and its rules."""
    return {fact.label: (fact.value, fact.below, fact.rules) for fact in pages.ending_facts(contract, own=own)}


@pytest.mark.rule("JB 12:5")
@pytest.mark.parametrize(
    ("died_on", "last", "ground"),
    [
        (date(2027, 2, 1), "31 mars 2027", "dödsfall, en månads uppsägningstid"),
        (date(2027, 1, 1), "31 maj 2027", "dödsboets uppsägning"),
    ],
)
def test_of_a_death_its_day_is_shown_and_the_ground_that_it_gives(town, died_on, last, ground):
    facts = facts_of(given(town, notice_by="estate", reason="died", died_on=died_on))
    assert facts["Dödsdag"][0] == f"1 {'februari' if died_on.month == 2 else 'januari'} 2027"
    assert facts["Hyrestiden slutar enligt lag"] == (last, ground, ("JB 12:5",))


@pytest.mark.rule("JB 12:4")
@pytest.mark.parametrize(
    ("notice", "ground"),
    [
        ({}, ("31 maj 2027", "hyresgästens uppsägning", ("JB 12:5",))),
        (
            {"notice_by": "municipality", "reason": "breach", "grounds": "Obetald hyra"},
            ("31 maj 2027", "kommunens uppsägning", ("JB 12:4",)),
        ),
        ({"notice_by": "term", "planned_move_out_on": TERM}, ("30 april 2027", "hyrestiden går ut", ("JB 12:3",))),
    ],
    ids=["tenant", "municipality", "term"],
)
def test_the_ground_by_law_follows_who_gave_notice(town, notice, ground):
    facts = facts_of(given(town, by=town.administrator, **notice))
    assert facts["Hyrestiden slutar enligt lag"] == ground
    assert "Dödsdag" not in facts


@pytest.mark.rule("JB 12:3")
def test_nobody_is_said_to_have_given_notice_where_the_term_ran_out(town):
    contract = given(town, by=town.administrator, notice_by="term", planned_move_out_on=TERM)
    assert "Uppsägningsdatum" not in facts_of(contract)
    assert Document.objects.get(case=contract, kind="move_out_agreement").data["notice_on"] is None


@pytest.mark.rule("R-0-19")
def test_what_both_agreed_on_is_said_to_hold_in_place_of_the_law(town):
    facts = facts_of(given(town, agreed_end_on=date(2027, 4, 30)))
    assert facts["Överenskommen sista dag"][:2] == ("30 april 2027", "gäller i stället för lagens dag")


@pytest.mark.rule("R-4-5")
def test_a_takeover_is_neither_a_notice_nor_a_move(town):
    contract = a_contract(town, "active", form="trial")
    on = date(2027, 6, 1)
    taken = ending.take_over(
        contract.pk, takeover_on=on, special_reasons="", owner_consents=True, by=town.coordinator, today=on
    )
    facts = facts_of(taken)
    assert list(facts) == ["Övertaget från och med", "Orsak"]
    assert facts["Övertaget från och med"] == ("1 juni 2027", "", ("R-4-5",))


@pytest.mark.rule("R-0-3")
def test_a_day_of_death_that_came_from_elsewhere_is_not_told_to_the_provider(town):
    contract = given(town)
    Person.objects.filter(case_parties__case=contract.pk).update(died_on=date(2027, 3, 1))
    assert facts_of(contract, own=True)["Dödsdag"][0] == "1 mars 2027"
    assert "Dödsdag" not in facts_of(contract, own=False)
    death = {"notice_by": "estate", "reason": "died", "died_on": date(2027, 2, 1)}
    assert facts_of(given(town, **death), own=False)["Dödsdag"][0] == "1 februari 2027"


@pytest.mark.rule("R-0-20")
def test_on_the_paper_of_the_move_a_dead_tenant_signs_by_the_estate_alone(town):
    contract = given(town, notice_by="estate", reason="died", died_on=date(2027, 2, 1))
    data = Document.objects.get(case=contract, kind="move_out_agreement").data
    name = contract.tenants[0].person.name
    assert data["estates"] == [name]
    sheet = {
        "code": f"{contract.number}-A",
        "holder": "tenant",
        "holder_line": "Hyresgästens original",
        "sheet_title": "Avflyttning",
    }

    def printed(**changes):
        return papers_read.whole_text(papers.PAPERS["move_out_agreement"].typeset({**data, **changes}, sheet).content)

    dead, living = printed(), printed(estates=[])
    assert f"Dödsboet efter {name}" in dead
    assert "dödsbodelägare företrädare för dödsboet" in dead
    assert "hyresgäst dödsbodelägare" not in dead
    assert "hyresgäst dödsbodelägare företrädare för dödsboet" in living


@pytest.mark.rule("JB 12:5")
@pytest.mark.usefixtures("on_the_day")
def test_the_page_of_the_contract_shows_the_day_of_death(town):
    contract = given(town, notice_by="estate", reason="died", died_on=date(2027, 2, 1))
    page = text_of(client_of(town.administrator).get(reverse("contracts:contract", args=[contract.number])))
    assert "1 februari 2027" in page.partition("Dödsdag")[2][:200]
