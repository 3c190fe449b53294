"""Notice, moving out, the grant, what is left, billing and closing: R-0-19 to R-0-22, R-0-27, R-4-17, R-4-19, R-4-20."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bostad import dates
from bostad.casework import steps
from bostad.casework.models import CaseParty, Deadline, StepLog
from bostad.casework.refusals import NotYours, StepNotTaken, WrongState
from bostad.documents.models import Document, Holder, Letter, Original
from bostad.housing.models import Occupancy
from bostad.organisation.models import DelegatedAct, Delegation, Setting
from bostad.organisation.settings_keys import resolve
from bostad.people.models import Person, Representative
from bostad.people.representing import RepresentativeInput
from contracts.kind import CONTRACT
from contracts.models import AbandonedProperty, Contract, Ending, Grant, Signature
from contracts.services import ending, issuing, signing
from contracts.services.signing import Signing
from contracts.states import Capacity, EndReason
from tests.contracts.refusing import lacking, told
from tests.making import DAYS, MOVE_IN, a_contract, a_move_out, a_notice, code_of, signed_by_all

pytestmark = pytest.mark.usefixtures("fast_files")
A_DAY = timedelta(days=1)
KEPT = date(2027, 8, 31)  # three months from the end of May
NOTICE, LEFT = DAYS["notice_given"], DAYS["moved_out"]  # 10 February and 31 May 2027


def give_notice(town, contract, by=None, on=NOTICE, today=None, **changes):
    return ending.give_notice(contract.pk, a_notice(on, **changes), by=by or town.provider, today=today or NOTICE)


def sign_move_out(town, contract, on=DAYS["agreed"], code=None, by=None, today=None, signings=None):
    return ending.sign_move_out(
        contract.pk, code=code or code_of(contract, Holder.TENANT), signings=signings or signed_by_all(contract, on),
        by=by or town.provider, today=today or max(on, DAYS["agreed"]),
    )  # fmt: skip


def move_out(town, contract, on=LEFT, today=LEFT, by=None, **changes):
    return ending.move_out(contract.pk, a_move_out(on, **changes), by=by or town.provider, today=today)


def close(town, contract, today=DAYS["closed"]):
    return ending.close(contract.pk, by=town.administrator, today=today)


def by_another_door(town, contract, step, today, **fields):
    """The step itself with a body that writes these fields of the ending, as an import or a page to come might."""
    with steps.door(Contract, contract.pk, step, by=town.administrator, today=today) as it:
        Ending.objects.filter(contract=it, withdrawn_on=None).update(**fields)


# --- R-0-19: notice ------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-19")
def test_a_notice_has_its_day_its_planned_move_and_its_reason(town):
    contract = a_contract(town, "active")
    assert lacking(lambda: give_notice_without(town, contract)) == {"the_notice_is_complete"}
    given = give_notice(town, contract)
    assert given.state == "notice_given"
    assert (given.ending.notice_on, given.ending.planned_move_out_on, given.ending.reason) == (
        NOTICE,
        LEFT,
        "other_care",
    )


def give_notice_without(town, contract):
    with steps.door(Contract, contract.pk, "give_notice", by=town.provider, today=NOTICE) as it:
        Ending.objects.create(
            contract=it, notice_on=NOTICE, notice_by="tenant", reason="", planned_move_out_on=LEFT
        )  # fmt: skip


@pytest.mark.rule("R-0-19")
def test_a_notice_is_not_given_on_a_day_to_come(town):
    contract = a_contract(town, "active")
    assert lacking(lambda: give_notice(town, contract, on=NOTICE + A_DAY)) == {"the_notice_is_not_in_the_future"}
    assert give_notice(town, contract, on=NOTICE - A_DAY)


@pytest.mark.rule("R-0-19")
def test_nobody_plans_to_move_before_the_notice(town):
    contract = a_contract(town, "active")
    assert lacking(lambda: give_notice(town, contract, planned_move_out_on=NOTICE - A_DAY)) == {
        "the_planned_move_out_is_not_before_notice"
    }
    assert give_notice(town, contract, planned_move_out_on=NOTICE)


@pytest.mark.rule("R-0-19")
def test_there_is_one_notice_at_a_time(town):
    contract = a_contract(town, "notice_given")
    with pytest.raises(WrongState):
        give_notice(town, contract)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ending.objects.create(
            contract=contract, notice_on=NOTICE, notice_by="tenant", reason="other", planned_move_out_on=LEFT
        )


@pytest.mark.rule("R-0-19")
def test_a_notice_that_is_taken_back_stays_and_takes_its_letter_with_it(town):
    contract = a_contract(town, "notice_given")
    with pytest.raises(NotYours):
        ending.withdraw_notice(contract.pk, reason="…", by=town.provider, today=NOTICE)
    again = ending.withdraw_notice(contract.pk, reason="stannar", by=town.manager, today=NOTICE)
    assert Contract.objects.get(pk=again.pk).state == "active"
    assert Ending.objects.get().withdrawn_on == NOTICE
    assert Letter.objects.get(kind="termination").state == "cancelled"
    give_notice(town, contract, on=NOTICE + A_DAY, today=NOTICE + A_DAY)
    assert Ending.objects.count() == 2
    assert Letter.objects.filter(kind="termination").exclude(state="cancelled").count() == 1


@pytest.mark.rule("R-0-19")
def test_a_notice_is_not_taken_back_when_the_agreement_is_signed(town):
    contract = a_contract(town, "agreed")
    with pytest.raises(WrongState):
        ending.withdraw_notice(contract.pk, reason="…", by=town.manager, today=DAYS["agreed"])


# --- whose notice ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-4-17")
def test_the_municipalitys_notice_is_written_has_grounds_and_a_delegation(town):
    contract = a_contract(town, "active")
    whose = {"notice_by": "municipality", "reason": "breach"}
    assert "Bara förvaltningen" in told(lambda: give_notice(town, contract, **whose, grounds="stör"))
    Delegation.objects.filter(act=DelegatedAct.TERMINATE_TENANCY).update(to_on=NOTICE - A_DAY)
    assert "saknar delegation" in told(
        lambda: give_notice(town, contract, by=town.administrator, **whose, grounds="stör")
    )
    Delegation.objects.update(to_on=None)
    with pytest.raises(StepNotTaken):
        give_notice(town, contract, by=town.administrator, **whose)
    given = give_notice(town, contract, by=town.administrator, **whose, grounds="Stör grannarna.")
    paper = Document.objects.get(case=given, kind="termination")
    assert (paper.title, paper.data["kind"], paper.data["grounds"][0]["text"]) == (
        "Uppsägning",
        "landlord",
        "Stör grannarna.",
    )
    assert paper.data["signing"]["delegation"] == "Delegation 4.13"
    assert Letter.objects.get(kind="termination").state == "drafted"


@pytest.mark.rule("R-4-17")
def test_no_door_gives_the_municipalitys_notice_without_grounds(town):
    contract = a_contract(town, "active")

    def without_grounds() -> None:
        with steps.door(Contract, contract.pk, "give_notice", by=town.administrator, today=NOTICE) as it:
            Ending.objects.create(
                contract=it, notice_on=NOTICE, notice_by="municipality", reason="breach", planned_move_out_on=LEFT
            )

    assert lacking(without_grounds) == {"the_municipalitys_notice_has_grounds"}


@pytest.mark.rule("JB 12:4")
def test_the_municipality_cannot_end_the_tenancy_before_three_months(town):
    contract = a_contract(town, "active")
    given = {"notice_by": "municipality", "reason": "breach", "grounds": "Stör."}
    refused = lambda: give_notice(  # noqa: E731
        town, contract, by=town.administrator, **given, agreed_end_on=date(2027, 5, 30)
    )
    assert lacking(refused) == {"the_municipality_keeps_the_notice_time"}
    assert "31 maj 2027" in told(refused)
    done = give_notice(town, contract, by=town.administrator, **given, agreed_end_on=date(2027, 5, 31))
    paper = Document.objects.get(case=done, kind="termination")
    assert paper.data["last_on"] == "2027-05-31"
    assert "tisdag" not in paper.data["vacate_text"] and "1 juni 2027" in paper.data["vacate_text"]


@pytest.mark.rule("JB 12:5")
def test_a_tenant_may_leave_earlier_if_both_agree_and_is_told_what_the_law_says(town):
    contract = give_notice(town, a_contract(town, "active"), agreed_end_on=date(2027, 3, 31))
    assert "the_end_is_not_before_the_notice_time" in said(contract, "give_notice")
    assert Document.objects.get(case=contract, kind="termination").data["last_on"] == "2027-03-31"
    lawful = give_notice(town, a_contract(town, "active"))
    assert "the_end_is_not_before_the_notice_time" not in said(lawful, "give_notice")
    assert Document.objects.get(case=lawful, kind="termination").data["last_on"] == "2027-05-31"


def said(contract, step):
    log = StepLog.objects.filter(case=contract, step=step).latest("id")
    return {c["name"] for c in log.conditions if "told" in c}


@pytest.mark.rule("JB 12:5")
def test_an_estate_gives_notice_after_a_death_and_leaves_after_a_month(town):
    contract = a_contract(town, "active")
    estate = {"notice_by": "estate", "reason": "died"}
    assert told(lambda: give_notice(town, contract, **estate)) == "Ange dödsdagen."
    assert lacking(lambda: give_notice(town, contract, **estate, died_on=NOTICE + A_DAY)) == {
        "an_estate_has_a_day_of_death"
    }
    born = contract.parties.get().person.born_on
    assert "före födelsedagen" in told(lambda: give_notice(town, contract, **estate, died_on=born - A_DAY))
    given = give_notice(town, contract, **estate, died_on=NOTICE - 9 * A_DAY, planned_move_out_on=date(2027, 3, 31))
    paper = Document.objects.get(case=given, kind="termination").data
    assert (paper["last_on"], paper["given_by"]) == ("2027-03-31", "dödsboet")
    assert paper["recipient"]["name"].startswith("Dödsboet efter Harald")
    assert Person.objects.get(case_parties__case=given).died_on == NOTICE - 9 * A_DAY
    assert "the_estate_gave_notice_within_a_month" not in said(given, "give_notice")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ending.objects.update(died_on=None)


@pytest.mark.rule("JB 12:5")
def test_the_estate_gives_notice_by_somebody_and_the_letter_goes_to_that_one(town):
    contract = a_contract(town, "active", represented=True)
    before = contract.tenants[0].representative
    death = {"notice_by": "estate", "reason": "died", "died_on": NOTICE}
    assert told(lambda: give_notice(town, contract, **death, representative=None)).startswith("Ange vem som företräder")
    given = give_notice(town, contract, **death)
    acts = given.parties.get().representative
    assert (acts.name, acts.authority) == ("Anna Nyberg", "estate")
    letter = str(Letter.objects.get(case=given, kind="termination").recipient)
    assert "Anna Nyberg" in letter
    assert before.name not in letter


@pytest.mark.rule("JB 12:5")
def test_an_estate_that_waited_more_than_a_month_is_told_that_three_months_apply(town):
    given = give_notice(town, a_contract(town, "active"), notice_by="estate", reason="died", died_on=date(2027, 1, 8))
    assert "the_estate_gave_notice_within_a_month" in said(given, "give_notice")
    assert Document.objects.get(case=given, kind="termination").data["last_on"] == "2027-05-31"


@pytest.mark.rule("JB 12:5")
def test_of_a_couple_it_is_said_who_has_died(town):
    couple = a_contract(town, "active", category="couple", tenants=2)
    one, other = (party.person_id for party in couple.tenants)
    death = {"notice_by": "estate", "reason": "died", "died_on": NOTICE}
    assert "vem av hyresgästerna" in told(lambda: give_notice(town, couple, **death))
    assert not Person.objects.exclude(died_on=None).exists()
    refused = lacking(lambda: give_notice(town, couple, **death, deceased=other))
    assert refused == {"an_estate_gives_notice_when_nobody_is_left"}
    ending.record_death(couple.pk, tenant=one, died_on=NOTICE - A_DAY, by=town.provider, today=NOTICE)
    ending.record_death(couple.pk, tenant=one, died_on=None, by=town.administrator, today=NOTICE)
    assert not Person.objects.exclude(died_on=None).exists()
    ending.record_death(couple.pk, tenant=other, died_on=NOTICE, by=town.provider, today=NOTICE)
    give_notice(town, couple)  # the one who is left gives notice
    assert list(Person.objects.exclude(died_on=None).values_list("pk", flat=True)) == [other]
    sign = lambda by_other: sign_move_out(  # noqa: E731
        town, couple, signings={one: Signing("tenant", DAYS["agreed"]), other: by_other}
    )
    assert "avliden den dagen" in told(lambda: sign(Signing("tenant", DAYS["agreed"])))
    assert "Ingen företrädare" in told(lambda: sign(Signing("representative", DAYS["agreed"])))


@pytest.mark.rule("R-0-15")
@pytest.mark.parametrize("authority", ["trustee", "administrator", "future_power", "guardian"])
def test_an_authority_that_ends_with_death_signs_no_more(town, authority):
    contract = a_contract(town, "active", represented=True)
    Representative.objects.update(authority=authority)
    before = contract.tenants[0].representative
    give_notice(town, contract, notice_by="estate", reason="died", died_on=NOTICE)
    CaseParty.objects.filter(case=contract.pk).update(representative=before)
    signed = signed_by_all(contract, DAYS["agreed"], Capacity.REPRESENTATIVE)
    assert "upphörde när hyresgästen avled" in told(lambda: sign_move_out(town, contract, signings=signed))


def municipal_notice(town):
    contract = a_contract(town, "active")
    return give_notice(
        town, contract, by=town.administrator, notice_by="municipality", reason="breach", grounds="Stör grannarna."
    )


@pytest.mark.rule("JB 8:8")
def test_the_municipalitys_notice_is_served_before_anybody_has_to_move(town):
    contract = municipal_notice(town)
    (serve,) = Deadline.objects.still_open().filter(case=contract, kind="contracts.service")
    assert serve.due_on == dates.add_working_days(NOTICE, 2)
    ending.record_obstacle(contract.pk, reason="Vägrar.", by=town.manager, today=DAYS["agreed"])
    end = date(2027, 6, 30)
    go = lambda: ending.move_out(  # noqa: E731
        contract.pk, a_move_out(end, closing_on=end), by=town.administrator, today=end
    )
    assert lacking(go) == {"the_municipalitys_notice_is_served"}
    record = lambda on, manner="registered": ending.record_service(  # noqa: E731
        contract.pk, served_on=on, manner=manner, by=town.administrator, today=end
    )
    assert lacking(lambda: record(NOTICE - A_DAY)) == {"the_service_comes_after_the_notice"}
    assert "efter idag" in told(lambda: record(end + A_DAY))
    assert "hur uppsägningen delgavs" in told(lambda: record(NOTICE, "publication"))
    record(date(2027, 3, 2))  # in March, so that three months end with June and not with May
    assert not Deadline.objects.still_open().filter(case=contract, kind="contracts.service").exists()
    early = a_move_out(end - A_DAY, closing_on=end - A_DAY)
    refused = lacking(lambda: ending.move_out(contract.pk, early, by=town.administrator, today=end))
    assert refused == {"the_tenancy_is_not_closed_before_its_time"}
    assert go().state == "moved_out"


@pytest.mark.rule("JB 12:3")
def test_a_short_term_that_runs_out_is_ended_without_notice_and_without_a_letter(town):
    term_to = date(2027, 4, 30)
    contract = a_contract(town, "active", form="trial", term_to=term_to)
    over = {"notice_by": "term", "reason": "other", "planned_move_out_on": term_to}
    give_notice(town, contract, by=town.coordinator, **over)
    assert not Letter.objects.filter(case=contract, kind="termination").exists()
    assert CONTRACT.load_facts([contract.pk], NOTICE)[contract.pk].lawful_end_on == term_to
    longer = a_contract(town, "active", form="trial", term_to=date(2028, 4, 30))
    refused = lacking(lambda: give_notice(town, longer, by=town.coordinator, **over))
    assert refused == {"only_a_short_term_ends_without_notice"}


@pytest.mark.rule("R-4-17")
def test_who_comes_to_act_for_a_tenant_signs_from_then_on(town):
    contract = a_contract(town, "notice_given")
    acts = RepresentativeInput(
        "Mona Ek", "trustee", "Registerutdrag", NOTICE, street="Lindgatan 8", postal_code="59098", city="Ekstad"
    )
    (tenant,) = contract.tenants
    ending.record_representative(contract.pk, tenant=tenant.person_id, data=acts, by=town.provider, today=NOTICE)
    sign_move_out(town, contract, signings=signed_by_all(contract, DAYS["agreed"], Capacity.REPRESENTATIVE))
    assert Signature.objects.get(signed_for="move_out").signer_name == "Mona Ek"


@pytest.mark.rule("R-4-17")
def test_each_tenant_gets_the_notice_in_a_letter_of_its_own(town):
    couple = a_contract(town, "active", category="couple", tenants=2, represented=True)
    give_notice(town, couple)
    letters = Letter.objects.filter(case=couple, kind="termination").order_by("pk")
    assert [letter.recipient["name"] for letter in letters] == ["Birgitta Nyberg", couple.tenants[1].person.name]


@pytest.mark.rule("R-4-17")
def test_a_letter_of_the_municipality_never_names_the_providers_staff(town):
    given = give_notice(town, a_contract(town, "active"))
    contact = Document.objects.get(case=given, kind="termination").data["contact"]
    assert (contact["name"], contact["email"]) == ("Debiteringen", "enheten@ekstad.example")
    assert contact["title"] is None  # a unit has none


@pytest.mark.rule("JB 12:45")
def test_security_of_tenure_is_said_of_the_day_on_which_the_tenancy_ends(town):
    block = give_notice(town, a_contract(town, "active", block_let=True))
    assert "no_security_from_the_first_day" in said(block, "give_notice")
    # from 15 October 2026: a notice in June 2028 ends it in September, one in July ends it after two years
    for today, told_so in ((date(2028, 6, 30), False), (date(2028, 7, 1), True)):
        contract = a_contract(town, "active")
        give_notice(town, contract, on=today, today=today, planned_move_out_on=date(2029, 1, 31))
        assert ("no_security_after_two_years" in said(contract, "give_notice")) == told_so


@pytest.mark.rule("JB 12:45")
def test_the_warnings_say_when_it_is_too_late_and_end_with_a_decision(town):
    contract = a_contract(town, "active")
    warnings = Deadline.objects.still_open().filter(case=contract, kind="contracts.security")
    assert warnings.count() == 3
    assert [row.detail for row in warnings.order_by("due_on")] == [
        "Uppsägning senast 30 juni 2028, om bostaden ska lämnas före två år.",
        *[
            "Sista dagen för en uppsägning var 30 juni 2028. Avtala om avstående, eller låt hyresgästen få besittningsskydd."
        ]
        * 2,
    ]
    ending.decide_on_security(contract.pk, reason="Bor kvar.", by=town.administrator, today=NOTICE)
    assert not warnings.all().exists()


@pytest.mark.rule("R-4-5")
@pytest.mark.rule("R-4-7")
@pytest.mark.parametrize("form", ["emergency", "training"])
def test_a_takeover_is_no_reason_to_give_notice_or_to_move_out(town, form):
    contract = a_contract(town, "active", form=form)
    taken = a_notice(NOTICE, reason=EndReason.TAKEN_OVER)
    assert lacking(lambda: ending.give_notice(contract.pk, taken, by=town.coordinator, today=NOTICE)) == {
        "a_takeover_is_a_step_of_its_own"
    }


@pytest.mark.rule("JB 12:5")
def test_a_death_is_not_the_tenants_own_reason(town):
    contract = a_contract(town, "active")
    dead = a_notice(NOTICE, reason=EndReason.DIED)
    assert lacking(lambda: ending.give_notice(contract.pk, dead, by=town.provider, today=NOTICE)) == {
        "a_death_is_not_the_tenants_own_reason"
    }


# --- R-0-20: the agreement to move out -------------------------------------------------------------------------------


@pytest.mark.rule("R-0-20")
def test_nobody_moves_out_before_the_agreement_is_signed(town):
    contract = a_contract(town, "notice_given")
    assert lacking(lambda: move_out(town, contract)) == {"the_move_out_agreement_is_signed"}
    assert Occupancy.objects.get().to_on is None
    sign_move_out(town, contract)
    assert move_out(town, contract).state == "moved_out"


@pytest.mark.rule("R-0-20")
def test_the_agreement_is_signed_on_the_tenants_own_original(town):
    contract, other = a_contract(town, "notice_given"), a_contract(town, "notice_given")
    wrong = [code_of(contract, Holder.MUNICIPALITY), code_of(other, Holder.TENANT), "", "K-2026-999999-A"]
    for code in wrong:
        assert "hyresgästens original" in told(lambda c=code: sign_move_out(town, contract, code=c or " "))
    assert not Signature.objects.filter(signed_for="move_out").exists()
    sign_move_out(town, contract)
    on = Signature.objects.get(signed_for="move_out").original
    assert (on.case_id, on.holder, on.kind) == (contract.pk, "tenant", "contract")
    printed = Document.objects.get(case=contract, kind="move_out_agreement")
    assert printed.sheet["code"] == on.code


@pytest.mark.rule("R-0-20")
@pytest.mark.parametrize("on", [NOTICE - A_DAY, DAYS["agreed"] + A_DAY])
def test_the_agreement_is_not_signed_before_the_notice_nor_after_today(town, on):
    contract = a_contract(town, "notice_given")
    assert lacking(lambda: sign_move_out(town, contract, on=on, today=DAYS["agreed"])) == {
        "the_agreement_is_signed_after_notice"
    }


@pytest.mark.rule("R-0-20")
def test_every_tenant_signs_the_agreement_and_after_the_notice(town):
    contract = a_contract(town, "notice_given", category="couple", tenants=2)
    one, other = signing.tenants_of(contract)
    alone = {one: Signing("tenant", DAYS["agreed"])}
    assert lacking(lambda: sign_move_out(town, contract, signings=alone)) >= {"the_move_out_agreement_is_signed"}
    early = {**alone, other: Signing("tenant", NOTICE - A_DAY)}
    assert lacking(lambda: sign_move_out(town, contract, signings=early)) == {"the_agreement_is_signed_after_notice"}
    strangers = {**signed_by_all(contract, DAYS["agreed"]), **signed_by_all(a_contract(town), DAYS["agreed"])}
    assert "Bara kontraktets hyresgäster" in told(lambda: sign_move_out(town, contract, signings=strangers))
    assert sign_move_out(town, contract)


@pytest.mark.rule("R-0-20")
def test_who_acts_for_the_estate_signs_for_the_dead_tenant(town):
    contract = a_contract(town, "active")
    acts = RepresentativeInput(
        "Anna Nyberg", "estate", "Bouppteckning den 1 februari 2027", NOTICE,
        street="Lindgatan 8", postal_code="59098", city="Ekstad",
    )  # fmt: skip
    give_notice(town, contract, notice_by="estate", reason="died", died_on=NOTICE - A_DAY, representative=acts)
    sign_move_out(town, contract, signings=signed_by_all(contract, DAYS["agreed"], Capacity.REPRESENTATIVE))
    signature = Signature.objects.get(signed_for="move_out")
    assert (signature.signer_name, signature.representative.authority) == ("Anna Nyberg", "estate")


@pytest.mark.rule("R-0-20")
def test_only_the_manager_decides_that_nobody_can_sign_and_says_why(town):
    contract = a_contract(town, "notice_given")
    decide = lambda by, reason="Vägrar.": ending.record_obstacle(  # noqa: E731
        contract.pk, reason=reason, by=by, today=DAYS["agreed"]
    )
    for by in (town.provider, town.administrator, town.caseworker):
        with pytest.raises(NotYours):
            decide(by)
    assert "Skriv varför" in told(lambda: decide(town.manager, "  "))
    decide(town.manager)
    assert StepLog.objects.get(case=contract, step="record_obstacle").note == "Vägrar."
    assert Deadline.objects.get(case=contract, kind="contracts.agreement").status == "met"
    assert move_out(town, contract).state == "moved_out"


@pytest.mark.rule("R-0-20")
@pytest.mark.rule("R-0-21")
def test_after_an_obstacle_the_original_is_not_waited_for_but_filed_if_it_comes(town):
    contract = a_contract(town, "notice_given")
    ending.record_obstacle(contract.pk, reason="Vägrar.", by=town.manager, today=DAYS["agreed"])
    move_out(town, contract)
    assert not Deadline.objects.filter(case=contract, kind="contracts.tenants_original").exists()
    assert "the_tenants_original_is_archived" not in lacking(lambda: close(town, contract))
    code = code_of(contract, Holder.TENANT)
    assert signing.receive_sheet(code=code, shelf="B1", by=town.administrator, today=LEFT).state == "archived"


# --- R-0-19, R-0-22: moving out --------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-19")
def test_the_four_dates_come_in_order_whatever_the_door(town):
    contract = a_contract(town, "agreed")
    assert lacking(lambda: move_out(town, contract, on=NOTICE - A_DAY, closing_on=LEFT)) == {
        "nobody_moves_out_before_notice"
    }
    assert lacking(lambda: move_out(town, contract, closing_on=LEFT - A_DAY)) == {"nothing_closes_before_moving_out"}
    for change in (
        {"moved_out_on": NOTICE - A_DAY},
        {"moved_out_on": LEFT, "closing_on": LEFT - A_DAY},
        {"closing_on": LEFT},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ending.objects.update(**change)


@pytest.mark.rule("R-0-19")
def test_a_move_is_recorded_when_it_has_happened(town):
    contract = a_contract(town, "agreed")
    assert lacking(lambda: move_out(town, contract, on=LEFT + A_DAY)) == {"the_move_out_has_happened"}


@pytest.mark.rule("R-0-19")
@pytest.mark.parametrize("missing", ["moved_out_on", "closing_on", "reason"])
def test_a_move_has_its_dates_and_its_reason(town, missing):
    contract = a_contract(town, "agreed")
    fields = {"moved_out_on": LEFT, "closing_on": LEFT, "reason": "other", "left_property": False}
    fields |= {missing: "" if missing == "reason" else None}
    if missing == "moved_out_on":
        fields["closing_on"] = None
    assert lacking(lambda: by_another_door(town, contract, "move_out", LEFT, **fields)) == {"the_ending_is_complete"}


@pytest.mark.rule("R-0-19")
@pytest.mark.rule("R-0-22")
def test_the_dwelling_is_held_until_the_closing_date(town):
    left = LEFT - 10 * A_DAY  # the notice time runs to the end of May
    move_out(town, a_contract(town, "agreed"), on=left, today=LEFT, closing_on=LEFT)
    assert Occupancy.objects.get().to_on == LEFT


@pytest.mark.rule("R-0-19")
def test_a_closing_date_long_after_the_end_is_a_slip_of_the_pen(town):
    agreed = a_contract(town, "agreed")
    assert lacking(lambda: move_out(town, agreed, closing_on=LEFT + A_DAY)) == {
        "the_tenancy_is_not_closed_after_its_time"
    }
    later = LEFT + 5 * A_DAY  # who stays longer is charged longer
    assert move_out(town, agreed, on=later, today=later, closing_on=later)


@pytest.mark.rule("R-0-19")
def test_the_manager_takes_a_move_out_back_and_all_is_recorded_anew(town):
    contract = a_contract(town, "billed")
    undo = lambda by: ending.undo_move_out(contract.pk, reason="fel dag", by=by, today=LEFT)  # noqa: E731
    with pytest.raises(NotYours):
        undo(town.administrator)
    assert undo(town.manager).state == "notice_given"
    end = Contract.objects.get(pk=contract.pk).ending
    assert (end.moved_out_on, end.closing_on, end.billing_notified_on, end.last_charged_on) == (None,) * 4
    assert Occupancy.objects.get().to_on is None
    assert move_out(town, contract).state == "moved_out"


@pytest.mark.rule("R-0-19")
def test_the_manager_opens_a_closed_case_again(town):
    contract = a_contract(town, "closed")
    again = ending.reopen(contract.pk, reason="fel", by=town.manager, today=DAYS["closed"])
    assert (again.state, again.outcome, again.closed_on) == ("moved_out", "", None)
    assert close(town, contract).outcome == "other_care"


@pytest.mark.rule("R-0-19")
def test_an_agreed_last_day_is_not_before_the_notice(town):
    contract = a_contract(town, "active")
    assert lacking(lambda: give_notice(town, contract, agreed_end_on=NOTICE - A_DAY)) == {
        "the_agreed_end_comes_after_the_notice"
    }
    assert give_notice(town, contract, agreed_end_on=NOTICE)


@pytest.mark.rule("R-0-27")
def test_rent_is_charged_until_the_tenancy_ends_and_the_day_is_said(town):
    contract = a_contract(town, "moved_out")
    bill = lambda on: ending.notify_billing(contract.pk, last_charged_on=on, by=town.administrator, today=LEFT)  # noqa: E731
    for too_early in (date(2026, 1, 1), LEFT - A_DAY):
        assert lacking(lambda: bill(too_early)) == {"rent_is_charged_until_the_tenancy_ends"}  # noqa: B023
    assert "till och med 31 maj 2027" in told(lambda: bill(LEFT - A_DAY))
    assert contract.ending.last_charged_on is None
    assert bill(LEFT)


@pytest.mark.rule("R-0-27")
def test_rent_is_owed_no_longer_than_both_agreed(town):
    contract = a_contract(town, "moved_out")
    Ending.objects.update(agreed_end_on=LEFT - 3 * A_DAY, moved_out_on=LEFT - 2 * A_DAY)  # stayed a day longer
    bill = lambda on: ending.notify_billing(contract.pk, last_charged_on=on, by=town.administrator, today=LEFT)  # noqa: E731
    assert lacking(lambda: bill(LEFT - 3 * A_DAY)) == {"rent_is_charged_until_the_tenancy_ends"}
    assert bill(LEFT - 2 * A_DAY)


@pytest.mark.rule("R-0-19")
def test_nobody_closes_before_moving_in(town):
    contract = a_contract(town, "signed", move_in=DAYS["signed"] + 30 * A_DAY)
    on = DAYS["signed"] + A_DAY
    give_notice(town, contract, on=on, today=on, planned_move_out_on=on)
    sign_move_out(town, contract, on=on, today=on)
    assert lacking(lambda: move_out(town, contract, on=on, today=on, closing_on=contract.move_in_on)) == {
        "nobody_moves_out_before_moving_in"
    }
    assert move_out(town, contract, on=contract.move_in_on, today=contract.move_in_on)


# --- R-0-21: the tenant's original -----------------------------------------------------------------------------------


@pytest.mark.rule("R-0-21")
def test_the_tenants_original_comes_back_and_is_chased(town):
    contract = a_contract(town, "moved_out")
    due = Deadline.objects.get(case=contract, kind="contracts.tenants_original")
    assert (due.status, due.due_on, due.department) == ("open", date(2027, 6, 14), town.ronngarden)
    assert "the_tenants_original_is_archived" in lacking(lambda: close(town, contract))
    issuing.remind_provider(contract.pk, by=town.administrator, today=due.due_on + A_DAY)
    missing = Document.objects.get(case=contract, kind="reminder").data["missing"]
    assert [sheet["code"] for sheet in missing] == [code_of(contract, Holder.TENANT)]
    ending.send_back_tenants_original(contract.pk, sent_back_on=LEFT, by=town.provider, today=due.due_on)
    with pytest.raises(WrongState):
        ending.send_back_tenants_original(contract.pk, sent_back_on=LEFT, by=town.provider, today=due.due_on)
    signing.receive_sheet(code=code_of(contract, Holder.TENANT), shelf="B13", by=town.administrator, today=due.due_on)
    assert "the_tenants_original_is_archived" not in lacking(lambda: close(town, contract))
    assert not Deadline.objects.still_open().filter(case=contract, kind__startswith="contracts.tenants").exists()


@pytest.mark.rule("R-0-21")
def test_a_day_to_come_is_no_day_of_sending(town):
    contract = a_contract(town, "moved_out")
    assert "efter idag" in told(
        lambda: ending.send_back_tenants_original(contract.pk, sent_back_on=LEFT + A_DAY, by=town.provider, today=LEFT)
    )


# --- R-4-20: two acts ------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-4-20")
def test_ending_the_tenancy_does_not_end_the_grant(town):
    contract = a_contract(town, "billed")
    assert Grant.objects.get().ended_on is None
    assert "the_grant_is_settled" in said(contract, "give_notice") & said(contract, "move_out")
    assert lacking(lambda: close(town, contract)) == {"the_grant_is_settled"}
    due = Deadline.objects.get(case=contract, kind="contracts.grant")
    assert due.status == "open"
    ending.end_grant(
        contract.pk, continues=False, ended_on=LEFT, number="B-2027-1", by=town.caseworker, today=DAYS["closed"]
    )
    due.refresh_from_db()
    assert (due.status, close(town, contract).state) == ("met", "closed")


@pytest.mark.rule("R-4-20")
def test_ending_the_grant_does_not_end_the_tenancy_and_that_is_said(town):
    contract = a_contract(town, "active")
    ending.end_grant(contract.pk, continues=False, ended_on=NOTICE, number="B-1", by=town.caseworker, today=NOTICE)
    contract.refresh_from_db()
    assert (contract.state, contract.term_to) == ("active", None)
    assert said(contract, "end_grant") == {"the_tenancy_is_ended_too"}
    assert Occupancy.objects.get().to_on is None


@pytest.mark.rule("R-4-20")
def test_a_grant_ends_by_a_decision_with_a_day_and_a_number(town):
    contract = a_contract(town, "active")
    end = lambda **how: ending.end_grant(  # noqa: E731
        contract.pk, continues=False, by=town.caseworker, today=NOTICE, **how
    )
    assert "Ange beslutet" in told(lambda: end(number="B-1"))
    assert "Ange beslutet" in told(lambda: end(ended_on=NOTICE))
    assert "innan det beslutades" in told(lambda: end(ended_on=date(2026, 9, 10), number="B-1"))
    assert "mer än ett år fram" in told(lambda: end(ended_on=date(2030, 1, 1), number="B-1"))
    with pytest.raises(NotYours):
        ending.end_grant(contract.pk, continues=True, by=town.provider, today=NOTICE)
    for change in ({"ended_on": NOTICE}, {"ended_on": date(2026, 1, 1), "ending_number": "B-1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.update(**change)


@pytest.mark.rule("R-4-20")
def test_a_grant_that_goes_on_somewhere_else_is_settled(town):
    contract = a_contract(town, "billed")
    ending.end_grant(contract.pk, continues=True, by=town.caseworker, today=DAYS["closed"])
    assert Grant.objects.get().ended_on is None
    assert close(town, contract).state == "closed"


# --- R-4-19: property left behind ------------------------------------------------------------------------------------


def left(town, **changes):
    contract = a_contract(town, "agreed")
    move_out(town, contract, left_property=True)
    given = {"found_on": LEFT, "inventory": "En byrå", "has_value": True, "stored_at": "Källaren",
             "keep_until": KEPT}  # fmt: skip
    if changes.pop("listed", True):
        listing = ending.PropertyInput(**given | changes)
        ending.record_property(contract.pk, listing, by=town.provider, today=LEFT)
    return contract


def decide(town, contract, decision, on, notified_on=None):
    return ending.decide_property(
        contract.pk, decision=decision, notified_on=notified_on, by=town.administrator, today=on
    )


@pytest.mark.rule("R-4-19")
def test_whether_something_was_left_is_answered_at_the_move(town):
    contract = a_contract(town, "agreed")
    assert lacking(lambda: move_out(town, contract, left_property=None)) == {"it_is_known_if_property_was_left"}


@pytest.mark.rule("R-4-19")
def test_what_was_left_is_listed_before_it_is_decided_on_and_the_case_waits_for_it(town):
    contract = left(town, listed=False)
    assert lacking(lambda: decide(town, contract, "returned", LEFT)) == {"property_left_behind_is_listed"}
    assert "property_left_behind_is_decided" in lacking(lambda: close(town, contract))
    due = Deadline.objects.get(case=contract, kind="contracts.property")
    assert due.status == "open"
    listing = ending.PropertyInput(LEFT, "En byrå", False, "Källaren", KEPT)
    ending.record_property(contract.pk, listing, by=town.provider, today=LEFT)
    decide(town, contract, "returned", LEFT)
    due.refresh_from_db()
    assert due.status == "met"
    assert "property_left_behind_is_decided" not in lacking(lambda: close(town, contract))


@pytest.mark.rule("R-4-19")
@pytest.mark.parametrize("decision", ["disposed", "sold"])
def test_nothing_is_disposed_of_before_the_owner_is_told_and_the_time_is_over(town, decision):
    contract = left(town)
    over = KEPT + A_DAY
    assert "Ägaren ska vara underrättad" in told(lambda: decide(town, contract, decision, over))
    assert "förvarad" in told(lambda: decide(town, contract, decision, over - A_DAY, notified_on=LEFT))
    assert "efter idag" in told(lambda: decide(town, contract, decision, over, notified_on=over + A_DAY))
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by any other door
        AbandonedProperty.objects.update(decision=decision, decided_on=over, decided_by=town.manager.staff_id)
    done = decide(town, contract, decision, over, notified_on=LEFT).abandoned_property
    assert (done.decision, done.decided_on, done.decided_by_id) == (decision, over, town.administrator.staff_id)


@pytest.mark.rule("R-4-19")
def test_a_decision_on_property_is_one_of_three_and_has_a_day_and_a_person(town):
    contract = left(town)
    assert "Välj vad som händer" in told(lambda: decide(town, contract, "", LEFT))
    assert "Välj vad som händer" in told(lambda: decide(town, contract, "burnt", LEFT))
    with pytest.raises(IntegrityError), transaction.atomic():
        AbandonedProperty.objects.update(decision="returned")
    assert "efter idag" in told(lambda: left(town, notified_on=LEFT + A_DAY))


# --- R-0-27: billing -------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-27")
def test_billing_is_told_and_nobody_is_charged_after_the_closing_date(town):
    contract = a_contract(town, "all_back")
    due = Deadline.objects.get(case=contract, kind="contracts.billing")
    assert (due.status, due.due_on) == ("open", date(2027, 6, 3))  # three working days
    assert "billing_is_told" in lacking(lambda: close(town, contract))
    tell = lambda day: ending.notify_billing(  # noqa: E731
        contract.pk, last_charged_on=day, by=town.administrator, today=DAYS["billed"]
    )
    assert lacking(lambda: tell(LEFT + A_DAY)) == {"nobody_is_charged_after_closing"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Ending.objects.update(last_charged_on=LEFT + A_DAY)
    tell(LEFT)
    due.refresh_from_db()
    assert (due.status, contract.ending.last_charged_on) == ("met", LEFT)
    assert "billing_is_told" not in lacking(lambda: close(town, contract))


@pytest.mark.rule("R-0-27")
def test_billing_is_not_told_without_the_last_charged_day(town):
    contract = a_contract(town, "all_back")
    assert lacking(
        lambda: by_another_door(town, contract, "notify_billing", DAYS["billed"], billing_notified_on=DAYS["billed"])
    ) == {"billing_is_told"}  # fmt: skip


@pytest.mark.rule("R-0-27")
def test_the_way_to_the_manual_of_billing_is_a_setting(town):
    Setting.objects.create(key="contracts.billing_manual", from_on=LEFT, value="https://intranet.example/debitering")
    assert resolve("contracts.billing_manual", LEFT, town.vof.pk).value.startswith("https://")


# --- closing ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-19")
@pytest.mark.rule("R-0-21")
@pytest.mark.rule("R-0-27")
def test_a_case_is_closed_when_everything_is_done_and_not_before(town):
    contract = a_contract(town, "moved_out")
    assert lacking(lambda: close(town, contract)) == {
        "the_tenants_original_is_archived", "billing_is_told", "the_grant_is_settled",
    }  # fmt: skip
    done = a_contract(town, "closed")
    assert (done.outcome, done.closed_on) == ("other_care", DAYS["closed"])


@pytest.mark.rule("R-0-19")
def test_a_case_is_not_closed_before_its_closing_date(town):
    contract = a_contract(town, "grant_ended")
    Ending.objects.update(closing_on=DAYS["closed"] + A_DAY)
    assert lacking(lambda: close(town, contract)) == {"the_closing_date_has_come"}


@pytest.mark.rule("R-0-19")
def test_a_case_without_its_dates_is_not_closed(town):
    contract = a_contract(town, "grant_ended")
    Ending.objects.update(last_charged_on=None, closing_on=None, moved_out_on=None)
    assert lacking(lambda: close(town, contract)) >= {"the_ending_is_complete"}


@pytest.mark.rule("R-0-17")
@pytest.mark.rule("R-0-14")
def test_a_case_is_not_closed_while_the_municipalitys_own_papers_are_out(town):
    contract = a_contract(town, "signed", category="bpsd")
    on = DAYS["signed"]
    give_notice(town, contract, on=on, today=on, planned_move_out_on=MOVE_IN)
    sign_move_out(town, contract, on=on, today=MOVE_IN)
    move_out(town, contract, on=MOVE_IN, today=MOVE_IN)
    assert lacking(lambda: close(town, contract)) >= {
        "the_municipal_original_is_archived", "the_municipal_annexes_are_archived",
    }  # fmt: skip
    for code in sorted(Original.objects.filter(holder="municipality").values_list("code", flat=True)):
        signing.receive_sheet(code=code, shelf="B1", by=town.administrator, today=MOVE_IN)
    assert not lacking(lambda: close(town, contract)) & {
        "the_municipal_original_is_archived", "the_municipal_annexes_are_archived",
    }  # fmt: skip
