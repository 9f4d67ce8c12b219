"""Gaps: steps after which far fewer people go on than before, or than there should.

Source: docs/definitions.md, "Contribution pathway", Gap.
"""

from collections.abc import Iterator, Mapping
from math import exp, lgamma, log, log1p

import numpy as np

from events.community import ActionRecorded
from projections.community.context import EvaluationContext
from projections.pathway.conversion import CONVERTING, Conversion
from projections.timeline.days import day_of
from projections.timeline.history import Values
from projections.timeline.ranges import Flags, Ints

QUARTERS_BEFORE = 4
CHANCE = 0.01
"""How unlikely so few must be, if nothing had changed."""

SMALLEST_TERM = 1e-18


def gaps(conversion: Conversion, fewest: int, floor: float | None) -> Values:
    """By quarter: 1 where there is a gap, 0 where it can be judged and there is none, NaN where it cannot.

    Args:
        conversion: of the step.
        fewest: people below which a quarter says nothing.
        floor: share below which, two quarters in a row, there is a gap; None for no such share.
    """
    enough = conversion.people >= fewest
    return np.array([_gap(conversion, enough, int(place), floor) for place in range(len(enough))], np.float64)


def _gap(conversion: Conversion, enough: Flags, place: int, floor: float | None) -> float:
    if not enough[place]:
        return float("nan")
    judged = [*_behind_the_year_before(conversion, enough, place), *_below(floor, conversion, enough, place)]
    return float(any(judged)) if judged else float("nan")


def _behind_the_year_before(conversion: Conversion, enough: Flags, place: int) -> Iterator[bool]:
    """Whether the quarter fell behind the four before it, where all of them have enough people."""
    year = slice(place - QUARTERS_BEFORE, place)
    if place >= QUARTERS_BEFORE and enough[year].all():
        people, went_on = int(conversion.people[place]), int(conversion.went_on[place])
        before, then = int(conversion.people[year].sum()), int(conversion.went_on[year].sum())
        yield 2 * went_on * before < then * people and at_most(went_on, people, then / before) < CHANCE


def _below(floor: float | None, conversion: Conversion, enough: Flags, place: int) -> Iterator[bool]:
    """Whether this quarter and the one before it both lie below a floor, where there is one."""
    if floor is not None and place >= 1 and enough[place - 1]:
        both = slice(place - 1, place + 1)
        yield bool((conversion.went_on[both] / conversion.people[both] < floor).all())


def at_most(successes: int, trials: int, chance: float) -> float:
    """The binomial probability of at most so many successes, fewer than expected: summed from the largest term down."""
    if chance >= 1:
        return float(successes >= trials)
    ways = lgamma(trials + 1) - lgamma(successes + 1) - lgamma(trials - successes + 1)
    term = total = exp(ways + successes * log(chance) + (trials - successes) * log1p(-chance))
    for more in range(successes, 0, -1):
        term *= more / (trials - more + 1) * (1 - chance) / chance
        total += term
        if term < SMALLEST_TERM * total:
            break
    return total


def acknowledged(context: EvaluationContext) -> Mapping[str, Flags]:
    """By step, the days on which somebody has recorded an action about the gap that shows, since it opened.

    A gap is open for as long as every day shows one, whichever quarters show it.
    """
    actions = context.facts.of(ActionRecorded)
    found = {}
    for step in CONVERTING:
        taken = [day_of(one.time) for one in actions if one.data.about == f"pathway:{step}"]
        found[step] = acted_upon(context.values("pathway_gap", step=step) == 1, context.days, np.array(taken, np.int64))
    return found


def acted_upon(shows: Flags, days: Ints, taken: Ints) -> Flags:
    """The days of each run that are not before the first action taken within it.

    Args:
        shows: by day, whether a gap shows.
        days: the day numbers.
        taken: the day numbers of actions, in any order.
    """
    opens = shows & ~np.append(False, shows[:-1])
    opened = np.maximum.accumulate(np.where(opens, days, -1))
    newest = np.maximum.accumulate(np.where(np.isin(days, taken), days, -1))
    acted: Flags = shows & (newest >= opened)
    return acted
