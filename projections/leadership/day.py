"""Leadership of one day, opened up: which scopes, who leads them, with which share, and where each seat was granted.

Source: docs/definitions.md, "Leadership".
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from projections.leadership.grid import NONE, Seats, is_observed
from projections.leadership.measures import nearest
from projections.leadership.numbers import STRENGTHS, Judged
from projections.leadership.series import LeadershipEvaluation, LeadershipInputs
from projections.metrics.drilldown import LeaderShown, ScopeShown, SeatShown
from projections.policy.policy import CommunityPolicy
from projections.seats.leading import firsts, leading
from projections.seats.seats import Held, seat_shown
from projections.timeline.days import date_of


@dataclass(frozen=True)
class Day:
    """Leadership as of a day.

    Attributes:
        by: `active` where those alone lead whose seat is active, `nominal` where all do; without it all do, and shares
            and strengths are of the seats that the policy's `judge_by` names.
    """

    swept: LeadershipEvaluation
    policy: CommunityPolicy
    day: int
    by: str = ""

    @property
    def told(self) -> LeadershipInputs:
        """What there is to tell of seats."""
        return self.swept.told

    @property
    def column(self) -> int:
        """The column of the grids that holds on the day."""
        return int(np.searchsorted(self.told.grids.days, self.day, side="right")) - 1

    @cached_property
    def counted(self) -> Seats:
        """The seats that shares and strengths are of, in one column."""
        by, grids = self.by or self.policy.judge_by, self.told.grids
        return (grids.active if by == "active" else grids.nominal).on(slice(self.column, self.column + 1))

    @cached_property
    def judged(self) -> Judged:
        """What is found out about them, in one column."""
        grids, here = self.told.grids, slice(self.column, self.column + 1)
        scopes = grids.judged_active if (self.by or self.policy.judge_by) == "active" else grids.judged
        return Judged.of(self.counted, grids.nominal.on(here), grids.scopes.on(here), scopes[:, here], grids.pairs)

    def seats(self, wanted: Callable[[Held], bool]) -> Mapping[str, list[SeatShown]]:
        """The seats held on the day, by person."""
        found: dict[str, list[SeatShown]] = defaultdict(list)
        for one in self.told.roster.seats:
            if one.start <= self.day < one.end and wanted(one):
                found[one.holder].append(seat_shown(one))
        return found

    def is_leading(self, seat: Held) -> bool:
        """Whether a seat is one of leadership."""
        return seat.role in self.policy.leadership_roles

    def is_counted(self, seat: Held) -> bool:
        """Whether a seat is one of leadership, and active where only those count."""
        return self.is_leading(seat) and (self.by != "active" or self.is_active(seat))

    def is_active(self, seat: Held) -> bool:
        """Whether the holder of a seat is at work, not on leave from it, and where contributions can be seen."""
        on_leave = any(since <= self.day < until for since, until in seat.paused)
        return seat.holder in self._at_work and is_observed(seat.scope, self.policy.observed_scopes) and not on_leave

    @cached_property
    def _at_work(self) -> frozenset[str]:
        active, persons = self.told.presence.active, self.told.roster.persons
        now = active.who[(active.start <= self.day) & (active.end > self.day)]
        return frozenset(persons[one] for one in now)

    def leaders(self) -> list[LeaderShown]:
        """All who lead, by name, with their shares."""
        shares = dict(zip(self.told.roster.persons, self.judged.share[:, 0].tolist(), strict=True))
        return [LeaderShown(one, shares[one], seats) for one, seats in sorted(self.seats(self.is_counted).items())]

    def holders(self) -> list[LeaderShown]:
        """All who hold a seat of any role."""
        return [LeaderShown(one, 0.0, seats) for one, seats in sorted(self.seats(lambda _: True).items())]

    def without_known_work(self) -> list[LeaderShown]:
        """Those who lead and have no contribution up to the day."""
        return self.unseen(self.leaders())

    def unseen(self, people: Sequence[LeaderShown]) -> list[LeaderShown]:
        """Those of some holders of seats who have no contribution up to the day."""
        place = {name: at for at, name in enumerate(self.told.roster.persons)}
        first = self.told.presence.first_days
        return [one for one in people if first.get(place[one.person], self.day + 1) > self.day]

    def new(self) -> list[str]:
        """Those whose first leadership seat was granted within the renewal period."""
        spans = leading(filter(self.is_leading, self.told.roster.seats))
        since = self.day - self.policy.renewal_days
        return sorted(one.person for one in firsts(spans) if one.known and since < one.start <= self.day)

    def led_last(self, scopes: Sequence[str]) -> list[LeaderShown]:
        """Who led these scopes last, by name, with the seats that ended by the day."""
        ended = [one for one in self.told.roster.seats if one.scope in scopes and one.end <= self.day]
        theirs = [one for one in ended if self.is_leading(one)]
        last = {scope: max(one.end for one in theirs if one.scope == scope) for scope in {one.scope for one in theirs}}
        found: dict[str, list[SeatShown]] = defaultdict(list)
        for one in theirs:
            if one.end == last[one.scope]:
                found[one.holder].append(replace(seat_shown(one), ended_on=date_of(one.end)))
        return [LeaderShown(person, 0.0, seats) for person, seats in sorted(found.items())]

    def left(self) -> list[str]:
        """Those whose last leadership seat ended within the renewal period, and who hold none."""
        spans = leading(filter(self.is_leading, self.told.roster.seats))
        since, holding = self.day - self.policy.renewal_days, self.seats(self.is_leading)
        return sorted({one.person for one in spans if since < one.end <= self.day} - set(holding))

    def scopes(self) -> list[ScopeShown]:
        """All scopes that are judged, by name."""
        grids, strong, column = self.told.grids, self.judged.strength, self.column
        leaders = defaultdict(list)
        for one in self.leaders():
            for seat in one.seats:
                leaders[seat.scope].append(one.person)
        led = grids.pairs.by_scope(grids.nominal.leads[:, [column]]) > 0
        above = nearest(grids.scopes.parent[:, [column]], led)[:, 0]
        found = []
        for at, name in enumerate(grids.scopes.names):
            held = [which for which in STRENGTHS if getattr(strong, which)[at, 0]]
            if held:
                parent = self._named(int(grids.scopes.parent[at, column]))
                who, lacks = sorted(set(leaders[name])), self._lacks(held[0], at)
                led_from = self._named(int(above[at])) if held[0] == "inherited" else None
                found.append(ScopeShown(name, parent, held[0], who, lacks, self._deputies(at), led_from))
        return found

    def _named(self, scope: int) -> str | None:
        return self.told.grids.scopes.names[scope] if scope != NONE else None

    def _deputies(self, scope: int) -> int:
        rows = self.told.grids.pairs.scope == scope
        return int((self.counted.serves[rows, 0] & ~self.counted.leads[rows, 0]).sum())

    def lost_with(self) -> Mapping[str, list[str]]:
        """Person → the covered scopes that their going would leave not covered, by name."""
        pairs, seats = self.told.grids.pairs, self.counted
        owners, people = (pairs.by_scope(grid)[pairs.scope, 0] for grid in (seats.owns, seats.serves))
        collective = self.told.grids.scopes.collective[pairs.scope]
        needed = (people == 2) | (seats.owns[:, 0] & (owners == 1) & ~collective)
        rows = seats.serves[:, 0] & self.judged.strength.covered[pairs.scope, 0] & needed
        found: dict[str, list[str]] = defaultdict(list)
        for row in np.flatnonzero(rows):
            found[self.told.roster.persons[pairs.person[row]]].append(self.told.grids.scopes.names[pairs.scope[row]])
        return found

    def _lacks(self, strength: str, scope: int) -> str:
        collective = self.told.grids.scopes.collective[scope]
        if strength == "vacant":
            return "two people" if collective else "an owner and a second person"
        if strength != "thin":
            return ""
        rows = self.told.grids.pairs.scope == scope
        owners, people = self.counted.owns[rows, 0].sum(), self.counted.serves[rows, 0].sum()
        missing = (["an owner"] if owners == 0 and not collective else []) + (
            ["a second person"] if people == 1 else []
        )
        return " and ".join(missing)
