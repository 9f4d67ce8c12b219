"""Over how many people each number of the contribution pathway is, for those who may see no person.

How far people came adds up to the active of a year, so what is hidden must not follow by subtraction: at least two
steps are hidden then, together of 5 people or more. Leading is public and working is not, so who led and still works
is always among them. Who came with a seat held before must not follow from the newcomers of the quarter either.

Source: DESIGN, "What always holds", 10.
"""

from collections.abc import Callable, Mapping

import numpy as np

from infra.server.over import FEWEST_PEOPLE, Over, sayable
from projections.activity.ranges import Flags
from projections.days import SECONDS_A_DAY, number_of
from projections.history import Series, Values, series
from projections.pathway.conversion import begin_of, quarter_of
from projections.pathway.steps import LEADER, STEPS


def came_as_far(over: Over, key: Series) -> Values:
    """Infinite where how many came so far may be told."""
    people = np.array([over.values(series("pathway_contributors", step=step)) for step in STEPS])
    withheld = (people >= 1) & (people < FEWEST_PEOPLE)
    withheld[LEADER] |= ~np.isnan(people[LEADER])
    hidden = with_others(np.nan_to_num(people), withheld)
    return np.where(hidden[STEPS.index(_step(key))], 0.0, np.inf)


def with_others(people: Values, withheld: Flags) -> Flags:
    """What is hidden of parts (rows) that add up: where any is withheld, the smallest others too, as many as needed."""
    order = np.argsort(np.where(withheld, -1, people), axis=0, kind="stable")
    rank = np.arange(len(people))[:, None]
    ordered = np.take_along_axis(people, order, axis=0)
    before = np.cumsum(ordered, axis=0) - ordered
    several = withheld.sum(axis=0)
    chosen = (rank < several) | ((several > 0) & ((rank < 2) | (before < FEWEST_PEOPLE)))
    hidden = np.zeros(people.shape, bool)
    np.put_along_axis(hidden, order, chosen, axis=0)
    return hidden


def reached(over: Over, key: Series) -> Values:
    """The people of the quarter; of arrivals only where those who came by a seat alone can be told, too."""
    people = over.values(series("pathway_conversion_people", step=_step(key)))
    return np.minimum(people, with_a_seat_before(over, people)) if _step(key) == STEPS[0] else people


def converted(over: Over, key: Series) -> Values:
    """The same, where those who went on and those who did not may each be told."""
    people = over.values(series("pathway_conversion_people", step=_step(key)))
    went_on = _went_on(over, key)
    told: Values = np.minimum.reduce([reached(over, key), sayable(went_on), sayable(people - went_on)])
    return told


def _went_on(over: Over, key: Series) -> Values:
    """The people whom a median of days is over."""
    of, share = (over.values(series(f"pathway_conversion_{one}", step=_step(key))) for one in ("people", "ratio"))
    return np.round(of * share)


def with_a_seat_before(over: Over, arrived: Values) -> Values:
    """Whether a quarter's newcomers, whom the public may count, less its arrivals is a number that may be told.

    Who held a seat before they first contributed is a newcomer then, and arrived on no known day.
    """
    began = over.values(series("pathway_quarter_start_timestamp_seconds", step=STEPS[0]))
    begin = (np.nan_to_num(began) // SECONDS_A_DAY).astype(np.int64)
    end = begin_of(quarter_of(begin) + 1)
    ever, first_day = newcomers_ever(over), number_of(over.history.first_day)
    before = [np.append(0.0, ever)[np.clip(day - first_day, 0, len(ever))] for day in (begin, end)]
    return sayable(np.abs(np.nan_to_num(arrived - (before[1] - before[0]))))


def newcomers_ever(over: Over) -> Values:
    """How many people contributed for the first time up to each day: the newcomers of all windows that tile it."""
    newcomers = np.nan_to_num(over.values(series("newcomers", window_days=over.window_days)))
    tiles = np.zeros(-(-len(newcomers) // over.window_days) * over.window_days)
    tiles[: len(newcomers)] = newcomers
    ever: Values = np.cumsum(tiles.reshape(-1, over.window_days), axis=0).reshape(-1)[: len(newcomers)]
    return ever


def _step(key: Series) -> str:
    return dict(key[1])["step"]


PATHWAY: Mapping[str, Callable[[Over, Series], Values]] = {
    "tenfold_pathway_contributors": came_as_far,
    "tenfold_pathway_conversion_people": reached,
    "tenfold_pathway_conversion_ratio": converted,
    "tenfold_pathway_step_days_median": _went_on,
    "tenfold_pathway_gap": reached,
}
"""Family → how many people it is over, as in `shares`."""
