"""What was published when a day closed, what is known of it today, and the events that made the difference."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from events.contributions import ContributionRecorded, ContributionRetracted, SourceWithdrawn
from events.envelope import Event
from events.people import PersonClassified, PersonLinked, PersonNamed
from events.published import DayPublished, PublishedSample, part_of
from projections.evaluation.evaluator import load_community
from projections.explain.explain import Explanation, Question, explain
from projections.policy.policy import CommunityPolicy, Policy, SourcePolicy
from tests.integration.evaluator.conftest import Tell

CLOSED = date(2024, 3, 1)
MIDDAY = datetime(2024, 3, 1, 12, tzinfo=UTC)
DIGEST = CommunityPolicy().digest
READ_ANEW = "the facts were read anew from the log, which keeps no order across topics"


def told(type_: type[Event], id_: str, subject: str | None, days_before: int = 0, **data: object) -> Event:
    about = {"id": id_, "source": "git:moss", "community": "moss", "time": MIDDAY - timedelta(days=days_before)}
    return type_.model_validate(about | {"subject": subject, "data": data})


def commit(id_: str, subject: str, days_before: int = 5, kind: str = "commit") -> Event:
    return told(ContributionRecorded, id_, subject, days_before, kind=kind)


def published(active: float, policy: str = DIGEST, day: date = CLOSED) -> DayPublished:
    samples = ({"name": "tenfold_active_contributors", "labels": {"window_days": "30"}, "value": active},)
    return DayPublished.model_validate(
        {
            "id": f"{day}/{active}",
            "source": "tenfold",
            "community": "moss",
            "time": datetime(2024, 3, 2, tzinfo=UTC),
            "data": {"day": day, "samples": samples, "read_model_version": 1, "policy": policy},
        }
    )


KNOWN_THEN = [commit("a", "github:1"), commit("b", "github:2"), commit("c", "github:3"), commit("d", "email:x@a.org")]


async def explained(database: asyncpg.Connection, policy: CommunityPolicy | None = None) -> Explanation:
    policies = Policy(communities={"moss": policy}) if policy else Policy()
    community = await load_community(database, "moss", policies)
    assert community
    as_of = CLOSED + timedelta(days=30)
    history = community.history(as_of)
    asked = Question("growth_corrections", {"window_days": "30"}, as_of)
    return await explain(database, community.snapshot, history, asked)


def by_person(found: Explanation) -> dict[str, list[tuple[str, str]]]:
    return {one.person: [(event.kind, event.id) for event in one.events] for one in found.people}


async def test_nothing_that_arrived_since_is_no_correction(tell: Tell, database: asyncpg.Connection) -> None:
    await tell(KNOWN_THEN)
    await tell([published(4)])
    found = await explained(database)
    assert (found.value, found.total) == (0, 0)
    assert found.because == "4 were published when that day closed, 4 are known today"


async def test_a_day_that_was_never_published_has_none(tell: Tell, database: asyncpg.Connection) -> None:
    await tell(KNOWN_THEN)
    found = await explained(database)
    assert (found.value, found.total, found.because) == (None, 0, "")


LATE = {
    "a late contribution": ([commit("e", "github:9", 20)], 1, {"github:9": [("commit", "e")]}),
    "one whom nobody counts anew": ([commit("e", "github:1", 20)], 0, {}),
    "one of light work": ([commit("e", "github:9", 20, "bug_report")], 0, {}),
    "one from before the window": ([commit("e", "github:9", 31)], 0, {}),
    "one from after the day": ([commit("e", "github:9", -1)], 0, {}),
    "a merge": (
        [told(PersonLinked, "l", "email:x@a.org", person="github:1")],
        -1,
        {"github:1": [("person.linked", "l")]},
    ),
    "a bot found out": (
        [told(PersonClassified, "k", "github:2", bot=True, reason="bot")],
        -1,
        {"github:2": [("person.classified", "k")]},
    ),
    "a bot by its name": (
        [told(PersonNamed, "n", "github:2", name="renovate")],
        -1,
        {"github:2": [("person.named", "n")]},
    ),
    "a name that says nothing": ([told(PersonNamed, "n", "github:2", name="Ada")], 0, {}),
    "a retraction": (
        [told(ContributionRetracted, "r", None, retracts={"source": "git:moss", "id": "c"}, reason="wrong")],
        -1,
        {"github:3": [("commit retracted", "r")]},
    ),
    "a withdrawn source": (
        [
            told(SourceWithdrawn, "w", None, source="git:moss", before="2024-02-01T00:00:00Z"),
            commit("e", "github:9", 4),
        ],
        1,
        {"github:9": [("commit", "e")]},
    ),
}


@pytest.mark.parametrize("case", LATE)
async def test_what_arrived_since_is_named(tell: Tell, database: asyncpg.Connection, case: str) -> None:
    events, correction, people = LATE[case]
    await tell(KNOWN_THEN)
    await tell([published(4)])
    await tell(events)
    found = await explained(database)
    assert (found.value, by_person(found)) == (correction, people)
    assert "is not by events" not in found.because


async def test_what_is_withdrawn_with_its_source_is_named_by_person(tell: Tell, database: asyncpg.Connection) -> None:
    await tell([*KNOWN_THEN, commit("z", "github:8", 2)])
    await tell([published(5)])
    await tell([told(SourceWithdrawn, "w", None, source="git:moss", before="2024-02-26T00:00:00Z")])
    found = await explained(database)
    assert found.value == -4
    assert set(by_person(found)) == {"github:1", "github:2", "github:3", "email:x@a.org"}
    assert {event for events in by_person(found).values() for event in events} == {("commit withdrawn", "w")}
    assert found.because.endswith("what arrived since and made a difference: 4 commit withdrawn")


async def test_what_events_do_not_account_for_is_said(tell: Tell, database: asyncpg.Connection) -> None:
    await tell(KNOWN_THEN)
    await tell([published(6, "another policy")])
    found = await explained(database)
    assert found.value == -2
    assert found.because == (
        "6 were published when that day closed, 4 are known today; "
        "−2 is not by events that arrived since: the policy changed"
    )


@pytest.mark.parametrize("days", [1, 2])
async def test_what_arrived_is_not_guessed_at_where_the_facts_were_read_anew(
    tell: Tell, database: asyncpg.Connection, days: int
) -> None:
    """Read again, publications come in batches of many days, and before or after the work of their days by chance."""
    await tell([KNOWN_THEN[0]])
    await tell([published(4), published(4, day=CLOSED - timedelta(days=1))][:days])
    await tell(KNOWN_THEN[1:])
    found = await explained(database)
    assert (found.value, found.total) == (0, 0)
    assert found.because.endswith("what arrived since cannot be told: " + READ_ANEW)


async def test_what_arrived_in_the_second_of_publication_hides_nothing(
    tell: Tell, database: asyncpg.Connection
) -> None:
    await tell([*KNOWN_THEN, commit("f", "github:8")])
    await tell([published(4)])
    await tell([commit("e", "github:9", 20), commit("g", "github:7", 20)])
    found = await explained(database)
    assert (found.value, found.total) == (3, 2)
    assert found.because.endswith(
        "+1 is not by events that arrived since: the facts were read anew, or arrived in that second"
    )


async def test_what_was_published_in_parts_is_explained_as_one(tell: Tell, database: asyncpg.Connection) -> None:
    """The number stands in the part that came first; a part of a publication that never ended says nothing."""
    whole = published(4).model_copy(update={"time": MIDDAY + timedelta(days=1)})
    other = (PublishedSample(name="tenfold_leaders", labels={}, value=1.0),)
    last = whole.model_copy(update={"data": whole.data.model_copy(update={"samples": other})})
    unended = published(9).model_copy(update={"id": part_of("never ended", 1)})
    await tell(KNOWN_THEN)
    await tell([unended, whole.model_copy(update={"id": part_of(whole.id, 1)}), last])
    await tell([commit("e", "github:9", 20)])
    found = await explained(database)
    assert (found.value, by_person(found)) == (1, {"github:9": [("commit", "e")]})
    assert "is not by events" not in found.because


async def test_what_is_taken_back_by_hand_is_of_the_team_of_its_own_source(
    tell: Tell, database: asyncpg.Connection
) -> None:
    policy = CommunityPolicy(
        sources={"git:moss": SourcePolicy(team="docs")}, team_levels={"docs": {"bug_report": "substantial"}}
    )
    await tell([*KNOWN_THEN, commit("e", "github:9", 20, "bug_report")])
    await tell([published(5, policy.digest)])
    by_hand = told(ContributionRetracted, "r", None, retracts={"source": "git:moss", "id": "e"}, reason="wrong")
    await tell([by_hand.model_copy(update={"source": "by-hand", "actor": "github:1"})])
    found = await explained(database, policy)
    assert (found.value, by_person(found)) == (-1, {"github:9": [("bug_report retracted", "r")]})
