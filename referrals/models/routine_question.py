"""Every step of a question of responsibility: asked, answered, lifted to samarbetsgruppen, settled."""

from bostad.casework.graph import SYSTEM, counterpart, owner, step
from bostad.casework.sharing import end_shares
from bostad.organisation.roles import Role
from referrals import applies
from referrals.rules import question as rules
from referrals.states import QuestionState

S = QuestionState
OWN = (owner(Role.CASEWORKER), owner(Role.MANAGER))
ASKED = (counterpart(Role.CASEWORKER), counterpart(Role.MANAGER))


class QuestionRoutine:
    @step(
        "Ställ frågan",
        source="",
        target=S.ASKED,
        by=[owner(Role.CASEWORKER)],
        rules=["R-1-24"],
        why="De tillfrågade förvaltningarna läser frågan, aldrig utredningen.",
        asks=[rules.the_consent_holds, rules.another_referring_department_is_asked],
    )
    def ask(self) -> None: ...

    @step(
        "Svara på frågan",
        source=S.ASKED,
        target=None,
        by=ASKED,
        rules=["R-1-24"],
        why="Varje tillfrågad förvaltning tar ställning utifrån riktlinjerna.",
        needs=[rules.the_consent_holds],
        applies=applies.somebody_has_not_answered,
    )
    def answer(self) -> None: ...

    @step(
        "Lyft till samarbetsgruppen",
        source=S.ASKED,
        target=S.LIFTED,
        by=OWN,
        rules=["R-1-25"],
        why="När förvaltningarna inte kommer överens utifrån riktlinjerna kan ärendet lyftas i samarbetsgruppen.",
        needs=[rules.the_consent_holds, rules.everybody_asked_has_answered, rules.they_do_not_agree],
    )
    def lift(self) -> None: ...

    @step(
        "Registrera vem som ansvarar",
        source=[S.ASKED, S.LIFTED],
        target=S.SETTLED,
        by=OWN,
        rules=["R-1-25"],
        why="Ligger ansvaret hos en annan förvaltning öppnas ett ärende där i samma stund.",
        needs=[rules.the_consent_holds, rules.everybody_asked_has_answered],
        asks=[rules.one_of_them_is_responsible, rules.it_is_given_to_nobody_against_its_word, rules.the_group_has_met],
        writes=end_shares,
    )
    def settle(self) -> None: ...

    @step(
        "Ta tillbaka frågan",
        source=[S.ASKED, S.LIFTED],
        target=S.DROPPED,
        by=[*OWN, SYSTEM],
        rules=["R-1-24"],
        why="När samtycket återkallas, eller frågan inte längre behövs. De tillfrågade läser den inte längre.",
        writes=end_shares,
        aside=True,
    )
    def drop(self) -> None: ...
