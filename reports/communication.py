"""What a report says of communication: what was last held, and how the practices stand that the leads documented."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np
from pydantic import Field

from events.community import EngagementHeld, PracticeDocumented, PracticeTargets
from projections.communication.inputs import CommunicationInputs
from projections.communication.series import SLOTS, slots_filled
from projections.facts.fact import up_to
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import date_of, day_of, number_of

QUARTER_DAYS = 90


@dataclass(frozen=True, slots=True)
class EngagementShown:
    """The last engagement of a kind.

    Attributes:
        with_: whom it was held with, where that was said.
        cadence_days: how often the policy expects one; None where it says nothing.
        slots_filled: of the last slots of the cadence, how many have one in them.
    """

    kind: str
    last: date
    url: str | None = None
    with_: Annotated[str | None, Field(serialization_alias="with")] = None
    cadence_days: int | None = None
    slots_filled: int | None = None
    slots: int = SLOTS


@dataclass(frozen=True, slots=True)
class Target:
    """What a plan promises, beside what happened in the days up to the report's.

    Attributes:
        of: `newcomers` or `leaders`.
        happened: None where nothing is known of it, "<5" where few did and whoever reads it may not see how many.
    """

    of: str
    wanted: int
    happened: int | str | None = None
    days: int = QUARTER_DAYS


@dataclass(frozen=True, slots=True)
class PracticeShown:
    """A practice as last documented.

    Attributes:
        is_stale: documented too long ago, or past the day on which it was to be looked at again.
    """

    practice: str
    url: str
    documented: date
    age_days: int
    review_by: date | None = None
    is_stale: bool = False
    targets: Sequence[Target] = ()


@dataclass(frozen=True, slots=True)
class StoryShown:
    """A story about what the work brought."""

    title: str
    url: str
    noted: date


def engagements(told: CommunicationInputs, policy: CommunityPolicy, day: int) -> Sequence[EngagementShown]:
    """The last of each kind by the end of a day, by kind."""
    by_kind: dict[str, list[EngagementHeld]] = {}
    for one in up_to(told.engagements, day):
        by_kind.setdefault(one.data.kind, []).append(one)
    return [engagement(held, policy, day) for _, held in sorted(by_kind.items())]


def engagement(held: Sequence[EngagementHeld], policy: CommunityPolicy, day: int) -> EngagementShown:
    """The last of some engagements of one kind."""
    last, told = held[-1].time, held[-1].data
    cadence = policy.communication.cadence_days.get(told.kind)
    filled = None if cadence is None else int(slots_filled(held, np.array([day]), cadence)[0])
    return EngagementShown(told.kind, date_of(day_of(last)), told.url, told.with_, cadence, filled)


def practices(
    told: CommunicationInputs, policy: CommunityPolicy, day: int, happened: Mapping[str, tuple[int | None, int]]
) -> Sequence[PracticeShown]:
    """Each practice as documented by the end of a day, by name; `happened` is people and days by what is promised."""
    newest = {one.data.practice: one for one in up_to(told.practices, day)}
    return [practice(one, policy, day, happened) for _, one in sorted(newest.items())]


def practice(
    event: PracticeDocumented, policy: CommunityPolicy, day: int, happened: Mapping[str, tuple[int | None, int]]
) -> PracticeShown:
    """One practice."""
    told, documented = event.data, day_of(event.time)
    is_overdue = told.review_by is not None and number_of(told.review_by) < day
    return PracticeShown(
        told.practice,
        told.url,
        date_of(documented),
        day - documented,
        told.review_by,
        day - documented > policy.communication.practice_stale_days or is_overdue,
        list(targets(told.targets or PracticeTargets(), happened)),
    )


def targets(promised: PracticeTargets, happened: Mapping[str, tuple[int | None, int]]) -> Iterator[Target]:
    """What is promised, beside what happened."""
    for of, wanted in (("newcomers", promised.newcomers_per_quarter), ("leaders", promised.leaders_per_half_year)):
        if wanted is not None:
            yield Target(of, wanted, *happened[of])


def stories(told: CommunicationInputs, day: int) -> Sequence[StoryShown]:
    """The stories that were noted by the end of a day, newest first."""
    noted = reversed(up_to(told.stories, day))
    return [StoryShown(one.data.title, one.data.url, date_of(day_of(one.time))) for one in noted]
