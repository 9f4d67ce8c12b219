"""Every panel's query runs as Grafana would run it, and answers with the report's value."""

import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, time, timedelta
from math import isnan

import pytest

from events.errors import Reason
from infra.monitoring.grafana.__main__ import BOARDS
from infra.monitoring.grafana.answers import Asked, Line, now, past, rows
from infra.monitoring.grafana.queries import WINDOW, Now, Past, Told
from projections.timeline.history import History
from tests.integration.dashboards.filled import RUST, Filled, chosen
from tests.integration.dashboards.garden import DAY, UNTIL
from tests.integration.dashboards.processes import PER_SCRAPE, SECONDS_APART

VALUE = re.compile(r"tenfold_(\w+)\{([^}]*)\}")

pytestmark = [
    pytest.mark.skipif(not shutil.which("promtool"), reason="Prometheus is not installed"),
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_every_panel_answers_with_the_reports_value(filled: Filled) -> None:
    silent = []
    for board in BOARDS[:3]:
        for panel in board.panels:
            for query in panel.queries:
                found = [await check(filled, query, name) for name in filled.histories]
                if not any(found):
                    silent.append(f"{board.uid}: {panel.title}: {query}")
    assert not silent


async def check(filled: Filled, query: Past | Told | Now, community: str) -> bool:
    """Whether a query has an answer; it must be the one that history has."""
    asked, history = chosen(community), filled.histories[community]
    match query:
        case Past():
            answer = await past(filled.connection, query.target("A"), asked)
            assert {line.legend: points(line) for line in answer} == expected(query, history, asked)
        case Now():
            answer = await now(filled.prometheus, query.target("A"), asked)
            values = {frozenset(named(line)): line.points[-1][1] for line in answer}
            assert values == pytest.approx(of_the_day(query, history)), (query, community)
        case Told():
            return bool(await rows(filled.connection, query.sql, asked))
    return bool(answer)


def points(line: Line) -> Mapping[date, float]:
    found = {(at.astimezone(UTC) + timedelta(seconds=1)).date() - timedelta(days=1): value for at, value in line.points}
    assert len(found) == len(line.points)
    assert {at.astimezone(UTC).time() for at, _ in line.points} == {time(23, 59, 59)}
    return found


def named(line: Line) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in line.labels.items() if name not in {"__name__", "job", "community"})


def expected(query: Past, history: History, asked: Asked) -> Mapping[str, Mapping[date, float]]:
    """Every closed day's value of every series that the query is about, by legend."""
    wanted = {name: "90" if value == WINDOW else value for name, value in query.labels.items()}
    found = {}
    for labels, values in history.family(f"tenfold_{query.family}"):
        if wanted.items() <= dict(labels).items():
            legend = query.legend.format(**dict(labels)) if query.legend.startswith("{") else query.legend
            days = [history.first_day + timedelta(days=at) for at in range(len(values))]
            told = {day: float(value) for day, value in zip(days, values, strict=True) if not isnan(value)}
            shown = {day: -value if query.less else value for day, value in told.items() if since(asked) <= day <= DAY}
            every = 90 if query.every_window else 1
            line = {day: value for day, value in shown.items() if (max(shown) - day).days % every == 0}
            if line:
                assert legend not in found, "two lines of one name"
                found[legend] = line
    return found


def since(asked: Asked) -> date:
    return asked.since.date()


def of_the_day(query: Now, history: History) -> Mapping[frozenset[tuple[str, str]], float]:
    """The values that an expression has on the last closed day, by labels."""
    selected = VALUE.search(query.expression)
    assert selected
    family, wanted = selected.groups()
    asked = dict(re.findall(r'(\w+)="([^"]*)"', wanted)) | {"window_days": "90"}
    found = {}
    for labels, _ in history.family(f"tenfold_{family}"):
        value = history.value((f"tenfold_{family}", labels), DAY)
        fits = all(asked[name] == of for name, of in labels if name in asked)
        if isnan(value) or not fits or not holds(query, history, labels, value):
            continue
        if query.expression.startswith("time() - "):
            value = UNTIL.timestamp() - value
        found[frozenset(labels)] = value * 1000 if " * 1000" in query.expression else value
    return found


def holds(query: Now, history: History, labels: tuple[tuple[str, str], ...], value: float) -> bool:
    """Whether a series passes what an expression asks of it."""
    if "tenfold_condition{" in query.expression:
        return history.value(("tenfold_condition", labels), DAY) == 1
    return value == 1 or not query.expression.endswith(" == 1")


async def test_panels_about_processes_answer(filled: Filled) -> None:
    values = {}
    for panel in BOARDS[3].panels:
        for query in panel.queries:
            assert isinstance(query, Now)
            asked = Asked(UNTIL - timedelta(minutes=3), UNTIL, chosen(RUST).variables)
            for line in await now(filled.prometheus, query.target("A"), asked):
                values[panel.title, line.legend] = line.points[-1][1]
    assert values["Up", "tenfold-worker 1"] == 1
    assert values["Age of the numbers", "Since the last evaluation"] == 30
    assert values["Records that wait", "Waiting"] == values["Lag by topic", "contributions"] == 7
    assert values["Catching up", "Communities"] == 1
    assert values["Events", "Applied"] == pytest.approx(2 * PER_SCRAPE / SECONDS_APART)
    assert values["Events", f"Rejected: {next(iter(Reason)).value}"] == pytest.approx(2 * PER_SCRAPE / SECONDS_APART)
    assert values["Time to evaluate", "Evaluation"] == 0.1
    assert {panel.title for panel in BOARDS[3].panels} == {title for title, _ in values}
