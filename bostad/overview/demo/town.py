"""The days of Ekstad, one after the other: who has something to do that day does it, by the services of the pages."""

import heapq
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bostad import dates
from bostad.casework.sweep import sweep
from bostad.housing.models import Dwelling
from bostad.organisation.models import Staff
from bostad.organisation.scope import Scope, scope_for
from bostad.overview.demo.press import Press
from bostad.people.models import Person

Story = Generator[date, None, None]


@dataclass
class Town:
    """`today` is the demo's own day, from which all is counted back; `now` is the day that the telling has come to."""

    today: date
    staff: dict[str, Staff]
    dwellings: dict[str, Dwelling]
    persons: dict[str, Person]
    press: Press
    now: date = date.min
    _scopes: dict[str, Scope] = field(default_factory=dict)

    def by(self, username: str) -> Scope:
        """What the colleague may do now."""
        if username not in self._scopes:
            self._scopes[username] = scope_for(self.staff[username], self.now)
        return self._scopes[username]

    # --- days ---------------------------------------------------------------------------------------------------------

    def ago(self, days: int) -> date:
        """The working day that many days ago, or the last one before it; today is today, whatever day it is."""
        day = self.today - timedelta(days=days)
        return day if days == 0 else _working_day_until(day)

    def before(self, day: date, working_days: int) -> date:
        for _ in range(working_days):
            day = _working_day_until(day - timedelta(days=1))
        return day

    def after(self, day: date, working_days: int) -> date:
        """That many working days later, but never later than today."""
        return min(dates.add_working_days(day, working_days), self.today)

    # --- the telling --------------------------------------------------------------------------------------------------

    def tell(self, stories: Iterable[Callable[["Town"], Story]]) -> None:
        """Tells all stories at once, day by day. A story yields the day on which its next lines happen."""
        told = [story(self) for story in stories]
        waiting = [(next(one), number) for number, one in enumerate(told)]
        heapq.heapify(waiting)
        while waiting:
            day, number = heapq.heappop(waiting)
            self._come_to(day)
            upcoming = next(told[number], None)
            if day < self.today:  # what is written today is left to the worker
                self.press.take()
            if upcoming is not None:
                heapq.heappush(waiting, (max(upcoming, day), number))
        self.press.finish()

    def _come_to(self, day: date) -> None:
        if day == self.now:
            return
        if not self.now < day <= self.today:
            raise ValueError(f"{day} is not between {self.now} and {self.today}")
        self.now = day
        self._scopes.clear()
        self.press.collect()
        if day < self.today:  # today's is left to beat
            sweep(day)


def _working_day_until(day: date) -> date:
    while not dates.is_working_day(day):
        day -= timedelta(days=1)
    return day
