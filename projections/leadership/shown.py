"""Leadership of one day, opened up: which scopes, who leads them, with which share, and where each seat was granted.

Source: DEFINITIONS, "Leadership"; by the seats that the policy's `judge_by` names.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from projections.history import History, series
from projections.leadership.metrics import Seen, Swept, Told
from projections.leadership.renewal import Leading, leading
from projections.leadership.seats import Held
from projections.leadership.verdict import SCOPES_AT_RISK, YEAR
from projections.policy import CommunityPolicy

STRENGTHS = ("covered", "thin", "inherited", "vacant")


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat that is held, by the event that granted it; `already_held` says that records began then, not the seat."""

    scope: str
    role: str
    granted_at: datetime
    already_held: bool
    event: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class LeaderShown:
    """Somebody who holds seats, and their share of leadership (0 to 1)."""

    person: str
    share: float
    seats: Sequence[SeatShown]


@dataclass(frozen=True, slots=True)
class ScopeShown:
    """A scope, who leads it, how strong that is, and what it lacks to be covered (empty where it lacks nothing)."""

    scope: str
    parent: str | None
    strength: str
    leaders: Sequence[str]
    lacks: str


@dataclass(frozen=True, slots=True)
class Day:
    """Leadership as of a day."""

    swept: Swept
    policy: CommunityPolicy
    day: int

    @property
    def told(self) -> Told:
        """What there is to tell of seats."""
        return self.swept.told

    @property
    def seen(self) -> Seen:
        """What was found out about them."""
        return self.swept.seen

    @property
    def column(self) -> int:
        """The column of the grids that holds on the day."""
        return int(np.searchsorted(self.seen.days, self.day, side="right")) - 1

    def seats(self, wanted: Callable[[Held], bool]) -> Mapping[str, list[SeatShown]]:
        """The seats held on the day, by person."""
        found: dict[str, list[SeatShown]] = defaultdict(list)
        for one in self.told.roster.seats:
            if one.start <= self.day < one.end and wanted(one):
                granted = datetime.fromtimestamp(one.granted_at, UTC)
                found[one.holder].append(
                    SeatShown(one.scope, one.role, granted, not one.known, one.event, one.evidence)
                )
        return found

    def is_leading(self, seat: Held) -> bool:
        """Whether a seat is one of leadership."""
        return seat.role in self.policy.leadership_roles

    def leaders(self) -> list[LeaderShown]:
        """All who lead, by name, with their shares."""
        shares = dict(zip(self.told.roster.persons, self.seen.judged.share[:, self.column].tolist(), strict=True))
        return [LeaderShown(one, shares[one], seats) for one, seats in sorted(self.seats(self.is_leading).items())]

    def holders(self) -> list[LeaderShown]:
        """All who hold a seat of any role."""
        return [LeaderShown(one, 0.0, seats) for one, seats in sorted(self.seats(lambda _: True).items())]

    def without_known_work(self) -> list[LeaderShown]:
        """Those who lead and have no contribution up to the day."""
        return self.unseen(self.leaders())

    def unseen(self, people: Sequence[LeaderShown]) -> list[LeaderShown]:
        """Those of some holders of seats who have no contribution up to the day."""
        place = {name: at for at, name in enumerate(self.told.roster.persons)}
        first = self.told.presence.first
        return [one for one in people if first.get(place[one.person], self.day + 1) > self.day]

    def new(self) -> list[str]:
        """Those whose first leadership seat was granted within the renewal period."""
        firsts: dict[str, Leading] = {}
        for one in leading(filter(self.is_leading, self.told.roster.seats)):
            firsts.setdefault(one.person, one)
        since = self.day - self.policy.renewal_days
        return sorted(name for name, one in firsts.items() if one.known and since < one.start <= self.day)

    def left(self) -> list[str]:
        """Those whose last leadership seat ended within the renewal period, and who hold none."""
        spans = list(leading(filter(self.is_leading, self.told.roster.seats)))
        since, holding = self.day - self.policy.renewal_days, self.seats(self.is_leading)
        return sorted({one.person for one in spans if since < one.end <= self.day} - set(holding))

    def scopes(self) -> list[ScopeShown]:
        """All scopes that are judged, by name."""
        grids, strong, column = self.told.grids, self.seen.judged.strength, self.column
        leaders = defaultdict(list)
        for one in self.leaders():
            for seat in one.seats:
                leaders[seat.scope].append(one.person)
        found = []
        for at, name in enumerate(grids.scopes.names):
            held = [which for which in STRENGTHS if getattr(strong, which)[at, column]]
            if held:
                above = int(grids.scopes.parent[at, column])
                parent = grids.scopes.names[above] if above >= 0 else None
                who = sorted(set(leaders[name]))
                found.append(ScopeShown(name, parent, held[0], who, self._lacks(held[0], at)))
        return found

    def _lacks(self, strength: str, scope: int) -> str:
        if strength == "vacant":
            return "an owner and a second person"
        if strength != "thin":
            return ""
        rows = self.told.grids.pairs.scope == scope
        seats = self.told.grids.active if self.policy.judge_by == "active" else self.told.grids.nominal
        owners, people = seats.owns[rows, self.column].sum(), seats.serves[rows, self.column].sum()
        missing = (["an owner"] if owners == 0 else []) + (["a second person"] if people == 1 else [])
        return " and ".join(missing)


def because(history: History, policy: CommunityPolicy, day: date, verdict: str) -> str:
    """Why the leadership verdict is what it is, and against which day, as half a sentence."""
    then = day - timedelta(days=YEAR)
    keys = [series(name, seats=policy.judge_by) for name in ("effective_leaders", "leadership_strength_ratio")]
    (now, before), (strength, strength_then) = ((history.value(key, day), history.value(key, then)) for key in keys)
    if verdict == "unknown" or np.isnan(now / before):
        return "a verdict needs a year of documented roles"
    words = f"{now:.1f} effective leaders against {before:.1f} on {then:%-d %b %Y} ({change(now / before)})"
    if not np.isnan(strength - strength_then):
        words = f"{words}, and {strength * 100:.0f} % of the scopes covered against {strength_then * 100:.0f} %"
    return words + rests_on_one(history, policy, day) if verdict == "concentrating" else words


def change(ratio: float) -> str:
    """A ratio as a change in per cent."""
    return f"{(ratio - 1) * 100:+.0f} %".replace("-", "\N{MINUS SIGN}")


def rests_on_one(history: History, policy: CommunityPolicy, day: date) -> str:
    """How much rests on the leader with the most mass, where that alone can make leadership concentrating."""
    names = ("leadership_strength_ratio", "leadership_strength_without_top_ratio")
    strength, without = (history.value(series(name, seats=policy.judge_by), day) for name in names)
    lost = 1 - without / strength if strength > 0 else 0
    if not lost >= SCOPES_AT_RISK:
        return ""
    return f"; without the leader with the most scopes {lost * 100:.0f} % of the covered scopes would not be covered"
