"""The families about conditions: what each means, and whether it holds on every day.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from projections.activity.published import Published
from projections.activity.ranges import Flags
from projections.community.known import Known
from projections.conditions.latch import since, up_to
from projections.conditions.rules import RULES, named
from projections.conditions.vacancies import Vacancies, vacancies
from projections.days import day_of
from projections.history import Sample, Series, Values, series
from projections.leadership.metrics import Seen, Swept
from projections.stage.assigned import Who
from projections.stage.assigned import named as named_in

FAMILIES: Mapping[str, str] = {
    "condition": "1 while a condition holds, 0 while it does not, as of the last closed day.",
    "condition_since_timestamp_seconds": "Since which day it has held, or has not; absent until it first changes.",
}
ABOUT = "condition:"
CONDITION = "tenfold_condition"


class Acted(NamedTuple):
    """What somebody does about a condition, from a day on (day number)."""

    condition: str
    day: int
    owner: Who
    url: str


@dataclass(frozen=True, slots=True)
class Raised:
    """What reports say of conditions beside their numbers, as of the last sweep.

    Attributes:
        first_day: day number of the first day.
        closed_through: the newest day (a day number) that has ended.
        named: condition → what it is about (scopes, sources, steps) → the days on which it holds of it.
        actions: what is done about conditions, oldest first.
        published: day number → what was published when it closed.
    """

    first_day: int
    closed_through: int
    named: Mapping[str, Mapping[str, Flags]]
    actions: Sequence[Acted]
    published: Mapping[int, Published]


@dataclass(frozen=True, slots=True)
class Grids:
    """Vacant scopes as last laid out, and of what."""

    seen: Seen
    days: int
    vacancies: Vacancies


class Conditions:
    """Judges all conditions; keeps how scopes were laid out, since most changes touch no seat."""

    def __init__(self) -> None:
        self.last: Raised | None = None
        self._grids: Grids | None = None

    def series(self, known: Known, swept: Swept | None) -> Iterator[tuple[Series, Values]]:
        """Both families on every day; what a day that is not over yet will be is not known: it is as the day before.

        Args:
            known: with everything else answered.
            swept: everything about seats; None where no role was ever recorded.
        """
        closed = known.closed_through - known.first_day + 1
        parts = named(known, self._vacancies(known, swept))
        self.last = Raised(
            known.first_day, known.closed_through, ended(parts, closed), list(acted(known)), known.published
        )
        held = {name: rule(known) for name, rule in RULES.items()}
        held |= {name: any_of(theirs, len(known.days)) for name, theirs in parts.items()}
        for name, days in held.items():
            yield series("condition", condition=name), np.nan_to_num(up_to(days.astype(np.float64), closed))
            changed = up_to(since(days, known.days), closed)
            yield series("condition_since_timestamp_seconds", condition=name), changed

    def _vacancies(self, known: Known, swept: Swept | None) -> Vacancies | None:
        if swept is None or known.roster is None:
            return None
        days = known.days
        if self._grids is None or self._grids.seen is not swept.seen or self._grids.days != len(days):
            self._grids = Grids(swept.seen, len(days), vacancies(swept, days, known.policy))
        return self._grids.vacancies


def acted(known: Known) -> Iterator[Acted]:
    """What was recorded about conditions, oldest first."""
    for fact in known.said.of("action.recorded"):
        owner = named_in(known, fact.data["owner"])
        if fact.data["about"].startswith(ABOUT) and owner:
            yield Acted(fact.data["about"].removeprefix(ABOUT), day_of(fact.time), owner, fact.data["url"])


def any_of(theirs: Mapping[str, Flags], days: int) -> Flags:
    """The days on which a condition holds of anything."""
    found: Flags = np.logical_or.reduce([np.zeros(days, bool), *theirs.values()])
    return found


def ended(parts: Mapping[str, Mapping[str, Flags]], closed: int) -> Mapping[str, Mapping[str, Flags]]:
    """What a condition holds of, as of days that have ended."""
    return {
        name: {one: up_to(days.astype(np.float64), closed) == 1 for one, days in theirs.items()}
        for name, theirs in parts.items()
    }


def unsettled(samples: Iterable[Sample]) -> list[Sample]:
    """Numbers as they are told while an import or a rebuild runs: those of before, of a history that is not settled."""
    about = {"condition": "history_unsettled"}
    return [replace(one, value=1.0) if one.name == CONDITION and one.labels == about else one for one in samples]
