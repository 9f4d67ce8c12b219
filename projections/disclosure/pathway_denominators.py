"""Over how many people each number of the contribution pathway is, for those who may see no person.

How far people came adds up to the active of a year, so what is hidden must not follow by subtraction. Leading is
public and working is not, so who led and still works is told nobody, nor who is core beside them; the two together are
one part then, which is hidden as others are.

Source: docs/privacy.md.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.complementary import withheld
from projections.disclosure.threshold import FEWEST_PEOPLE, is_few, sayable
from projections.disclosure.true_numbers import TrueNumbers
from projections.metrics.privacy import Denominator
from projections.pathway.steps import STEPS
from projections.timeline.history import Series, Values, series

CORE, LAST = STEPS[-2:]
HIDDEN_FIRST = STEPS[-3::-1]
"""The steps before, in the order in which they are hidden."""


def came_as_far(numbers: TrueNumbers, key: Series) -> Values:
    """Infinite where how many came so far may be told."""
    people = {step: numbers.values(series("pathway_contributors", step=step)) for step in STEPS}
    leading = ~np.isnan(people[LAST])
    beyond = np.where(leading, people[CORE] + np.nan_to_num(people[LAST]), people[CORE])
    rows = np.nan_to_num(np.array([beyond, *(people[step] for step in HIDDEN_FIRST)]))
    few = is_few(rows)
    few[0] |= leading & (rows[0] < FEWEST_PEOPLE)
    hidden, _ = withheld(rows, few, np.ones(len(rows)))
    by_step = dict(zip(HIDDEN_FIRST, hidden[1:], strict=True)) | dict.fromkeys((CORE, LAST), hidden[0] | leading)
    return np.where(by_step[_step(key)], 0.0, np.inf)


def reached(numbers: TrueNumbers, key: Series) -> Values:
    """The people of the quarter."""
    return numbers.values(series("pathway_conversion_people", step=_step(key)))


def converted(numbers: TrueNumbers, key: Series) -> Values:
    """The same, where those who went on and those who did not may each be told."""
    people = numbers.values(series("pathway_conversion_people", step=_step(key)))
    went_on = _went_on(numbers, key)
    told: Values = np.minimum.reduce([reached(numbers, key), sayable(went_on), sayable(people - went_on)])
    return told


def _went_on(numbers: TrueNumbers, key: Series) -> Values:
    """The people whom a median of days is numbers."""
    of, share = (numbers.values(series(f"pathway_conversion_{one}", step=_step(key))) for one in ("people", "ratio"))
    return np.round(of * share)


def _step(key: Series) -> str:
    return dict(key[1])["step"]


PATHWAY: Mapping[Denominator, Callable[[TrueNumbers, Series], Values]] = {
    Denominator.STEPS: came_as_far,
    Denominator.COHORT: reached,
    Denominator.COHORT_IN_PARTS: converted,
    Denominator.WENT_ON: _went_on,
}
"""Of whom enough must be behind a number → how many they are, as in `denominators`."""
