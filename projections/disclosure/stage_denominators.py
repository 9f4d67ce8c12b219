"""When the stage may be told to those who may see no person.

Who took a seat is public, whether they were mentored is not. The milestone that turns on it is told where nobody took
a first seat, or five people or more did: of fewer, its state would say it of each. The criterion that does is never
told, since it asks for one such person in each half-year.

Source: docs/privacy.md.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.threshold import FEWEST_PEOPLE
from projections.disclosure.true_numbers import TrueNumbers
from projections.metrics.privacy import Denominator
from projections.stage.milestones import before
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Flags


def _milestone(numbers: TrueNumbers, key: Series) -> Values:
    """Of recruits who were mentored; that it was met until lately says something of those recruited then, too."""
    labels = dict(key[1])
    if labels["milestone"] != "core_mentored":
        return np.full(numbers.history.days, np.inf)
    met, unknown = (numbers.values(series("milestone", **labels | {"state": one})) == 1 for one in ("met", "unknown"))
    few = recruited_few(numbers)
    told = unknown | ~(few | (before(few) & ~met))
    return np.where(told, np.inf, 0.0)


def _success(numbers: TrueNumbers, key: Series) -> Values:
    """Momentum turns on single people who were mentored."""
    return np.full(numbers.history.days, 0.0 if dict(key[1])["criterion"] == "momentum" else np.inf)


def recruited_few(numbers: TrueNumbers) -> Flags:
    """The days on which so few took their first seat lately that what is told of all is told of one."""
    recruited = numbers.values(series("core_by_role_recruited"))
    few: Flags = (recruited >= 1) & (recruited < FEWEST_PEOPLE)
    return few


STAGE: Mapping[Denominator, Callable[[TrueNumbers, Series], Values]] = {
    Denominator.MILESTONE: _milestone,
    Denominator.SUCCESS: _success,
}
"""Of whom enough must be behind a number → how many they are, as in `denominators`."""
