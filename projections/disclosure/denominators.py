"""Over how many people each ratio is, which decides whether somebody without a token may see it.

Who holds which role is published, so numbers over all seats are shown. Whether its holder worked lately, and for whom,
is not: numbers over active seats are shares of the leaders, said where 10 or more are active and none, or 5 or more,
are not.

Source: docs/privacy.md.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.mentoring_denominators import MENTORING
from projections.disclosure.pathway_denominators import PATHWAY
from projections.disclosure.stage_denominators import STAGE
from projections.disclosure.threshold import both_sayable, sayable
from projections.disclosure.true_numbers import TrueNumbers
from projections.disclosure.work_denominators import WORK
from projections.metrics.privacy import Denominator
from projections.timeline.days import YEAR
from projections.timeline.history import Series, Values, earlier, series


def _active_now(numbers: TrueNumbers, _key: Series) -> Values:
    return numbers.active_now()


def _active_in_parts(numbers: TrueNumbers, key: Series) -> Values:
    """The active, where both those in the share and those not may be said."""
    return np.minimum(_active_now(numbers, key), both_sayable(_active_now(numbers, key), numbers.values(key)))


def _declared(numbers: TrueNumbers, _key: Series) -> Values:
    """The active, where both those who declared an agent and those who did not may be said."""
    active = _active_now(numbers, _key)
    window = numbers.policy.headline_window_days
    people = np.nan_to_num(numbers.values(series("agent_assisted_contributors", window_days=window)))
    fewest: Values = np.minimum.reduce([active, sayable(people), sayable(active - people)])
    return fewest


def _active_before(numbers: TrueNumbers, key: Series) -> Values:
    """Those whom retention is a share of: active at the start of the period.

    Retention times their number says how many stayed, and with the ledger who came and went: each may have to be said.
    """
    window = int(dict(key[1])["window_days"])
    before = earlier(numbers.active(window), window)
    flows = [
        numbers.values(series(f"{flow}_contributors", window_days=window)) for flow in ("new", "returned", "lapsed")
    ]
    told = [sayable(np.nan_to_num(people)) for people in (*flows, np.round(before * numbers.values(key)))]
    fewest: Values = np.minimum.reduce([before, *told])
    return fewest


def _answered(numbers: TrueNumbers, key: Series) -> Values:
    """The people whose artefacts were answered, or decided on."""
    family = {
        "tenfold_first_response_seconds_median": "first_response_people",
        "tenfold_acceptance_ratio": "acceptance_people",
    }[key[0]]
    return numbers.values(series(family, **dict(key[1])))


def _behind_a_goal(numbers: TrueNumbers, key: Series) -> Values:
    """People whom a goal's ratio counts; the goal is public, so the ratio says their number itself."""
    goal = {
        "tenfold_growth_ratio": "goal_baseline_contributors",
        "tenfold_growth_path_ratio": "goal_target_contributors",
    }[key[0]]
    counted = sayable(np.round(numbers.values(key) * numbers.values(series(goal))))
    baseline = numbers.values(series("goal_baseline_contributors"))
    every, same = (numbers.values(series("growth_ratio", coverage=of)) for of in ("all", "same_sources"))
    return np.minimum(counted, sayable(np.nan_to_num(np.round((every - same) * baseline))))


def _seats(numbers: TrueNumbers, key: Series) -> Values:
    """Over all seats, published roles; over active ones, the leaders whose work that is."""
    return _leading(numbers, dict(key[1])["seats"])


def _leading(numbers: TrueNumbers, seats: str) -> Values:
    if seats == "nominal":
        return np.full(numbers.history.days, np.inf)
    leaders, active = (numbers.values(series("leaders", seats=kind)) for kind in ("nominal", "active"))
    return np.minimum(active, sayable(leaders - active))


def _exposed(numbers: TrueNumbers, key: Series) -> Values:
    """What rests on one: of volume, the work of the active; of leadership, seats, or where its people work."""
    labels = dict(key[1])
    if labels["of"] == "volume":
        return _active_now(numbers, key)
    seats = _leading(numbers, numbers.policy.judge_by)
    return seats if labels["unit"] == "person" else np.minimum(seats, _leaders(numbers))


def _affiliated(numbers: TrueNumbers, key: Series) -> Values:
    """Affiliations of leaders are no part of their roles."""
    return np.minimum(_seats(numbers, key), numbers.values(series("leaders", seats=dict(key[1])["seats"])))


def _leaders(numbers: TrueNumbers) -> Values:
    return numbers.values(series("leaders", seats=numbers.policy.judge_by))


def _new_leaders(numbers: TrueNumbers, key: Series) -> Values:
    """Who came to lead is known, so those of whom something is told and the others must each be sayable."""
    new = numbers.values(series("new_leaders"))
    return np.minimum(new, both_sayable(new, numbers.values(key)))


def _without_work(numbers: TrueNumbers, key: Series) -> Values:
    """Leaders are known, so those with and those without work must each be a number that may be said."""
    without = numbers.values(key)
    return np.minimum(sayable(without), sayable(numbers.values(series("leaders", seats="nominal")) - without))


def _beside(numbers: TrueNumbers, key: Series) -> Values:
    """Leadership beside the people active now."""
    return np.minimum(_active_now(numbers, key), _leading(numbers, numbers.policy.judge_by))


def _beside_then(numbers: TrueNumbers, key: Series) -> Values:
    """And beside those active when the goal began, whom it published, or else a year before."""
    goal = numbers.values(series("goal_baseline_contributors"))
    then = np.where(np.isnan(goal), earlier(numbers.active_now(), YEAR), goal)
    seats_then = np.where(np.isnan(goal), earlier(_leading(numbers, numbers.policy.judge_by), YEAR), np.inf)
    return np.minimum(np.minimum(_beside(numbers, key), then), seats_then)


def _representing(numbers: TrueNumbers, key: Series) -> Values:
    """Volunteers among leaders beside volunteers among the active: who knows the one share can work out the other."""
    leading = numbers.values(series("leadership_share_ratio", seats=numbers.policy.judge_by, basis="volunteer"))
    of_the_active = np.divide(leading, numbers.values(key), out=np.zeros(len(leading)), where=numbers.values(key) > 0)
    told = both_sayable(_active_now(numbers, key), of_the_active)
    fewest: Values = np.minimum.reduce([_beside(numbers, key), _leaders(numbers), told])
    return fewest


def _of_a_kind(numbers: TrueNumbers, key: Series) -> Values:
    """The people who did work of a kind."""
    return numbers.values(series("work_share_people", kind=dict(key[1])["kind"]))


def _coordinating(numbers: TrueNumbers, _key: Series) -> Values:
    """Who coordinates, and until when, is published; whether they work is told of few people at best."""
    return np.full(numbers.history.days, np.inf if numbers.policy.judge_by == "nominal" else 0.0)


DENOMINATORS: Mapping[Denominator, Callable[[TrueNumbers, Series], Values]] = {
    Denominator.ACTIVE: _active_now,
    Denominator.ACTIVE_IN_PARTS: _active_in_parts,
    Denominator.ACTIVE_BEFORE: _active_before,
    Denominator.DECLARED: _declared,
    Denominator.ANSWERED: _answered,
    Denominator.GOAL: _behind_a_goal,
    Denominator.EXPOSURE: _exposed,
    Denominator.KIND_OF_WORK: _of_a_kind,
    Denominator.SEATS: _seats,
    Denominator.AFFILIATED_SEATS: _affiliated,
    Denominator.LEADERS_BESIDE_ACTIVE: _beside,
    Denominator.LEADERS_BESIDE_ACTIVE_THEN: _beside_then,
    Denominator.REPRESENTATION: _representing,
    Denominator.NEW_LEADERS: _new_leaders,
    Denominator.LEADERS_WITHOUT_WORK: _without_work,
    Denominator.COORDINATORS: _coordinating,
    **PATHWAY,
    **MENTORING,
    **STAGE,
    **WORK,
}
"""Of whom enough must be behind a number → how many they are, day by day; infinite where it may be told anyway."""
