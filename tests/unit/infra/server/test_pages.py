import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import httpx
import pytest
from fastapi import FastAPI

from events.contributions import ContributionRecorded
from events.envelope import Event
from infra.server.state import ServedCommunity, State
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from tests.support.made_up_community import LAST_DAY, LEAD, OPERATOR, TODAY, bearer

PAGES = [
    "/",
    "/communities/rust",
    "/communities/rust?as_of=2024-02-29",
    "/communities/rust?as_of=2020-03-02",
    "/communities/rust?as_of=2019-01-01",
    "/communities/rust/explain?metric=tenfold_newcomers&label=window_days%3D30",
    "/sign-in",
    "/communities/nobody",
]


@pytest.mark.parametrize("path", PAGES)
async def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert response.headers["content-type"].startswith("text/html")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", response.text)
    addresses = re.findall(r"""(?:src|href|action)=["']([^"']+)""", response.text)
    assert all(address.startswith(("/", "#")) for address in addresses), addresses


@pytest.mark.parametrize("path", PAGES[:5])
async def test_pages_are_built_for_everybody(client: httpx.AsyncClient, path: str) -> None:
    page = (await client.get(path)).text
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert page.count("<table") == page.count("<caption")
    assert all("aria-label" in tag for tag in re.findall(r"<[^>]+role=\"img\"[^>]*>", page))
    assert '<html lang="en">' in page


async def test_the_first_page_gives_the_verdict_with_its_interval(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get("/")).text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert (
        "Growing: 18 % more people a month over the last year than a year before (8 to 29 %) 46 active in 90 days"
        in words.replace("\xa0", " ")
    )
    assert "Data reaches 22 Aug 2026" in words
    assert page.count("<svg") == 5, "all charts, before any script"


async def test_a_day_that_is_not_today_is_said(client: httpx.AsyncClient) -> None:
    opened = (await client.get("/communities/rust")).text
    assert f"?as_of={TODAY}" in opened, "a way to today"
    assert "No source was read after 22 Aug 2026" in opened
    assert "as known today" in (await client.get("/communities/rust?as_of=2024-02-29")).text
    today = (await client.get(f"/communities/rust?as_of={TODAY}")).text
    assert "what seems to have ended since may only not have been read yet" in today
    assert "Show 22 Aug 2026" in today


async def test_a_fault_of_ours_is_a_page_with_the_same_headers(app: FastAPI) -> None:
    @app.get("/communities/rust/broken")
    def broken() -> None:
        raise ZeroDivisionError

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8010") as client:
        response = await client.get("/communities/rust/broken")
    assert response.status_code == 500
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["cache-control"] == "no-store"
    assert "a fault of ours" in response.text


async def test_what_is_away_is_said(client: httpx.AsyncClient, state: State) -> None:
    state.lost("PostgreSQL")
    assert "PostgreSQL is away" in (await client.get("/communities/rust")).text


async def test_an_empty_server_says_what_to_do(client: httpx.AsyncClient, state: State) -> None:
    state.communities = {}
    assert "tenfold import git" in (await client.get("/")).text
    state.evaluated = False
    assert "in a moment" in (await client.get("/")).text


async def test_several_communities_are_listed(client: httpx.AsyncClient, state: State) -> None:
    state.communities = dict(state.communities) | {"other": replace(state.communities["rust"], name="other")}
    page = (await client.get("/")).text
    assert page.count('class="verdict small growing"') == 2
    assert page.count('class="verdict small steady"') == 2
    assert page.index("/communities/other") < page.index("/communities/rust")


async def test_the_script_finds_its_specifications(client: httpx.AsyncClient) -> None:
    page = (await client.get("/communities/rust")).text
    addresses = re.findall(r'data-chart="([^"]+)"', page)
    assert len(addresses) == 5
    for address in addresses:
        assert (await client.get(address)).json()["data"]["values"][-1]["day"] <= str(LAST_DAY)
    missing = await client.get("/communities/rust/charts/secret.json")
    assert missing.status_code == 404


async def test_files_are_served_packed_and_kept(client: httpx.AsyncClient) -> None:
    page = (await client.get("/communities/rust")).text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        response = await client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["content-encoding"] == "gzip"
        plain = await client.get(address, headers={"Accept-Encoding": "identity"})
        assert plain.content == response.content
    assert (await client.get("/static/style.css")).status_code == 404


async def test_people_stand_only_behind_the_leads_token(client: httpx.AsyncClient) -> None:
    path = "/communities/rust/explain?metric=tenfold_active_contributors&label=window_days%3D90"
    public = (await client.get(path)).text
    assert "Ada" not in public
    assert "Sign in" in public
    assert "count on the days" not in public
    lead = (await client.get(path, headers=bearer(LEAD))).text
    assert "Ada" in lead
    assert "48 commits of git:x that landed on 1 Aug 2026 count on the days on which they were committed" in lead
    assert 'rel="next"' in lead
    assert "offset=50" in lead


@pytest.mark.parametrize("as_of", [date(2026, 11, 23), "soon"])
async def test_a_wrong_day_is_a_page_that_says_so(client: httpx.AsyncClient, as_of: object) -> None:
    response = await client.get(f"/communities/rust?as_of={as_of}")
    assert response.status_code == 422
    assert "as_of" in response.text


async def test_who_came_who_went_and_whom_to_greet(client: httpx.AsyncClient, state: State) -> None:
    events: list[Event] = [
        commit(f"github:{who}", TODAY - timedelta(days=back)) for who, back in ((1, 20), (2, 85), (3, 100))
    ]
    community = community_of(events, CommunityPolicy(), "moss")
    history = community.history(TODAY)
    state.communities = {"moss": ServedCommunity("moss", history, CommunityPolicy(), community.snapshot)}
    public = (await client.get("/")).text
    assert "Say hello" in public
    assert "github:" not in public
    lead = (await client.get("/", headers=bearer(OPERATOR))).text
    assert "<summary>Active when the window began and no longer (1 person)</summary>" in lead
    assert "github:2" in lead
    assert "github:3" in lead
    assert "New, by volume" not in lead, "too few for an onion"
    assert f"metric=tenfold_lapsed_contributors&amp;as_of={TODAY}&amp;label=window_days%3D90" in lead


def commit(who: str, day: date) -> ContributionRecorded:
    about = {"id": f"{who}-{day}", "source": "g", "community": "moss", "subject": who, "data": {"kind": "commit"}}
    moment = datetime.combine(day, datetime.min.time(), UTC)
    return ContributionRecorded.model_validate(about | {"time": moment})
