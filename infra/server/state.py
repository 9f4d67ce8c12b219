"""What the server shows: the last finished evaluation of each community, and what is away."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from infra.server.auth import Viewer
from projections.community.snapshot import CommunitySnapshot
from projections.disclosure.view import Disclosure, everything, public
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import say_day
from projections.timeline.history import History
from reports.builder import report_for
from reports.explanation import Explained
from reports.inputs import ReportInputs
from reports.number_query import NumberPage
from reports.reach import opening_day
from reports.report import Report

logger = logging.getLogger(__name__)

REPORTS_KEPT = 32
"""Reports of a community that are kept for whoever asks next: a page and its five charts are one, for two viewers."""


@dataclass(frozen=True)
class ServedCommunity:
    """One community as last evaluated.

    Attributes:
        policy: Its thresholds.
        snapshot: Its facts joined to people, for explanations; None before they were read.
        catching_up: Whether newer events wait, so that these numbers are from before.
        evaluated_at: When these numbers were worked out.
        failed_since: Since when they cannot be worked out anew, where that is so.
    """

    name: str
    history: History
    policy: CommunityPolicy
    snapshot: CommunitySnapshot | None = None
    catching_up: bool = False
    evaluated_at: datetime | None = None
    failed_since: datetime | None = None
    _reports: dict[tuple[date, bool], Report] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    @cached_property
    def _public(self) -> Disclosure:
        return public(self.history, self.policy)

    def seen_by(self, viewer: Viewer) -> Disclosure:
        """The numbers, as somebody may see them."""
        return everything(self.history) if viewer.sees_people_of(self.name) else self._public

    def inputs(self, viewer: Viewer, day: date) -> ReportInputs:
        """What a report of a day is made of, as somebody may see it."""
        return ReportInputs(self.name, self.seen_by(viewer), self.history, self.policy, day, self.snapshot)

    def report(self, viewer: Viewer, day: date) -> Report:
        """The report of a day, as somebody may see it; by the name they gave nobody is called yet."""
        key = (day, viewer.sees_people_of(self.name))
        found = self._reports.get(key) or report_for(self.inputs(viewer, day))
        if len(self._reports) >= REPORTS_KEPT:
            self._reports.clear()
        self._reports[key] = found
        return found.model_copy(update={"failed": self.failed or None})

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


Explain = Callable[[NumberPage], Awaitable[Explained]]
"""Finds what is behind a number."""

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
