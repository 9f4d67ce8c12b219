"""`python -m infra.documents.pictures`: each dashboard as a picture, from the answers of a running stack.

Grafana draws more finely; what stands in the pictures are the same queries' answers.
"""

import argparse
import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import vl_convert

from infra.database.session import connected
from infra.local.ports import LOOPBACK
from infra.monitoring.grafana import panels as units
from infra.monitoring.grafana.__main__ import BOARDS
from infra.monitoring.grafana.answers import Asked, Line, now, past, rows
from infra.monitoring.grafana.board import Board
from infra.monitoring.grafana.panels import Panel
from infra.monitoring.grafana.queries import Now, Past, Told
from infra.settings import Settings
from projections.timeline.days import say_day
from reports.format.values import say_span

Json = dict[str, Any]
COLUMN: Final = 30
"""Points of one of the 24 columns."""
ROW: Final = 26
YEARS: Final = {"now-5y": 5, "now-3y": 3, "now-2y": 2}
MOST_ROWS: Final = 6
NARROW: Final = 4
AXIS_FORMATS: Final = {"percentunit": "%", "short": "~s", "none": "~r", "s": "~s", "eps": "~r"}
FONT: Final = "DejaVu Sans, sans-serif"


async def draw(settings: Settings, community: str, day: date, folder: Path) -> None:
    """Write a picture of every dashboard as it stands at the end of a day; `Tenfold itself` as it stands now."""
    async with connected(settings) as connection:
        for board in BOARDS:
            asked = _asked(board, community, day)
            panels = [await _drawn(panel, connection, settings, asked) for panel in board.panels]
            picture = vl_convert.vegalite_to_png(_page(board, panels), scale=1.4)
            (folder / f"dashboard-{board.uid.removeprefix('tenfold-')}.png").write_bytes(picture)


def _asked(board: Board, community: str, day: date) -> Asked:
    variables = {"community": community, "window": "90", "team": "other", "job": ".+", "instance": ".+"}
    if board.since not in YEARS:
        until = datetime.now(UTC)
        return Asked(until - timedelta(minutes=30), until, variables)
    until = datetime.combine(day + timedelta(days=1), time(0, 1), UTC)
    return Asked(until - timedelta(days=365 * YEARS[board.since]), until, variables)


async def _drawn(panel: Panel, connection: asyncpg.Connection, settings: Settings, asked: Asked) -> Json:
    match panel.kind:
        case "stat" | "table":
            lines = await _values(panel, connection, settings, asked)
            return _texts(panel, lines)
        case _:
            return _chart(panel, await _lines(panel, connection, settings, asked), asked)


async def _lines(panel: Panel, connection: asyncpg.Connection, settings: Settings, asked: Asked) -> list[Line]:
    found: list[Line] = []
    for query in panel.queries:
        target = query.target("A")
        if isinstance(query, Past):
            found += await past(connection, target, asked)
        elif isinstance(query, Now):
            found += await now(f"http://{LOOPBACK}:{settings.prometheus_port}", target, asked)
    return found


async def _values(panel: Panel, connection: asyncpg.Connection, settings: Settings, asked: Asked) -> list[str]:
    if isinstance(query := panel.queries[0], Told):
        told = await rows(connection, query.sql, asked)
        return ["  ".join([f"{row['time']:%Y-%m-%d}", row["what"], row["role"], row["scope"]]) for row in told]
    lines = await _lines(panel, connection, settings, asked)
    return [_value(panel, line) for line in sorted(lines, key=lambda line: line.legend)] or [panel.nothing or "no data"]


def _value(panel: Panel, line: Line) -> str:
    value = line.points[-1][1]
    if panel.names or (_expression(panel).endswith(" == 1") and "* 1000" not in _expression(panel)):
        return line.legend
    if "Since" in panel.columns.values():
        return f"{line.legend}: since {_day(value)}"
    said = _said(value, panel)
    return (
        said if len(panel.queries) == 1 and panel.wide < 8 and "{{" not in _legend(panel) else f"{line.legend}: {said}"
    )


def _said(value: float, panel: Panel) -> str:
    """A value in the unit of its panel."""
    match panel.unit:
        case units.SHARE:
            return f"{value:.0%}"
        case units.SECONDS:
            return say_span(value)
        case units.MOMENT:
            return _day(value)
        case _:
            return f"{value:,.{panel.decimals or 0}f}"


def _day(milliseconds: float) -> str:
    return say_day(datetime.fromtimestamp(milliseconds / 1000, UTC).date())


def _expression(panel: Panel) -> str:
    return panel.queries[0].expression if isinstance(panel.queries[0], Now) else ""


def _legend(panel: Panel) -> str:
    return panel.queries[0].legend if isinstance(panel.queries[0], Now) else ""


def _texts(panel: Panel, lines: Sequence[str]) -> Json:
    more = [f"… and {len(lines) - MOST_ROWS} more"] if len(lines) > MOST_ROWS else []
    shown = [*lines[:MOST_ROWS], *more]
    size = _narrowed(panel, 22 if len(shown) == 1 else 13)
    return _framed(
        panel,
        {
            "data": {"values": [{"row": at, "text": line} for at, line in enumerate(shown)]},
            "mark": {"type": "text", "align": "left", "x": 0, "fontSize": size, "limit": panel.wide * COLUMN},
            "encoding": {
                "y": {"field": "row", "type": "ordinal", "axis": None},
                "text": {"field": "text", "type": "nominal"},
            },
        },
    )


def _chart(panel: Panel, lines: Iterable[Line], asked: Asked) -> Json:
    values = [
        {"at": at.isoformat(), "value": value, "line": line.legend.replace("_", " ")}
        for line in lines
        for at, value in line.points
    ]
    if not values:
        return _texts(panel, ["no data"])
    if panel.kind == "state-timeline":
        return _framed(panel, _states(values, asked))
    y: Json = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "stack": "zero" if panel.stacked else None,
        "axis": {"format": AXIS_FORMATS[panel.unit], "tickCount": 5} | (_HOURS if panel.unit == "s" else {}),
    }
    mark = {"type": "bar", "size": 14} if panel.bars else {"type": "area" if panel.stacked else "line"}
    return _framed(
        panel,
        {
            "data": {"values": values},
            "mark": mark | ({"opacity": 0.7} if panel.stacked else {}),
            "encoding": {"x": _TIME, "y": y, "color": _COLOUR},
        },
    )


def _states(values: Sequence[Mapping[str, object]], asked: Asked) -> Json:
    shown = {"type": "utc", "domain": [asked.since.isoformat(), asked.until.isoformat()]}
    return {
        "data": {"values": [one for one in values if one["value"]]},
        "mark": {"type": "tick", "thickness": 2, "color": "#b35806", "orient": "vertical"},
        "encoding": {
            "x": _TIME | {"scale": shown},
            "y": {"field": "line", "type": "nominal", "title": None, "axis": {"labelLimit": 160}},
        },
    }


def _framed(panel: Panel, spec: Json) -> Json:
    return spec | {
        "title": {
            "text": panel.title,
            "anchor": "start",
            "fontSize": _narrowed(panel, 11.5),
            "offset": 10,
            "frame": "group",
        },
        "width": panel.wide * COLUMN - 90,
        "height": panel.high * ROW - 70,
    }


def _narrowed(panel: Panel, size: float) -> float:
    """The size of letters, smaller where a panel leaves less room for them."""
    return size * (0.75 if panel.wide <= NARROW else 1)


def _page(board: Board, panels: Sequence[Json]) -> Json:
    lines: list[list[Json]] = [[]]
    across = 0
    for panel, drawn in zip(board.panels, panels, strict=True):
        if across + panel.wide > 24:
            lines.append([])
            across = 0
        lines[-1].append(drawn)
        across += panel.wide
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "padding": {"left": 90, "right": 20, "top": 20, "bottom": 20},
        "title": {"text": board.title, "anchor": "start", "fontSize": 22, "offset": 16},
        "vconcat": [
            {"hconcat": line, "spacing": 90, "bounds": "flush", "resolve": {"scale": {"color": "independent"}}}
            for line in lines
        ],
        "resolve": {"scale": {"color": "independent"}},
        "config": {"font": FONT, "view": {"stroke": None}},
    }


_HOURS: Final = {"labelExpr": "datum.value >= 7200 ? round(datum.value / 3600) + ' h' : datum.value + ' s'"}
_TIME: Final = {"field": "at", "type": "temporal", "title": None, "scale": {"type": "utc"}, "axis": {"tickCount": 6}}
_COLOUR: Final = {
    "field": "line",
    "type": "nominal",
    "title": None,
    "sort": None,
    "legend": {"orient": "top", "labelLimit": 170, "columns": 2},
}


def draw_all() -> None:
    """Draw what a running stack says."""
    parser = argparse.ArgumentParser(prog="python -m infra.documents.pictures", description=__doc__)
    parser.add_argument("--community", required=True)
    parser.add_argument("--as-of", type=date.fromisoformat, required=True)
    parser.add_argument("--data", type=Path, help="the stack's data folder")
    parser.add_argument("--into", type=Path, default=Path("docs"))
    options = parser.parse_args()
    asyncio.run(draw(Settings.load(options.data), options.community, options.as_of, options.into))


if __name__ == "__main__":
    draw_all()
