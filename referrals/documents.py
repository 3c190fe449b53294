"""Freezes what is known of a case into the data of its papers (`papers.py`). Nothing here reads the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from bostad import dates
from bostad.casework.models import Case, PartyRole
from bostad.casework.pages import HIDDEN_ADDRESS
from bostad.documents import parts, services
from bostad.organisation.scope import Scope
from bostad.organisation.settings_keys import resolve
from referrals import content, papers, reading
from referrals.settings_keys import COURT, GUIDELINES
from referrals.states import AGAINST, DecisionKind, SupportForm

if TYPE_CHECKING:
    from bostad.documents.models import Document
    from referrals.models import Decision, Offer, Question, Referral, ReferralVersion

HEADINGS = {
    DecisionKind.GRANT: "Din ansökan är beviljad",
    DecisionKind.OTHER: "Annat stöd är beviljat",
    DecisionKind.REFUSAL: "Din ansökan är avslagen",
    DecisionKind.EXTENSION: "Din remiss är förlängd",
    DecisionKind.CESSATION: "Din rätt till stöd upphör",
    DecisionKind.HOUSING: "Beslut om bostadssocialt boende",
}
APPEAL_WEEKS = 3  # FL 44


def _line(label: str, value: Any) -> papers.Line:
    return {"label": label, "value": str(value)}


def _part(heading: str, text: str | None = None, lines: Iterable[papers.Line] = ()) -> papers.Part:
    return {"heading": heading, "lines": list(lines), "text": text or None}


def _freeze(
    case: Case, kind: papers.Kind, about: Sequence[papers.Line], contents: Sequence[papers.Part] = (), *,
    by: Scope, today: date, title: str = "", **more: Any,
) -> Document:  # fmt: skip
    version = services.approved_template(kind, today)
    data = {
        "number": case.number,
        "on": today.isoformat(),
        "municipality": parts.municipality(case.department),
        "contact": parts.contact(case.assignee, case.unit, case.department),
        "about": list(about),
        "parts": list(contents),
        "template": parts.template(version),
        **more,
    }
    return services.freeze(case=case, kind=kind, template=version, data=data, on=today, by=by, title=title)


def _people(case: Case) -> str:
    """The adults by name. A personnummer stands on no paper of these."""
    adults = case.parties.filter(role=PartyRole.APPLICANT).select_related("person").order_by("id")
    return " och ".join(party.person.name for party in adults)


def _whom(case: Case, *more: papers.Line) -> list[papers.Line]:
    return [_line("Gäller", _people(case)), _line("Ärende", case.number), *more]


# --- decisions -----------------------------------------------------------------------------------------------------------


def freeze_decision(decision: Decision, *, by: Scope, today: date) -> Document:
    """D-1-3, D-1-4, D-1-9, D-1-10, D-4-3: one form for all, with how to appeal where it goes against the person."""
    case = decision.case
    given = [_part("Motivering", decision.motivation)]
    if decision.child_analysis:
        given.append(_part("Barnets bästa", decision.child_analysis))
    if decision.other_support:
        given.append(_part("Annan boendeinsats", decision.other_support))
    if decision.support_forms:
        named = [SupportForm(form).label for form in decision.support_forms]
        given.append(_part("Insatser som boendet är knutet till", "\n".join(named)))
    against = DecisionKind(decision.kind) in AGAINST
    appeal = {"court": resolve(COURT.key, today, case.department_id).value, "weeks": APPEAL_WEEKS} if against else None
    return _freeze(
        case, "support_decision", _whom(case), given, by=by, today=today,
        title=f"Beslut {decision.number}: {decision.get_kind_display().lower()}",
        heading=HEADINGS[DecisionKind(decision.kind)], decision_number=decision.number, law=decision.law,
        guidelines=resolve(GUIDELINES.key, case.opened_on, case.department_id).value,
        signing=parts.signing(decision.delegation), appeal=appeal,
    )  # fmt: skip


# --- responsibility ------------------------------------------------------------------------------------------------------


def freeze_consent(question: Question, *, by: Scope, today: date) -> Document:
    """D-1-1."""
    asked = ", ".join(
        share.organisation.name for share in question.shares.select_related("organisation").order_by("id")
    )
    consents = question.assessment.consents.filter(partner="department", revoked_on=None).select_related("person")
    return _freeze(
        question, "dialogue_consent", _whom(question, _line("Får veta", asked)), [_part("Frågan", question.text)],
        by=by, today=today,
        given=[
            {"name": row.person.name, "capacity": row.get_form_display().lower(), "signed_on": row.given_on.isoformat()}
            for row in consents.order_by("id")
        ],
    )  # fmt: skip


def freeze_group_material(question: Question, *, by: Scope, today: date) -> Document:
    """D-1-2: the question and what each department has answered."""
    answers = question.answers.select_related("organisation").order_by("id")
    given = [
        _part(answer.organisation.name, answer.reason, [_line("Svar", answer.get_position_display())])
        for answer in answers
    ]
    about = _whom(question, _line("Frågas av", question.department.name))
    return _freeze(question, "group_material", about, [_part("Frågan", question.text), *given], by=by, today=today)


# --- the referral --------------------------------------------------------------------------------------------------------


def freeze_one_offer_information(referral: Referral, *, by: Scope, today: date) -> Document:
    """D-1-5."""
    told = _line("Informationen gavs", f"{dates.day_with_year(referral.informed_on)}, {referral.informed_how}")
    return _freeze(referral, "one_offer_information", _whom(referral, told), by=by, today=today)


def freeze_referral(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document:
    """D-1-6, D-1-7: the sections as they were approved and signed. What is not relevant stands nowhere."""
    given = [
        _part(said.section.label, None, [_line(fact.label, fact.value) for fact in said.facts])
        for said in reading.sections(version.content)
        if said.facts
    ]
    signatures = version.signatures.select_related("person", "representative").order_by("id")
    manager = version.signed_by
    return _freeze(
        referral, "referral_form", _whom(referral, _line("Från", referral.department.name)), given, by=by, today=today,
        title=f"Remiss, lydelse {version.number}", form=referral.get_lease_form_display(), version=version.number,
        checksum=content.hash_of(version.content)[:16],
        signed=[_signed(row) for row in signatures],
        manager={"name": str(manager), "capacity": manager.title or "chef", "signed_on": version.signed_on.isoformat()},
    )  # fmt: skip


def _signed(row: Any) -> papers.Signed:
    who = row.representative
    capacity = f"genom {who.name}, {who.get_authority_display().lower()}" if who else "den enskilde själv"
    return {"name": row.person.name, "capacity": capacity, "signed_on": row.signed_on.isoformat()}


def freeze_completion_request(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document:
    """D-1-8: section by section what is missing."""
    points = version.points.filter(asked_on=today).order_by("id")
    given = [_part(content.BY_KEY[point.section].label, point.text) for point in points]
    about = _whom(referral, _line("Till", referral.department.name), _line("Lydelse", version.number))
    return _freeze(referral, "completion_request", about, given, by=by, today=today)


def freeze_cessation_notice(referral: Referral, *, by: Scope, today: date) -> Document:
    """D-1-11: that the referral ends and when. No reason: that is the person's and the department's."""
    about = _whom(
        referral, _line("Till", referral.property_department.name), _line("Upphör", dates.day_with_year(today))
    )
    return _freeze(referral, "cessation_notice", about, by=by, today=today)


# --- the offer -----------------------------------------------------------------------------------------------------------


def _home(offer: Offer) -> list[papers.Line]:
    dwelling = offer.dwelling
    address = HIDDEN_ADDRESS if offer.referral.is_restricted else f"{dwelling}, {dwelling.city}"
    return [
        _line("Adress", address),
        _line("Storlek", f"{dwelling.size_label}, {dwelling.area_m2:n} m²"),
        _line("Hyra", f"{dwelling.monthly_rent:.0f} kr i månaden"),
        _line("Ledig från", dates.day_with_year(offer.free_from)),
    ]


def freeze_offer(offer: Offer, *, by: Scope, today: date) -> Document:
    """D-1-12."""
    referral = offer.referral
    about = _whom(
        referral, _line("Till", referral.department.name), _line("Svar senast", dates.day_with_year(offer.answer_by))
    )
    given = [_part("Bostaden", None, _home(offer))]
    if offer.despite:
        given.append(_part("Erbjuds trots det som inte passar", offer.despite))
    return _freeze(referral, "housing_offer", about, given, by=by, today=today)


def freeze_offer_answer(offer: Offer, *, by: Scope, today: date) -> Document:
    """D-1-13."""
    referral = offer.referral
    answer = [_line("Svar", "Bostaden passar" if not offer.unsuitable_reason else "Bostaden passar inte")]
    if offer.unsuitable_reason:
        answer.append(_line("Skäl", offer.get_unsuitable_reason_display()))
    given = [_part("Bostaden", None, _home(offer)), _part("Förvaltningens svar", offer.answer_note, answer)]
    about = _whom(referral, _line("Till", referral.property_department.name))
    return _freeze(referral, "offer_answer", about, given, by=by, today=today)


def freeze_client_information(offer: Offer, *, by: Scope, today: date) -> Document:
    """D-1-14."""
    times = [
        _line("Visning", _moment(offer.viewing_at) if offer.viewing_at else f"Ingen, {offer.viewing_waived}"),
        _line("Kontraktskrivning", _moment(offer.signing_at)),
    ]
    given = [_part("Bostaden", None, _home(offer)), _part("Bokade tider", None, times)]
    return _freeze(offer.referral, "client_information", _whom(offer.referral), given, by=by, today=today)


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{dates.long_day(local.date())} {local.year}, kl. {local:%H.%M}"
