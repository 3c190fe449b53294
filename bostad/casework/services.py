"""What people do in a case without changing its state: hand over, note, contact, consent, grant access."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bostad.casework import deadlines
from bostad.casework.graph import kind as kind_by_key
from bostad.casework.graph import kind_of
from bostad.casework.models import (
    Assignment,
    Case,
    CaseAccess,
    Consent,
    ConsentForm,
    ConsentPartner,
    ContactAttempt,
    ContactChannel,
    ContactOutcome,
    JournalEntry,
    JournalKind,
)
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.models import Staff, Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, case_readers
from bostad.people.models import Person


def own(scope: Scope, pk: int) -> Case:
    """The case, locked, if the person's own department or unit owns it. Else 403: a share lets read, not write."""
    case = Case.objects.visible_to(scope).locked().filter(pk=pk).first()
    if case is None or case.department_id not in scope.departments:
        raise PermissionDenied
    return case


def check_owner(scope: Scope, case: Case) -> Case:
    """The same without the lock, for what does not change the case itself: nobody waits for a colleague's note."""
    if case.department_id not in scope.departments or not Case.objects.visible_to(scope).filter(pk=case.pk).exists():
        raise PermissionDenied
    return case


def may_hand_over(case: Case, scope: Scope) -> bool:
    """Who has the case, the managers of its unit or department, and there those whose work its kind is."""
    if scope.staff_id is not None and scope.staff_id == case.assignee_id:
        return True
    roles = {Role.MANAGER, *kind_of(case).handled_by}
    return any(scope.holds(role, case.department_id, case.unit_id) for role in roles)


@transaction.atomic
def hand_over(*, case_id: int, unit: Unit, assignee: Staff | None, reason: str, by: Scope, today: date) -> Case:
    """Moves the case and its open deadlines in one step. In a restricted case the new handler gets access too."""
    case = own(by, case_id)
    if not may_hand_over(case, by):
        raise PermissionDenied
    if assignee is not None and assignee.unit_id != unit.pk:
        raise StepNotTaken("Handläggaren arbetar inte på enheten.", "assignee")
    if unit.organisation_id != case.department_id:
        raise StepNotTaken("Enheten hör inte till ärendets förvaltning.", "unit")
    if assignee is not None and not case_readers([case.department_id]).filter(pk=assignee.pk).exists():
        raise StepNotTaken(f"{assignee} läser inte enhetens ärenden. Välj någon annan.", "assignee")
    Case.objects.filter(pk=case.pk).update(unit=unit, assignee=assignee)
    Assignment.objects.create(case=case, unit=unit, assignee=assignee, on=today, by_id=by.staff_id, reason=reason)
    if case.is_restricted and assignee is not None:
        give_access(case=case, staff=assignee, reason=reason, by=by)
    deadlines.replan(kind_of(case), [case.pk], today)
    case.refresh_from_db()
    return case


def give_access(*, case: Case, staff: Staff, reason: str, by: Scope) -> CaseAccess:
    """Names one more who may open a restricted case. Only who may open it, at its own department, can do that."""
    check_owner(by, case)
    access, _ = CaseAccess.objects.get_or_create(
        case=case, staff=staff, defaults={"reason": reason, "granted_by_id": by.staff_id}
    )
    return access


def write_note(
    *, case: Case, text: str, on: date, by: Scope, kind: str = JournalKind.NOTE, corrects: JournalEntry | None = None
) -> JournalEntry:
    """A signed entry. A correction names the entry that it corrects, which stays readable."""
    check_owner(by, case)
    if corrects is not None and corrects.case_id != case.pk:
        raise PermissionDenied
    if corrects is not None and JournalEntry.objects.filter(corrects=corrects).exists():
        raise StepNotTaken("Anteckningen är redan rättad. Rätta den senaste rättelsen i stället.")
    return JournalEntry.objects.create(case=case, kind=kind, on=on, text=text, by_id=by.staff_id, corrects=corrects)


def record_contact(
    *, case: Case, on: date, channel: ContactChannel, contact: str, outcome: ContactOutcome, note: str, by: Scope
) -> ContactAttempt:
    check_owner(by, case)
    return ContactAttempt.objects.create(
        case=case, on=on, channel=channel, contact=contact, outcome=outcome, note=note, by_id=by.staff_id
    )


def record_consent(
    *,
    case: Case,
    person: Person,
    partner: ConsentPartner,
    partner_name: str,
    purpose: str,
    form: ConsentForm,
    given_on: date,
    by: Scope,
) -> Consent:
    """Consent of a party of the case, for one partner and one purpose."""
    check_owner(by, case)
    if not case.parties.filter(person=person).exists():
        raise PermissionDenied
    return Consent.objects.create(
        case=case, person=person, partner=partner, partner_name=partner_name, purpose=purpose,
        form=form, given_on=given_on, recorded_by_id=by.staff_id,
    )  # fmt: skip


@transaction.atomic
def revoke_consent(*, consent: Consent, on: date, by: Scope) -> Consent:
    """From that day nothing more is told. What was told before stays told, and in the log."""
    check_owner(by, consent.case)
    if consent.revoked_on is None:
        if on < consent.given_on:
            raise StepNotTaken("Ett samtycke kan inte återkallas innan det lämnats.")
        consent.revoked_on = on
        consent.save(update_fields=["revoked_on"])
        _plan_what_rests_on(consent.case, on)
    return consent


def _plan_what_rests_on(case: Case, today: date) -> None:
    """A consent that is taken back changes what is to be done here, and in the cases that came out of this one."""
    rests = [case, *Case.objects.filter(linked_from__case=case)]
    for kind in {one.kind for one in rests}:
        deadlines.replan(kind_by_key(kind), [one.pk for one in rests if one.kind == kind], today)


def may_tell(case: Case, partner: ConsentPartner, partner_name: str, on: date) -> Consent | None:
    """The consent that lets this partner know on that day, or None. Every adult party must have given one."""
    given = [
        consent
        for consent in case.consents.filter(partner=partner, partner_name=partner_name, given_on__lte=on)
        if consent.revoked_on is None or consent.revoked_on > on
    ]
    tenants = set(case.parties.exclude(role="child").values_list("person_id", flat=True))
    return given[0] if given and tenants <= {consent.person_id for consent in given} else None
