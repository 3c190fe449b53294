"""The lists of assessments, referrals and offers: filtered, sorted, paged. Health and reasons stand in none of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from bostad import words
from bostad.casework.deadlines import deadline_kind
from bostad.casework.graph import Look, kind_of
from bostad.casework.models import Case, CaseParty, Deadline, PartyRole
from bostad.casework.pages import HIDDEN_ADDRESS, PROTECTED, names_among
from bostad.listing import ALL, OPEN
from bostad.organisation.scope import Scope
from bostad.people.models import Person
from referrals.models import Assessment, Offer, Question, Referral
from referrals.states import LIVE, OfferState, offer_look

ASSESSMENT_SORTS = {"nummer": "id", "ansokan": "applied_on", "lage": "state"}
ASSESSMENT_COLUMNS = (
    ("Sökande", ""), ("Läge", "lage"), ("Nummer", "nummer"), ("Gäller", ""), ("Ansökan", "ansokan"), ("Handläggare", ""),
    ("Nästa bevakning", ""),
)  # fmt: skip
REFERRAL_SORTS = {"nummer": "id", "lage": "state"}
REFERRAL_COLUMNS = (
    ("Hushåll", ""), ("Läge", "lage"), ("Nummer", "nummer"), ("Form", ""), ("Remitterande", ""), ("Gäller till", ""),
    ("Handläggare", ""), ("Nästa bevakning", ""),
)  # fmt: skip
QUESTION_SORTS = {"nummer": "id", "lage": "state"}
QUESTION_COLUMNS = (
    ("Hushåll", ""), ("Läge", "lage"), ("Nummer", "nummer"), ("Frågas av", ""), ("Nästa bevakning", ""),
)  # fmt: skip
OFFER_COLUMNS = (("Bostad", ""), ("Läge", ""), ("Hushåll", ""), ("Till", ""), ("Lämnat", ""), ("Svar senast", ""))


def referrals_for(scope: Scope) -> QuerySet[Referral]:
    """Mine, and for the property department those that are shared with it: two lists of ids, never an OR over shares."""
    own = Referral.objects.visible_to(scope).order_by().values("pk")
    received = Referral.objects.shared_with(scope).order_by().values("pk")
    return Referral.objects.filter(pk__in=own.union(received))


def assessments_for(scope: Scope) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(scope)


def questions_for(scope: Scope) -> QuerySet[Question]:
    own = Question.objects.visible_to(scope).order_by().values("pk")
    asked = Question.objects.shared_with(scope).order_by().values("pk")
    return Question.objects.filter(pk__in=own.union(asked))


def found(rows: QuerySet, chosen: Mapping[str, Any], scope: Scope, today: date) -> QuerySet:
    """What the filter asks for, of what this person may see."""
    state = chosen.get("lage") or OPEN
    if state == OPEN:
        rows = rows.filter(closed_on=None)
    elif state != ALL:
        rows = rows.filter(state=state)
    if chosen.get("gren"):
        rows = rows.filter(support=chosen["gren"])
    if chosen.get("form"):
        rows = rows.filter(lease_form=chosen["form"])
    if chosen.get("vems") == "mina":
        mine = Q(assignee=scope.staff_id)
        rows = rows.filter(mine | Q(officer=scope.staff_id) if rows.model is Referral else mine)
    if chosen.get("vems") == "sena":
        late = Deadline.objects.still_open().overdue(today).filter(case=OuterRef("pk"))
        rows = rows.filter(Exists(late))
    if chosen.get("q"):
        rows = rows.filter(pk__in=_matching(chosen["q"]))
    return rows


def _matching(typed: str) -> QuerySet:
    """Cases that fit by number, or by the name of an applicant. A protected case is found by its number alone."""
    by_number = Case.objects.order_by().filter(number__icontains=typed).values("pk")
    applicants = CaseParty.objects.filter(role=PartyRole.APPLICANT, case__confidentiality="normal")
    return by_number.union(applicants.filter(person__in=Person.objects.named(typed)).values("case"))


def order_of(sort: str, sorts: Mapping[str, str]) -> tuple[str, ...]:
    """`sort` is a key of `sorts`, with a minus for falling. Newest number first where nothing is asked."""
    key = sort.removeprefix("-")
    if key not in sorts:
        return ("-id",)
    falling = "-" if sort.startswith("-") else ""
    return (f"{falling}id",) if sorts[key] == "id" else (f"{falling}{sorts[key]}", "-id")


def with_people(rows: QuerySet) -> QuerySet:
    """All that a row shows, in one query and one for the household."""
    people = CaseParty.objects.select_related("person").order_by("id")
    rows = rows.select_related("assignee", "unit", "department").prefetch_related(Prefetch("parties", people))
    return rows.select_related("officer") if rows.model is Referral else rows


@dataclass(frozen=True)
class Row:
    case: Any
    names: str
    protected: bool
    look: Look
    holder: str
    next_label: str
    next_due: words.Due | None


def rows_of(cases: Iterable[Case], scope: Scope, today: date) -> list[Row]:
    """Rows with the next deadline each: one query more than the cases, however many."""
    cases = list(cases)
    nearest: dict[int, Deadline] = {}
    rows = Deadline.objects.still_open().filter(case__in=[case.pk for case in cases]).order_by("due_on", "id")
    for deadline in rows:
        nearest.setdefault(deadline.case_id, deadline)
    return [_row(case, nearest.get(case.pk), scope, today) for case in cases]


def _row(case: Any, deadline: Deadline | None, scope: Scope, today: date) -> Row:
    kind, own = kind_of(case), case.department_id in scope.departments
    told = deadline is not None and (own or deadline.department_id in scope.organisation_ids)
    return Row(
        case=case,
        names=PROTECTED.label if case.is_restricted else names_among(case.parties.all(), case, scope) or case.number,
        protected=case.is_restricted,
        look=kind.looks[kind.states(case.state)],
        holder=str((case.assignee or case.unit) if own else (getattr(case, "officer", None) or case.department.code)),
        next_label="" if not told or case.is_restricted else deadline_kind(deadline.kind).label,
        next_due=words.due(deadline.due_on, today) if told else None,
    )


# --- guarantees ----------------------------------------------------------------------------------------------------------

GUARANTEE_COLUMNS = (
    ("Bostad", ""), ("Hushåll", ""), ("Ägare", ""), ("Ägarens kontrakt", ""), ("Hyra", ""), ("Gäller till", "till"),
)  # fmt: skip
GUARANTEE_SORTS = {"till": "guarantee_to"}


@dataclass(frozen=True)
class GuaranteeRow:
    referral: Referral
    address: str
    owner: str
    names: str
    ended_on: date | None = None


def guarantees_for(scope: Scope) -> QuerySet[Referral]:
    """R-1-4: every first-hand lease that the municipality guarantees, of those that this person may see."""
    return referrals_for(scope).exclude(owner_lease_on=None).select_related("guarantee_ending")


def running(rows: QuerySet[Referral], today: date) -> QuerySet[Referral]:
    """Those that have neither run out nor been ended."""
    return rows.filter(guarantee_to__gte=today, guarantee_ending=None)


def guarantees_known(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    homes = Offer.objects.filter(state=OfferState.LEASE_SIGNED).select_related("dwelling__real_property__landlord")
    return with_people(rows).prefetch_related(Prefetch("offers", homes, to_attr="signed_offers"))


def guarantee_rows(referrals: Iterable[Any], scope: Scope) -> list[GuaranteeRow]:
    return [_guarantee_row(referral, scope) for referral in referrals]


def _guarantee_row(referral: Any, scope: Scope) -> GuaranteeRow:
    hidden, (offer,) = referral.is_restricted, referral.signed_offers
    return GuaranteeRow(
        referral=referral,
        address=HIDDEN_ADDRESS if hidden else str(offer.dwelling),
        owner="" if hidden else offer.dwelling.real_property.landlord.name,
        names=PROTECTED.label if hidden else names_among(referral.parties.all(), referral, scope) or referral.number,
        ended_on=ending.ended_on if (ending := getattr(referral, "guarantee_ending", None)) else None,
    )


# --- offers --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfferRow:
    offer: Offer
    address: str
    names: str
    look: Look
    answer_due: words.Due | None


def offers_for(scope: Scope, chosen: Mapping[str, Any]) -> QuerySet[Offer]:
    rows = Offer.objects.filter(referral__in=referrals_for(scope).values("pk"))
    state = chosen.get("lage") or OPEN
    if state == OPEN:
        return rows.filter(state__in=LIVE)
    return rows if state == ALL else rows.filter(state=state)


def offers_known(rows: QuerySet) -> QuerySet:
    people = CaseParty.objects.select_related("person").order_by("id")
    return rows.select_related("dwelling", "referral__department").prefetch_related(
        Prefetch("referral__parties", people)
    )


def offer_rows(offers: Iterable[Offer], scope: Scope, today: date) -> list[OfferRow]:
    return [_offer_row(offer, scope, today) for offer in offers]


def _offer_row(offer: Offer, scope: Scope, today: date) -> OfferRow:
    hidden = offer.referral.is_restricted
    names = names_among(offer.referral.parties.all(), offer.referral, scope)
    return OfferRow(
        offer=offer,
        address=HIDDEN_ADDRESS if hidden else str(offer.dwelling),
        names=PROTECTED.label if hidden else names or offer.referral.number,
        look=offer_look(offer.state, own=offer.referral.is_own),
        answer_due=words.due(offer.answer_by, today) if offer.state == OfferState.OPEN else None,
    )
