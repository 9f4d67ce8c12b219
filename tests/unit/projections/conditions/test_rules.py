"""Every rule against the oracle's state machine, on daily series that dwell around its thresholds."""

from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.conditions.catalog import CONDITIONS
from tests.oracle.conditions import conditions
from tests.unit.projections.conditions.daily_series import drawn, ours

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=12)


@slowly
@given(st.integers(0, 2**32), st.sampled_from((1, 20, 400, 800)))
def test_every_rule_is_the_oracles(seed: int, days: int) -> None:
    facts = drawn(Random(seed), days)  # noqa: S311 - chance, no secret
    found, expected = ours(facts), conditions(facts)
    assert set(found) == set(expected) == set(CONDITIONS)
    for name in CONDITIONS:
        assert found[name].tolist() == expected[name], name


def test_the_drawn_series_enter_and_leave_every_condition() -> None:
    turns = dict.fromkeys(CONDITIONS, 0)
    for seed in range(8):
        for name, states in conditions(drawn(Random(seed), 800)).items():  # noqa: S311 - chance, no secret
            turns[name] += sum(held and not after for held, after in pairwise(states))
    assert all(turns.values()), turns
