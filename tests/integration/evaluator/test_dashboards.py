"""Every panel's query runs as Grafana would run it, and answers with the report's value."""

import asyncio
import re
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import isnan
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry, generate_latest

from events.community import ActionRecorded, EngagementHeld, ImpactNoted, RelationshipEstablished
from events.contributions import ContributionRecorded
from events.envelope import Event
from events.errors import Reason
from events.published import DayPublished, Publication, PublishedSample
from events.roles import RoleGranted
from infra import event_files, example
from infra.database import SEARCH_PATH, let_dashboards_in
from infra.grafana.__main__ import BOARDS
from infra.grafana.answers import Asked, Line, now, past, rows
from infra.grafana.board import MARKS, VARIABLES
from infra.grafana.queries import WINDOW, Now, Past, Told
from infra.local.ports import LOOPBACK, free_ports
from infra.local.prometheus import Prometheus
from infra.local.stack import LocalStack
from infra.openmetrics import END, lines
from infra.rebuild import rebuild_read_models
from infra.server import scrape
from infra.server.scrape import Operations
from infra.settings import Settings
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from infra.simulate.world import TEAMS
from projections.evaluator import Evaluator
from projections.history import History
from projections.policy import CommunityPolicy, Policy
from projections.report import FAMILIES
from streams.metrics import WorkerMetrics
from tests.integration.evaluator.conftest import Tell, teller

DAY = date(2026, 8, 22)
MIDNIGHT = datetime.combine(DAY + timedelta(days=1), time(), UTC)
UNTIL = MIDNIGHT + timedelta(seconds=60)
RUST = example.COMMUNITY
POLICY = Policy(
    communities={
        RUST: Policy.load(example.policy_file().read_text("utf-8")).community(RUST),
        "garden": CommunityPolicy(teams=TEAMS),
    }
)
DAYS_PUBLISHED = 30
SCRAPES, SECONDS_APART, PER_SCRAPE = 20, 15, 150
VALUE = re.compile(r"tenfold_(\w+)\{([^}]*)\}")

pytestmark = [
    pytest.mark.skipif(not shutil.which("promtool"), reason="Prometheus is not installed"),
    pytest.mark.asyncio(loop_scope="session"),
]


@dataclass(frozen=True, slots=True)
class Filled:
    """Both stores, filled with the same numbers, and these numbers."""

    connection: asyncpg.Connection
    prometheus: str
    histories: Mapping[str, History]
    settings: Settings


def chosen(community: str, years: int = 2) -> Asked:
    variables = {"community": community, "window": "90", "team": [*TEAMS, "other"], "job": ".+", "instance": ".+"}
    return Asked(UNTIL - timedelta(days=years * 365), UNTIL, variables)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def filled(local_stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Filled]:
    server, _, template = local_stack.settings.database_url.rpartition("/")
    name = f"dashboards_{uuid.uuid4().hex[:12]}"
    administrator = await asyncpg.connect(f"{server}/postgres")
    await administrator.execute(f"create database {name} template {template}")
    async with (
        asyncpg.create_pool(
            f"{server}/{name}", min_size=1, max_size=3, server_settings={"search_path": SEARCH_PATH}
        ) as pool,
        pool.acquire() as connection,
    ):
        histories = await evaluated(pool, await teller(connection))
        async with prometheus(tmp_path_factory.mktemp("prometheus"), histories) as address:
            await connection.execute("set timezone to 'Pacific/Auckland'")
            settings = local_stack.settings.model_copy(update={"database_url": f"{server}/{name}"})
            yield Filled(connection, address, histories, settings)
    await administrator.execute(f"drop database {name}")
    await administrator.close()


async def evaluated(pool: asyncpg.Pool, tell: Tell) -> Mapping[str, History]:
    """Both communities told and evaluated, as of the midnight after the last day."""
    for events in (list(event_files.read(example.events_file())), garden()):
        await tell(events)
    evaluator = Evaluator(pool, POLICY, lambda: UNTIL)
    while not evaluator.snapshots.keys() >= POLICY.communities.keys():
        await evaluator.tick()
    return {name: snapshot.history for name, snapshot in evaluator.snapshots.items()}


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def as_grafana(filled: Filled) -> AsyncIterator[None]:
    """With the rights of a data source."""
    await filled.connection.execute("set role tenfold_dashboards")
    yield
    await filled.connection.execute("reset role")


@asynccontextmanager
async def prometheus(folder: Path, histories: Mapping[str, History]) -> AsyncIterator[str]:
    """A real one that was given closed days, and a few scrapes of processes before the end."""
    port, nowhere = free_ports(2)
    server = Prometheus(
        folder, {"tenfold": nowhere, "tenfold-worker": nowhere}, port, nowhere, folder / "prometheus.log"
    )
    server.prepare()
    text = folder / "past.txt"
    told = [line for name, history in histories.items() for line in lines(name, newest_closed(history), FAMILIES)]
    text.write_text("".join([*told, *processes(), END]))
    command = ("promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=2160h")
    loading = await asyncio.create_subprocess_exec(*command, text, server.data, stdout=asyncio.subprocess.DEVNULL)
    assert not await loading.wait()
    child = server.child()
    process = await child.spawn()
    try:
        while not await child.ready():
            assert process.returncode is None, child.last_lines()
        yield f"http://{LOOPBACK}:{port}"
    finally:
        await child.stop(process)


def newest_closed(history: History) -> History:
    """The last month of it; the whole past would take a minute to load, and says no more here."""
    end = (DAY - history.first_day).days + 1
    first = DAY - timedelta(days=DAYS_PUBLISHED - 1)
    return History(first, {key: values[end - DAYS_PUBLISHED : end] for key, values in history.series.items()})


def processes() -> Iterator[str]:
    """What the server and two workers say, each counter up by the same with every scrape."""
    registry = CollectorRegistry()
    WorkerMetrics(registry, "0.1.0")
    operations = Operations({"version": "0.1.0"}, {("contributions", 0): 7}, {}, 0.1, UNTIL.timestamp() - 30)
    scraped = [("tenfold", scrape.operations(operations, {"garden": True}))]
    scraped += [("tenfold-worker", generate_latest(registry))] * 2
    for number, (job, told) in enumerate(scraped):
        labels = f'job="{job}",instance="{number}"'
        found = [line for line in told.decode().splitlines() if not line.startswith("#") and "_created" not in line]
        for line in [*found, "up 1", f"scrape_samples_scraped {len(found)}"]:
            yield from samples(line, labels)


def samples(line: str, labels: str) -> Iterator[str]:
    series, value = line.rsplit(" ", 1)
    name, _, rest = series.partition("{")
    counts = name.endswith(("_total", "_bucket", "_count", "_sum"))
    for back in range(SCRAPES, -1, -1):
        at = UNTIL.timestamp() - SECONDS_APART * back
        grown = float(value) + PER_SCRAPE * (SCRAPES - back) if counts else float(value)
        yield f"{name}{{{labels}{',' + rest[:-1] if rest else ''}}} {grown} {at}\n"


def garden() -> Sequence[Event]:
    """A simulated community, and of everything else a little."""
    simulated = list(Simulation(SCENARIOS[Outlook.GROWING], 1, 4, "garden", DAY, 0.1).events())
    people = sorted({str(one.subject) for one in simulated if isinstance(one, ContributionRecorded)})[:9]
    return [*simulated, *(event for month in range(14) for event in monthly(month, people))]


def monthly(month: int, people: Sequence[str]) -> Iterator[Event]:
    first = MIDNIGHT - timedelta(days=30 * month + 9)

    def event(kind: type[Event], number: str, hours: float = 0, **more: object) -> Event:
        at = first + timedelta(hours=hours)
        known = {"id": f"{kind.__name__}/{month}/{number}", "source": "hand", "community": "garden", "time": at}
        return kind.model_validate(known | more)

    for kind in ("meeting", "report", "check_in") if month > 6 else ("check_in",):
        yield event(EngagementHeld, kind, data={"kind": kind, "url": "https://example.org/told"})
    for number, answers in enumerate(people):
        author = people[number - 1] if number % 2 else f"hand:{month}-{number}"
        about = {"kind": "patch", "about": f"patch/{month}/{number}"}
        opened = event(
            ContributionRecorded, f"{number}/opened", subject=author, team="docs", data=about | {"outcome": "opened"}
        )
        yield opened
        decided = about | {"kind": "review", "outcome": "accepted", "responds_to": {"source": "hand", "id": opened.id}}
        if number > 2:
            yield event(ContributionRecorded, f"{number}/answer", 5, subject=answers, team="tools", data=decided)
    yield event(ContributionRecorded, "release", subject=people[0], data={"kind": "release"})
    sample = PublishedSample(name="tenfold_active_contributors", labels={"window_days": "90"}, value=20)
    publication = Publication(day=first.date() - timedelta(days=1), samples=(sample,), read_model_version=1, policy="-")
    yield event(DayPublished, "published", data=publication)
    if month == 13:
        yield event(RelationshipEstablished, "fern", data={"with": "fern", "nature": "shares a mailing list"})
        yield event(RoleGranted, "coordinator", subject=people[0], data={"role": "coordinator", "scope": "docs/api"})
        yield event(ImpactNoted, "story", data={"title": "It's been read", "url": "https://example.org/story"})
        action = {"about": "condition:report_overdue", "url": "https://example.org/do", "owner": people[1]}
        yield event(ActionRecorded, "action", data=action)


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


async def test_marks_stand_where_something_happened(filled: Filled) -> None:
    told = {
        name: await rows(filled.connection, mark["target"]["rawSql"], chosen("garden", 5))
        for name, mark in MARKS.items()
    }
    assert "Action about condition report overdue https://example.org/do" in {row["text"] for row in told["actions"]}
    assert len(told["releases"]) == 14
    assert {row["text"][:9] for row in told["goals"]} == {"Goal: 10 "}
    history = filled.histories["garden"]
    for row in told["conditions"]:
        words, happened = row["text"].rsplit(" ", 1)
        key = ("tenfold_condition", (("condition", words.replace(" ", "_")),))
        day = row["time"].astimezone(UTC).date()
        before, after = history.value(key, day - timedelta(days=1)), history.value(key, day)
        assert (before == 1, after == 1) == ((False, True) if happened == "began" else (True, False))
    assert told["conditions"]


async def test_variables_offer_what_there_is(filled: Filled) -> None:
    offered = {}
    for name in ("community", "window", "team"):
        found = await rows(filled.connection, VARIABLES[name]["query"], chosen("garden"))
        offered[name] = {row[0] for row in found}
    assert offered == {"community": {RUST, "garden"}, "window": {"30", "90", "365"}, "team": set(TEAMS)}


async def test_names_are_read_by_those_alone_who_may(filled: Filled) -> None:
    held = "select distinct holder from read_live.role_told where community = 'garden'"
    assert [row["holder"] for row in await filled.connection.fetch(held)] == [None]
    for secret in ("facts.other_fact", "facts.contribution_fact", "private.pseudonym"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await filled.connection.fetch(f"select from {secret}")
    await filled.connection.execute("set role tenfold_leads")
    holders = {row["holder"] for row in await filled.connection.fetch(held)}
    assert all(holder.startswith("simulated:") for holder in holders)


async def test_the_login_of_dashboards_reads_numbers_and_no_names(filled: Filled) -> None:
    url, password = filled.settings.database_url, uuid.uuid4().hex
    for _ in range(2):
        await let_dashboards_in(url, password)
    login = await asyncpg.connect(url, user="tenfold_grafana", password=password)
    assert await login.fetchval("select count(*) from read_live.history_day") > 0
    assert await login.fetchval("select count(holder) from read_live.role_told") == 0
    await login.close()


async def test_a_rebuild_leaves_dashboards_their_rights(filled: Filled) -> None:
    count = "select count(*) from read_live.history_day where community = 'garden' and day <= $1"
    before = await filled.connection.fetchval(count, DAY)
    await filled.connection.execute("reset role")
    await rebuild_read_models(filled.connection, filled.settings, POLICY)
    await filled.connection.execute("set role tenfold_dashboards")
    assert await filled.connection.fetchval(count, DAY) == before
