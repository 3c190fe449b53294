"""How long a referral holds: extended, run out, ceased, withdrawn, and the appeal of that."""

from bostad.casework.graph import SYSTEM, step
from referrals import applies
from referrals.models.takers import CASEWORKER, CLIENTS, FF, MANAGER
from referrals.rules import appeal, offer, representative, validity, writing
from referrals.rules.assessment import every_child_is_analysed
from referrals.states import IN_FORCE, ReferralState

S = ReferralState


class ValiditySteps:
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
        tells=[validity.the_extension_is_asked_for],
    )
    def begin_extension(self) -> None: ...

    @step(
        "Gå igenom remissen",
        source=list(IN_FORCE),
        target=None,
        by=CASEWORKER,
        rules=["R-1-36"],
        why="Bekräfta det som är oförändrat, och ändra det som är nytt.",
        needs=[validity.the_referral_is_valid],
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
        needs=[validity.the_referral_is_valid, writing.an_extension_is_begun, writing.every_section_is_gone_through, *writing.WHAT_A_REFERRAL_HOLDS,
               every_child_is_analysed],
        asks=[writing.every_adult_has_signed, writing.the_signatures_are_of_this_content],
        applies=applies.is_being_extended_and_not_approved,
        tells=[writing.what_was_asked_is_answered, representative.the_representative_may_act,
               writing.the_words_name_who_acts],
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
               *writing.WHAT_A_REFERRAL_HOLDS, writing.every_adult_has_signed, writing.the_signatures_are_of_this_content,
               writing.who_signed_had_the_right],
        asks=[writing.the_signer_is_not_the_author, validity.the_extension_is_decided],
        applies=applies.is_being_extended_and_approved,
        tells=[writing.what_was_asked_is_answered],
    )  # fmt: skip
    def extend(self) -> None: ...

    @step(
        "Skicka tillbaka förlängningen",
        source=list(IN_FORCE),
        target=None,
        by=MANAGER,
        rules=["R-1-31", "R-1-36"],
        why="Chefen skriver vad som ska ändras. Resten står kvar som genomgånget, och den enskilde godkänner på nytt.",
        needs=[validity.the_referral_is_valid],
        asks=[writing.what_is_missing_is_named],
        applies=applies.is_being_extended_and_approved,
    )
    def send_back_extension(self) -> None: ...

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
        "Kvittera att remissen har upphört",
        source=[S.CEASED, S.WITHDRAWN],
        target=None,
        by=FF,
        rules=["R-1-37"],
        why="FF är underrättad när någon där har tagit del av det, och slutar söka bostad åt hushållet.",
        applies=applies.ff_has_not_noted_the_end,
    )
    def note_end(self) -> None: ...

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
