"""Registration, the year, its extension and its end (R-1-33 to R-1-37), and FF's own households (R-1-85)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bostad.casework import protection, steps
from bostad.casework.models import Case
from bostad.casework.refusals import StepNotTaken
from bostad.casework.sharing import end_shares
from bostad.organisation.models import Staff, Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import SYSTEM, Scope, staff_holding
from bostad.organisation.settings_keys import resolve
from bostad.words import in_sentence
from referrals import content, documents
from referrals.loading.referral import load
from referrals.models import Offer, Referral, ReferralVersion
from referrals.rules.writing import the_debt_picture_is_fresh
from referrals.services import deciding
from referrals.services.deciding import DecisionInput
from referrals.services.people import HouseholdInput, write_household
from referrals.services.writing import (
    check_dialogue,
    check_section,
    members_of,
    next_version,
    send,
    sign_version,
    signed_version,
    version_in_writing,
)
from referrals.settings_keys import VALID_FROM
from referrals.states import IN_FORCE, LIVE, DecisionKind, LeaseForm, OfferState, Permit, Purpose, ReferralState
from referrals.valid_time import a_year_from


def register(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """FF takes the referral in: its year begins, and what it replaces ends. Who registers it handles it."""
    with transaction.atomic():
        # the old one first: its year is read as it stands, and whoever ends it does not wait for this one
        Case.objects.locked().filter(pk__in=Referral.objects.filter(pk=pk).values("replaces")).first()
        with steps.door(Referral, pk, "register", by=by, today=today, seen=seen) as referral:
            referral.registered_on = today
            referral.officer_id = referral.officer_id or by.staff_id
            if referral.replaces_id is not None:
                _go_on(referral, Referral.objects.get(pk=referral.replaces_id))
            else:
                _begin_validity(referral, _first_day(referral, today))
        if referral.replaces is not None and referral.replaces.state in IN_FORCE:
            _supersede(referral.replaces_id, referral.number, today)
    return referral


def _go_on(referral: Referral, old: Referral) -> None:
    """A replacement says something else of the same right: it gives no new time (R-1-35), and none that has ceased."""
    if old.state not in (*IN_FORCE, ReferralState.WITHDRAWN, ReferralState.EXPIRED):
        state = in_sentence(ReferralState(old.state).label)
        raise StepNotTaken(f"{old.number}, som den här ersätter, är {state}. Dra tillbaka den här.")
    referral.valid_from, referral.valid_to, referral.extensions = old.valid_from, old.valid_to, old.extensions


def _first_day(referral: Referral, today: date) -> date:
    """From when the year is counted: the seed does not say, so the municipality does (point 14)."""
    wanted = resolve(VALID_FROM.key, referral.opened_on, referral.department_id).value
    if wanted == "decision":
        return referral.decision.decided_on
    return signed_version(referral).signed_on if wanted == "signature" else today


def _begin_validity(referral: Referral, first_day: date) -> None:
    referral.valid_from, referral.valid_to = first_day, a_year_from(first_day)


def _supersede(pk: int, number: str, today: date) -> None:
    """The old one ends as the new one begins. Refused while an offer of the old one is unanswered."""
    with steps.door(Referral, pk, "supersede", by=SYSTEM, today=today, note=f"Ersatt av {number}.") as old:
        put_aside(old, today)
        old.outcome = "superseded"


def assign_officer(pk: int, *, officer: Staff, by: Scope, today: date, seen: int | None = None) -> Referral:
    with steps.door(Referral, pk, "assign_officer", by=by, today=today, seen=seen) as referral:
        officers = staff_holding(Role.PROPERTY_OFFICER, referral.property_department_id)
        if not officers.filter(pk=officer.pk).exists():
            raise StepNotTaken(f"{officer} är inte FF-handläggare.", "officer")
        referral.officer = officer
        if referral.is_restricted:
            protection.let_read(referral, [officer.pk])
    return referral


# --- FF's own households -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IntakeInput:
    household: HouseholdInput
    lease_form: str
    own_ground: str
    rooms_min: int
    rooms_max: int | None = None
    rent_max: int | None = None
    needs_lift: bool = False
    needs_wheelchair: bool | None = None  # not asked
    permit: str = ""
    permit_to: date | None = None
    assignment_reference: str = ""
    barred: tuple[str, ...] = ()  # areas of the property register
    near_school: tuple[str, ...] = ()
    note: str = ""
    debt_total: int | None = None  # kronor, asked for a guarantee alone
    debt_dialogue_on: date | None = None
    debt_dialogue_with: str = ""


def take_in(data: IntakeInput, *, unit: Unit, by: Scope, today: date) -> Referral:
    """R-1-23, R-1-85: a household of FF's own, without a referral of another department, and so without its year."""
    _check_permit(data.permit, data.permit_to, today)
    if data.lease_form == LeaseForm.GUARANTEE and data.debt_total is None:
        raise StepNotTaken("Ange hushållets skulder. Skriv 0 om det inte har några.", "debt_total")
    check_dialogue(data.debt_dialogue_on, data.debt_dialogue_with, today)
    with steps.opening(
        Referral, "take_in", by=by, today=today, department=unit.organisation, unit=unit, assignee_id=by.staff_id,
        property_department=unit.organisation, lease_form=data.lease_form, own_ground=data.own_ground,
        permit=data.permit, permit_to=data.permit_to, assignment_reference=data.assignment_reference,
        registered_on=today, officer_id=by.staff_id, debt_dialogue_on=data.debt_dialogue_on,
        debt_dialogue_with=data.debt_dialogue_with,
    ) as referral:  # fmt: skip
        write_household(referral, data.household, by=by, today=today)
        ReferralVersion.objects.create(
            referral=referral, number=1, begun_on=today, authors=[by.staff_id], content=_told(referral, data, today)
        )
    return referral


def _check_permit(permit: str, permit_to: date | None, today: date) -> None:
    if permit == Permit.TEMPORARY and permit_to is None:
        raise StepNotTaken("Ange när det tillfälliga uppehållstillståndet slutar.", "permit_to")
    if permit_to is not None and permit_to <= today:
        raise StepNotTaken("Uppehållstillståndet har gått ut.", "permit_to")


def renew_permit(
    pk: int, *, permit: str, permit_to: date | None, by: Scope, today: date, seen: int | None = None
) -> Referral:
    """A newcomer's permit has been prolonged, or has become permanent: homes can be offered again."""
    _check_permit(permit, permit_to, today)
    with steps.door(Referral, pk, "renew_permit", by=by, today=today, seen=seen) as referral:
        referral.permit, referral.permit_to = permit, permit_to if permit == Permit.TEMPORARY else None
    return referral


def _told(referral: Referral, data: IntakeInput, today: date) -> dict[str, dict[str, Any]]:
    """What the property department keeps of its own households: who they are, what they need, and for a guarantee what they owe."""
    need = ("rooms_min", "rooms_max", "rent_max", "needs_lift", "needs_wheelchair")
    said: dict[str, dict[str, Any]] = {
        "household": {"members": members_of(referral, today), "note": data.note},
        "need": {name: getattr(data, name) for name in need},
    }
    if data.barred:
        said["areas"] = {"barred": list(data.barred)}
    if data.near_school:
        said["children"] = {"areas": list(data.near_school)}
    if data.lease_form == LeaseForm.GUARANTEE:
        said["economy"] = {"debt_total": data.debt_total}
    return said


# --- extension -----------------------------------------------------------------------------------------------------------


def begin_extension(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """A new version to go through, section by section. The signed one goes on being what FF reads."""
    with steps.door(Referral, pk, "begin_extension", by=by, today=today, seen=seen) as referral:
        version = next_version(referral, signed_version(referral), Purpose.EXTENSION, today=today)
        version.content = version.content | {
            "household": version.content.get("household", {}) | {"members": members_of(referral, today)}
        }
        version.authors = sorted({*version.authors, by.staff_id})
        version.save(update_fields=["content", "authors"])
    return referral


def confirm_section(pk: int, key: str, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-36: looked at, and unchanged."""
    note = f"{content.label_of(key)}: oförändrat"
    with steps.door(Referral, pk, "review_extension", by=by, today=today, seen=seen, note=note) as referral:
        version = version_in_writing(referral)
        check_section(referral, version, key)
        if key == "economy" and not the_debt_picture_is_fresh.holds(load([referral.pk], today)[referral.pk]):
            raise StepNotTaken(the_debt_picture_is_fresh.stated)
        version.reviewed = sorted({*version.reviewed, key})
        version.authors = sorted({*version.authors, by.staff_id})
        version.save(update_fields=["reviewed", "authors"])
    return referral


def extend(pk: int, data: DecisionInput, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """One further year from the day on which the old one would have ended: a decision, with new signatures (R-1-35)."""
    with steps.door(Referral, pk, "extend", by=by, today=today, seen=seen) as referral:
        version = version_in_writing(referral)
        sign_version(referral, version, by=by, today=today)
        send(version, today)
        deciding.take(referral, DecisionKind.EXTENSION, data, by=by, today=today)
        referral.valid_to = a_year_from(referral.valid_to)
        referral.extensions += 1
        referral.let_run_out_on = None
    return referral


def drop_extension(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Referral:
    with steps.door(Referral, pk, "drop_extension", by=by, today=today, seen=seen, note=reason) as referral:
        put_aside(referral, today)
    return referral


def let_run_out(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Referral:
    with steps.door(Referral, pk, "let_run_out", by=by, today=today, seen=seen, note=reason) as referral:
        referral.let_run_out_on = today
    return referral


# --- the end -------------------------------------------------------------------------------------------------------------


def cease(pk: int, data: DecisionInput, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-37: the right ceases by a decision. FF is told, and a live offer lapses with it."""
    with steps.door(Referral, pk, "cease", by=by, today=today, seen=seen) as referral:
        deciding.take(referral, DecisionKind.CESSATION, data, by=by, today=today)
        lapse(referral, "Rätten till stöd har upphört.", today)
        put_aside(referral, today)
        documents.freeze_cessation_notice(referral, by=by, today=today)
        referral.outcome = "ceased"
    return referral


def withdraw(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Referral:
    with steps.door(Referral, pk, "withdraw", by=by, today=today, seen=seen, note=reason) as referral:
        lapse(referral, "Remissen är återtagen.", today)
        put_aside(referral, today)
        if referral.submitted_on:
            documents.freeze_cessation_notice(referral, by=by, today=today)
        referral.given_up = referral.registered_on is None
        if referral.given_up:  # FF reads no more of what it never took in
            end_shares([referral.pk], today)
        referral.outcome = "withdrawn"
    return referral


def note_end(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-37: FF knows that the referral has ended, and looks for no home any more."""
    with steps.door(Referral, pk, "note_end", by=by, today=today, seen=seen) as referral:
        referral.end_noted_on = today
    return referral


def lapse(referral: Referral, reason: str, today: date) -> None:
    """A live offer ends without an answer: the dwelling is free for others, and no offer is used up."""
    Offer.objects.filter(referral=referral, state__in=LIVE).update(
        state=OfferState.LAPSED, lapse_reason=reason, ended_on=today
    )


def put_aside(referral: Referral, today: date) -> None:
    """What was being written is written no more."""
    if not referral.is_own:  # whose one version nobody signs
        referral.versions.filter(voided_on=None, signed_on=None).update(voided_on=today)
