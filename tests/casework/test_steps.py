"""The door: who may take a step, when, and what stands afterwards. Refused, nothing has changed."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from bostad.casework import services, steps
from bostad.casework.graph import kind
from bostad.casework.models import (
    Assignment,
    Case,
    CaseAccess,
    ConsentForm,
    ConsentPartner,
    ContactChannel,
    ContactOutcome,
    Deadline,
    JournalEntry,
    Share,
    StepLog,
)  # fmt: skip
from bostad.casework.refusals import AlreadyDone, NotYours, Refused, StepNotTaken, WrongState
from bostad.documents.models import Letter, Original
from bostad.housing.models import Occupancy
from bostad.organisation.models import Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import NOBODY, SYSTEM, Grant, Scope, scope_for
from bostad.people.models import Person
from contracts.models import Contract, Order
from contracts.services import issuing, ordering, signing
from tests.factories import give_role
from tests.making import (
    DAYS,
    MOVE_IN,
    a_contract,
    a_dwelling,
    a_registration,
    an_order,
    let_handle,
    print_letters,
    terms,
    the_worker,
)  # fmt: skip
from tests.town import TODAY

pytestmark = pytest.mark.usefixtures("fast_files")
ORDERED = DAYS["ordered"]


def everything_of(contract: Contract) -> dict[str, list]:
    """What a refused step must leave alone."""
    own = {"case_id": contract.pk}
    return {
        "case": list(Contract.objects.filter(pk=contract.pk).values()),
        "log": list(StepLog.objects.filter(**own).values()),
        "deadlines": list(Deadline.objects.filter(**own).order_by("pk").values()),
        "sheets": list(Original.objects.filter(**own).order_by("pk").values()),
        "letters": list(Letter.objects.filter(**own).order_by("pk").values()),
        "order": list(Order.objects.filter(contract=contract).values()),
        "occupancies": list(Occupancy.objects.order_by("pk").values()),
        "access": list(CaseAccess.objects.filter(**own).values()),
    }


# --- who -------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-3")
def test_only_the_provider_that_the_case_is_shared_with_takes_its_steps(town):
    contract = a_contract(town)
    for name, scope in town.everybody().items():
        offered = {one.step.name: one for one in steps.available(contract, scope, TODAY)}
        assert offered["order_contract"].mine == (name == "provider"), name
        if name != "provider":
            before = everything_of(contract)
            with pytest.raises(NotYours):
                ordering.order(contract.pk, an_order(), by=scope, today=ORDERED)
            assert everything_of(contract) == before


def test_the_steps_of_others_are_shown_as_not_mine(town):
    contract = a_contract(town, "ordered")
    mine = {one.step.name for one in steps.available(contract, town.provider, TODAY) if one.mine}
    theirs = {one.step.name for one in steps.available(contract, town.provider, TODAY) if not one.mine}
    assert "recall_order" in mine
    assert {"issue", "return_for_completion", "cancel"} <= theirs
    assert not any(one.allowed for one in steps.available(contract, town.provider, TODAY) if not one.mine)


def test_a_role_on_a_unit_counts_in_that_unit_only(town):
    contract = a_contract(town, "ordered")
    assert town.administrator.grants == {Grant(Role.CONTRACT_ADMINISTRATOR, town.vof.pk, town.debiteringen.pk)}
    services.hand_over(
        case_id=contract.pk, unit=town.myndighet, assignee=None, reason="fel enhet", by=town.manager, today=ORDERED
    )
    with pytest.raises(NotYours):
        ordering.return_for_completion(contract.pk, missing="x", by=town.administrator, today=ORDERED)


def test_an_ended_share_ends_the_right_to_act(town):
    contract = a_contract(town)
    Share.objects.filter(case=contract).update(ended_on=ORDERED)
    with pytest.raises(NotYours):
        ordering.order(contract.pk, an_order(), by=town.provider, today=ORDERED)
    assert not Contract.objects.visible_to(town.provider).exists()


def test_the_owners_role_at_another_department_is_none(town):
    contract = a_contract(town, "ordered")
    with pytest.raises(NotYours):
        issuing.issue(contract.pk, terms(town, contract), by=town.other_department, today=DAYS["issued"])


def test_nobody_and_the_inactive_see_and_do_nothing(town):
    contract = a_contract(town)
    Staff.objects.filter(pk=town.provider.staff_id).update(is_active=False)
    gone = scope_for(Staff.objects.get(pk=town.provider.staff_id), TODAY)
    assert gone == NOBODY
    assert not Contract.objects.visible_to(gone).exists()
    with pytest.raises(NotYours):
        ordering.order(contract.pk, an_order(), by=gone, today=ORDERED)


def test_the_systems_own_steps_are_no_ones_but_its_and_the_offices(town):
    contract = a_contract(town)
    with pytest.raises(NotYours):
        ordering.order(contract.pk, an_order(), by=SYSTEM, today=ORDERED)


def test_a_refusal_names_the_role_that_takes_the_step(town):
    contract = a_contract(town)
    with pytest.raises(NotYours) as refusal:
        issuing.sign_for_municipality(contract.pk, signed_on=TODAY, by=town.provider, today=TODAY)
    assert "avtalsadministratör" in refusal.value.sentence


# --- restricted cases ------------------------------------------------------------------------------------------------


def test_a_restricted_case_has_only_its_named_people(town):
    contract = a_contract(town, protected=True)
    named = set(CaseAccess.objects.filter(case=contract).values_list("staff", flat=True))
    assert named == {town.provider.staff_id, town.manager.staff_id}
    for name, scope in town.everybody().items():
        sees = Contract.objects.visible_to(scope).filter(pk=contract.pk).exists()
        assert sees == (name in ("provider", "manager")), name
        assert Deadline.objects.visible_to(scope).exists() == (name == "provider"), name
        assert Deadline.objects.awaited_by(scope).exists() == (name == "manager"), name


def test_a_colleague_of_the_orderer_is_outside_a_restricted_case(town):
    colleague = replace(town.provider, staff_id=town.outsider.staff_id)
    contract = a_contract(town, protected=True)
    assert not any(one.mine for one in steps.available(contract, colleague, TODAY))
    with pytest.raises(NotYours):
        ordering.order(contract.pk, an_order(), by=colleague, today=ORDERED)


def test_the_manager_names_who_handles_a_restricted_case(town):
    contract = a_contract(town, protected=True)
    ordering.order(contract.pk, an_order(), by=town.provider, today=ORDERED)
    with pytest.raises(NotYours):
        issuing.issue(contract.pk, terms(town, contract), by=town.administrator, today=DAYS["issued"])
    with pytest.raises(PermissionDenied):
        let_handle(replace(town, manager=town.caseworker), contract, town.administrator)
    let_handle(town, contract, town.administrator)
    assert issuing.issue(contract.pk, terms(town, contract), by=town.administrator, today=DAYS["issued"])


def test_an_absent_colleagues_restricted_case_stays_with_those_named(town):
    contract = a_contract(town, "ordered", protected=True)
    Case.objects.filter(pk=contract.pk).update(assignee=town.administrator.staff_id)
    Deadline.objects.filter(case=contract).update(assignee=town.administrator.staff_id)
    substitute = replace(town.caseworker, stands_in_for=frozenset({town.administrator.staff_id}))
    assert Deadline.objects.for_staff(town.administrator).exists()
    assert not Deadline.objects.for_staff(substitute).exists()


def test_a_restricted_letter_is_printed_by_named_people_only(town):
    contract = a_contract(town, "issued", protected=True)
    CaseAccess.objects.filter(staff=town.administrator.staff_id).delete()
    assert not Letter.objects.visible_to(town.administrator).exists()
    with pytest.raises(StepNotTaken):
        print_letters(contract, by=town.administrator, today=DAYS["printed"])
    assert set(Letter.objects.values_list("state", flat=True)) == {"queued"}


# --- when ------------------------------------------------------------------------------------------------------------


def test_a_page_that_has_not_seen_the_last_step_is_told(town):
    contract = a_contract(town)
    seen = steps.last_log_id(contract.pk)
    ordering.order(contract.pk, an_order(), by=town.provider, today=ORDERED, seen=seen)
    before = everything_of(contract)
    with pytest.raises(AlreadyDone) as refusal:
        ordering.order(contract.pk, an_order(), by=town.provider, today=ORDERED, seen=seen)
    assert "Sara" in refusal.value.sentence
    assert everything_of(contract) == before


def test_a_step_out_of_another_state_is_refused(town):
    contract = a_contract(town)
    with pytest.raises(WrongState) as refusal:
        issuing.issue(contract.pk, terms(town, contract), by=town.administrator, today=TODAY)
    assert "Registrerad" in refusal.value.sentence


def test_a_step_that_has_been_recorded_is_not_recorded_again(town):
    contract = a_contract(town, "received")
    before = everything_of(contract)
    first, second = Original.objects.filter(case=contract, kind="contract").values_list("code", flat=True)
    with pytest.raises(WrongState):
        signing.acknowledge_receipt(
            contract.pk, first=first, second=second, received_on=DAYS["received"], by=town.provider,
            today=DAYS["received"],
        )  # fmt: skip
    assert everything_of(contract) == before


def test_what_is_lacking_before_is_refused_before_anything_is_written(town):
    contract = a_contract(town, "issued")
    with pytest.raises(Refused) as refusal:
        issuing.sign_for_municipality(contract.pk, signed_on=TODAY, by=town.administrator, today=DAYS["issued"])
    assert {lack.condition.name for lack in refusal.value.lacks} == {"the_papers_are_ready", "the_papers_are_printed"}


def test_what_the_form_leaves_out_is_refused_and_nothing_has_changed(town):
    contract = a_contract(town)
    before = everything_of(contract)
    with pytest.raises(Refused) as refusal:
        ordering.order(contract.pk, an_order(confirmed=False), by=town.provider, today=ORDERED)
    assert [lack.condition.field for lack in refusal.value.lacks] == ["confirmed"]
    assert everything_of(contract) == before


def test_an_error_within_a_step_leaves_nothing_behind(town):
    contract = a_contract(town)
    before = everything_of(contract)
    with (
        pytest.raises(ZeroDivisionError),
        steps.door(Contract, contract.pk, "edit", by=town.provider, today=TODAY) as it,
    ):
        it.municipal_ground = "något"
        it.save()
        raise ZeroDivisionError
    assert everything_of(contract) == before


def test_an_unknown_constraint_stays_an_error_and_a_known_one_speaks(town):
    contract = a_contract(town)
    with (
        pytest.raises(StepNotTaken, match="Personen står redan som part"),
        steps.door(Contract, contract.pk, "edit", by=town.provider, today=TODAY) as it,
    ):
        party = it.parties.get()
        party.pk = None
        party.save()
    with (
        pytest.raises(IntegrityError),
        steps.door(Contract, contract.pk, "edit", by=town.provider, today=TODAY) as it,
    ):
        it.housing_form = "igloo"


# --- what stands afterwards ------------------------------------------------------------------------------------------


def test_a_step_is_logged_with_its_questions_and_what_they_were_asked_of(town):
    contract = a_contract(town, "ordered")
    log = StepLog.objects.get(case=contract, step="order_contract")
    made = kind("contract").steps["order_contract"]
    assert (log.source, log.target, log.on, log.staff_id) == ("registered", "ordered", ORDERED, town.provider.staff_id)
    assert {c["name"] for c in log.conditions} == {c.name for c in (*made.needs, *made.asks)}
    assert log.inputs["order_is_confirmed"] is True
    assert log.inputs["move_in_on"] == MOVE_IN.isoformat()


def test_a_warning_that_was_said_stands_in_the_log(town):
    contract = a_contract(town, "issued", block_let=True)
    told = [c for c in StepLog.objects.get(case=contract, step="issue").conditions if "told" in c]
    assert [c["rule"] for c in told] == ["JB 12:45"]


def test_the_log_holds_no_personnummer_no_name_and_nothing_in_anyones_own_words(town):
    contract = a_contract(town, "closed", notice={"notice_by": "tenant"})
    for log in StepLog.objects.filter(case=contract):
        written = json.dumps([log.conditions, log.inputs], ensure_ascii=False)
        assert not re.search(r"\d{6,8}[-+]?\d{4}", written)
        assert not [word for word in ("Harald", "Nyberg", "Birgitta", "Rönnvägen") if word in written]


def test_closing_a_case_leaves_nothing_to_do(town):
    for state in ("closed", "cancelled"):
        contract = a_contract(town, state)
        assert contract.closed_on == DAYS[state]
        left = Deadline.objects.still_open().filter(case=contract)
        assert set(left.values_list("kind", flat=True)) == {"contracts.end_sharing"}  # which the sweep takes


def test_every_step_counts_as_a_version(town):
    contract = a_contract(town, "issued")
    assert contract.version == StepLog.objects.filter(case=contract).count()


def test_numbers_are_given_once_and_say_the_year(town):
    numbers = [a_contract(town).number for _ in range(3)]
    assert len(set(numbers)) == 3
    assert all(re.fullmatch(r"K-2026-\d{6}", number) for number in numbers)


# --- a batch ---------------------------------------------------------------------------------------------------------


def test_a_batch_asks_the_same_as_the_door(town):
    ready, early = a_contract(town, "active", term_to=MOVE_IN + timedelta(days=400)), a_contract(town, "active")
    on = MOVE_IN + timedelta(days=401)
    refused = steps.perform_many(Contract, [ready.pk, early.pk], "become_indefinite", by=town.outsider, today=on)
    assert set(refused) == {ready.pk, early.pk}
    refused = steps.perform_many(Contract, [ready.pk, early.pk], "become_indefinite", by=SYSTEM, today=on)
    assert set(refused) == {early.pk}
    ready.refresh_from_db()
    assert ready.term_to is None
    assert StepLog.objects.get(case=ready, step="become_indefinite").staff_id is None


# --- beside the steps ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["provider", "other_provider", "other_department", "outsider", "log_reviewer"])
def test_only_the_owner_writes_in_the_journal(town, who):
    """A share lets read, and take the steps that are the partner's; the journal is the department's own."""
    contract, scope = a_contract(town), town.everybody()[who]
    person = contract.parties.get().person
    for write in (
        lambda: services.write_note(case=contract, text="…", on=TODAY, by=scope),
        lambda: services.record_contact(
            case=contract, on=TODAY, channel=ContactChannel.PHONE, contact="Sara", outcome=ContactOutcome.REACHED,
            note="", by=scope,
        ),
        lambda: services.record_consent(
            case=contract, person=person, partner=ConsentPartner.RELATIVE, partner_name="Birgitta", purpose="flytten",
            form=ConsentForm.ORAL, given_on=TODAY, by=scope,
        ),
        lambda: services.hand_over(
            case_id=contract.pk, unit=town.myndighet, assignee=None, reason="…", by=scope, today=TODAY
        ),
        lambda: services.give_access(
            case=contract, staff=Staff.objects.get(pk=scope.staff_id), reason="nyfiken", by=scope
        ),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            write()
    assert not JournalEntry.objects.exists()
    assert not Assignment.objects.exists()


def test_a_case_and_its_deadlines_are_handed_over_in_one(town):
    contract = a_contract(town, "ordered")
    assignee = Staff.objects.get(pk=town.caseworker.staff_id)
    services.hand_over(
        case_id=contract.pk, unit=town.myndighet, assignee=assignee, reason="semester", by=town.manager, today=TODAY
    )
    assert set(Deadline.objects.still_open().filter(case=contract).values_list("unit", "assignee")) == {
        (town.myndighet.pk, assignee.pk)
    }
    with pytest.raises(StepNotTaken):
        services.hand_over(
            case_id=contract.pk, unit=town.debiteringen, assignee=assignee, reason="…", by=town.manager, today=TODAY
        )


def test_a_correction_is_corrected_by_the_next_one_only(town):
    contract = a_contract(town)
    first = services.write_note(case=contract, text="fel", on=TODAY, by=town.caseworker)
    services.write_note(case=contract, text="rätt", on=TODAY, by=town.caseworker, corrects=first)
    with pytest.raises(StepNotTaken, match="redan rättad"):
        services.write_note(case=contract, text="rätt igen", on=TODAY, by=town.caseworker, corrects=first)
    with pytest.raises(PermissionDenied):
        services.write_note(case=a_contract(town), text="…", on=TODAY, by=town.caseworker, corrects=first)


def test_a_consent_ends_on_the_day_it_is_taken_back(town):
    contract = a_contract(town)
    person = contract.parties.get().person
    consent = services.record_consent(
        case=contract, person=person, partner=ConsentPartner.RELATIVE, partner_name="Birgitta", purpose="flytten",
        form=ConsentForm.ORAL, given_on=TODAY, by=town.caseworker,
    )  # fmt: skip
    assert services.may_tell(contract, ConsentPartner.RELATIVE, "Birgitta", TODAY) == consent
    assert services.may_tell(contract, ConsentPartner.RELATIVE, "Erik", TODAY) is None
    with pytest.raises(StepNotTaken):
        services.revoke_consent(consent=consent, on=TODAY - timedelta(days=1), by=town.caseworker)
    services.revoke_consent(consent=consent, on=TODAY, by=town.caseworker)
    assert services.may_tell(contract, ConsentPartner.RELATIVE, "Birgitta", TODAY) is None


# --- at the same moment ----------------------------------------------------------------------------------------------


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each act in a thread and connection of its own, all let go together. What each gave, or the refusal."""
    ready, answers = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")
            ready.wait(timeout=20)
            answers[place] = act()
        except Exception as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def one_won(answers: list[object], *refusals: type[Exception]) -> Exception:
    lost = [answer for answer in answers if isinstance(answer, Exception)]
    assert len(lost) == len(answers) - 1, answers
    assert all(type(refusal) in refusals for refusal in lost), answers
    return lost[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("told_what_is_seen", [True, False])
def test_two_who_press_the_same_button_at_once_take_the_step_once(town, told_what_is_seen):
    contract = a_contract(town)
    seen = steps.last_log_id(contract.pk) if told_what_is_seen else None
    answers = at_once(
        *[lambda: ordering.order(contract.pk, an_order(), by=town.provider, today=ORDERED, seen=seen)] * 2
    )
    one_won(answers, AlreadyDone if told_what_is_seen else WrongState)
    assert StepLog.objects.filter(case=contract, step="order_contract").count() == 1
    assert contract.documents.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_different_steps_at_once_do_not_both_leave_the_state(town):
    contract = a_contract(town, "ordered")
    answers = at_once(
        lambda: ordering.recall_order(contract.pk, reason="fel", by=town.provider, today=ORDERED),
        lambda: issuing.issue(contract.pk, terms(town, contract), by=town.administrator, today=DAYS["issued"]),
    )
    one_won(answers, WrongState)
    last = StepLog.objects.filter(case=contract).latest("id")
    assert Contract.objects.get(pk=contract.pk).state == last.target


@pytest.mark.rule("R-0-22")
@pytest.mark.django_db(transaction=True)
def test_two_who_register_the_same_dwelling_at_once_get_one_contract_and_one_sentence(town):
    dwelling = a_dwelling(town)
    answers = at_once(*[lambda: ordering.register(a_registration(dwelling), by=town.provider, today=TODAY)] * 2)
    refusal = one_won(answers, StepNotTaken)
    assert refusal.sentence == ordering.TAKEN
    assert refusal.field == "dwelling"
    assert Contract.objects.count() == Occupancy.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_registrations_at_once_get_a_number_each(town):
    people = [a_registration(a_dwelling(town)) for _ in range(4)]
    answers = at_once(*[lambda one=one: ordering.register(one, by=town.provider, today=TODAY).number for one in people])
    assert len(set(answers)) == 4


@pytest.mark.django_db(transaction=True)
def test_the_same_person_registered_twice_at_once_is_one_person(town):
    first = a_registration(a_dwelling(town))
    second = replace(first, dwelling=a_dwelling(town))
    answers = at_once(
        *[lambda one=one: ordering.register(one, by=town.provider, today=TODAY) for one in (first, second)]
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_printing_and_calling_off_at_once_do_not_wait_for_each_other_for_ever(town):
    contract = a_contract(town, "issued")
    the_worker(DAYS["issued"])
    answers = at_once(
        lambda: print_letters(contract, by=town.administrator, today=DAYS["printed"]),
        lambda: ordering.call_off(
            contract.pk, "cancel", reason="…", by=town.administrator, today=DAYS["printed"]
        ),
    )  # fmt: skip
    assert all(answer is None or isinstance(answer, StepNotTaken | Contract) for answer in answers), answers
    assert set(Original.objects.values_list("state", flat=True)) == {"void"}
    assert set(Letter.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.django_db(transaction=True)
def test_a_colleague_writes_a_note_while_a_step_is_taken(town):
    contract = a_contract(town)

    def note() -> JournalEntry:
        return services.write_note(case=contract, text="Ringde.", on=TODAY, by=town.caseworker)

    with transaction.atomic():
        Case.objects.locked().get(pk=contract.pk)
        (answer,) = at_once(note)
    assert isinstance(answer, JournalEntry), answer


def test_roles_come_from_groups_and_not_from_the_admin(town):
    outsider = Staff.objects.get(pk=town.outsider.staff_id)
    outsider.is_staff = outsider.is_superuser = True
    outsider.save()
    assert not scope_for(outsider, TODAY).grants
    give_role(outsider, Role.MANAGER, town.vof)
    assert scope_for(outsider, TODAY).holds(Role.MANAGER, town.vof.pk)
    assert Scope(staff_id=None).holds(Role.MANAGER, None) is False
