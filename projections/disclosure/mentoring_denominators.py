"""Over how many people each number of mentoring is, for those who may see no person.

Who took a seat is public, whether they were mentored is not: so it is told over 10 or more of them alone. Those who
came and were mentored, and those who were not, add up to newcomers, so neither is told where either is few.

Source: docs/privacy.md.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.newcomers import newcomers_within
from projections.disclosure.threshold import both_sayable, sayable
from projections.disclosure.true_numbers import TrueNumbers
from projections.metrics.privacy import Denominator
from projections.timeline.history import Series, Values, series


def _mentors(numbers: TrueNumbers, _key: Series) -> Values:
    """The busiest mentor is one person."""
    return numbers.values(series("mentors_active"))


def _newcomers(numbers: TrueNumbers, key: Series) -> Values:
    """The newcomers that coverage is a share of, in whichever windows others are counted."""
    newcomers = newcomers_within(numbers, numbers.policy.mentoring.newcomer_days)
    return np.minimum(newcomers, both_sayable(newcomers, numbers.values(key)))


def _came(numbers: TrueNumbers, _key: Series) -> Values:
    """Infinite where how many came, mentored or not, may be told."""
    people = [numbers.values(series("newcomer_retention_people", mentored=mentored)) for mentored in ("yes", "no")]
    return np.minimum(sayable(people[0]), sayable(people[1]))


def _stayed(numbers: TrueNumbers, key: Series) -> Values:
    """Those who came, where both who stayed and who did not may be told."""
    people = numbers.values(series("newcomer_retention_people", **dict(key[1])))
    return np.minimum(np.minimum(people, both_sayable(people, numbers.values(key))), _came(numbers, key))


def _recruited(numbers: TrueNumbers, key: Series) -> Values:
    """Those recruited, where both who was mentored and who was not may be told."""
    recruited, mentored = numbers.values(series("core_by_role_recruited")), numbers.values(key)
    return np.minimum(recruited, np.minimum(sayable(mentored), sayable(recruited - mentored)))


MENTORING: Mapping[Denominator, Callable[[TrueNumbers, Series], Values]] = {
    Denominator.MENTORS: _mentors,
    Denominator.NEWCOMERS: _newcomers,
    Denominator.CAME: _came,
    Denominator.STAYED: _stayed,
    Denominator.RECRUITED: _recruited,
}
"""Of whom enough must be behind a number → how many they are, as in `denominators`."""
