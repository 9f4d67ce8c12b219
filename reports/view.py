"""What a community's page shows to somebody on a day, and where it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import quote, urlencode

from projections.disclosure.view import Disclosure
from projections.growth.goal import Goal
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.history import Sample, series
from reports.conditions.report import ConditionsReport as Conditions
from reports.flows import Flows
from reports.leadership.active_seats import LeadersKnown
from reports.leadership.leadership import Leadership, Scope, leadership
from reports.report import Led
from reports.stage.report import StageReport as Stage
from reports.tables import Column, Row


@dataclass(frozen=True, slots=True)
class Links:
    """Where a community's page leads to; `live` is off in a page saved as a file."""

    community: str
    as_of: date
    live: bool = True

    def chart(self, name: str) -> str:
        """A chart's specification."""
        return f"{self._home}/charts/{name}.json?{urlencode({'as_of': self.as_of})}"

    def cell(self, row: Row, column: Column) -> str:
        """What is behind a number of a table."""
        then = self.on(self.as_of - timedelta(days=YEAR)) if column.year_ago else self
        return then.explain(row.family, **row.labels, **column.labels)

    def on(self, day: date) -> "Links":
        """The same of another day."""
        return replace(self, as_of=day)

    def explain(self, family: str, **labels: str) -> str:
        """What is behind a number."""
        asked = {"metric": family, "as_of": self.as_of}
        query = [*asked.items(), *(("label", f"{name}={of}") for name, of in labels.items())]
        return f"{self._home}/explain?{urlencode(query)}"

    def scope(self, scope: Scope, seats: str) -> str:
        """A scope among those behind a number."""
        there = self.explain("tenfold_scopes", seats=seats, strength=scope.strength)
        return f"{there}#scope-{quote(scope.name)}"

    @property
    def report(self) -> str:
        """The same as JSON."""
        path = f"/api/v1/communities/{quote(self.community)}/report"
        return f"{path}?{urlencode({'as_of': self.as_of})}"

    @property
    def _home(self) -> str:
        return f"/communities/{quote(self.community)}"


@dataclass(frozen=True)
class View:
    """What a page about a community shows.

    Attributes:
        policy: Thresholds of the community.
        seen: The numbers, as this viewer may see them.
        samples: Those of the day.
        reason: Why there is no verdict, where there is none.
        led: What is to say of leadership; nothing where no role was recorded.
        goal: The goal that holds on the day, once the facts were read.
        leaders_known: How much is known of those who lead; nothing where nobody does.
        stage: Its milestones, success and risks, as this viewer may see them.
        conditions: Those in force, left lately and taken back, as this viewer may see them.
        comings: Who came and who went, and why, once the facts were read.
        year_ago: The samples of the same day a year before.
        opens_on: The day the page shows when nobody names one.
    """

    community: str
    as_of: date
    today: date
    opens_on: date
    policy: CommunityPolicy
    seen: Disclosure
    samples: Sequence[Sample]
    meanings: Mapping[str, str]
    reason: str = ""
    led: Led | None = None
    goal: Goal | None = None
    leaders_known: LeadersKnown | None = None
    stage: Stage | None = None
    conditions: Conditions | None = None
    comings: Flows | None = None
    year_ago: Sequence[Sample] = ()
    catching_up: bool = False
    failed: str = ""
    away: str = ""

    @property
    def window_days(self) -> int:
        """The headline window."""
        return self.policy.headline_window_days

    @property
    def active(self) -> float | str | None:
        """How many are active."""
        return self.seen.value(series("active_contributors", window_days=self.window_days), self.as_of)

    @cached_property
    def leadership(self) -> Leadership | None:
        """What is told of leadership."""
        return leadership(self.seen, self.as_of, self.led, self.policy, self.leaders_known, self.community)
