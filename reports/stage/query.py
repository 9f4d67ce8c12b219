"""The stage asked about on one day, by somebody who may see all numbers or only some."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import numpy as np

from projections.leadership.verdict import VERDICTS
from projections.policy.policy import CommunityPolicy
from projections.stage.assigned import Assignee
from projections.stage.evaluation import StageEvaluation
from projections.timeline.days import number_of, say_day
from projections.timeline.history import History, Series, Values, series

Number = float | str | None
"""What somebody sees of a number: itself, "<5", or nothing."""


NOT_SHOWN, NOT_KNOWN = "not shown", "unknown"


class Shown(Protocol):
    """What somebody may see."""

    @property
    def hides(self) -> bool:
        """Whether anything may be hidden at all."""

    def value(self, key: Series, day: date) -> Number:
        """A number of a day."""

    def people(self, count: float) -> Number:
        """A number of people, or of what single people did, that is no series."""

    def source(self, name: str) -> str:
        """What a source is called."""

    def named(self, who: Assignee) -> str | None:
        """What somebody is called; None where they are not shown."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All numbers, for who may see them."""

    history: History
    hides: bool = False

    def value(self, key: Series, day: date) -> Number:
        """A number of a day."""
        value = self.history.value(key, day)
        return None if np.isnan(value) else value

    def people(self, count: float) -> Number:
        """A number of people as it is."""
        return count

    def source(self, name: str) -> str:
        """By its name."""
        return name

    def named(self, who: Assignee) -> str | None:
        """As they were named."""
        return who.given


@dataclass(frozen=True, slots=True)
class StageQuery:
    """A question about a day.

    Attributes:
        seen: what there is to say beside the series; None before the facts were read.
    """

    shown: Shown
    seen: StageEvaluation | None
    policy: CommunityPolicy
    day: date

    def number(self, name: str, back: int = 0, **labels: str | int) -> Number:
        """A number of the day, or of one so many days before."""
        return self.shown.value(series(name, **labels), self.before(back))

    def at(self, values: Values) -> float:
        """A value of the day beside the series; NaN where there is none."""
        at = number_of(self.day) - (self.seen.first_day if self.seen else 0)
        return float(values[at]) if self.seen and 0 <= at < len(values) else np.nan

    def before(self, days: int) -> date:
        """The day so many days before."""
        return self.day - timedelta(days=days)

    @property
    def knows_roles(self) -> bool:
        """Whether anything was recorded of roles by the day."""
        return any(self.number("leadership_verdict", verdict=one) is not None for one in VERDICTS)

    def state(self, family: str, states: tuple[str, ...], **labels: str) -> str:
        """The state that holds; the last of them, `unknown`, where none was worked out."""
        held = (one for one in states if self.number(family, 0, state=one, **labels) == 1)
        return next(held, states[-1])


def some(count: Number, one: str, many: str) -> str:
    """So many of something: `3 people`, `1 person`, `fewer than 5 people`, `no people` where there are none."""
    if isinstance(count, str):
        return f"fewer than 5 {many}"
    return f"{count or 0:,.0f} {one if count == 1 else many}" if count else f"no {many}"


def people(count: Number, do: str, does: str | None = None) -> str:
    """So many people do something: `3 people lead`, `1 person leads`, `nobody leads`."""
    if count == 0:
        return f"nobody {does or do}"
    return f"{some(count, 'person', 'people')} {(does or do) if count == 1 else do}"


def per_cent(ratio: Number) -> str:
    """A share as it reads."""
    return f"{ratio * 100:.0f} %" if isinstance(ratio, float) else NOT_SHOWN


def said_moment(seconds: float) -> str:
    """The day of a moment as it reads."""
    return say_day(datetime.fromtimestamp(seconds, UTC).date())


def told_to(shown: Shown, words: str) -> str:
    """Words as somebody reads them: from who may see all nothing is hidden, so what they do not see is not known."""
    return words if shown.hides else words.replace(NOT_SHOWN, NOT_KNOWN)


def sentence(*parts: str) -> str:
    """Parts as sentences, those that say something."""
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts if part)
