"""A referral is written, approved, signed, sent and registered."""

from bostad.casework.graph import SYSTEM, step
from referrals import applies
from referrals.models.takers import CASEWORKER, FF, MANAGER, OWN_FF
from referrals.rules import offer, representative, validity, writing
from referrals.rules.assessment import every_child_is_analysed
from referrals.states import IN_FORCE, IN_WRITING, ReferralState

S = ReferralState


class WritingSteps:
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
        needs=[writing.every_section_is_gone_through, *writing.WHAT_A_REFERRAL_HOLDS, every_child_is_analysed],
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
        tells=[
            writing.what_was_asked_is_answered,
            representative.the_representative_may_act,
            writing.the_words_name_who_acts,
        ],
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
        needs=[
            *writing.WHAT_A_REFERRAL_HOLDS,
            writing.the_signatures_are_of_this_content,
            writing.who_signed_had_the_right,
        ],
        asks=[writing.the_signer_is_not_the_author, writing.the_manager_has_signed],
        tells=[writing.what_was_asked_is_answered],
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
    )
    def send_back(self) -> None: ...

    @step(
        "Skicka till fastighetsförvaltningen",
        source=S.SIGNED,
        target=S.SUBMITTED,
        by=[*CASEWORKER, *MANAGER],
        rules=["R-1-30", "R-1-31"],
        why="FF läser remissen som den undertecknades, och inget av utredningen.",
        needs=[*writing.WHAT_A_REFERRAL_HOLDS, writing.the_signatures_are_of_this_content, writing.the_manager_has_signed,
               writing.who_signed_had_the_right],
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
        needs=[
            writing.the_mandatory_content_is_there,
            writing.the_manager_has_signed,
            writing.who_signed_had_the_right,
        ],
        asks=[validity.the_referral_is_valid],
        tells=[writing.what_the_receiver_asked_is_answered],
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
