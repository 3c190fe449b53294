"""A referral is begun on a decision, written in sections, approved by the person, signed by the manager, and sent (R-1-26 to R-1-33)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bostad.casework import protection, steps
from bostad.casework.models import Case, CaseLink, PartyRole, Share, ShareGround
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, staff_holding
from bostad.organisation.settings_keys import resolve
from referrals import content, documents, representatives
from referrals.models import (
    Assessment,
    CompletionPoint,
    Decision,
    Referral,
    ReferralVersion,
    VersionSignature,
)
from referrals.services.people import copy_household
from referrals.services.receivers import property_department
from referrals.settings_keys import LEASE_FORMS, SECTIONS
from referrals.states import DecisionKind, Purpose


@dataclass(frozen=True)
class OpeningInput:
    lease_form: str
    form_motivation: str = ""
    debt_dialogue_on: date | None = None
    debt_dialogue_with: str = ""


def open_referral(
    assessment_pk: int, data: OpeningInput, *, by: Scope, today: date, seen: int | None = None
) -> Referral:
    """The first referral on the decision of an assessment (R-1-28)."""
    with steps.door(Assessment, assessment_pk, "open_referral", by=by, today=today, seen=seen) as assessment:
        decision = Decision.objects.get(case_id=assessment.pk, kind=DecisionKind.GRANT)
        referral = _open(assessment, decision, data, None, by, today)
    return referral


def replace(pk: int, data: OpeningInput, *, by: Scope, today: date) -> Referral:
    """A new referral instead of one that is in force: what FF finds missing after registration comes so (R-1-33).

    The old one holds until the new one is registered.
    """
    with transaction.atomic():
        Case.objects.locked().get(pk=pk)  # so that two do not both replace it, and it does not end meanwhile
        old = Referral.objects.get(pk=pk)
        if known := old.replaced_by:
            raise StepNotTaken(f"Remissen ersätts redan av {known.number}.")
        if not old.may_be_replaced:
            raise StepNotTaken("Bara en gällande remiss utan erbjudande kan ersättas.")
        referral = _open(old.assessment, old.decision, data, old, by, today)
        CaseLink.objects.create(case_id=referral.pk, other_id=old.pk, reason="replaces")
    return referral


def _open(
    assessment: Assessment, decision: Decision, data: OpeningInput, old: Referral | None, by: Scope, today: date
) -> Referral:
    _check_form(data, assessment.department_id, today)
    with steps.opening(
        Referral, "open", by=by, today=today, department_id=assessment.department_id, unit_id=assessment.unit_id,
        assignee_id=by.staff_id, lease_form=data.lease_form, property_department=property_department(today),
        assessment=assessment, decision=decision, replaces=old, debt_dialogue_on=data.debt_dialogue_on,
        debt_dialogue_with=data.debt_dialogue_with,
    ) as referral:  # fmt: skip
        copy_household(old or assessment, referral, by=by, today=today)
        _first_version(referral, data, old, by, today)
        if old is None:
            CaseLink.objects.create(case_id=assessment.pk, other_id=referral.pk, reason="referral")
    return referral


def _check_form(data: OpeningInput, department_id: int, today: date) -> None:
    if data.lease_form not in resolve(LEASE_FORMS.key, today, department_id).value:
        raise StepNotTaken("Förvaltningen remitterar inte till den formen.", "lease_form")
    check_dialogue(data.debt_dialogue_on, data.debt_dialogue_with, today)


def check_dialogue(on: date | None, with_whom: str, today: date) -> None:
    if on and on > today:
        raise StepNotTaken("Dialogen kan inte vara efter idag.", "debt_dialogue_on")
    if on and not with_whom.strip():
        raise StepNotTaken("Ange vem på fastighetsförvaltningen dialogen fördes med.", "debt_dialogue_with")


def _first_version(referral: Referral, data: OpeningInput, old: Referral | None, by: Scope, today: date) -> None:
    """What the decision and the household say already; of a replacement what the old one said, to be gone through."""
    said: dict[str, dict[str, Any]] = {}
    authors = {by.staff_id}
    if old is not None:
        before = signed_version(old)
        said = {key: dict(values) for key, values in before.content.items()}
        authors |= set(before.authors)  # whose words these are goes with the words (R-1-31)
    said["household"] = said.get("household", {}) | {"members": members_of(referral, today)}
    said["decision"] = said.get("decision", {}) | {
        "motivation": said.get("decision", {}).get("motivation") or referral.decision.motivation,
        "lease_form": data.lease_form,
        "form_motivation": data.form_motivation,
        "number": referral.decision.number,
        "decided_on": referral.decision.decided_on.isoformat(),
    }
    ReferralVersion.objects.create(
        referral=referral,
        number=1,
        purpose=Purpose.FIRST,
        content=with_representatives(referral, said, today),
        begun_on=today,
        authors=sorted(authors),
    )


def members_of(referral: Referral, today: date) -> list[dict[str, Any]]:
    """The household as the referral lists it: adults by name, children by name, age and kind of housing, as the case has it. No numbers."""
    parties = referral.parties.filter(to_on=None).select_related("person").order_by("id")
    return [
        {
            "name": party.shown_name(own=False, restricted=referral.is_restricted),
            "age": party.person.age_on(today),
            "child": party.role == PartyRole.CHILD,
            "housing": party.child_housing,
        }
        for party in parties
    ]


def with_representatives(referral: Referral, said: content.Content, today: date) -> dict[str, Any]:
    """The content with those who act for the adults today among the other contacts (R-1-47)."""
    acting = representatives.as_content(referral, today)
    contacts = {name: value for name, value in said.get("contacts", {}).items() if name != "representatives"}
    if not acting and "representatives" not in said.get("contacts", {}):
        return dict(said)
    return {**said, "contacts": contacts | ({"representatives": acting} if acting else {})}


# --- versions ----------------------------------------------------------------------------------------------------------


def version_in_writing(referral: Referral) -> ReferralVersion:
    """The one that is written now, approved or not."""
    found = referral.versions.filter(voided_on=None, signed_on=None).first()
    if found is None:
        raise StepNotTaken("Ingen lydelse skrivs just nu.")
    return found


def signed_version(referral: Referral) -> ReferralVersion:
    """The last that the manager has signed. Of an own group the only one there is."""
    valid = referral.versions.filter(voided_on=None).order_by("number")
    found = valid.last() if referral.is_own else valid.filter(signed_on__isnull=False).last()
    if found is None:
        raise StepNotTaken("Remissen är inte undertecknad.")
    return found


def sent_version(referral: Referral) -> ReferralVersion:
    """What FF reads: the last that was sent to it, and no word that is signed and not sent yet."""
    if referral.is_own:
        return signed_version(referral)
    found = referral.versions.filter(sent_on__isnull=False).order_by("number").last()
    if found is None:
        raise StepNotTaken("Remissen är inte skickad.")
    return found


def send(version: ReferralVersion, today: date) -> None:
    version.sent_on = today
    version.save(update_fields=["sent_on"])


def next_version(
    referral: Referral, after: ReferralVersion, purpose: Purpose, *, today: date, reviewed: Iterable[str] = ()
) -> ReferralVersion:
    """The same words once more, without signatures, to be changed. `reviewed`: what needs not be gone through anew."""
    last = referral.versions.order_by("-number").values_list("number", flat=True)[0]
    return ReferralVersion.objects.create(
        referral=referral, number=last + 1, purpose=purpose, begun_on=today,
        content=with_representatives(referral, after.content, today), reviewed=sorted(reviewed),
        authors=list(after.authors),  # whose words these are goes with the words (R-1-31)
    )  # fmt: skip


def write_section(
    pk: int,
    key: str,
    values: Mapping[str, Any],
    *,
    by: Scope,
    today: date,
    step: str = "write",
    version: int | None = None,
    seen: int | None = None,
) -> Referral:
    """Saves one section, half-done too. `version` is the number that the writer's page showed: another is a conflict.

    Refuses health without a reason why it matters to the dwelling (R-1-44).
    """
    with steps.door(Referral, pk, step, by=by, today=today, seen=seen, note=content.label_of(key)) as referral:
        writing = version_in_writing(referral)
        check_section(referral, writing, key)
        if version is not None and version != writing.number:
            raise StepNotTaken("Remissen har fått en ny lydelse sedan sidan öppnades. Läs den och försök igen.")
        said = dict(writing.content)
        said[key] = _kept(said.get(key, {}), values)
        if key == "contacts":
            said = with_representatives(referral, said, today)
        if content.health_without_reason(said):
            raise StepNotTaken("Ange varför uppgifterna om hälsa behövs för bostaden, eller ta bort dem.", "reason")
        writing.content = said
        writing.reviewed = sorted({*writing.reviewed, key})
        writing.authors = sorted({*writing.authors, by.staff_id})
        writing.save(update_fields=["content", "reviewed", "authors"])
    return referral


def sections_of(referral: Referral, version: ReferralVersion) -> tuple[content.Section, ...]:
    """The core, what the department has besides, and what stands there already: that can be read, and taken away."""
    chosen = resolve(SECTIONS.key, referral.opened_on, referral.department_id).value
    return content.sections_of([*chosen, *version.content])


def check_section(referral: Referral, version: ReferralVersion, key: str) -> None:
    if key not in {section.key for section in sections_of(referral, version)}:
        raise StepNotTaken("Avsnittet finns inte i förvaltningens remisser.")


def _kept(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in before.items() if name in content.FIXED} | {
        name: value for name, value in values.items() if name not in content.FIXED
    }


def choose_form(pk: int, data: OpeningInput, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """Another form than the one it was begun for, or the dialogue that a guarantee with debts asks for (R-1-27)."""
    with steps.door(Referral, pk, "choose_form", by=by, today=today, seen=seen) as referral:
        _check_form(data, referral.department_id, today)
        referral.lease_form = data.lease_form
        referral.debt_dialogue_on, referral.debt_dialogue_with = data.debt_dialogue_on, data.debt_dialogue_with
        version = version_in_writing(referral)
        chosen = {"lease_form": data.lease_form, "form_motivation": data.form_motivation}
        version.content = version.content | {"decision": version.content.get("decision", {}) | chosen}
        version.authors = sorted({*version.authors, by.staff_id})
        version.save(update_fields=["content", "authors"])
    return referral


def inform(pk: int, *, informed_on: date, how: str, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-29: the person has been told that one home is offered."""
    with steps.door(Referral, pk, "inform", by=by, today=today, seen=seen) as referral:
        _informed(referral, informed_on, how, by, today)
    return referral


def correct_information(
    pk: int, *, informed_on: date, how: str, reason: str, by: Scope, today: date, seen: int | None = None
) -> Referral:
    """The day or the way was recorded wrongly. Why stands in the journal, beside what was said before."""
    with steps.door(Referral, pk, "correct_information", by=by, today=today, seen=seen, note=reason) as referral:
        _informed(referral, informed_on, how, by, today)
    return referral


def _informed(referral: Referral, informed_on: date, how: str, by: Scope, today: date) -> None:
    if informed_on > today:
        raise StepNotTaken("Dagen kan inte vara efter idag.", "informed_on")
    if informed_on < referral.assessment.applied_on:
        raise StepNotTaken("Den enskilde kan inte ha fått veta det före ansökan.", "informed_on")
    referral.informed_on, referral.informed_how = informed_on, how
    documents.freeze_one_offer_information(referral, by=by, today=today)


def print_to_sign(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-30: the content as it stands, naming who acts today (R-1-47), on paper for who signs with a pen."""
    with steps.door(Referral, pk, "print_to_sign", by=by, today=today, seen=seen) as referral:
        version = version_in_writing(referral)
        version.content = with_representatives(referral, version.content, today)
        version.save(update_fields=["content"])
        documents.freeze_referral_to_sign(referral, version, by=by, today=today)
    return referral


@dataclass(frozen=True)
class SignatureInput:
    person_id: int
    representative_id: int | None = None


def approve(
    pk: int,
    *,
    signatures: Sequence[SignatureInput],
    signed_on: date,
    content_hash: str,
    by: Scope,
    today: date,
    step: str = "approve",
    seen: int | None = None,
) -> Referral:
    """R-1-30: each adult has approved and signed exactly this content. `content_hash` is of what they were shown."""
    if signed_on > today:
        raise StepNotTaken("Underskriften kan inte vara efter idag.", "signed_on")
    with steps.door(Referral, pk, step, by=by, today=today, seen=seen) as referral:
        version = version_in_writing(referral)
        if content_hash != content.hash_of(version.content):
            raise StepNotTaken(
                "Remissen har ändrats sedan den visades för den enskilde. Visa den nya lydelsen och låt den undertecknas.",
                "content_hash",
            )
        if signed_on < version.begun_on:
            raise StepNotTaken("Underskriften kan inte vara före den dag då lydelsen påbörjades.", "signed_on")
        if version.purpose != Purpose.EXTENSION and referral.informed_on and signed_on < referral.informed_on:
            raise StepNotTaken(
                "Informationen om ett enda erbjudande ska lämnas innan remissen undertecknas.", "signed_on"
            )
        for signature in signatures:
            _sign(referral, version, signature, signed_on, content_hash)
        version.approved_on, version.approved_hash = signed_on, content_hash
        version.save(update_fields=["approved_on", "approved_hash"])
    return referral


def _sign(
    referral: Referral, version: ReferralVersion, given: SignatureInput, signed_on: date, content_hash: str
) -> None:
    party = next((row for row in representatives.adults(referral) if row.person_id == given.person_id), None)
    if party is None:
        raise StepNotTaken("Den som undertecknar hör inte till ärendet.", "signed_on")
    acting = representatives.acting_for(party, signed_on)
    if given.representative_id is not None and (acting is None or acting.pk != given.representative_id):
        raise StepNotTaken("Företrädarens behörighet gäller inte den dagen.", "signed_on")
    VersionSignature.objects.create(
        version=version, person_id=given.person_id, representative_id=given.representative_id, signed_on=signed_on,
        content_hash=content_hash,
    )  # fmt: skip


def change(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Referral:
    """What was approved or signed is opened again: its signatures are void with it."""
    with steps.door(Referral, pk, "change", by=by, today=today, seen=seen, note=reason) as referral:
        version = referral.versions.filter(voided_on=None).order_by("number").last()
        _replace(referral, version, today)
    return referral


def _replace(referral: Referral, version: ReferralVersion, today: date, asked: Iterable[str] = ()) -> None:
    """Of an extension what nobody asked of stays gone through."""
    version.voided_on = today
    version.save(update_fields=["voided_on"])
    extends = version.purpose == Purpose.EXTENSION
    next_version(
        referral,
        version,
        Purpose.EXTENSION if extends else Purpose.CHANGE,
        today=today,
        reviewed=set(version.reviewed) - set(asked) if extends else (),
    )


def sign(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-31: the manager has reviewed and signs. Never who has written any of it."""
    with steps.door(Referral, pk, "sign", by=by, today=today, seen=seen) as referral:
        sign_version(referral, version_in_writing(referral), by=by, today=today)
    return referral


def sign_version(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> None:
    if by.staff_id in version.authors:
        raise StepNotTaken("Den som har skrivit remissen kan inte granska och underteckna den som chef.")
    version.signed_on, version.signed_by_id = today, by.staff_id
    version.save(update_fields=["signed_on", "signed_by"])
    documents.freeze_referral(referral, version, by=by, today=today)


@dataclass(frozen=True)
class Asked:
    """What is to be completed or changed of one section, and which of its fields; none is the section as a whole."""

    text: str
    fields: Sequence[str] = ()


def send_back(
    pk: int, *, points: Mapping[str, Asked], by: Scope, today: date, step: str = "send_back", seen: int | None = None
) -> Referral:
    """The manager's comments, by section. A new version is begun; what was approved is void."""
    with steps.door(Referral, pk, step, by=by, today=today, seen=seen) as referral:
        version = version_in_writing(referral)
        _ask(referral, version, points, by, today)
        _replace(referral, version, today, [point.section for point in version.points.all()])
    return referral


def _ask(referral: Referral, version: ReferralVersion, points: Mapping[str, Asked], by: Scope, today: date) -> None:
    asked = {key: point for key, point in points.items() if point.text.strip() or point.fields}
    if not asked:
        raise StepNotTaken("Ange vilka avsnitt som ska kompletteras, och vad som saknas.")
    for key, point in asked.items():
        check_section(referral, version, key)
        if not point.text.strip():
            raise StepNotTaken("Skriv vad som saknas eller ska ändras.", f"point_{key}")
        if set(point.fields) - set(content.BY_KEY[key].written):
            raise StepNotTaken("Uppgiften finns inte i avsnittet.", f"point_{key}")
        CompletionPoint.objects.create(
            version=version, section=key, fields=list(point.fields), text=point.text.strip(), asked_on=today,
            asked_by_id=by.staff_id,
        )  # fmt: skip


def submit(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """To FF, which from now on reads what was signed, and nothing else of the case."""
    with steps.door(Referral, pk, "submit", by=by, today=today, seen=seen) as referral:
        referral.submitted_on = today
        send(signed_version(referral), today)
        Share.objects.get_or_create(
            case_id=referral.pk, organisation_id=referral.property_department_id, ended_on=None,
            defaults={"ground": ShareGround.SIGNED_REFERRAL, "from_on": today},
        )  # fmt: skip
        if referral.is_restricted:  # FF's managers alone, until they name who handles it
            managers = staff_holding(Role.MANAGER, referral.property_department_id)
            protection.let_read(referral, managers.values_list("pk", flat=True))
    return referral


def ask_completion(
    pk: int, *, points: Mapping[str, Asked], by: Scope, today: date, seen: int | None = None
) -> Referral:
    """R-1-33: FF names the sections, their fields and what is missing. The department answers with a new version."""
    with steps.door(Referral, pk, "ask_completion", by=by, today=today, seen=seen) as referral:
        version = signed_version(referral)
        _ask(referral, version, points, by, today)
        next_version(referral, version, Purpose.COMPLETION, today=today)
        documents.freeze_completion_request(referral, version, by=by, today=today)
    return referral
