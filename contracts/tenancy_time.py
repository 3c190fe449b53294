"""How long a tenancy has lasted in a row, and when it ends by law. Never moved by holidays (JB 12:3 to 12:5)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bostad import dates
from bostad.casework.models import CaseParty, PartyRole
from contracts.models import Contract, Ending
from contracts.states import NoticeBy


@dataclass(frozen=True)
class _Stay:
    """One person's time in one dwelling under one contract."""

    from_on: date
    to_on: date | None


def in_a_row_since(contracts: Iterable[Contract]) -> Mapping[int, date]:
    """The first day of each contract's unbroken tenancy, by contract: the time counts over contracts that follow on.

    A contract goes on where another of the same dwelling ended the day before, if one of the tenants is the same
    (JB 12:3 and 12:45: "i följd"). One query for all.
    """
    contracts = list(contracts)
    stays: dict[tuple[int, int], list[_Stay]] = defaultdict(list)
    theirs: dict[int, set[int]] = defaultdict(set)
    parties = CaseParty.objects.filter(
        role=PartyRole.TENANT,
        case__dwelling__in={contract.dwelling_id for contract in contracts},
        case__as_contract__occupancy__voided=False,
    ).values_list(
        "person", "case", "case__dwelling", "case__as_contract__occupancy__from_on",
        "case__as_contract__occupancy__to_on",
    )  # fmt: skip
    for person, case, dwelling, from_on, to_on in parties:
        theirs[case].add(person)
        stays[dwelling, person].append(_Stay(from_on, to_on))
    return {
        contract.pk: min(
            (
                _unbroken_back_from(contract.move_in_on, stays[contract.dwelling_id, person])
                for person in theirs[contract.pk]
            ),
            default=contract.move_in_on,
        )
        for contract in contracts
    }


def _unbroken_back_from(day: date, stays: list[_Stay]) -> date:
    ended = {stay.to_on: stay.from_on for stay in stays if stay.to_on}
    while (before := day - timedelta(days=1)) in ended:
        day = ended[before]
    return day


def lawful_end(contract: Contract, ending: Ending, *, since: date) -> date:
    """The last day of the tenancy by law for this notice. `since` is the first day of the unbroken tenancy.

    1. A tenant may always leave after three months, or sooner where the contract says so; the municipality keeps at
       least three months, from the day its notice was served; an estate that gives notice within a month of the death
       leaves after one.
    2. A fixed term that lasts nine months in a row at most ends by itself, a longer one when notice is given in time
       (`dates.fixed_term_notice_end`). The tenant and the estate may leave before that, the municipality may not.
    3. Notice of a longer term that comes too late ends the tenancy as if it ran until further notice (JB 12:3).
    """
    if ending.notice_by == NoticeBy.TERM:
        return contract.term_to or ending.notice_on
    begins = ending.notice_on
    if ending.notice_by == NoticeBy.MUNICIPALITY and ending.served_on:
        begins = ending.served_on
    end = dates.notice_period_end(begins, _notice_months(contract, ending))
    if contract.term_to is None or contract.term_to < begins:
        return end  # whoever lives on after the term has no earlier day to leave than the law's
    by_itself = not dates.tenancy_exceeds_nine_months(since, contract.term_to)
    in_time = begins <= dates.fixed_term_notice_end(contract.move_in_on, contract.term_to)
    if not (by_itself or in_time):
        return end
    return contract.term_to if ending.notice_by == NoticeBy.MUNICIPALITY else min(end, contract.term_to)


def lawful_ground(contract: Contract, ending: Ending, end: date) -> tuple[str, str]:
    """Why the tenancy ends by law on the day that `lawful_end` gave: in Swedish, and the paragraph."""
    if end == contract.term_to:
        return "hyrestiden går ut", "JB 12:3"
    if ending.notice_by == NoticeBy.MUNICIPALITY:
        return "kommunens uppsägning", "JB 12:4"
    if ending.notice_by == NoticeBy.ESTATE and _within_a_month_of_the_death(ending):
        return "dödsfall, en månads uppsägningstid", "JB 12:5"
    who = "dödsboets" if ending.notice_by == NoticeBy.ESTATE else "hyresgästens"
    return f"{who} uppsägning", "JB 12:5"


def _within_a_month_of_the_death(ending: Ending) -> bool:
    return ending.notice_on <= dates.death_notice_deadline(ending.died_on)


def _notice_months(contract: Contract, ending: Ending) -> int:
    if ending.notice_by == NoticeBy.MUNICIPALITY:
        return max(3, contract.notice_months)
    if ending.notice_by == NoticeBy.ESTATE and _within_a_month_of_the_death(ending):
        return 1
    return min(3, contract.notice_months)
