"""What becomes of simulated communities: in how many of each scenario each condition is entered.

Source: docs/definitions.md, "Conditions"; docs/statistics.md says what was found.
"""

from datetime import date
from typing import Final

import numpy as np

from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.conditions.catalog import CONDITIONS
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History

LAST_DAY: Final = date(2026, 6, 30)
YEARS: Final = 3
SIZE: Final = {Outlook.GROWING: 0.5, Outlook.STALLING: 0.2, Outlook.CONCENTRATING: 0.3}


def measure(scale: Scale) -> Section:
    """Every scenario with every seed."""
    entered = {outlook: [_entered(outlook, seed) for seed in range(1, scale.seeds + 1)] for outlook in Outlook}
    held = [[one[place] for one in entered[outlook]] for outlook in Outlook for place in (0, 1)]
    rows: list[tuple[Value, ...]] = [
        (condition, *(sum(condition in one for one in found) for found in held)) for condition in CONDITIONS
    ]
    columns = ("condition", *(f"{outlook} {word}" for outlook in Outlook for word in ("entered", "at the end")))
    return Section("scenarios", [Table(f"Of {scale.seeds} communities each", columns, rows)], _targets(entered))


def _entered(outlook: Outlook, seed: int) -> tuple[frozenset[str], frozenset[str]]:
    tell(f"scenarios: {outlook}, seed {seed}")
    simulation = Simulation(SCENARIOS[outlook], seed, YEARS, "garden", LAST_DAY, SIZE[outlook])
    history = fold(simulation.events(), CommunityPolicy(), LAST_DAY)
    return _held(history, slice(None)), _held(history, slice(-1, None))


def _held(history: History, days: slice) -> frozenset[str]:
    series = history.family("tenfold_condition")
    return frozenset(dict(labels)["condition"] for labels, values in series if np.any(values[days]))


def _targets(entered: dict[Outlook, list[tuple[frozenset[str], frozenset[str]]]]) -> list[Target]:
    growing = sum(not ever for ever, _ in entered[Outlook.GROWING])
    stalling = sum(bool(ever & {"growth_stalled", "shrinking"}) for ever, _ in entered[Outlook.STALLING])
    concentrating = sum("leadership_concentrated" in ever for ever, _ in entered[Outlook.CONCENTRATING])
    return [
        Target("growing enters nothing", growing, at_least=len(entered[Outlook.GROWING])),
        Target("stalling enters growth_stalled or shrinking", stalling, at_least=len(entered[Outlook.STALLING])),
        Target("concentrating is told", concentrating, at_least=len(entered[Outlook.CONCENTRATING])),
    ]
