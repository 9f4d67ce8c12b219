"""What everybody reads of sources, and at which hours something happened: nothing, wherever they look."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from infra.server.served import known
from infra.server.state import State
from projections.disclosure.sources import titles_of
from projections.disclosure.view import public
from projections.evaluation.catalog import FAMILIES
from projections.evaluation.evaluator import LastEvaluation
from projections.policy.policy import CommunityPolicy, SourcePolicy
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import series
from tests.support.lone import CROWDED_DAYS, DAYS, LAST, LONE_DAYS, SOURCE, lone
from tests.support.made_up_community import LEAD, bearer, client_from, made_up_history

LATE = LAST + timedelta(days=10)
EXPLAINED = "/communities/rust/explain"
HOUR = re.compile(r"\dT\d\d:\d\d|\d\d:\d\d UTC")
GRACE_DAYS = 2
"""For so long after a check a source that is read daily is not overdue, by whole days."""
TITLE = "Ada’s & Co"


def state_of(title: str | None, read_days: int = DAYS) -> State:
    policy = CommunityPolicy(sources={SOURCE: SourcePolicy(cadence_days=1, title=title)})
    community = lone(policy, read_days=read_days)
    moment = datetime(2025, 11, 5, tzinfo=UTC)
    last = LastEvaluation(community.history(LATE, LATE), LATE, moment, community.snapshot)
    return State({"rust": known("rust", last, policy, catching_up=False)}, evaluated=True)


@pytest.fixture(params=[None, TITLE])
async def browser(request: pytest.FixtureRequest, app: FastAPI, state: State) -> AsyncIterator[httpx.AsyncClient]:
    state.communities = state_of(request.param).communities
    async with client_from(app, "203.0.113.9") as client:
        yield client


def pages() -> Iterator[str]:
    """Everything that somebody without a token may open."""
    yield from ("/", "/api/v1/communities", "/readyz")
    for day in (LAST, LATE):
        yield from (f"/communities/rust?as_of={day}", f"/api/v1/communities/rust/report?as_of={day}")
        for family in FAMILIES:
            yield f"{EXPLAINED}?metric={family}&as_of={day}"
    yield f"{EXPLAINED}?metric=condition&label=condition%3Dsource_unchecked&as_of={LATE}"
    yield from (f"/api/v1/communities/rust/history?family={family}" for family in FAMILIES)
    yield from (f"/communities/rust/charts/{chart}.json" for chart in ("growth", "weekly"))


async def test_no_source_is_named_and_no_hour_is_told_to_everybody(browser: httpx.AsyncClient) -> None:
    opened = 0
    for path in pages():
        response = await browser.get(path)
        said = unescape(response.text)
        assert not [word for word in ("ada@", "/home", "laptop", "private") if word in said], path
        assert not HOUR.search(said), path
        opened += response.status_code == 200
    assert opened > 2 * len(FAMILIES)


async def test_it_is_called_by_its_title_or_by_a_number(browser: httpx.AsyncClient, state: State) -> None:
    title = state.communities["rust"].policy.source_titles.get(SOURCE, "source 1")
    page = unescape((await browser.get(f"/communities/rust?as_of={LAST}")).text)
    assert f"<b>{title}</b> read through 26 Oct 2025" in page
    in_force = (await browser.get(f"/api/v1/communities/rust/report?as_of={LATE}")).json()["conditions"]["in_force"]
    assert {one["condition"]: one["of"] for one in in_force}["source_unchecked"] == [title]


async def test_its_lead_reads_its_name(browser: httpx.AsyncClient) -> None:
    for path in (f"/communities/rust?as_of={LATE}", f"/api/v1/communities/rust/report?as_of={LATE}"):
        assert SOURCE in unescape((await browser.get(path, headers=bearer(LEAD))).text)


async def test_a_name_that_somebody_guesses_is_not_confirmed(browser: httpx.AsyncClient) -> None:
    for api in ("", "/api/v1"):
        asked = [
            await browser.get(
                f"{api}{EXPLAINED}", params={"metric": "source_checked_timestamp_seconds", "label": f"source={name}"}
            )
            for name in (SOURCE, "guessed")
        ]
        assert [one.status_code for one in asked] == [404, 404]


async def test_all_times_of_everybody_are_days(browser: httpx.AsyncClient) -> None:
    for path in (f"report?as_of={LAST}", f"report?as_of={LATE}"):
        samples: list[dict[str, Any]] = (await browser.get(f"/api/v1/communities/rust/{path}")).json()["samples"]
        moments = [one["value"] for one in samples if one["name"].endswith("_timestamp_seconds")]
        assert moments
        assert all(moment % SECONDS_A_DAY == 0 for moment in moments)


async def test_where_a_page_opens_says_nothing_of_when_somebody_alone_worked(
    client: httpx.AsyncClient, state: State
) -> None:
    """Nobody reads the source any more: its lead's page opens on the last day known, everybody's on the last check."""
    state.communities = state_of(None, read_days=CROWDED_DAYS).communities
    for headers, opens in (
        (bearer(LEAD), LAST - timedelta(days=LONE_DAYS - GRACE_DAYS)),
        ({}, LAST - timedelta(days=LONE_DAYS)),
    ):
        [one] = (await client.get("/api/v1/communities", headers=headers)).json()["communities"]
        assert one["as_of"] == str(opens)


def test_numbers_are_in_the_order_in_which_sources_were_first_heard() -> None:
    history = made_up_history()
    moments = history.series[series("source_last_event_timestamp_seconds", source="git:rust-lang/cargo")]
    late = moments.copy()
    late[:100] = float("nan")
    added = {series("source_last_event_timestamp_seconds", source="a:late"): late}
    added[series("source_checked_timestamp_seconds", source="a:never heard")] = moments
    both = type(history)(history.first_day, {**history.series, **added})
    called = titles_of(both, {"a:late": "Late"})
    assert called == {
        "other": "other",
        "a:late": "Late",
        "git:rust-lang/cargo": "source 1",
        "a:never heard": "source 2",
    }


def test_sources_of_one_title_are_read_as_far_as_the_oldest() -> None:
    history = made_up_history()
    key = series("source_checked_timestamp_seconds", source="git:rust-lang/cargo")
    old = history.series[key] - 3 * SECONDS_A_DAY
    both = type(history)(history.first_day, {**history.series, series(key[0][8:], source="git:old"): old})
    seen = public(
        both, CommunityPolicy(sources=dict.fromkeys(("git:rust-lang/cargo", "git:old"), SourcePolicy(title="Cargo")))
    )
    read = seen.history.value(series(key[0][8:], source="Cargo"), history.last_day)
    assert read == old[-1] // SECONDS_A_DAY * SECONDS_A_DAY
