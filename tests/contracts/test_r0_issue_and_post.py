"""Issue, sign for the municipality, print and post: R-0-12 to R-0-14, R-0-18, R-0-24; the rent and the term by law."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from bostad.casework import steps
from bostad.casework.models import Deadline, StepLog
from bostad.casework.refusals import Refused
from bostad.documents import letters
from bostad.documents.models import Document, Letter, Movement, Original, TextTemplate
from bostad.housing.models import Dwelling, HeadLease, HeadRent
from bostad.organisation.models import DelegatedAct, Delegation, Setting, Staff
from bostad.people.models import Person
from contracts.models import Contract, Order
from contracts.services import issuing
from tests.contracts.refusing import lacking, told
from tests.factories import TextTemplateFactory
from tests.making import (
    DAYS,
    MOVE_IN,
    RENT,
    a_contract,
    a_dwelling,
    print_letters,
    terms,
    the_worker,
)  # fmt: skip
from tests.town import a_town

pytestmark = pytest.mark.usefixtures("fast_files")
ISSUED = DAYS["issued"]


def issue(town, contract, by=None, **changes):
    return issuing.issue(contract.pk, terms(town, contract, **changes), by=by or town.administrator, today=ISSUED)


def sign(town, contract, on=ISSUED, today=ISSUED):
    return issuing.sign_for_municipality(contract.pk, signed_on=on, by=town.administrator, today=today)


def dispatch(town, contract, on=None, today=None):
    day = on or DAYS["dispatched"]
    return issuing.dispatch(contract.pk, posted_on=day, by=town.administrator, today=today or DAYS["dispatched"])


def sheets(contract, **which):
    return Original.objects.filter(case=contract, **which).order_by("code").select_related("document")


def letter_of(contract):
    return Letter.objects.get(case=contract, kind="contract")


def told_when_issued(contract):
    log = StepLog.objects.filter(case=contract, step="issue").latest("id")
    return {c["name"] for c in log.conditions if "told" in c}


# --- R-0-12: two identical originals ---------------------------------------------------------------------------------


@pytest.mark.rule("R-0-12")
def test_two_originals_are_made_that_differ_in_nothing_but_their_number_and_holder(town):
    contract = issue(town, a_contract(town, "ordered"))
    first, second = sheets(contract, kind="contract")
    assert (first.code, second.code) == (f"{contract.number}-A", f"{contract.number}-B")
    assert (first.holder, second.holder) == ("tenant", "municipality")
    assert first.document.data == second.document.data
    assert first.document.template == second.document.template
    differ = {key for key in first.document.sheet if first.document.sheet[key] != second.document.sheet[key]}
    assert differ == {"code", "holder", "holder_line"}
    with pytest.raises(DatabaseError), transaction.atomic():  # nor is there a third
        Original.objects.filter(pk=second.pk).update(holder="tenant")


@pytest.mark.rule("R-0-12")
@pytest.mark.rule("R-0-24")
def test_an_issued_paper_is_frozen_and_its_bytes_are_final(town):
    contract = a_contract(town, "printed")
    document = sheets(contract, kind="contract").first().document
    assert document.is_ready and len(document.sha256) == 64
    for change in ({"data": {}}, {"sheet": {}}, {"title": "x"}, {"sha256": "y"}, {"file_state": "waiting"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Document.objects.filter(pk=document.pk)._raw_delete("default")


@pytest.mark.rule("R-0-12")
def test_a_waiting_paper_keeps_its_data_whatever_the_contract_becomes(town):
    contract = issue(town, a_contract(town, "ordered"))
    document = sheets(contract, kind="contract").first().document
    (tenant,) = (party.person for party in contract.tenants)
    Person.objects.filter(pk=tenant.pk).update(last_name="Omdöpt")
    the_worker(ISSUED)
    document.refresh_from_db()
    assert document.data["tenants"][0]["name"] == tenant.name
    with pytest.raises(ProgrammingError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(data={})


@pytest.mark.rule("R-0-12")
def test_nothing_is_signed_before_both_files_are_there_and_printed(town):
    contract = issue(town, a_contract(town, "ordered"))
    assert lacking(lambda: sign(town, contract)) == {"the_papers_are_ready", "the_papers_are_printed"}
    the_worker(ISSUED)
    assert lacking(lambda: sign(town, contract)) == {"the_papers_are_printed"}
    print_letters(contract, by=town.administrator, today=ISSUED)
    sign(town, contract)
    assert set(sheets(contract).values_list("state", flat=True)) == {"signed_for_municipality"}


@pytest.mark.rule("R-0-12")
def test_a_paper_that_the_press_cannot_make_holds_the_letter_back_and_says_why(town):
    contract = issue(town, a_contract(town, "ordered"))
    broken = sheets(contract, kind="contract").last().document
    Document.objects.filter(pk=broken.pk).update(file_state="failed", file_problem="Typsnittet saknar tecknen ⴲ.")
    the_worker(ISSUED)
    assert (letter_of(contract).state, letter_of(contract).held_because) == ("drafted", "Typsnittet saknar tecknen ⴲ.")
    assert "the_papers_are_ready" in lacking(lambda: sign(town, contract))


@pytest.mark.rule("R-0-12")
def test_who_signs_has_a_delegation_of_the_department_for_just_that(town):
    contract = a_contract(town, "ordered")
    mine = town.delegations[town.vof.pk]
    others = {
        "another act": Delegation.objects.get(organisation=town.vof, act=DelegatedAct.TERMINATE_TENANCY),
        "another department": town.delegations[town.sof.pk],
        "run out": Delegation.objects.create(
            staff_id=town.manager.staff_id, organisation=town.vof, act=mine.act, item="4.12",
            from_on=date(2020, 1, 1), to_on=ISSUED - timedelta(days=1),
        ),
        "not yet": Delegation.objects.create(
            staff_id=town.caseworker.staff_id, organisation=town.vof, act=mine.act, item="4.12",
            from_on=ISSUED + timedelta(days=1),
        ),
    }  # fmt: skip
    for why, delegation in others.items():
        assert (
            told(lambda d=delegation: issue(town, contract, delegation=d)) == "Den som undertecknar saknar delegation."
        ), why
    issued = issue(town, contract, delegation=mine)
    signing = Document.objects.filter(case=issued, kind="contract").first().data["signing"]
    assert signing["delegation"] == "Delegation 4.12"


@pytest.mark.rule("R-0-12")
def test_a_delegation_that_ended_before_the_signature_does_not_count(town):
    contract = a_contract(town, "printed")
    Delegation.objects.filter(pk=contract.delegation_id).update(to_on=ISSUED)
    late = ISSUED + timedelta(days=1)
    assert lacking(lambda: sign(town, contract, on=late, today=late)) == {"the_signer_has_delegation"}
    assert "efter idag" in told(lambda: sign(town, contract, on=late, today=ISSUED))
    assert "före" in told(lambda: sign(town, contract, on=ISSUED - timedelta(days=1)))
    assert sign(town, contract, on=ISSUED, today=late)


@pytest.mark.rule("R-0-12")
def test_nothing_is_posted_before_the_municipality_has_signed(town):
    contract = a_contract(town, "printed")
    assert lacking(lambda: dispatch(town, contract)) == {"both_originals_are_signed_for_the_municipality"}
    sheet = sheets(contract, kind="contract").first()
    Original.objects.filter(pk=sheet.pk).update(state="signed_for_municipality")  # one of the two, by no movement
    assert lacking(lambda: dispatch(town, contract)) == {"both_originals_are_signed_for_the_municipality"}


# --- R-0-13 ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-13")
def test_posting_is_due_after_signing_and_takes_the_letter_and_every_sheet(town):
    contract = a_contract(town, "municipality_signed")
    waiting = Deadline.objects.get(case=contract, kind="contracts.dispatch")
    assert (waiting.status, waiting.due_on) == ("open", date(2026, 10, 6))  # two working days
    posted = dispatch(town, contract)
    assert (posted.state, posted.dispatched_on) == ("dispatched", DAYS["dispatched"])
    assert (letter_of(contract).state, letter_of(contract).posted_on) == ("posted", DAYS["dispatched"])
    assert set(sheets(contract).values_list("state", flat=True)) == {"sent"}
    waiting.refresh_from_db()
    assert waiting.status == "met"
    assert letter_of(contract).recipient["name"] == "Sara Wikander"


@pytest.mark.rule("R-0-13")
def test_a_posting_is_not_before_the_print_nor_after_today(town):
    contract = a_contract(town, "municipality_signed")
    assert "före" in told(lambda: dispatch(town, contract, on=ISSUED - timedelta(days=1)))
    assert "efter idag" in told(lambda: dispatch(town, contract, on=DAYS["dispatched"] + timedelta(days=1)))


@pytest.mark.rule("R-0-13")
@pytest.mark.parametrize("days", [-1, 5])
def test_the_step_itself_refuses_a_posting_before_the_signature_or_after_today(town, days):
    contract = a_contract(town, "municipality_signed")

    def post() -> None:
        with steps.door(Contract, contract.pk, "dispatch", by=town.administrator, today=DAYS["dispatched"]) as it:
            it.dispatched_on = ISSUED + timedelta(days=days)

    assert lacking(post) == {"the_posting_comes_after_the_signature"}


@pytest.mark.rule("R-0-13")
def test_a_posting_has_its_day(town):
    contract = a_contract(town, "municipality_signed")

    def post() -> None:
        with steps.door(Contract, contract.pk, "dispatch", by=town.administrator, today=DAYS["dispatched"]):
            pass

    assert lacking(post) == {"the_posting_has_a_date", "the_posting_comes_after_the_signature"}


@pytest.mark.rule("R-0-9")
@pytest.mark.rule("R-0-13")
def test_a_letter_without_its_orderer_is_not_posted(town):
    contract = a_contract(town, "municipality_signed")
    Order.objects.update(orderer_name="")
    assert lacking(lambda: dispatch(town, contract)) == {"the_orderer_has_a_postal_address"}


@pytest.mark.rule("R-0-13")
def test_a_letter_is_posted_once(town):
    contract = a_contract(town, "dispatched")
    assert "redan postat" in told(lambda: dispatch(town, contract))


def test_a_provider_prints_and_posts_nothing(town):
    contract = a_contract(town, "municipality_signed")
    letter = letter_of(contract)
    for by in (town.provider, town.other_department, town.caseworker, town.log_reviewer):
        with pytest.raises(PermissionDenied):
            letters.post(letter_id=letter.pk, on=DAYS["dispatched"], by=by, today=DAYS["dispatched"])
    for by in (town.provider, town.caseworker, town.log_reviewer):
        with pytest.raises(PermissionDenied):
            letters.print_letters(letters=[letter.pk], by=by, today=DAYS["dispatched"])
    assert "utskriftskön" in told(
        lambda: letters.print_letters(letters=[letter.pk], by=town.other_department, today=DAYS["dispatched"])
    )


def test_a_letter_printed_anew_leaves_its_first_print_with_words_instead_of_an_error(town):
    contract = issue(town, a_contract(town, "ordered"))
    the_worker(ISSUED)
    letter = letter_of(contract)
    first = letters.print_letters(letters=[letter.pk], by=town.administrator, today=ISSUED)
    assert "redan utskrivet av" in told(
        lambda: letters.print_letters(letters=[letter.pk], by=town.administrator, today=ISSUED)
    )
    second = letters.print_again(letter_id=letter.pk, why="Skrivaren stannade.", by=town.administrator, today=ISSUED)
    the_worker(ISSUED)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.file_state, second.file_state) == ("failed", "ready")
    assert "på nytt" in first.file_problem
    assert letter_of(contract).batch == second


# --- R-0-14: category annex ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-14")
@pytest.mark.parametrize("category", ["bpsd", "young_dementia", "couple"])
def test_a_category_contract_has_its_annex_with_each_original(town, category):
    contract = issue(town, a_contract(town, "ordered", category=category))
    assert [sheet.code[-1] for sheet in sheets(contract, kind="category_annex")] == ["C", "D"]
    assert {sheet.document.data["category"]["code"] for sheet in sheets(contract, kind="category_annex")} == {category}
    assert not sheets(issue(town, a_contract(town, "ordered")), kind="category_annex").exists()


def issue_without_annexes(town, contract):
    """Another door than the service: the step itself, with a body that makes no papers."""
    with steps.door(Contract, contract.pk, "issue", by=town.administrator, today=ISSUED) as it:
        it.rent, it.delegation, it.issued_on = RENT, town.delegations[town.vof.pk], ISSUED


@pytest.mark.rule("R-0-14")
@pytest.mark.rule("R-0-18")
def test_no_door_issues_a_contract_without_its_annexes(town):
    category = a_contract(town, "ordered", category="bpsd")
    assert lacking(lambda: issue_without_annexes(town, category)) == {"a_category_contract_has_its_annex"}
    electricity = a_contract(town, "ordered", electricity_included=False)
    assert lacking(lambda: issue_without_annexes(town, electricity)) == {"the_electricity_annex_goes_with_the_contract"}


@pytest.mark.rule("R-0-14")
def test_the_annex_is_signed_for_the_municipality_too_before_the_posting(town):
    contract = a_contract(town, "printed", category="bpsd")
    sign(town, contract)
    assert set(sheets(contract, kind="category_annex").values_list("state", flat=True)) == {"signed_for_municipality"}
    annex = sheets(contract, kind="category_annex").first()
    with pytest.raises(ProgrammingError), transaction.atomic():  # what happened to a sheet is not unwritten
        Movement.objects.filter(original=annex)._raw_delete("default")


@pytest.mark.rule("R-0-14")
def test_an_annex_that_was_not_signed_for_the_municipality_stops_the_posting(town):
    """The annex alone was replaced, by a hand outside the routine: its new sheet bears no signature."""
    contract = a_contract(town, "municipality_signed", category="bpsd")
    old = sheets(contract, kind="category_annex").first()
    Original.objects.filter(pk=old.pk).update(state="void")
    document = Document.objects.get(pk=old.document_id)
    document.pk, document.file_state, document.sha256 = None, "waiting", ""
    document.save()
    Original.objects.create(
        case=contract, document=document, code=f"{contract.number}-C9", kind=old.kind, holder=old.holder, since=ISSUED
    )
    assert lacking(lambda: dispatch(town, contract)) == {"the_category_annex_is_signed_for_the_municipality"}


# --- R-0-18: electricity ---------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-18")
def test_the_electricity_annex_goes_along_when_electricity_is_not_in_the_rent_and_only_then(town):
    without = issue(town, a_contract(town, "ordered"))
    assert not sheets(without, kind="electricity_annex").exists()
    contract = issue(town, a_contract(town, "ordered", electricity_included=False))
    annex = sheets(contract, kind="electricity_annex")
    assert [sheet.code[-1] for sheet in annex] == ["E", "F"]
    assert annex[0].document.data["company"]["name"] == "Tekniska verken"
    enclosed = letter_of(contract).enclosures.values_list("document", flat=True)
    assert set(annex.values_list("document", flat=True)) <= set(enclosed)


@pytest.mark.rule("R-0-18")
def test_the_municipality_decides_how_many_electricity_annexes_there_are(town):
    Setting.objects.create(key="contracts.electricity_annex_copies", from_on=date(2026, 1, 1), value="tenant")
    Setting.objects.create(key="contracts.electricity_company", from_on=date(2026, 1, 1), value="Ekstads elnät")
    contract = issue(town, a_contract(town, "ordered", electricity_included=False))
    (annex,) = sheets(contract, kind="electricity_annex")
    assert (annex.holder, annex.document.data["company"]["name"]) == ("tenant", "Ekstads elnät")


@pytest.mark.rule("R-0-18")
def test_a_missing_electricity_annex_stops_the_posting(town):
    contract = a_contract(town, "municipality_signed", electricity_included=False)
    Original.objects.filter(case=contract.pk, kind="electricity_annex").update(state="void")
    assert lacking(lambda: dispatch(town, contract)) == {"the_electricity_annex_goes_with_the_contract"}


@pytest.mark.rule("R-0-18")
@pytest.mark.parametrize("included", [True, False])
def test_what_becomes_of_the_register_does_not_stop_what_is_issued(town, included):
    contract = a_contract(town, "municipality_signed", electricity_included=included)
    Dwelling.objects.update(electricity_included=not included)
    assert dispatch(town, contract)


# --- R-0-24: approved templates --------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-24")
def test_nothing_is_issued_from_a_template_that_nobody_has_approved(db):
    town = a_town(drafts=["contract_sheltered", "category_annex"])
    unapproved = a_contract(town, "ordered", form="sheltered")
    with pytest.raises(Refused) as refusal, transaction.atomic():
        issue(town, unapproved)
    assert [lack.condition.name for lack in refusal.value.lacks] == ["an_approved_template_exists"]
    annexed = a_contract(town, "ordered", category="bpsd")
    assert "ingen godkänd mall för ”bilaga om kategoriboende”" in told(lambda: issue(town, annexed))
    assert issue(town, a_contract(town, "ordered"))


@pytest.mark.rule("R-0-24")
def test_an_approved_wording_is_final_and_a_new_one_is_a_new_version(town):
    template = TextTemplate.objects.get(kind="contract_care_dementia")
    for write in (
        lambda: TextTemplate.objects.filter(pk=template.pk).update(name="annan"),
        lambda: TextTemplate.objects.filter(pk=template.pk)._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            write()
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by its own writer
        TextTemplateFactory(
            kind=template.kind,
            version=2,
            owner=town.vof,
            written_by=template.written_by,
            approved_by=template.written_by,
        )


@pytest.mark.rule("R-0-24")
def test_an_old_contract_keeps_its_old_wording(town):
    old = a_contract(town, "printed")
    before = sheets(old, kind="contract").first().document
    newest = TextTemplateFactory(
        kind="contract_care_dementia", version=2, owner=town.vof, name="Ny lydelse", valid_from=ISSUED,
        written_by=Staff.objects.get(pk=town.administrator.staff_id),
        approved_by=Staff.objects.get(pk=town.manager.staff_id),
    )  # fmt: skip
    new = issue(town, a_contract(town, "ordered"))
    assert sheets(new, kind="contract").first().document.template == newest
    replaced = issuing.replace_sheets(old.pk, reason="borta", by=town.administrator, today=ISSUED)
    after = sheets(replaced, kind="contract").exclude(state="void").first().document
    assert (after.template, after.data) == (before.template, before.data)


@pytest.mark.rule("R-0-24")
def test_lost_sheets_are_called_back_and_their_successors_have_their_own_numbers(town):
    contract = a_contract(town, "dispatched", category="bpsd")
    old = list(sheets(contract))
    issuing.replace_sheets(contract.pk, reason="borta i posten", by=town.administrator, today=DAYS["received"])
    assert {sheet.code for sheet in sheets(contract, state="recalled")} == {sheet.code for sheet in old}
    new = sheets(contract).valid()
    assert [sheet.code for sheet in new] == [f"{contract.number}-{letter}2" for letter in "ABCD"]
    contract.refresh_from_db()
    assert (contract.state, contract.dispatched_on, contract.received_by_provider_on) == ("issued", None, None)
    assert lacking(lambda: sign(town, contract, today=DAYS["received"])) >= {"the_papers_are_ready"}


# --- rent and term by law --------------------------------------------------------------------------------------------


@pytest.mark.rule("JB 12:55")
@pytest.mark.parametrize(("rent", "refused"), [("7000", False), ("7000.01", True)])
def test_the_rent_is_at_most_what_the_municipality_pays(town, rent, refused):
    contract = a_contract(town, "ordered")
    do = lambda: issue(town, contract, rent=Decimal(rent))  # noqa: E731
    if refused:
        assert lacking(do) == {"the_rent_is_not_above_the_head_rent"}
    else:
        assert do().state == "issued"


@pytest.mark.rule("JB 12:55")
def test_the_head_rent_of_the_day_of_moving_in_counts(town):
    contract = a_contract(town, "ordered")
    lease = HeadLease.objects.get(dwelling=contract.dwelling_id)
    HeadRent.objects.create(head_lease=lease, from_on=MOVE_IN + timedelta(days=1), monthly_rent=Decimal(9000))
    assert lacking(lambda: issue(town, contract, rent=Decimal(7001))) == {"the_rent_is_not_above_the_head_rent"}
    HeadRent.objects.create(head_lease=lease, from_on=MOVE_IN, monthly_rent=Decimal(8000))
    assert issue(town, contract, rent=Decimal(8000)).total_rent == Decimal(8000)


@pytest.mark.rule("JB 12:55")
def test_furniture_may_cost_fifteen_percent_of_the_head_rent_more(town):
    contract = a_contract(town, "ordered")
    assert lacking(lambda: issue(town, contract, furniture_rent=Decimal("1050.01"))) == {
        "the_furniture_supplement_is_within_bounds"
    }
    Setting.objects.create(key="contracts.furniture_max_percent", from_on=DAYS["registered"], value=10)
    assert lacking(lambda: issue(town, contract, furniture_rent=Decimal(701))) == {
        "the_furniture_supplement_is_within_bounds"
    }
    assert issue(town, contract, furniture_rent=Decimal(700)).total_rent == RENT + 700


@pytest.mark.rule("JB 12:55")
def test_another_supplement_says_what_it_is_for(town):
    contract = a_contract(town, "ordered")
    asked = lambda what: issue(town, contract, other_rent=Decimal(150), other_rent_for=what)  # noqa: E731
    assert lacking(lambda: asked(" ")) == {"other_supplements_are_named"}
    assert asked("Parkering").total_rent == RENT + 150


@pytest.mark.rule("JB 12:55")
def test_an_unknown_head_rent_is_said(town):
    dwelling = a_dwelling(town, head_rent="unknown")
    contract = issue(town, a_contract(town, "ordered", dwelling=dwelling))
    assert "the_head_rent_is_known" in told_when_issued(contract)
    assert "the_head_rent_is_known" not in told_when_issued(issue(town, a_contract(town, "ordered")))


@pytest.mark.rule("R-4-18")
@pytest.mark.parametrize("rent", [Decimal(0), Decimal(-1)])
def test_a_lease_has_a_rent_and_a_notice_time(town, rent):
    contract = a_contract(town, "ordered")
    assert lacking(lambda: issue(town, contract, rent=rent)) == {"the_lease_has_a_rent"}
    assert "the_lease_has_a_notice_time" in lacking(lambda: issue(town, contract, notice_months=0))


@pytest.mark.rule("R-4-18")
def test_a_term_ends_after_it_begins(town):
    contract = a_contract(town, "ordered")
    assert lacking(lambda: issue(town, contract, term_to=MOVE_IN)) == {"the_term_ends_after_it_begins"}


@pytest.mark.rule("R-4-18")
def test_a_term_wholly_in_the_past_is_refused_for_that_and_not_for_the_annexes_that_were_not_made(town):
    contract = a_contract(town, "ordered", category="bpsd", electricity_included=False)
    last = MOVE_IN - timedelta(days=30)
    assert lacking(lambda: issue(town, contract, term_to=last)) == {"the_term_ends_after_it_begins"}


@pytest.mark.rule("R-4-6")
def test_an_emergency_flat_is_let_to_a_day(town):
    contract = a_contract(town, "ordered", form="emergency")
    do = lambda **term: issuing.issue(  # noqa: E731
        contract.pk, terms(town, contract, **term), by=town.coordinator, today=ISSUED
    )
    assert lacking(do) == {"an_emergency_let_has_an_end"}
    assert do(term_to=date(2027, 1, 31)).term_to == date(2027, 1, 31)


@pytest.mark.rule("JB 12:3")
@pytest.mark.parametrize(("last", "warned"), [(date(2027, 7, 14), False), (date(2027, 7, 15), True)])
def test_a_term_of_more_than_nine_months_is_said_not_to_end_by_itself(town, last, warned):
    contract = issue(town, a_contract(town, "ordered"), term_to=last)
    assert ("the_term_ends_by_itself" in told_when_issued(contract)) == warned


@pytest.mark.rule("JB 12:4")
def test_a_notice_time_under_three_months_is_said_to_bind_the_municipality_alone(town):
    assert "the_notice_time_is_three_months" in told_when_issued(
        issue(town, a_contract(town, "ordered"), notice_months=1)
    )


@pytest.mark.rule("JB 12:45")
def test_security_from_the_first_day_is_said_when_the_contract_is_issued(town):
    assert "no_security_from_the_first_day" in told_when_issued(
        issue(town, a_contract(town, "ordered", block_let=True))
    )
    own = a_contract(town, "issued", form="municipal", tenure="own_stock")
    assert "the_let_is_second_hand" in told_when_issued(own)
    assert "the_let_is_second_hand" not in told_when_issued(a_contract(town, "issued", form="municipal"))


@pytest.mark.rule("JB 12:39")
def test_the_owner_is_told_at_once_that_the_dwelling_is_sublet_and_to_whom_is_not_said(town):
    contract = issue(town, a_contract(town, "ordered"))
    waiting = Deadline.objects.get(case=contract, kind="contracts.owner")
    assert (waiting.due_on, waiting.status) == (ISSUED, "open")
    issuing.notify_owner(contract.pk, by=town.administrator, today=ISSUED)
    waiting.refresh_from_db()
    assert waiting.status == "open"  # until the letter is in the post
    notice = Document.objects.get(case=contract, kind="owner_notice")
    person = contract.parties.get().person
    assert person.last_name not in str(notice.data) and person.personnummer not in str(notice.data)
    assert Letter.objects.get(case=contract, kind="owner_notice").recipient["name"] == "Ekstads Bostads AB"
    assert "redan taget" in told(lambda: issuing.notify_owner(contract.pk, by=town.administrator, today=ISSUED))
    own = a_contract(town, "issued", form="municipal", tenure="own_stock")
    assert not Deadline.objects.filter(case=own, kind="contracts.owner").exists()


@pytest.mark.rule("JB 12:39")
def test_a_contract_comes_into_force_with_a_warning_when_the_owner_was_not_told(town):
    contract = a_contract(town, "active")
    log = StepLog.objects.get(case=contract, step="activate")
    assert [c["name"] for c in log.conditions if "told" in c] == ["the_owner_is_notified"]
