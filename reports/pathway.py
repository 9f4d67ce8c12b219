"""What a report says of the contribution pathway, step by step: how many came so far, and how many of them went on.

All of it follows from the numbers that are published.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from projections.metrics.unit import Unit
from projections.pathway.conversion import CONVERTING, HORIZON_DAYS, begin_of, quarter_of
from projections.pathway.gaps import QUARTERS_BEFORE
from projections.pathway.steps import STEPS
from projections.timeline.days import date_of, number_of
from projections.timeline.history import History, series
from reports.format.values import format_value
from reports.format.words import counted

CAME: Mapping[str, str] = {
    "arrived": "arrived",
    "second_day": "came a second day",
    "sustained": "came to sustained work",
    "core": "became core",
    "leader": "came to lead",
}
"""What people did who reached a step."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """How many of the people who reached a step in a calendar quarter went on.

    Attributes:
        start: its first day.
        of: how many reached the step.
        went_on: how many of them reached the next one in time.
    """

    start: date
    of: int
    went_on: int

    @property
    def name(self) -> str:
        """As it is called: `Q1 2026`."""
        return f"Q{(self.start.month + 2) // 3} {self.start.year}"


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step on a day.

    Attributes:
        people: active within a year who came so far and no further; None where that is not defined.
        horizon_days: within how many days the next step counts; None for the last one.
        quarter: whose conversion is the newest known, as it is called: `Q1 2026`; None where there is none.
        of: how many reached the step in it.
        went_on: how many of them reached the next one in time.
        year_before: share that went on in the four quarters before, pooled, where all of them have enough people.
        median_days: that those took who went on.
        gap: whether there is one; None where that cannot be judged.
        because: the conversion in a sentence.
    """

    step: str
    people: int | None = None
    horizon_days: int | None = None
    quarter: str | None = None
    of: int | None = None
    went_on: int | None = None
    year_before: float | None = None
    median_days: float | None = None
    gap: bool | None = None
    because: str | None = None


def steps_on(history: History, day: date) -> Sequence[StepShown]:
    """Every step of which there is something to say on a day, first to last."""
    shown = (step_on(history, step, day) for step in STEPS)
    return [one for one in shown if one.people is not None or one.quarter is not None]


def step_on(history: History, step: str, day: date) -> StepShown:
    """One step on a day."""
    people = _number(history, "contributors", step, day)
    came = None if people is None else int(people)
    quarter = quarter_on(history, step, day)
    if quarter is None:
        return StepShown(step, came)
    before = year_before(history, step, quarter)
    gap = _number(history, "gap", step, day)
    return StepShown(
        step,
        came,
        HORIZON_DAYS[CONVERTING.index(step)],
        quarter.name,
        quarter.of,
        quarter.went_on,
        before,
        _number(history, "step_days_median", step, day),
        None if gap is None else bool(gap),
        sentence(step, quarter, before),
    )


def quarter_on(history: History, step: str, day: date) -> Quarter | None:
    """The quarter whose conversion is published on a day."""
    of, share = (_number(history, name, step, day) for name in ("conversion_people", "conversion_ratio"))
    began = _number(history, "quarter_start_timestamp_seconds", step, day)
    if of is None or share is None or began is None:
        return None
    return Quarter(datetime.fromtimestamp(began, UTC).date(), round(of), round(of * share))


def year_before(history: History, step: str, quarter: Quarter) -> float | None:
    """The pooled rate of the four quarters before one; None where one of them has too few people."""
    found = list(_before(history, step, quarter))
    people = sum(one.of for one in found)
    return sum(one.went_on for one in found) / people if len(found) == QUARTERS_BEFORE and people else None


def _before(history: History, step: str, quarter: Quarter) -> Iterator[Quarter]:
    """The quarters before one that were published: each was the newest on the day on which it became mature."""
    horizon = HORIZON_DAYS[CONVERTING.index(step)]
    place = int(quarter_of(np.array([number_of(quarter.start)]))[0])
    for back in range(1, QUARTERS_BEFORE + 1):
        start, end = (date_of(int(begin_of(np.array(place - back + more)))) for more in (0, 1))
        mature = date_of(number_of(end) - 1 + horizon)
        then = quarter_on(history, step, mature)
        if then is not None and then.start == start:
            yield then


def sentence(step: str, quarter: Quarter, before: float | None = None) -> str:
    """`of 48 people who arrived in Q1 2026, 6 came a second day within 30 days; the year before it was 31 %`."""
    place = CONVERTING.index(step)
    people = counted(quarter.of, "person", "people")
    went_on = format_value(quarter.went_on) if quarter.went_on else "none"
    then = "" if before is None else f"; the year before it was {format_value(before, Unit.SHARE)}"
    following, within = CAME[STEPS[place + 1]], HORIZON_DAYS[place]
    return f"of {people} who {CAME[step]} in {quarter.name}, {went_on} {following} within {within} days{then}"


def conversion_reason(history: History, family: str, labels: Mapping[str, str], day: date) -> str:
    """What a number of the pathway rests on; empty where it is about no conversion."""
    step = labels.get("step", "")
    if family == "pathway_contributors" or not family.startswith("pathway_") or step not in CONVERTING:
        return ""
    return step_on(history, step, day).because or ""


def _number(history: History, name: str, step: str, day: date) -> float | None:
    value = history.value(series(f"pathway_{name}", step=step), day)
    return None if np.isnan(value) else value
