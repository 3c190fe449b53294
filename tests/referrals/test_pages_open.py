"""Every page and every step's page opens, in every state, for everybody who may take a step there."""

import pytest
from django.urls import reverse

from bostad import listing
from bostad.casework import steps
from bostad.casework.graph import kind_of
from bostad.casework.models import Case
from bostad.organisation.scope import Scope
from referrals import matching
from referrals.models import Assessment, Question, Referral
from referrals.services import asking, validity
from referrals.services.writing import signed_version
from tests.factories import PropertyFactory, a_personnummer
from tests.pages import DAY, client_of
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_days_typed import errors
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

ASSESSMENTS = ("applied", "investigating", "written", "assessed", "granted", "refused")
REFERRALS = making.WAY[making.WAY.index("draft") :]


def opens(case: Case, scope: Scope) -> list[str]:
    """The page of the case, its tabs, and the page of each step that this person may take; says which."""
    client, kind = client_of(scope), kind_of(case)
    assert client.get(reverse(kind.page, args=[case.number])).status_code == 200
    for tab in ("documents:documents", "casework:deadlines"):
        assert client.get(reverse(tab, args=[case.number])).status_code == 200, tab
    taken = [s.step.name for s in steps.available(case, scope, DAY) if s.mine]
    for name in taken:
        assert client.get(reverse(kind.step_page, args=[case.number, name])).status_code == 200, name
    return taken


@pytest.mark.parametrize("until", ASSESSMENTS)
@pytest.mark.parametrize("support", ["social", "training"])
def test_an_assessment_opens_in_every_state(place: Referring, until: str, support: str):
    case = making.an_assessment(place, until, support=support, children=1)
    assert opens(Assessment.objects.get(pk=case.pk), place.caseworker)
    opens(Assessment.objects.get(pk=case.pk), place.manager)


@pytest.mark.parametrize("until", REFERRALS)
def test_a_referral_opens_in_every_state(place: Referring, until: str):
    case = making.a_referral(place, until, children=1)
    opens(Referral.objects.get(pk=case.pk), place.caseworker)
    opens(Referral.objects.get(pk=case.pk), place.manager)
    if case.submitted_on:
        opens(Referral.objects.get(pk=case.pk), place.officer)


def test_a_question_opens_for_both_sides(place: Referring):
    case = making.an_assessment(place, "investigating")
    making.consent_of(case, by=place.caseworker, given_on=making.DAYS["investigating"])
    asked = asking.ask(
        case.pk, departments=[place.sof], text="Vems är det?", by=place.caseworker, today=making.DAYS["investigating"]
    )
    assert opens(Question.objects.get(pk=asked.pk), place.caseworker)
    assert opens(Question.objects.get(pk=asked.pk), place.sof_caseworker) == ["answer"]


@pytest.mark.parametrize(
    "name", ["assessments", "referrals", "offers", "guarantees", "questions", "audit", "new_assessment"]
)
def test_the_lists_open_empty_and_with_rows(place: Referring, name: str):
    address = reverse(f"referrals:{name}")
    scope = place.manager if name == "audit" else place.caseworker
    assert client_of(scope).get(address).status_code == 200
    making.a_referral(place, "offered")
    assert client_of(scope).get(address).status_code == 200


@pytest.mark.rule("R-4-22", "R-1-24")
def test_of_a_hundred_cases_each_is_reached_in_the_audit_and_among_the_questions(place: Referring):
    by, today = place.caseworker, making.DAYS["investigating"]
    for _ in range(listing.PER_PAGE + 1):
        case = making.an_assessment(place, "investigating")
        making.consent_of(case, by=by, given_on=today)
        asking.ask(case.pk, departments=[place.sof], text="Vems är det?", by=by, today=today)
    audit = f"{reverse('referrals:audit')}?saknar=beslut&gren=social"
    for scope, address, row in (
        (place.manager, audit, "referrals:assessment"),
        (place.sof_caseworker, reverse("referrals:questions"), "referrals:question"),
    ):
        client, seen = client_of(scope), set()
        while address:
            page = client.get(address)
            cases = [shown.case for shown in page.context["rows"]]
            assert all(reverse(row, args=[case.number]) in page.content.decode() for case in cases)
            assert page.context["pager"]["text"].endswith(f" av {listing.PER_PAGE + 1}")
            seen |= {case.pk for case in cases}
            following = page.context["pager"]["next_url"]
            address = following and f"{address.partition('?')[0]}{following}"
        assert len(seen) == listing.PER_PAGE + 1


@pytest.mark.rule("R-1-23")
def test_own_households_are_taken_in_by_the_property_department_alone(place: Referring):
    address = reverse("referrals:take_in")
    assert client_of(place.officer).get(address).status_code == 200
    assert client_of(place.caseworker).get(address).status_code == 403


@pytest.mark.rule("R-1-45")
def test_an_own_household_is_taken_in_with_where_it_can_live_and_how_large(place: Referring):
    PropertyFactory(area="Norra")
    client, address = client_of(place.officer), reverse("referrals:take_in")
    typed = {
        "own_ground": "follow_up_ended", "assignment_reference": "F-2025-000012", "lease_form": "municipal",
        "unit": place.ff.units.get(name="Uthyrning").pk, "first_name": "Amira", "last_name": "Haddad",
        "personnummer": a_personnummer(7), "is_protected": "nej", "children": "0", "rooms_min": "3", "rooms_max": "2",
        "needs_lift": "nej", "barred": ["Norra"],
    }  # fmt: skip
    assert errors(client.post(address, typed)) == {
        "rooms_max": ["Högst antal rum kan inte vara lägre än minst antal rum."]
    }
    assert client.post(address, typed | {"rooms_max": "3"}).status_code == 302
    need = matching.need_of(signed_version(Referral.objects.get()).content)
    assert (need.rooms_max, need.barred, need.wanted) == (3, ("Norra",), ())


@pytest.mark.rule("R-1-36")
def test_what_an_extension_lacks_is_written_where_it_is_gone_through(place):
    referral = making.a_referral(place, "registered")
    client = client_of(place.caseworker)
    write = reverse("referrals:referral_step", args=[referral.number, "write"])
    assert client.get(write).status_code == 200  # why it cannot be taken now
    validity.begin_extension(referral.pk, by=place.caseworker, today=DAYS["registered"])
    assert client.get(write).url == reverse("referrals:referral_step", args=[referral.number, "review_extension"])
