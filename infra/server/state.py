"""What the server shows: the last finished evaluation of each community, and what is away."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from infra.server.auth import Viewer
from projections.activity.flows import Split, flows
from projections.activity.lapsing import Lapsing, lapsing
from projections.community.snapshot import CommunitySnapshot
from projections.disclosure.view import Disclosure, everything, public
from projections.growth.goal import Goal, Goals, held
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of, say_day
from projections.timeline.history import History
from reports.headline import opening_day
from reports.report import Led

logger = logging.getLogger(__name__)

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class ServedCommunity:
    """One community as last evaluated.

    Attributes:
        policy: Its thresholds.
        report: The documented JSON of a day, everything in it.
        reason: Why there is no verdict on a day; nothing where there is one.
        led: What is to say of leadership on a day; nothing before any role was recorded.
        snapshot: Its facts joined to people, for explanations; None before they were read.
        catching_up: Whether newer events wait, so that these numbers are from before.
        evaluated_at: When these numbers were worked out.
        failed_since: Since when they cannot be worked out anew, where that is so.
    """

    name: str
    history: History
    policy: CommunityPolicy
    report: Callable[[date], JsonObject]
    reason: Callable[[date], str]
    led: Callable[[date], Led | None]
    snapshot: CommunitySnapshot | None = None
    catching_up: bool = False
    evaluated_at: datetime | None = None
    failed_since: datetime | None = None
    _flows: dict[date, Mapping[str, Split]] = field(default_factory=dict)
    _hello: dict[date, Lapsing] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    @cached_property
    def _public(self) -> Disclosure:
        return public(self.history, self.policy)

    def seen_by(self, viewer: Viewer) -> Disclosure:
        """The numbers, as somebody may see them."""
        return everything(self.history) if viewer.sees_people_of(self.name) else self._public

    def goal(self, day: date) -> Goal | None:
        """The goal that holds on a day, once the facts were read."""
        return held(self.snapshot.of(Goals).every, number_of(day)) if self.snapshot else None

    def flows(self, day: date) -> Mapping[str, Split] | None:
        """Who came and who went, split; found once for each day."""
        if self.snapshot and day not in self._flows:
            self._flows[day] = flows(self.snapshot, number_of(day))
        return self._flows.get(day)

    def lapsing(self, day: date) -> Lapsing | None:
        """To whom a word is due; found once for each day."""
        if self.snapshot and day not in self._hello:
            self._hello[day] = lapsing(self.snapshot, number_of(day))
        return self._hello.get(day)

    @property
    def failed(self) -> str:
        """Since when it cannot be worked out, as the rest of a sentence about it; nothing where it can."""
        return could_not(self.failed_since, self.evaluated_at) if self.failed_since else ""

    def tell(self, what: str, error: Exception) -> None:
        """Logs that something of it cannot be shown, once however often somebody asks."""
        if what not in self._told:
            self._told.add(what)
            logger.error("%s failed community=%s", what, self.name, exc_info=error)

    def opens_on(self, viewer: Viewer, today: date) -> date:
        """The day shown to somebody who names none: what they may not see moves it neither."""
        return opening_day(self.seen_by(viewer).history, self.newest(today))

    def newest(self, today: date) -> date:
        """Today, or the day of the last evaluation where none was since."""
        return min(today, self.history.last_day) if self.history.days else today


def could_not(since: datetime, numbers_from: datetime | None) -> str:
    """That something could not be worked out, as the rest of a sentence about it; in days, since everybody hears it."""
    words = f"could not be worked out since {say_day(since.date())}"
    of = f"these numbers are from {say_day(numbers_from.date())}" if numbers_from else "it has no numbers yet"
    return f"{words}; {of}"


@dataclass(frozen=True, slots=True)
class NumberPage:
    """What is to be explained: a number, and which page of the people behind it."""

    community: str
    metric: str
    labels: Mapping[str, str]
    as_of: date
    offset: int
    limit: int


Explain = Callable[[NumberPage], Awaitable[JsonObject]]

Name = Callable[[str, Sequence[str]], Awaitable[Mapping[str, str]]]
"""Finds what people of a community are called, by person."""


@dataclass
class State:
    """Written by the loops, read by requests, all on one event loop.

    Attributes:
        communities: Name → last finished evaluation.
        failed: Name → since when something of it cannot be worked out; its last numbers, if any, stay.
        metrics: The finished text for /metrics.
        evaluated: Whether an evaluation ever finished.
        away: What cannot be reached now → since when.
        policy_is_followed: Whether the policy that holds is what its file says.
    """

    communities: Mapping[str, ServedCommunity] = field(default_factory=dict)
    failed: Mapping[str, datetime] = field(default_factory=dict)
    metrics: bytes = b""
    evaluated: bool = False
    away: dict[str, datetime] = field(default_factory=dict)
    policy_is_followed: Callable[[], bool] = lambda: True

    def lost(self, what: str) -> None:
        """Something outside cannot be reached; the first moment is kept."""
        self.away.setdefault(what, datetime.now(UTC))

    def found(self, what: str) -> None:
        """It can be reached (again)."""
        self.away.pop(what, None)

    @property
    def trouble(self) -> str:
        """What is away, in words; nothing when all is well."""
        return ", ".join(f"{what} is away since {at:%H:%M} UTC" for what, at in self.away.items())
