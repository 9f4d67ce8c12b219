from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import log

import pytest

from events.codec import encode
from events.contributions import ContributionRecorded
from events.envelope import Event
from events.mentoring import MentoringStarted
from events.roles import RoleGranted, RoleRevoked
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook

LAST_DAY = date(2026, 6, 30)


@cache
def simulated(outlook: Outlook, seed: int = 3, years: float = 4) -> list[Event]:
    return list(Simulation(SCENARIOS[outlook], seed, years, "garden", LAST_DAY, 0.2).events())


def growth_of_last_year(events: list[Event]) -> float:
    """Mean of the yearly change of weekly contributors over 39 weeks."""
    weekly: dict[int, set[str]] = defaultdict(set)
    for event in events:
        if isinstance(event, ContributionRecorded):
            weekly[(event.time.date() - LAST_DAY).days // 7].add(event.subject)
    sizes = [len(weekly[week]) for week in range(-91, 0)]
    return sum(log((now + 0.5) / (then + 0.5)) for now, then in zip(sizes[52:], sizes[:39], strict=True)) / 39


def largest_share_of_seats(events: list[Event]) -> float:
    seats: dict[str, set[str]] = defaultdict(set)
    for event in events:
        match event:
            case RoleGranted():
                seats[event.subject].add(event.data.scope)
            case RoleRevoked():
                seats[event.subject].remove(event.data.scope)
    sizes = [len(held) for held in seats.values()]
    return max(sizes) / sum(sizes)


@pytest.mark.parametrize("outlook", Outlook)
def test_the_same_seed_tells_the_same_story(outlook: Outlook) -> None:
    first, again = (Simulation(SCENARIOS[outlook], 1, 1, "garden", LAST_DAY).events() for _ in range(2))
    assert [encode(event) for event in first] == [encode(event) for event in again]
    assert simulated(outlook, 1, years=0.5) != simulated(outlook, 2, years=0.5)


@pytest.mark.parametrize("outlook", Outlook)
def test_ids_are_unique_and_times_lie_in_the_years_watched(outlook: Outlook) -> None:
    events = simulated(outlook)
    said = {(event.id, encode(event).value) for event in events}
    assert len({event_id for event_id, _ in said}) == len(said)
    begin = datetime(2022, 6, 24, tzinfo=UTC)
    assert all(begin < event.time <= datetime(2026, 7, 1, tzinfo=UTC) for event in events)
    assert max(event.time.date() for event in events if isinstance(event, ContributionRecorded)) > LAST_DAY - timedelta(
        7
    )


def test_scenarios_are_what_they_are_called() -> None:
    growing, stalling, concentrating = map(simulated, Outlook)
    assert growth_of_last_year(growing) > log(1.2)
    assert growth_of_last_year(stalling) < log(1.1)
    assert largest_share_of_seats(growing) < 0.2
    assert largest_share_of_seats(concentrating) > 0.5


def test_newcomers_are_mentored() -> None:
    assert sum(isinstance(event, MentoringStarted) for event in simulated(Outlook.GROWING)) > 50
