"""What is behind a number, from the database: people by name, the work that counts, the grant of each seat."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from events.contributions import AgentDeclared, ContributionRecorded, ContributionRetracted
from events.envelope import Event
from events.mentoring import MentoringMet
from events.people import PersonLinked, PersonNamed
from events.roles import RoleGranted
from projections.evaluation.evaluator import load_community
from projections.explain.explain import Explanation, Question, UnknownMetricError, explain
from projections.policy.policy import CommunityPolicy, Policy, SourcePolicy
from tests.integration.evaluator.conftest import Tell

START = datetime(2024, 1, 1, 9, tzinfo=UTC)
DAY = date(2024, 1, 31)


def told(type_: type[Event], id_: str, day: int, subject: str | None, **data: object) -> Event:
    about = {"id": id_, "source": "git:moss", "community": "moss", "time": START + timedelta(days=day)}
    return type_.model_validate(about | {"subject": subject, "data": data})


def commit(id_: str, day: int, subject: str, kind: str = "commit") -> Event:
    return told(ContributionRecorded, id_, day, subject, kind=kind, url=f"https://example.org/{id_}")


HISTORY = [
    commit("a1", 3, "github:1"),
    commit("a2", 5, "email:zoe@example.org"),
    commit("b1", 4, "github:2"),
    commit("b2", 4, "github:2", "bug_report"),
    commit("gone", 4, "github:3"),
    told(PersonLinked, "l", 0, "email:zoe@example.org", person="github:1"),
    told(PersonNamed, "n1", 0, "github:1", name="Zoe"),
    told(PersonNamed, "n2", 0, "github:2", name="Ana"),
    told(ContributionRetracted, "r", 6, None, retracts={"source": "git:moss", "id": "gone"}, reason="by mistake"),
    told(RoleGranted, "g1", 2, "github:1", role="owner", scope="core", evidence="https://example.org/grant"),
    told(RoleGranted, "g2", 2, "github:2", role="peer", scope="core", already_held=True),
]


async def asked(database: asyncpg.Connection, metric: str, *, limit: int = 50, offset: int = 0) -> Explanation:
    community = await load_community(database, "moss", Policy())
    assert community
    history = community.history(DAY)
    return await explain(database, community.snapshot, history, Question(metric, {}, DAY, offset, limit))


async def test_people_by_name_with_the_work_that_counts(tell: Tell, database: asyncpg.Connection) -> None:
    await tell(HISTORY)
    found = await asked(database, "active_contributors")
    assert (found.value, found.total, found.labels) == (2, 2, {"window_days": "90"})
    assert [(one.name, [event.id for event in one.events]) for one in found.people] == [
        ("Ana", ["b1"]),
        ("Zoe", ["a1", "a2"]),
    ]


async def test_a_team_is_explained_by_the_source_that_the_policy_gave_it(
    tell: Tell, database: asyncpg.Connection
) -> None:
    await tell(HISTORY)
    policy = CommunityPolicy(sources={"git:*": SourcePolicy(team="roses")})
    community = await load_community(database, "moss", Policy(communities={"moss": policy}))
    assert community
    question = Question("team_active_contributors", {"team": "roses", "window_days": "90"}, DAY, 0, 50)
    found = await explain(database, community.snapshot, community.history(DAY), question)
    assert found.value == 2
    assert [[(event.id, event.team) for event in one.events] for one in found.people] == [
        [("b1", "roses")],
        [("a1", "roses"), ("a2", "roses")],
    ]


async def test_who_declared_an_agent_is_not_told(tell: Tell, database: asyncpg.Connection) -> None:
    data = {"agent": "email:noreply@anthropic.com", "contribution": {"source": "git:moss", "id": "b1"}}
    await tell([*HISTORY, told(AgentDeclared, "b1/agent", 4, "github:2", **data)])
    for family, value in (("agent_assisted_ratio", 1 / 3), ("agent_assisted_contributors", 1)):
        found = await asked(database, family)
        assert found.value == pytest.approx(value)
        assert not found.people


async def test_pages(tell: Tell, database: asyncpg.Connection) -> None:
    await tell(HISTORY)
    pages = [await asked(database, "tenfold_active_contributors", limit=1, offset=at) for at in range(3)]
    assert [[one.name for one in page.people] for page in pages] == [["Ana"], ["Zoe"], []]
    assert {page.total for page in pages} == {2}


async def test_leaders_with_their_shares_and_grants(tell: Tell, database: asyncpg.Connection) -> None:
    await tell(HISTORY)
    found = await asked(database, "leaders_without_known_work")
    assert (found.value, found.total) == (0, 0)
    found = await asked(database, "core_contributors_by_role")
    assert (found.value, [one.name for one in found.people]) == (2, ["Ana", "Zoe"])
    ana, zoe = (one.seats[0] for one in found.people)
    assert (ana.role, ana.already_held, zoe.event, zoe.evidence) == ("peer", True, "g1", "https://example.org/grant")
    assert [(scope.scope, scope.strength, scope.lacks) for scope in found.scopes] == [("core", "covered", "")]


async def test_mentors_and_mentees_with_what_happened_between_them(tell: Tell, database: asyncpg.Connection) -> None:
    """Of a newcomer the work of the window too, of a recruit the seat; a mentor may never have contributed."""
    await tell([*HISTORY, told(MentoringMet, "m", 1, "email:zoe@example.org", mentor="github:9")])
    found = await asked(database, "mentorships_active")
    assert [(one.person, [(event.id, event.kind) for event in one.events]) for one in found.people] == [
        ("github:9", [("m", "mentoring.met")]),
        ("github:1", [("m", "mentoring.met")]),
    ]
    [zoe] = (await asked(database, "mentoring_coverage_ratio")).people
    assert [event.id for event in zoe.events] == ["m", "a1", "a2"]
    [zoe] = (await asked(database, "core_by_role_recruited_mentored")).people
    assert ([event.id for event in zoe.events], [seat.event for seat in zoe.seats]) == (["m"], ["g1"])


async def test_what_nobody_ever_heard_of(tell: Tell, database: asyncpg.Connection) -> None:
    await tell(HISTORY)
    with pytest.raises(UnknownMetricError, match="no family"):
        await asked(database, "happiness")
