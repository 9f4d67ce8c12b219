"""What is wrong with one community is shown there, told once, and stops nothing for the others."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import httpx
import numpy as np
import pytest

from events.published import DayPublished
from infra.server.app import build_app
from infra.server.auth import Access, Tokens
from infra.server.closing import Closing
from infra.server.showing import Showing
from infra.server.state import State
from projections.evaluation.catalog import HELP
from projections.evaluation.evaluator import LastEvaluation
from projections.evaluation.open_days import ClosedDay
from projections.policy.policy import Policy
from projections.timeline.history import History, series
from reports.explanation import Explained
from reports.number_query import NumberPage
from tests.support.made_up_community import Remembered

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
POLICY = Policy()


class Outlet:
    """What was published stays here."""

    def __init__(self) -> None:
        self.sent: list[DayPublished] = []

    async def send(self, event: DayPublished) -> None:
        self.sent.append(event)

    async def flush(self) -> None:
        """Everything is here."""


def history(**more: str) -> History:
    """Four people, and a number whose label is as given."""
    return History(TODAY, {series("active_contributors", window_days=90, **more): np.array([4.0])})


def evaluator_of(histories: Mapping[str, History]) -> Any:
    """As far as showing and closing ask one."""
    closed = set[tuple[str, date]]()
    days = [ClosedDay(name, TODAY, one) for name, one in histories.items()]
    return SimpleNamespace(
        snapshots={name: LastEvaluation(one, TODAY, AT) for name, one in histories.items()},
        catching_up=False,
        days_to_close=lambda: [day for day in days if (day.community, day.day) not in closed],
        closed=lambda name, day: closed.add((name, day)),
    )


async def test_a_day_that_cannot_be_published_keeps_no_other_from_closing(caplog: pytest.LogCaptureFixture) -> None:
    outlet = Outlet()
    closing = Closing(outlet)
    broken = evaluator_of({"fern": history(team="\0"), "moss": history()})
    for _ in range(3):
        await closing.close(broken, POLICY)
    assert [event.community for event in outlet.sent] == ["moss"]
    assert list(closing.faults.since) == ["fern"]
    assert len(caplog.records) == 1
    await closing.close(evaluator_of({"fern": history()}), POLICY)
    assert [event.community for event in outlet.sent] == ["moss", "fern"]
    assert not closing.faults.since


async def explain(_: NumberPage) -> Explained:
    """Nobody asks."""
    raise NotImplementedError


async def pages_of(state: State) -> Mapping[str, httpx.Response]:
    app = build_app(state, Access(Tokens("operator"), Remembered()), explain, HELP, today=lambda: TODAY)
    paths = ("/", "/communities/fern", "/communities/moss", "/api/v1/communities", "/api/v1/communities/fern/report")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server") as client:
        return {path: await client.get(path) for path in paths}


async def test_a_community_that_cannot_be_shown_stays_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    state = State(evaluated=True)
    showing = Showing(state)
    await showing.show(evaluator_of({"fern": history(), "moss": history()}), POLICY, {})
    unreadable: Any = ("tenfold_active_contributors", "no labels")
    broken = evaluator_of({"fern": History(TODAY, {unreadable: np.array([4.0])}), "moss": history()})
    for _ in range(3):
        await showing.show(broken, POLICY, {})
    assert list(state.failed) == ["fern"]
    assert len(caplog.records) == 1
    assert b'active_contributors{community="fern",window_days="90"} 4.0' in showing.numbers
    answers = await pages_of(state)
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "fern could not be worked out since" in answers["/communities/fern"].text
    assert "these numbers are from 22 Nov 2026" in answers["/"].text
    assert "could not be worked out" not in answers["/communities/moss"].text
    fern, moss = answers["/api/v1/communities"].json()["communities"]
    assert fern["failed"].startswith("could not be worked out since")
    assert "failed" not in moss
    assert answers["/api/v1/communities/fern/report"].json()["failed"] == fern["failed"]


async def test_a_community_that_was_never_worked_out_is_shown_as_that() -> None:
    state = State(evaluated=True)
    await Showing(state).show(evaluator_of({"moss": history()}), POLICY, {"fern": AT})
    answers = await pages_of(state)
    words = "could not be worked out since 22 Nov 2026; it has no numbers yet"
    assert f"fern {words}" in answers["/"].text
    assert answers["/communities/moss"].status_code == 200
    for path in ("/communities/fern", "/api/v1/communities/fern/report"):
        assert (answers[path].status_code, answers[path].headers["Retry-After"]) == (503, "5")
        assert words in answers[path].text
