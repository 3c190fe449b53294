"""The administrator draws the contract up, it is signed for the municipality, and posted."""

from bostad.casework.graph import step
from contracts import applies
from contracts.models.routine_order import WHAT_AN_ORDER_HOLDS
from contracts.models.takers import OFFICE
from contracts.rules import issuing, registration, tenure
from contracts.states import ContractState

S = ContractState


class IssuingSteps:
    @step(
        "Utfärda kontraktet",
        source=S.ORDERED,
        target=S.ISSUED,
        by=OFFICE,
        rules=["R-0-12", "R-0-14", "R-0-18", "R-4-16"],
        why="Uppgifterna låses, och två likalydande original med bilagor framställs ur den godkända mallen.",
        needs=[*WHAT_AN_ORDER_HOLDS, registration.the_category_is_answered, registration.the_dwelling_allows_the_category,
               registration.several_tenants_only_as_a_couple, issuing.an_approved_template_exists,
               issuing.a_rented_dwelling_has_a_head_lease,
               registration.the_decision_stands_here, registration.the_plan_stands_here,
               registration.a_protected_number_has_its_own_name],
        asks=[
            issuing.the_lease_has_a_rent,
            issuing.the_lease_has_a_notice_time,
            issuing.an_emergency_let_has_an_end,
            issuing.the_term_ends_after_it_begins,
            issuing.the_term_is_not_over,
            issuing.the_rent_is_not_above_the_head_rent,
            issuing.the_furniture_supplement_is_within_bounds,
            issuing.other_supplements_are_named,
            issuing.a_category_contract_has_its_annex,
            issuing.the_electricity_annex_goes_with_the_contract,
        ],
        tells=[
            registration.a_minor_has_somebody_who_consents,
            registration.names_agree,
            registration.the_tenant_has_no_other_tenancy,
            issuing.the_head_rent_is_known,
            tenure.the_term_ends_by_itself,
            tenure.no_security_from_the_first_day,
            tenure.the_let_is_second_hand,
            tenure.the_notice_time_is_three_months,
        ],
    )  # fmt: skip
    def issue(self) -> None: ...

    @step(
        "Registrera kommunens underskrift",
        source=S.ISSUED,
        target=None,
        by=OFFICE,
        rules=["R-0-12", "R-0-14"],
        why="Kommunen undertecknar först: båda originalen, och kategoribilagan.",
        needs=[registration.the_offer_still_holds, issuing.the_papers_are_ready, issuing.the_papers_are_printed],
        asks=[issuing.the_signer_has_delegation],
        applies=applies.not_yet_signed_for_the_municipality,
    )
    def sign_for_municipality(self) -> None: ...

    @step(
        "Registrera postningen",
        source=S.ISSUED,
        target=S.DISPATCHED,
        by=OFFICE,
        rules=["R-0-13"],
        why="Båda originalen med bilagor skickas till beställaren med post.",
        needs=[
            issuing.both_originals_are_signed_for_the_municipality,
            issuing.the_category_annex_is_signed_for_the_municipality,
            issuing.the_electricity_annex_goes_with_the_contract,
            registration.the_orderer_has_a_postal_address,
        ],
        asks=[issuing.the_posting_has_a_date, issuing.the_posting_comes_after_the_signature],
        applies=applies.is_care_housing,
    )
    def dispatch(self) -> None: ...
