"""Loads the facts of one referral or of thousands in the same handful of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bostad import dates
from bostad.casework.models import CaseParty, PartyRole
from bostad.housing.models import HeadLease, Occupancy, Tenure
from referrals import asked, childrens_analyses, content, matching
from referrals.facts import ReferralFacts
from referrals.loading.household import OfTheHousehold, of_the_households
from referrals.loading.shared import Days, grouped, numbers, of_representatives, queues_of, settings_of
from referrals.models import (
    CompletionPoint,
    Decision,
    Offer,
    OfferOverride,
    Referral,
    ReferralVersion,
    VersionSignature,
)
from referrals.models.guarantee import EVIDENCE
from referrals.representatives import acting_for
from referrals.settings_keys import IN_FACTS, SECTIONS
from referrals.states import LIVE, DecisionKind, OfferState

YEAR = 12  # months that a guarantee runs at least


def load(case_ids: list[int], today: date) -> Mapping[int, ReferralFacts]:
    cases = list(Referral.objects.filter(pk__in=case_ids).select_related("decision", "guarantee_ending"))
    around = _Around.of(cases, today)
    return {case.pk: _facts(case, around, today) for case in cases}


@dataclass(frozen=True)
class _Around:
    parties: Mapping[int, list[CaseParty]]
    versions: Mapping[int, list[ReferralVersion]]  # the valid ones, the newest last
    signatures: Mapping[int, list[VersionSignature]]
    points: Mapping[int, list[CompletionPoint]]
    decisions: Mapping[int, list[Decision]]  # taken in the referral itself
    offers: Mapping[int, list[Offer]]
    overrides: Mapping[int, list[OfferOverride]]
    theirs: "Mapping[int, OfTheHousehold]"
    analysed: Mapping[int, childrens_analyses.ByChild]  # by assessment
    held: frozenset[int]  # dwellings that somebody has, or shall have
    rented: frozenset[tuple[int, date]]  # homes and days of these cases on which the municipality rents the home
    queues: Mapping[int, int]
    settings: Days

    @classmethod
    def of(cls, cases: list[Referral], today: date) -> "_Around":
        ids = [case.pk for case in cases]
        versions = grouped(ReferralVersion.objects.filter(referral__in=ids).order_by("number"), "referral_id")
        every = [version.pk for rows in versions.values() for version in rows]
        offers = grouped(
            Offer.objects.filter(referral__in=ids).select_related("dwelling__real_property").order_by("id"),
            "referral_id",
        )
        return cls(
            parties=grouped(
                CaseParty.objects.filter(case__in=ids, to_on=None).select_related("representative").order_by("id"),
                "case_id",
            ),
            versions=versions,
            signatures=grouped(
                VersionSignature.objects.filter(version__in=every).select_related("representative"), "version_id"
            ),
            points=grouped(CompletionPoint.objects.filter(version__in=every), "version_id"),
            decisions=grouped(Decision.objects.filter(case__in=ids).order_by("id"), "case_id"),
            offers=offers,
            overrides=grouped(OfferOverride.objects.filter(referral__in=ids), "referral_id"),
            theirs=of_the_households(ids, today),
            analysed=childrens_analyses.by_assessment(case.assessment_id for case in cases if case.assessment_id),
            held=_held({offer.dwelling_id: offer for rows in offers.values() for offer in rows if offer.state in LIVE}),
            rented=_rented(cases, offers),
            queues=queues_of(case.property_department_id for case in cases),
            settings=settings_of(cases, [*IN_FACTS, SECTIONS]),
        )


def _held(offers: Mapping[int, Offer]) -> frozenset[int]:
    """Of the offered dwellings those in which somebody lives, or shall live, when the offer lets the household in."""
    rows = Occupancy.objects.in_force().filter(dwelling__in=offers).values_list("dwelling", "to_on")
    return frozenset(dwelling for dwelling, to_on in rows if to_on is None or to_on >= offers[dwelling].free_from)


def _rented(cases: list[Referral], offers: Mapping[int, list[Offer]]) -> frozenset[tuple[int, date]]:
    asked = {
        (offers[case.pk][-1].dwelling_id, day)
        for case in cases
        if offers.get(case.pk)
        for day in (offers[case.pk][-1].free_from, case.owner_lease_move_in_on)
        if day
    }
    leases = grouped(HeadLease.objects.filter(dwelling__in={home for home, _day in asked}), "dwelling_id")
    return frozenset((home, day) for home, day in asked if any(lease.holds_on(day) for lease in leases.get(home, [])))


def _facts(case: Referral, around: _Around, today: date) -> ReferralFacts:
    settings = around.settings[case.opened_on, case.department_id]
    parties = around.parties.get(case.pk, [])
    children = [party for party in parties if party.role == PartyRole.CHILD]
    return ReferralFacts(
        today=today,
        state=case.state,
        lease_form=case.lease_form,
        department_id=case.department_id,
        unit_id=case.unit_id,
        assignee_id=case.assignee_id,
        property_department_id=case.property_department_id,
        property_unit_id=around.queues.get(case.property_department_id),
        officer_id=case.officer_id,
        closed_on=case.closed_on,
        opened_on=case.opened_on,
        is_own=case.is_own,
        own_ground=case.own_ground,
        own_ground_is_referenced=bool(case.assignment_reference.strip()),
        permit=case.permit,
        permit_to=case.permit_to,
        is_restricted=case.is_restricted,
        is_granted=case.decision is not None and case.decision.kind == DecisionKind.GRANT,
        decided_on=case.decision.decided_on if case.decision else None,
        adults=sum(party.role == PartyRole.APPLICANT for party in parties),
        children=len(children),
        children_analysed=sum(
            childrens_analyses.of_today(around.analysed.get(case.assessment_id, {}), party) is not None
            for party in children
        ),
        debt_dialogue_on=case.debt_dialogue_on,
        debt_dialogue_is_named=bool(case.debt_dialogue_with),
        informed_on=case.informed_on,
        submitted_on=case.submitted_on,
        registered_on=case.registered_on,
        valid_from=case.valid_from,
        valid_to=case.valid_to,
        extensions=case.extensions,
        let_run_out_on=case.let_run_out_on,
        end_noted_on=case.end_noted_on,
        contract_signed_on=case.contract_signed_on,
        owner_lease_on=case.owner_lease_on,
        guarantee_months=case.guarantee_months,
        owner_lease_is_complete=None not in (case.owner_lease_rent, case.owner_lease_move_in_on)
        and bool(case.owner_lease_reference),
        **_of_home(case, around),
        overrides=len(around.overrides.get(case.pk, [])) + around.theirs[case.pk].overrides,
        offered_elsewhere=around.theirs[case.pk].live,
        declined_elsewhere=around.theirs[case.pk].declined_elsewhere,
        days=numbers(settings, IN_FACTS),
        **of_representatives(parties, today),
        **_of_guarantee(case),
        **_of_content(case, around, settings[SECTIONS.key], today),
        **_of_decisions(around.decisions.get(case.pk, []), today),
        **_of_offers(case, around),
    )


def _of_home(case: Referral, around: _Around) -> dict[str, Any]:
    """Of the last offer: whether the municipality has the home itself when it is offered, and when somebody moves in."""
    if not around.offers.get(case.pk):
        return {}
    offer = around.offers[case.pk][-1]
    is_ours = offer.dwelling.tenure != Tenure.RENTED or (offer.dwelling_id, offer.free_from) in around.rented
    return {
        "municipality_has_the_home": is_ours,
        "municipality_rents_the_home": (offer.dwelling_id, case.owner_lease_move_in_on) in around.rented,
    }


def _of_guarantee(case: Referral) -> dict[str, Any]:
    if case.owner_lease_move_in_on is None:
        return {}
    year_to = dates.add_months(case.owner_lease_move_in_on, YEAR) - timedelta(days=1)
    ending = getattr(case, "guarantee_ending", None)
    if ending is None:
        return {"guarantee_year_to": year_to}
    return {
        "guarantee_year_to": year_to,
        "guarantee_shown": tuple(name for name in EVIDENCE if getattr(ending, name).strip()),
        "guarantee_dialogue_on": ending.dialogue_on,
        "guarantee_ended_on": ending.ended_on,
    }


def _of_content(case: Referral, around: _Around, optional: tuple[str, ...], today: date) -> dict[str, Any]:
    """The version that is read: the one being written, else the last that was signed or approved."""
    versions = [version for version in around.versions.get(case.pk, []) if version.voided_on is None]
    if not versions:
        return {}
    version = versions[-1]
    said = version.content
    hash_now = content.hash_of(said)
    signatures = [row for row in around.signatures.get(version.pk, []) if row.content_hash == hash_now]
    commented = asked.comments(around.versions[case.pk], around.points)
    asked_on = [point.asked_on for row in around.versions[case.pk] for point in around.points.get(row.pk, [])]
    return {
        "version_begun_on": version.begun_on,
        "is_being_written": version.signed_on is None,
        "purpose": version.purpose,
        "missing": content.missing(said),
        "unreviewed": tuple(s.key for s in content.sections_of(optional) if s.key not in version.reviewed),
        "health_without_reason": content.health_without_reason(said),
        "form_has_motivation": bool(said.get("decision", {}).get("form_motivation")),
        "economy_checked_on": _day(said.get("economy", {}).get("checked_on")),
        "debt_total": said.get("economy", {}).get("debt_total"),
        "signatures": len(signatures),
        "signers_had_the_right": all(
            row.representative is None or row.representative.may_sign_housing_on(row.signed_on) for row in signatures
        ),
        "words_name_who_acts": _named(said) == _acting(around.parties.get(case.pk, []), today),
        "signatures_are_of_this": bool(signatures) and version.approved_hash in ("", hash_now),
        "approved_on": version.approved_on,
        "manager_signed_on": version.signed_on,
        "signer_is_author": version.signed_by_id is not None and version.signed_by_id in version.authors,
        "completion_asked_on": max(asked_on, default=None),
        "completion_is_named": today in asked_on,
        "unanswered": _unanswered(commented),
        "unanswered_of_receiver": _unanswered([one for one in commented if one.is_of_the_receiver]),
    }


def _unanswered(comments: list[asked.Comment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.point.section for one in comments if not one.is_answered))


def _named(said: content.Content) -> list[tuple[str, str]]:
    return [(one["name"], one["authority"]) for one in said.get("contacts", {}).get("representatives", [])]


def _acting(parties: list[CaseParty], today: date) -> list[tuple[str, str]]:
    acting = [acting_for(party, today) for party in parties if party.role == PartyRole.APPLICANT]
    return [(who.name, who.authority) for who in acting if who is not None]


def _of_decisions(decisions: list[Decision], today: date) -> dict[str, Any]:
    by_kind = {decision.kind: decision for decision in decisions}
    housing, cessation = by_kind.get(DecisionKind.HOUSING), by_kind.get(DecisionKind.CESSATION)
    extension = by_kind.get(DecisionKind.EXTENSION)
    appeal = {
        "received_on": cessation.received_on,
        "appeal_by": cessation.appeal_by,
        "appealed_on": cessation.appealed_on,
        "appeal_is_rejected": cessation.appeal_is_rejected,
        "appeal_settled_on": cessation.appeal_settled_on,
    } if cessation else {}  # fmt: skip
    return appeal | {
        "extension_decided": extension is not None and extension.decided_on == today,
        "cessation_decided_on": cessation.decided_on if cessation else None,
        "housing_decided_on": housing.decided_on if housing else None,
        "support_is_decided": housing is not None and bool(housing.support_forms),
    }


def _of_offers(case: Referral, around: _Around) -> dict[str, Any]:
    offers = around.offers.get(case.pk, [])
    noes = [offer.ended_on for offer in offers if offer.state == OfferState.DECLINED]
    theirs = around.theirs[case.pk]
    counted = {
        "declined": len(noes) + theirs.declined,
        "declined_on": max(filter(None, (*noes, theirs.declined_on)), default=None),
    }
    turns = [case.registered_on, *(offer.ended_on for offer in offers)]
    turns += [override.on for override in around.overrides.get(case.pk, [])]
    waiting_since = max((day for day in turns if day), default=None)
    if not offers:
        return counted | {"waiting_since": waiting_since}
    offer = next((offer for offer in offers if offer.state in LIVE), offers[-1])
    versions = [v for v in around.versions.get(case.pk, []) if not v.voided_on and (v.signed_on or case.is_own)]
    need = matching.need_of(versions[-1].content) if versions else matching.Need()
    return counted | {
        "waiting_since": waiting_since,
        "offer_state": offer.state,
        "offered_on": offer.offered_on,
        "offer_free_from": offer.free_from,
        "answer_by": offer.answer_by,
        "answered_on": offer.answered_on,
        "dwelling_is_free": offer.dwelling_id not in around.held and offer.dwelling.withdrawn_on is None,
        "dwelling_serves_form": case.lease_form in offer.dwelling.housing_forms,
        "misfits": matching.misfits(matching.fit(need, matching.home_of(offer.dwelling))),
        "misfit_has_reason": bool(offer.despite),
        "no_elsewhere_has_reason": bool(offer.despite_no),
        "client_informed_on": offer.informed_on,
        "viewing_on": _local(offer.viewing_at),
        "viewing_is_waived": bool(offer.viewing_waived),
        "signing_on": _local(offer.signing_at),
        "client_answer_on": offer.client_answer_on,
    }  # fmt: skip


def _local(moment: Any) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
