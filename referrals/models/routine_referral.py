"""Every step of a referral: written, approved, signed, registered, offered a home, signed for; extended, ended."""

from bostad.casework.graph import SYSTEM, counterpart, owner, step
from bostad.organisation.roles import Role
from referrals import applies
from referrals.rules import appeal, guarantee, offer, representative, validity, writing
from referrals.rules.assessment import every_child_is_analysed
from referrals.states import IN_FORCE, IN_WRITING, ReferralState

S = ReferralState
CASEWORKER = (owner(Role.CASEWORKER),)
MANAGER = (owner(Role.MANAGER),)
FF = (counterpart(Role.PROPERTY_OFFICER), counterpart(Role.MANAGER))
OWN_FF = (owner(Role.PROPERTY_OFFICER),)  # of a household that the property department took in itself
FF_EITHER = (*FF, *OWN_FF)
CLIENTS = (*CASEWORKER, *OWN_FF)  # who speaks with the person


class ReferralRoutine:
    # --- writing ---------------------------------------------------------------------------------------------------------

    @step(
        "Påbörja remiss",
        source="",
        target=S.DRAFT,
        by=CASEWORKER,
        rules=["R-1-28", "R-1-1", "R-1-65"],
        why="När stöd till bostadsanskaffning är beslutat skrivs en remiss till fastighetsförvaltningen.",
        asks=[writing.a_decision_on_support_exists, writing.the_form_is_chosen],
        applies=applies.comes_from_another_department,
    )
    def open(self) -> None: ...

    @step(
        "Ta emot ett eget hushåll",
        source="",
        target=S.REGISTERED,
        by=OWN_FF,
        rules=["R-1-23", "R-1-85", "R-1-3", "R-1-27"],
        why="FF:s egna målgrupper kommer utan remiss från en annan förvaltning, och utan dess uppföljning.",
        asks=[writing.the_form_is_chosen, writing.the_mandatory_content_is_there, offer.an_own_ground_is_recorded,
              offer.the_own_ground_can_be_traced, writing.a_guarantee_needs_no_debts_or_a_dialogue,
              writing.the_debts_are_low_enough_for_a_guarantee],
        applies=applies.is_of_an_own_group,
    )  # fmt: skip
    def take_in(self) -> None: ...

    @step(
        "Skriv remissen",
        source=list(IN_WRITING),
        target=None,
        by=CASEWORKER,
        rules=["R-1-38", "R-1-39", "R-1-40", "R-1-41", "R-1-42", "R-1-43", "R-1-86"],
        why="Varje avsnitt kan sparas halvfärdigt. Sidan visar vad som saknas.",
        applies=applies.comes_from_another_department,
    )
    def write(self) -> None: ...

    @step(
        "Lägg till ett barn",
        source=[*IN_WRITING, *IN_FORCE],
        target=None,
        by=CLIENTS,
        rules=["R-1-38", "R-1-36"],
        why="Ett barn som föds eller flyttar in hör till hushållet. Remissen räknar då upp det, och det undertecknas på nytt.",
        applies=applies.the_household_may_change,
        aside=True,
    )
    def add_child(self) -> None: ...

    @step(
        "Ändra hur ett barn bor",
        source=[*IN_WRITING, *IN_FORCE],
        target=None,
        by=CLIENTS,
        rules=["R-1-38", "R-1-36"],
        why="Hur barnet bor avgör hur stor bostaden ska vara. Ett barn som har flyttat räknas inte längre till hushållet.",
        applies=applies.the_household_may_change_and_has_children,
        aside=True,
    )
    def change_child(self) -> None: ...

    @step(
        "Barnets perspektiv",
        source=[*IN_WRITING, *IN_FORCE],
        target=None,
        by=CASEWORKER,
        rules=["R-1-11", "R-4-9"],
        why="Ett barn som har kommit till efter utredningen får sitt perspektiv beskrivet innan remissen undertecknas.",
        applies=applies.a_child_may_be_analysed,
        aside=True,
    )
    def analyse_child(self) -> None: ...

    @step(
        "Registrera företrädare",
        source=[*IN_WRITING, S.APPROVED, S.SIGNED, S.SUBMITTED, *IN_FORCE, S.LEASE_SIGNED],
        target=None,
        by=CLIENTS,
        rules=["R-1-47"],
        why="God man, förvaltare eller någon annan som företräder en vuxen. Brev går den vägen, och remissen nämner personen.",
        asks=[representative.the_representative_can_be_written_to],
        tells=[representative.the_representative_may_act],
        aside=True,
    )
    def record_representative(self) -> None: ...

    @step(
        "Företrädarens behörighet har upphört",
        source=[*IN_WRITING, S.APPROVED, S.SIGNED, S.SUBMITTED, *IN_FORCE, S.LEASE_SIGNED],
        target=None,
        by=CLIENTS,
        rules=["R-1-47"],
        why="Sista dagen sparas med behörigheten. Brev går sedan till den enskilde själv.",
        applies=applies.somebody_is_represented,
        aside=True,
    )
    def end_representation(self) -> None: ...

    @step(
        "Byt form, eller registrera dialogen om skulder",
        source=list(IN_WRITING),
        target=None,
        by=CASEWORKER,
        rules=["R-1-1", "R-1-26", "R-1-27"],
        why="Valet mellan kommunalt kontrakt och hyresgaranti motiveras. Det är en del av det som undertecknas.",
        asks=[writing.the_form_is_chosen],
        applies=applies.comes_from_another_department,
        aside=True,
    )
    def choose_form(self) -> None: ...

    @step(
        "Informera om ett enda erbjudande",
        source=list(IN_WRITING),
        target=None,
        by=CASEWORKER,
        rules=["R-1-29"],
        why="Den enskilde ska tydligt få veta att bara ett boendealternativ erbjuds, innan remissen undertecknas.",
        asks=[writing.the_person_knows_that_one_home_is_offered],
        applies=applies.is_not_informed,
    )
    def inform(self) -> None: ...

    @step(
        "Rätta när den enskilde informerades",
        source=list(IN_WRITING),
        target=None,
        by=CASEWORKER,
        rules=["R-1-29"],
        why="Dagen eller sättet blev fel. Skälet står i journalen, och en ny information skrivs ut.",
        asks=[writing.the_person_knows_that_one_home_is_offered],
        applies=applies.is_informed,
        aside=True,
    )
    def correct_information(self) -> None: ...

    @step(
        "Skriv ut för underskrift",
        source=[*IN_WRITING, *IN_FORCE],
        target=None,
        by=CASEWORKER,
        rules=["R-1-30"],
        why="Den enskilde undertecknar på papper just den här lydelsen. Kontrollsumman på papperet visar vilken det är.",
        needs=[writing.every_section_is_gone_through, *writing.WHAT_A_REFERRAL_HOLDS],
        applies=applies.is_written_and_not_approved,
        aside=True,
    )
    def print_to_sign(self) -> None: ...

    @step(
        "Registrera den enskildes godkännande",
        source=list(IN_WRITING),
        target=S.APPROVED,
        by=CASEWORKER,
        rules=["R-1-30"],
        why="Den enskilde godkänner och undertecknar just den här lydelsen. En ändring därefter kräver nya underskrifter.",
        needs=[
            *writing.WHAT_A_REFERRAL_HOLDS,
            writing.the_person_knows_that_one_home_is_offered,
            every_child_is_analysed,
        ],
        asks=[writing.every_adult_has_signed, writing.the_signatures_are_of_this_content],
        tells=[representative.the_representative_may_act],
    )
    def approve(self) -> None: ...

    @step(
        "Ändra innehållet",
        source=[S.APPROVED, S.SIGNED],
        target=S.DRAFT,
        by=[*CASEWORKER, *MANAGER],
        rules=["R-1-30"],
        why="En ny lydelse påbörjas. Underskrifterna på den gamla gäller inte längre.",
        undo=True,
    )
    def change(self) -> None: ...

    @step(
        "Underteckna som chef",
        source=S.APPROVED,
        target=S.SIGNED,
        by=MANAGER,
        rules=["R-1-31"],
        why="Närmaste chef går alltid igenom remissen. Den som skrev den kan inte underteckna den.",
        needs=[*writing.WHAT_A_REFERRAL_HOLDS, writing.the_signatures_are_of_this_content],
        asks=[writing.the_signer_is_not_the_author, writing.the_manager_has_signed],
    )
    def sign(self) -> None: ...

    @step(
        "Skicka tillbaka till handläggaren",
        source=S.APPROVED,
        target=S.DRAFT,
        by=MANAGER,
        rules=["R-1-31"],
        why="Chefen skriver vad som ska ändras, avsnitt för avsnitt. Den enskilde godkänner sedan den nya lydelsen.",
        asks=[writing.what_is_missing_is_named],
        aside=True,
    )
    def send_back(self) -> None: ...

    @step(
        "Skicka till fastighetsförvaltningen",
        source=S.SIGNED,
        target=S.SUBMITTED,
        by=[*CASEWORKER, *MANAGER],
        rules=["R-1-30", "R-1-31"],
        why="FF läser remissen som den undertecknades, och inget av utredningen.",
        needs=[*writing.WHAT_A_REFERRAL_HOLDS, writing.the_signatures_are_of_this_content, writing.the_manager_has_signed],
    )  # fmt: skip
    def submit(self) -> None: ...

    # --- registration ----------------------------------------------------------------------------------------------------

    @step(
        "Registrera remissen",
        source=S.SUBMITTED,
        target=S.REGISTERED,
        by=FF,
        rules=["R-1-33", "R-1-34"],
        why="Från registreringen kan bostad erbjudas. Remissen gäller ett år.",
        needs=[writing.the_mandatory_content_is_there, writing.the_manager_has_signed],
        asks=[validity.the_referral_is_valid],
    )
    def register(self) -> None: ...

    @step(
        "Begär komplettering",
        source=S.SUBMITTED,
        target=S.RETURNED,
        by=FF,
        rules=["R-1-33"],
        why="Saknas uppgifter begär FF dem innan remissen registreras. Därefter ersätts den av en ny remiss.",
        asks=[writing.what_is_missing_is_named],
        aside=True,
    )
    def ask_completion(self) -> None: ...

    @step(
        "Byt handläggare hos FF",
        source=[S.SUBMITTED, *IN_FORCE],
        target=None,
        by=FF,
        rules=["R-1-48"],
        why="Varje remiss har någon på fastighetsförvaltningen som söker bostad åt hushållet.",
        aside=True,
    )
    def assign_officer(self) -> None: ...

    @step(
        "Remissen ersätts",
        source=[S.REGISTERED],
        target=S.SUPERSEDED,
        by=[SYSTEM],
        rules=["R-1-33"],
        why="En ny remiss för samma hushåll har registrerats i stället.",
        needs=[offer.no_offer_lives],
    )
    def supersede(self) -> None: ...

    @step(
        "Registrera nytt uppehållstillstånd",
        source=list(IN_FORCE),
        target=None,
        by=OWN_FF,
        rules=["R-1-85"],
        why="Ett tillfälligt tillstånd har förlängts eller blivit permanent. När det har gått ut erbjuds ingen bostad.",
        asks=[offer.an_own_ground_is_recorded, offer.the_permit_has_not_ended],
        applies=applies.has_a_temporary_permit,
        aside=True,
    )
    def renew_permit(self) -> None: ...

    # --- validity --------------------------------------------------------------------------------------------------------

    @step(
        "Påbörja förlängning",
        source=list(IN_FORCE),
        target=None,
        by=CASEWORKER,
        rules=["R-1-35", "R-1-36"],
        why="Inför en förlängning gås hela remissen igenom. Varje avsnitt bekräftas eller ändras.",
        needs=[validity.the_referral_is_valid, validity.it_may_be_extended_again],
        applies=applies.is_not_being_extended,
        aside=True,
    )
    def begin_extension(self) -> None: ...

    @step(
        "Gå igenom remissen",
        source=list(IN_FORCE),
        target=None,
        by=CASEWORKER,
        rules=["R-1-36"],
        why="Bekräfta det som är oförändrat, och ändra det som är nytt.",
        applies=applies.is_being_extended_and_not_approved,
    )
    def review_extension(self) -> None: ...

    @step(
        "Registrera godkännande av den förlängda remissen",
        source=list(IN_FORCE),
        target=None,
        by=CASEWORKER,
        rules=["R-1-30", "R-1-36"],
        why="Den enskilde godkänner och undertecknar också den uppdaterade remissen.",
        needs=[writing.an_extension_is_begun, writing.every_section_is_gone_through, *writing.WHAT_A_REFERRAL_HOLDS,
               every_child_is_analysed],
        asks=[writing.every_adult_has_signed, writing.the_signatures_are_of_this_content],
        applies=applies.is_being_extended_and_not_approved,
        tells=[representative.the_representative_may_act],
    )  # fmt: skip
    def approve_extension(self) -> None: ...

    @step(
        "Besluta om förlängning",
        source=list(IN_FORCE),
        target=None,
        by=MANAGER,
        rules=["R-1-35", "R-1-36", "R-1-31"],
        why="Förlängningen är ett beslut på ytterligare ett år, med nya underskrifter.",
        needs=[validity.the_referral_is_valid, validity.it_may_be_extended_again, writing.every_section_is_gone_through,
               *writing.WHAT_A_REFERRAL_HOLDS, writing.every_adult_has_signed, writing.the_signatures_are_of_this_content],
        asks=[writing.the_signer_is_not_the_author, validity.the_extension_is_decided],
        applies=applies.is_being_extended_and_approved,
    )  # fmt: skip
    def extend(self) -> None: ...

    @step(
        "Avbryt förlängningen",
        source=list(IN_FORCE),
        target=None,
        by=[*CASEWORKER, *MANAGER],
        why="Den påbörjade lydelsen läggs undan. Remissen gäller som förut.",
        undo=True,
        applies=applies.is_being_extended,
    )
    def drop_extension(self) -> None: ...

    @step(
        "Låt remissen löpa ut",
        source=list(IN_FORCE),
        target=None,
        by=[*CASEWORKER, *MANAGER],
        rules=["R-1-34"],
        why="Förvaltningen svarar att remissen inte ska förlängas. Den upphör då av sig själv när året är slut.",
        applies=applies.nobody_has_said_let_it_run_out,
        aside=True,
    )
    def let_run_out(self) -> None: ...

    @step(
        "Remissen slutar gälla",
        source=[S.REGISTERED],
        target=S.EXPIRED,
        by=[SYSTEM],
        rules=["R-1-34"],
        why="Året är slut och remissen är inte förlängd.",
        needs=[validity.the_year_is_over, offer.no_offer_lives],
        applies=applies.comes_from_another_department,
    )
    def expire(self) -> None: ...

    @step(
        "Besluta att rätten upphör",
        source=[S.SUBMITTED, S.RETURNED, *IN_FORCE],
        target=S.CEASED,
        by=[*CASEWORKER, *MANAGER],
        rules=["R-1-37"],
        why="När kriterierna inte längre är uppfyllda. Beslutet kan överklagas, och FF underrättas.",
        asks=[validity.the_cessation_is_decided],
        applies=applies.comes_from_another_department,
        aside=True,
        tells=[representative.the_representative_may_act],
    )
    def cease(self) -> None: ...

    @step(
        "Dra tillbaka remissen",
        source=[S.DRAFT, S.APPROVED, S.SIGNED, S.SUBMITTED, S.RETURNED, *IN_FORCE],
        target=S.WITHDRAWN,
        by=CLIENTS,
        rules=["R-1-37"],
        why="När den enskilde inte längre vill ha stödet. Beslutar förvaltningen att rätten upphör är det ett annat steg.",
        aside=True,
    )
    def withdraw(self) -> None: ...

    @step(
        "Registrera när upphörandet togs emot",
        source=S.CEASED,
        target=None,
        by=CASEWORKER,
        rules=["R-1-37", "R-1-32"],
        why="Överklagandetiden räknas från den dag då den enskilde tog emot beslutet, aldrig från postningen.",
        asks=[appeal.the_decision_was_received],
        applies=applies.the_cessation_is_not_received,
    )
    def record_receipt(self) -> None: ...

    @step(
        "Rätta dagen då upphörandet togs emot",
        source=S.CEASED,
        target=None,
        by=CASEWORKER,
        rules=["R-1-37", "R-1-32"],
        why="Dagen blev fel. Överklagandetiden räknas om, och skälet står i journalen.",
        asks=[appeal.the_decision_was_received],
        applies=applies.the_receipt_can_be_corrected,
        aside=True,
    )
    def correct_receipt(self) -> None: ...

    @step(
        "Registrera överklagande av upphörandet",
        source=S.CEASED,
        target=None,
        by=CASEWORKER,
        rules=["R-1-37", "R-1-32"],
        why="Förvaltningen prövar om överklagandet kom i tid, och lämnar det då vidare till förvaltningsrätten.",
        asks=[appeal.the_appeal_has_a_day],
        applies=applies.the_cessation_is_not_appealed,
        aside=True,
    )
    def record_appeal(self) -> None: ...

    @step(
        "Lämna överklagandet vidare eller avvisa det",
        source=S.CEASED,
        target=None,
        by=MANAGER,
        rules=["R-1-37", "R-1-32"],
        why="Ett överklagande i rätt tid lämnas skyndsamt till förvaltningsrätten. Ett för sent avvisas.",
        asks=[appeal.a_timely_appeal_is_not_rejected],
        applies=applies.the_appeal_awaits,
    )
    def settle_appeal(self) -> None: ...

    # --- offer -----------------------------------------------------------------------------------------------------------

    @step(
        "Erbjud bostad",
        source=S.REGISTERED,
        target=S.OFFERED,
        by=FF_EITHER,
        rules=["R-1-48", "R-1-7", "R-1-45", "R-1-85"],
        why="Erbjudandet går till förvaltningen, som tar ställning först. Behovet avgör, det finns ingen kö.",
        needs=[validity.the_referral_is_valid, offer.the_permit_has_not_ended, offer.one_home_is_offered,
               offer.no_offer_lives],
        asks=[offer.the_dwelling_is_free, offer.the_dwelling_serves_the_form, offer.a_misfit_has_a_reason,
              offer.nobody_has_another_offer, offer.the_home_is_free_while_the_permit_lasts],
    )  # fmt: skip
    def make_offer(self) -> None: ...

    @step(
        "Bostaden passar",
        source=S.OFFERED,
        target=None,
        by=CLIENTS,
        rules=["R-1-48", "R-1-50"],
        why="Förvaltningen tar ett första ställningstagande om bostaden är passande.",
        needs=[offer.an_offer_awaits_an_answer],
        applies=applies.an_offer_is_open,
    )
    def find_suitable(self) -> None: ...

    @step(
        "Bostaden passar inte",
        source=S.OFFERED,
        target=S.REGISTERED,
        by=CLIENTS,
        rules=["R-1-50"],
        why="Skälet registreras. Den enskilde har då inte fått något erbjudande.",
        needs=[offer.an_offer_awaits_an_answer],
        applies=applies.an_offer_is_open,
        aside=True,
    )
    def find_unsuitable(self) -> None: ...

    @step(
        "Informera den enskilde och boka visning",
        source=[S.OFFERED, S.ACCEPTED],
        target=None,
        by=CLIENTS,
        rules=["R-1-49"],
        why="Förvaltningen informerar om bostaden och bokar visning och kontraktskrivning.",
        needs=[offer.the_department_finds_it_suitable],
        asks=[offer.the_client_is_informed, offer.a_viewing_is_booked_or_waived, offer.the_signing_is_booked],
        tells=[representative.the_representative_may_act],
    )
    def inform_client(self) -> None: ...

    @step(
        "Den enskilde tackar ja",
        source=S.OFFERED,
        target=S.ACCEPTED,
        by=CLIENTS,
        rules=["R-1-49"],
        why="Efter visningen lämnar den enskilde sitt svar.",
        needs=[offer.the_department_finds_it_suitable, offer.the_client_is_informed, offer.a_viewing_is_booked_or_waived],
        asks=[offer.the_viewing_has_been],
    )  # fmt: skip
    def accept(self) -> None: ...

    @step(
        "Den enskilde tackar nej",
        source=[S.OFFERED, S.ACCEPTED],
        target=S.REGISTERED,
        by=CLIENTS,
        rules=["R-1-29"],
        why="Ett boendealternativ erbjuds. Ett nytt erbjudande kräver ett beslut med skäl.",
        needs=[offer.the_department_finds_it_suitable, offer.the_client_is_informed],
        aside=True,
    )
    def decline(self) -> None: ...

    @step(
        "Dra tillbaka erbjudandet",
        source=[S.OFFERED, S.ACCEPTED],
        target=S.REGISTERED,
        by=FF_EITHER,
        rules=["R-1-48"],
        why="När bostaden inte längre kan lämnas. Den enskilde har inte förbrukat något erbjudande.",
        aside=True,
    )
    def take_back_offer(self) -> None: ...

    @step(
        "Tillåt ytterligare ett erbjudande",
        source=S.REGISTERED,
        target=None,
        by=[*MANAGER],
        rules=["R-1-29"],
        why="Undantaget beslutas av chef, med skäl.",
        needs=[offer.an_offer_was_declined],
        applies=applies.another_offer_is_to_be_decided,
    )
    def allow_another_offer(self) -> None: ...

    # --- lease and housing -----------------------------------------------------------------------------------------------

    @step(
        "Kontraktet är undertecknat",
        source=S.ACCEPTED,
        target=S.LEASE_SIGNED,
        by=[SYSTEM],
        rules=["R-1-51", "R-1-3"],
        why="Tas av sig självt när hyresgästen har undertecknat det kommunala kontraktet.",
        needs=[offer.ff_signs_only_municipal_leases],
        asks=[offer.the_municipal_lease_is_signed],
        applies=applies.is_for_a_municipal_lease,
    )
    def record_lease_signed(self) -> None: ...

    @step(
        "Registrera ägarens kontrakt",
        source=S.ACCEPTED,
        target=S.LEASE_SIGNED,
        by=FF_EITHER,
        rules=["R-1-51", "R-1-4", "R-1-5"],
        why="Vid hyresgaranti tecknar ägaren förstahandskontraktet med hushållet. FF registrerar det, och garantins tid.",
        asks=[offer.the_owners_lease_is_recorded, offer.the_guarantee_runs_one_or_two_years],
        applies=applies.is_a_guarantee,
    )
    def record_owner_lease(self) -> None: ...

    @step(
        "Avsluta hyresgarantin",
        source=[S.LEASE_SIGNED, S.HOUSED],
        target=None,
        by=FF_EITHER,
        rules=["R-1-6", "R-1-62", "R-1-63"],
        why="Garantin avslutas när hushållet har skött sig, betalat i tid och vårdat lägenheten, efter dialog med ägaren.",
        asks=[guarantee.the_household_has_been_orderly, guarantee.the_rent_was_paid_in_time,
              guarantee.the_flat_was_cared_for, guarantee.the_owner_was_heard, guarantee.the_guarantee_has_run_a_year],
        applies=applies.the_guarantee_runs,
        aside=True,
    )  # fmt: skip
    def end_guarantee(self) -> None: ...

    @step(
        "Besluta om boende",
        source=S.LEASE_SIGNED,
        target=S.HOUSED,
        by=[*CASEWORKER, *MANAGER],
        rules=["R-1-52", "R-1-53"],
        why="När kontraktet är tecknat beslutas om bostadssocialt boende och de insatser som det är knutet till.",
        asks=[offer.housing_is_decided, offer.the_housing_is_tied_to_interventions],
        applies=applies.comes_from_another_department,
    )
    def decide_housing(self) -> None: ...

    @step(
        "Avsluta, hushållet har flyttat in",
        source=S.LEASE_SIGNED,
        target=S.HOUSED,
        by=OWN_FF,
        rules=["R-1-23"],
        why="FF:s egna hushåll får inget beslut av en annan förvaltning, och ingen uppföljning där.",
        applies=applies.is_of_an_own_group,
    )
    def close_own(self) -> None: ...
