"""The parts of a case's page that are these kinds' own: head, tabs, the household's way, who may know what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from bostad import dates, words
from bostad.casework.models import Case
from bostad.casework.pages import (
    HIDDEN_ADDRESS,
    PROTECTED,
    Action,
    CaseHead,
    Fact,
    KindPages,
    Tab,
    names_of,
    told_deadlines,
)
from bostad.casework.step_views import done_by
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope
from referrals import delegated
from referrals.forms import assessment as assessment_forms
from referrals.forms import question as question_forms
from referrals.forms import referral as referral_forms
from referrals.models import Assessment, Decision, Offer, Question, Referral
from referrals.paper_parts import guidelines
from referrals.states import (
    ASSESSMENT_LOOKS,
    BEFORE_DECISION,
    IN_FORCE,
    QUESTION_LOOKS,
    REFERRAL_LOOKS,
    SUPPORTED,
    AssessmentState,
    DecisionKind,
    LeaseForm,
    OfferState,
    QuestionState,
    ReferralState,
    Support,
    offer_look,
)


def _tabs(url_name: str) -> tuple[Tab, ...]:
    return (
        Tab("Översikt", url_name),
        Tab("Journal", "casework:journal", lambda case, scope: case.journal.count() + case.contact_attempts.count() or None, owner_only=True),
        Tab("Handlingar", "documents:documents", None),
        Tab("Bevakningar", "casework:deadlines", lambda case, scope: told_deadlines(case, scope).still_open().count()),
        Tab("Samtycken", "casework:consents", lambda case, scope: case.consents.filter(revoked_on=None).count(), owner_only=True),
        Tab("Logg", "casework:log", None, owner_only=True),
    )  # fmt: skip


def _looks(case: Case, look: Any) -> tuple[Any, ...]:
    return (look, PROTECTED) if case.is_restricted else (look,)


def _holder(case: Case) -> Fact:
    return Fact("Handläggs av", str(case.assignee or case.unit), note=case.department.code)


def assessment_head(case: Case, scope: Scope, today: date) -> CaseHead:
    assessment: Any = case
    facts = [Fact("Ansökan kom in", dates.day_with_year(assessment.applied_on)), _holder(case)]
    return CaseHead(
        kind=f"Utredning, {words.in_sentence(assessment.get_support_display())}",
        number=case.number,
        title=names_of(case, scope),
        looks=_looks(case, ASSESSMENT_LOOKS[AssessmentState(case.state)]),
        facts=tuple(facts),
    )


def question_head(case: Case, scope: Scope, today: date) -> CaseHead:
    question: Any = case
    return CaseHead(
        kind="Ansvarsfråga",
        number=case.number,
        title=names_of(case, scope),
        looks=_looks(case, QUESTION_LOOKS[QuestionState(case.state)]),
        facts=(Fact("Frågan ställd", dates.day_with_year(question.asked_on)), _holder(case)),
    )


def referral_head(case: Case, scope: Scope, today: date) -> CaseHead:
    referral: Any = case
    facts = [_holder(case)]
    if referral.officer:
        facts.append(Fact("FF-handläggare", str(referral.officer)))
    if referral.registered_on:
        facts.append(Fact("Registrerad", dates.day_with_year(referral.registered_on)))
    return CaseHead(
        kind=f"Remiss, {words.in_sentence(referral.get_lease_form_display())}",
        number=case.number,
        title=names_of(case, scope),
        looks=_looks(case, REFERRAL_LOOKS[ReferralState(case.state)]),
        facts=tuple(facts),
        due=_validity(referral, today),
    )


def _validity(referral: Referral, today: date) -> words.Due | None:
    if referral.valid_to is None or referral.state not in IN_FORCE:
        return None
    left = (referral.valid_to - today).days
    when = "overdue" if left < 0 else "today" if left < 60 else "later"
    return words.Due(when, f"Gäller till {dates.day_with_year(referral.valid_to)}, {words.count_days(left)} kvar" if left >= 0
                     else f"Giltigheten gick ut {dates.day_with_year(referral.valid_to)}")  # fmt: skip


_SUPPORTS = {Support.TRIAL: "forsok", Support.TRAINING: "traning", Support.EMERGENCY: "jour"}


def _assessment_variant(case: Any) -> str:
    return _SUPPORTS.get(case.support, "social")


def _referral_variant(case: Any) -> str:
    form = "garanti" if case.lease_form == LeaseForm.GUARANTEE else "kontrakt"
    return f"ff-{form}" if case.is_own else f"ff-{case.department.code.lower()}-{form}"


ASSESSMENT_DONE = done_by(
    assessment_forms.FORMS,
    {
        "apply": "Ansökan är registrerad", "open_referral": "Remissen är påbörjad",
        "write_registration": "Folkbokföring och boende är beskrivna", "write_target": "Målgruppen är beskriven",
        "write_need": "Behov, svårigheter och förmåga är beskrivna", "record_receipt": "Beslutet är mottaget",
        "write_supported": "Grunder, skulder och vräkningar är beskrivna",
        "hand_to_responsible": "Ärendet är övertaget av en annan förvaltning",
    },
)  # fmt: skip
QUESTION_DONE = done_by(question_forms.FORMS, {"ask": "Frågan är ställd"})
REFERRAL_DONE = done_by(
    referral_forms.FORMS,
    {
        "inform": "Den enskilde vet att ett enda boende erbjuds",
        "open": "Remissen är påbörjad", "take_in": "Hushållet är mottaget", "write": "Ett avsnitt är skrivet",
        "review_extension": "Ett avsnitt är genomgånget", "expire": "Remissen har slutat gälla",
        "supersede": "Remissen är ersatt", "record_lease_signed": "Kontraktet är undertecknat",
        "find_suitable": "Bostaden är bedömd som passande", "find_unsuitable": "Bostaden är bedömd som inte passande",
        "print_to_sign": "Papperet att underteckna är utskrivet",
        "send_back": "Remissen är tillbakaskickad med kommentarer",
        "send_back_extension": "Förlängningen är tillbakaskickad med kommentarer",
        "begin_extension": "Förlängningen är påbörjad", "record_receipt": "Beslutet om upphörande är mottaget",
    },
)  # fmt: skip
ASSESSMENT_PAGES = KindPages(
    head=assessment_head, tabs=_tabs("referrals:assessment"), list_url="referrals:assessments", names=names_of,
    variant=_assessment_variant, done=ASSESSMENT_DONE, hinders=delegated.hinders, guidelines=guidelines,
)  # fmt: skip
QUESTION_PAGES = KindPages(
    head=question_head,
    tabs=_tabs("referrals:question"),
    list_url="referrals:questions",
    names=names_of,
    done=QUESTION_DONE,
)
REFERRAL_PAGES = KindPages(
    head=referral_head, tabs=_tabs("referrals:referral"), list_url="referrals:referrals", names=names_of,
    variant=_referral_variant, done=REFERRAL_DONE, hinders=delegated.hinders, guidelines=guidelines,
)  # fmt: skip


def may_replace(case: Case, scope: Scope) -> bool:
    """A caseworker of the referring department, while the referral is registered and nothing replaces it yet."""
    holds = scope.holds(Role.CASEWORKER, case.department_id, case.unit_id)
    return holds and isinstance(case, Referral) and case.may_be_replaced


REPLACE = Action(
    "replace",
    "Ersätt med en ny remiss",
    "Ska innehållet ändras efter registreringen skrivs en ny remiss. Den gamla gäller tills den nya är registrerad.",
    ("R-1-33",),
    "referrals:replace",
    may_replace,
    primary=False,
)


# --- the household's way -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    label: str
    note: str
    at: str  # done, now, next
    url: str = ""


_WAY = ("Ansökan", "Beslut", "Remiss", "Erbjudande", "Kontrakt", "Uppföljning")
_AT_REFERRAL = {
    ReferralState.OFFERED: 3, ReferralState.ACCEPTED: 4, ReferralState.LEASE_SIGNED: 5, ReferralState.HOUSED: 5,
}  # fmt: skip


def way_of_referral(referral: Referral) -> list[Place]:
    place = _AT_REFERRAL.get(ReferralState(referral.state), 2)
    lease = "andra hand av kommunen" if referral.lease_form == LeaseForm.MUNICIPAL else "första hand hos ägaren"
    notes = ["egen grund" if referral.is_own else "utredd", "", words.in_sentence(ReferralState(referral.state).label),
             "ett boende erbjuds", lease, "månad 1, sedan kvartal"]  # fmt: skip
    if referral.decision:
        notes[1] = f"{referral.decision.number}, {dates.day_with_year(referral.decision.decided_on)}"
    labels = _WAY if not referral.is_own else ("FF:s målgrupp", *_WAY[2:5])
    if referral.is_own:
        notes, place = [notes[0], *notes[2:5]], max(1, place - 1)
    return [Place(label, note, _at(n, place)) for n, (label, note) in enumerate(zip(labels, notes, strict=True))]


_WAY_OF_SUPPORTED = ("Ansökan", "Beslut", "Plan", "Kontrakt", "Uppföljning")


def way_of_assessment(assessment: Assessment) -> list[Place]:
    if assessment.support in SUPPORTED:
        return _way_of_supported(assessment)
    decided = assessment.state not in (AssessmentState.APPLIED, AssessmentState.INVESTIGATING, AssessmentState.ASSESSED)
    place = 2 if decided else 1 if assessment.state != AssessmentState.APPLIED else 0
    notes = [dates.day_with_year(assessment.applied_on), words.in_sentence(AssessmentState(assessment.state).label), "till fastighetsförvaltningen",
             "ett boende erbjuds", "tecknas", "månad 1, sedan kvartal"]  # fmt: skip
    return [Place(label, note, _at(n, place)) for n, (label, note) in enumerate(zip(_WAY, notes, strict=True))]


def _way_of_supported(assessment: Assessment) -> list[Place]:
    """A trial, training or emergency home has no referral: its contract is registered on the decision itself (R-4-14)."""
    state = AssessmentState(assessment.state)
    place = int(state != AssessmentState.APPLIED)
    if state not in BEFORE_DECISION:
        place = 3 if hasattr(assessment, "housing_plan") else 2
    notes = [dates.day_with_year(assessment.applied_on), words.in_sentence(state.label), "för boendet",
             "på beslutets nummer", "enligt planen"]  # fmt: skip
    labels = enumerate(zip(_WAY_OF_SUPPORTED, notes, strict=True))
    return [Place(label, note, _at(n, place)) for n, (label, note) in labels]


def goes_on_in_a_contract(assessment: Assessment) -> str:
    """What comes after the plan of a supported home, and who does it; nothing before that."""
    plan = getattr(assessment, "housing_plan", None)
    granted = assessment.decisions.filter(kind=DecisionKind.GRANT).first()
    if assessment.support not in SUPPORTED or plan is None or granted is None:
        return ""
    return f"Kontraktet registreras under Kontrakt, på beslut {granted.number}."


def _at(position: int, place: int) -> str:
    return "done" if position < place else "now" if position == place else "next"


# --- who may know what ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MayKnow:
    may: str  # yes, part, no
    who: str
    what: str


def may_know_of_referral(referral: Referral) -> list[MayKnow]:
    ff = referral.property_department.name
    shared = referral.submitted_on is not None
    known = (
        [MayKnow("yes", referral.department.name, "allt, som remitterande förvaltning")] if not referral.is_own else []
    )
    known.append(
        MayKnow("yes", ff, "allt, som ägare av ärendet") if referral.is_own
        else MayKnow("part", ff, "remissen som den undertecknades, inte utredningen") if shared
        else MayKnow("no", ff, "ingenting förrän remissen skickas")
    )  # fmt: skip
    return [*known, *_consents(referral), MayKnow("no", "Hyresvärdar", "ingenting förrän ett kontrakt ska skrivas")]


def may_know_of_assessment(assessment: Assessment) -> list[MayKnow]:
    return [
        MayKnow("yes", assessment.department.name, "allt, som utredande förvaltning"),
        *_consents(assessment),
        MayKnow("no", "Andra förvaltningar", "ingenting, utom en ansvarsfråga med samtycke"),
        MayKnow("no", "Hyresvärdar", "ingenting"),
    ]


def _consents(case: Case) -> Iterable[MayKnow]:
    for consent in case.consents.filter(revoked_on=None).order_by("id"):
        given = dates.day_with_year(consent.given_on)
        yield MayKnow("part", consent.partner_name, f"{consent.purpose}. Samtycke {given}, kan återkallas")


# --- decisions and offers ------------------------------------------------------------------------------------------------


def decision_facts(decision: Decision) -> list[Fact]:
    facts = [
        Fact(
            "Beslut", f"{decision.get_kind_display()}, {decision.number}", note=dates.day_with_year(decision.decided_on)
        ),
        Fact("Beslutat av", str(decision.decided_by), note=str(decision.delegation)),
        Fact("Lagrum", decision.law),
        Fact("Motivering", decision.motivation),
    ]
    if decision.kind != DecisionKind.EXTENSION:  # which nobody appeals
        received = dates.day_with_year(decision.received_on) if decision.received_on else "ej delgiven"
        facts.append(Fact("Togs emot", received, rules=("R-1-32",)))
    if decision.child_analysis:
        facts.insert(4, Fact("Barnets bästa", decision.child_analysis, rules=("R-1-11",)))
    if decision.other_support:
        facts.insert(4, Fact("Annat stöd", decision.other_support, rules=("R-1-10",)))
    if decision.appeal_by:
        facts.append(Fact("Kan överklagas till och med", dates.day_with_year(decision.appeal_by)))
    if decision.appealed_on:
        facts.append(Fact("Överklagat", dates.day_with_year(decision.appealed_on), note=_settled(decision)))
    if decision.document_id:
        facts.append(Fact("Handling", "Öppna beslutet", url=reverse("documents:file", args=[decision.document_id])))
    return facts


def _settled(decision: Decision) -> str:
    if decision.appeal_settled_on is None:
        return "väntar på prövning av om det kom i tid"
    done = "avvisat som för sent" if decision.appeal_is_rejected else "lämnat till förvaltningsrätten"
    return f"{done} {dates.day_with_year(decision.appeal_settled_on)}"


@dataclass(frozen=True)
class ShownOffer:
    offer: Offer
    look: Any
    address: str
    words: str
    home: str  # what is weighed of it; nothing of a protected household's
    opens: bool  # the dwelling's own page is for who manages it
    despite_no: str  # for the property department alone, which knows of the other referral


def offers_of(referral: Referral, scope: Scope) -> list[ShownOffer]:
    """The home of a protected household is pointed out on the paper alone: every opening of that is logged."""
    rows = referral.offers.select_related("dwelling").order_by("-id")
    hidden = referral.is_restricted
    return [
        ShownOffer(
            offer,
            offer_look(offer.state, own=referral.is_own),
            HIDDEN_ADDRESS if hidden else str(offer.dwelling),
            _told(offer, referral, scope),
            "" if hidden else _home(offer),
            not hidden and offer.dwelling.manager_id in scope.departments,
            offer.despite_no if referral.property_department_id in scope.reading_ids else "",
        )
        for offer in rows
    ]


def _home(offer: Offer) -> str:
    home = offer.dwelling
    size = f"{home.size_label}, {home.area_label}"
    return f"{size}, {words.kr(home.monthly_rent)} i månaden. Ledig från {dates.day_with_year(offer.free_from)}."


def _told(offer: Offer, referral: Referral, scope: Scope) -> str:
    if offer.state == OfferState.UNSUITABLE:
        return f"Skäl: {words.in_sentence(offer.get_unsuitable_reason_display())}. {offer.answer_note}".strip()
    if offer.state == OfferState.DECLINED:
        said = offer.declined_note if referral.department_id in scope.reading_ids else ""  # to its own caseworker
        return f"Skäl: {words.in_sentence(offer.get_declined_reason_display())}. {said}".strip()
    if offer.state == OfferState.LAPSED:
        return offer.lapse_reason
    if offer.state == OfferState.OPEN:
        asked = "Ta ställning" if referral.is_own else "Svar"
        return f"{asked} senast {dates.day_with_year(offer.answer_by)}"
    answered = "Bedömd som passande" if referral.is_own else "Förvaltningen svarade att bostaden passar"
    return f"{answered} {dates.day_with_year(offer.answered_on)}." if offer.answered_on else ""


def question_facts(question: Question) -> list[Fact]:
    facts = [Fact("Fråga", question.text, rules=("R-1-24",))]
    for answer in question.answers.select_related("organisation", "by").order_by("id"):
        said = f"{answer.get_position_display()}. {answer.reason}"
        facts.append(
            Fact(answer.organisation.code or answer.organisation.name, said, note=dates.day_with_year(answer.on))
        )
    meeting = getattr(question, "meeting", None)
    if meeting:
        facts += [
            Fact("Samarbetsgruppens möte", dates.day_with_year(meeting.held_on), rules=("R-1-25",)),
            Fact("Närvarande", meeting.members),
            Fact("Gruppens bedömning", meeting.outcome),
        ]
    if question.responsible:
        facts.append(Fact("Ansvarar", question.responsible.name, rules=("R-1-25",)))
    return facts
