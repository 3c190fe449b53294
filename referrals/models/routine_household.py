"""A referral concerns people: its children, and who acts for an adult."""

from bostad.casework.graph import step
from referrals import applies
from referrals.models.takers import CASEWORKER, CLIENTS, MANAGER
from referrals.rules import representative
from referrals.states import IN_FORCE, IN_WRITING, ReferralState

S = ReferralState
OPEN = (*IN_WRITING, S.APPROVED, S.SIGNED, S.SUBMITTED, *IN_FORCE, S.LEASE_SIGNED)


class HouseholdSteps:
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
        "Underrätta barn- och familjeenheten",
        source=OPEN,
        target=None,
        by=[*CLIENTS, *MANAGER],
        rules=["R-4-10"],
        why="Vid tecken på att ett barn far illa underrättas enheten genast. Den avgör om en utredning inleds.",
        aside=True,
    )
    def tell_children_unit(self) -> None: ...

    @step(
        "Registrera företrädare",
        source=OPEN,
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
        source=OPEN,
        target=None,
        by=CLIENTS,
        rules=["R-1-47"],
        why="Sista dagen sparas med behörigheten. Brev går sedan till den enskilde själv.",
        applies=applies.somebody_is_represented,
        aside=True,
    )
    def end_representation(self) -> None: ...
