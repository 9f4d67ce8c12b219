"""The series about freshness: their values on every day, from counts and facts.

Source: docs/definitions.md, "Source checks"; docs/metrics.md.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from projections.community.context import EvaluationContext
from projections.community.sources import Sources
from projections.seats.roster import ROLES
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import Series, Values, series

MOST_SOURCES = 100


OTHER = "other"


Newest = Mapping[str, Mapping[int, float]]


def known_through(context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
    """The newest day up to each that is covered, from the first contribution and the first word of roles on."""
    for of, covered, since in (
        ("contributions", context.covered.contributions, np.logical_or.accumulate(context.present)),
        ("roles", context.covered.roles, context.since(*ROLES)),
    ):
        newest = np.maximum.accumulate(np.where(covered, context.days, -1))
        told = since & (newest >= 0)
        if told.any():
            yield series("known_through_timestamp_seconds", of=of), np.where(told, newest * SECONDS_A_DAY, np.nan)


def source_series(sources: Sources, newest: Newest, first_day: int, days: int) -> Iterator[tuple[Series, Values]]:
    """Of sources; those that appeared first keep their names, from the hundred-and-first on it is `other`."""
    labels = labels_of(sources, newest)
    last: dict[str, Values] = {}
    for name, by_day in newest.items():
        one = newest_so_far(by_day, first_day, days)
        last[labels[name]] = np.fmax(last.get(labels[name], one), one)
    checked: dict[str, Values] = {}
    for name, checks in sources.checks.items():
        through = checks.through if np.isfinite(checks.through) else np.nan
        one = np.where(checks.retired(first_day, days), np.nan, through)
        checked[labels[name]] = np.fmin(checked.get(labels[name], one), one)
    for label, values in checked.items():
        yield series("source_checked_timestamp_seconds", source=label), values
    for label, values in last.items():
        yield series("source_last_event_timestamp_seconds", source=label), values


def labels_of(sources: Sources, newest: Newest) -> Mapping[str, str]:
    """The label of every source."""
    firsts = {name: min(by_day.values()) for name, by_day in newest.items()}
    for name, checks in sources.checks.items():
        heard = min(order[0].timestamp() for order, _ in checks.turns)
        firsts[name] = min(firsts.get(name, heard), heard)
    ordered = sorted(firsts, key=lambda name: (firsts[name], name))
    return {name: name if at < MOST_SOURCES else OTHER for at, name in enumerate(ordered)}


def newest_so_far(by_day: Mapping[int, float], first_day: int, days: int) -> Values:
    """For every day the newest moment up to its end; NaN before the first."""
    values = np.full(days, np.nan)
    for day, moment in by_day.items():
        if day - first_day < days:
            at = max(day - first_day, 0)
            values[at] = np.fmax(values[at], moment)
    return np.fmax.accumulate(values)
