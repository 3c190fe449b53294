"""Two sheets with two fates: receipt, signatures, hand-over, return and archive (R-0-14 to R-0-17, R-0-26)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from bostad.casework import steps
from bostad.casework.models import Case, Deadline, StepLog
from bostad.casework.refusals import NotYours, StepNotTaken, WrongState
from bostad.documents.models import Document, Holder, Letter, Original, SheetKind
from bostad.documents.services import find_sheet, move
from bostad.documents.states import ORIGINAL_MOVES, OriginalState
from bostad.people.models import Representative
from contracts.kind import CONTRACT
from contracts.models import Contract, Signature
from contracts.services import ending, issuing, ordering, signing
from contracts.services.signing import NO_SUCH_SHEET, Signing
from contracts.states import Capacity
from tests.contracts.refusing import lacking, told
from tests.making import (
    DAYS,
    MOVE_IN,
    a_contract,
    a_notice,
    an_order,
    code_of,
    codes,
    let_handle,
    signed_by_all,
    terms,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("fast_files")
A_DAY = timedelta(days=1)


def receive(town, contract, first, second, on=DAYS["received"], by=None, today=None):
    return signing.acknowledge_receipt(
        contract.pk, first=first, second=second, received_on=on, by=by or town.provider, today=today or DAYS["received"]
    )


def sign(town, contract, on=DAYS["signed"], by=None, step="record_signatures", today=None, **given):
    return signing.record_signatures(
        contract.pk, step=step, signings=given.get("signings", signed_by_all(contract, on)),
        codes=given.get("codes", codes(contract)), by=by or town.provider, today=today or max(on, DAYS["signed"]),
    )  # fmt: skip


def file(town, code, by=None, shelf="B12", today=DAYS["active"]):
    return signing.receive_sheet(code=code, shelf=shelf, by=by or town.administrator, today=today)


def trail(code):
    return [(m.state, m.on) for m in Original.objects.get(code=code).movements.order_by("id")]


# --- R-0-26: receipt before signature --------------------------------------------------------------------------------


@pytest.mark.rule("R-0-26")
def test_nothing_is_signed_before_the_provider_has_confirmed_both_originals(town):
    contract = a_contract(town, "dispatched")
    assert lacking(lambda: sign(town, contract)) == {"the_provider_has_both_originals"}
    waiting = Deadline.objects.get(case=contract, kind="contracts.receipt")
    assert (waiting.status, waiting.due_on, waiting.department) == ("open", date(2026, 10, 12), town.ronngarden)
    receive(town, contract, code_of(contract, "tenant"), code_of(contract, "municipality"))
    waiting.refresh_from_db()
    assert waiting.status == "met"
    assert sign(town, contract).state == "signed"


@pytest.mark.rule("R-0-26")
def test_both_numbers_are_read_from_the_papers(town):
    contract, other = a_contract(town, "dispatched"), a_contract(town, "dispatched")
    first, second = code_of(contract, "tenant"), code_of(contract, "municipality")
    assert "samma blad" in told(lambda: receive(town, contract, first, f" {first.lower()} "))
    for wrong in ("", "nonsense", code_of(other, "municipality")):
        assert "hör inte till det här kontraktet" in told(lambda code=wrong: receive(town, contract, first, code))
    assert receive(town, contract, second.replace("-", "–").lower(), f"{first[:5]} {first[5:]}")
    assert {state for code in (first, second) for state, _ in trail(code)} >= {"sent", "at_provider"}


@pytest.mark.rule("R-0-26")
@pytest.mark.parametrize("on", [DAYS["dispatched"] - A_DAY, DAYS["received"] + A_DAY])
def test_a_receipt_is_not_before_the_posting_nor_after_today(town, on):
    contract = a_contract(town, "dispatched")
    first, second = code_of(contract, "tenant"), code_of(contract, "municipality")
    assert lacking(lambda: receive(town, contract, first, second, on=on)) == {"the_receipt_comes_after_the_posting"}


@pytest.mark.rule("R-0-26")
@pytest.mark.parametrize("on", [DAYS["received"] - A_DAY, DAYS["signed"] + A_DAY])
def test_the_tenant_signs_after_the_municipality_and_not_after_today(town, on):
    contract = a_contract(town, "received")
    assert lacking(lambda: sign(town, contract, on=on, today=DAYS["signed"])) == {"the_municipality_signed_first"}


@pytest.mark.rule("R-0-26")
def test_of_a_couple_neither_signs_before_the_municipality(town):
    contract = a_contract(town, "received", category="couple", tenants=2)
    one, other = signing.tenants_of(contract)
    early = {one: Signing("tenant", DAYS["received"] - A_DAY), other: Signing("tenant", DAYS["signed"])}
    assert lacking(lambda: sign(town, contract, signings=early)) == {"the_municipality_signed_first"}


# --- R-0-15: who signs which ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-15")
def test_one_signed_original_is_not_enough(town):
    contract = a_contract(town, "received")
    for one in codes(contract):
        assert lacking(lambda code=one: sign(town, contract, codes={code})) >= {
            "both_originals_are_signed_by_every_tenant"
        }
    assert not Signature.objects.exists()


@pytest.mark.rule("R-0-15")
def test_every_tenant_signs_every_sheet(town):
    contract = a_contract(town, "received", category="couple", tenants=2)
    one, other = signing.tenants_of(contract)
    alone = {one: Signing("tenant", DAYS["signed"])}
    assert lacking(lambda: sign(town, contract, signings=alone)) == {
        "both_originals_are_signed_by_every_tenant", "the_category_annexes_are_signed",
    }  # fmt: skip
    sign(town, contract)
    assert Signature.objects.count() == 8  # two tenants, two originals, two annexes
    assert set(Signature.objects.values_list("tenant", flat=True)) == {one, other}


@pytest.mark.rule("R-0-14")
@pytest.mark.parametrize("signed", [[], ["C"], ["D"]])
def test_a_category_contract_is_not_signed_without_both_its_annexes(town, signed):
    contract = a_contract(town, "received", category="bpsd")
    on_these = {f"{contract.number}-{letter}" for letter in ["A", "B", *signed]}
    assert lacking(lambda: sign(town, contract, codes=on_these)) == {"the_category_annexes_are_signed"}


@pytest.mark.rule("R-0-14")
@pytest.mark.rule("R-1-51")
def test_a_contract_of_ones_own_is_not_signed_without_its_annexes_either(town):
    contract = a_contract(town, "municipality_signed", form="municipal", category="couple", tenants=2)
    originals = codes(contract, "contract")
    assert lacking(
        lambda: sign(town, contract, step="sign_at_desk", by=town.property_officer, codes=originals)
    ) == {"the_category_annexes_are_signed"}  # fmt: skip
    assert sign(town, contract, step="sign_at_desk", by=town.property_officer).state == "signed"


@pytest.mark.rule("R-0-15")
def test_only_the_contracts_own_tenants_sign(town):
    contract, other = a_contract(town, "received"), a_contract(town, "received")
    strangers = {**signed_by_all(contract, DAYS["signed"]), **signed_by_all(other, DAYS["signed"])}
    assert "Bara kontraktets hyresgäster" in told(lambda: sign(town, contract, signings=strangers))
    assert not Signature.objects.exists()


@pytest.mark.rule("R-0-15")
def test_another_contracts_sheet_is_not_signed_by_the_way(town):
    contract, other = a_contract(town, "received"), a_contract(town, "received")
    sign(town, contract, codes=codes(contract) | codes(other))
    assert not Signature.objects.filter(original__case=other).exists()
    assert set(Original.objects.filter(case=other).values_list("state", flat=True)) == {"at_provider"}


@pytest.mark.rule("R-0-15")
def test_a_representative_signs_by_recorded_authority(town):
    unrepresented = a_contract(town, "received")
    by_somebody = signed_by_all(unrepresented, DAYS["signed"], Capacity.REPRESENTATIVE)
    assert "Ingen företrädare" in told(lambda: sign(town, unrepresented, signings=by_somebody))
    contract = a_contract(town, "received", represented=True)
    sign(town, contract, signings=signed_by_all(contract, DAYS["signed"], Capacity.REPRESENTATIVE))
    assert set(Signature.objects.values_list("signer_name", "representative__authority")) == {
        ("Birgitta Nyberg", "trustee")
    }
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by any other door
        Signature.objects.update(representative=None)


@pytest.mark.rule("R-0-15")
@pytest.mark.parametrize(
    "change",
    [{"to_on": DAYS["signed"] - A_DAY}, {"from_on": DAYS["signed"] + A_DAY}, {"covers_housing": False}],
    ids=["run out", "not begun", "not for housing"],
)
def test_an_authority_that_does_not_hold_that_day_is_none(town, change):
    contract = a_contract(town, "received", represented=True)
    Representative.objects.update(**change)
    by_her = signed_by_all(contract, DAYS["signed"], Capacity.REPRESENTATIVE)
    assert "behörighet gäller inte" in told(lambda: sign(town, contract, signings=by_her))
    offered = {one.step.name: one for one in steps.available(contract, town.provider, DAYS["signed"])}
    assert [lack.condition.name for lack in offered["record_signatures"].tells] == ["the_representative_has_authority"]
    assert sign(town, contract).state == "signed"  # the tenant may still sign alone


@pytest.mark.rule("R-0-15")
def test_the_day_of_the_signature_decides_not_the_day_when_it_is_typed_in(town):
    contract = a_contract(town, "received", represented=True)
    Representative.objects.update(to_on=DAYS["signed"])
    by_her = signed_by_all(contract, DAYS["signed"], Capacity.REPRESENTATIVE)
    assert sign(town, contract, signings=by_her, today=DAYS["signed"] + 20 * A_DAY).state == "signed"


@pytest.mark.rule("R-0-15")
@pytest.mark.parametrize("until", ["registered", "ordered"])
def test_an_authority_that_does_not_hold_stops_order_and_issue(town, until):
    contract = a_contract(town, until, represented=True)
    Representative.objects.update(to_on=DAYS["ordered"] - A_DAY)
    do = {
        "registered": lambda: ordering.order(contract.pk, an_order(), by=town.provider, today=DAYS["ordered"]),
        "ordered": lambda: issuing.issue(
            contract.pk, terms(town, contract), by=town.administrator, today=DAYS["issued"]
        ),
    }[until]  # fmt: skip
    assert lacking(do) == {"the_representative_has_authority"}


@pytest.mark.rule("R-0-15")
def test_a_representative_of_one_signs_for_that_one_alone(town):
    contract = a_contract(town, "received", category="couple", tenants=2, represented=True)
    one, other = signing.tenants_of(contract)
    assert [party.representative is not None for party in contract.tenants] == [True, False]
    for_both = signed_by_all(contract, DAYS["signed"], Capacity.REPRESENTATIVE)
    assert "Ingen företrädare" in told(lambda: sign(town, contract, signings=for_both))
    mixed = {one: for_both[one], other: Signing(Capacity.TENANT, DAYS["signed"])}
    assert sign(town, contract, signings=mixed).state == "signed"


# --- R-0-16, R-0-17: one stays, one comes back -----------------------------------------------------------------------


@pytest.mark.rule("R-0-16")
@pytest.mark.rule("R-0-17")
def test_two_sheets_have_two_fates_and_each_keeps_its_trail(town):
    contract = a_contract(town, "active", category="bpsd", electricity_included=False)
    a, b, c, d, e, f = sorted(Original.objects.values_list("code", flat=True))
    assert trail(a) == [
        ("made", DAYS["issued"]), ("printed", DAYS["printed"]), ("signed_for_municipality", DAYS["municipality_signed"]),
        ("sent", DAYS["dispatched"]), ("at_provider", DAYS["received"]), ("signed", DAYS["signed"]),
        ("with_tenant", DAYS["handed_over"]),
    ]  # fmt: skip
    assert trail(b)[-3:] == [
        ("signed", DAYS["signed"]), ("on_its_way", DAYS["sent_back"]), ("archived", DAYS["active"]),
    ]  # fmt: skip
    where = dict(Original.objects.values_list("code", "state"))
    assert where == {
        a: "with_tenant",
        b: "archived",
        c: "with_tenant",
        d: "archived",
        e: "with_tenant",
        f: "on_its_way",
    }
    assert Original.objects.get(code=b).shelf == "B12"
    assert contract.state == "active"


@pytest.mark.rule("R-0-16")
@pytest.mark.rule("R-0-17")
@pytest.mark.rule("R-0-14")
def test_a_contract_comes_into_force_when_the_last_sheet_is_where_it_belongs_in_whatever_order(town):
    contract = a_contract(town, "signed", category="bpsd")
    original, annex = sorted(codes(contract, holder=Holder.MUNICIPALITY))
    file(town, annex)
    assert Contract.objects.get().state == "signed"
    file(town, original)
    assert Contract.objects.get().state == "signed"
    signing.hand_over_original(contract.pk, handed_over_on=DAYS["handed_over"], by=town.provider, today=DAYS["active"])
    assert Contract.objects.get().state == "active"
    log = StepLog.objects.get(case=contract, step="activate")
    assert (log.staff_id, log.on) == (None, DAYS["active"])


@pytest.mark.rule("R-0-16")
@pytest.mark.rule("R-0-17")
@pytest.mark.rule("R-0-14")
def test_it_does_not_come_into_force_by_hand_before_that(town):
    contract = a_contract(town, "signed", category="bpsd")
    do = lambda: signing.activate(contract.pk, by=town.administrator, today=DAYS["active"])  # noqa: E731
    assert lacking(do) == {
        "the_tenants_original_is_handed_over", "the_municipal_original_is_archived",
        "the_municipal_annexes_are_archived",
    }  # fmt: skip
    original, _ = sorted(codes(contract, holder=Holder.MUNICIPALITY))
    file(town, original)
    assert lacking(do) == {"the_tenants_original_is_handed_over", "the_municipal_annexes_are_archived"}


@pytest.mark.rule("R-0-16")
@pytest.mark.parametrize("on", [DAYS["signed"] - A_DAY, DAYS["signed"] + A_DAY])
def test_a_hand_over_is_not_before_the_signature_nor_after_today(town, on):
    contract = a_contract(town, "signed")
    do = lambda: signing.hand_over_original(  # noqa: E731
        contract.pk, handed_over_on=on, by=town.provider, today=DAYS["signed"]
    )
    assert "efter idag" in told(do) or "före" in told(do)
    assert not Original.objects.filter(state="with_tenant").exists()


@pytest.mark.rule("R-0-16")
@pytest.mark.rule("R-0-17")
@pytest.mark.parametrize(
    ("step", "state", "holder", "rule"),
    [
        ("hand_over_original", "with_tenant", "tenant", "the_hand_over_comes_after_the_signature"),
        ("send_back_original", "on_its_way", "municipality", "the_return_comes_after_the_signature"),
    ],
)
def test_no_door_takes_a_sheet_further_on_a_day_to_come(town, step, state, holder, rule):
    contract = a_contract(town, "signed")
    sheet = Original.objects.get(case=contract, holder=holder)

    def from_another_door() -> None:
        with steps.door(Contract, contract.pk, step, by=town.provider, today=DAYS["signed"]):
            move(sheet, OriginalState(state), on=DAYS["signed"] + A_DAY, by=town.provider)

    assert lacking(from_another_door) == {rule}


@pytest.mark.rule("R-0-16")
def test_the_hand_over_and_the_return_are_recorded_once(town):
    contract = a_contract(town, "sent_back")
    with pytest.raises(WrongState):
        signing.hand_over_original(contract.pk, handed_over_on=DAYS["active"], by=town.provider, today=DAYS["active"])
    with pytest.raises(WrongState):
        signing.send_back_original(contract.pk, sent_back_on=DAYS["active"], by=town.provider, today=DAYS["active"])


@pytest.mark.rule("R-0-17")
@pytest.mark.parametrize("on", [DAYS["signed"] - A_DAY, DAYS["signed"] + A_DAY])
def test_a_return_is_not_before_the_signature_nor_after_today(town, on):
    contract = a_contract(town, "signed")
    do = lambda: signing.send_back_original(contract.pk, sent_back_on=on, by=town.provider, today=DAYS["signed"])  # noqa: E731
    assert "efter idag" in told(do) or "före" in told(do)


@pytest.mark.rule("R-0-17")
def test_an_original_that_is_not_back_is_chased_and_reminded_of_once_a_day(town):
    contract = a_contract(town, "handed_over")
    due = Deadline.objects.get(case=contract, kind="contracts.return")
    assert (due.status, due.due_on) == ("open", date(2026, 10, 26))
    remind = lambda day: issuing.remind_provider(contract.pk, by=town.administrator, today=day)  # noqa: E731
    assert told(lambda: remind(due.due_on)) == "Inget blad är försenat än."
    remind(due.due_on + A_DAY)
    assert told(lambda: remind(due.due_on + A_DAY)) == "En påminnelse är redan skriven idag."
    remind(due.due_on + 2 * A_DAY)
    first, second = Document.objects.filter(case=contract, kind="reminder").order_by("id")
    assert [missing["code"] for missing in first.data["missing"]] == [code_of(contract, "municipality")]
    assert (first.data["occurrence"], second.data["occurrence"]) == (1, 2)
    person = contract.parties.get().person
    assert person.last_name not in str(first.data)
    assert Letter.objects.filter(case=contract, kind="reminder").count() == 2


@pytest.mark.rule("R-0-17")
def test_an_original_that_was_sent_and_never_came_is_reminded_of_too(town):
    contract = a_contract(town, "sent_back")
    assert Deadline.objects.get(case=contract, kind="contracts.return").status == "met"
    waits = Deadline.objects.get(case=contract, kind="contracts.file")
    assert (waits.status, waits.unit) == ("open", town.debiteringen)
    issuing.remind_provider(contract.pk, by=town.administrator, today=waits.due_on + A_DAY)
    assert Letter.objects.filter(case=contract, kind="reminder").exists()


# --- the desk where papers are filed -----------------------------------------------------------------------------------


@pytest.mark.rule("R-0-17")
def test_a_code_files_the_sheet_it_stands_on_however_it_is_typed(town):
    contract = a_contract(town, "sent_back")
    code = code_of(contract, "municipality")
    file(town, f"  {code.lower()[:4]} {code.lower()[4:]} ", shelf=" B12 ")
    sheet = find_sheet(code)
    assert (sheet.state, sheet.shelf, sheet.since) == ("archived", "B12", DAYS["active"])


@pytest.mark.rule("R-0-17")
def test_a_code_is_known_without_its_hyphens_and_an_annex_is_told_from_an_original(town):
    contract = a_contract(town, "dispatched", category="bpsd")
    first, second = code_of(contract, "tenant"), code_of(contract, "municipality")
    annex = Original.objects.get(case=contract.pk, kind="category_annex", holder="tenant").code
    assert "Det är en bilaga." in told(lambda: receive(town, contract, annex, second))
    receive(town, contract, first.replace("-", "").lower(), second.replace("-", " "))
    assert find_sheet(first).state == "at_provider"


@pytest.mark.rule("R-0-21")
def test_the_tenants_annex_stays_with_the_tenants_original(town):
    contract = a_contract(town, "sent_back", category="bpsd")
    for sheet in Original.objects.filter(case=contract.pk, holder="tenant"):
        assert "Hyresgästen behåller det" in told(lambda code=sheet.code: file(town, code))


@pytest.mark.rule("R-0-17")
@pytest.mark.parametrize("code", ["", "K-2026-999999-B", "' OR 1=1 --", "K-2026-000001"])
def test_an_unknown_code_files_nothing(town, code):
    a_contract(town, "sent_back")
    assert told(lambda: file(town, code)) == NO_SUCH_SHEET


@pytest.mark.rule("R-0-17")
def test_another_departments_or_providers_sheet_is_as_good_as_unknown(town):
    contract = a_contract(town, "sent_back")
    code = code_of(contract, "municipality")
    for by in (town.other_department, town.other_provider, town.property_officer, town.outsider, town.log_reviewer):
        assert told(lambda scope=by: file(town, code, by=scope)) == NO_SUCH_SHEET
    with pytest.raises(NotYours):
        file(town, code, by=town.provider)
    assert find_sheet(code).state == "on_its_way"


@pytest.mark.rule("R-0-17")
def test_a_restricted_contracts_sheet_is_unknown_to_those_who_are_not_named(town):
    contract = a_contract(town, "sent_back", protected=True)
    code = code_of(contract, "municipality")
    colleague = town.administrator.__class__(**{**vars(town.administrator), "staff_id": town.outsider.staff_id})
    assert told(lambda: file(town, code, by=colleague)) == NO_SUCH_SHEET
    let_handle(town, contract, colleague)
    assert file(town, code, by=colleague)


@pytest.mark.rule("R-0-17")
def test_a_sheet_is_filed_once_and_the_second_is_told_where_it_lies(town):
    contract = a_contract(town, "active")
    code = code_of(contract, "municipality")
    assert "redan i arkivet, på hyllplats B12" in told(lambda: file(town, code))


@pytest.mark.rule("R-0-24")
def test_a_void_sheet_that_turns_up_is_not_filed(town):
    contract = a_contract(town, "dispatched")
    old = code_of(contract, "municipality")
    issuing.replace_sheets(contract.pk, reason="borta", by=town.administrator, today=DAYS["received"])
    assert "ogiltigt" in told(lambda: file(town, old))


@pytest.mark.rule("R-0-17")
@pytest.mark.parametrize(
    ("shelf", "why"), [("", "Ange hyllplatsen"), ("  ", "Ange hyllplatsen"), ("x" * 41, "för lång")]
)
def test_a_filed_sheet_has_its_place(town, shelf, why):
    contract = a_contract(town, "sent_back")
    assert why in told(lambda: file(town, code_of(contract, "municipality"), shelf=shelf))
    with pytest.raises(IntegrityError), transaction.atomic():
        Original.objects.filter(case=contract, kind="contract").update(shelf="")
        Original.objects.filter(case=contract, holder="municipality").update(state="archived")


@pytest.mark.rule("R-0-15")
@pytest.mark.rule("R-0-17")
def test_an_unsigned_sheet_is_not_filed(town):
    contract = a_contract(town, "received")
    assert "Underskrifterna" in told(lambda: file(town, code_of(contract, "municipality")))


@pytest.mark.rule("R-0-16")
@pytest.mark.rule("R-0-21")
def test_the_tenants_own_original_is_not_filed_while_the_tenant_lives_there(town):
    contract = a_contract(town, "active")
    assert "hyresgästens original" in told(lambda: file(town, code_of(contract, "tenant")))


def test_an_annex_that_was_filed_early_does_not_stop_the_others(town):
    contract = a_contract(town, "signed", category="bpsd", electricity_included=False)
    original, annex = sorted(codes(contract, holder=Holder.MUNICIPALITY))
    file(town, annex, today=DAYS["signed"])
    signing.send_back_original(contract.pk, sent_back_on=DAYS["sent_back"], by=town.provider, today=DAYS["sent_back"])
    assert (find_sheet(original).state, find_sheet(annex).state) == ("on_its_way", "archived")


# --- moves that no sheet makes ---------------------------------------------------------------------------------------


def test_a_sheet_moves_only_as_sheets_do_whoever_asks(town):
    contract = a_contract(town, "signed")
    sheet = Original.objects.get(case=contract, holder="tenant")
    for state in OriginalState:
        if (OriginalState.SIGNED, state) in ORIGINAL_MOVES:
            continue
        if state != OriginalState.SIGNED:
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                Original.objects.filter(pk=sheet.pk).update(state=state, shelf="x")
        with pytest.raises(StepNotTaken, match="kan inte bli"), transaction.atomic():
            move(sheet, state, on=DAYS["signed"], by=town.provider)
    with pytest.raises(StepNotTaken, match="före"), transaction.atomic():
        move(sheet, OriginalState.WITH_TENANT, on=DAYS["signed"] - A_DAY, by=town.provider)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Original.objects.filter(pk=sheet.pk)._raw_delete("default")


def test_a_number_belongs_to_one_sheet(town):
    contract = a_contract(town, "issued")
    first, second = Original.objects.filter(case=contract)
    with pytest.raises(DatabaseError), transaction.atomic():
        Original.objects.filter(pk=second.pk).update(code=first.code)


# --- a notice before the papers are home -----------------------------------------------------------------------------


@pytest.mark.rule("R-0-16")
@pytest.mark.rule("R-0-17")
def test_after_an_early_notice_the_papers_still_find_their_way(town):
    contract = a_contract(town, "signed")
    on = DAYS["signed"] + 3 * A_DAY
    ending.give_notice(contract.pk, a_notice(on, planned_move_out_on=MOVE_IN), by=town.provider, today=on)
    signing.hand_over_original(contract.pk, handed_over_on=on, by=town.provider, today=on)
    signing.send_back_original(contract.pk, sent_back_on=on, by=town.provider, today=on)
    file(town, code_of(contract, "municipality"))
    assert Case.objects.get(pk=contract.pk).state == "notice_given"
    kinds = {"contracts.hand_over", "contracts.return", "contracts.file"}
    assert set(Deadline.objects.filter(case=contract, kind__in=kinds).values_list("status", flat=True)) == {"met"}
    ending.withdraw_notice(contract.pk, reason="stannar", by=town.administrator, today=DAYS["active"])
    assert Case.objects.get(pk=contract.pk).state == "active"


# --- R-1-51: signed at the municipality's own desk -------------------------------------------------------------------


@pytest.mark.rule("R-1-51")
def test_a_municipal_contract_is_signed_at_the_desk_by_ff_after_the_municipality(town):
    contract = a_contract(town, "printed", form="municipal")
    assert lacking(lambda: sign(town, contract, step="sign_at_desk", by=town.property_officer)) == {
        "both_originals_are_signed_for_the_municipality"
    }
    issuing.sign_for_municipality(contract.pk, signed_on=DAYS["issued"], by=town.property_officer, today=DAYS["issued"])
    before = DAYS["issued"] - A_DAY
    assert lacking(
        lambda: sign(town, contract, on=before, step="sign_at_desk", by=town.property_officer)
    ) == {"the_municipality_signed_first"}  # fmt: skip
    one = {code_of(contract, "tenant")}
    assert lacking(
        lambda: sign(town, contract, codes=one, step="sign_at_desk", by=town.property_officer)
    ) == {"both_originals_are_signed_by_every_tenant"}  # fmt: skip
    with pytest.raises(NotYours):
        sign(town, contract, step="sign_at_desk", by=town.provider)
    assert sign(town, contract, step="sign_at_desk", by=town.property_officer).state == "signed"


@pytest.mark.rule("R-4-14")
@pytest.mark.rule("R-0-2")
def test_a_supported_let_whose_grant_was_refused_meanwhile_is_not_signed(town):
    contract = a_contract(town, "municipality_signed", form="trial")
    type(contract.grant).objects.update(is_granted=False)
    assert lacking(lambda: sign(town, contract, step="sign_at_desk", by=town.coordinator)) == {
        "a_grant_opens_the_dwelling"
    }


def test_a_sheet_kind_is_one_of_three_and_the_electricity_annex_is_not_signed(town):
    contract = a_contract(town, "received", electricity_included=False)
    everything = set(Original.objects.filter(case=contract).values_list("code", flat=True))
    sign(town, contract, codes=everything)
    assert not Signature.objects.filter(original__kind=SheetKind.ELECTRICITY_ANNEX).exists()
    assert CONTRACT.load_facts([contract.pk], DAYS["signed"])[contract.pk].both_originals_signed
