"""Referrals and offers driven in any order: what is refused is refused in words, and all adds up.

Hypothesis chooses who does what next. Beside the database runs a small model of the routine, written by hand and not
from the graph. Runs the same way every time; `HYPOTHESIS_PROFILE=wild` lets it look further.
"""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bostad.casework.models import Deadline, StepLog
from bostad.casework.refusals import StepNotTaken
from bostad.casework.sweep import sweep
from bostad.housing.models import Dwelling
from referrals import content
from referrals.models import Offer
from referrals.services import household, offering, validity, writing
from referrals.services.deciding import DecisionInput
from referrals.states import LIVE
from tests import machines
from tests.referrals import making
from tests.referrals.making import DAYS, Making
from tests.referrals.town import Referring, a_home, a_referring_town
from tests.town import a_town

IN_FORCE = {"registered", "offered", "accepted"}
ENDED = {"housed", "superseded", "expired", "ceased", "withdrawn"}

# What each act leads to, and from where. Written from the routine's text; the graph of the code is not asked.
LEADS: dict[str, tuple[set[str], str | None]] = {
    "write": ({"draft", "returned"}, None),
    "a child": ({"draft", "returned", *IN_FORCE}, None),
    "approve": ({"draft", "returned"}, "approved"),
    "sign": ({"approved"}, "signed"),
    "send back": ({"approved"}, "draft"),
    "change": ({"approved", "signed"}, "draft"),
    "submit": ({"signed"}, "submitted"),
    "ask completion": ({"submitted"}, "returned"),
    "register": ({"submitted"}, "registered"),
    "offer": ({"registered"}, "offered"),
    "suitable": ({"offered"}, None),
    "unsuitable": ({"offered"}, "registered"),
    "book": ({"offered", "accepted"}, None),
    "accept": ({"offered"}, "accepted"),
    "decline": ({"offered", "accepted"}, "registered"),
    "take back": ({"offered", "accepted"}, "registered"),
    "allow another": ({"registered"}, None),
    "begin extension": (IN_FORCE, None),
    "extend": (IN_FORCE, None),
    "let run out": (IN_FORCE, None),
    "lease": ({"accepted"}, "lease_signed"),
    "house": ({"lease_signed"}, "housed"),
    "cease": ({"submitted", "returned", *IN_FORCE}, "ceased"),
    "withdraw": ({"draft", "approved", "signed", "submitted", "returned", *IN_FORCE}, "withdrawn"),
}
ONWARDS = {
    "draft": ["approve"],
    "returned": ["approve"],
    "approved": ["sign"],
    "signed": ["submit"],
    "submitted": ["register"],
    "registered": ["offer"],
    "offered": ["suitable", "book", "accept"],
    "accepted": ["lease"],
    "lease_signed": ["house"],
}
ACTS = sorted(LEADS)
ENDINGS = {"cease", "withdraw"}  # possible nearly always: now and then, or nothing would go on
CHOICES = ("what is due", *["something possible"] * 5, "anything")
SUCCEEDED: Counter[str] = Counter()
STARTS = ("filled", "signed", "submitted", "registered", "offered", "booked", "accepted", "lease_signed")


def how_seldom(act: str) -> int:
    """What has been done the fewest times comes first, so that a short run tries all of it."""
    return SUCCEEDED[act] + (3 if act in ENDINGS else 0)


class Referrals(RuleBasedStateMachine):
    """Two homes and two households, who both want them."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.place: Referring = a_referring_town(a_town())
        self.homes: list[Dwelling] = [a_home(self.place, housing_forms=["municipal", "guarantee"]) for _ in range(2)]
        self.today: date = DAYS["registered"]
        self.made: dict[int, tuple[Making, str]] = {}  # the model: how it was made, and its state

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    # --- what happens ----------------------------------------------------------------------------------------------

    @initialize(first=st.sampled_from(STARTS), second=st.sampled_from(STARTS), guarantee=st.booleans())
    def two_are_on_their_way(self, first: str, second: str, guarantee: bool) -> None:
        for until, home, form in ((first, 0, "municipal"), (second, 1, "guarantee" if guarantee else "municipal")):
            made = making.making_of(self.place, until, lease_form=form, home=self.homes[home])
            self.made[made.pk] = (made, made.referral.state)
            self.today = max(self.today, DAYS[until])

    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)
        sweep(self.today)
        for pk, (made, before) in self.made.items():
            after = made.referral.state
            if after != before:  # the year is over, and nothing was left unanswered
                assert (after, before in IN_FORCE) == ("expired", True)
                assert made.referral.valid_to < self.today
                self.made[pk] = (made, after)

    @rule(
        week=st.lists(
            st.tuples(st.integers(0, 1), st.sampled_from(CHOICES), st.integers(0, 999), st.integers(0, 2)),
            min_size=4,
            max_size=8,
        ),
        days=st.sampled_from([1, 1, 1, 3, 10, 60, 200, 400]),
    )
    def a_week_at_work(self, week: list[tuple[int, str, int, int]], days: int) -> None:
        """Mostly what the state allows, or nobody would ever get as far as a lease; the rest is to be refused."""
        for which, choice, number, how in week:
            pk = sorted(self.made)[which]
            for act in self.acts(self.made[pk][1], choice, number):
                self.act(pk, act, other=how == 0)
            self.today += timedelta(days=1)
        self.time_passes(days)

    def acts(self, state: str, choice: str, number: int) -> list[str]:
        possible = [act for act in ACTS if state in LEADS[act][0]]
        if choice == "what is due":
            return ONWARDS.get(state, [])
        among = possible if choice == "something possible" and possible else ACTS
        turned = among[number % len(among) :] + among[: number % len(among)]
        return [turned[0] if machines.WILD or among is ACTS else min(turned, key=how_seldom)]

    # --- how -------------------------------------------------------------------------------------------------------

    def act(self, pk: int, act: str, other: bool) -> None:
        made, before = self.made[pk]
        sources, target = LEADS[act]
        try:
            with transaction.atomic():
                getattr(self, f"_{act.replace(' ', '_')}")(made, other)
        except StepNotTaken as refusal:
            assert refusal.sentence
            assert made.referral.state == before
            return
        assert before in sources, (act, before)
        assert made.referral.state == (target or before), act
        self.made[pk] = (made, target or before)
        SUCCEEDED[act] += 1

    @property
    def by_caseworker(self) -> dict[str, Any]:
        return {"by": self.place.caseworker, "today": self.today}

    @property
    def by_manager(self) -> dict[str, Any]:
        return {"by": self.place.manager, "today": self.today}

    @property
    def by_officer(self) -> dict[str, Any]:
        return {"by": self.place.officer, "today": self.today}

    def _write(self, it: Making, other: bool) -> None:
        """Now and then the manager has a hand in it, and can then not sign it."""
        by = self.by_manager if other else self.by_caseworker
        writing.write_section(it.pk, "support", {"text": f"Stöd från {self.today}."}, **by)

    def _a_child(self, it: Making, other: bool) -> None:
        """Of a referral in force only while it is being extended, which here is all done at once."""
        by = self.by_manager if other else self.by_caseworker
        household.add_child(it.referral, making.a_child(), **by)
        newborn = it.referral.parties.filter(role="child").latest("id").person
        household.analyse_child(it.referral, newborn, household.AnalysisInput("Får eget rum."), **by)

    def _approve(self, it: Making, other: bool, do: Any = writing.approve) -> None:
        if not other:
            economy = making.sections_of(it)["economy"] | {"checked_on": str(self.today)}
            writing.write_section(it.pk, "economy", economy, **self.by_caseworker)
        do(
            it.pk, signatures=making.signatures_of(it.referral), signed_on=self.today,
            content_hash="0" * 64 if other else making.hash_now(it.referral), **self.by_caseworker,
        )  # fmt: skip

    def _sign(self, it: Making, other: bool) -> None:
        writing.sign(it.pk, **(self.by_caseworker if other else self.by_manager))

    def _send_back(self, it: Making, other: bool) -> None:
        writing.send_back(it.pk, points={"need": writing.Asked("" if other else "Hur många rum?")}, **self.by_manager)

    def _change(self, it: Making, other: bool) -> None:
        writing.change(it.pk, reason="Nytt.", **self.by_caseworker)

    def _submit(self, it: Making, other: bool) -> None:
        writing.submit(it.pk, **self.by_caseworker)

    def _ask_completion(self, it: Making, other: bool) -> None:
        writing.ask_completion(it.pk, points={"economy": writing.Asked("Vilka skulder?")}, **self.by_officer)

    def _register(self, it: Making, other: bool) -> None:
        validity.register(it.pk, **(self.by_caseworker if other else self.by_officer))

    def _offer(self, it: Making, other: bool) -> None:
        """Often the home that the other household has been offered."""
        home = self.homes[(sorted(self.made).index(it.pk) + other) % 2]
        offering.make_offer(it.pk, dwelling=home, free_from=self.today, **self.by_officer)

    def _suitable(self, it: Making, other: bool) -> None:
        offering.find_suitable(it.pk, **self.by_caseworker)

    def _unsuitable(self, it: Making, other: bool) -> None:
        offering.find_unsuitable(it.pk, reason="" if other else "area", **self.by_caseworker)

    def _book(self, it: Making, other: bool) -> None:
        viewing, signing = making.at(self.today), making.at(self.today + timedelta(days=-3 if other else 3))
        booking = offering.BookingInput(informed_on=self.today, viewing_at=viewing, signing_at=signing)
        offering.inform_client(it.pk, booking, **self.by_caseworker)

    def _accept(self, it: Making, other: bool) -> None:
        answered_on = self.today - timedelta(days=30) if other else self.today
        offering.accept(it.pk, answered_on=answered_on, **self.by_caseworker)

    def _decline(self, it: Making, other: bool) -> None:
        offering.decline(it.pk, reason="" if other else "rent", answered_on=self.today, **self.by_caseworker)

    def _take_back(self, it: Making, other: bool) -> None:
        offering.take_back_offer(it.pk, reason="Vattenskada.", **self.by_officer)

    def _allow_another(self, it: Making, other: bool) -> None:
        offering.allow_another_offer(
            it.pk, reason="Hot i området.", **(self.by_caseworker if other else self.by_manager)
        )

    def _begin_extension(self, it: Making, other: bool) -> None:
        validity.begin_extension(it.pk, **self.by_caseworker)

    def _extend(self, it: Making, other: bool) -> None:
        """All at once: begun, gone through, approved, decided. Now and then a section is left out."""
        if not it.referral.versions.filter(voided_on=None, signed_on=None).exists():
            validity.begin_extension(it.pk, **self.by_caseworker)
        economy = making.sections_of(it)["economy"] | {"checked_on": str(self.today)}
        writing.write_section(it.pk, "economy", economy, step="review_extension", **self.by_caseworker)
        for section in content.SECTIONS[1 if other else 0 :]:
            validity.confirm_section(it.pk, section.key, **self.by_caseworker)
        self._approve_extension(it)
        validity.extend(it.pk, DecisionInput("Behovet kvarstår."), **self.by_manager)

    def _approve_extension(self, it: Making) -> None:
        writing.approve(
            it.pk, step="approve_extension", signatures=making.signatures_of(it.referral), signed_on=self.today,
            content_hash=making.hash_now(it.referral), **self.by_caseworker,
        )  # fmt: skip

    def _let_run_out(self, it: Making, other: bool) -> None:
        validity.let_run_out(it.pk, reason="Har egen bostad.", **self.by_caseworker)

    def _lease(self, it: Making, other: bool) -> None:
        if it.lease_form == "guarantee":
            months = 6 if other else 12
            lease = offering.OwnerLeaseInput(self.today, "EB-1", Decimal(8900), self.today, months)
            offering.record_owner_lease(it.pk, lease, **self.by_officer)
        else:
            contract = {"contract_number": "K-1", "signed_on": self.today}
            offering.record_lease_signed(making.the_offer_of(it), **contract, today=self.today)

    def _house(self, it: Making, other: bool) -> None:
        forms = () if other else ("secretary",)
        offering.decide_housing(it.pk, making.a_decision_input(it, support_forms=forms), **self.by_caseworker)

    def _cease(self, it: Making, other: bool) -> None:
        validity.cease(it.pk, DecisionInput("" if other else "Har fått eget boende."), **self.by_manager)

    def _withdraw(self, it: Making, other: bool) -> None:
        validity.withdraw(it.pk, reason="Ångrade sig.", **self.by_caseworker)

    # --- what always holds -----------------------------------------------------------------------------------------

    @invariant()
    def the_database_says_what_the_model_and_the_last_log_say(self) -> None:
        for pk, (made, state) in self.made.items():
            assert made.referral.state == state
            assert StepLog.objects.filter(case=pk).latest("id").target == state
            assert (made.referral.closed_on is not None) == (state in ENDED)

    @invariant()
    def a_home_is_offered_to_one_and_only_while_the_referral_goes_on(self) -> None:
        live = list(Offer.objects.filter(state__in=LIVE).values_list("dwelling", "referral", "state"))
        assert len({home for home, _, _ in live}) == len(live)
        held = {pk: state for _, pk, state in live}
        for pk, (_, state) in self.made.items():
            allowed = {"offered": {"open", "suitable"}, "accepted": {"accepted"}}.get(state, {None})
            assert held.get(pk) in allowed, (state, held.get(pk))

    @invariant()
    def nobody_is_offered_another_home_without_a_reason_or_after_the_year(self) -> None:
        for offer in Offer.objects.select_related("referral"):
            declined = offer.referral.offers.filter(state="declined", id__lt=offer.pk).count()
            allowed = offer.referral.overrides.filter(on__lte=offer.offered_on).count()
            assert declined <= allowed
            assert offer.offered_on <= offer.referral.valid_to

    @invariant()
    def what_is_signed_is_what_was_approved_by_somebody_else(self) -> None:
        for made, state in self.made.values():
            versions = list(made.referral.versions.order_by("number"))
            for version in versions:
                if version.approved_on:
                    assert version.approved_hash == content.hash_of(version.content)
                if version.signed_on:
                    assert version.approved_on is not None and version.signed_by_id not in version.authors
            if state in IN_FORCE:
                assert any(version.signed_on and not version.voided_on for version in versions)

    @invariant()
    def what_has_ended_asks_for_nothing(self) -> None:
        ended = [pk for pk, (_, state) in self.made.items() if state in ENDED]
        left = Deadline.objects.still_open().filter(case__in=ended)
        # of a right that ceased, of a guarantee, and that FF notes the end
        after = ["referral_receipt", "referral_appeal", "guarantee_reassess", "referral_noted"]
        assert not left.exclude(kind__in=after).exists()


@pytest.mark.rule("R-1-29")
@pytest.mark.rule("R-1-34")
@pytest.mark.rule("R-1-48")
@pytest.mark.django_db
@pytest.mark.usefixtures("fast_files")
def test_in_whatever_order_things_happen_the_routine_holds():
    SUCCEEDED.clear()
    machines.run(Referrals, examples=8, steps=12)
    assert set(SUCCEEDED) == set(LEADS), SUCCEEDED  # each act was not only refused
