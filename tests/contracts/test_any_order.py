"""Contracts driven in any order, with any papers and dates: what is refused is refused in words, and all adds up.

Hypothesis chooses who does what next. Beside the database runs a small model of the routine, written by hand and not
from the graph. Runs the same way every time; `HYPOTHESIS_PROFILE=wild` lets it look further.
"""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bostad.casework import sweep
from bostad.casework.models import Case, Deadline, StepLog
from bostad.casework.refusals import StepNotTaken
from bostad.documents import letters
from bostad.documents.models import Document, Letter, Original
from bostad.housing.models import Dwelling, Occupancy
from contracts.models import Contract, Signature
from contracts.services import ending, issuing, ordering, signing
from contracts.services.signing import Signing
from tests import machines
from tests.making import (  # fmt: skip
    DAYS,
    MOVE_IN,
    WAY,
    a_contract,
    a_decision,
    a_dwelling,
    a_move_out,
    a_notice,
    a_registration,
    an_order,
    codes,
    signed_by_all,
    terms,
    the_worker,
)
from tests.town import TODAY, Town, a_town

# What each act leads to, and from where. Written from the routine's text; the graph of the code is not asked.
PAPERS = {"issued", "dispatched", "signed", "active", "notice_given", "moved_out"}
LEADS: dict[str, tuple[set[str], str | None]] = {
    "edit": ({"registered", "returned"}, None),
    "order": ({"registered", "returned"}, "ordered"),
    "recall": ({"ordered"}, "registered"),
    "return": ({"ordered"}, "returned"),
    "issue": ({"ordered"}, "issued"),
    "sign for the municipality": ({"issued"}, None),
    "post": ({"issued"}, "dispatched"),
    "replace": ({"issued", "dispatched"}, "issued"),
    "receive": ({"dispatched"}, None),
    "sign": ({"dispatched"}, "signed"),
    "hand over": ({"signed", "notice_given"}, None),
    "send back": ({"signed", "notice_given", "moved_out"}, None),
    "file": ({"signed", "active", "notice_given", "moved_out"}, None),
    "remind": ({"dispatched", "signed", "notice_given", "moved_out"}, None),
    "tell the owner": ({"issued", "dispatched", "signed", "active", "notice_given"}, None),
    "give notice": ({"signed", "active"}, "notice_given"),
    "withdraw notice": ({"notice_given"}, "signed"),
    "sign move-out": ({"notice_given"}, None),
    "obstacle": ({"notice_given"}, None),
    "move out": ({"notice_given"}, "moved_out"),
    "send back the last": ({"moved_out"}, None),
    "end grant": ({"signed", "active", "notice_given", "moved_out"}, None),
    "bill": ({"moved_out"}, None),
    "close": ({"moved_out"}, "closed"),
    "cancel": ({"registered", "ordered", "returned", "issued", "dispatched"}, "cancelled"),
    "withdraw": ({"registered", "returned"}, "cancelled"),
}
DOINGS = [*["what is due"] * len(LEADS), *sorted(LEADS)]
ONWARDS = {
    "registered": ["order"],
    "returned": ["order"],
    "ordered": ["issue"],
    "issued": ["sign for the municipality", "post"],
    "dispatched": ["receive", "sign"],
    "signed": ["hand over", "file"],
    "active": ["give notice"],
    "notice_given": ["sign move-out", "move out"],
    "moved_out": ["send back the last", "file", "bill", "end grant", "close"],
}


class Contracts(RuleBasedStateMachine):
    """Two dwellings, and whoever wants to live there. Small numbers, so that they get in each other's way."""

    town: Town
    dwellings: list[Dwelling]

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.town = a_town()
        self.dwellings = [a_dwelling(self.town), a_dwelling(self.town, electricity_included=False)]
        self.today: date = TODAY
        self.made: dict[int, str] = {}  # the model: contract and state
        self.frozen: dict[int, Any] = {}  # documents as they were when first seen

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    # --- what happens ----------------------------------------------------------------------------------------------

    @initialize(so_far=st.sampled_from(WAY))
    def somebody_lives_there(self, so_far: str) -> None:
        """One contract on its way, so that the end of the routine is tried as much as its beginning."""
        contract = a_contract(self.town, so_far, dwelling=self.dwellings[0])
        self.made[contract.pk], self.today = contract.state, DAYS[so_far]
        self.register(1, (self.today - TODAY).days)

    @rule(where=st.integers(0, 1), days=st.integers(-20, 400))
    def register(self, where: int, days: int) -> None:
        move_in = MOVE_IN + timedelta(days=days)
        taken = Occupancy.objects.filter(dwelling=self.dwellings[where]).overlapping(move_in).exists()
        wanted = a_registration(self.dwellings[where], move_in=move_in, decision=None)
        decided = replace(wanted, decision=_decided(self.today))
        made = self.attempt(lambda: ordering.register(decided, by=self.town.provider, today=self.today))
        assert bool(made) != taken
        if made:
            self.made[made.pk] = "registered"

    @rule(days=st.sampled_from([0, 0, 1, 3, 20, 100, 300]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)
        the_worker(self.today)
        sweep.sweep(self.today)

    @rule(day=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(DOINGS), st.booleans()), min_size=4, max_size=8))
    def a_day_at_work(self, day: list[tuple[int, str, bool]]) -> None:
        """Mostly what is due comes next, or nobody would ever get as far as moving out."""
        for which, act, whole in day:
            pk = sorted(self.made)[which % len(self.made)]
            for each in ONWARDS.get(self.made[pk], []) if act == "what is due" else [act]:
                self.act(pk, each, whole=whole or act == "what is due")
            self.today += timedelta(days=1)

    # --- how -------------------------------------------------------------------------------------------------------

    def act(self, pk: int, act: str, *, whole: bool) -> None:
        before, (sources, target) = self.made[pk], LEADS[act]
        contract = Contract.objects.get(pk=pk)
        if act in ("sign for the municipality", "post"):
            self.print(contract)
        done = self.attempt(lambda: getattr(self, f"_{act.replace(' ', '_').replace('-', '_')}")(contract, whole))
        if done is None:
            assert Contract.objects.get(pk=pk).state == before
            return
        assert before in sources, (act, before)
        after = Contract.objects.get(pk=pk).state
        if (target or before) == "signed" and after == "active":  # the last paper was in its place
            assert act in ("hand over", "file", "withdraw notice")
        else:
            assert after == (target or before), act
        self.made[pk] = after

    def attempt(self, do: Any) -> Any:
        """What it gave, or None if it was refused. Any other error is a fault, and so is a refusal without words."""
        try:
            with transaction.atomic():
                return do() or True
        except StepNotTaken as refusal:
            assert refusal.sentence
            return None

    def print(self, contract: Contract) -> None:
        the_worker(self.today)
        queued = list(Letter.objects.filter(case=contract.pk, state="queued").values_list("pk", flat=True))
        self.attempt(lambda: letters.print_letters(letters=queued, by=self.town.administrator, today=self.today))
        the_worker(self.today)

    @property
    def by_provider(self) -> dict[str, Any]:
        return {"by": self.town.provider, "today": self.today}

    @property
    def by_office(self) -> dict[str, Any]:
        return {"by": self.town.administrator, "today": self.today}

    def _edit(self, it: Contract, whole: bool) -> Any:
        new = a_registration(self.dwellings[0 if whole else 1], move_in=it.move_in_on, decision=_decided(self.today))
        return ordering.edit(it.pk, new, **self.by_provider)

    def _order(self, it: Contract, whole: bool) -> Any:
        return ordering.order(it.pk, an_order(confirmed=whole), **self.by_provider)

    def _recall(self, it: Contract, whole: bool) -> Any:
        return ordering.recall_order(it.pk, reason="fel", **self.by_provider)

    def _return(self, it: Contract, whole: bool) -> Any:
        return ordering.return_for_completion(it.pk, missing="mer", **self.by_office)

    def _issue(self, it: Contract, whole: bool) -> Any:
        term = None if whole else it.move_in_on + timedelta(days=280)
        return issuing.issue(it.pk, terms(self.town, it, term_to=term), **self.by_office)

    def _sign_for_the_municipality(self, it: Contract, whole: bool) -> Any:
        return issuing.sign_for_municipality(it.pk, signed_on=self.today, **self.by_office)

    def _post(self, it: Contract, whole: bool) -> Any:
        return issuing.dispatch(it.pk, posted_on=self.today if whole else TODAY, **self.by_office)

    def _replace(self, it: Contract, whole: bool) -> Any:
        return issuing.replace_sheets(it.pk, reason="borta", **self.by_office)

    def _receive(self, it: Contract, whole: bool) -> Any:
        known = sorted(codes(it, "contract")) or ["x", "y"]
        first, second = known if whole else (known[0], known[0])
        return signing.acknowledge_receipt(
            it.pk, first=first, second=second, received_on=self.today, **self.by_provider
        )

    def _sign(self, it: Contract, whole: bool) -> Any:
        signed = codes(it) if whole else set(sorted(codes(it))[:1])
        return signing.record_signatures(
            it.pk, step="record_signatures", signings=signed_by_all(it, self.today), codes=signed, **self.by_provider
        )

    def _hand_over(self, it: Contract, whole: bool) -> Any:
        on = self.today if whole else self.today - timedelta(days=30)
        return signing.hand_over_original(it.pk, handed_over_on=on, **self.by_provider)

    def _send_back(self, it: Contract, whole: bool) -> Any:
        return signing.send_back_original(it.pk, sent_back_on=self.today, **self.by_provider)

    def _file(self, it: Contract, whole: bool) -> Any:
        out = set(Original.objects.filter(case=it.pk).exclude(state="archived").values_list("code", flat=True))
        code = (max if whole else min)(codes(it, "contract") & out or {"K-2026-000000-A"})  # B is the municipality's
        return signing.receive_sheet(code=code, shelf="B1", **self.by_office)

    def _remind(self, it: Contract, whole: bool) -> Any:
        return issuing.remind_provider(it.pk, **self.by_office)

    def _tell_the_owner(self, it: Contract, whole: bool) -> Any:
        if whole:
            return issuing.notify_owner(it.pk, **self.by_office)
        self.print(it)
        return issuing.owner_was_notified(it.pk, posted_on=self.today, **self.by_office)

    def _give_notice(self, it: Contract, whole: bool) -> Any:
        notice = a_notice(self.today, planned_move_out_on=self.today + timedelta(days=30 if whole else -1))
        return ending.give_notice(it.pk, notice, **self.by_provider)

    def _withdraw_notice(self, it: Contract, whole: bool) -> Any:
        return ending.withdraw_notice(it.pk, reason="stannar", **self.by_office)

    def _sign_move_out(self, it: Contract, whole: bool) -> Any:
        code = next(iter(codes(it, "contract", holder="tenant" if whole else "municipality")), "")
        signings: dict[int, Signing] = signed_by_all(it, self.today)
        return ending.sign_move_out(it.pk, code=code, signings=signings, **self.by_provider)

    def _obstacle(self, it: Contract, whole: bool) -> Any:
        return ending.record_obstacle(
            it.pk, reason="vill inte" if whole else " ", by=self.town.manager, today=self.today
        )

    def _move_out(self, it: Contract, whole: bool) -> Any:
        closing = self.today if whole else self.today - timedelta(days=1)
        return ending.move_out(
            it.pk, a_move_out(self.today, closing_on=max(closing, it.move_in_on)), **self.by_provider
        )

    def _send_back_the_last(self, it: Contract, whole: bool) -> Any:
        return ending.send_back_tenants_original(it.pk, sent_back_on=self.today, **self.by_provider)

    def _end_grant(self, it: Contract, whole: bool) -> Any:
        return ending.end_grant(
            it.pk,
            continues=not whole,
            ended_on=self.today if whole else None,
            number="B-1" if whole else "",
            **self.by_office,
        )

    def _bill(self, it: Contract, whole: bool) -> Any:
        last = it.ending.closing_on if it.ending and it.ending.closing_on else self.today
        return ending.notify_billing(it.pk, last_charged_on=last + timedelta(days=0 if whole else 1), **self.by_office)

    def _close(self, it: Contract, whole: bool) -> Any:
        return ending.close(it.pk, **self.by_office)

    def _cancel(self, it: Contract, whole: bool) -> Any:
        return ordering.call_off(it.pk, "cancel", reason="…", **self.by_office)

    def _withdraw(self, it: Contract, whole: bool) -> Any:
        return ordering.call_off(it.pk, "withdraw", reason="…", **self.by_provider)

    # --- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def the_database_says_what_the_model_and_the_last_log_say(self) -> None:
        states = dict(Case.objects.values_list("pk", "state"))
        assert states == self.made
        for pk, state in states.items():
            assert StepLog.objects.filter(case=pk).latest("id").target == state

    @invariant()
    def a_dwelling_has_one_tenancy_at_a_time(self) -> None:
        for dwelling in self.dwellings:
            held = list(Occupancy.objects.in_force().filter(dwelling=dwelling).order_by("from_on"))
            for earlier, later in itertools.pairwise(held):
                assert earlier.to_on is not None and earlier.to_on < later.from_on
        for contract in Contract.objects.select_related("occupancy"):
            assert contract.occupancy.voided == (contract.state == "cancelled")
            assert contract.occupancy.dwelling_id == contract.dwelling_id

    @invariant()
    def a_closed_contract_has_nothing_left_to_do(self) -> None:
        left = Deadline.objects.still_open().filter(case__state__in=["closed", "cancelled"])
        assert set(left.values_list("kind", flat=True)) <= {"contracts.end_sharing", "contracts.recalled"}
        open_cases = {pk for pk, state in self.made.items() if state not in ("closed", "cancelled")}
        assert set(Case.objects.filter(closed_on=None).values_list("pk", flat=True)) == open_cases

    @invariant()
    def what_is_frozen_stays_and_both_originals_say_the_same(self) -> None:
        for document in Document.objects.values("pk", "kind", "data", "sheet", "template", "sha256"):
            known = self.frozen.setdefault(document["pk"], document)
            assert known | {"sha256": ""} == document | {"sha256": ""}
            assert known["sha256"] in ("", document["sha256"])
            self.frozen[document["pk"]] = document
        for pk, state in self.made.items():
            sheets = list(Original.objects.filter(case=pk).valid().select_related("document"))
            originals = [sheet.document for sheet in sheets if sheet.kind == "contract"]
            assert len(originals) == (2 if state in PAPERS | {"closed"} else 0)
            assert len({str(original.data) for original in originals}) <= 1
            assert len({original.template_id for original in originals}) <= 1

    @invariant()
    def nobody_signs_before_the_municipality(self) -> None:
        for signature in Signature.objects.select_related("original"):
            first = (
                signature.original.movements.filter(state="signed_for_municipality").values_list("on", flat=True).last()
            )
            assert first is not None and first <= signature.signed_on


def _decided(today: date) -> Any:
    return a_decision(decided_on=min(today, date(2026, 9, 11)))


@pytest.mark.rule("R-0-22")
@pytest.mark.django_db
@pytest.mark.usefixtures("fast_files")
def test_in_whatever_order_things_happen_the_routine_holds():
    machines.run(Contracts)
