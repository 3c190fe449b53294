"""Freezes what is known of a case into the data of its papers (`papers.py`). Nothing here reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from bostad.casework.models import Case, ConsentPartner
from bostad.documents.frozen import address, municipality, template
from bostad.documents.services import approved_template, freeze
from bostad.words import in_sentence
from referrals import content, content_words, matching, paper_parts, papers
from referrals.decision_data import decision_data
from referrals.models import Referral, ReferralVersion
from referrals.states import DecisionKind, LeaseForm, OfferState

if TYPE_CHECKING:
    from bostad.casework.models import CaseParty
    from bostad.documents.models import Document, TextTemplate
    from bostad.documents.shapes import Address
    from bostad.housing.models import Dwelling
    from bostad.organisation.models import Staff
    from bostad.organisation.scope import Scope
    from referrals.models import Decision, Offer, Question, VersionSignature

# Of a referral's papers those that the property department reads: what was signed and then changed was never sent.
SENT = Q(
    Exists(
        ReferralVersion.objects.filter(
            referral=OuterRef("case"),
            number=Cast(OuterRef("data__version"), IntegerField()),
            sent_on__isnull=False,
        )
    )
)


def _freeze(
    case: Case, kind: papers.Kind, data: Callable[[TextTemplate], Any], *, title: str = "", by: Scope, today: date
) -> Document:
    version = approved_template(kind, today)
    return freeze(case=case, kind=kind, template=version, data=data(version), on=today, by=by, title=title)


# --- decisions -----------------------------------------------------------------------------------------------------------


def freeze_decision(decision: Decision, *, by: Scope, today: date) -> Document:
    """One for each adult, whom it concerns as much as the other. The first of them is the decision's own."""
    case = Case.objects.get(pk=decision.case_id)
    title = f"Beslut {decision.number}, {in_sentence(DecisionKind(decision.kind).label)}"

    def data(version: TextTemplate, to: CaseParty) -> papers.Decision:
        return decision_data(decision, case, to, version, by, today)

    return _freeze_for_each(case, "decision", data, title=title, by=by, today=today)[0]


def _freeze_for_each(
    case: Case,
    kind: papers.Kind,
    data: Callable[[TextTemplate, CaseParty], Any],
    *,
    title: str = "",
    by: Scope,
    today: date,
) -> list[Document]:
    """A letter to each adult of the case. Where there are two the title says which, by no name: the read log keeps it."""
    adults = paper_parts.adults(case)
    title = title or papers.PAPERS[kind].title
    return [
        _freeze(
            case,
            kind,
            partial(data, to=to),
            title=f"{title}, till vuxen {n}" if len(adults) > 1 else title,
            by=by,
            today=today,
        )
        for n, to in enumerate(adults, start=1)
    ]


# --- the question of responsibility --------------------------------------------------------------------------------------


def freeze_consent(question: Question, *, by: Scope, today: date) -> Document:
    asked = question.shares.select_related("organisation").order_by("id")

    def data(version: TextTemplate) -> papers.DialogueConsent:
        return {
            "number": question.number,
            "asked_on": question.asked_on.isoformat(),
            "municipality": municipality(question.department),
            "sender": paper_parts.desk_of(question),
            "consents": _consents(question),
            "departments": [share.organisation.name for share in asked],
            "question": question.text,
            "template": template(version),
        }

    return _freeze(question, "dialogue_consent", data, by=by, today=today)


def _consents(question: Question) -> list[papers.GivenConsent]:
    """The last that each adult has given."""
    given = question.assessment.consents.filter(partner=ConsentPartner.DEPARTMENT, revoked_on=None).order_by("id")
    last = {consent.person_id: consent for consent in given}
    return [
        {
            "name": party.shown_name(own=True, restricted=question.is_restricted),
            "given_on": last[party.person_id].given_on.isoformat(),
            "form_label": last[party.person_id].get_form_display().lower(),
        }
        for party in paper_parts.adults(question)
        if party.person_id in last
    ]


def freeze_group_material(question: Question, *, by: Scope, today: date) -> Document:
    answers = question.answers.select_related("organisation").order_by("id")

    def data(version: TextTemplate) -> papers.GroupMaterial:
        return {
            "number": question.number,
            "asked_on": question.asked_on.isoformat(),
            "lifted_on": question.lifted_on.isoformat(),
            "municipality": municipality(question.department),
            "sender": paper_parts.desk_of(question),
            "names": paper_parts.names(question, to_others=True),
            "consented_on": question.consent.given_on.isoformat(),
            "question": question.text,
            "stances": [
                {
                    "department": answer.organisation.name,
                    "position": answer.get_position_display(),
                    "reason": answer.reason,
                    "answered_on": answer.on.isoformat(),
                }
                for answer in answers
            ],
            "guidelines": paper_parts.guidelines(question, today),
            "template": template(version),
        }

    return _freeze(question, "group_material", data, by=by, today=today)


# --- the referral --------------------------------------------------------------------------------------------------------


def freeze_one_offer_information(referral: Referral, *, by: Scope, today: date) -> list[Document]:
    def data(version: TextTemplate, to: CaseParty) -> papers.OneOfferInformation:
        return {
            "number": referral.number,
            "letter_on": today.isoformat(),
            **_to_the_person(referral, to, by, today),
            "informed_on": referral.informed_on.isoformat(),
            "informed_how": referral.informed_how,
            "form_label": _form(referral),
            "template": template(version),
        }

    return _freeze_for_each(referral, "one_offer_information", data, by=by, today=today)


def freeze_referral(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document:
    title = f"Remiss {referral.number}, {_form(referral)}, lydelse {version.number}"
    return _freeze(
        referral, "referral", lambda wording: _referral(referral, version, wording), title=title, by=by, today=today
    )


def _referral(referral: Referral, version: ReferralVersion, wording: TextTemplate) -> papers.Referral:
    approvals = version.signatures.select_related("representative").order_by("id")
    shown = paper_parts.names_by_person(referral, to_others=True)
    return {
        "number": referral.number,
        "version": version.number,
        "purpose_label": version.get_purpose_display(),
        "signed_on": version.signed_on.isoformat(),
        **_said(referral, version),
        "approvals": [_approval(row, shown[row.person_id]) for row in approvals],
        "manager": {
            "name": str(version.signed_by),
            "title": version.signed_by.title or "chef",
            "signed_on": version.signed_on.isoformat(),
        },
        "template": template(wording),
    }


def freeze_referral_to_sign(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document:
    """What the person signs on paper: the words as they stand this moment, with their checksum."""

    def data(wording: TextTemplate) -> papers.ReferralToSign:
        return {
            "number": referral.number,
            "version": version.number,
            "printed_on": today.isoformat(),
            **_said(referral, version),
            "signers": paper_parts.names(referral, to_others=True),
            "template": template(wording),
        }

    title = f"Remiss {referral.number} för underskrift, lydelse {version.number}"
    return _freeze(referral, "referral_to_sign", data, title=title, by=by, today=today)


def _said(referral: Referral, version: ReferralVersion) -> dict[str, Any]:
    """The whole content of a version, between whom it goes, and the checksum of just these words."""
    return {
        **_from_referring_department(referral),
        "form_label": _form(referral),
        "replaces": referral.replaces.number if referral.replaces else None,
        "debt_dialogue": _debt_dialogue(referral),
        "sections": [
            {"heading": section.label, "rows": [{"label": label, "text": text} for label, text in rows]}
            for section, rows in content_words.sections(version.content)
        ],
        "content_hash": content.short_hash_of(version.content),
    }


def _form(referral: Referral) -> str:
    return in_sentence(LeaseForm(referral.lease_form).label)


def _debt_dialogue(referral: Referral) -> papers.DebtDialogue | None:
    if referral.debt_dialogue_on is None or referral.lease_form != LeaseForm.GUARANTEE:
        return None
    return {"held_on": referral.debt_dialogue_on.isoformat(), "with_whom": referral.debt_dialogue_with}


def _approval(signature: VersionSignature, name: str) -> papers.Approval:
    by = signature.representative
    return {"name": name, "by": str(by) if by else None, "signed_on": signature.signed_on.isoformat()}


def freeze_completion_request(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document:
    """To the referring department: the sections, in the order of the referral, their fields, and what each lacks."""
    points = {point.section: point for point in version.points.order_by("id")}

    def data(wording: TextTemplate) -> papers.CompletionRequest:
        return {
            "number": referral.number,
            "version": version.number,
            "asked_on": today.isoformat(),
            **_from_property_department(referral, paper_parts.staff_of(by)),
            "points": [
                {"label": content_words.part_of(row.key, asked.fields), "text": asked.text}
                for row in content.SECTIONS
                if (asked := points.get(row.key))
            ],
            "template": template(wording),
        }

    return _freeze(referral, "completion_request", data, by=by, today=today)


def freeze_cessation_notice(referral: Referral, *, by: Scope, today: date) -> Document:
    """That the referral ends, and when. Of the decision its number and day, never a reason."""
    decision = referral.decisions.filter(kind=DecisionKind.CESSATION).order_by("id").last()

    def data(version: TextTemplate) -> papers.CessationNotice:
        return {
            "number": referral.number,
            "ended_on": today.isoformat(),
            **_from_referring_department(referral),
            "decision": {"number": decision.number, "decided_on": decision.decided_on.isoformat()}
            if decision
            else None,
            "template": template(version),
        }

    return _freeze(referral, "cessation_notice", data, by=by, today=today)


def _from_property_department(referral: Referral, staff: Staff | None) -> dict[str, Any]:
    return {
        "municipality": municipality(referral.property_department),
        "sender": paper_parts.property_desk(referral, staff),
        "receiver": paper_parts.desk_of(referral),
        "names": paper_parts.names(referral, to_others=True),
    }


def _from_referring_department(referral: Referral) -> dict[str, Any]:
    return {
        "municipality": municipality(referral.department),
        "sender": paper_parts.desk_of(referral),
        "receiver": paper_parts.property_desk(referral),
        "names": paper_parts.names(referral, to_others=True),
    }


# --- the offer -----------------------------------------------------------------------------------------------------------


def freeze_offer(offer: Offer, *, by: Scope, today: date) -> Document:
    referral, dwelling = offer.referral, offer.dwelling

    def data(version: TextTemplate) -> papers.Offer:
        return {
            "number": referral.number,
            "offered_on": offer.offered_on.isoformat(),
            **_from_property_department(referral, offer.offered_by),
            "form_label": _form(referral),
            "home": {
                **paper_parts.home(dwelling, referral),
                "tenure_label": dwelling.get_tenure_display(),
                "district": dwelling.real_property.area or None,
                "has_lift": dwelling.has_lift,
                "is_wheelchair_accessible": dwelling.is_wheelchair_accessible,
            },
            "free_from_on": offer.free_from.isoformat(),
            "answer_by_on": offer.answer_by.isoformat(),
            "misfits": _misfits(referral, dwelling),
            "despite": offer.despite or None,
            "template": template(version),
        }

    title = f"Erbjudande om {_home(dwelling, referral)}"
    return _freeze(referral, "offer", data, title=title, by=by, today=today)


def _home(dwelling: Dwelling, referral: Referral) -> str:
    """For a title, which stands on pages and in the log: a protected household's home is pointed out on the paper alone."""
    return "bostad" if referral.is_restricted else f"bostad {dwelling.designation}"


def _misfits(referral: Referral, dwelling: Dwelling) -> list[str]:
    """What of the referral as FF reads it the dwelling does not meet, in the words of the list that it was chosen in."""
    written = referral.versions.filter(voided_on=None).order_by("number")
    read = written.last() if referral.is_own else written.filter(signed_on__isnull=False).last()
    if read is None:
        return []
    marks = matching.fit(matching.need_of(read.content), matching.home_of(dwelling))
    return [mark.words for mark in marks if mark.fits is not matching.Fits.YES]


def freeze_offer_answer(offer: Offer, *, by: Scope, today: date) -> Document:
    referral, dwelling = offer.referral, offer.dwelling
    is_suitable = offer.state != OfferState.UNSUITABLE

    def data(version: TextTemplate) -> papers.OfferAnswer:
        return {
            "number": referral.number,
            "answered_on": offer.answered_on.isoformat(),
            "offered_on": offer.offered_on.isoformat(),
            **_from_referring_department(referral),
            "home": paper_parts.home(dwelling, referral),
            "is_suitable": is_suitable,
            "reason_label": offer.get_unsuitable_reason_display() or None,
            "note": offer.answer_note or None,
            "template": template(version),
        }

    title = f"Svar på erbjudande om {_home(dwelling, referral)}: {'passar' if is_suitable else 'passar inte'}"
    return _freeze(referral, "offer_answer", data, title=title, by=by, today=today)


def freeze_client_information(offer: Offer, *, is_again: bool, by: Scope, today: date) -> list[Document]:
    """Booked again, the letter says which one it takes the place of."""
    referral, dwelling = offer.referral, offer.dwelling
    former = referral.documents.filter(kind="client_information").order_by("id").last() if is_again else None

    def data(version: TextTemplate, to: CaseParty) -> papers.ClientInformation:
        return {
            "number": referral.number,
            "letter_on": today.isoformat(),
            **_to_the_person(referral, to, by, today),
            "replaces_letter_on": former.on.isoformat() if former else None,
            "home": paper_parts.home(dwelling, referral),
            "free_from_on": offer.free_from.isoformat(),
            "viewing": _meeting(offer.viewing_at) if offer.viewing_at else None,
            "viewing_waived": offer.viewing_waived or None,
            "lease_signing": _meeting(offer.signing_at),
            "lease_with": _lease_with(referral, dwelling),
            "lease_place": None if referral.lease_form == LeaseForm.GUARANTEE else _at_desk(referral),
            "lease_desk": _lease_desk(referral, offer),
            "template": template(version),
        }

    title = f"Information om {_home(dwelling, referral)}, visning och kontrakt"
    return _freeze_for_each(referral, "client_information", data, title=title, by=by, today=today)


def _lease_desk(referral: Referral, offer: Offer) -> papers.LeaseDesk:
    desk = paper_parts.property_desk(referral, offer.offered_by)
    return {"name": desk["name"], "department": desk["department"], "phone": desk["phone"]}


def _at_desk(referral: Referral) -> Address | None:
    """Where the property department receives people: its address, if it has one."""
    department = referral.property_department
    return address(department) if department.has_address else None


def _to_the_person(referral: Referral, to: CaseParty, by: Scope, today: date) -> dict[str, Any]:
    return {
        "municipality": municipality(referral.department),
        "contact": paper_parts.answers_for(referral, by),
        "recipient": paper_parts.addressee(to, today),
        "names": paper_parts.names(referral, to_others=False),
    }


def _meeting(at: datetime) -> papers.Meeting:
    there = timezone.localtime(at)
    return {"on": there.date().isoformat(), "time": f"{there:%H.%M}"}


def _lease_with(referral: Referral, dwelling: Dwelling) -> str:
    """R-1-3, R-1-5: the property department lets, or the owner by a lease of the household's own."""
    if referral.lease_form == LeaseForm.GUARANTEE:
        return f"fastighetsägaren {dwelling.real_property.landlord.name}"
    return in_sentence(referral.property_department.name)
