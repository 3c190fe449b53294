"""From a case to its papers: what the services freeze stands in the data, and no more leaves the department than may."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bostad.casework.models import Case
from bostad.documents.models import Document
from bostad.organisation.models import DelegatedAct
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from bostad.people.models import Person
from referrals import content
from referrals.models import Assessment, Referral
from referrals.services import assessing, deciding, writing
from referrals.services.deciding import DecisionInput
from referrals.services.people import AdultInput, ChildInput, HouseholdInput
from referrals.services.writing import OpeningInput, SignatureInput
from tests.factories import DelegationFactory, SettingFactory, StaffFactory, a_personnummer, give_role
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]

DAY = date(2026, 10, 1)
LATER = date(2026, 10, 8)
VIEWING = datetime(2026, 10, 14, 14, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
SIGNING = datetime(2026, 10, 20, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
NAME = "Amira Haddad"
REGISTERED = {"is_registered_here": True, "is_crime_victim": False, "has_own_lease": False,
              "housing_now": "no_roof", "housing_now_text": "På vandrarhem sedan i maj."}  # fmt: skip
NEED = {
    "alternatives_exhausted": True, "alternatives_text": "Allt är prövat.", "difficulties": ["debts", "language"],
    "searched_elsewhere": True, "searched_second_hand": True, "lacks_guarantor": True, "exposed_group": "refused",
    "ability": "with_support", "ability_text": "Har skött en lägenhet i åtta år.",
}  # fmt: skip
TARGET = {"target_group": "addiction"}
SECTIONS = {
    "need": {"rooms_min": 2, "needs_lift": True},
    "situation": {"now": "På vandrarhem.", "history": "Hyrde i åtta år."},
    "support": {"text": "Boendestöd."},
    "economy": {"income": "Sjukersättning", "debt_total": 0, "checked_on": "2026-10-01"},
    "decision": {"motivation": "Saknar bostad.", "form_motivation": "Stöd behövs."},
}


@pytest.fixture
def sof(town: Town) -> dict[str, Scope]:
    """A caseworker and a manager of the department that refers; both may decide."""
    SettingFactory(key="referrals.target_groups", organisation=town.sof, value=["addiction"])
    unit = town.sof.units.get()
    people = {
        "caseworker": StaffFactory(username="nadja", first_name="Nadja", last_name="Persson", unit=unit),
        "manager": StaffFactory(
            username="jonas", first_name="Jonas", last_name="Åkesson", unit=unit, title="enhetschef"
        ),
    }
    give_role(people["caseworker"], Role.CASEWORKER, town.sof)
    give_role(people["manager"], Role.MANAGER, town.sof)
    for person in people.values():
        DelegationFactory(staff=person, organisation=town.sof, act=DelegatedAct.DECIDE_SUPPORT, item="7.3")
    return {name: scope_for(person, DAY) for name, person in people.items()}


def household(*, protected: bool = False, children: bool = False) -> HouseholdInput:
    kids = (ChildInput("Noor", "Haddad", "201903149802", "permanent"),) if children else ()
    return HouseholdInput((AdultInput("Amira", "Haddad", a_personnummer(10_000)),), kids, protected)


def assessed(town: Town, sof: dict[str, Scope], *, protected: bool = False, **found: object) -> Assessment:
    by = sof["caseworker"]
    case = assessing.apply(
        assessing.ApplicationInput("social", DAY, "written", "Söker stöd.", household(protected=protected)),
        unit=town.sof.units.get(), by=by, today=DAY,
    )  # fmt: skip
    Person.objects.filter(last_name="Haddad").update(street="Björkvägen 12 B", postal_code="59097", city="Ekstad")
    assessing.begin(case.pk, by=by, today=DAY)
    for step, answers in (("registration", REGISTERED | found), ("need", NEED), ("target", TARGET)):
        assessing.write_findings(case.pk, f"write_{step}", answers, by=by, today=DAY)
    return assessing.assess(case.pk, text="Två rum är skäligt.", by=by, today=DAY)


def granted(town: Town, sof: dict[str, Scope], **how: bool) -> Assessment:
    case = assessed(town, sof, **how)
    deciding.decide(case.pk, "grant", DecisionInput("Saknar bostad."), by=sof["manager"], today=DAY)
    return case


def written(town: Town, sof: dict[str, Scope], **how: bool) -> Referral:
    by = sof["caseworker"]
    referral = writing.open_referral(granted(town, sof, **how).pk, OpeningInput("municipal"), by=by, today=DAY)
    for key, values in SECTIONS.items():
        writing.write_section(referral.pk, key, values, by=by, today=DAY)
    return writing.inform(referral.pk, informed_on=DAY, how="vid besök", by=by, today=DAY)


def approved(referral: Referral, sof: dict[str, Scope], day: date = DAY) -> None:
    version = writing.version_in_writing(referral)
    writing.approve(
        referral.pk, signatures=[SignatureInput(referral.parties.get().person_id)], signed_on=day,
        content_hash=content.hash_of(version.content), by=sof["caseworker"], today=day,
    )  # fmt: skip


def signed(town: Town, sof: dict[str, Scope], **how: bool) -> Referral:
    referral = written(town, sof, **how)
    approved(referral, sof)
    return writing.sign(referral.pk, by=sof["manager"], today=DAY)


def paper(case: Case, kind: str) -> Document:
    return Document.objects.filter(case=case.pk, kind=kind).latest("id")


# --- decisions ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-17")
@pytest.mark.rule("R-1-28")
def test_a_grant_tells_the_three_criteria_in_words_and_the_individual_assessment(town, sof):
    document = paper(granted(town, sof), "decision")
    assert document.title == f"Beslut {document.data['number']}, bifall"
    assert [row["is_met"] for row in document.data["criteria"]] == [True, True, True]
    told = [row["text"] for row in document.data["criteria"]]
    assert told[0] == "Har inte tak över huvudet. På vandrarhem sedan i maj."
    assert told[1].startswith("Svårigheter: stora skulder och språkutmaningar. Sökt bostad i andra kommuner: ja,")
    assert told[2] == "Godkänns inte av fastighetsägare på grund av ekonomin."
    assert document.data["assessment"].startswith(
        "Två rum är skäligt.\nFörmåga att sköta ett boende: klarar ett boende"
    )
    assert document.data["appeal"] is None
    assert document.data["signing"]["delegation"] == "Delegation 7.3"


# --- the referral ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-30")
@pytest.mark.rule("R-1-31")
def test_the_referral_is_frozen_as_it_was_signed(town, sof):
    data = paper(signed(town, sof), "referral").data
    assert [row["heading"] for row in data["sections"]] == [section.label for section in content.CORE]
    assert data["approvals"] == [{"name": NAME, "by": None, "signed_on": "2026-10-01"}]
    assert (data["manager"]["name"], data["manager"]["title"]) == ("Jonas Åkesson", "enhetschef")
    assert {"label": "Skulder, sammanlagt", "text": "0\N{NO-BREAK SPACE}kr"} in data["sections"][4]["rows"]


@pytest.mark.rule("R-1-29")
def test_that_one_home_is_offered_is_told_before_the_referral_is_signed(town, sof):
    data = paper(written(town, sof), "one_offer_information").data
    assert (data["informed_on"], data["informed_how"]) == ("2026-10-01", "vid besök")
    assert data["recipient"]["address"]["street"] == "Björkvägen 12 B"
