"""Beside the papers: the owner's notice, term and security of tenure, who signs, the grant."""

from bostad.casework.graph import SYSTEM, owner, step
from bostad.organisation.roles import Role
from contracts import applies
from contracts.models.takers import EVERYONE, OFFICE
from contracts.rules import notice, tenure
from contracts.states import IN_FORCE, ContractState

S = ContractState


class TenancySteps:
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
        aside=True,
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
        aside=True,
    )
    def decide_on_term(self) -> None: ...

    @step(
        "Registrera företrädare",
        source=[S.DISPATCHED, *IN_FORCE, S.MOVED_OUT],
        target=None,
        by=EVERYONE,
        rules=["R-0-15"],
        why="En god man, fullmakt eller ett dödsbo som kommit till efter att kontraktet utfärdades.",
        aside=True,
    )
    def record_representative(self) -> None: ...

    @step(
        "Registrera dödsfall",
        source=[S.DISPATCHED, *IN_FORCE, S.MOVED_OUT],
        target=None,
        by=EVERYONE,
        rules=["JB 12:5"],
        why="Dödsdagen styr vem som undertecknar och hur länge dödsboet kan säga upp med en månad.",
        aside=True,
    )
    def record_death(self) -> None: ...

    @step(
        "Registrera avstående från besittningsskydd",
        source=[S.ORDERED, S.ISSUED, S.DISPATCHED, S.SIGNED, S.ACTIVE],
        target=None,
        by=OFFICE,
        rules=["JB 12:45 a"],
        why="Ett avstående är en egen handling, aldrig en del av kontraktet.",
        asks=[tenure.the_waiver_is_approved_or_written_later, tenure.the_spouse_accepts_the_waiver],
        applies=applies.no_waiver_holds,
        aside=True,
    )
    def record_waiver(self) -> None: ...

    @step(
        "Låt avtalet löpa tills vidare",
        source=S.ACTIVE,
        target=None,
        by=(SYSTEM, *OFFICE),
        rules=["JB 12:3"],
        why="Hyrestiden har gått ut utan uppsägning. Har avtalet varat längre än nio månader, eller har hyresgästen bott "
        "kvar en månad, löper det tills vidare.",
        needs=[tenure.the_term_has_run_out, tenure.the_tenancy_goes_on],
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
        tells=[notice.the_tenancy_is_ended_too],
        applies=applies.the_grant_is_open,
        aside=True,
    )
    def end_grant(self) -> None: ...
