"""The stage over HTTP: states and reasons are everybody's, names and small numbers are not."""

from datetime import UTC, date, datetime
from html import unescape

import httpx
import pytest
from fastapi import FastAPI

from infra.server.served import known
from infra.server.state import State
from projections.evaluation.evaluator import LastEvaluation
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from tests.oracle.writing import event, granted
from tests.support.made_up_community import LEAD, TODAY, bearer, client_from

HER_NAME = "Ada <b>Example</b>"


@pytest.fixture
async def of_recruits(state: State) -> None:
    """Three took a first seat, one was mentored; a milestone is somebody's who holds none."""
    log = [granted(f"github:{who}", "docs", "2026-11-01", "member") for who in range(3)]
    log += [
        event("mentoring.started", "2026-10-01", {"mentor": "github:9"}, "m", subject="github:1"),
        event("mentoring.met", "2026-11-20", {"mentor": "github:9"}, "n", subject="github:1"),
    ]
    given = {"milestone": "core_mentored", "responsible": HER_NAME, "support": "github:1", "due_on": date(2026, 12, 1)}
    log.append(event("milestone.assigned", "2026-11-02", given, "a"))
    community = community_of(log, CommunityPolicy(), "rust")
    history = community.history(TODAY)
    last = LastEvaluation(history, TODAY, datetime(2026, 11, 22, tzinfo=UTC), community.snapshot)
    state.communities = {"rust": known("rust", last, CommunityPolicy(), catching_up=False)}


@pytest.mark.usefixtures("of_recruits")
async def test_a_lead_reads_the_reason_and_who_answers(app: FastAPI) -> None:
    async with client_from(app, "203.0.113.9") as client:
        page = (await client.get("/communities/rust", headers=bearer(LEAD))).text
        report = await reported(client, LEAD)
    assert "3 people took their first seat in the last 180 days, 1 of them was mentored; half are needed." in page
    assert "Ada &lt;b&gt;Example&lt;/b&gt;" in page
    assert "by 1 Dec 2026" in page
    assert report["milestones"]["core_mentored"]["responsible"] == HER_NAME
    assert report["milestones"]["core_mentored"]["next_step"] == (
        "Give everybody who is about to take a seat a mentor first."
    )


@pytest.mark.usefixtures("of_recruits")
async def test_everybody_reads_no_name_and_nothing_that_tells_whether_one_of_few_was_mentored(app: FastAPI) -> None:
    async with client_from(app, "203.0.113.9") as client:
        page = unescape((await client.get("/communities/rust")).text)
        report = await reported(client)
    milestone = report["milestones"]["core_mentored"]
    assert milestone["state"] == "unknown"
    assert milestone["because"].startswith("Whether it is met is not shown")
    assert "'milestone': 'synergy'" in str(report["samples"])
    assert "'milestone': 'core_mentored'" not in str(report["samples"])
    assert "New core members are actively recruited and mentored" in page
    assert HER_NAME not in page
    assert "responsible" not in milestone
    assert milestone["support"] == "github:1"
    assert not any(f"{how_many} of them" in milestone["because"] for how_many in (1, 2))
    assert milestone["next_step"] == "Recruit people into first seats, each with a mentor beside them."
    assert set(report["risks"]) == {"coordinator_runway", "ownership_openness", "pathway_gaps"}


@pytest.mark.usefixtures("of_recruits")
async def test_a_risk_opens_on_its_page_in_the_state_that_holds(app: FastAPI) -> None:
    async with client_from(app, "203.0.113.9") as client:
        asked = {"metric": "tenfold_risk", "label": ["risk=pathway_gaps"]}
        page = await client.get("/communities/rust/explain", params=asked)
    assert page.status_code == 200
    assert "Risk <small>pathway gaps</small>" in page.text
    assert '<p class="value">unknown</p>' in page.text


async def reported(client: httpx.AsyncClient, token: str = "") -> dict[str, dict[str, dict[str, str]]]:
    headers = bearer(token) if token else {}
    found: dict[str, dict[str, dict[str, str]]] = (
        await client.get("/api/v1/communities/rust/report", headers=headers)
    ).json()
    return found
