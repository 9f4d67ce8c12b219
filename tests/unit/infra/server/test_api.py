import httpx
import pytest

from infra.server.state import State
from tests.support.made_up_community import DAYS, FIRST_DAY, LAST_DAY, LEAD, OPERATOR, TODAY, bearer

COMMUNITY = "/api/v1/communities/rust"


async def test_communities_are_listed_side_by_side(client: httpx.AsyncClient) -> None:
    [found] = (await client.get("/api/v1/communities")).json()["communities"]
    assert found.pop("leadership_sentence").startswith("Steady: 12.7 effective leaders for 46 contributors")
    assert found == {
        "community": "rust",
        "as_of": str(LAST_DAY),
        "verdict": "growing",
        "sentence": (
            "Growing: 18 % more people a month over the last year than a year before (8 to 29 %); "
            "46 active in 90 days, 40 a year before"
        ),
        "leadership_verdict": "steady",
        "active_contributors": 46.0,
        "growth_change_ratio": 0.18,
        "effective_leaders": pytest.approx(12.7, abs=0.1),
        "conditions": [],
        "reach": "Data reaches 22 Aug 2026; source 1 read through 22 Aug 2026.",
    }


async def test_a_report_opens_on_the_day_that_the_data_reaches(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{COMMUNITY}/report")).json()["as_of"] == str(LAST_DAY)


async def test_a_report_is_of_the_day_asked_for(client: httpx.AsyncClient) -> None:
    report = (await client.get(f"{COMMUNITY}/report?as_of=2024-02-29")).json()
    assert report["as_of"] == "2024-02-29"
    assert {sample["name"] for sample in report["samples"]} > {"tenfold_active_contributors"}


async def test_a_day_before_the_first_has_no_number(client: httpx.AsyncClient) -> None:
    report = (await client.get(f"{COMMUNITY}/report?as_of=2019-01-01")).json()
    assert report["samples"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("report?as_of=2026-11-23", 422),
        ("report?as_of=yesterday", 422),
        ("history", 422),
        ("history?family=nothing", 404),
        ("explain?metric=active_contributors&label=window_days", 422),
        ("explain?metric=active_contributors&label=window_days%3Dmany", 404),
        ("explain?metric=active_contributors&label=name%3Dx", 404),
        ("explain?metric=active_contributors&limit=0", 422),
        ("explain?metric=active_contributors&limit=501", 422),
        ("explain?metric=active_contributors&offset=-1", 422),
        ("nothing", 404),
    ],
)
async def test_wrong_questions_are_told_so(client: httpx.AsyncClient, path: str, status: int) -> None:
    response = await client.get(f"{COMMUNITY}/{path}", headers=bearer(OPERATOR))
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


async def test_history_is_one_value_a_day(client: httpx.AsyncClient) -> None:
    path = f"{COMMUNITY}/history?family=contributor_absence_factor"
    public = (await client.get(path)).json()
    lead = (await client.get(path, headers=bearer(LEAD))).json()
    assert public["first_day"] == lead["first_day"] == str(FIRST_DAY)
    assert public["family"] == "tenfold_contributor_absence_factor"
    assert public["series"] == [{"labels": {"community": "rust"}, "values": ["<5"] * DAYS}]
    assert lead["series"] == [{"labels": {"community": "rust"}, "values": [3.0] * DAYS}]


async def test_absent_values_of_a_history_are_null(client: httpx.AsyncClient) -> None:
    path = f"{COMMUNITY}/history?family=tenfold_goal_target_contributors"
    values = (await client.get(path)).json()["series"][0]["values"]
    assert values[0] is None
    assert values[-1] > 30


async def test_an_explanation_is_of_the_number_asked_for(client: httpx.AsyncClient) -> None:
    path = f"{COMMUNITY}/explain?metric=active_contributors&label=window_days%3D90&as_of={TODAY}"
    found = (await client.get(path, headers=bearer(LEAD))).json()
    assert found["metric"] == "tenfold_active_contributors"
    assert found["labels"] == {"community": "rust", "window_days": "90"}
    assert found["total"] == 120


async def test_ready_says_what_is_away(client: httpx.AsyncClient, state: State) -> None:
    assert (await client.get("/readyz")).json()["ready"] is True
    state.lost("PostgreSQL")
    response = await client.get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["away_since"]) == ["PostgreSQL"]
    assert (await client.get(f"{COMMUNITY}/report")).status_code == 200
    state.found("PostgreSQL")
    assert (await client.get("/readyz")).status_code == 200


async def test_not_ready_before_the_first_evaluation(client: httpx.AsyncClient, state: State) -> None:
    state.evaluated = False
    assert (await client.get("/readyz")).status_code == 503
    assert (await client.get("/healthz")).status_code == 200
