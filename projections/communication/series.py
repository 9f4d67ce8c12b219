"""The series about communication: their values on every day, from counts and facts.

Source: docs/definitions.md, "Other communities, communication, impact"; and "Milestones, success, risks", Practices.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from events.community import EngagementHeld, PracticeDocumented
from events.envelope import Event
from projections.communication.counts import WorkShareCounts
from projections.community.context import EvaluationContext
from projections.people.index import BASES
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import day_of
from projections.timeline.history import Series, Values, series, share_of
from projections.timeline.ranges import Ints

OTHER = "other"


SLOTS = 4


def communication_series(context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
    """All families about communication and impact; each absent until something of its kind was recorded."""
    for kind, held in by_kind(context.facts.of(EngagementHeld), context.policy).items():
        moments = newest(held, context.days)
        yield series("last_engagement_timestamp_seconds", kind=kind), moments
        cadence = context.policy.communication.cadence_days.get(kind)
        if cadence is not None:
            filled = slots_filled(held, context.days, cadence)
            yield series("engagement_slots_filled", kind=kind), np.where(np.isnan(moments), np.nan, filled)
    yield from _work_series(context)
    for practice, documented in by_practice(context.facts.of(PracticeDocumented)).items():
        yield series("practice_documented_timestamp_seconds", practice=practice), newest(documented, context.days)


def _work_series(context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
    counts = context.counts.of(WorkShareCounts)
    for kind in counts.kinds:
        parts = [counts.person_days(kind, basis) for basis in BASES]
        volume: Ints = np.sum(parts, axis=0)
        if not volume.any():
            continue
        for basis, part in zip(BASES, parts, strict=True):
            yield series("work_share_ratio", kind=kind, basis=basis), share_of(part, volume)
        yield series("work_share_people", kind=kind), np.where(volume > 0, counts.people(kind), np.nan)


def by_kind(engagements: Sequence[EngagementHeld], policy: CommunityPolicy) -> Mapping[str, Sequence[EngagementHeld]]:
    """Engagements by their label: a kind that has a cadence, or `other`."""
    found: dict[str, list[EngagementHeld]] = {}
    for one in engagements:
        found.setdefault(label_of(one, policy), []).append(one)
    return found


def label_of(engagement: EngagementHeld, policy: CommunityPolicy) -> str:
    """The metric label of an engagement."""
    kind = engagement.data.kind
    return kind if kind in policy.communication.cadence_days else OTHER


def by_practice(documented: Sequence[PracticeDocumented]) -> Mapping[str, Sequence[PracticeDocumented]]:
    """What was documented, by practice."""
    found: dict[str, list[PracticeDocumented]] = {}
    for one in documented:
        found.setdefault(one.data.practice, []).append(one)
    return found


def newest(events: Sequence[Event], days: Ints) -> Values:
    """The moment of the newest of some events, by day; NaN before the first. They come oldest first."""
    at = np.searchsorted(days_of(events), days, side="right") - 1
    moments = np.array([event.time.timestamp() for event in events])
    return np.where(at >= 0, moments[np.maximum(at, 0)], np.nan)


def slots_filled(events: Sequence[Event], days: Ints, cadence: int) -> Ints:
    """How many of the last slots, cut backwards from each day, have one of the events in them."""
    held = days_of(events)
    edges = [np.searchsorted(held, days - back * cadence, side="right") for back in range(SLOTS + 1)]
    filled: Ints = np.sum([later > earlier for later, earlier in pairwise(edges)], axis=0)
    return filled


def days_of(events: Sequence[Event]) -> Ints:
    """The day numbers of some events."""
    return np.array([day_of(event.time) for event in events], np.int64)
