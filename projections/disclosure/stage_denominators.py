"""When the stage may be told to those who may see no person.

Who took a seat is public, whether they were mentored is not. The milestone that turns on it is told where nobody took
a first seat, or five people or more did: of fewer, its state would say it of each. The criterion that does is never
told, since it asks for one such person in each half-year.

Source: DESIGN, "What always holds", 10.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.threshold import FEWEST_PEOPLE, Denominators
from projections.stage.milestones import before
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Flags


def _milestone(over: Denominators, key: Series) -> Values:
    """Of recruits who were mentored; that it was met until lately says something of those recruited then, too."""
    if dict(key[1])["milestone"] != "core_mentored":
        return np.full(over.history.days, np.inf)
    state = {one: over.values(series("milestone", milestone="core_mentored", state=one)) for one in ("met", "unknown")}
    few = recruited_few(over)
    told = (state["unknown"] == 1) | ~(few | (before(few) & (state["met"] != 1)))
    return np.where(told, np.inf, 0.0)


def _success(over: Denominators, key: Series) -> Values:
    """Momentum turns on single people who were mentored."""
    return np.full(over.history.days, 0.0 if dict(key[1])["criterion"] == "momentum" else np.inf)


def recruited_few(over: Denominators) -> Flags:
    """The days on which so few took their first seat lately that what is told of all is told of one."""
    recruited = over.values(series("core_by_role_recruited"))
    few: Flags = (recruited >= 1) & (recruited < FEWEST_PEOPLE)
    return few


STAGE: Mapping[str, Callable[[Denominators, Series], Values]] = {
    "tenfold_milestone": _milestone,
    "tenfold_scaling_success": _success,
}
"""Family → how many people it is over, as in `shares`."""
