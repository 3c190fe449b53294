"""Every step of an assessment: from the application to the decision, and what follows on a refusal."""

from bostad.casework.graph import SYSTEM, step
from referrals import applies
from referrals.models.takers import CASEWORKER, DECIDERS
from referrals.rules import appeal, representative, supported
from referrals.rules import assessment as rules
from referrals.states import APPEALABLE, BEFORE_DECISION, AssessmentState

S = AssessmentState
OPEN = (*BEFORE_DECISION, S.GRANTED, S.OTHER, S.REFUSED, S.APPEALED)
IN_WRITING = "Utredningen kan sparas halvfärdig. Sidan visar hela tiden vilka kriterier som är uppfyllda."


class AssessmentRoutine:
    # --- application ---------------------------------------------------------------------------------------------------

    @step(
        "Registrera ansökan",
        source="",
        target=S.APPLIED,
        by=(*CASEWORKER, SYSTEM),
        rules=["R-4-11", "R-4-16"],
        why="Ansökan dokumenteras alltid: när den kom, i vilken form och vad den gäller.",
        asks=[rules.the_application_is_documented, rules.the_applicant_is_known],
    )
    def apply(self) -> None: ...

    @step(
        "Inled utredningen",
        source=S.APPLIED,
        target=S.INVESTIGATING,
        by=CASEWORKER,
        rules=["R-4-16", "R-4-25"],
        why="Utredningen följer den checklista som hör till det som ansökan gäller.",
    )
    def begin(self) -> None: ...

    @step(
        "Ansökan tas tillbaka",
        source=[*BEFORE_DECISION, S.GRANTED],
        target=S.WITHDRAWN,
        by=CASEWORKER,
        rules=["R-1-32"],
        why="Bara när den sökande själv återtar ansökan. Annars fattas ett beslut som kan överklagas.",
        needs=[rules.no_referral_goes_on],
        aside=True,
    )
    def withdraw(self) -> None: ...

    # --- investigation -------------------------------------------------------------------------------------------------

    @step(
        "Folkbokföring och boende nu",
        source=S.INVESTIGATING,
        target=None,
        by=CASEWORKER,
        rules=["R-1-9", "R-1-12", "R-1-13"],
        why=IN_WRITING,
        applies=applies.is_for_a_home_of_their_own,
    )
    def write_registration(self) -> None: ...

    @step(
        "Behov, svårigheter och förmåga",
        source=S.INVESTIGATING,
        target=None,
        by=CASEWORKER,
        rules=["R-1-8", "R-1-10", "R-1-14", "R-1-15", "R-1-16"],
        why=IN_WRITING,
        applies=applies.is_for_a_home_of_their_own,
    )
    def write_need(self) -> None: ...

    @step(
        "Målgrupp",
        source=S.INVESTIGATING,
        target=None,
        by=CASEWORKER,
        rules=["R-1-18", "R-1-19", "R-1-21", "R-1-22"],
        why="Målgruppen avgör vilken förvaltning som ansvarar.",
        applies=applies.is_for_a_home_of_their_own,
    )
    def write_target(self) -> None: ...

    @step(
        "Grunder, skulder och tidigare vräkningar",
        source=S.INVESTIGATING,
        target=None,
        by=CASEWORKER,
        rules=["R-4-1", "R-4-2", "R-4-4", "R-4-6", "R-4-8", "R-4-12", "R-4-24"],
        why=IN_WRITING,
        applies=applies.is_for_a_supported_home,
    )
    def write_supported(self) -> None: ...

    @step(
        "Barnets perspektiv",
        source=[S.INVESTIGATING, S.ASSESSED],
        target=None,
        by=CASEWORKER,
        rules=["R-1-11", "R-4-9"],
        why="För varje barn: följderna av beslutet, särskilda behov och det stöd som erbjuds. Också för barn på umgänge.",
        applies=applies.has_children,
    )
    def analyse_child(self) -> None: ...

    @step(
        "Lägg till ett barn",
        source=[S.APPLIED, S.INVESTIGATING],
        target=None,
        by=CASEWORKER,
        rules=["R-1-11"],
        why="Ett barn som föds eller blir känt under utredningen hör till hushållet, också på växelvis boende eller umgänge.",
        aside=True,
    )
    def add_child(self) -> None: ...

    @step(
        "Ändra hur ett barn bor",
        source=[S.APPLIED, S.INVESTIGATING],
        target=None,
        by=CASEWORKER,
        rules=["R-1-11"],
        why="Hur barnet bor avgör vad beslutet betyder för det. Ett barn som har flyttat hör inte längre till hushållet.",
        applies=applies.has_children,
        aside=True,
    )
    def change_child(self) -> None: ...

    @step(
        "Registrera företrädare",
        source=list(OPEN),
        target=None,
        by=CASEWORKER,
        rules=["R-1-47"],
        why="God man, förvaltare eller någon annan som företräder en vuxen. Brev går den vägen, och remissen nämner personen.",
        asks=[representative.the_representative_can_be_written_to],
        tells=[representative.the_representative_may_act],
        aside=True,
    )
    def record_representative(self) -> None: ...

    @step(
        "Företrädarens behörighet har upphört",
        source=list(OPEN),
        target=None,
        by=CASEWORKER,
        rules=["R-1-47"],
        why="Sista dagen sparas med behörigheten. Brev går sedan till den enskilde själv.",
        applies=applies.somebody_is_represented,
        aside=True,
    )
    def end_representation(self) -> None: ...

    @step(
        "Underrätta barn- och familjeenheten",
        source=list(OPEN),
        target=None,
        by=DECIDERS,
        rules=["R-4-10"],
        why="Vid tecken på att ett barn far illa underrättas enheten genast. Den avgör om en utredning inleds.",
        aside=True,
    )
    def tell_children_unit(self) -> None: ...

    @step(
        "Fråga en annan förvaltning om ansvaret",
        source=[S.APPLIED, S.INVESTIGATING],
        target=None,
        by=CASEWORKER,
        rules=["R-1-24"],
        why="När det inte är klart vilken förvaltning som ansvarar förs en dialog, med den enskildes samtycke.",
        asks=[rules.a_dialogue_needs_consent],
        applies=applies.no_question_is_open,
        aside=True,
    )
    def ask_responsibility(self) -> None: ...

    @step(
        "Ärendet övertas",
        source=[S.APPLIED, S.INVESTIGATING],
        target=S.TRANSFERRED,
        by=[SYSTEM],
        rules=["R-1-25"],
        why="Den förvaltning som ansvarar öppnar ett eget ärende i samma stund.",
    )
    def hand_to_responsible(self) -> None: ...

    # --- assessment and decision -----------------------------------------------------------------------------------------

    @step(
        "Lämna bedömning",
        source=S.INVESTIGATING,
        target=S.ASSESSED,
        by=CASEWORKER,
        rules=["R-4-16", "R-1-8"],
        why="Bedömningen är individuell. Den görs när utredningen är klar, och föregår beslutet.",
        needs=[rules.responsibility_is_settled, rules.every_child_is_analysed,
               supported.earlier_evictions_and_debts_are_examined],
        asks=[rules.the_assessment_is_individual],
        tells=[supported.payment_plan_and_debt_relief_are_tried, supported.trial_and_training_are_not_first_for_families],
    )  # fmt: skip
    def assess(self) -> None: ...

    @step(
        "Öppna utredningen igen",
        source=S.ASSESSED,
        target=S.INVESTIGATING,
        by=CASEWORKER,
        why="Så länge inget beslut är fattat kan utredningen kompletteras.",
        undo=True,
    )
    def reopen_investigation(self) -> None: ...

    @step(
        "Bevilja",
        source=S.ASSESSED,
        target=S.GRANTED,
        by=DECIDERS,
        rules=["R-1-28", "R-4-14", "R-1-17"],
        why="Alla kriterier ska vara uppfyllda. Det är ingen poängsumma.",
        needs=[rules.the_order_of_handling_is_kept, rules.every_child_is_analysed, *rules.TO_GRANT],
        asks=[rules.a_decision_exists, rules.the_decider_has_delegation, rules.the_decision_weighs_the_child],
        tells=[supported.payment_plan_and_debt_relief_are_tried, supported.trial_and_training_are_not_first_for_families,
               representative.the_representative_may_act],
    )  # fmt: skip
    def grant(self) -> None: ...

    @step(
        "Bevilja annat stöd",
        source=S.ASSESSED,
        target=S.OTHER,
        by=DECIDERS,
        rules=["R-1-10", "R-1-32"],
        why="Den som inte uppfyller kriterierna kan ha rätt till en annan boendeinsats. Beslutet kan överklagas.",
        needs=[rules.the_order_of_handling_is_kept, rules.every_child_is_analysed],
        asks=[rules.other_support_was_examined, rules.a_decision_exists, rules.a_refusal_is_a_formal_decision,
              rules.the_decider_has_delegation, rules.the_decision_weighs_the_child],
        tells=[representative.the_representative_may_act],
    )  # fmt: skip
    def grant_other(self) -> None: ...

    @step(
        "Avslå",
        source=S.ASSESSED,
        target=S.REFUSED,
        by=DECIDERS,
        rules=["R-1-32", "R-1-10"],
        why="Ett avslag motiveras och kan överklagas. Rätten till annan boendeinsats ska vara utredd först.",
        needs=[rules.the_order_of_handling_is_kept, rules.every_child_is_analysed],
        asks=[rules.other_support_was_examined, rules.a_decision_exists, rules.a_refusal_is_a_formal_decision,
              rules.the_decider_has_delegation, rules.the_decision_weighs_the_child],
        tells=[representative.the_representative_may_act],
    )  # fmt: skip
    def refuse(self) -> None: ...

    # --- after the decision ----------------------------------------------------------------------------------------------

    @step(
        "Registrera att beslutet tagits emot",
        source=[S.GRANTED, S.OTHER, S.REFUSED, S.CLOSED],
        target=None,
        by=CASEWORKER,
        rules=["R-1-32"],
        why="Överklagandetiden räknas från den dag då den enskilde tog emot beslutet, aldrig från postningen.",
        asks=[appeal.the_decision_was_received],
        applies=applies.receipt_is_not_known,
    )
    def record_receipt(self) -> None: ...

    @step(
        "Rätta dagen då beslutet togs emot",
        source=[S.GRANTED, S.OTHER, S.REFUSED, S.APPEALED, S.CLOSED],
        target=None,
        by=CASEWORKER,
        rules=["R-1-32"],
        why="Dagen blev fel. Överklagandetiden räknas om, och skälet står i journalen.",
        asks=[appeal.the_decision_was_received],
        applies=applies.the_receipt_can_be_corrected,
        aside=True,
    )
    def correct_receipt(self) -> None: ...

    @step(
        "Registrera överklagande",
        source=[*APPEALABLE, S.CLOSED],  # what came on the last day is often registered on the next
        target=S.APPEALED,
        by=CASEWORKER,
        rules=["R-1-32"],
        why="Förvaltningen prövar om överklagandet kom i tid, och lämnar det då vidare till förvaltningsrätten.",
        asks=[appeal.the_appeal_has_a_day],
        applies=applies.no_appeal_has_come,
        aside=True,
    )
    def record_appeal(self) -> None: ...

    @step(
        "Lämna överklagandet vidare eller avvisa det",
        source=S.APPEALED,
        target=S.CLOSED,
        by=DECIDERS,
        rules=["R-1-32"],
        why="Ett överklagande i rätt tid lämnas skyndsamt till förvaltningsrätten. Ett för sent avvisas.",
        asks=[appeal.a_timely_appeal_is_not_rejected],
    )
    def settle_appeal(self) -> None: ...

    @step(
        "Avsluta när överklagandetiden är slut",
        source=list(APPEALABLE),
        target=S.CLOSED,
        by=[SYSTEM, *CASEWORKER],
        rules=["R-1-32"],
        why="Beslutet har fått laga kraft.",
        needs=[appeal.the_decision_was_received, appeal.the_time_of_appeal_is_over],
    )
    def gain_force(self) -> None: ...

    @step(
        "Upprätta plan för boendet",
        source=S.GRANTED,
        target=None,
        by=CASEWORKER,
        rules=["R-4-15"],
        why="En plan finns i varje ärende, innan kontraktet skrivs.",
        asks=[rules.a_plan_exists],
        applies=applies.a_plan_is_awaited,
    )
    def make_plan(self) -> None: ...

    @step(
        "Skriv remiss",
        source=S.GRANTED,
        target=None,
        by=CASEWORKER,
        rules=["R-1-28"],
        why="Remissen till fastighetsförvaltningen bygger på beslutet.",
        asks=[rules.the_referral_is_written],
        applies=applies.a_referral_is_awaited,
    )
    def open_referral(self) -> None: ...

    @step(
        "Avsluta utredningen",
        source=S.GRANTED,
        target=S.CLOSED,
        by=CASEWORKER,
        rules=["R-4-15", "R-1-28"],
        why="Utredningen är klar när remissen är skriven, eller när planen för boendet är upprättad.",
        needs=[rules.the_referral_is_written, rules.a_plan_exists],
    )
    def complete(self) -> None: ...
