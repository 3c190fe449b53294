"""Every step of a sublet contract: who takes it, out of which states, what must hold, and why it is there.

`needs` must hold before the step and are shown as what is lacking; `asks` are met by the step's own form; `tells` are
warnings. `applies` hides what does not belong to this contract, or is done.
"""

from bostad.casework.graph import SYSTEM, By, counterpart, owner, step
from bostad.casework.sharing import end_shares
from bostad.organisation.roles import Role
from contracts import applies, rules
from contracts.states import IN_FORCE, ContractState

S = ContractState
PROVIDER: tuple[By, ...] = (counterpart(Role.PROVIDER_STAFF),)
OFFICE: tuple[By, ...] = (
    owner(Role.CONTRACT_ADMINISTRATOR),
    owner(Role.PROPERTY_OFFICER),
    owner(Role.HOUSING_COORDINATOR),
)
ORDERERS = (*PROVIDER, owner(Role.PROPERTY_OFFICER), owner(Role.HOUSING_COORDINATOR))
EVERYONE = (*PROVIDER, *OFFICE)

WHAT_AN_ORDER_HOLDS = (
    rules.tenants_are_named_and_numbered,
    rules.the_object_has_designation_and_address,
    rules.holds_the_dwelling,
    rules.dwelling_serves_the_form,
    rules.a_grant_opens_the_dwelling,
    rules.the_grant_is_valid_at_move_in,
    rules.the_decision_comes_before_the_lease,
    rules.the_household_was_decided_beforehand,
    rules.the_representative_has_authority,
    rules.the_representative_has_an_address,
    rules.the_order_has_a_queue,
)


class ContractRoutine:
    # --- order ---------------------------------------------------------------------------------------------------

    @step(
        "Registrera hyresgäst",
        source="",
        target=S.REGISTERED,
        by=ORDERERS,
        rules=["R-0-4", "R-0-1"],
        why="Hyresgästen registreras på rätt hyresobjekt innan kontraktet beställs.",
        asks=[
            rules.the_dwelling_is_the_providers_own,
            rules.dwelling_serves_the_form,
            rules.holds_the_dwelling,
        ],
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
            rules.dwelling_serves_the_form,
            rules.the_dwelling_is_the_providers_own,
            rules.holds_the_dwelling,
        ],
    )
    def edit(self) -> None: ...

    @step(
        "Beställ kontrakt",
        source=[S.REGISTERED, S.RETURNED],
        target=S.ORDERED,
        by=ORDERERS,
        rules=["R-0-4", "R-0-3"],
        why="Beställningen går till Debiteringen, som skriver ut och undertecknar för kommunen.",
        needs=WHAT_AN_ORDER_HOLDS,
        asks=[
            rules.the_category_is_answered,
            rules.the_dwelling_allows_the_category,
            rules.several_tenants_only_as_a_couple,
            rules.the_orderer_has_a_postal_address,
            rules.the_order_has_contact_details,
            rules.the_orderer_has_confirmed,
        ],
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

    # --- issue, sign, post ---------------------------------------------------------------------------------------

    @step(
        "Utfärda kontraktet",
        source=S.ORDERED,
        target=S.ISSUED,
        by=OFFICE,
        rules=["R-0-12", "R-0-14", "R-0-18"],
        why="Uppgifterna låses, och två likalydande original med bilagor framställs ur den godkända mallen.",
        needs=[*WHAT_AN_ORDER_HOLDS, rules.the_category_is_answered, rules.the_dwelling_allows_the_category,
               rules.several_tenants_only_as_a_couple, rules.an_approved_template_exists,
               rules.a_rented_dwelling_has_a_head_lease,
               rules.a_protected_number_has_its_own_name],
        asks=[
            rules.the_lease_has_its_terms,
            rules.an_emergency_let_has_an_end,
            rules.the_term_ends_after_it_begins,
            rules.the_rent_is_not_above_the_head_rent,
            rules.the_furniture_supplement_is_within_bounds,
            rules.other_supplements_are_named,
            rules.a_category_contract_has_its_annex,
            rules.the_electricity_annex_goes_with_the_contract,
        ],
        tells=[
            rules.names_agree,
            rules.the_tenant_has_no_other_tenancy,
            rules.the_head_rent_is_known,
            rules.the_term_ends_by_itself,
            rules.no_security_from_the_first_day,
            rules.the_let_is_second_hand,
            rules.the_notice_time_is_three_months,
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
        needs=[rules.the_papers_are_ready, rules.the_papers_are_printed],
        asks=[rules.the_signer_has_delegation],
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
            rules.both_originals_are_signed_for_the_municipality,
            rules.the_category_annex_is_signed_for_the_municipality,
            rules.the_electricity_annex_goes_with_the_contract,
            rules.the_orderer_has_a_postal_address,
        ],
        asks=[rules.the_posting_has_a_date, rules.the_posting_comes_after_the_signature],
        applies=applies.is_care_housing,
    )
    def dispatch(self) -> None: ...

    # --- the provider's desk -------------------------------------------------------------------------------------

    @step(
        "Bekräfta att båda originalen kommit",
        source=S.DISPATCHED,
        target=None,
        by=(*PROVIDER, owner(Role.CONTRACT_ADMINISTRATOR)),
        rules=["R-0-26"],
        why="Utföraren kontrollerar numren på båda bladen innan hyresgästen undertecknar.",
        asks=[rules.the_receipt_comes_after_the_posting],
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
        needs=[rules.the_provider_has_both_originals],
        asks=[
            rules.both_originals_are_signed_by_every_tenant,
            rules.the_category_annexes_are_signed,
            rules.the_municipality_signed_first,
        ],
        tells=[rules.the_representative_has_authority],
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
            rules.both_originals_are_signed_for_the_municipality,
            rules.the_category_annex_is_signed_for_the_municipality,
            rules.a_grant_opens_the_dwelling,
        ],
        asks=[
            rules.both_originals_are_signed_by_every_tenant,
            rules.the_category_annexes_are_signed,
            rules.the_municipality_signed_first,
        ],
        tells=[rules.the_representative_has_authority],
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
        asks=[rules.the_hand_over_comes_after_the_signature],
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
        asks=[rules.the_return_comes_after_the_signature],
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
            rules.the_tenants_original_is_handed_over,
            rules.the_municipal_original_is_archived,
            rules.the_municipal_annexes_are_archived,
        ],
        tells=[rules.the_owner_is_notified],
    )
    def activate(self) -> None: ...

    @step(
        "Ersätt originalen",
        source=[S.ISSUED, S.DISPATCHED],
        target=S.ISSUED,
        by=OFFICE,
        rules=["R-0-12", "R-0-24"],
        why="Ett blad är förlorat eller förstört. Båda originalen görs ogiltiga och nya, likalydande, framställs.",
    )
    def replace_sheets(self) -> None: ...

    # --- beside the papers ---------------------------------------------------------------------------------------

    @step(
        "Underrätta fastighetsägaren",
        source=[S.ISSUED, S.DISPATCHED, S.SIGNED, S.ACTIVE, S.NOTICE_GIVEN],
        target=None,
        by=OFFICE,
        rules=["JB 12:39"],
        why="Kommunen får hyra ut i andra hand utan samtycke, men ska genast underrätta ägaren.",
        applies=applies.the_owner_is_to_be_notified,
    )
    def notify_owner(self) -> None: ...

    @step(
        "Registrera att underrättelsen till ägaren är postad",
        source=[S.ISSUED, S.DISPATCHED, *IN_FORCE, S.MOVED_OUT, S.CLOSED, S.CANCELLED],
        target=None,
        by=OFFICE,
        rules=["JB 12:39"],
        why="Ägaren är underrättad när brevet är postat. Sker när brevet postas från utskrifterna.",
        applies=applies.the_owners_letter_is_under_way,
    )
    def owner_was_notified(self) -> None: ...

    @step(
        "Ta ställning till besittningsskyddet",
        source=[S.SIGNED, S.ACTIVE],
        target=None,
        by=(*OFFICE, owner(Role.MANAGER)),
        rules=["JB 12:45"],
        why="Hyresgästen bor kvar och får rätt till förlängning. Skriv varför; bevakningarna är då gjorda.",
        applies=applies.security_is_to_be_decided,
    )
    def decide_on_security(self) -> None: ...

    @step(
        "Ta ställning till hyrestidens slut",
        source=[S.SIGNED, S.ACTIVE],
        target=None,
        by=(*OFFICE, owner(Role.MANAGER)),
        rules=["JB 12:3"],
        why="Avtalet sägs inte upp. Skriv vad som ska hända när hyrestiden går ut.",
        applies=applies.the_term_is_to_be_decided,
    )
    def decide_on_term(self) -> None: ...

    @step(
        "Registrera företrädare",
        source=[S.DISPATCHED, *IN_FORCE, S.MOVED_OUT],
        target=None,
        by=EVERYONE,
        rules=["R-0-15"],
        why="En god man, fullmakt eller ett dödsbo som kommit till efter att kontraktet utfärdades.",
    )
    def record_representative(self) -> None: ...

    @step(
        "Registrera dödsfall",
        source=[S.DISPATCHED, *IN_FORCE, S.MOVED_OUT],
        target=None,
        by=EVERYONE,
        rules=["JB 12:5"],
        why="Dödsdagen styr vem som undertecknar och hur länge dödsboet kan säga upp med en månad.",
    )
    def record_death(self) -> None: ...

    @step(
        "Registrera avstående från besittningsskydd",
        source=[S.ORDERED, S.ISSUED, S.DISPATCHED, S.SIGNED, S.ACTIVE],
        target=None,
        by=OFFICE,
        rules=["JB 12:45 a"],
        why="Ett avstående är en egen handling, aldrig en del av kontraktet.",
        asks=[rules.the_waiver_is_approved_or_written_later, rules.the_spouse_accepts_the_waiver],
        applies=applies.no_waiver_holds,
    )
    def record_waiver(self) -> None: ...

    @step(
        "Låt avtalet löpa tills vidare",
        source=S.ACTIVE,
        target=None,
        by=(SYSTEM, *OFFICE),
        rules=["JB 12:3"],
        why="Ett avtal som varat längre än nio månader och inte sagts upp löper tills vidare.",
        needs=[rules.the_term_has_run_out, rules.the_tenancy_goes_on],
        applies=applies.has_a_term,
    )
    def become_indefinite(self) -> None:
        self.term_to = None

    @step(
        "Registrera att biståndet upphör",
        source=[S.SIGNED, S.ACTIVE, S.NOTICE_GIVEN, S.MOVED_OUT],
        target=None,
        by=(*OFFICE, owner(Role.CASEWORKER)),
        rules=["R-4-20"],
        why="Biståndet upphör genom ett eget beslut. Det avslutar inte hyresavtalet.",
        tells=[rules.the_tenancy_is_ended_too],
        applies=applies.the_grant_is_open,
    )
    def end_grant(self) -> None: ...

    # --- the end -------------------------------------------------------------------------------------------------

    @step(
        "Registrera uppsägning",
        source=[S.SIGNED, S.ACTIVE],
        target=S.NOTICE_GIVEN,
        by=EVERYONE,
        rules=["R-0-19", "R-4-17"],
        why="Uppsägningsdatum, planerad utflyttning och orsak. Uppsägningstiden räknas enligt lag.",
        asks=[
            rules.the_notice_is_complete,
            rules.the_notice_is_not_in_the_future,
            rules.the_notice_comes_after_the_contract,
            rules.the_municipalitys_notice_is_not_backdated,
            rules.the_planned_move_out_is_not_before_notice,
            rules.an_estate_has_a_day_of_death,
            rules.an_estate_gives_notice_when_nobody_is_left,
            rules.the_agreed_end_comes_after_the_notice,
            rules.only_a_short_term_ends_without_notice,
            rules.the_municipalitys_notice_has_grounds,
            rules.the_municipality_keeps_the_notice_time,
        ],
        tells=[
            rules.the_end_is_not_before_the_notice_time,
            rules.the_estate_gave_notice_within_a_month,
            rules.the_let_is_second_hand,
            rules.no_security_from_the_first_day,
            rules.no_security_after_two_years,
            rules.the_grant_is_settled,
        ],
    )
    def give_notice(self) -> None: ...

    @step(
        "Registrera delgivningen",
        source=S.NOTICE_GIVEN,
        target=None,
        by=OFFICE,
        rules=["R-4-17"],
        why="Kommunens uppsägning gäller från den dag då hyresgästen får den. Därifrån räknas uppsägningstiden.",
        asks=[rules.the_service_comes_after_the_notice],
        applies=applies.service_is_awaited,
    )
    def record_service(self) -> None: ...

    @step(
        "Återta uppsägningen",
        source=S.NOTICE_GIVEN,
        target=S.SIGNED,
        by=(*OFFICE, owner(Role.MANAGER)),
        why="Båda är överens om att hyresförhållandet fortsätter.",
        applies=applies.nobody_has_signed_the_move_out,
        undo=True,
    )
    def withdraw_notice(self) -> None: ...

    @step(
        "Registrera undertecknad överenskommelse om avflyttning",
        source=S.NOTICE_GIVEN,
        target=None,
        by=EVERYONE,
        rules=["R-0-20"],
        why="Hyresgästen eller företrädaren undertecknar på hyresgästens originalkontrakt.",
        asks=[rules.the_move_out_agreement_is_signed, rules.the_agreement_is_signed_after_notice],
        tells=[rules.the_representative_has_authority],
        applies=applies.the_agreement_is_awaited,
    )
    def sign_move_out(self) -> None: ...

    @step(
        "Besluta att överenskommelsen inte kan undertecknas",
        source=S.NOTICE_GIVEN,
        target=None,
        by=[owner(Role.MANAGER)],
        rules=["R-0-20"],
        why="Ingen kan eller vill underteckna. Chefen skriver varför, och avvikelsen står kvar i loggen.",
        applies=applies.the_agreement_is_awaited,
    )
    def record_obstacle(self) -> None: ...

    @step(
        "Registrera utflyttning",
        source=S.NOTICE_GIVEN,
        target=S.MOVED_OUT,
        by=EVERYONE,
        rules=["R-0-19"],
        why="Utflyttningsdatum, orsak och avslutningsdatum. Bostaden blir ledig efter avslutningsdatumet.",
        needs=[rules.the_move_out_agreement_is_signed, rules.the_municipalitys_notice_is_served],
        asks=[
            rules.the_ending_is_complete,
            rules.nobody_moves_out_before_notice,
            rules.nobody_moves_out_before_moving_in,
            rules.the_move_out_has_happened,
            rules.nothing_closes_before_moving_out,
            rules.the_tenancy_is_not_closed_before_its_time,
            rules.the_tenancy_is_not_closed_after_its_time,
            rules.it_is_known_if_property_was_left,
        ],
        tells=[rules.the_grant_is_settled],
    )
    def move_out(self) -> None: ...

    @step(
        "Ta tillbaka utflyttningen",
        source=S.MOVED_OUT,
        target=S.NOTICE_GIVEN,
        by=[owner(Role.MANAGER)],
        rules=["R-0-19"],
        why="Något datum var fel. Utflyttningen registreras på nytt, och debiteringen meddelas på nytt.",
        applies=applies.was_not_taken_over,
        undo=True,
    )
    def undo_move_out(self) -> None: ...

    @step(
        "Registrera att hyresgästens original skickats åter",
        source=S.MOVED_OUT,
        target=None,
        by=PROVIDER,
        rules=["R-0-21"],
        why="Hyresgästens original, med överenskommelsen, förvaras hos förvaltningen.",
        applies=applies.the_tenants_original_is_awaited,
    )
    def send_back_tenants_original(self) -> None: ...

    @step(
        "Förteckna kvarlämnad egendom",
        source=S.MOVED_OUT,
        target=None,
        by=EVERYONE,
        rules=["R-4-19"],
        why="Förteckning, förvaring, underrättelse till ägaren och hur länge den förvaras.",
        asks=[rules.property_is_kept_long_enough, rules.the_owner_of_property_is_told_when_it_is_found],
        applies=applies.property_is_to_be_listed,
    )
    def record_property(self) -> None: ...

    @step(
        "Besluta om kvarlämnad egendom",
        source=S.MOVED_OUT,
        target=None,
        by=OFFICE,
        rules=["R-4-19"],
        why="Ingenting bortskaffas utan förteckning, underrättelse, väntetid och beslut.",
        needs=[rules.property_left_behind_is_listed],
        asks=[rules.the_owner_of_property_is_told_when_it_is_found],
        applies=applies.property_is_to_be_decided,
    )
    def decide_property(self) -> None: ...

    @step(
        "Meddela debiteringen",
        source=S.MOVED_OUT,
        target=None,
        by=OFFICE,
        rules=["R-0-27"],
        why="Debiteringen får avslutsuppgifterna och sista debiterade dag.",
        asks=[
            rules.billing_is_told,
            rules.nobody_is_charged_after_closing,
            rules.nobody_is_last_charged_before_moving_in,
        ],
        applies=applies.billing_is_to_be_told,
    )
    def notify_billing(self) -> None: ...

    @step(
        "Avsluta ärendet",
        source=S.MOVED_OUT,
        target=S.CLOSED,
        by=OFFICE,
        rules=["R-0-19", "R-0-21", "R-0-27"],
        why="Allt är gjort: originalen i arkivet, debiteringen meddelad, biståndet och bostaden var för sig avslutade.",
        needs=[
            rules.the_ending_is_complete,
            rules.the_closing_date_has_come,
            rules.the_tenants_original_is_archived,
            rules.the_municipal_original_is_archived,
            rules.the_municipal_annexes_are_archived,
            rules.billing_is_told,
            rules.the_grant_is_settled,
            rules.property_left_behind_is_decided,
        ],
    )
    def close(self) -> None: ...

    @step(
        "Öppna ärendet igen",
        source=S.CLOSED,
        target=S.MOVED_OUT,
        by=[owner(Role.MANAGER)],
        rules=["R-0-19"],
        why="Ärendet avslutades av misstag, eller på felaktiga uppgifter.",
        undo=True,
    )
    def reopen(self) -> None:
        self.outcome = ""

    @step(
        "Registrera övertagande",
        source=S.ACTIVE,
        target=S.MOVED_OUT,
        by=(owner(Role.HOUSING_COORDINATOR), owner(Role.PROPERTY_OFFICER)),
        rules=["R-4-27", "R-4-5", "R-4-7"],
        why="Hyresgästen tar över förstahandskontraktet. Det är målet för en försökslägenhet.",
        needs=[rules.an_emergency_flat_is_never_taken_over],
        asks=[rules.a_training_flat_is_taken_over_for_special_reasons, rules.the_owner_consents_to_the_takeover],
        applies=applies.is_a_supported_let,
    )
    def take_over(self) -> None: ...

    @step(
        "Återkalla kontraktet",
        source=[S.REGISTERED, S.ORDERED, S.RETURNED, S.ISSUED, S.DISPATCHED],
        target=S.CANCELLED,
        by=OFFICE,
        rules=["R-0-19"],
        why="Kontraktet blir inte av. Bostaden blir ledig och bladen ogiltiga.",
        needs=[rules.nobody_has_moved_in],
    )
    def cancel(self) -> None:
        self.outcome = "cancelled"

    @step(
        "Återkalla kontraktet efter inflyttningsdagen",
        source=[S.ISSUED, S.DISPATCHED],
        target=S.CANCELLED,
        by=[owner(Role.MANAGER)],
        rules=["R-0-19"],
        why="Hyresgästen flyttade aldrig in. Chefen skriver hur det är känt; avvikelsen står kvar i loggen.",
        applies=applies.the_move_in_day_has_come,
    )
    def cancel_late(self) -> None:
        self.outcome = "cancelled"

    @step(
        "Ta bort registreringen",
        source=[S.REGISTERED, S.RETURNED],
        target=S.CANCELLED,
        by=PROVIDER,
        why="Hyresgästen flyttar inte in. Bostaden blir ledig.",
    )
    def withdraw(self) -> None:
        self.outcome = "cancelled"
