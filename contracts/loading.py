"""Loads the facts of one contract or of thousands in the same handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bostad.casework.models import CaseParty, PartyRole, Share
from bostad.documents.models import Document, Holder, Letter, Movement, Original, SheetKind, TextTemplate
from bostad.documents.states import FileState, LetterState, OriginalState
from bostad.housing.models import HeadLease
from bostad.organisation.models import DelegatedAct, Unit
from bostad.organisation.settings_keys import resolve_for
from bostad.people.models import Authority
from contracts.decided_here import Found, of_grants
from contracts.facts import ContractFacts
from contracts.models import CompletionRequest, Contract, Ending, Signature, Waiver
from contracts.settings_keys import DAYS
from contracts.states import BEFORE_ISSUE, SignedFor
from contracts.tenancy_time import in_a_row_since, lawful_end
from referrals.states import OfferState


def load(case_ids: list[int], today: date) -> Mapping[int, ContractFacts]:
    contracts = list(
        Contract.objects.filter(pk__in=case_ids).select_related(
            "order", "grant", "dwelling", "occupancy", "abandoned_property", "delegation", "offer"
        )
    )  # fmt: skip
    around = _Around.of(contracts)
    return {contract.pk: _facts(contract, around, today) for contract in contracts}


@dataclass(frozen=True)
class _Around:
    """What stands beside the contracts, by contract."""

    tenants: Mapping[int, list[CaseParty]]
    sheets: Mapping[int, list[Original]]
    moves: Mapping[int, Mapping[str, date]]  # by sheet: the day on which it last came into each state
    signatures: Mapping[int, list[Signature]]  # by sheet
    head_leases: Mapping[int, list[HeadLease]]  # by dwelling
    unready: frozenset[int]
    unprinted: frozenset[int]
    queues: Mapping[int, int]  # by department
    templates: Mapping[str, date]
    days: Mapping[tuple[date, int], tuple[tuple[str, int], ...]]
    open_requests: Mapping[int, date]
    endings: Mapping[int, Ending]
    since: Mapping[int, date]  # the first day of the unbroken tenancy
    recalled: Mapping[int, date]  # the day on which sheets that are still out were called back
    shared: frozenset[int]
    doubled: frozenset[int]  # a tenant has another dwelling of the same department at the same time
    owner_letters: frozenset[int]  # to the owner, written and not yet posted
    waivers: Mapping[int, Waiver]  # the latest
    decided_here: Mapping[int, Found]

    @classmethod
    def of(cls, contracts: list[Contract]) -> "_Around":
        ids = [contract.pk for contract in contracts]
        sheets = _grouped(Original.objects.filter(case__in=ids).valid(), "case_id")
        sheet_ids = [sheet.pk for group in sheets.values() for sheet in group]
        moves: dict[int, dict[str, date]] = defaultdict(dict)
        for sheet, state, on in (
            Movement.objects.filter(original__in=sheet_ids).values_list("original", "state", "on").order_by("id")
        ):
            moves[sheet][state] = on
        departments = {contract.department_id for contract in contracts}
        templates: dict[str, date] = {}
        kinds = {template_kind(contract.housing_form) for contract in contracts}
        approved = TextTemplate.objects.filter(kind__in=kinds, approved_on__isnull=False)
        for template in approved.only("kind", "valid_from", "wording"):
            if template.is_current:
                known = templates.get(template.kind, template.valid_from)
                templates[template.kind] = min(template.valid_from, known)
        return cls(
            tenants=_grouped(
                CaseParty.objects.filter(case__in=ids, role=PartyRole.TENANT)
                .select_related("person", "representative")
                .order_by("id"),
                "case_id",
            ),
            sheets=sheets,
            moves=moves,
            signatures=_grouped(Signature.objects.filter(original__in=sheet_ids), "original_id"),
            head_leases=_grouped(
                HeadLease.objects.filter(dwelling__in={c.dwelling_id for c in contracts}).prefetch_related("rents"),
                "dwelling_id",
            ),
            unready=frozenset(
                Document.objects.filter(original__in=sheet_ids)
                .exclude(file_state=FileState.READY)
                .values_list("case", flat=True)
            ),
            unprinted=frozenset(
                Letter.objects.filter(
                    case__in=ids, kind="contract", state__in=[LetterState.DRAFTED, LetterState.QUEUED]
                ).values_list("case", flat=True)
            ),
            queues=dict(
                Unit.objects.filter(organisation__in=departments, is_queue=True).values_list("organisation", "pk")
            ),
            templates=templates,
            days=_days({(contract.opened_on, contract.department_id) for contract in contracts}),
            endings={row.contract_id: row for row in Ending.objects.filter(contract__in=ids, withdrawn_on=None)},
            open_requests=dict(
                CompletionRequest.objects.filter(contract__in=ids, answered_on=None).values_list("contract", "asked_on")
            ),
            since=in_a_row_since(contracts),
            recalled=dict(
                Original.objects.filter(case__in=ids, state=OriginalState.RECALLED)
                .order_by("-since")
                .values_list("case", "since")
            ),
            shared=frozenset(Share.objects.in_force().filter(case__in=ids).values_list("case", flat=True)),
            doubled=_doubled([contract.pk for contract in contracts if contract.state in BEFORE_ISSUE]),
            owner_letters=frozenset(
                Letter.objects.filter(case__in=ids, kind="owner_notice")
                .exclude(state__in=[LetterState.POSTED, LetterState.CANCELLED])
                .values_list("case", flat=True)
            ),
            waivers={row.case_id: row for row in Waiver.objects.filter(case__in=ids).order_by("signed_on", "id")},
            decided_here=of_grants(contracts),
        )


def _doubled(ids: list[int]) -> frozenset[int]:
    """Asked until the contract is issued; after that it is too late to ask."""
    if not ids:
        return frozenset()
    return frozenset(Contract.objects.filter(pk__in=ids).with_another_tenancy().values_list("pk", flat=True))


def _grouped(rows: Iterable[Any], key: str) -> Mapping[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _days(clocks: set[tuple[date, int]]) -> Mapping[tuple[date, int], tuple[tuple[str, int], ...]]:
    """The municipality's own numbers, as they stood on the day and for the department of each clock."""
    found = resolve_for(
        [*(key.key for key in DAYS), "contracts.security_warning_months", "contracts.property_keep_months"], clocks
    )
    return {
        clock: tuple(sorted((key, _hashable(resolved.value)) for key, resolved in values.items()))
        for clock, values in found.items()
    }


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _facts(contract: Contract, around: _Around, today: date) -> ContractFacts:
    return ContractFacts(
        today=today,
        state=contract.state,
        form=contract.housing_form,
        is_restricted=contract.is_restricted,
        department_id=contract.department_id,
        unit_id=contract.unit_id,
        assignee_id=contract.assignee_id,
        provider_id=contract.provider_id,
        queue_unit_id=around.queues.get(contract.department_id),
        days=around.days[contract.opened_on, contract.department_id],
        **_of_tenants(contract, around, today),
        **_of_dwelling(contract, around),
        **_of_grant(contract),
        **_of_decision_here(contract, around),
        **_of_order(contract, around),
        **_of_papers(contract, around, today),
        **_of_ending(contract, around),
        in_a_row_since=around.since[contract.pk],
        is_shared=contract.pk in around.shared,
        closed_on=contract.closed_on,
    )


def _of_tenants(contract: Contract, around: _Around, today: date) -> dict[str, Any]:
    parties = around.tenants.get(contract.pk, [])
    persons = [party.person for party in parties]
    representatives = [party.representative for party in parties if party.representative]
    return {
        "tenants": len(persons),
        "tenants_with_number": sum(bool(p.personnummer and p.first_name and p.last_name) for p in persons),
        "tenants_dead": sum(p.died_on is not None for p in persons),
        "minors_alone": sum(_is_a_minor_alone(party, contract.contract_on) for party in parties),
        "names_differ": any(party.given_name not in ("", party.person.name) for party in parties),
        "represented": bool(representatives),
        "authority_holds": all(who.may_sign_housing_on(today) for who in representatives),
        "representatives_have_address": all(who.has_address for who in representatives),
        "has_other_tenancy": contract.pk in around.doubled,
    }


GROWN_UP = 18
CONSENT_FOR_A_MINOR = frozenset({Authority.GUARDIAN, Authority.TRUSTEE})  # a minor gives no power of attorney


def _is_a_minor_alone(party: CaseParty, on: date) -> bool:
    age = party.person.age_on(on) if party.person.born_on and party.person.born_on <= on else None
    consents = party.representative is not None and party.representative.authority in CONSENT_FOR_A_MINOR
    return age is not None and age < GROWN_UP and not consents


def _of_dwelling(contract: Contract, around: _Around) -> dict[str, Any]:
    dwelling, occupancy = contract.dwelling, contract.occupancy
    lease = next(
        (
            lease
            for lease in around.head_leases.get(contract.dwelling_id, [])
            if lease.from_on <= contract.move_in_on and (lease.to_on is None or lease.to_on >= contract.move_in_on)
        ),
        None,
    )
    rents = sorted(
        (rent for rent in (lease.rents.all() if lease else []) if rent.from_on <= contract.move_in_on),
        key=lambda rent: rent.from_on,
    )
    return {
        "has_dwelling": dwelling is not None and bool(dwelling.designation),
        "dwelling_has_address": dwelling is not None and dwelling.has_address,
        "dwelling_serves_form": dwelling is not None and contract.housing_form in dwelling.housing_forms,
        "dwelling_is_providers": dwelling is not None and dwelling.provider_id == contract.provider_id,
        "dwelling_is_withdrawn": dwelling is not None
        and dwelling.withdrawn_on is not None
        and dwelling.withdrawn_on <= contract.move_in_on,
        "holds_dwelling": occupancy is not None
        and not occupancy.voided
        and occupancy.dwelling_id == contract.dwelling_id
        and occupancy.from_on == contract.move_in_on,
        "electricity_included": contract.includes_electricity,
        "category": contract.category,
        "category_is_allowed": dwelling is not None and contract.category in dwelling.allowed_categories,
        "move_in_on": contract.move_in_on,
        "contract_on": contract.contract_on,
        "term_to": contract.term_to,
        "notice_months": contract.notice_months,
        "is_sublet": contract.is_sublet,
        "has_head_lease": lease is not None,
        "is_block_let": lease is not None and lease.is_block_let,
        "head_rent": rents[-1].monthly_rent if rents else None,
        "rent": contract.rent,
        "furniture_rent": contract.furniture_rent,
        "other_rent": contract.other_rent,
        "other_rent_is_named": bool(contract.other_rent_for.strip()),
        "furniture_max_percent": dict(around.days[contract.opened_on, contract.department_id])[
            "contracts.furniture_max_percent"
        ],
        "owner_notified_on": contract.owner_notified_on,
        "owner_letter_is_under_way": contract.pk in around.owner_letters,
        "security_decided_on": contract.security_decided_on,
        "term_decided_on": contract.term_decided_on,
        "takeover_on": contract.takeover_on,
        "takeover_has_reasons": bool(contract.takeover_reasons.strip()),
        "owner_consents": contract.owner_consents,
    } | _of_waiver(around.waivers.get(contract.pk))


def _of_waiver(waiver: Waiver | None) -> dict[str, Any]:
    if waiver is None:
        return {}
    return {
        "waiver_signed_on": waiver.signed_on,
        "waiver_approved_on": waiver.approved_on,
        "waiver_spouse_accepts": waiver.spouse_accepts,
        "waiver_valid_to": waiver.valid_to,
    }


def _of_decision_here(contract: Contract, around: _Around) -> dict[str, Any]:
    found = around.decided_here.get(contract.pk)
    if found is None:
        return {}
    return {"is_decided_here": True, "decision_is_found": found.decision, "plan_is_found": found.plan}


def _of_grant(contract: Contract) -> dict[str, Any]:
    grant = contract.grant
    found = {
        "has_municipal_ground": bool(contract.municipal_ground.strip()),
        "offer_lapsed": contract.offer is not None
        and contract.offer.state not in (OfferState.ACCEPTED, OfferState.LEASE_SIGNED),
        "grant_continues": contract.grant_continues,
    }
    if grant is None:
        return found
    return found | {
        "has_grant": True,
        "grant_is_granted": grant.is_granted,
        "grant_is_valid_at_move_in": grant.is_granted
        and grant.valid_from <= contract.move_in_on
        and (grant.valid_to is None or grant.valid_to >= contract.move_in_on)
        and (grant.ended_on is None or grant.ended_on > contract.move_in_on),
        "grant_decided_on": grant.decided_on,
        "grant_ended_on": grant.ended_on,
    }


def _of_order(contract: Contract, around: _Around) -> dict[str, Any]:
    order = getattr(contract, "order", None)
    found = {
        "asked_for_completion_on": around.open_requests.get(contract.pk),
    }
    if order is None:
        return found
    return found | {
        "ordered_on": order.ordered_on if order.phone or order.email else None,
        "order_is_confirmed": order.confirmed_by_id is not None,
        "order_has_address": order.has_address and bool(order.orderer_name),
    }


def _of_papers(contract: Contract, around: _Around, today: date) -> dict[str, Any]:
    sheets = around.sheets.get(contract.pk, [])
    tenants = {party.person_id for party in around.tenants.get(contract.pk, [])}

    def of(kind: SheetKind) -> list[Original]:
        return [sheet for sheet in sheets if sheet.kind == kind]

    def came(sheet: Original | None, state: OriginalState) -> date | None:
        return around.moves.get(sheet.pk, {}).get(state) if sheet else None

    def settled(sheet: Original | None) -> date | None:
        """Since when nobody waits for it any more: it is filed, or the manager has put on record that it is lost."""
        return sheet.since if sheet and sheet.state in (OriginalState.ARCHIVED, OriginalState.LOST) else None

    def all_signed(chosen: list[Original]) -> bool:
        return len(chosen) == 2 and all(tenants and tenants <= signers(sheet) for sheet in chosen)

    def signers(sheet: Original) -> set[int]:
        return {s.tenant_id for s in around.signatures.get(sheet.pk, []) if s.signed_for == SignedFor.AGREEMENT}

    originals, annexes = of(SheetKind.CONTRACT), of(SheetKind.CATEGORY_ANNEX)
    by_holder = {sheet.holder: sheet for sheet in originals}
    tenants_own, municipal = by_holder.get(Holder.TENANT), by_holder.get(Holder.MUNICIPALITY)
    municipal_days = [came(sheet, OriginalState.SIGNED_FOR_MUNICIPALITY) for sheet in originals]
    signed_days = [
        s.signed_on
        for sheet in originals
        for s in around.signatures.get(sheet.pk, [])
        if s.signed_for == SignedFor.AGREEMENT
    ]
    delegation = contract.delegation
    municipality_signed_on = max(municipal_days) if len(originals) == 2 and None not in municipal_days else None
    return {
        "template_is_approved": around.templates.get(template_kind(contract.housing_form), date.max) <= today,
        "issued_on": contract.issued_on,
        "sheets_made_on": came(municipal, OriginalState.MADE),
        "papers_are_ready": bool(originals) and contract.pk not in around.unready,
        "papers_are_printed": bool(originals)
        and contract.pk not in around.unprinted
        and all(sheet.state != OriginalState.MADE for sheet in sheets),
        "municipality_signed_on": municipality_signed_on,
        "signer_has_delegation": delegation is not None
        and delegation.act == DelegatedAct.SIGN_SUBLET_CONTRACT
        and delegation.organisation_id == contract.department_id
        and municipality_signed_on is not None
        and delegation.from_on <= municipality_signed_on
        and (delegation.to_on is None or delegation.to_on >= municipality_signed_on),
        "category_annex_signed_for_municipality": len(annexes) == 2
        and all(came(sheet, OriginalState.SIGNED_FOR_MUNICIPALITY) for sheet in annexes),
        "has_category_annex": len(annexes) == 2,
        "has_electricity_annex": bool(of(SheetKind.ELECTRICITY_ANNEX)),
        "dispatched_on": contract.dispatched_on,
        "received_by_provider_on": contract.received_by_provider_on,
        "first_signed_on": min(signed_days, default=None),
        "tenant_signed_on": max(signed_days, default=None),
        "both_originals_signed": all_signed(originals),
        "category_annexes_signed": all_signed(annexes),
        "handed_over_on": came(tenants_own, OriginalState.WITH_TENANT),
        "sent_back_on": came(municipal, OriginalState.ON_ITS_WAY),
        "municipal_original_settled_on": settled(municipal),
        "tenant_original_settled_on": settled(tenants_own),
        "tenant_original_sent_back_on": came(tenants_own, OriginalState.ON_ITS_WAY),
        "annexes_archived": all(settled(sheet) for sheet in annexes if sheet.holder == Holder.MUNICIPALITY),
        "sheets_filed": sum(sheet.state == OriginalState.ARCHIVED for sheet in sheets),
        "recalled_on": around.recalled.get(contract.pk),
        "sheets_out": sum(sheet.state in _OUT for sheet in sheets),
        "sheets_with_provider": sum(sheet.state in _WITH_PROVIDER for sheet in sheets),
    }


_WITH_PROVIDER = frozenset(
    {OriginalState.SENT, OriginalState.AT_PROVIDER, OriginalState.SIGNED, OriginalState.ON_ITS_WAY}
)
_OUT = _WITH_PROVIDER - {OriginalState.SENT} | {OriginalState.WITH_TENANT}


def template_kind(form: str) -> str:
    """Which template a form's contract is made from (D-0-2: one for each of the care forms)."""
    return f"contract_{form}"


def _of_ending(contract: Contract, around: _Around) -> dict[str, Any]:
    ending = around.endings.get(contract.pk)
    if ending is None:
        return {}
    left = getattr(contract, "abandoned_property", None)
    agreed = [
        s.signed_on
        for sheet in around.sheets.get(contract.pk, [])
        for s in around.signatures.get(sheet.pk, [])
        if s.signed_for == SignedFor.MOVE_OUT and sheet.holder == Holder.TENANT and sheet.kind == SheetKind.CONTRACT
    ]
    enough = len(agreed) >= len(around.tenants.get(contract.pk, [])) > 0
    return {
        "notice_on": ending.notice_on,
        "notice_by": ending.notice_by,
        "notice_has_grounds": bool(ending.grounds.strip()),
        "died_on": ending.died_on,
        "served_on": ending.served_on,
        "lawful_end_on": lawful_end(contract, ending, since=around.since[contract.pk]),
        "agreed_end_on": ending.agreed_end_on,
        "planned_move_out_on": ending.planned_move_out_on,
        "moved_out_on": ending.moved_out_on,
        "end_reason": ending.reason,
        "closing_on": ending.closing_on,
        "agreement_first_signed_on": min(agreed) if enough else None,
        "agreement_signed_on": max(agreed) if enough else None,
        "agreement_obstacle": bool(ending.agreement_obstacle),
        "left_property": ending.left_property,
        "property_recorded": left is not None,
        "property_found_on": left.found_on if left else None,
        "property_notified_on": left.notified_on if left else None,
        "property_decided": left is not None and bool(left.decision),
        "property_keep_until": left.keep_until if left else None,
        "billing_notified_on": ending.billing_notified_on,
        "last_charged_on": ending.last_charged_on,
    }
