"""What is known of a contract when a step is asked for. Frozen, free of the database: rules are tested without one.

The log keeps the facts of every step for ever. So they are ids, dates, amounts and yes or no: no name, no number of a
person, nothing that somebody wrote in their own words.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ContractFacts:
    today: date
    state: str
    form: str
    is_restricted: bool
    department_id: int
    unit_id: int | None
    assignee_id: int | None
    provider_id: int | None
    queue_unit_id: int | None
    closed_on: date | None = None
    is_shared: bool = False
    # the tenants
    tenants: int = 0
    tenants_with_number: int = 0
    tenants_dead: int = 0
    minors_alone: int = 0  # under 18 when the contract is dated, with nobody registered to consent
    names_differ: bool = False
    represented: bool = False
    authority_holds: bool = False
    representatives_have_address: bool = False
    has_other_tenancy: bool = False
    # the dwelling
    has_dwelling: bool = False
    dwelling_has_address: bool = False
    dwelling_serves_form: bool = False
    dwelling_is_providers: bool = False
    dwelling_is_withdrawn: bool = False
    holds_dwelling: bool = False
    electricity_included: bool = True
    category: str = ""
    category_is_allowed: bool = False
    # the decision and the ground
    has_grant: bool = False
    grant_is_granted: bool = False
    grant_is_valid_at_move_in: bool = False
    grant_decided_on: date | None = None
    grant_ended_on: date | None = None
    grant_continues: bool = False
    is_decided_here: bool = False  # the department takes such decisions in this system: then it stands here
    decision_is_found: bool = True
    plan_is_found: bool = True
    has_municipal_ground: bool = False
    offer_lapsed: bool = False  # of a contract that came from an offer
    # dates and money
    move_in_on: date | None = None
    contract_on: date | None = None
    in_a_row_since: date | None = None  # the first day of the tenancy, over contracts that follow on each other
    term_to: date | None = None
    notice_months: int = 3
    is_sublet: bool = False
    has_head_lease: bool = False
    is_block_let: bool = False
    head_rent: Decimal | None = None
    rent: Decimal | None = None
    furniture_rent: Decimal = Decimal(0)
    other_rent: Decimal = Decimal(0)
    other_rent_is_named: bool = False
    furniture_max_percent: int = 15
    # the order
    ordered_on: date | None = None
    order_is_confirmed: bool = False
    order_has_address: bool = False
    asked_for_completion_on: date | None = None
    # the papers
    template_is_approved: bool = False
    issued_on: date | None = None
    sheets_made_on: date | None = None  # those that are valid now: other than the issue where they were replaced
    papers_are_ready: bool = False
    papers_are_printed: bool = False
    municipality_signed_on: date | None = None
    signer_has_delegation: bool = False
    category_annex_signed_for_municipality: bool = False
    has_electricity_annex: bool = False
    has_category_annex: bool = False
    dispatched_on: date | None = None
    received_by_provider_on: date | None = None
    first_signed_on: date | None = None
    tenant_signed_on: date | None = None  # the last of them
    both_originals_signed: bool = False
    category_annexes_signed: bool = False
    handed_over_on: date | None = None
    sent_back_on: date | None = None
    municipal_original_settled_on: date | None = None
    tenant_original_settled_on: date | None = None
    tenant_original_sent_back_on: date | None = None
    annexes_archived: bool = True
    sheets_filed: int = 0
    recalled_on: date | None = None  # sheets that are called back are not destroyed yet
    sheets_out: int = 0
    sheets_with_provider: int = 0
    owner_notified_on: date | None = None
    owner_letter_is_under_way: bool = False
    security_decided_on: date | None = None
    term_decided_on: date | None = None
    waiver_signed_on: date | None = None
    waiver_valid_to: date | None = None
    waiver_spouse_accepts: bool | None = None
    waiver_approved_on: date | None = None
    # the ending
    notice_on: date | None = None
    notice_by: str = ""
    notice_has_grounds: bool = False
    died_on: date | None = None
    served_on: date | None = None
    lawful_end_on: date | None = None
    agreed_end_on: date | None = None
    planned_move_out_on: date | None = None
    moved_out_on: date | None = None
    end_reason: str = ""
    closing_on: date | None = None
    agreement_first_signed_on: date | None = None
    agreement_signed_on: date | None = None  # when all have signed, the last of them
    agreement_obstacle: bool = False
    left_property: bool | None = None
    property_recorded: bool = False
    property_found_on: date | None = None
    property_notified_on: date | None = None
    property_decided: bool = False
    property_keep_until: date | None = None
    billing_notified_on: date | None = None
    last_charged_on: date | None = None
    takeover_on: date | None = None
    takeover_has_reasons: bool = False
    owner_consents: bool = False
    # day counts of the municipality's own settings, in force when the contract was registered
    days: tuple[tuple[str, int], ...] = ()

    def setting(self, key: str) -> int:
        return dict(self.days)[key]
