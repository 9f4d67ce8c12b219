"""Who may call what, with which token."""

import httpx
import pytest

from infra.server.state import ServedCommunity, State
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from reports.report import Report
from tests.oracle.writing import contribution
from tests.support.made_up_community import LEAD, OPERATOR, OTHER_LEAD, SCRAPER, bearer

REPORT = "/api/v1/communities/rust/report"
EXPLAIN = "/api/v1/communities/rust/explain?metric=active_contributors&label=window_days%3D90"
ROLES = "/api/v1/communities/rust/explain?metric=effective_leaders&label=seats%3Dnominal"
WITHOUT_WORK = "/api/v1/communities/rust/explain?metric=leaders_without_known_work"
HISTORY = "/api/v1/communities/rust/history?family=active_contributors"
WRONG = "no-token-of-anybody"


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        (REPORT, None, 200),
        (REPORT, LEAD, 200),
        (REPORT, OTHER_LEAD, 200),
        (REPORT, OPERATOR, 200),
        (REPORT, WRONG, 401),
        (HISTORY, None, 200),
        (HISTORY, WRONG, 401),
        (EXPLAIN, None, 401),
        (EXPLAIN, WRONG, 401),
        (EXPLAIN, OTHER_LEAD, 403),
        (EXPLAIN, LEAD, 200),
        (EXPLAIN, OPERATOR, 200),
        (EXPLAIN.replace("rust", "unknown"), OPERATOR, 404),
        (ROLES, None, 200),
        (ROLES, OTHER_LEAD, 200),
        (ROLES, WRONG, 401),
        (ROLES.replace("nominal", "active"), None, 401),
        (ROLES.replace("nominal", "active"), LEAD, 200),
        (WITHOUT_WORK, None, 401),
        (WITHOUT_WORK, OTHER_LEAD, 403),
        (WITHOUT_WORK, LEAD, 200),
        ("/metrics", None, 401),
        ("/metrics", LEAD, 403),
        ("/metrics", OPERATOR, 200),
        ("/metrics", SCRAPER, 200),
        ("/metrics", WRONG, 401),
        (REPORT, SCRAPER, 401),
        (EXPLAIN, SCRAPER, 401),
        ("/healthz", None, 200),
        ("/readyz", None, 200),
        ("/communities/rust", None, 200),
    ],
)
async def test_who_may_call_what(client: httpx.AsyncClient, path: str, token: str | None, status: int) -> None:
    response = await client.get(path, headers=bearer(token) if token else {})
    assert response.status_code == status
    if status >= 400:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["status"] == status
        assert ("www-authenticate" in response.headers) == (status == 401)


async def test_only_the_communitys_lead_and_operators_see_its_small_numbers(
    client: httpx.AsyncClient,
) -> None:
    key = {"name": "tenfold_contributor_absence_factor", "labels": {"community": "rust"}}
    for token, value in ((None, "<5"), (OTHER_LEAD, "<5"), (LEAD, 3.0), (OPERATOR, 3.0)):
        response = await client.get(REPORT, headers=bearer(token) if token else {})
        assert key | {"value": value} in response.json()["samples"]


FOR_LEADS = {
    "looks_like_machines",
    "unmapped_kinds",
    "cohorts",
    "flows",
    "say_hello",
    "active_by_basis",
    "elephant_factor_bounds",
}
FOR_EVERYBODY = {
    *("community", "as_of", "hides", "terms", "headline", "verdict", "reason", "last_event", "failed"),
    *("samples", "year_ago", "tells_of_active", "freshness", "attention", "goal", "who_came_and_went", "since"),
    *("leadership_verdict", "leadership_because", "leadership", "scopes", "names"),
    *("milestones", "success", "risks", "conditions", "pathway", "mentoring_outcome"),
    *("bridges", "relationships", "engagements", "practices", "impact", "stories"),
}


def test_of_every_part_of_a_report_it_is_said_who_reads_it() -> None:
    assert set(Report.model_fields) == FOR_LEADS | FOR_EVERYBODY
    assert not FOR_LEADS & FOR_EVERYBODY


async def test_the_public_sees_only_named_parts_of_a_report(client: httpx.AsyncClient, state: State) -> None:
    history, policy = state.communities["rust"].history, CommunityPolicy()
    community = community_of([contribution("github:1", "2026-08-01")], policy, "rust")
    state.communities = {"rust": ServedCommunity("rust", history, policy, community.snapshot)}
    lead = (await client.get(REPORT, headers=bearer(LEAD))).json()
    assert lead.keys() >= FOR_LEADS - {"elephant_factor_bounds"}
    assert (await client.get(REPORT)).json().keys() <= FOR_EVERYBODY


async def test_the_public_reads_days_and_accounts(client: httpx.AsyncClient) -> None:
    public = (await client.get(REPORT)).json()
    assert public["last_event"] == "2026-08-22", "a day, and no hour"
    assert public["scopes"][0]["leaders"] == ["github:1", "not shown (1)"], "an account, and no address"


async def test_other_schemes_than_bearer_open_nothing(client: httpx.AsyncClient) -> None:
    response = await client.get(REPORT, headers={"Authorization": f"Basic {OPERATOR}"})
    assert response.status_code == 401


async def test_an_empty_token_is_nobodys(client: httpx.AsyncClient) -> None:
    response = await client.get(REPORT, headers={"Authorization": "Bearer "})
    assert response.status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8010"}, 200),
        ({"Host": "[::1]:8010"}, 200),
        ({"Host": "metrics.example.org"}, 401),
        ({"X-Forwarded-For": "203.0.113.9"}, 401),
        ({"Forwarded": "for=203.0.113.9"}, 401),
        ({"Authorization": f"Bearer {OPERATOR}", "Host": "metrics.example.org"}, 200),
    ],
)
async def test_loopback_scrapes_without_a_token(
    local_client: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    assert (await local_client.get("/metrics", headers=headers)).status_code == status


@pytest.mark.parametrize(("day", "said"), [("2020-04-01", "not defined"), ("2026-08-01", "18")])
async def test_a_number_that_there_is_not_is_not_said_to_be_hidden(
    client: httpx.AsyncClient, day: str, said: str
) -> None:
    page = await client.get("/communities/rust/explain", params={"metric": "growth_change_ratio", "as_of": day})
    assert said in page.text
    assert "not shown" not in page.text
