"""What the evaluator knows from the database is what a fold of the same events knows, however they came."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from events.checks import SourceChecked
from events.community import GoalSet
from events.contributions import ContributionRecorded, ContributionRetracted, SourceWithdrawn
from events.envelope import Event
from events.people import PersonLinked, PersonNamed, PersonUnlinked
from events.published import DayPublished
from events.roles import RoleGranted, RoleRevoked
from projections.evaluation.evaluator import Evaluator, load_community
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy, Policy
from projections.timeline.history import History, Sample, series
from tests.integration.evaluator.conftest import Tell

POLICY = Policy(communities={"moss": CommunityPolicy(teams=("docs",)), "fern": CommunityPolicy()})
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
START = datetime(2023, 6, 1, tzinfo=UTC)
ACTIVE = series("active_contributors", window_days=90)


def event(kind: type[Event], **fields: object) -> Event:
    return kind.model_validate(fields)


def contribution(number: int, subject: str, day: int, community: str = "moss", **more: object) -> ContributionRecorded:
    return ContributionRecorded.model_validate(
        {
            "id": f"c{number}",
            "source": "git:moss",
            "community": community,
            "subject": subject,
            "time": START + timedelta(days=day, seconds=number),
            "data": {"kind": "commit"},
        }
        | more
    )


def made(seed: int, count: int) -> list[Event]:
    """A community's events: contributions, corrections and people, in a random order."""
    dice = random.Random(seed)  # noqa: S311
    people = [f"github:{number}" for number in range(12)]
    events: list[Event] = []
    for number in range(count):
        about: dict[str, object] = {"id": f"o{number}", "source": "by-hand", "actor": "grace", "community": "moss"}
        about["time"] = START + timedelta(days=dice.randrange(270), seconds=number)
        match dice.randrange(20):
            case 0:
                events.append(
                    event(PersonLinked, **about, subject=dice.choice(people), data={"person": dice.choice(people)})
                )
            case 1:
                events.append(event(PersonUnlinked, **about, subject=dice.choice(people), data={}))
            case 2:
                retracts = {"source": "git:moss", "id": f"c{dice.randrange(count)}"}
                events.append(event(ContributionRetracted, **about, data={"retracts": retracts, "reason": "not ours"}))
            case 3:
                events.append(event(PersonNamed, **about, subject=dice.choice(people), data={"name": "robot-bot"}))
            case 4:
                checked = {"source": "git:moss", "through": about["time"], "found": 1}
                events.append(event(SourceChecked, **about, data=checked))
            case 5 | 6:
                seat = {"role": dice.choice(("owner", "peer", "member")), "scope": dice.choice(("core", "docs"))}
                kind = dice.choice((RoleGranted, RoleGranted, RoleRevoked))
                events.append(event(kind, **about, subject=dice.choice(people), data=seat))
            case _:
                team = dice.choice((None, "docs", "infra"))
                events.append(contribution(number, dice.choice(people), dice.randrange(270), team=team))
    goal = {
        "baseline": 2,
        "baseline_on": date(2023, 8, 1),
        "factor": 10,
        "due_on": date(2026, 1, 1),
        "sources": ("git:moss",),
    }
    events.append(event(GoalSet, id="g", source="by-hand", community="moss", time=START, data=goal))
    return events


def same(one: Sequence[Sample], other: Sequence[Sample]) -> None:
    def by_key(samples: Sequence[Sample]) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
        return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}

    assert by_key(one) == pytest.approx(by_key(other))


def every_day(one: History, other: History) -> None:
    assert (one.first_day, one.last_day) == (other.first_day, other.last_day)
    for at in range(one.days):
        day = one.first_day + timedelta(days=at)
        same(one.on(day), other.on(day))


@pytest.mark.parametrize("seed", range(4))
async def test_changes_one_after_another_give_what_a_fold_of_all_gives(
    tell: Tell, pool: asyncpg.Pool, seed: int
) -> None:
    events = made(seed, 120)
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    for at in range(0, len(events), 17):
        await tell(events[at : at + 17])
        assert await evaluator.tick() == ["moss"]
    every_day(evaluator.snapshots["moss"].history, fold(events, POLICY.community("moss"), NOW.date()))


async def test_a_withdrawn_source_and_a_retraction_that_came_first(tell: Tell, pool: asyncpg.Pool) -> None:
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    work = [contribution(number, f"github:{number}", 200 + number) for number in range(6)]
    retracts = {"source": "git:moss", "id": "c3"}
    first = event(
        ContributionRetracted,
        id="r",
        source="by-hand",
        actor="grace",
        community="moss",
        time=START,
        data={"retracts": retracts, "reason": "twice"},
    )
    await tell([first])
    await evaluator.tick()
    await tell(work)
    await evaluator.tick()
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 5
    until = START + timedelta(days=202, seconds=2)
    gone = event(
        SourceWithdrawn,
        id="w",
        source="by-hand",
        actor="grace",
        community="moss",
        time=START,
        data={"source": "git:moss", "before": until},
    )
    await tell([gone])
    await evaluator.tick()
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 3


async def test_only_what_changed_is_evaluated(tell: Tell, pool: asyncpg.Pool) -> None:
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    await tell([contribution(1, "github:1", 250), contribution(1, "github:1", 250, "fern")])
    assert await evaluator.tick() == ["fern", "moss"]
    assert await evaluator.tick() == []
    await tell([contribution(2, "github:2", 250, "fern")])
    assert await evaluator.tick() == ["fern"]


async def test_behind_the_last_snapshot_stays(tell: Tell, pool: asyncpg.Pool) -> None:
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    await tell([contribution(1, "github:1", 250)])
    await evaluator.tick()
    await tell([contribution(2, "github:2", 250)])
    assert await evaluator.tick(behind=True) == []
    assert evaluator.catching_up
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 1
    assert await evaluator.tick() == ["moss"]
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 2


async def test_what_is_stored_is_what_is_shown(tell: Tell, pool: asyncpg.Pool, database: asyncpg.Connection) -> None:
    events = made(7, 80)
    first, second = Evaluator(pool, POLICY, lambda: NOW), Evaluator(pool, POLICY, lambda: NOW)
    await tell(events[:40])
    await first.tick()
    await second.tick()
    await tell(events[40:])
    await first.tick()
    restored = Evaluator(pool, POLICY, lambda: NOW)
    await restored.restore()
    every_day(restored.snapshots["moss"].history, first.snapshots["moss"].history)
    found = await load_community(database, "moss", POLICY)
    assert found
    every_day(found.history(NOW.date()), first.snapshots["moss"].history)


async def test_another_policy_shows_nothing_stored_under_the_old_one(tell: Tell, pool: asyncpg.Pool) -> None:
    await tell([contribution(1, "github:1", 250)])
    await Evaluator(pool, POLICY, lambda: NOW).tick()
    other = Evaluator(pool, Policy(communities={"moss": CommunityPolicy(min_people=3)}), lambda: NOW)
    await other.restore()
    assert not other.snapshots


async def test_days_close_in_order_and_only_once(tell: Tell, pool: asyncpg.Pool) -> None:
    clock = [NOW]
    evaluator = Evaluator(pool, POLICY, lambda: clock[0])
    await tell([contribution(1, "github:1", 250)])
    await evaluator.tick()
    assert evaluator.days_to_close() == []
    clock[0] = NOW + timedelta(days=2)
    await evaluator.tick()
    closing = evaluator.days_to_close()
    assert [one.day for one in closing] == [date(2024, 3, 1), date(2024, 3, 2)]
    assert Sample("tenfold_active_contributors", {"window_days": "90"}, 1) in closing[0].samples
    evaluator.closed("moss", date(2024, 3, 1))
    assert [one.day for one in evaluator.days_to_close()] == [date(2024, 3, 2)]


async def test_corrections_are_against_what_was_published(tell: Tell, pool: asyncpg.Pool) -> None:
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    day = NOW.date() - timedelta(days=90)
    samples = ({"name": "tenfold_active_contributors", "labels": {"window_days": "90"}, "value": 4},)
    published = event(
        DayPublished,
        id="p",
        source="tenfold",
        community="moss",
        time=datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1),
        data={"day": day, "samples": samples, "read_model_version": 1, "policy": "x"},
    )
    await tell([contribution(1, "github:1", 150), published])
    await evaluator.tick()
    assert evaluator.snapshots["moss"].history.value(series("growth_corrections", window_days=90), NOW.date()) == -3
