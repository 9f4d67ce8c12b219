"""What a community's page shows to somebody on a day, and where it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from projections.timeline.days import YEAR
from projections.timeline.history import History
from reports.leadership.scopes import Scope
from reports.report import Report
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
        return f"{there}#scope-{quote(scope.scope)}"

    @property
    def report(self) -> str:
        """The same as JSON."""
        path = f"/api/v1/communities/{quote(self.community)}/report"
        return f"{path}?{urlencode({'as_of': self.as_of})}"

    @property
    def _home(self) -> str:
        return f"/communities/{quote(self.community)}"


@dataclass(frozen=True, slots=True)
class View:
    """A community's page: the report, the numbers that its charts draw, and what is around it.

    Attributes:
        history: The numbers as whoever reads it may see them; NaN where one is hidden.
        today: The last day that can be asked for.
        opens_on: The day the page shows when nobody names one.
        meanings: Family without prefix → what it means.
        catching_up: Whether newer events wait, so that these numbers are from before.
        away: What cannot be reached now, in words.
    """

    report: Report
    history: History
    today: date
    opens_on: date
    meanings: Mapping[str, str]
    catching_up: bool = False
    away: str = ""

    @property
    def window_days(self) -> int:
        """The headline window."""
        return self.report.terms.headline_window_days

    @property
    def judge_by(self) -> str:
        """The seats that leadership is judged by."""
        return self.report.terms.judge_by
