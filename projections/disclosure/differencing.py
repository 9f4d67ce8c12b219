"""Which counts of people give others by subtraction, and which of them are hidden for it.

Who came and who went adds up to who is active; so do classes of volume; teams and kinds of work cover the active; and
of a part that is shown, those who are not in it are the rest of a number that is shown, too.

Source: docs/privacy.md; docs/definitions.md, "Activity", growth identity.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from projections.disclosure.complementary import covering, withheld
from projections.disclosure.threshold import few_is_sayable, is_few
from projections.disclosure.true_numbers import TrueNumbers
from projections.evaluation.catalog import FAMILIES
from projections.metrics.privacy import Sum
from projections.timeline.history import Series, Values, earlier, series
from projections.timeline.ranges import Flags

Hidden = tuple[Series, Flags, Flags]
"""A series, the days on which it is hidden, and those of them on which it is said to be from 1 to 4."""

FLOWS: Mapping[str, float] = {"lapsed": -1.0, "returned": 1.0, "new": 1.0}
CLASSES = ("casual", "regular", "core")
"""Parts of a sum with their signs, or with one: those first in line are hidden first."""


def of_flows(numbers: TrueNumbers) -> Iterator[Hidden]:
    """New, returned and lapsed: active then and now follow from them, and so do those who stayed.

    Who is new is hidden last, and makes up for nothing: that number follows from those of other windows and days.
    """
    for labels, end in numbers.history.family("tenfold_active_contributors"):
        window = int(dict(labels)["window_days"])
        keys = [series(f"{flow}_contributors", window_days=window) for flow in FLOWS]
        people = np.array([numbers.values(key) for key in keys])
        lapsed, returned, new = people
        start = np.nan_to_num(earlier(end, window))
        stayed = start - lapsed
        hidden, said = _parts(people, list(FLOWS.values()))
        alone = hidden.all(axis=0) & ~said.any(axis=0)
        for sum_of in ((stayed, returned, new), (stayed, lapsed)):
            parts, named = _parts(np.array(sum_of), [1.0] * len(sum_of))
            alone |= parts.any(axis=0) & ~named.any(axis=0)
        alone |= is_few(start) | is_few(end) | is_few(stayed) | (is_few(lapsed) & is_few(returned))
        yield from zip(keys, hidden | alone, said & ~alone, strict=True)


def of_classes(numbers: TrueNumbers) -> Iterator[Hidden]:
    """Core, regular and casual add up to the active."""
    keys = [series(f"{one}_contributors_by_volume") for one in CLASSES]
    yield from zip(keys, *_parts(np.array([numbers.values(key) for key in keys]), [1.0] * len(keys)), strict=True)


def of_teams(numbers: TrueNumbers) -> Iterator[Hidden]:
    """The teams cover the active, where all are listed; who works across them is then counted more than once."""
    across = numbers.values(series("cross_team_contributors"))
    for labels, active in numbers.history.family("tenfold_active_contributors"):
        window = dict(labels)["window_days"]
        keys = _keys(numbers, "tenfold_team_active_contributors", window_days=window)
        counted = int(window) == numbers.policy.collaboration.cross_team_days
        yield from _covering(numbers, keys, active, across if counted else None)


def of_kinds(numbers: TrueNumbers) -> Iterator[Hidden]:
    """The kinds of active work cover the active."""
    active = numbers.active_now()
    keys = _keys(numbers, "tenfold_work_share_people")
    yield from _covering(numbers, keys, active)


def of_rests(numbers: TrueNumbers) -> Iterator[Hidden]:
    """Of a shown part of the active the rest is as good as shown."""
    parts = [family.metric for family in FAMILIES.values() if family.privacy.adds_up is Sum.REST]
    for key in (key for metric in parts for key in _keys(numbers, metric)):
        window = int(dict(key[1]).get("window_days", numbers.policy.collaboration.cross_team_days))
        people, active = numbers.values(key), numbers.active(window)
        yield key, is_few(people) | is_few(active - people), is_few(people) & few_is_sayable(active)


SUMS: Mapping[Sum, Callable[[TrueNumbers], Iterator[Hidden]]] = {
    Sum.FLOWS: of_flows,
    Sum.CLASSES: of_classes,
    Sum.TEAMS: of_teams,
    Sum.KINDS: of_kinds,
    Sum.REST: of_rests,
}
"""What counts of people add up to → which of them are hidden for it."""


def hidden_by_sums(numbers: TrueNumbers) -> tuple[dict[Series, Flags], dict[Series, Flags]]:
    """The days on which each series is hidden since others would give it away, and on which it is said to be few."""
    hidden: dict[Series, Flags] = {}
    said: dict[Series, Flags] = {}
    for parts in SUMS.values():
        for key, flags, named in parts(numbers):
            if key in numbers.history.series:
                hidden[key], said[key] = flags, named
    return hidden, said


def _parts(people: Values, signs: Sequence[float]) -> tuple[Flags, Flags]:
    return withheld(people, is_few(people), np.array(signs))


def _covering(
    numbers: TrueNumbers, keys: Sequence[Series], whole: Values, several: Values | None = None
) -> Iterator[Hidden]:
    """Groups that cover a number, and how many people are in several of them, where that is told.

    By how much the groups are more than that says who is in three of them.
    """
    if not keys:
        return
    groups = np.array([numbers.values(key) for key in keys])
    rest = np.nansum(groups, axis=0) - whole
    few = np.zeros(rest.shape, bool) if several is None else is_few(several) | is_few(rest - several)
    hidden, said = covering(np.nan_to_num(groups), whole - groups, rest, few)
    yield from zip(keys, hidden, said, strict=True)


def _keys(numbers: TrueNumbers, family: str, **labels: str) -> list[Series]:
    return [(family, given) for given, _ in numbers.history.family(family) if labels.items() <= dict(given).items()]
