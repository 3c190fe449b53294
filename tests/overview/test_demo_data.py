"""Ekstads kommun is made once for the module, on blank papers; one of each kind is then printed as it would be."""

import io
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from bostad import dates, identifiers
from bostad.casework.models import Case, Consent, ContactAttempt, Deadline, JournalEntry, StepLog
from bostad.casework.sweep import sweep
from bostad.documents.models import Document, Letter, Original, PrintBatch, TextTemplate
from bostad.documents.printing import printer
from bostad.documents.states import FileState, LetterState
from bostad.housing.models import Dwelling, HeadLease, Tenure
from bostad.organisation.models import Absence, DemoDay, Organisation, OrganisationKind, Staff, Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import scope_for
from bostad.overview import demo
from bostad.overview.demo import press, staff
from bostad.people.models import Authority, ChildHousing, HouseholdMember, Person, Protection, Representative
from contracts import papers
from contracts.models import Contract
from contracts.states import ContractState, EndReason, HousingForm
from referrals import matching, reading
from referrals.models import Assessment, Offer, Question, Referral
from referrals.papers import PAPERS as REFERRAL_PAPERS
from referrals.services import writing
from referrals.states import AssessmentState, LeaseForm, OfferState, ReferralState
from tests.plain_papers import plain

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)  # a Thursday, the day of the mock-ups


@contextmanager
def blank_papers() -> Iterator[press.Press]:
    """A press that is done at once."""

    def submit(_typeset, kind, data, sheet) -> Future:
        printed: Future = Future()
        printed.set_result(plain(printer(kind)).typeset(data, sheet))
        return printed

    yield press.Press(SimpleNamespace(submit=submit))


@pytest.fixture(scope="module", autouse=True)
def ekstad(django_db_setup, django_db_blocker) -> Iterator[None]:
    """One setup for all tests here, forgotten after the last; what a test changes is forgotten after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.make(TODAY, blank_papers)
        yield
        transaction.set_rollback(True)


def scope_of(username: str):
    return scope_for(Staff.objects.get(username=username), TODAY)


def open_today(**which):
    return Deadline.objects.still_open().filter(due_on=TODAY, **which)


# --- how much there is ------------------------------------------------------------------------------------------------


def test_there_are_so_many_of_each():
    counts = {model: model.objects.count() for model in (Dwelling, Contract, Staff)}
    assert counts == {Dwelling: 65, Contract: 40, Staff: 30}
    assert Person.objects.filter(memberships__household__cases__kind="contract").distinct().count() >= 40
    assert Person.objects.count() > 120
    assert Assessment.objects.count() + Referral.objects.count() >= 60


def test_every_state_and_form_occurs():
    assert set(Contract.objects.values_list("state", flat=True)) == set(ContractState.values)
    assert set(Contract.objects.values_list("housing_form", flat=True)) == set(HousingForm.values)


def test_assessments_referrals_and_offers_are_in_every_state():
    assert set(Assessment.objects.values_list("state", flat=True)) == set(AssessmentState.values)
    assert set(Referral.objects.values_list("state", flat=True)) == set(ReferralState.values)
    assert set(Offer.objects.values_list("state", flat=True)) == set(OfferState.values)
    assert {"asked", "lifted", "settled"} <= set(Question.objects.values_list("state", flat=True))
    departments = Referral.objects.values_list("department__code", flat=True)
    assert set(departments) == {"AMF", "SOF", "VOF", "FF"}


def test_some_referrals_end_soon_and_the_sweep_has_ended_others():
    soon = Referral.objects.filter(state="registered", valid_to__gte=TODAY, valid_to__lt=TODAY + timedelta(days=60))
    assert soon.count() >= 2
    expired = Referral.objects.filter(state="expired")
    assert expired.count() >= 1
    assert all(referral.valid_to < TODAY for referral in expired)


def test_every_role_is_held_by_somebody():
    held = {role for person in Staff.objects.all() for role in scope_for(person, TODAY).roles}
    assert held == set(Role)


def test_nobody_has_two_roles_and_one_reviews_the_log():
    roles = Counter(role for person in Staff.objects.all() for role in scope_for(person, TODAY).roles)
    assert roles[Role.LOG_REVIEWER] == 1
    assert roles[Role.DEPARTMENT_ADMINISTRATOR] == 4
    assert sum(roles.values()) == 30


def test_there_are_departments_providers_and_landlords():
    kinds = Counter(Organisation.objects.values_list("kind", "is_private"))
    assert kinds[OrganisationKind.DEPARTMENT, False] == 4
    assert kinds[OrganisationKind.PROVIDER, False] == 2
    assert kinds[OrganisationKind.PROVIDER, True] == 1
    assert sum(n for (kind, _), n in kinds.items() if kind == OrganisationKind.LANDLORD) == 3
    assert Unit.objects.filter(is_queue=True).count() == 3


def test_dwellings_have_every_tenure_and_some_are_free():
    assert set(Dwelling.objects.values_list("tenure", flat=True)) == set(Tenure.values)
    assert Dwelling.objects.free_on(TODAY).count() >= 15
    assert Dwelling.objects.exclude(withdrawn_on=None).count() == 1
    assert HeadLease.objects.filter(is_block_let=True).exists()


def test_there_is_a_free_dwelling_for_a_couple_who_needs_care():
    assert Dwelling.objects.free_on(TODAY).filter(allowed_categories__contains=["couple"]).count() >= 2


@pytest.mark.parametrize("form", LeaseForm.values)
def test_in_each_form_somebody_waits_whom_a_free_dwelling_fits(form):
    officer = scope_of("nadja.persson")
    waiting = Referral.objects.filter(state="registered", lease_form=form, valid_to__gte=TODAY, own_ground="")
    offers = {
        referral.number: [
            match
            for match in reading.matches(
                matching.need_of(writing.signed_version(referral).content),
                reading.free_dwellings(referral, officer, TODAY),
            )
            if not match.is_misfit
        ]
        for referral in waiting
    }
    assert any(len(found) >= 2 for found in offers.values()), offers


# --- invented, all of it -----------------------------------------------------------------------------------------------


def test_every_personal_number_is_fictional():
    numbers = Person.objects.values_list("personnummer", flat=True)
    assert all(identifiers.is_fictional(number) and identifiers.luhn_is_valid(number[2:]) for number in numbers)


def test_every_organisation_number_is_well_formed():
    for organisation in Organisation.objects.all():
        assert identifiers.parse_organisation_number(organisation.organisation_number)


def test_mail_and_telephone_lead_nowhere():
    for row in (*Organisation.objects.all(), *Unit.objects.all(), *Staff.objects.all()):
        assert row.email.endswith(".example"), row
        assert row.phone.startswith("0999-"), row


def test_nobody_has_a_password_unless_one_is_given(monkeypatch):
    assert not any(person.has_usable_password() for person in Staff.objects.all())
    monkeypatch.setenv("DEMO_PASSWORD", "ett ord för demon")
    assert staff.give_passwords() == 30
    assert Staff.objects.first().check_password("ett ord för demon")
    assert staff.give_passwords() == 0


def test_tenants_have_the_age_of_their_form():
    for contract in Contract.objects.prefetch_related("parties__person"):
        ages = [party.person.age_on(TODAY) for party in contract.parties.all()]
        if contract.category == "young_dementia" or contract.housing_form not in (
            "sheltered",
            "care_somatic",
            "care_dementia",
        ):
            assert all(18 <= age < 65 for age in ages), contract
        elif contract.category != "":
            assert all(70 <= age <= 98 for age in ages), contract


@pytest.mark.rule("R-3-16")
def test_children_live_in_all_three_ways():
    children = HouseholdMember.objects.filter(role="child").values_list("child_housing", flat=True)
    assert set(children) == set(ChildHousing.values)


def test_representatives_act_by_several_authorities():
    kinds = set(Representative.objects.values_list("authority", flat=True))
    assert kinds >= {
        Authority.TRUSTEE,
        Authority.ADMINISTRATOR,
        Authority.FUTURE_POWER,
        Authority.POWER_OF_ATTORNEY,
        Authority.ESTATE,
    }


# --- told through the services ---------------------------------------------------------------------------------------------


def test_every_contract_came_to_its_state_by_steps():
    for case in Case.objects.all():
        taken = list(StepLog.objects.filter(case=case).order_by("id"))
        assert taken[0].source == ""
        assert taken[-1].target == case.state
        assert [log.on for log in taken] == sorted(log.on for log in taken)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nothing_is_told_of_the_future():
    assert max(StepLog.objects.values_list("on", flat=True)) == TODAY
    assert max(JournalEntry.objects.values_list("on", flat=True)) <= TODAY
    assert Contract.objects.filter(opened_on__lt=TODAY - timedelta(days=700)).exists()


def test_one_person_is_protected_and_one_contract_is_closed_to_all_but_the_named():
    assert Person.objects.exclude(protection=Protection.NONE).count() == 1
    restricted = Contract.objects.get(confidentiality="restricted")
    assert restricted.parties.get().person.is_protected
    assert Case.objects.visible_to(scope_of("nadja.persson")).filter(pk=restricted.pk).exists()
    assert not Case.objects.visible_to(scope_of("bjorn.wallin")).filter(pk=restricted.pk).exists()


def test_a_provider_sees_its_own_contracts_only():
    seen = Case.objects.visible_to(scope_of("sara.wikander"))
    assert {case.as_contract.provider.code for case in seen} == {"Rönngården"}


def test_the_turns_that_a_tenancy_can_take_are_there():
    steps = set(StepLog.objects.values_list("step", flat=True))
    assert steps >= {
        "replace_sheets",
        "return_for_completion",
        "cancel",
        "take_over",
        "withdraw_notice",
        "record_obstacle",
        "record_property",
        "decide_property",
        "record_waiver",
        "become_indefinite",
        "remind_provider",
        "end_grant",
        "close",
    } - {"become_indefinite"}
    assert Original.objects.filter(state="recalled").exists()
    reasons = set(Contract.objects.filter(state="closed").values_list("outcome", flat=True))
    assert {EndReason.DIED, "taken_over"} <= reasons
    assert JournalEntry.objects.count() >= 10 and ContactAttempt.objects.count() >= 8 and Consent.objects.count() >= 2


def test_one_tenancy_comes_near_two_years_and_one_term_near_its_end():
    near = [c for c in Contract.objects.filter(state="active") if 0 <= _days_to(c.move_in_on, 23) <= 10]
    assert len(near) == 1
    assert Contract.objects.filter(term_to__range=(TODAY, TODAY + timedelta(days=100))).exists()


def _days_to(start: date, months: int) -> int:
    return (dates.add_months(start, months) - TODAY).days


# --- the day of those who sign in ---------------------------------------------------------------------------------------------


def test_gun_britt_has_something_to_do_today():
    mine = open_today().for_staff(scope_of("gun-britt.nystrom"))
    assert set(mine.values_list("kind", flat=True)) >= {"contracts.issue", "contracts.dispatch", "contracts.billing"}


def test_sara_has_something_to_do_today():
    mine = open_today().visible_to(scope_of("sara.wikander"))
    assert set(mine.values_list("kind", flat=True)) >= {"contracts.order", "contracts.receipt", "contracts.move_out"}


@pytest.mark.parametrize("manager", ["eva.sandell", "margareta.hellstrom", "kent.lofgren"])
def test_a_manager_sees_what_has_been_late_for_long(manager):
    late = Deadline.objects.still_open().visible_to(scope_of(manager)).overdue(TODAY)
    assert late.exclude(escalated_on=None).exists()


def test_nadja_has_a_tenant_coming_to_the_desk_today():
    mine = open_today(kind="contracts.sign_at_desk").for_staff(scope_of("nadja.persson"))
    assert mine.count() == 1


def test_gun_britt_stands_in_for_an_absent_colleague():
    absence = Absence.objects.get()
    assert absence.staff_id in scope_of("gun-britt.nystrom").stands_in_for


def test_deadlines_are_overdue_of_many_kinds():
    kinds = Deadline.objects.still_open().overdue(TODAY).values_list("kind", flat=True).distinct()
    assert len(kinds) >= 8


@pytest.mark.rule("R-2-45")
def test_the_sweep_acts_and_the_second_time_finds_nothing():
    done = sweep(TODAY)
    assert done["acted"] == 1  # the term that ran out yesterday
    assert done["given to a person"] == 0
    assert sweep(TODAY) == {"acted": 0, "given to a person": 0, "escalated": 0, "told": 0, "named": 0}


# --- papers and letters ----------------------------------------------------------------------------------------------------------


def test_what_was_written_before_today_is_printed_and_today_is_left_to_the_worker():
    """The papers of referrals, which no step waits for, are all left to the worker."""
    of_contracts = Document.objects.exclude(kind__in=REFERRAL_PAPERS)
    assert set(of_contracts.filter(on__lt=TODAY).values_list("file_state", flat=True)) == {FileState.READY}
    assert 3 <= of_contracts.filter(on=TODAY, file_state=FileState.WAITING).count() <= 12
    assert Document.objects.filter(kind__in=REFERRAL_PAPERS, file_state=FileState.WAITING).count() > 50
    assert not Document.objects.filter(file_state=FileState.FAILED).exists()
    assert set(PrintBatch.objects.values_list("file_state", flat=True)) == {FileState.READY}


def test_letters_are_in_every_state():
    assert set(Letter.objects.values_list("state", flat=True)) == set(LetterState.values)
    assert not Letter.objects.exclude(held_because="").exists()


@pytest.mark.rule("R-0-24")
def test_every_template_is_approved_by_another_and_one_newer_waits():
    waiting = TextTemplate.objects.get(approved_by=None)
    approved = TextTemplate.objects.filter(kind=waiting.kind).exclude(approved_by=None)
    assert waiting.version > max(approved.values_list("version", flat=True))
    kinds = {kind for kind in papers.PAPERS if kind != "contract"} | {f"contract_{form}" for form in HousingForm}
    assert all(TextTemplate.objects.in_force(kind, TODAY).exists() for kind in kinds)


@pytest.mark.parametrize("kind", papers.PAPERS)
def test_one_paper_of_each_kind_prints(kind):
    document = Document.objects.filter(kind=kind).order_by("-id").first()
    made = printer(kind).typeset(document.data, document.sheet)
    assert made.content.startswith(b"%PDF")


# --- the command -------------------------------------------------------------------------------------------------------------------


def rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_made_again_nothing_is_new(settings):
    settings.DEMO = True
    before = rows()
    call_command("demo", stdout=io.StringIO())
    assert rows() == before


def test_the_command_refuses_where_people_are_real(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")


def test_it_says_who_can_sign_in(settings):
    settings.DEMO, said = True, io.StringIO()
    call_command("demo", "--people", stdout=said)
    lines = said.getvalue().splitlines()
    assert len(lines) == 31
    assert lines[1].split("  ")[0] == "Gun-Britt Nyström"


def test_the_day_can_be_moved(settings):
    settings.DEMO = True
    call_command("demo", "--day", "2026-12-01", stdout=io.StringIO())
    assert DemoDay.objects.get().day == date(2026, 12, 1)
