"""What stands around the panels: variables, links, and marks on the time line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from infra.monitoring.grafana.panels import Panel, laid_out
from infra.monitoring.grafana.queries import POSTGRESQL, PROMETHEUS, Json, sql_target

TAG: Final = "tenfold"
PAGE: Final = "${page}/communities/${community}"
TEMPORAL: Final = """\
select "time", {text} as text, '{tag}' as tags{url}
from read_live.{view}
where community = ${{community:sqlstring}} and $__timeFilter("time"){only}"""


@dataclass(frozen=True, slots=True)
class Board:
    """One dashboard.

    Attributes:
        uid: never changes: addresses hold it.
        since: the time shown at first, up to now.
        variables: by name, in the order in which they stand; see `VARIABLES`.
        marks: names of `MARKS` that are shown.
    """

    uid: str
    title: str
    description: str
    since: str
    panels: Sequence[Panel]
    variables: Sequence[str]
    marks: Sequence[str] = ()

    def as_json(self) -> Json:
        """What Grafana reads."""
        return {
            "uid": self.uid,
            "title": self.title,
            "description": self.description,
            "tags": [TAG],
            "schemaVersion": 42,
            "version": 1,
            "editable": False,
            "graphTooltip": 1,
            "timezone": "utc",
            "fiscalYearStartMonth": 0,
            "refresh": "1m",
            "time": {"from": self.since, "to": "now"},
            "timepicker": {"hidden": False, "refresh_intervals": ["30s", "1m", "5m", "15m", "1h"]},
            "links": _links(page="community" in self.variables),
            "templating": {"list": [PLAIN_VARIABLE | VARIABLES[name] for name in self.variables]},
            "annotations": {"list": [MARKS[name] for name in self.marks]},
            "panels": laid_out(self.panels),
        }


def _links(*, page: bool) -> list[Json]:
    plain = {"tags": [], "tooltip": "", "icon": "external link", "keepTime": False, "includeVars": False}
    boards = plain | {
        "title": "Tenfold",
        "type": "dashboards",
        "url": "",
        "tags": [TAG],
        "asDropdown": False,
        "keepTime": True,
        "includeVars": True,
        "targetBlank": False,
    }
    words = "The same community's own page, where each number opens into its events"
    target = {"title": "Page", "type": "link", "url": PAGE, "tooltip": words, "asDropdown": False, "targetBlank": True}
    return [boards, plain | target] if page else [boards]


def _chosen(name: str, label: str, sql: str, description: str, *, multi: bool = False, default: str = "") -> Json:
    """A variable whose values PostgreSQL knows."""
    current = {"text": "All", "value": "$__all"} if multi else {"text": default, "value": default}
    return {
        "name": name,
        "type": "query",
        "label": label,
        "description": description,
        "skipUrlSync": False,
        "datasource": POSTGRESQL,
        "query": sql,
        "definition": sql,
        "current": current,
        "refresh": 2,
        "sort": 3 if name == "window" else 1,
        "multi": multi,
        "includeAll": multi,
        "regex": "",
    }


def _source(name: str, label: str, kind: str, uid: str) -> Json:
    return {
        "name": name,
        "type": "datasource",
        "label": label,
        "skipUrlSync": False,
        "query": kind,
        "current": {"text": uid, "value": uid},
        "multi": False,
        "includeAll": False,
        "regex": "",
    }


def _of_prometheus(name: str, query: str) -> Json:
    return {
        "name": name,
        "type": "query",
        "label": name.capitalize(),
        "skipUrlSync": False,
        "datasource": PROMETHEUS,
        "query": query,
        "definition": query,
        "current": {"text": "All", "value": "$__all"},
        "refresh": 2,
        "sort": 1,
        "multi": True,
        "includeAll": True,
        "allValue": ".+",
        "regex": "",
    }


PLAIN_VARIABLE: Final = {"auto": False, "auto_count": 30, "auto_min": "10s", "allowCustomValue": True}
"""What Grafana's model has of every variable; of no use here."""
VARIABLES: Final[Mapping[str, Json]] = {
    "datasource": _source("datasource", "Data source", "prometheus", "tenfold-prometheus"),
    "history": _source("history", "History", "grafana-postgresql-datasource", "tenfold-postgresql"),
    "community": _chosen(
        "community",
        "Community",
        "select distinct community from read_live.history_day where family = 'tenfold_active_contributors' order by 1",
        "Whose numbers are shown",
    ),
    "window": _chosen(
        "window",
        "Window, days",
        "select distinct labels->>'window_days' from read_live.history_day"
        " where community = ${community:sqlstring} and family = 'tenfold_active_contributors' order by 1",
        "Over how many days activity counts; the verdict and the goal go by 90 unless the policy says otherwise",
        default="90",
    ),
    "team": _chosen(
        "team",
        "Team",
        "select distinct labels->>'team' from read_live.history_day"
        " where community = ${community:sqlstring} and family = 'tenfold_team_active_contributors' order by 1",
        "Teams that the policy lists; all others are `other`",
        multi=True,
    ),
    "job": _of_prometheus("job", 'label_values(up{job=~"tenfold.*"}, job)'),
    "instance": _of_prometheus("instance", 'label_values(up{job=~"$job"}, instance)'),
    "page": {
        "name": "page",
        "type": "constant",
        "skipUrlSync": True,
        "hide": 2,
        "query": "http://127.0.0.1:8010",
        "current": {"text": "http://127.0.0.1:8010", "value": "http://127.0.0.1:8010"},
        "multi": False,
        "includeAll": False,
        "regex": "",
    },
}
"""By name; the page is where people reach Tenfold's own pages, as `tenfold_url` in prometheus.yml."""


def _mark(name: str, colour: str, sql: str) -> Json:
    return {
        "name": name,
        "datasource": POSTGRESQL,
        "enable": True,
        "hide": False,
        "iconColor": colour,
        "builtIn": 0,
        "target": sql_target(sql, "Anno", "table"),
    }


def _recorded(name: str, kind: str, colour: str) -> Json:
    text = "what || case when url = '' then '' else ' ' || url end"
    sql = TEMPORAL.format(text=text, tag=kind, url="", view="recorded", only=f" and kind = '{kind}'")
    return _mark(name, colour, sql)


MARKS: Final[Mapping[str, Json]] = {
    "conditions": _mark(
        "Conditions",
        "orange",
        TEMPORAL.format(
            text="replace(condition, '_', ' ') || case when holds then ' began' else ' ended' end",
            tag="condition",
            url="",
            view="condition_change",
            only="",
        ),
    ),
    "goals": _recorded("Goals", "goal", "green"),
    "actions": _recorded("Actions", "action", "blue"),
    "releases": _recorded("Releases", "release", "purple"),
}
"""What is marked on the time line, by name."""
