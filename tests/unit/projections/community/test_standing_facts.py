"""Standing facts: the events of some classes, oldest first, without those of withdrawn sources."""

from datetime import UTC, datetime

from events.community import ActionRecorded, GoalSet, ImpactNoted
from projections.community.standing_facts import StandingFacts
from tests.support.drawn_events import example


def at(day: int) -> str:
    return datetime(2026, 8, day, tzinfo=UTC).isoformat()


def test_events_come_by_class_and_oldest_first() -> None:
    facts = StandingFacts()
    facts.apply([example("impact.noted", id="3", time=at(3)), example("goal.set", time=at(2))])
    assert [one.data.title for one in facts.of(ImpactNoted)] == ["Faster builds"]
    facts.apply([example("impact.noted", id="1", time=at(1))])
    assert [one.id for one in facts.of(ImpactNoted)] == ["1", "3"]
    assert [type(one) for one in facts.of(GoalSet, ImpactNoted)] == [ImpactNoted, GoalSet, ImpactNoted]
    assert facts.of(ActionRecorded) == []
    assert facts.of(ImpactNoted) is facts.of(ImpactNoted), "nothing is gone through again until something is new"


def test_what_a_source_said_goes_with_it() -> None:
    facts = StandingFacts()
    facts.apply([example("impact.noted", id=str(day), time=at(day)) for day in (1, 2, 3)])
    facts.apply([example("impact.noted", id="4", time=at(1), source="docs")])
    facts.apply([example("source.withdrawn", data={"source": "git:cargo", "before": at(2)})])
    assert [one.id for one in facts.of(ImpactNoted)] == ["4", "2", "3"]
    facts.apply([example("source.withdrawn", data={"source": "git:cargo"})])
    assert [one.id for one in facts.of(ImpactNoted)] == ["4"]
