"""One question, put to the oracle and to us."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from events.envelope import Event
from projections.policy.policy import CommunityPolicy
from tests.support.against_oracle import by_oracle, by_us

Numbers = Mapping[tuple[str, frozenset[tuple[str, str]]], float]
Ask = Callable[..., float | None]
DEFAULT = CommunityPolicy()


@pytest.fixture(params=[by_oracle, by_us], ids=["oracle", "ours"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask for one number of a day; None where it is absent."""
    numbers: Callable[[Sequence[Event], CommunityPolicy, date], Numbers] = request.param

    def asked(
        events: Sequence[Event], day: str, family: str, policy: CommunityPolicy = DEFAULT, **labels: object
    ) -> float | None:
        key = (f"tenfold_{family}", frozenset((name, str(value)) for name, value in labels.items()))
        return numbers(events, policy, date.fromisoformat(day)).get(key)

    return asked
