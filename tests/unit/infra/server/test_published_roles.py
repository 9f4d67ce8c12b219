"""What everybody, and what a lead, sees behind numbers about leadership."""

import re

import httpx
import pytest

from infra.server.state import State
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History
from reports.viewer import accounts
from tests.support.made_up_community import LAST_DAY, LEAD, bearer, known

API = "/api/v1/communities/rust/explain?metric=effective_leaders&label=seats%3Dnominal"
PAGE = "/communities/rust/explain?metric=tenfold_effective_leaders&label=seats%3Dnominal"
PRIVATE = ("Ada", "Grace", "ada@", "ada-account", "12.8")


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace("\xa0", " ")


async def test_the_public_sees_accounts_shares_scopes_and_grants(client: httpx.AsyncClient) -> None:
    found = (await client.get(API)).json()
    assert found["total"] == 2
    by_account = {one["person"]: one for one in found["people"]}
    assert by_account.keys() == {"github:1", "not shown (1)"}
    assert by_account["github:1"]["share"] == 0.875
    assert by_account["github:1"]["seats"][0]["evidence"] == "https://example.org/c/2"
    assert by_account["github:1"]["account"] == "hopper", "what the account is called"
    [hers] = by_account["not shown (1)"]["seats"]
    assert (hers["scope"], hers["already_held"], "event" in hers) == ("cargo", True, False), "the id holds an address"
    assert found["scopes"][0]["leaders"] == ["github:1", "not shown (1)"]


@pytest.mark.parametrize("path", [API, PAGE, "/communities/rust", "/api/v1/communities/rust/report"])
async def test_no_name_and_no_address_reaches_the_public(client: httpx.AsyncClient, path: str) -> None:
    text = (await client.get(path)).text
    assert not [word for word in PRIVATE[:4] if word in text]


async def test_the_page_calls_leaders_by_their_accounts(client: httpx.AsyncClient) -> None:
    page = words_of((await client.get(PAGE)).text)
    assert "docs thin lacks a second person hopper 87.5 %" in page
    assert "hopper github:1, 87.5 % of leadership, 3 seats" in page


async def test_a_public_value_is_the_disclosed_one(client: httpx.AsyncClient) -> None:
    path = API.replace("effective_leaders&label=seats%3Dnominal", "contributors_per_effective_leader")
    found = (await client.get(f"{path}&as_of=2021-12-01")).json()
    assert found["value"] == 4.2
    young = (await client.get(f"{path}&as_of=2019-01-01")).json()
    assert "value" not in young


async def test_who_asks_for_one_of_several_numbers_is_told_the_choices(client: httpx.AsyncClient) -> None:
    refused = await client.get("/api/v1/communities/rust/explain?metric=departure_exposure_ratio")
    assert refused.status_code == 422
    assert "--label of=leadership" in refused.json()["detail"]


@pytest.mark.parametrize(
    "asked",
    [
        "effective_leaders&label=seats%3Dactive",
        "scopes&label=seats%3Dactive&label=strength%3Dthin",
        "leaders_without_known_work",
        "active_contributors&label=window_days%3D90",
    ],
)
async def test_what_leaders_do_is_for_those_who_may_see_people(client: httpx.AsyncClient, asked: str) -> None:
    path = f"/api/v1/communities/rust/explain?metric={asked}"
    assert (await client.get(path)).status_code == 401
    page = words_of((await client.get(path.removeprefix("/api/v1"))).text)
    assert "for the community’s lead" in page
    assert "github:1" not in page
    assert (await client.get(path, headers=bearer(LEAD))).status_code == 200


async def test_judged_by_active_seats_the_public_sees_seats_alone(
    client: httpx.AsyncClient, state: State, history: History
) -> None:
    state.communities = {"rust": known("rust", history, CommunityPolicy(judge_by="active"))}
    found = (await client.get(API)).json()
    assert not {"scopes", "because"} & found.keys()
    assert all("share" not in one for one in found["people"])
    assert [len(one["seats"]) for one in found["people"]] == [3, 1]
    report = (await client.get("/api/v1/communities/rust/report")).json()
    assert not {"scopes", "leadership_because"} & report.keys()


async def test_a_lead_sees_names_why_and_every_grant(client: httpx.AsyncClient) -> None:
    page = words_of((await client.get(PAGE, headers=bearer(LEAD))).text)
    for words in (
        "Ada email:ada@example.org, 12.5 % of leadership, 1 seat",
        "lead of cargo already held on 2021-03-01 , when records began",
        "Because 12.8 against 12.4",
        "docs thin lacks a second person Grace 87.5 %",
        "inherited from cargo",
        "https://example.org/c/2",
    ):
        assert words in page, words


async def test_leaders_come_in_pages_and_scopes_once(client: httpx.AsyncClient) -> None:
    first, second = [(await client.get(f"{API}&limit=1&offset={at}", headers=bearer(LEAD))).json() for at in (0, 1)]
    assert [one["name"] for found in (first, second) for one in found["people"]] == ["Ada", "Grace"]
    assert first["total"] == second["total"] == 2


async def test_the_page_tells_of_leadership_and_links_to_what_is_behind(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/communities/rust?as_of={LAST_DAY}")).text
    words = words_of(page)
    assert "Steady: 12.7 effective leaders for 46 contributors, was 12.3 for 40 a year ago" in words
    assert "Not covered: 2" in words
    assert "are withheld" in words
    assert "active seats" not in words.replace("Numbers over active seats", "")
    assert "#scope-infra" in page
    assert words.index("infra") < words.index("docs") < words.index("compiler"), "vacant, thin, and folded the others"


async def test_a_page_of_days_without_roles_has_nothing_of_them(client: httpx.AsyncClient) -> None:
    page = (await client.get("/communities/rust?as_of=2020-06-01")).text
    assert "eadership" not in page
    assert page.count("<svg") == 2
    chart = await client.get("/communities/rust/charts/strength.json?as_of=2020-06-01")
    assert chart.status_code == 404


def test_accounts_are_shown_and_pseudonyms_and_nothing_that_names() -> None:
    called = accounts(
        ["github:1", "email:ada@example.org", "git-name:ada", "email:~abcdefghij234567klmn", "bugzilla:7"]
    )
    assert called == {
        "github:1": "github:1",
        "bugzilla:7": "bugzilla:7",
        "email:~abcdefghij234567klmn": "email:~abcdefghij234567klmn",
        "email:ada@example.org": "not shown (1)",
        "git-name:ada": "not shown (2)",
    }
