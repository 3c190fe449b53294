"""A department that decides on training homes in this system issues no lease without that decision and its plan (R-4-14 to R-4-16)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bostad.casework.refusals import StepNotTaken
from contracts.decided_here import KEY, of_grants
from contracts.models import Contract
from contracts.services import issuing, ordering
from referrals.services import assessing
from referrals.states import Support
from tests.factories import SettingFactory
from tests.making import a_decision, a_dwelling, a_registration, a_tenant, an_order, terms
from tests.referrals import making as referring
from tests.referrals.town import Referring, a_referring_town
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]

DAY = date(2026, 10, 1)
TAKEN = referring.DAYS["granted"]


@pytest.fixture
def place(town: Town) -> Referring:
    """The caseworker is of SOF, which lets the training flats."""
    SettingFactory(key=KEY, organisation=town.sof, value="here")
    return of_sof(town)


def of_sof(town: Town) -> Referring:
    found = a_referring_town(town)
    return replace(found, caseworker=found.sof_caseworker, housing_unit=town.sof.units.get(name="Barn och familj"))


def granted(place: Referring, support: str = Support.TRAINING) -> referring.Making:
    it = referring.Making(place, support=support, household=referring.a_household())
    for milestone in ("applied", "investigating", "written", "assessed", "granted"):
        referring.ACTS[milestone](it, referring.DAYS[milestone])
    return it


def planned(it: referring.Making) -> None:
    plan = assessing.PlanInput("Eget boende.", "Betala hyran.", "Boendestöd.", "Var tredje månad.", DAY)
    assessing.make_plan(it.assessment_pk, plan, by=it.place.caseworker, today=DAY)


def ordered(town: Town, number: str, personnummer: str = "", decided_on: date = TAKEN) -> Contract:
    tenant = a_tenant(**({"personnummer": personnummer} if personnummer else {}))
    home = a_dwelling(town, "training")
    given = a_registration(
        home, form="training", tenants=[tenant], decision=a_decision(number=number, decided_on=decided_on)
    )
    contract = ordering.register(given, by=town.coordinator, today=DAY)
    ordering.order(contract.pk, an_order(), by=town.coordinator, today=DAY)
    return contract


def issue(town: Town, contract: Contract) -> Contract:
    return issuing.issue(contract.pk, terms(town, contract), by=town.coordinator, today=DAY)


@pytest.mark.rule("R-4-14", "R-4-15", "R-4-16")
def test_the_decision_and_then_the_plan_come_before_the_lease(town: Town, place: Referring):
    it = granted(place)
    who = it.household.adults[0].personnummer
    contract = ordered(town, it.assessment.decisions.get().number, who)
    with pytest.raises(StepNotTaken, match="Planen för boendet saknas"):
        issue(town, contract)
    planned(it)
    assert issue(town, contract).state == "issued"


@pytest.mark.rule("R-4-14")
@pytest.mark.parametrize("whose", ["nobody's", "another's", "another home's", "of another day"])
def test_a_decision_that_is_not_taken_here_for_the_tenant_and_the_form_opens_no_dwelling(
    town: Town, place: Referring, whose: str
):
    it = granted(place, Support.TRIAL if whose == "another home's" else Support.TRAINING)
    planned(it)
    number = "B-2026-9" if whose == "nobody's" else it.assessment.decisions.get().number
    day = TAKEN - timedelta(days=10) if whose == "of another day" else TAKEN
    contract = ordered(town, number, "" if whose == "another's" else it.household.adults[0].personnummer, day)
    with pytest.raises(StepNotTaken, match="Inget beviljat beslut om boendeformen"):
        issue(town, contract)


def test_where_the_decisions_are_taken_elsewhere_the_number_is_believed(town: Town):
    assert issue(town, ordered(town, "B-2026-1")).state == "issued"


@pytest.mark.rule("R-4-14")
def test_a_number_that_stands_here_is_believed_of_nobody_else(town: Town):
    it = granted(of_sof(town))
    planned(it)
    number = it.assessment.decisions.get().number
    with pytest.raises(StepNotTaken, match="Inget beviljat beslut om boendeformen"):
        issue(town, ordered(town, number))
    assert issue(town, ordered(town, number, it.household.adults[0].personnummer)).state == "issued"


def test_it_is_asked_in_the_same_queries_for_one_and_for_many(town: Town, place: Referring):
    contracts = [ordered(town, f"B-2026-{n}") for n in range(4)]
    contracts = list(Contract.objects.filter(pk__in=[c.pk for c in contracts]).select_related("grant"))
    with CaptureQueriesContext(connection) as one:
        of_grants(contracts[:1])
    with CaptureQueriesContext(connection) as many:
        assert len(of_grants(contracts)) == 4
    assert len(one) == len(many)
