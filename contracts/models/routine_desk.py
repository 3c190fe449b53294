"""The two originals at the provider's desk, and on their way back; sheets that went astray."""

from bostad.casework.graph import SYSTEM, owner, step
from bostad.casework.sharing import end_shares
from bostad.organisation.roles import Role
from contracts import applies
from contracts.models.takers import EVERYONE, OFFICE, PROVIDER
from contracts.rules import issuing, registration, signing
from contracts.states import IN_FORCE, ContractState

S = ContractState


class DeskSteps:
    @step(
        "Bekräfta att båda originalen kommit",
        source=S.DISPATCHED,
        target=None,
        by=(*PROVIDER, owner(Role.CONTRACT_ADMINISTRATOR)),
        rules=["R-0-26"],
        why="Utföraren kontrollerar numren på båda bladen innan hyresgästen undertecknar.",
        asks=[signing.the_receipt_comes_after_the_posting],
        applies=applies.receipt_is_awaited,
    )
    def acknowledge_receipt(self) -> None: ...

    @step(
        "Registrera underskrifterna",
        source=S.DISPATCHED,
        target=S.SIGNED,
        by=(*PROVIDER, owner(Role.CONTRACT_ADMINISTRATOR)),
        rules=["R-0-15", "R-0-14"],
        why="Hyresgästen eller företrädaren undertecknar båda originalen, och kategoribilagan.",
        needs=[signing.the_provider_has_both_originals],
        asks=[
            signing.both_originals_are_signed_by_every_tenant,
            signing.the_category_annexes_are_signed,
            signing.the_municipality_signed_first,
        ],
        tells=[registration.the_representative_has_authority],
    )
    def record_signatures(self) -> None: ...

    @step(
        "Registrera underskrifterna",
        source=S.ISSUED,
        target=S.SIGNED,
        by=(owner(Role.PROPERTY_OFFICER), owner(Role.HOUSING_COORDINATOR)),
        rules=["R-1-51", "R-4-14", "R-0-14"],
        why="Kontraktet undertecknas av hyresgästen hos förvaltningen, efter kommunen.",
        needs=[
            issuing.both_originals_are_signed_for_the_municipality,
            issuing.the_category_annex_is_signed_for_the_municipality,
            registration.a_grant_opens_the_dwelling,
            registration.the_offer_still_holds,
        ],
        asks=[
            signing.both_originals_are_signed_by_every_tenant,
            signing.the_category_annexes_are_signed,
            signing.the_municipality_signed_first,
        ],
        tells=[registration.the_representative_has_authority],
        applies=applies.is_let_by_the_municipality_itself,
    )
    def sign_at_desk(self) -> None: ...

    @step(
        "Registrera överlämnat original",
        source=[S.SIGNED, S.NOTICE_GIVEN],
        target=None,
        by=EVERYONE,
        rules=["R-0-16"],
        why="Hyresgästen eller företrädaren behåller ett original.",
        asks=[signing.the_hand_over_comes_after_the_signature],
        applies=applies.hand_over_is_awaited,
    )
    def hand_over_original(self) -> None: ...

    @step(
        "Registrera att kommunens original skickats åter",
        source=[S.SIGNED, S.NOTICE_GIVEN, S.MOVED_OUT],
        target=None,
        by=PROVIDER,
        rules=["R-0-17"],
        why="Kommunens original förvaras hos förvaltningen.",
        asks=[signing.the_return_comes_after_the_signature],
        applies=applies.return_is_awaited,
    )
    def send_back_original(self) -> None: ...

    @step(
        "Ta emot ett blad",
        source=[S.SIGNED, S.ACTIVE, S.NOTICE_GIVEN, S.MOVED_OUT],
        target=None,
        by=OFFICE,
        rules=["R-0-17", "R-0-21"],
        why="Skanna eller skriv koden på pappret, så hamnar det på rätt original och får sin hyllplats.",
        applies=applies.a_sheet_is_out,
        aside=True,
    )
    def receive_sheet(self) -> None: ...

    @step(
        "Rätta arkiveringen",
        source=[S.SIGNED, S.ACTIVE, S.NOTICE_GIVEN, S.MOVED_OUT],
        target=None,
        by=OFFICE,
        rules=["R-0-17", "R-0-21"],
        why="Bladet ligger på en annan plats, eller finns inte i arkivet. Saknas det börjar jakten om.",
        applies=applies.a_sheet_is_filed,
        undo=True,
        aside=True,
    )
    def mend_filing(self) -> None: ...

    @step(
        "Besluta att ett blad saknas",
        source=[S.SIGNED, S.ACTIVE, S.NOTICE_GIVEN, S.MOVED_OUT],
        target=None,
        by=[owner(Role.MANAGER)],
        rules=["R-0-17", "R-0-21"],
        why="Bladet är undertecknat och går inte att återfå. Chefen skriver vad som gjorts; avvikelsen står kvar i loggen.",
        applies=applies.a_sheet_is_out,
        aside=True,
    )
    def record_lost_sheet(self) -> None: ...

    @step(
        "Bekräfta att återkallade blad är förstörda",
        source=[S.ISSUED, S.DISPATCHED, *IN_FORCE, S.MOVED_OUT, S.CANCELLED, S.CLOSED],
        target=None,
        by=EVERYONE,
        rules=["R-0-12"],
        why="Bladen bär kommunens underskrift men gäller inte längre.",
        applies=applies.a_sheet_is_called_back,
    )
    def confirm_destroyed(self) -> None: ...

    @step(
        "Avsluta delningen med utföraren",
        source=[S.CLOSED, S.CANCELLED],
        target=None,
        by=(SYSTEM, *OFFICE),
        rules=["R-0-3"],
        why="Utföraren behöver inte längre läsa ärendet. Sker av sig självt en tid efter avslutet.",
        applies=applies.is_shared_still,
        writes=end_shares,
        aside=True,
    )
    def end_sharing(self) -> None: ...

    @step(
        "Påminn utföraren",
        source=[S.DISPATCHED, S.SIGNED, S.NOTICE_GIVEN, S.MOVED_OUT],
        target=None,
        by=OFFICE,
        rules=["R-0-17", "R-0-21", "R-0-26"],
        why="En påminnelse skrivs ut: vilket blad som saknas, och sedan när.",
        applies=applies.a_sheet_is_with_the_provider,
    )
    def remind_provider(self) -> None: ...

    @step(
        "Lägg kontraktet som gällande",
        source=S.SIGNED,
        target=S.ACTIVE,
        by=(SYSTEM, *OFFICE),
        rules=["R-0-16", "R-0-17"],
        why="Sker av sig självt när hyresgästens original är överlämnat och kommunens ligger i arkivet.",
        needs=[
            signing.the_tenants_original_is_handed_over,
            signing.the_municipal_original_is_archived,
            signing.the_municipal_annexes_are_archived,
        ],
        tells=[signing.the_owner_is_notified],
    )
    def activate(self) -> None: ...

    @step(
        "Ersätt originalen",
        source=[S.ISSUED, S.DISPATCHED],
        target=S.ISSUED,
        by=OFFICE,
        rules=["R-0-12", "R-0-24"],
        why="Ett blad är förlorat eller förstört. Båda originalen görs ogiltiga och nya, likalydande, framställs.",
        aside=True,
    )
    def replace_sheets(self) -> None: ...
