"""What the API gives has a schema, and is what its schema says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from infra.server.served import known
from infra.server.state import State
from infra.simulate.scenario import Outlook
from projections.evaluation.evaluator import LastEvaluation
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from tests.support.made_up_community import OPERATOR, TODAY, bearer, client_from
from tests.support.simulated import SMALL

HOME = "/api/v1/communities"
ASKED = {
    HOME: HOME,
    f"{HOME}/{{community}}/report": f"{HOME}/moss/report",
    f"{HOME}/{{community}}/history": f"{HOME}/moss/history?family=active_contributors",
    f"{HOME}/{{community}}/explain": f"{HOME}/moss/explain?metric=effective_leaders",
}


@pytest.fixture(scope="module")
def moss() -> State:
    policy = CommunityPolicy()
    community = community_of(SMALL[Outlook.STALLING].events(Outlook.STALLING, "moss", TODAY), policy, "moss")
    last = LastEvaluation(community.history(TODAY), TODAY, datetime(2026, 11, 22, tzinfo=UTC), community.snapshot)
    return State({"moss": known("moss", last, policy, catching_up=False)}, evaluated=True)


def objects(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
    for one in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from objects(one)


async def test_no_answer_may_be_anything(client: httpx.AsyncClient) -> None:
    described = (await client.get("/api/v1/openapi.json")).json()
    assert described["paths"].keys() == ASKED.keys()
    maps = [one["additionalProperties"] for one in objects(described) if "additionalProperties" in one]
    assert maps
    assert not [one for one in maps if one in (True, {})]
    schemas = [one["schema"] for one in objects(described["paths"]) if "schema" in one]
    assert all({"$ref", "type", "anyOf"} & one.keys() for one in schemas)


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("headers", [{}, bearer(OPERATOR)], ids=["everybody", "operator"])
async def test_an_answer_is_what_its_schema_says(
    app: FastAPI, state: State, moss: State, path: str, headers: dict[str, str]
) -> None:
    state.communities = {**state.communities, **moss.communities}
    async with client_from(app, "203.0.113.9") as client:
        described = (await client.get("/api/v1/openapi.json")).json()
        answer = await client.get(ASKED[path], headers=headers)
    assert answer.status_code == 200
    schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({"components": described["components"], **schema}).validate(answer.json())
