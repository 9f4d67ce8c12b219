"""Somebody who adds and subtracts what everybody sees, of all days, to find out how many the hidden ones are.

They know the definitions: which numbers add up to which. What can be of each number is narrowed until nothing changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

import numpy as np

from infra.simulate.world import TEAMS
from projections.disclosure.threshold import is_few
from projections.disclosure.view import Disclosure
from projections.pathway.steps import STEPS
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, Values, series
from projections.timeline.ranges import Flags

ROUNDS = 60
Term = tuple[float, str, int]
"""So many times a number, of so many days before."""


@dataclass(slots=True)
class Attack:
    """What is known of every number on every day.

    Attributes:
        true: what they are, to compare with in the end.
        low: the least that each can be.
        high: the most.
        sums: terms that add up to 0, and on which days.
    """

    history: History
    seen: Disclosure
    policy: CommunityPolicy
    true: dict[str, Values] = field(default_factory=dict)
    low: dict[str, Values] = field(default_factory=dict)
    high: dict[str, Values] = field(default_factory=dict)
    sums: list[tuple[Sequence[Term], Flags]] = field(default_factory=list)

    def look(self, name: str, **labels: str | int) -> str:
        """Reads what is shown of a series."""
        key = series(name, **labels)
        self.unknown(str(key), self.history.series[key])
        shown, few = self.seen.history.series.get(key), self.seen.few.get(key)
        if shown is not None:
            self._know(str(key), shown, shown)
        if few is not None:
            self._know(str(key), np.where(few, 1.0, np.nan), np.where(few, 4.0, np.nan))
        return str(key)

    def unknown(self, name: str, true: Values) -> str:
        """A number of which nothing is told."""
        if name not in self.true:
            self.true[name] = true
            self.low[name], self.high[name] = np.zeros(len(true)), np.full(len(true), np.inf)
        return name

    def share(self, name: str, whole: str) -> None:
        """Reads a share of a number: who is in it, and who is not."""
        key = series(name)
        if key not in self.history.series:
            return
        part = np.round(self.history.series[key] * self.true[whole])
        inside, outside = self.unknown(f"in {name}", part), self.unknown(f"not in {name}", self.true[whole] - part)
        shown = self.seen.history.series.get(key)
        if shown is not None:
            self._know(inside, np.where(np.isnan(shown), np.nan, part), np.where(np.isnan(shown), np.nan, part))
        self.adds_up((whole, 0), [inside, outside])

    def part(self, part: str, whole: str) -> None:
        """Says that a number counts some of those whom another counts."""
        rest = self.unknown(f"{whole} without {part}", self.true[whole] - self.true[part])
        self.adds_up((whole, 0), [part, rest])

    def adds_up(self, whole: tuple[str, int], parts: Sequence[str], signs: Sequence[float] | None = None) -> None:
        """Says that some numbers add up to another one, of so many days before, wherever all are defined."""
        terms = [
            (-1.0, *whole),
            *((sign, part, 0) for part, sign in zip(parts, signs or [1.0] * len(parts), strict=True)),
        ]
        self.sums.append((terms, reduce(and_, (~np.isnan(self.true[part]) for part in parts))))

    def derived(self) -> Iterator[str]:
        """The numbers that are found out to be 1, 2, 3 or 4 on some day."""
        for _ in range(ROUNDS):
            if not sum(self._narrow(terms, days) for terms, days in self.sums):
                break
        for name, low in self.low.items():
            true, high = self.true[name], self.high[name]
            assert not ((low > true) | (high < true)).any(), f"{name} is taken for what it is not"
            if ((low == high) & is_few(low)).any():
                yield name

    def _know(self, name: str, low: Values, high: Values) -> bool:
        """Narrows a number; NaN says nothing. Whether anything changed."""
        before = self.low[name], self.high[name]
        self.low[name], self.high[name] = np.fmax(before[0], low), np.fmin(before[1], high)
        return bool((self.low[name] > before[0]).any() or (self.high[name] < before[1]).any())

    def _narrow(self, terms: Sequence[Term], days: Flags) -> bool:
        low, high = (np.array(rows) for rows in zip(*(self._bounds(*term) for term in terms), strict=True))
        changed = False
        for at, (times, name, back) in enumerate(terms):
            others = [place for place in range(len(terms)) if place != at]
            ends = -high[others].sum(axis=0) / times, -low[others].sum(axis=0) / times
            least, most = (np.where(days, end, np.nan) for end in (ends if times > 0 else ends[::-1]))
            changed |= self._know(name, _forward(least, back), _forward(most, back))
        return changed

    def _bounds(self, times: float, name: str, back: int) -> tuple[Values, Values]:
        low, high = (times * _earlier(ends[name], back) for ends in (self.low, self.high))
        return (low, high) if times > 0 else (high, low)


def _earlier(values: Values, days: int) -> Values:
    """The values of so many days before; before the first day there was nobody."""
    return np.concatenate((np.zeros(min(days, len(values))), values[: max(len(values) - days, 0)]))


def _forward(values: Values, days: int) -> Values:
    """What was said of so many days before, on these days."""
    return np.concatenate((values[days:], np.full(min(days, len(values)), np.nan)))


def same_day(attack: Attack) -> None:
    """What adds up on a day, and from the day on which a window began."""
    for window in attack.policy.windows_days:
        _of_window(attack, window)
    active = attack.look("active_contributors", window_days=attack.policy.headline_window_days)
    classes = [attack.look(f"{one}_contributors_by_volume") for one in ("core", "regular", "casual")]
    attack.adds_up((active, 0), classes)
    _covering(attack, "work_share_people", active, {})
    steps = [attack.look("pathway_contributors", step=step) for step in STEPS]
    attack.adds_up((attack.look("active_contributors", window_days=365), 0), steps)
    for name in ("newcomer_share_ratio", "affiliation_known_ratio"):
        attack.share(name, active)
    attack.share("mentoring_coverage_ratio", attack.look("newcomers", window_days=90))


def across_days(attack: Attack) -> None:
    """Who came within a window are those who ever came, less those who had come before it."""
    for family in ("newcomers", "new_contributors"):
        ever = attack.unknown(f"ever {family}", np.full(attack.history.days, np.nan))
        for window in attack.policy.windows_days:
            came = attack.look(family, window_days=window)
            terms = [(1.0, came, 0), (-1.0, ever, 0), (1.0, ever, window)]
            attack.sums.append((terms, ~np.isnan(attack.true[came])))


def _of_window(attack: Attack, window: int) -> None:
    names = ("active", "recurring", "new", "returned", "lapsed")
    active, recurring, new, returned, lapsed = (
        attack.look(f"{name}_contributors", window_days=window) for name in names
    )
    stayed = attack.unknown(f"stayed {window}", attack.true[active] - attack.true[new] - attack.true[returned])
    attack.adds_up((active, 0), [stayed, new, returned])
    attack.adds_up((active, window), [stayed, lapsed])
    attack.part(recurring, active)
    rest = _covering(attack, "team_active_contributors", active, {"window_days": str(window)})
    if window == attack.policy.collaboration.cross_team_days:
        across = attack.look("cross_team_contributors")
        attack.part(across, active)
        if attack.policy.teams == TEAMS:
            attack.part(across, rest)


def _covering(attack: Attack, family: str, whole: str, labels: dict[str, str]) -> str:
    """Says that groups cover a number, some of whom are in several; by how much they are more."""
    keys: list[Series] = [(f"tenfold_{family}", given) for given, _ in attack.history.family(f"tenfold_{family}")]
    groups = [attack.look(family, **dict(key[1])) for key in keys if labels.items() <= dict(key[1]).items()]
    for group in groups:
        attack.part(group, whole)
    more = np.sum([attack.true[group] for group in groups], axis=0) - attack.true[whole]
    rest = attack.unknown(f"several {family} {labels}", more)
    attack.adds_up((rest, 0), [*groups, whole], [1.0] * len(groups) + [-1.0])
    return rest
