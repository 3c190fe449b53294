"""The order: registered, changed, ordered, taken back, returned."""

from bostad.casework.graph import step
from contracts.models.takers import OFFICE, ORDERERS
from contracts.rules import registration
from contracts.states import ContractState

S = ContractState


WHAT_AN_ORDER_HOLDS = (
    registration.tenants_are_named_and_numbered,
    registration.the_object_has_designation_and_address,
    registration.holds_the_dwelling,
    registration.dwelling_serves_the_form,
    registration.a_grant_opens_the_dwelling,
    registration.the_grant_is_valid_at_move_in,
    registration.the_decision_comes_before_the_lease,
    registration.the_household_was_decided_beforehand,
    registration.the_offer_still_holds,
    registration.the_representative_has_authority,
    registration.the_representative_has_an_address,
    registration.the_order_has_a_queue,
)


class OrderSteps:
    @step(
        "Registrera hyresgäst",
        source="",
        target=S.REGISTERED,
        by=ORDERERS,
        rules=["R-0-4", "R-0-1"],
        why="Hyresgästen registreras på rätt hyresobjekt innan kontraktet beställs.",
        asks=[
            registration.the_dwelling_is_the_providers_own,
            registration.dwelling_serves_the_form,
            registration.holds_the_dwelling,
        ],
        tells=[registration.a_minor_has_somebody_who_consents],
    )
    def register(self) -> None: ...

    @step(
        "Ändra uppgifterna",
        source=[S.REGISTERED, S.RETURNED],
        target=None,
        by=ORDERERS,
        rules=["R-0-4"],
        why="Fram till beställningen kan allt rättas. Efter utfärdandet blir en rättelse ett nytt kontrakt.",
        asks=[
            registration.dwelling_serves_the_form,
            registration.the_dwelling_is_the_providers_own,
            registration.holds_the_dwelling,
        ],
    )
    def edit(self) -> None: ...

    @step(
        "Beställ kontrakt",
        source=[S.REGISTERED, S.RETURNED],
        target=S.ORDERED,
        by=ORDERERS,
        rules=["R-0-4", "R-0-3"],
        why="Beställningen går till den enhet som tar emot beställningar, som skriver ut och undertecknar för kommunen.",
        needs=WHAT_AN_ORDER_HOLDS,
        asks=[
            registration.the_category_is_answered,
            registration.the_dwelling_allows_the_category,
            registration.several_tenants_only_as_a_couple,
            registration.the_orderer_has_a_postal_address,
            registration.the_order_has_contact_details,
            registration.the_orderer_has_confirmed,
        ],
        tells=[registration.a_minor_has_somebody_who_consents],
    )
    def order_contract(self) -> None: ...

    @step(
        "Ta tillbaka beställningen",
        source=S.ORDERED,
        target=S.REGISTERED,
        by=ORDERERS,
        why="Så länge kontraktet inte är utfärdat kan beställaren ta tillbaka den.",
        undo=True,
    )
    def recall_order(self) -> None: ...

    @step(
        "Begär komplettering",
        source=S.ORDERED,
        target=S.RETURNED,
        by=OFFICE,
        rules=["R-0-25"],
        why="Beställaren får veta vad som saknas och beställer på nytt.",
    )
    def return_for_completion(self) -> None: ...
