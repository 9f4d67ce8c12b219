"""What becomes of simulated communities: conditions are entered where they should be, and nowhere else.

Few and small communities here; `python -m benchmarks scenarios` tells of twenty of each.
"""

from datetime import date
from functools import cache

import numpy as np
import pytest

from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.evaluation.catalog import FAMILIES
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series

LAST_DAY = date(2026, 6, 30)
ABSENT = {
    "agent_assisted_contributors": "needs commits that declare an agent, which simulated people never make",
    "agent_assisted_ratio": "likewise",
    "growth_corrections": "needs days that were published, which a simulation has none of",
    "people_meeting_criteria": "needs criteria in the policy, which has none by default",
}


@cache
def history(outlook: Outlook, seed: int, years: float, size: float) -> History:
    events = Simulation(SCENARIOS[outlook], seed, years, "garden", LAST_DAY, size).events()
    return fold(events, CommunityPolicy(), LAST_DAY)


def entered(told: History) -> set[str]:
    """The conditions that held on any day."""
    return {dict(labels)["condition"] for labels, values in told.family("tenfold_condition") if values.any()}


@pytest.mark.parametrize("seed", range(1, 3))
def test_growing_enters_nothing(seed: int) -> None:
    assert entered(history(Outlook.GROWING, seed, 3, 0.5)) == set()


@pytest.mark.parametrize("seed", range(1, 4))
def test_stalling_stalls_or_shrinks(seed: int) -> None:
    assert entered(history(Outlook.STALLING, seed, 2.5, 0.12)) & {"growth_stalled", "shrinking"}


@pytest.mark.parametrize("seed", range(1, 4))
def test_concentrating_concentrates(seed: int) -> None:
    assert "leadership_concentrated" in entered(history(Outlook.CONCENTRATING, seed, 2.5, 0.12))


def shown(told: History) -> set[str]:
    """The families that have a number on any day."""
    return {name for name in FAMILIES if any(np.isfinite(values).any() for _, values in told.family(f"tenfold_{name}"))}


def test_every_family_shows_up_in_a_simulated_community() -> None:
    growing = shown(history(Outlook.GROWING, 1, 3, 0.5))
    assert set(FAMILIES) - growing <= {*ABSENT, "condition_since_timestamp_seconds"}
    assert set(FAMILIES) - growing - shown(history(Outlook.STALLING, 1, 2.5, 0.12)) == set(ABSENT)


def test_what_speaks_of_the_stage_speaks_on_the_last_day() -> None:
    told = history(Outlook.GROWING, 1, 3, 0.5)
    for milestone in ("core_mentored", "leadership_chances", "synergy", "communication"):
        assert told.value(series("milestone", milestone=milestone, state="met"), LAST_DAY) == 1
    for risk in ("coordinator_runway", "ownership_openness", "pathway_gaps"):
        assert told.value(series("risk", risk=risk, state="low"), LAST_DAY) == 1
