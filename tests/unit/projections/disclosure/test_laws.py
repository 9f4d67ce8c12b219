"""No number that everybody sees gives a hidden one away by addition or subtraction, tried on all that could be so."""

from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from projections.disclosure.complementary import covering
from projections.disclosure.threshold import is_few
from projections.disclosure.view import Disclosure, public
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, Values, series
from tests.support.told_apart import FEW, HIDDEN, follows, looks

DAY = date(2026, 1, 1)
FLOWS = ("active", "new", "returned", "lapsed")


def flow_keys(window: int) -> dict[str, Series]:
    return {flow: series(f"{flow}_contributors", window_days=window) for flow in FLOWS}


def ledgers(largest: int) -> Values:
    """Rows start, new, returned, lapsed: all there can be up to a size; nobody lapsed who was not there."""
    every = np.array(list(product(range(largest + 1), repeat=4)), np.float64).T
    return every[:, every[3] <= every[0]]


def seen_of(start: Values, new: Values, returned: Values, lapsed: Values) -> tuple[Disclosure, Values]:
    """Many cases beside each other: one after the other as days, each with its start as many days before."""
    window, nothing = len(start), np.zeros(len(start))
    end = start + new + returned - lapsed
    rows = [np.concatenate(both) for both in ((start, end), (nothing, new), (nothing, returned), (nothing, lapsed))]
    return public(History(DAY, dict(zip(flow_keys(window).values(), rows, strict=True))), CommunityPolicy()), end


def test_who_came_went_and_stayed_does_not_follow_from_who_is_active() -> None:
    start, new, returned, lapsed = cases = ledgers(13)
    seen, end = seen_of(*cases)
    shown = looks(seen, flow_keys(len(start)))
    active_then, every = shown[0, : len(start)], shown[:, len(start) :]
    people = np.array([start, end, new, returned, lapsed, start - lapsed])
    known = follows(np.vstack((active_then, every)), people)
    complete = end <= 13
    hidden = np.vstack((active_then < 0, every < 0, np.ones(len(start), bool)))
    assert not (known & hidden & is_few(people) & complete).any()


def test_of_a_ledger_that_is_hidden_nothing_is_said() -> None:
    seen, _ = seen_of(*(np.array([one]) for one in (20.0, 3.0, 0.0, 2.0)))
    assert looks(seen, flow_keys(1))[:, 1].tolist() == [21.0, HIDDEN, HIDDEN, HIDDEN]


def test_what_is_new_makes_up_for_nothing_since_other_windows_tell_it() -> None:
    seen, _ = seen_of(*(np.array([one]) for one in (40.0, 9.0, 12.0, 3.0)))
    assert looks(seen, flow_keys(1))[:, 1].tolist() == [58.0, 9.0, HIDDEN, FEW]
    seen, _ = seen_of(*(np.array([one]) for one in (40.0, 9.0, 2.0, 3.0)))
    assert looks(seen, flow_keys(1))[:, 1].tolist() == [48.0, HIDDEN, HIDDEN, HIDDEN]


def teams(*people: float, active: float, across: float | None = None, window: int = 90) -> list[float | str | None]:
    keys = [series("team_active_contributors", team=team, window_days=window) for team in "abc"[: len(people)]]
    numbers = dict(zip(keys, people, strict=True)) | {series("active_contributors", window_days=window): active}
    if across is not None:
        numbers[series("cross_team_contributors")] = across
        keys.append(series("cross_team_contributors"))
    seen = public(History(DAY, {key: np.array([value]) for key, value in numbers.items()}), CommunityPolicy())
    return [seen.value(key, DAY) for key in keys]


def test_who_works_in_two_teams_does_not_follow_from_the_teams() -> None:
    assert teams(20, 23, active=40, across=3) == [None, 23, "<5"]
    assert teams(20, 23, active=40, window=30) == [None, 23]
    assert teams(20, 28, active=40, across=8) == [20, 28, 8]
    assert teams(20, 14, 11, active=40, across=4) == [None, 14, 11, "<5"]


def test_who_works_in_three_teams_does_not_follow_from_the_teams() -> None:
    assert teams(20, 20, 20, active=45, across=14) == [None, 20, 20, 14]
    assert teams(20, 20, 20, active=45, across=15) == [20, 20, 20, 15]


def test_who_is_in_one_team_alone_or_in_none_does_not_follow_from_the_teams() -> None:
    assert teams(20, 23, active=45, across=0) == [None, 23, 0]
    assert teams(37, 20, active=40, across=17) == [None, None, 17]
    assert teams(20, 20, active=22, across=18) == [None, None, None]
    assert teams(20, 3, 17, active=40) == [None, "<5", 17]


@pytest.mark.parametrize(("recurring", "seen"), [(20, 20), (19, None), (16, None), (15, 15), (4, "<5"), (0, 0)])
def test_who_came_once_does_not_follow_from_who_recurs(recurring: float, seen: float | str | None) -> None:
    key = series("recurring_contributors", window_days=30)
    numbers = {key: recurring, series("active_contributors", window_days=30): 20.0}
    found = public(History(DAY, {one: np.array([value]) for one, value in numbers.items()}), CommunityPolicy())
    assert found.value(key, DAY) == seen


def test_of_few_people_it_is_not_said_which_part_is_few() -> None:
    key = series("recurring_contributors", window_days=30)
    numbers = {key: np.arange(1.0, 6.0), series("active_contributors", window_days=30): np.full(5, 6.0)}
    assert public(History(DAY, numbers), CommunityPolicy()).values(key) == [None] * 5


@pytest.mark.parametrize("groups", [2, 3])
def test_groups_that_cover_a_number_never_say_which_of_1_to_4_one_of_them_is(groups: int) -> None:
    """Of two or three teams that overlap in one way: who is in the first and the second."""
    alone = np.array(list(product(range(10), repeat=groups)), np.float64).T
    both = np.tile(np.arange(10.0), (alone.shape[1], 1)).T.reshape(-1)
    alone = np.tile(alone, 10)
    people, whole = alone.copy(), alone.sum(axis=0) + both
    people[:2] += both
    hidden, said = covering(people, whole - people, both, is_few(both))
    shown = np.where(said, FEW, np.where(hidden, HIDDEN, people))
    few = is_few(both) & (whole >= 9)
    across = np.where(few, FEW, np.where(is_few(both) | is_few(whole - both), HIDDEN, both))
    true = np.vstack((people, whole - people, both))
    known = follows(np.vstack((shown, whole, across)), true)
    complete = (whole <= 9) & (whole >= 5)
    assert not (known & is_few(true) & complete)[:groups].any()
    assert not (known & is_few(true) & complete)[-1].any()


def test_a_days_history_begins_with_nobody() -> None:
    keys = flow_keys(90)
    numbers = {keys["active"]: 12.0, keys["new"]: 12.0, keys["returned"]: 0.0, keys["lapsed"]: 0.0}
    history = History(DAY - timedelta(days=1), {key: np.array([np.nan, value]) for key, value in numbers.items()})
    assert [public(history, CommunityPolicy()).value(key, DAY) for key in keys.values()] == [12, 12, 0, 0]
