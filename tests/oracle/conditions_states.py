"""What conditions go by on a day, and a state that is entered and left by it.

A condition is not left on a day on which it would be entered; what is not known neither enters nor leaves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Scope:
    """A scope on a day, while there is one."""

    vacant: bool
    led: bool
    held_share: Fraction
    team_share: Fraction


@dataclass(frozen=True)
class Facts:
    """What conditions go by, on one day; None is not known, and ages are in days."""

    growth: str | None = None
    goal_age: int | None = None
    path: Fraction | None = None
    kept: tuple[int, int] | None = None
    leadership: str | None = None
    leader_age: int | None = None
    active: int | None = None
    lapsing: int | None = None
    covered: tuple[int, int] | None = None
    runway: str | None = None
    coverage: Fraction | None = None
    mentoring_newcomers: int = 0
    mentorships: int | None = None
    load: int | None = None
    most_load: int = 5
    unanswered: int | None = None
    newcomers: int | None = None
    gaps: Mapping[str, tuple[int | None, bool]] = field(default_factory=dict)
    report_age: int | None = None
    meeting_age: int | None = None
    report_cadence: int | None = 45
    meeting_cadence: int | None = 30
    cross_team: int | None = None
    teams_of_five: int = 0
    weeks: Sequence[int] = ()
    late_sources: frozenset[str] = frozenset()
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    told: Sequence[tuple[int, int]] = ()
    unread: frozenset[str] = frozenset()


Past = Sequence[Facts]

Test = Callable[[Past], bool]


def history(days: Past, enters: Test, leaves: Test) -> list[bool]:
    """Entered → left."""
    return remembering(days, enters, lambda past, _: leaves(past))


def remembering(days: Past, enters: Test, leaves: Callable[[Past, int], bool]) -> list[bool]:
    """The same where leaving depends on the place of the day of entering."""
    states, held, entered = list[bool](), False, 0
    for place in range(len(days)):
        past = days[: place + 1]
        wants = enters(past)
        if not held and wants:
            held, entered = True, place
        elif held and not wants and leaves(past, entered):
            held = False
        states.append(held)
    return states


def for_days(past: Past, how_many: int, test: Callable[[Facts], bool]) -> bool:
    """For so many days: on each of the last ones, this one included."""
    return len(past) >= how_many and all(test(day) for day in past[-how_many:])
