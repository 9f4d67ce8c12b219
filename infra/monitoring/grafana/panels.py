"""How what is asked is drawn: Grafana's own kinds of panels, each with its title, its unit, and what it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from infra.monitoring.grafana.queries import POSTGRESQL, PROMETHEUS, Json, Now, Query

Kind = Literal["timeseries", "stat", "table", "state-timeline"]
NUMBER, SHARE, PLAIN, SECONDS, MOMENT, EVENTS = "short", "percentunit", "none", "s", "dateTimeAsIso", "eps"
"""Units, as Grafana calls them."""
WIDTH: Final = 24


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel.

    Attributes:
        description: what is counted, over which window.
        unit: Grafana's name of it.
        wide: of 24 columns.
        stacked: lines on top of each other.
        bars: bars instead of lines.
        names: a stat that says what its series is called, not its value.
        nothing: what stands there when there is no answer, where that says something.
        columns: of a table: what is called otherwise, or hidden (empty).
    """

    title: str
    description: str
    unit: str
    queries: Sequence[Query]
    kind: Kind = "timeseries"
    wide: int = 12
    high: int = 8
    stacked: bool = False
    bars: bool = False
    names: bool = False
    decimals: int | None = None
    nothing: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    column_units: Mapping[str, str] = field(default_factory=dict)


def laid_out(panels: Sequence[Panel]) -> list[Json]:
    """Panels from left to right, in rows."""
    across, down, tallest, found = 0, 0, 0, []
    for number, panel in enumerate(panels, start=1):
        if across + panel.wide > WIDTH:
            across, down, tallest = 0, down + tallest, 0
        place = {"x": across, "y": down, "w": panel.wide, "h": panel.high}
        found.append(_panel(panel, number, place))
        across, tallest = across + panel.wide, max(tallest, panel.high)
    return found


def _panel(panel: Panel, number: int, place: Json) -> Json:
    found = {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.description,
        "transparent": False,
        "repeatDirection": "h",
        "datasource": PROMETHEUS if isinstance(panel.queries[0], Now) else POSTGRESQL,
        "gridPos": place,
        "targets": [query.target(chr(ord("A") + at)) for at, query in enumerate(panel.queries)],
        "options": OPTIONS[panel.kind] | ({"textMode": "name"} if panel.names else {}),
        "fieldConfig": {"defaults": _defaults(panel), "overrides": _overrides(panel)},
    }
    if panel.columns:
        renamed = {old: new for old, new in panel.columns.items() if new}
        hidden = {old: True for old, new in panel.columns.items() if not new}
        order = {old: at for at, old in enumerate(renamed)}
        options = {"renameByName": renamed, "excludeByName": hidden, "indexByName": order}
        found["transformations"] = [{"id": "organize", "options": options}]
    return found


def _defaults(panel: Panel) -> Json:
    found: Json = {"unit": panel.unit, "custom": _custom(panel)}
    if panel.nothing:
        found["noValue"] = panel.nothing
    if panel.decimals is not None:
        found["decimals"] = panel.decimals
    if panel.kind == "state-timeline":
        found["mappings"] = [{"type": "value", "options": HOLDS}]
    if not found["custom"]:
        found.pop("custom")
    return found


def _custom(panel: Panel) -> Json:
    if panel.kind == "timeseries":
        return {
            "drawStyle": "bars" if panel.bars else "line",
            "fillOpacity": 60 if panel.bars or panel.stacked else 0,
            "lineWidth": 1 if panel.bars else 2,
            "showPoints": "never",
            "stacking": {"group": "A", "mode": "normal" if panel.stacked else "none"},
        }
    if panel.kind == "state-timeline":
        return {"fillOpacity": 70, "lineWidth": 0}
    return {"align": "auto", "inspect": False} if panel.kind == "table" else {}


def _overrides(panel: Panel) -> list[Json]:
    return [
        {"matcher": {"id": "byName", "options": name}, "properties": [{"id": "unit", "value": unit}]}
        for name, unit in panel.column_units.items()
    ]


HOLDS: Final = {
    "0": {"text": "does not hold", "color": "transparent", "index": 0},
    "1": {"text": "holds", "color": "orange", "index": 1},
}
LEGEND: Final = {"calcs": ["lastNotNull"], "displayMode": "list", "placement": "bottom", "showLegend": True}
OPTIONS: Final[Mapping[Kind, Json]] = {
    "timeseries": {"legend": LEGEND, "tooltip": {"mode": "multi", "sort": "none"}},
    "stat": {
        "colorMode": "none",
        "graphMode": "none",
        "justifyMode": "auto",
        "orientation": "auto",
        "percentChangeColorMode": "standard",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "showPercentChange": False,
        "textMode": "auto",
        "wideLayout": True,
    },
    "table": {
        "cellHeight": "sm",
        "footer": {"countRows": False, "reducer": [], "show": False},
        "frameIndex": 0,
        "showHeader": True,
        "showTypeIcons": False,
    },
    "state-timeline": {
        "alignValue": "left",
        "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": False},
        "mergeValues": True,
        "perPage": 20,
        "rowHeight": 0.8,
        "showValue": "never",
        "tooltip": {"mode": "single", "sort": "none"},
    },
}
