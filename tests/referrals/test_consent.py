"""Consent to a dialogue: of every adult, for each department that is asked, and only until it is taken back (R-1-24)."""

import pytest
from django.urls import reverse

from bostad.casework.refusals import StepNotTaken
from bostad.casework.services import revoke_consent
from bostad.casework.sweep import sweep
from referrals.models import Question
from referrals.services import asking
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_days_typed import errors
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files"), pytest.mark.rule("R-1-24")]
ASKED = DAYS["investigating"]


def asked(place: Referring, adults: int = 1):
    case = making.an_assessment(place, "investigating", adults=adults)
    making.consent_of(case, by=place.caseworker, given_on=ASKED)
    return case, asking.ask(case.pk, departments=[place.sof], text="Vem?", by=place.caseworker, today=ASKED)


def test_consent_to_tell_one_department_is_no_consent_to_tell_another(place: Referring):
    case = making.an_assessment(place, "investigating")
    making.consent_of(case, by=place.caseworker, given_on=ASKED, name="socialförvaltningen")
    ask = lambda *which: asking.ask(  # noqa: E731
        case.pk, departments=list(which), text="Vem?", by=place.caseworker, today=ASKED
    )
    with pytest.raises(StepNotTaken, match="Vård- och omsorgsförvaltningen får veta"):
        ask(place.town.vof)
    with pytest.raises(StepNotTaken, match="Vård- och omsorgsförvaltningen får veta"):
        ask(place.sof, place.town.vof)
    assert ask(place.sof).state == "asked"


def test_the_second_adults_revocation_stops_the_dialogue(place: Referring):
    case, question = asked(place, adults=2)
    second = case.consents.order_by("id").last()
    revoke_consent(consent=second, on=DAYS["written"], by=place.caseworker)
    with pytest.raises(StepNotTaken, match=r"[Ss]amtycke"):
        asking.answer(
            question.pk, organisation=place.sof, position="ours", reason="Målgruppen.", by=place.sof_caseworker,
            today=DAYS["written"],
        )  # fmt: skip


def test_after_a_revocation_the_asked_department_reads_no_more(place: Referring):
    case, question = asked(place)
    assert Question.objects.shared_with(place.sof_caseworker).filter(pk=question.pk).exists()
    revoke_consent(consent=case.consents.get(), on=DAYS["written"], by=place.caseworker)
    sweep(DAYS["written"])
    question.refresh_from_db()
    assert question.state == "dropped"
    assert not Question.objects.shared_with(place.sof_caseworker).filter(pk=question.pk).exists()


def test_a_consent_names_a_department_as_it_is_called(place: Referring, on_the_day):
    case = making.an_assessment(place, "investigating")
    client, address = client_of(place.caseworker), reverse("casework:consents", args=[case.number])
    typed = {
        "person": case.parties.get().person_id, "partner": "department", "partner_name": "Soc", "purpose": "ansvaret",
        "form": "written", "given_on": "2026-10-20",
    }  # fmt: skip
    (said,) = errors(client.post(address, typed))["partner_name"]
    assert said.startswith("Skriv en av förvaltningarna: ") and "Socialförvaltningen" in said
    assert client.post(address, typed | {"partner_name": "sof"}).status_code == 302
    assert case.consents.get().partner_name == "Socialförvaltningen"
