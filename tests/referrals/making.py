"""Assessments and referrals that have come so far, through the services and by the people whose work each step is.

    referral = a_referral(place, "registered")

`WAY` is the way of a referral; each milestone has its day (`DAYS`), so that a test can count from them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bostad.casework.models import ConsentForm, ConsentPartner, PartyRole
from bostad.casework.services import record_consent
from bostad.casework.sweep import sweep
from bostad.housing.models import Dwelling
from bostad.identifiers import make_fictional_personnummer
from bostad.organisation.scope import Scope
from bostad.people.models import ChildHousing
from referrals import content
from referrals.models import Assessment, Offer, Question, Referral
from referrals.services import asking, assessing, deciding, household, offering, validity, writing
from referrals.services.deciding import DecisionInput
from referrals.services.people import AdultInput, ChildInput, HouseholdInput
from referrals.services.writing import OpeningInput, SignatureInput
from referrals.states import (
    Ability,
    Difficulty,
    ExposedGroup,
    HousingNow,
    LeaseForm,
    Position,
    Problem,
    Support,
    SupportForm,
    TargetGroup,
)
from tests.factories import a_personnummer
from tests.making import _taken
from tests.referrals.town import Referring, a_home, a_referring_town
from tests.remembering import along
from tests.town import Town

DAYS = {
    "applied": date(2026, 9, 1),  # a Tuesday
    "investigating": date(2026, 9, 2),
    "written": date(2026, 9, 10),
    "assessed": date(2026, 9, 15),
    "granted": date(2026, 9, 17),
    "refused": date(2026, 9, 17),
    "draft": date(2026, 9, 18),
    "informed": date(2026, 9, 21),
    "filled": date(2026, 9, 21),
    "approved": date(2026, 9, 22),
    "signed": date(2026, 9, 23),
    "submitted": date(2026, 9, 23),
    "returned": date(2026, 9, 24),
    "registered": date(2026, 9, 25),
    "offered": date(2026, 10, 1),
    "suitable": date(2026, 10, 2),
    "booked": date(2026, 10, 5),
    "accepted": date(2026, 10, 8),
    "lease_signed": date(2026, 10, 12),
    "housed": date(2026, 10, 14),
}


@dataclass
class Making:
    """One household's way: what was asked for, and who does what."""

    place: Referring
    support: str = Support.SOCIAL
    lease_form: str = LeaseForm.MUNICIPAL
    adults: int = 1
    children: int = 0
    protected: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    debts: int = 0
    household: HouseholdInput | None = None
    home: Dwelling | None = None
    assessment_pk: int = 0
    pk: int = 0

    @property
    def assessment(self) -> Assessment:
        return Assessment.objects.get(pk=self.assessment_pk)

    @property
    def referral(self) -> Referral:
        return Referral.objects.get(pk=self.pk)


WAY = (
    "applied", "investigating", "written", "assessed", "granted", "draft", "informed", "filled", "approved", "signed",
    "submitted", "registered", "offered", "suitable", "booked", "accepted", "lease_signed", "housed",
)  # fmt: skip


def an_assessment(place: Referring, until: str = "written", **wishes: Any) -> Assessment:
    """An assessment that has come to `until`: applied, investigating, written, assessed, granted or refused."""
    way = (
        ("applied", "investigating", "written", "assessed", until)
        if until == "refused"
        else WAY[: WAY.index(until) + 1]
    )
    return _made(place, way, wishes).assessment


def a_referral(place: Referring, until: str = "draft", **wishes: Any) -> Referral:
    return making_of(place, until, **wishes).referral


def making_of(place: Referring, until: str, **wishes: Any) -> Making:
    """The same with all that was made on the way."""
    return _made(place, WAY[: WAY.index(until) + 1], wishes)


def go_on(making: Making, way: Iterable[str]) -> None:
    """Takes these steps as well."""
    for name, value in vars(_along(("onwards", making.assessment, making.pk), way, making)).items():
        setattr(making, name, making.place if name == "place" else value)


def _made(place: Referring, way: Iterable[str], wishes: dict[str, Any]) -> Making:
    return replace(_along(("referral", wishes), way, Making(place, **wishes)), place=place)


def _along(name: Any, way: Iterable[str], begun: Making) -> Making:
    def act(milestone: str) -> Callable[[Making], Making]:
        def do(making: Making) -> Making:
            ACTS[milestone](making, DAYS[milestone])
            return making

        return do

    return along(name, [(milestone, act(milestone)) for milestone in way], begun)


# --- what is put in ------------------------------------------------------------------------------------------------------


def an_adult(**changes: str) -> AdultInput:
    n = _taken()
    given = {"first_name": "Amira", "last_name": f"Haddad {n}", "personnummer": a_personnummer(n)}
    return AdultInput(**given | changes)


_children: Callable[[], int] = iter(range(2000)).__next__


def a_child(born_on: date | None = None, housing: str = ChildHousing.PERMANENT, **changes: str) -> ChildInput:
    """One that goes to school in 2026, unless a birthday is wished."""
    n = _children()
    number = make_fictional_personnummer(born_on or date(2016, 1, 1) + timedelta(days=n), 980 + n % 20)
    given = {"first_name": "Layla", "last_name": "Haddad", "personnummer": number, "housing": housing}
    return ChildInput(**given | changes)


def a_household(adults: int = 1, children: int = 0, protected: bool = False) -> HouseholdInput:
    return HouseholdInput(
        tuple(an_adult() for _ in range(adults)),
        tuple(a_child() for _ in range(children)),
        protected,
    )


ANSWERS: dict[str, dict[str, dict[str, Any]]] = {
    Support.SOCIAL: {
        "write_registration": {
            "is_registered_here": True, "housing_now": HousingNow.EMERGENCY, "housing_now_text": "Jourlägenhet sedan juni.",
            "has_own_lease": False,
        },
        "write_need": {
            "alternatives_exhausted": True, "alternatives_text": "Har sökt hos alla värdar i regionen.",
            "difficulties": [Difficulty.DEBTS, Difficulty.LANGUAGE], "searched_elsewhere": True,
            "searched_second_hand": True, "lacks_guarantor": True, "exposed_group": ExposedGroup.REFUSED_BY_OWNERS,
            "ability": Ability.WITH_SUPPORT, "ability_text": "Klarar ett boende med boendestöd i början.",
        },
        "write_target": {
            "target_group": TargetGroup.ECONOMIC, "has_economic_assistance": True,
            "is_homeless_for_economic_reasons": True, "lacks_economy": True,
        },
    },
    "supported": {
        "write_supported": {
            "contact_text": "Kontakt sedan 2024.", "not_approvable_text": "Betalningsanmärkningar.",
            "problems": [Problem.ADDICTION], "relevant_help_received": True, "able_to_manage": True,
            "takeover_is_realistic": True, "needs_more_supervision": True, "acute_situation_text": "Akut separation.",
            "planned_end_on": date(2027, 3, 31), "evictions_text": "En, 2022.", "rent_debts_text": "Inga.",
            "other_debts_text": "Kronofogden, 12 000 kr.", "payment_plan_text": "Avbetalning 500 kr i månaden.",
            "debt_relief_text": "Inte aktuellt.",
        },
    },
}  # fmt: skip


def sections_of(making: Making) -> dict[str, dict[str, Any]]:
    given: dict[str, dict[str, Any]] = {
        "household": {"note": ""},
        "need": {"rooms_min": 2, "rooms_max": 4, "rent_max": 9400, "needs_lift": False, "other": ""},
        "situation": {"now": "Jourlägenhet på Tallvägen.", "history": "Egen bostad till 2024, sedan hos släkt."},
        "support": {"text": "Bostadssekreterare var tredje månad."},
        "economy": {
            "income": "Ekonomiskt bistånd.", "debt_total": making.debts, "debt_to_landlords": 0, "debt_text": "",
            "checked_on": "2026-09-10",
        },
        "decision": {"motivation": "Uppfyller alla kriterier.", "form_motivation": "Behöver stöd i början."},
    }  # fmt: skip
    return given | making.sections


def a_decision_input(making: Making | None = None, **changes: Any) -> DecisionInput:
    children = making.children if making else 0
    given: dict[str, Any] = {"motivation": "Alla kriterier är uppfyllda efter en samlad bedömning."}
    if children:
        given["child_analysis"] = "En trygg bostad är till barnets bästa."
    return DecisionInput(**given | changes)


def consent_of(assessment: Assessment, *, by: Any, given_on: date, name: str = "Socialförvaltningen") -> None:
    """Every adult consents to a dialogue with another department."""
    for party in assessment.parties.filter(role=PartyRole.APPLICANT).select_related("person"):
        record_consent(
            case=assessment, person=party.person, partner=ConsentPartner.DEPARTMENT, partner_name=name,
            purpose="vilken förvaltning som ansvarar", form=ConsentForm.WRITTEN, given_on=given_on, by=by,
        )  # fmt: skip


# --- what each does ------------------------------------------------------------------------------------------------------


def _apply(making: Making, today: date) -> None:
    making.household = making.household or a_household(making.adults, making.children, making.protected)
    data = assessing.ApplicationInput(
        making.support, today, "written", "Ansöker om hjälp till en bostad.", making.household
    )
    unit = making.place.housing_unit
    making.assessment_pk = assessing.apply(data, unit=unit, by=making.place.caseworker, today=today).pk


def _begin(making: Making, today: date) -> None:
    assessing.begin(making.assessment_pk, by=making.place.caseworker, today=today)


def _write(making: Making, today: date) -> None:
    by = making.place.caseworker
    kind = making.support if making.support == Support.SOCIAL else "supported"
    for step, answers in ANSWERS[kind].items():
        changed = {name: making.answers.get(name, value) for name, value in answers.items()}
        extra = {
            name: value
            for name, value in making.answers.items()
            if name not in changed and step == list(ANSWERS[kind])[-1]
        }
        assessing.write_findings(making.assessment_pk, step, changed | extra, by=by, today=today)
    for party in making.assessment.parties.filter(role=PartyRole.CHILD).select_related("person"):
        data = household.AnalysisInput("Kan gå kvar i sin skola.", support_offered_on=today, support_offered="Samtal")
        household.analyse_child(making.assessment, party.person, data, by=by, today=today)


def _assess(making: Making, today: date) -> None:
    assessing.assess(making.assessment_pk, text="Stöd är skäligt.", by=making.place.caseworker, today=today)


def _grant(making: Making, today: date) -> None:
    deciding.decide(making.assessment_pk, "grant", a_decision_input(making), by=making.place.caseworker, today=today)


def _refuse(making: Making, today: date) -> None:
    data = a_decision_input(making, motivation="Kriterierna är inte uppfyllda.", other_support="Stödboende är utrett.")
    deciding.decide(making.assessment_pk, "refuse", data, by=making.place.caseworker, today=today)


def _open(making: Making, today: date) -> None:
    dialogue = {"debt_dialogue_on": today, "debt_dialogue_with": "Nadja Persson"} if making.debts else {}
    data = OpeningInput(making.lease_form, "Behöver stöd i början.", **dialogue)
    making.pk = writing.open_referral(making.assessment_pk, data, by=making.place.caseworker, today=today).pk


def _inform(making: Making, today: date) -> None:
    writing.inform(making.pk, informed_on=today, how="vid möte", by=making.place.caseworker, today=today)


def _fill(making: Making, today: date) -> None:
    for key, values in sections_of(making).items():
        writing.write_section(making.pk, key, values, by=making.place.caseworker, today=today)


def signatures_of(referral: Referral) -> list[SignatureInput]:
    adults = referral.parties.filter(role=PartyRole.APPLICANT).values_list("person", flat=True)
    return [SignatureInput(person) for person in adults]


def hash_now(referral: Referral) -> str:
    return content.hash_of(writing.version_in_writing(referral).content)


def _approve(making: Making, today: date) -> None:
    referral = making.referral
    writing.approve(
        making.pk, signatures=signatures_of(referral), signed_on=today, content_hash=hash_now(referral),
        by=making.place.caseworker, today=today,
    )  # fmt: skip


def _sign(making: Making, today: date) -> None:
    writing.sign(making.pk, by=making.place.manager, today=today)


def _submit(making: Making, today: date) -> None:
    writing.submit(making.pk, by=making.place.caseworker, today=today)


def _register(making: Making, today: date) -> None:
    validity.register(making.pk, by=_of_ff(making), today=today)


def _of_ff(making: Making) -> Scope:
    """A protected household is known to FF's manager alone until another is named."""
    return making.place.ff_manager if making.protected else making.place.officer


def _offer(making: Making, today: date) -> None:
    making.home = making.home or a_home(making.place, housing_forms=[making.lease_form])
    offering.make_offer(making.pk, dwelling=making.home, free_from=date(2026, 10, 15), by=_of_ff(making), today=today)


def _suitable(making: Making, today: date) -> None:
    offering.find_suitable(making.pk, by=making.place.caseworker, today=today)


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def a_booking(today: date, **changes: Any) -> offering.BookingInput:
    given = {"informed_on": today, "viewing_at": at(date(2026, 10, 7)), "signing_at": at(date(2026, 10, 12), 13)}
    return offering.BookingInput(**given | changes)


def _book(making: Making, today: date) -> None:
    offering.inform_client(making.pk, a_booking(today), by=making.place.caseworker, today=today)


def _accept(making: Making, today: date) -> None:
    offering.accept(making.pk, answered_on=today, by=making.place.caseworker, today=today)


def _lease(making: Making, today: date) -> None:
    """Of a guarantee FF records the owner's lease; a municipal one is told as `contracts` does it."""
    if making.lease_form == LeaseForm.GUARANTEE:
        data = offering.OwnerLeaseInput(today, "EB-2026-114", Decimal(8900), date(2026, 10, 15), 12)
        offering.record_owner_lease(making.pk, data, by=making.place.officer, today=today)
    else:
        contract = {"contract_number": "K-2026-000001", "signed_on": today}
        offering.record_lease_signed(the_offer_of(making), **contract, today=today)


def the_offer_of(making: Making) -> Offer:
    """The last one; of a referral without any one that was never made."""
    return Offer.objects.filter(referral=making.pk).order_by("id").last() or Offer(referral_id=making.pk)


def _house(making: Making, today: date) -> None:
    data = a_decision_input(making, support_forms=(SupportForm.HOUSING_SECRETARY,))
    offering.decide_housing(making.pk, data, by=making.place.caseworker, today=today)


ACTS: dict[str, Callable[[Making, date], None]] = {
    "applied": _apply,
    "investigating": _begin,
    "written": _write,
    "assessed": _assess,
    "granted": _grant,
    "refused": _refuse,
    "draft": _open,
    "informed": _inform,
    "filled": _fill,
    "approved": _approve,
    "signed": _sign,
    "submitted": _submit,
    "registered": _register,
    "offered": _offer,
    "suitable": _suitable,
    "booked": _book,
    "accepted": _accept,
    "lease_signed": _lease,
    "housed": _house,
}


# --- every state of each kind --------------------------------------------------------------------------------------------


def assessment_in(town: Town, state: str) -> Assessment:
    """An assessment of AMF that has come to that state."""
    place = a_referring_town(town)
    by, today = place.caseworker, DAYS["granted"]
    if state in ("applied", "investigating", "assessed", "granted", "refused"):
        return an_assessment(place, state)
    if state == "closed":
        made = making_of(place, "draft")
        return assessing.complete(made.assessment_pk, by=by, today=DAYS["draft"])
    if state == "transferred":
        return Question.objects.get(pk=question_in(town, "settled", place).pk).assessment
    if state == "withdrawn":
        case = an_assessment(place, "investigating")
        return asking.withdraw_application(case.pk, reason="Ångrade sig.", by=by, today=today)
    if state == "other":
        case = an_assessment(place, "assessed")
        data = a_decision_input(other_support="Stödboende beviljas.")
        deciding.decide(case.pk, "grant_other", data, by=by, today=today)
        return Assessment.objects.get(pk=case.pk)
    case = an_assessment(place, "refused")
    deciding.record_receipt(case.pk, received_on=today, by=by, today=today)
    return deciding.record_appeal(case.pk, appealed_on=today, by=by, today=today)


def question_in(town: Town, state: str, place: Referring | None = None) -> Question:
    """A question of AMF to SOF that has come to that state."""
    place = place or a_referring_town(town)
    by, today = place.caseworker, DAYS["investigating"]
    case = an_assessment(place, "investigating")
    consent_of(case, by=by, given_on=today)
    question = asking.ask(case.pk, departments=[place.sof], text="Vem ansvarar?", by=by, today=today)
    if state == "dropped":
        return asking.drop(question.pk, reason="Behövs inte.", by=by, today=today)
    if state != "asked":
        position = Position.NOT_OURS if state == "lifted" else Position.OURS
        asking.answer(
            question.pk, organisation=place.sof, position=position, reason="Målgruppen.", by=place.sof_caseworker,
            today=today,
        )  # fmt: skip
    if state == "lifted":
        return asking.lift(question.pk, by=by, today=today)
    if state == "settled":
        return asking.settle(question.pk, responsible=place.sof, meeting=None, by=by, today=today)
    return question


def referral_in(town: Town, state: str) -> Referral:
    """A referral of AMF that has come to that state."""
    place = a_referring_town(town)
    if state in WAY:
        return a_referral(place, state)
    by, today = place.caseworker, DAYS["registered"]
    if state == "returned":
        referral = a_referral(place, "submitted")
        return writing.ask_completion(
            referral.pk, points={"need": writing.Asked("Antal rum?")}, by=place.officer, today=DAYS["returned"]
        )
    made = making_of(place, "registered")
    if state == "ceased":
        validity.cease(made.pk, DecisionInput("Har fått eget boende."), by=place.manager, today=today)
    elif state == "withdrawn":
        validity.withdraw(made.pk, reason="Ångrade sig.", by=by, today=today)
    elif state == "expired":
        sweep(made.referral.valid_to + timedelta(days=1))
    else:
        data = OpeningInput(LeaseForm.MUNICIPAL, "Behovet har ändrats.")
        newer = Making(place, pk=writing.replace(made.pk, data, by=by, today=today).pk)
        for milestone in ("informed", "approved", "signed", "submitted", "registered"):
            ACTS[milestone](newer, today)
    return made.referral
