"""A whole small community over HTTP, as everybody sees it: links lead to numbers, and JSON says what the page says."""

import re
from datetime import UTC, datetime
from html import unescape

import httpx
import pytest
from fastapi import FastAPI

from infra.server.served import known
from infra.server.state import State
from infra.simulate.scenario import Outlook
from projections.conditions.catalog import CONDITIONS
from projections.evaluation.community import Community
from projections.evaluation.evaluator import LastEvaluation
from projections.evaluation.fold import change_of
from projections.policy.policy import CommunityPolicy
from tests.support.made_up_community import TODAY, client_from
from tests.support.simulated import SMALL

POLICY = CommunityPolicy()
LINKS = re.compile(r'href="(/communities/moss/explain\?[^"]+)"')
SUBJECTS = [
    *(f"condition&label=condition%3D{name}" for name in CONDITIONS),
    *(f"milestone&label=milestone%3D{name}" for name in ("leadership_chances", "synergy", "communication")),
    *(f"scaling_success&label=criterion%3D{name}" for name in ("growth", "distribution", "strength", "momentum")),
    *(f"risk&label=risk%3D{name}" for name in ("coordinator_runway", "ownership_openness", "pathway_gaps")),
]


@pytest.fixture(scope="module")
def moss() -> State:
    community = Community("moss", POLICY)
    community.apply(change_of([*SMALL[Outlook.STALLING].events(Outlook.STALLING, "moss", TODAY)]))
    last = LastEvaluation(community.history(TODAY), TODAY, datetime(2026, 11, 22, tzinfo=UTC), community.snapshot)
    return State({"moss": known("moss", last, POLICY, catching_up=False)}, evaluated=True)


@pytest.fixture
def whole(state: State, moss: State) -> None:
    state.communities = moss.communities


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("subject", SUBJECTS)
async def test_what_a_number_is_computed_from_is_found_by_its_link(client: httpx.AsyncClient, subject: str) -> None:
    page = await client.get(f"/communities/moss/explain?metric={subject}")
    found = LINKS.findall(page.text)
    assert page.status_code == 200
    assert found
    for link in map(unescape, found):
        assert (await client.get(link)).status_code == 200, link


@pytest.mark.usefixtures("whole")
async def test_the_report_says_which_conditions_hold_as_the_page_does(app: FastAPI) -> None:
    async with client_from(app, "203.0.113.9") as client:
        report = (await client.get("/api/v1/communities/moss/report")).json()
        page = unescape((await client.get("/communities/moss")).text)
    holding = {one["condition"] for one in report["conditions"]["in_force"]}
    assert SMALL[Outlook.STALLING].condition in holding
    assert all(CONDITIONS[name].title in page for name in holding)
    samples = [one for one in report["samples"] if one["name"] == "tenfold_condition"]
    assert {one["labels"]["condition"] for one in samples if one["value"] == 1} == holding


@pytest.mark.usefixtures("whole")
async def test_since_when_a_condition_held_is_told_to_everybody(client: httpx.AsyncClient) -> None:
    name = SMALL[Outlook.STALLING].condition
    page = await client.get(f"/communities/moss/explain?metric=condition&label=condition%3D{name}")
    assert re.search(r'<p class="rule">Held .*since \d+ \w+ 20\d\d', page.text)
