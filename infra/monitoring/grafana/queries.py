"""What panels ask: the past of PostgreSQL, always corrected, and the present of Prometheus."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Json = dict[str, Any]

PROMETHEUS: Final = {"type": "prometheus", "uid": "${datasource}"}
POSTGRESQL: Final = {"type": "grafana-postgresql-datasource", "uid": "${history}"}
WINDOW: Final = "${window}"
"""The window that the viewer chose, in days."""

HISTORY: Final = """\
select "time", {metric} as metric, {sign}value as value
from read_live.history_day
where community = ${{community:sqlstring}} and family = '{family}'{labels} and $__timeFilter("time")
order by "time\""""
EVERY_WINDOW: Final = """\
select "time", metric, value from (
  select "time", {metric} as metric, {sign}value as value, max(day) over () - day as days_back
  from read_live.history_day
  where community = ${{community:sqlstring}} and family = '{family}'{labels} and $__timeFilter("time")
) as every_day
where days_back % ${{window}}::int = 0
order by "time\""""


@dataclass(frozen=True, slots=True)
class Past:
    """A family on every closed day, as known now.

    Attributes:
        family: without prefix.
        legend: what its line is called; `{label}` for what a label says.
        labels: what they must be; `${window}` is the viewer's choice.
        less: whether it counts downwards, as those who left do.
        every_window: one value a window, back from the newest.
        only: further words of the condition.
    """

    family: str
    legend: str
    labels: Mapping[str, str] = field(default_factory=dict)
    less: bool = False
    every_window: bool = False
    only: str = ""

    @property
    def sql(self) -> str:
        """The query, with Grafana's macros and variables in it."""
        shape = EVERY_WINDOW if self.every_window else HISTORY
        labels = "".join(f" and labels->>'{name}' = {_quoted(value)}" for name, value in self.labels.items())
        return shape.format(
            metric=f"labels->>'{self.legend[1:-1]}'" if self.legend.startswith("{") else f"'{self.legend}'",
            sign="-" if self.less else "",
            family=f"tenfold_{self.family}",
            labels=labels + self.only,
        )

    def target(self, reference: str) -> Json:
        """The query as a panel holds it."""
        return sql_target(self.sql, reference, "time_series")


@dataclass(frozen=True, slots=True)
class Told:
    """Rows of a table from PostgreSQL."""

    sql: str

    def target(self, reference: str) -> Json:
        """The query as a panel holds it."""
        return sql_target(self.sql, reference, "table")


@dataclass(frozen=True, slots=True)
class Now:
    """What Prometheus holds: at the end of the time shown, or over it.

    Attributes:
        expression: PromQL.
        legend: `{{label}}` for what a label says.
        shape: one value at the end; a table's rows at the end; a line.
    """

    expression: str
    legend: str
    shape: Literal["value", "table", "line"] = "value"

    def target(self, reference: str) -> Json:
        """The query as a panel holds it."""
        return {
            "datasource": PROMETHEUS,
            "expr": self.expression,
            "format": "table" if self.shape == "table" else "time_series",
            "instant": self.shape != "line",
            "legendFormat": self.legend,
            "range": self.shape == "line",
            "refId": reference,
        }


Query = Past | Told | Now


def live(family: str, **labels: str) -> str:
    """The number that the newest scrape brought."""
    every = {"community": "$community"} | labels
    selected = ", ".join(f'{name}="{value}"' for name, value in every.items())
    return f"tenfold_{family}{{{selected}}}"


def published(family: str, legend: str, **labels: str) -> Now:
    """A line as it was published; days of before Prometheus ran have one sample each."""
    return Now(f"last_over_time({live(family, **labels)}[26h])", legend, "line")


def sql_target(sql: str, reference: str, shape: str) -> Json:
    """A query to PostgreSQL as panels and annotations hold it."""
    return {
        "datasource": POSTGRESQL,
        "editorMode": "code",
        "format": shape,
        "rawQuery": True,
        "rawSql": sql,
        "refId": reference,
    }


def _quoted(value: str) -> str:
    return "${window:sqlstring}" if value == WINDOW else f"'{value}'"
