"""Over how many people each ratio is, which decides whether somebody without a token may see it.

Who holds which role is published, so numbers over all seats are shown. Whether its holder worked lately, and for whom,
is not: numbers over active seats are shares of the leaders, said where 10 or more are active and none, or 5 or more,
are not.

Source: DESIGN, "What always holds", 10.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.mentoring_denominators import MENTORING
from projections.disclosure.pathway_denominators import PATHWAY
from projections.disclosure.stage_denominators import STAGE
from projections.disclosure.threshold import Denominators, both_sayable, sayable
from projections.disclosure.work_denominators import WORK
from projections.timeline.days import YEAR
from projections.timeline.history import Series, Values, earlier, series


def _active_now(over: Denominators, _key: Series) -> Values:
    return over.active(over.window_days)


def _active_in_parts(over: Denominators, key: Series) -> Values:
    """The active, where both those in the share and those not may be said."""
    return np.minimum(_active_now(over, key), both_sayable(_active_now(over, key), over.values(key)))


def _active_before(over: Denominators, key: Series) -> Values:
    """Those whom retention is a share of: active at the start of the period.

    Retention times their number says how many stayed, and with the ledger who came and went: each may have to be said.
    """
    window = int(dict(key[1])["window_days"])
    before = earlier(over.active(window), window)
    flows = [over.values(series(f"{flow}_contributors", window_days=window)) for flow in ("new", "returned", "lapsed")]
    told = [sayable(np.nan_to_num(people)) for people in (*flows, np.round(before * over.values(key)))]
    fewest: Values = np.minimum.reduce([before, *told])
    return fewest


def _responded(over: Denominators, key: Series) -> Values:
    """The people whose artefacts were answered, or decided on."""
    family = {
        "tenfold_first_response_seconds_median": "first_response_people",
        "tenfold_acceptance_ratio": "acceptance_people",
    }[key[0]]
    return over.values(series(family, **dict(key[1])))


def _behind_a_goal(over: Denominators, key: Series) -> Values:
    """People whom a goal's ratio counts; the goal is public, so the ratio says their number itself."""
    goal = {
        "tenfold_growth_ratio": "goal_baseline_contributors",
        "tenfold_growth_path_ratio": "goal_target_contributors",
    }[key[0]]
    counted = sayable(np.round(over.values(key) * over.values(series(goal))))
    baseline = over.values(series("goal_baseline_contributors"))
    every, same = (over.values(series("growth_ratio", coverage=of)) for of in ("all", "same_sources"))
    return np.minimum(counted, sayable(np.nan_to_num(np.round((every - same) * baseline))))


def _seats(over: Denominators, key: Series) -> Values:
    """Over all seats, published roles; over active ones, the leaders whose work that is."""
    return _leading(over, dict(key[1])["seats"])


def _leading(over: Denominators, seats: str) -> Values:
    if seats == "nominal":
        return np.full(over.history.days, np.inf)
    leaders, active = (over.values(series("leaders", seats=kind)) for kind in ("nominal", "active"))
    return np.minimum(active, sayable(leaders - active))


def _largest(over: Denominators, key: Series) -> Values:
    """What rests on one: of volume, the work of the active; of leadership, seats, or where its people work."""
    labels = dict(key[1])
    if labels["of"] == "volume":
        return _active_now(over, key)
    seats = _leading(over, over.judge_by)
    return seats if labels["unit"] == "person" else np.minimum(seats, _leaders(over))


def _affiliated(over: Denominators, key: Series) -> Values:
    """Affiliations of leaders are no part of their roles."""
    return np.minimum(_seats(over, key), over.values(series("leaders", seats=dict(key[1])["seats"])))


def _leaders(over: Denominators) -> Values:
    return over.values(series("leaders", seats=over.judge_by))


def _new_leaders(over: Denominators, key: Series) -> Values:
    """Who came to lead is known, so those of whom something is told and the others must each be sayable."""
    new = over.values(series("new_leaders"))
    return np.minimum(new, both_sayable(new, over.values(key)))


def _without_work(over: Denominators, key: Series) -> Values:
    """Leaders are known, so those with and those without work must each be a number that may be said."""
    without = over.values(key)
    return np.minimum(sayable(without), sayable(over.values(series("leaders", seats="nominal")) - without))


def _beside(over: Denominators, key: Series) -> Values:
    """Leadership beside the people active now."""
    return np.minimum(_active_now(over, key), _leading(over, over.judge_by))


def _beside_then(over: Denominators, key: Series) -> Values:
    """And beside those active when the goal began, whom it published, or else a year before."""
    goal = over.values(series("goal_baseline_contributors"))
    then = np.where(np.isnan(goal), earlier(over.active(over.window_days), YEAR), goal)
    seats_then = np.where(np.isnan(goal), earlier(_leading(over, over.judge_by), YEAR), np.inf)
    return np.minimum(np.minimum(_beside(over, key), then), seats_then)


def _representing(over: Denominators, key: Series) -> Values:
    """Volunteers among leaders beside volunteers among the active: who knows the one share can work out the other."""
    leading = over.values(series("leadership_share_ratio", seats=over.judge_by, basis="volunteer"))
    of_the_active = np.divide(leading, over.values(key), out=np.zeros(len(leading)), where=over.values(key) > 0)
    told = both_sayable(_active_now(over, key), of_the_active)
    fewest: Values = np.minimum.reduce([_beside(over, key), _leaders(over), told])
    return fewest


def _of_a_kind(over: Denominators, key: Series) -> Values:
    """The people who did work of a kind."""
    return over.values(series("work_share_people", kind=dict(key[1])["kind"]))


def _coordinating(over: Denominators, _key: Series) -> Values:
    """Who coordinates, and until when, is published; whether they work is told of few people at best."""
    return np.full(over.history.days, np.inf if over.judge_by == "nominal" else 0.0)


def of_one(over: Denominators, _key: Series) -> Values:
    """What one person does is told nobody, however many it is a share of."""
    return np.zeros(over.history.days)


DENOMINATORS: Mapping[str, Callable[[Denominators, Series], Values]] = {
    f"tenfold_{name}": people
    for people, names in {
        _active_before: ("retention_ratio",),
        _active_in_parts: ("newcomer_share_ratio", "affiliation_known_ratio"),
        _active_now: ("growth_change_ratio", "growth_change_low_ratio", "growth_change_high_ratio"),
        _largest: ("departure_exposure_ratio",),
        _responded: ("first_response_seconds_median", "acceptance_ratio"),
        _behind_a_goal: ("growth_ratio", "growth_path_ratio"),
        _seats: (
            "leaders",
            "leadership_seats",
            "effective_leaders",
            "effective_leaders_entropy",
            "leadership_concentration_ratio",
            "leadership_hhi",
            "leadership_gini_ratio",
            "leadership_top_share_ratio",
            "leadership_absence_factor",
            "leadership_strength_ratio",
            "leadership_strength_without_top_ratio",
            "scopes_per_leader_max",
            "scopes",
        ),
        _affiliated: ("leadership_share_ratio", "leadership_elephant_factor"),
        _new_leaders: ("new_leaders_contributed_ratio", "new_leaders_mentored_ratio"),
        _without_work: ("leaders_without_known_work",),
        _beside: ("contributors_per_effective_leader",),
        _beside_then: ("leadership_spread_ratio",),
        _of_a_kind: ("work_share_ratio",),
        _representing: ("volunteer_representation_ratio",),
        _coordinating: ("coordinators_active", "coordinator_runway_seconds"),
        of_one: ("coordinator_mentorship_share_ratio", "bridges_single_person"),
    }.items()
    for name in names
} | {**PATHWAY, **MENTORING, **STAGE, **WORK}
"""Family → how many people its ratio is over, day by day; infinite where that may be told anyway."""
