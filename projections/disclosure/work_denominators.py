"""On which days numbers that count work, not people, may be told to those who may see no person.

Contributions within a window, on all days, say how many there were on each: where one person is left, on which days
they worked. So what is made of work is told where in every week and every smallest window that holds some of its days
5 people or more were active, or nobody contributed: nothing that follows from it is then of fewer.

Source: docs/privacy.md.
"""

from collections.abc import Callable, Mapping

import numpy as np

from projections.disclosure.newcomers import ever
from projections.disclosure.sources import EVERY_SOURCE
from projections.disclosure.threshold import FEWEST_PEOPLE
from projections.disclosure.true_numbers import TrueNumbers
from projections.metrics.privacy import Denominator
from projections.timeline.days import SECONDS_A_DAY, number_of, sunday_of
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Flags, Ints

WEEK = 7


def of_contributions(numbers: TrueNumbers, key: Series) -> Values:
    """Infinite where the contributions of a window may be told; that there were none is told as it is of people."""
    return _over_window(numbers, key, int(dict(key[1])["window_days"]))


def of_headline(numbers: TrueNumbers, key: Series) -> Values:
    """The same of the headline window, also of bots and agents: many act whenever somebody does."""
    return _over_window(numbers, key, numbers.policy.headline_window_days)


def of_last_event(numbers: TrueNumbers, key: Series) -> Values:
    """Of all sources together, where none of the days from the last event on is one of few; never of a single one."""
    if dict(key[1])["source"] != EVERY_SOURCE:
        return np.zeros(numbers.history.days)
    day = numbers.values(key) // SECONDS_A_DAY - number_of(numbers.history.first_day)
    last = np.nan_to_num(day, nan=-1).astype(np.int64)
    few = _any_between(days_of_few(numbers), np.maximum(last, 0), _every_day(numbers))
    return np.where((last >= 0) & ~few, np.inf, 0.0)


def _over_window(numbers: TrueNumbers, key: Series, days: int) -> Values:
    today = _every_day(numbers)
    few = _any_between(days_of_few(numbers), np.maximum(today - days + 1, 0), today)
    return np.where(few & (numbers.values(key) != 0), 0.0, np.inf)


def days_of_few(numbers: TrueNumbers) -> Flags:
    """The days in a week, or in one of the smallest windows, in which somebody contributed and fewer than 5 worked."""
    active = numbers.history.family("tenfold_active_contributors")
    windows = (int(dict(labels)["window_days"]) for labels, _ in active)
    window = min(windows, default=numbers.policy.headline_window_days)
    made = ever(numbers.values(series("contributions", window_days=window)), window)
    few: Flags = _in_windows(numbers, window, made) | _in_weeks(numbers, made)
    return few


def _in_windows(numbers: TrueNumbers, window: int, made: Values) -> Flags:
    today = _every_day(numbers)
    few = _is_of_few(numbers.active(window), _made_between(made, today - window + 1, today))
    return _any_between(few, today, np.minimum(today + window, len(few)) - 1)


def _in_weeks(numbers: TrueNumbers, made: Values) -> Flags:
    """In a week that is not over, as many are taken to work as in the last one."""
    today = _every_day(numbers)
    sundays = today + (sunday_of(0) - number_of(numbers.history.first_day) - today) % WEEK
    known = np.minimum(sundays, len(today) - 1)
    work = _made_between(made, sundays - WEEK + 1, known)
    return _is_of_few(numbers.values(series("weekly_contributors"))[known], work)


def _is_of_few(people: Values, work: Values) -> Flags:
    few: Flags = ~(people >= FEWEST_PEOPLE) & (work > 0)
    return few


def _made_between(made: Values, first: Ints, last: Ints) -> Values:
    before = np.append(0.0, made)
    found: Values = before[last + 1] - before[np.maximum(first, 0)]
    return found


def _every_day(numbers: TrueNumbers) -> Ints:
    return np.arange(numbers.history.days)


def _any_between(flags: Flags, first: Ints, last: Ints) -> Flags:
    before = np.append(0, np.cumsum(flags))
    found: Flags = before[last + 1] > before[first]
    return found


WORK: Mapping[Denominator, Callable[[TrueNumbers, Series], Values]] = {
    Denominator.WORK: of_contributions,
    Denominator.HEADLINE_WORK: of_headline,
    Denominator.LAST_EVENT: of_last_event,
}
"""Of whom enough must be behind a number → how many they are, as in `denominators`."""
