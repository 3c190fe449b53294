"""Every condition of the routine as a question to facts: no database, no clock. One row for each answer."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bostad.casework import conditions
from bostad.casework.conditions import Condition
from contracts.facts import ContractFacts
from contracts.rules import issuing, moving_out, notice, registration, signing, takeover, tenure

D = date
OTHER_FORMS = ["municipal", "trial", "training", "emergency"]

# A contract of which every rule says yes.
WELL = ContractFacts(
    today=D(2026, 10, 20), state="active", form="care_dementia", is_restricted=False, department_id=1, unit_id=2,
    assignee_id=None, provider_id=3, queue_unit_id=2,
    tenants=1, tenants_with_number=1, represented=True, authority_holds=True, representatives_have_address=True,
    has_dwelling=True, dwelling_has_address=True, dwelling_serves_form=True, dwelling_is_providers=True,
    holds_dwelling=True, electricity_included=True, category="none",
    has_grant=True, grant_is_granted=True, grant_is_valid_at_move_in=True, grant_decided_on=D(2026, 9, 11),
    grant_ended_on=D(2026, 10, 20), has_municipal_ground=True,
    move_in_on=D(2026, 10, 15), contract_on=D(2026, 10, 15), is_sublet=True, has_head_lease=True,
    head_rent=Decimal(7000), rent=Decimal(6780), furniture_rent=Decimal(500),
    ordered_on=D(2026, 10, 1), order_is_confirmed=True, order_has_address=True,
    template_is_approved=True, issued_on=D(2026, 10, 2), papers_are_ready=True, papers_are_printed=True,
    municipality_signed_on=D(2026, 10, 2), signer_has_delegation=True, dispatched_on=D(2026, 10, 5),
    received_by_provider_on=D(2026, 10, 7), first_signed_on=D(2026, 10, 9), tenant_signed_on=D(2026, 10, 9),
    both_originals_signed=True, handed_over_on=D(2026, 10, 9), sent_back_on=D(2026, 10, 12),
    served_on=D(2026, 10, 17), municipal_original_settled_on=D(2026, 10, 14), tenant_original_settled_on=D(2026, 10, 20),
    owner_notified_on=D(2026, 10, 2), waiver_signed_on=D(2026, 10, 1), waiver_approved_on=D(2026, 10, 10),
    waiver_spouse_accepts=True,
    notice_on=D(2026, 10, 16), notice_by="tenant", notice_has_grounds=True, died_on=D(2026, 10, 15),
    lawful_end_on=D(2027, 1, 31), agreed_end_on=D(2027, 1, 31), planned_move_out_on=D(2026, 10, 19),
    moved_out_on=D(2026, 10, 19), end_reason="other_care", closing_on=D(2026, 10, 20),
    agreement_first_signed_on=D(2026, 10, 19), agreement_signed_on=D(2026, 10, 19), left_property=False,
    property_recorded=True, property_decided=True, property_found_on=D(2026, 10, 19), property_notified_on=D(2026, 10, 19),
    property_keep_until=D(2027, 1, 19), days=(("contracts.property_keep_months", 3),), billing_notified_on=D(2026, 10, 20),
    last_charged_on=D(2026, 10, 20), owner_consents=True, takeover_has_reasons=True,
)  # fmt: skip

Changes = dict[str, Any]


def of_each(name: str, *values: Any, **also: Any) -> list[Changes]:
    return [{name: value} | also for value in values]


UNWRITTEN: Changes = {"term_to": D(2026, 10, 1)}  # no paper says it, so no annex is missing

# The rule's id, the rule, facts that make it say no, and other facts of which it still says yes.
TABLE: list[tuple[str, Condition, list[Changes], list[Changes]]] = [
    ("R-0-1", registration.dwelling_serves_the_form, [{"dwelling_serves_form": False}], []),
    ("R-0-2", registration.a_grant_opens_the_dwelling,
     [{"grant_is_granted": False}, *of_each("form", "sheltered", "trial", "emergency", grant_is_granted=False)],
     [{"form": "municipal", "grant_is_granted": False}]),
    ("R-0-2", registration.the_grant_is_valid_at_move_in,
     [{"grant_is_valid_at_move_in": False}, {"form": "trial", "grant_is_valid_at_move_in": False}],
     [{"form": "municipal", "grant_is_valid_at_move_in": False},
      {"grant_is_granted": False, "grant_is_valid_at_move_in": False}]),
    ("R-4-14", registration.the_decision_comes_before_the_lease,
     [{"form": form} | late for form in ("trial", "training", "emergency") for late in (
         {"grant_decided_on": D(2026, 10, 16)}, {"grant_decided_on": None}, {"contract_on": None})],
     [{"form": "trial"}, {"form": "trial", "grant_decided_on": D(2026, 10, 15)}, {"grant_decided_on": D(2027, 1, 1)},
      {"form": "municipal", "grant_decided_on": None},
      {"form": "trial", "has_grant": False, "grant_decided_on": None}]),
    ("R-4-14", registration.the_decision_stands_here,
     [{"is_decided_here": True, "decision_is_found": False}], [{"decision_is_found": False}, {"is_decided_here": True}]),
    ("R-4-15", registration.the_plan_stands_here,
     [{"is_decided_here": True, "plan_is_found": False}], [{"plan_is_found": False}, {"is_decided_here": True}]),
    ("R-1-3", registration.the_household_was_decided_beforehand,
     [{"form": "municipal", "has_municipal_ground": False}],
     [{"form": "municipal"}, *of_each("form", "trial", "sheltered", has_municipal_ground=False)]),
    ("R-1-51", registration.the_offer_still_holds, [{"offer_lapsed": True}], []),
    ("R-0-3", registration.the_dwelling_is_the_providers_own,
     of_each("form", "care_dementia", "care_somatic", "sheltered", dwelling_is_providers=False),
     of_each("form", *OTHER_FORMS, dwelling_is_providers=False)),
    ("R-0-4", registration.holds_the_dwelling,
     [{"holds_dwelling": False}, {"dwelling_is_withdrawn": True}], []),
    ("R-0-22", registration.several_tenants_only_as_a_couple,
     [{"tenants": 2}, {"tenants": 2, "category": ""}, {"tenants": 2, "category": "bpsd"}],
     [{"tenants": 2, "category": "couple"}, {"tenants": 0}, *of_each("form", *OTHER_FORMS, tenants=3)]),
    ("R-0-5", registration.tenants_are_named_and_numbered,
     [{"tenants": 0, "tenants_with_number": 0}, {"tenants_with_number": 0}, {"tenants": 2}],
     [{"tenants": 2, "tenants_with_number": 2}]),
    ("FB 9:1", registration.a_minor_has_somebody_who_consents, of_each("minors_alone", 1, 2), []),
    ("R-0-6", registration.the_object_has_designation_and_address, [{"has_dwelling": False}, {"dwelling_has_address": False}], []),
    ("R-0-8", registration.the_category_is_answered, of_each("category", "", "annat"), of_each("category", "bpsd", "couple", "none")),
    ("R-0-8", registration.the_dwelling_allows_the_category,
     of_each("category", "bpsd", "young_dementia", "couple"),
     [{"category": "none"}, {"category": ""}, {"category": "bpsd", "category_is_allowed": True}]),
    ("R-0-9", registration.the_orderer_has_a_postal_address, [{"order_has_address": False}], []),
    ("R-0-10", registration.the_order_has_contact_details, [{"ordered_on": None}], []),
    ("R-0-11", registration.the_orderer_has_confirmed, [{"order_is_confirmed": False}], []),
    ("R-0-25", registration.the_order_has_a_queue, [{"queue_unit_id": None}], []),
    ("R-0-15", registration.the_representative_has_authority,
     [{"authority_holds": False}], [{"represented": False, "authority_holds": False}]),
    ("R-0-15", registration.the_representative_has_an_address,
     [{"representatives_have_address": False}], [{"represented": False, "representatives_have_address": False}]),
    ("R-0-5", registration.a_protected_number_has_its_own_name,
     [{"is_restricted": True, "names_differ": True}], [{"names_differ": True}, {"is_restricted": True}]),
    ("R-0-22", registration.the_tenant_has_no_other_tenancy, [{"has_other_tenancy": True}], []),
    ("R-0-5", registration.names_agree, [{"names_differ": True}], []),
    ("R-0-24", issuing.an_approved_template_exists, [{"template_is_approved": False}], []),
    ("R-4-18", issuing.the_lease_has_a_rent,
     [{"rent": None}, {"rent": Decimal(0)}, {"rent": Decimal(-1)}], [{"rent": Decimal(1), "notice_months": 0}]),
    ("R-4-18", issuing.the_lease_has_a_notice_time, [{"notice_months": 0}], [{"notice_months": 1}]),
    ("R-4-6", issuing.an_emergency_let_has_an_end,
     [{"form": "emergency"}], [{"form": "emergency", "term_to": D(2027, 1, 1)}, {"form": "training"}]),
    ("R-4-18", issuing.the_term_ends_after_it_begins,
     of_each("term_to", D(2026, 10, 15), D(2026, 10, 14)),
     [{"term_to": D(2026, 10, 16)}, {"term_to": D(2026, 10, 1), "move_in_on": None}]),
    ("R-4-18", issuing.the_term_is_not_over,
     [{"term_to": D(2026, 10, 19)}], of_each("term_to", None, D(2026, 10, 20), D(2026, 10, 14))),
    ("R-1-81", issuing.a_rented_dwelling_has_a_head_lease,
     [{"has_head_lease": False}], [{"is_sublet": False, "has_head_lease": False}]),
    ("JB 12:55", issuing.the_head_rent_is_known, [{"head_rent": None}], [{"is_sublet": False, "head_rent": None}]),
    ("JB 12:55", issuing.the_rent_is_not_above_the_head_rent,
     [{"rent": Decimal("7000.01")}],
     [{"rent": Decimal(7000)}, {"rent": Decimal(9000), "is_sublet": False}, {"head_rent": None}, {"rent": None}]),
    ("JB 12:55", issuing.the_furniture_supplement_is_within_bounds,
     [{"furniture_rent": Decimal("1050.01")}, {"furniture_rent": Decimal(701), "furniture_max_percent": 10}],
     [{"furniture_rent": Decimal(1050)}, {"furniture_rent": Decimal(5000), "is_sublet": False},
      {"furniture_rent": Decimal(5000), "head_rent": None}]),
    ("JB 12:55", issuing.other_supplements_are_named,
     [{"other_rent": Decimal(50)}], [{"other_rent": Decimal(50), "other_rent_is_named": True}]),
    ("R-0-12", issuing.the_papers_are_ready, [{"papers_are_ready": False}], []),
    ("R-0-12", issuing.the_papers_are_printed, [{"papers_are_printed": False}], []),
    ("R-0-12", issuing.the_signer_has_delegation, [{"signer_has_delegation": False}], []),
    ("R-0-12", issuing.both_originals_are_signed_for_the_municipality, [{"municipality_signed_on": None}], []),
    ("R-0-14", issuing.the_category_annex_is_signed_for_the_municipality,
     of_each("category", "bpsd", "couple", "young_dementia"),
     [{"category": ""}, {"category": "bpsd", "category_annex_signed_for_municipality": True}]),
    ("R-0-14", issuing.a_category_contract_has_its_annex,
     [{"category": "bpsd"}, {"has_category_annex": True}, {"category": "", "has_category_annex": True}],
     [{"category": "bpsd", "has_category_annex": True}, {"category": ""}, *of_each("category", "bpsd", **UNWRITTEN)]),
    ("R-0-18", issuing.the_electricity_annex_goes_with_the_contract,
     [{"electricity_included": False}, {"has_electricity_annex": True}],
     [{"electricity_included": False, "has_electricity_annex": True}, {"electricity_included": False} | UNWRITTEN]),
    ("R-0-13", issuing.the_posting_has_a_date, [{"dispatched_on": None}], []),
    ("R-0-13", issuing.the_posting_comes_after_the_signature,
     [{"dispatched_on": D(2026, 10, 1)}, {"dispatched_on": D(2026, 10, 21)}, {"dispatched_on": None},
      {"municipality_signed_on": None}],
     of_each("dispatched_on", D(2026, 10, 2), D(2026, 10, 20))),
    ("R-0-26", signing.the_provider_has_both_originals, [{"received_by_provider_on": None}], []),
    ("R-0-26", signing.the_receipt_comes_after_the_posting,
     [{"received_by_provider_on": D(2026, 10, 4)}, {"received_by_provider_on": D(2026, 10, 21)},
      {"dispatched_on": None}],
     of_each("received_by_provider_on", D(2026, 10, 5), D(2026, 10, 20))),
    ("R-0-15", signing.both_originals_are_signed_by_every_tenant, [{"both_originals_signed": False}], []),
    ("R-0-14", signing.the_category_annexes_are_signed,
     [{"category": "bpsd"}], [{"category": "bpsd", "category_annexes_signed": True}, {"category": ""}]),
    ("R-0-26", signing.the_municipality_signed_first,
     [{"first_signed_on": D(2026, 10, 6)}, {"tenant_signed_on": D(2026, 10, 21)}, {"first_signed_on": None},
      {"received_by_provider_on": None, "municipality_signed_on": None},
      {"received_by_provider_on": None, "first_signed_on": D(2026, 10, 1)}],
     [{"received_by_provider_on": None}, {"first_signed_on": D(2026, 10, 7)}, {"tenant_signed_on": D(2026, 10, 20)}]),
    ("R-0-16", signing.the_tenants_original_is_handed_over,
     [{"handed_over_on": None, "tenant_original_settled_on": None}],
     [{"handed_over_on": None}, {"tenant_original_settled_on": None}]),
    ("R-0-16", signing.the_hand_over_comes_after_the_signature,
     [{"handed_over_on": D(2026, 10, 8)}, {"handed_over_on": D(2026, 10, 21)}, {"tenant_signed_on": None}],
     [{"handed_over_on": D(2026, 10, 20)}]),
    ("R-0-17", signing.the_return_comes_after_the_signature,
     [{"sent_back_on": D(2026, 10, 8)}, {"sent_back_on": D(2026, 10, 21)}, {"tenant_signed_on": None}],
     [{"sent_back_on": D(2026, 10, 9)}]),
    ("R-0-17", signing.the_municipal_original_is_archived, [{"municipal_original_settled_on": None}], []),
    ("R-0-14", signing.the_municipal_annexes_are_archived, [{"annexes_archived": False}], []),
    ("JB 12:39", signing.the_owner_is_notified, [{"owner_notified_on": None}], [{"owner_notified_on": None, "is_sublet": False}]),
    ("JB 12:3", tenure.the_term_ends_by_itself,  # 15 October to 14 July is nine months exactly
     of_each("term_to", D(2027, 7, 15), D(2028, 1, 1)),
     [*of_each("term_to", D(2027, 7, 14), D(2026, 11, 1), D(2026, 10, 1)),
      {"term_to": D(2028, 1, 1), "move_in_on": None}]),
    ("JB 12:3", tenure.the_term_has_run_out,
     [{"term_to": D(2026, 10, 20)}, {"term_to": D(2026, 10, 21)}, {"term_to": None}], [{"term_to": D(2026, 10, 19)}]),
    ("JB 12:3", tenure.the_tenancy_goes_on,  # a short term does when the tenant has stayed for a month
     [*of_each("term_to", None, D(2027, 7, 14)), {"term_to": D(2027, 7, 14), "today": D(2027, 8, 14)}],
     [{"term_to": D(2027, 7, 15)}, {"term_to": D(2027, 7, 14), "today": D(2027, 8, 15)},
      {"term_to": D(2027, 7, 14), "in_a_row_since": D(2026, 10, 14)}]),
    ("JB 12:3", tenure.only_a_short_term_ends_without_notice,
     [{"notice_by": "term"}, {"notice_by": "term", "term_to": D(2027, 7, 15)},
      {"notice_by": "term", "term_to": D(2027, 7, 14), "in_a_row_since": D(2026, 10, 14)}],
     [{"notice_by": "term", "term_to": D(2027, 7, 14)}, {"term_to": D(2028, 1, 1)}]),
    ("JB 12:45", tenure.no_security_from_the_first_day,
     [{"is_block_let": True, "waiver_signed_on": None},
      {"is_block_let": True, "waiver_approved_on": None},
      {"is_block_let": True, "waiver_valid_to": D(2026, 10, 19)}],
     [{"is_block_let": True}, {"waiver_signed_on": None}, {"is_block_let": True, "waiver_valid_to": D(2026, 10, 20)},
      {"is_block_let": True, "waiver_approved_on": None, "waiver_signed_on": D(2026, 10, 15)},
      {"is_block_let": True, "is_sublet": False, "waiver_signed_on": None}]),
    ("JB 12:45", tenure.the_let_is_second_hand, [{"is_sublet": False}], []),
    ("JB 12:45", tenure.no_security_after_two_years,
     [{"today": D(2028, 10, 15), "waiver_signed_on": None}, {"today": D(2028, 10, 15), "waiver_approved_on": None},
      {"lawful_end_on": D(2028, 10, 31), "waiver_signed_on": None},
      {"lawful_end_on": None, "in_a_row_since": D(2024, 10, 20), "waiver_signed_on": None}],
     [{"today": D(2028, 10, 14), "waiver_signed_on": None}, {"lawful_end_on": D(2028, 9, 30), "waiver_signed_on": None}, {"today": D(2030, 1, 1)}, {"move_in_on": None},
      {"today": D(2030, 1, 1), "waiver_signed_on": None, "is_sublet": False},
      {"today": D(2030, 1, 1), "waiver_signed_on": D(2028, 10, 15), "waiver_approved_on": None}]),
    ("JB 12:4", tenure.the_notice_time_is_three_months, [{"notice_months": 1}], [{"notice_months": 6}]),
    ("JB 12:45 a", tenure.the_waiver_is_approved_or_written_later,
     [{"waiver_signed_on": None}, {"waiver_approved_on": None},
      {"waiver_approved_on": None, "waiver_signed_on": D(2027, 4, 1)},
      {"waiver_approved_on": None, "waiver_signed_on": D(2028, 10, 14)},
      {"waiver_approved_on": None, "waiver_signed_on": D(2026, 10, 14), "is_block_let": True},
      {"waiver_approved_on": None, "waiver_signed_on": D(2026, 10, 14), "is_sublet": False}],
     [{"waiver_approved_on": None, "waiver_signed_on": D(2028, 10, 15)},
      {"waiver_approved_on": None, "waiver_signed_on": D(2026, 10, 15), "is_block_let": True},
      {"waiver_approved_on": None, "waiver_signed_on": D(2026, 10, 15), "is_sublet": False}]),
    ("JB 12:45 a", tenure.the_spouse_accepts_the_waiver,
     [{"waiver_spouse_accepts": False}, {"tenants": 2, "waiver_spouse_accepts": None},
      {"tenants": 2, "waiver_spouse_accepts": False}],
     [{"waiver_spouse_accepts": None}, {"tenants": 2}]),
    ("JB 12:5", notice.a_death_is_not_the_tenants_own_reason,
     [{"end_reason": "died", "notice_by": "tenant"}],
     [{"end_reason": "died", "notice_by": by} for by in ("estate", "municipality")] + [{"end_reason": "other_care"}]),
    ("R-0-19", notice.the_notice_is_complete, [{"notice_on": None}, {"planned_move_out_on": None}, {"end_reason": ""}], []),
    ("R-0-19", notice.the_notice_is_not_in_the_future,
     [{"notice_on": D(2026, 10, 21)}], [{"notice_on": D(2026, 10, 20)}, {"notice_on": None}]),
    ("R-0-19", notice.the_planned_move_out_is_not_before_notice,
     [{"planned_move_out_on": D(2026, 10, 15)}],
     [{"planned_move_out_on": D(2026, 10, 16)}, {"planned_move_out_on": None}]),
    ("JB 12:5", notice.the_estate_gave_notice_within_a_month,  # 15 November 2026 is a Sunday
     [{"notice_by": "estate", "notice_on": D(2026, 11, 17)}],
     [{"notice_by": "estate", "notice_on": D(2026, 11, 16)}, {"notice_on": D(2027, 6, 1)},
      {"notice_by": "estate", "died_on": None}]),
    ("JB 12:5", notice.an_estate_has_a_day_of_death,
     [{"notice_by": "estate", "died_on": None}, {"notice_by": "estate", "died_on": D(2026, 10, 17)}],
     [{"died_on": None}, {"notice_by": "estate", "died_on": D(2026, 10, 16)}, {"notice_by": "estate", "notice_on": None}]),
    ("JB 12:5", notice.an_estate_gives_notice_when_nobody_is_left,
     [{"notice_by": "estate"}, {"notice_by": "estate", "tenants": 2, "tenants_dead": 1}],
     [{"notice_by": "estate", "tenants_dead": 1}, {"notice_by": "estate", "tenants": 2, "tenants_dead": 2}]),
    ("R-0-19", notice.the_agreed_end_comes_after_the_notice,
     [{"agreed_end_on": D(2026, 10, 15)}, {"agreed_end_on": D(2026, 10, 16), "move_in_on": D(2026, 10, 17)}],
     [{"agreed_end_on": D(2026, 10, 16)}, {"agreed_end_on": None}]),
    ("JB 12:4", notice.the_municipality_keeps_the_notice_time,
     [{"notice_by": "municipality", "agreed_end_on": D(2027, 1, 30)}],
     [{"notice_by": "municipality"}, {"agreed_end_on": D(2026, 11, 1)},
      {"notice_by": "municipality", "agreed_end_on": None}]),
    ("JB 12:4", notice.the_municipalitys_notice_is_not_backdated,
     [{"notice_by": "municipality"}, {"notice_by": "municipality", "notice_on": D(2026, 10, 19)}],
     [{"notice_by": "municipality", "notice_on": D(2026, 10, 20)}, {"notice_by": "municipality", "notice_on": None}]),
    ("JB 8:8", notice.the_municipalitys_notice_is_served,
     [{"notice_by": "municipality", "agreement_signed_on": None, "served_on": None}],
     [{"notice_by": "municipality", "served_on": None}, {"served_on": None, "agreement_signed_on": None},
      {"notice_by": "municipality", "agreement_signed_on": None, "served_on": D(2026, 10, 18)}]),
    ("JB 8:8", notice.the_service_comes_after_the_notice,
     [{"served_on": D(2026, 10, 15)}, {"served_on": D(2026, 10, 21)}, {"served_on": None}],
     [{"served_on": D(2026, 10, 16)}]),
    ("R-0-19", notice.the_notice_comes_after_the_contract,
     [{"notice_on": D(2026, 10, 1)}], [{"notice_on": D(2026, 10, 2)}, {"notice_on": None}, {"issued_on": None}]),
    ("JB 12:4", moving_out.the_tenancy_is_not_closed_before_its_time,
     [{"agreement_signed_on": None}, {"agreement_signed_on": None, "agreement_obstacle": True}],
     [{"agreement_signed_on": None, "closing_on": D(2027, 1, 31)}, {"agreement_signed_on": None, "closing_on": None},
      {"agreement_signed_on": None, "lawful_end_on": None}]),
    ("R-0-19", moving_out.the_tenancy_is_not_closed_after_its_time,
     [{"closing_on": D(2027, 2, 1)}, {"closing_on": D(2027, 1, 1), "lawful_end_on": D(2026, 12, 31), "agreed_end_on": None}],
     [{"closing_on": D(2027, 1, 31)}, {"closing_on": D(2027, 2, 1), "agreed_end_on": D(2027, 2, 1)},
      {"closing_on": D(2027, 2, 1), "moved_out_on": D(2027, 2, 1)}, {"closing_on": None}, {"lawful_end_on": None}]),
    ("R-0-19", moving_out.nobody_moves_out_before_moving_in,
     [{"moved_out_on": D(2026, 10, 14)}], [{"moved_out_on": D(2026, 10, 15)}, {"moved_out_on": None}, {"move_in_on": None}]),
    ("JB 12:5", notice.the_end_is_not_before_the_notice_time,
     [{"agreed_end_on": D(2027, 1, 30)}], [{"agreed_end_on": None}, {"agreed_end_on": D(2027, 2, 1)}]),
    ("R-4-17", notice.the_municipalitys_notice_has_grounds,
     [{"notice_by": "municipality", "notice_has_grounds": False}],
     [{"notice_by": "municipality"}, {"notice_has_grounds": False}, {"notice_by": "estate", "notice_has_grounds": False}]),
    ("R-4-20", notice.the_grant_is_settled,
     [{"grant_ended_on": None}, {"form": "trial", "grant_ended_on": None}],
     [{"grant_ended_on": None, "grant_continues": True}, {"grant_ended_on": None, "form": "municipal"}]),
    ("R-4-20", notice.the_tenancy_is_ended_too, [{"notice_on": None}], []),
    ("R-0-20", moving_out.the_move_out_agreement_is_signed,
     [{"agreement_signed_on": None}], [{"agreement_signed_on": None, "agreement_obstacle": True}]),
    ("R-0-20", moving_out.the_agreement_is_signed_after_notice,
     [{"agreement_first_signed_on": D(2026, 10, 15)}, {"agreement_signed_on": D(2026, 10, 21)},
      {"agreement_first_signed_on": None}, {"notice_on": None}],
     [{"agreement_first_signed_on": D(2026, 10, 16)}]),
    ("R-0-19", moving_out.the_ending_is_complete, [{"moved_out_on": None}, {"closing_on": None}, {"end_reason": ""}], []),
    ("R-0-19", moving_out.nobody_moves_out_before_notice,
     [{"moved_out_on": D(2026, 10, 15)}], [{"moved_out_on": D(2026, 10, 16)}, {"notice_on": None}]),
    ("R-0-19", moving_out.the_move_out_has_happened,
     [{"moved_out_on": D(2026, 10, 21)}], [{"moved_out_on": D(2026, 10, 20)}, {"moved_out_on": None}]),
    ("R-0-19", moving_out.nothing_closes_before_moving_out,
     [{"closing_on": D(2026, 10, 18)}], [{"closing_on": D(2026, 10, 19)}, {"closing_on": None}]),
    ("R-4-19", moving_out.it_is_known_if_property_was_left, [{"left_property": None}], [{"left_property": True}]),
    ("R-4-19", moving_out.property_left_behind_is_decided,
     [{"left_property": True, "property_decided": False}, {"left_property": None, "property_decided": False}],
     [{"property_decided": False}, {"left_property": True}]),
    ("R-4-19", moving_out.property_is_kept_long_enough,
     [{"property_keep_until": D(2027, 1, 18)}],
     [{"property_keep_until": D(2027, 1, 19)}, {"property_keep_until": None}, {"property_found_on": None}]),
    ("R-4-19", moving_out.the_owner_of_property_is_told_when_it_is_found,
     [{"property_notified_on": D(2026, 10, 18)}], [{"property_notified_on": D(2026, 10, 19)}, {"property_notified_on": None}]),
    ("R-4-19", moving_out.property_left_behind_is_listed, [{"property_recorded": False}], []),
    ("R-0-21", moving_out.the_tenants_original_is_archived,
     [{"tenant_original_settled_on": None}], [{"tenant_original_settled_on": None, "agreement_obstacle": True}]),
    ("R-0-27", moving_out.billing_is_told, [{"billing_notified_on": None}, {"last_charged_on": None}], []),
    ("R-0-27", moving_out.nobody_is_charged_after_closing,
     [{"last_charged_on": D(2026, 10, 21)}], [{"last_charged_on": D(2026, 10, 1)}, {"closing_on": None}]),
    ("R-0-27", moving_out.rent_is_charged_until_the_tenancy_ends,
     [{"last_charged_on": D(2026, 10, 19)}, {"last_charged_on": D(2026, 1, 1), "agreed_end_on": None},
      {"last_charged_on": D(2026, 10, 17), "agreed_end_on": D(2026, 10, 16), "moved_out_on": D(2026, 10, 18)}],
     [{"last_charged_on": D(2026, 10, 20), "agreed_end_on": None}, {"last_charged_on": None}, {"closing_on": None},
      {"last_charged_on": D(2026, 10, 19), "agreed_end_on": D(2026, 10, 19)},
      {"last_charged_on": D(2026, 10, 18), "agreed_end_on": D(2026, 10, 16), "moved_out_on": D(2026, 10, 18)}]),
    ("R-0-19", moving_out.nobody_has_moved_in,
     [{}, {"move_in_on": D(2026, 10, 20)}, {"state": "dispatched"}],
     [{"move_in_on": D(2026, 10, 21)}, {"state": "ordered"}, {"state": "registered"}]),
    ("R-0-19", moving_out.the_closing_date_has_come, [{"closing_on": D(2026, 10, 21)}, {"closing_on": None}], []),
    ("R-4-5", takeover.a_takeover_is_a_step_of_its_own, [{"end_reason": "taken_over"}], of_each("end_reason", "", "died", "other")),
    ("R-4-7", takeover.an_emergency_flat_is_never_taken_over, [{"form": "emergency"}], of_each("form", "trial", "training")),
    ("R-4-5", takeover.a_training_flat_is_taken_over_for_special_reasons,
     [{"form": "training", "takeover_has_reasons": False}],
     [{"form": "training"}, {"form": "trial", "takeover_has_reasons": False}]),
    ("R-4-27", takeover.the_owner_consents_to_the_takeover, [{"owner_consents": False}], []),
]  # fmt: skip
ALL = [made for made, module in conditions.declared() if module.startswith("contracts.rules.")]


def rows(which: int) -> list:
    return [
        pytest.param(
            made,
            changes,
            id=f"{made.name}-{' '.join(f'{k}={v}' for k, v in changes.items())}",
            marks=pytest.mark.rule(rule),
        )
        for rule, made, *answers in TABLE
        for changes in answers[which]
    ]


def test_every_rule_stands_in_the_table_once():
    assert [made.name for made in ALL] == list(dict.fromkeys(made.name for made in ALL))
    assert sorted(made.name for _, made, _, _ in TABLE) == sorted(made.name for made in ALL)
    assert [rule for rule, made, _, _ in TABLE if made.rule != rule] == []
    assert all(no for _, _, no, _ in TABLE)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_a_contract_in_which_all_is_well_has_nothing_lacking(rule):
    elsewhere = {  # what cannot be well at the same time: it runs until further notice, and somebody lives there
        "the_tenancy_goes_on", "the_term_has_run_out", "nobody_has_moved_in",
    }  # fmt: skip
    assert rule.holds(WELL) == (rule.name not in elsewhere)


@pytest.mark.rules_in("contracts.rules")
@pytest.mark.parametrize(("rule", "changes"), rows(0))
def test_a_rule_says_no_in_words(rule, changes):
    facts = replace(WELL, **changes)
    assert not rule.holds(facts)
    sentence = rule.says(replace(facts, head_rent=facts.head_rent or Decimal(7000)))
    assert sentence.strip().endswith(".")
    assert "None" not in sentence


@pytest.mark.parametrize(("rule", "changes"), rows(1))
def test_a_rule_still_says_yes(rule, changes):
    assert rule.holds(replace(WELL, **changes))


def test_sentences_with_numbers_say_them_in_swedish():
    facts = replace(WELL, head_rent=Decimal("7000.50"), lawful_end_on=D(2027, 2, 28))
    assert issuing.the_rent_is_not_above_the_head_rent.says(facts).startswith(
        "Hyran är högre än kommunens egen hyra, 7\u00a0000,50\u00a0kr"
    )
    assert "15 procent" in issuing.the_furniture_supplement_is_within_bounds.says(facts)
    assert "1\u00a0050,08\u00a0kr" in issuing.the_furniture_supplement_is_within_bounds.says(facts)
    assert "28 februari 2027" in notice.the_municipality_keeps_the_notice_time.says(facts)


def test_the_facts_hold_nothing_that_could_be_a_persons_name_or_number():
    """The log keeps them for ever: texts are codes of ours, all else is ids, days, amounts and yes or no."""
    texts = {field.name for field in fields(ContractFacts) if field.type in ("str", str)}
    assert texts == {"state", "form", "category", "notice_by", "end_reason"}
