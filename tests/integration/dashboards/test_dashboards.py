"""What dashboards offer and mark, and what they may read."""

import shutil
import uuid
from datetime import UTC, timedelta

import asyncpg
import pytest

from infra.database.rebuild import rebuild_read_models
from infra.database.schemas import let_dashboards_in
from infra.monitoring.grafana.answers import rows
from infra.monitoring.grafana.board import MARKS, VARIABLES
from infra.simulate.world import TEAMS
from tests.integration.dashboards.filled import POLICY, RUST, Filled, chosen
from tests.integration.dashboards.garden import DAY

pytestmark = [
    pytest.mark.skipif(not shutil.which("promtool"), reason="Prometheus is not installed"),
    pytest.mark.asyncio(loop_scope="session"),
]


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
