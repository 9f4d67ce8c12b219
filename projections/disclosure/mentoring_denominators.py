"""Over how many people each number of mentoring is, for those who may see no person.

Who took a seat is public, whether they were mentored is not: so it is told over 10 or more of them alone. Those who
came and were mentored, and those who were not, add up to newcomers, so neither is told where either is few.

Source: DESIGN, "What always holds", 10.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.newcomers import newcomers_within
from projections.disclosure.threshold import Denominators, both_sayable, sayable
from projections.timeline.history import Series, Values, series


def _mentors(over: Denominators, _key: Series) -> Values:
    """The busiest mentor is one person."""
    return over.values(series("mentors_active"))


def _newcomers(over: Denominators, key: Series) -> Values:
    """The newcomers that coverage is a share of, in whichever windows others are counted."""
    newcomers = newcomers_within(over, over.newcomer_days)
    return np.minimum(newcomers, both_sayable(newcomers, over.values(key)))


def _came(over: Denominators, _key: Series) -> Values:
    """Infinite where how many came, mentored or not, may be told."""
    people = [over.values(series("newcomer_retention_people", mentored=mentored)) for mentored in ("yes", "no")]
    return np.minimum(sayable(people[0]), sayable(people[1]))


def _stayed(over: Denominators, key: Series) -> Values:
    """Those who came, where both who stayed and who did not may be told."""
    people = over.values(series("newcomer_retention_people", **dict(key[1])))
    return np.minimum(np.minimum(people, both_sayable(people, over.values(key))), _came(over, key))


def _recruited(over: Denominators, key: Series) -> Values:
    """Those recruited, where both who was mentored and who was not may be told."""
    recruited, mentored = over.values(series("core_by_role_recruited")), over.values(key)
    return np.minimum(recruited, np.minimum(sayable(mentored), sayable(recruited - mentored)))


MENTORING: Mapping[str, Callable[[Denominators, Series], Values]] = {
    "tenfold_mentor_load_max": _mentors,
    "tenfold_mentoring_coverage_ratio": _newcomers,
    "tenfold_newcomer_retention_people": _came,
    "tenfold_newcomer_retention_ratio": _stayed,
    "tenfold_core_by_role_recruited_mentored": _recruited,
}
"""Family → how many people it is over, as in `shares`."""
