"""The answer: whether the community grows, in a sentence with its numbers and in one for people; and its goal. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from pydantic import computed_field

from projections.activity.months import MONTH_WEEKS
from projections.disclosure.view import Disclosure
from projections.growth.goal import Goal as GoalSet
from projections.growth.verdict import MOST_MONTHS, WEEKS_NEEDED, WEEKS_TO_CHANGE, months_judged, reading
from projections.metrics.unit import Unit
from projections.timeline.days import SECONDS_A_DAY, YEAR, number_of, say_day
from projections.timeline.history import History, series
from reports.format.document import Seconds
from reports.format.values import Value, format_value, percent
from reports.format.words import begun

VERDICTS: Mapping[str, str] = {
    "growing": "Growing",
    "flat": "Flat",
    "shrinking": "Shrinking",
    "unclear": "Cannot tell yet",
    "unknown": "Unknown",
}
TOO_FEW = "over too few people to say by how much"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer.

    Attributes:
        state: The verdict that holds.
        word: How it is called.
        rest: The numbers that say so, or why there are none.
        plain: The answer for people who do not know the verdict, as sentences.
        beside: What always stands beside it: how many they are, and were a year before.
        since: Since when it holds.
        standing: Since when it holds, and what today reads where that is something else, as half a sentence.
    """

    state: str
    word: str
    rest: str
    plain: str = ""
    beside: str = ""
    since: date | None = None
    standing: str = ""

    @computed_field  # type: ignore[prop-decorator] # mypy takes properties undecorated alone
    @property
    def sentence(self) -> str:
        """The whole answer in one line."""
        said = f"{self.word}: {self.rest}" if self.rest else f"{self.word}."
        return f"{said}; {self.beside}" if self.beside else said


@dataclass(frozen=True, slots=True)
class Headline:
    """The two answers; of leadership nothing where no role was recorded."""

    growth: Verdict
    leadership: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal that holds, and where the community stands.

    Attributes:
        aim: How many contributors it asks for in the end.
        due: By when.
        target: Where the target line is by now.
        growth_ratio: How many times the start the community is.
        path_ratio: How much of the target line it is.
    """

    sentence: str
    baseline: Value
    due: Seconds
    target: Value
    aim: float | None = None
    growth_ratio: Value = None
    path_ratio: Value = None


def verdict(seen: Disclosure, day: date, window: int, reason: str = "") -> Verdict:
    """The verdict of a day, with its change and interval wherever they may be seen.

    Args:
        seen: The numbers.
        day: The day asked about.
        window: Days within which somebody is active.
        reason: Why there is none, where there is none.
    """
    state = state_of(seen.history, day)
    beside = _beside(seen, day, window)
    since = None if state == "unknown" else since_of(seen.history, day, "growth_verdict", VERDICTS, state)
    change, low, high = (seen.value(series(f"growth_change_{name}ratio"), day) for name in ("", "low_", "high_"))
    if state != "unknown" and isinstance(change, float) and isinstance(low, float) and isinstance(high, float):
        more = more_or_fewer(change, span(seen.history, day))
        rest = f"{more} ({percent(low)} to {percent(high)} %)"
        said, reads = plain(state, more, low, high), reading_of(seen.history, day)
    else:
        said = rest = reason if state == "unknown" else TOO_FEW
        reads = state
    word = VERDICTS[state]
    standing = _standing(since, state, reads)
    sentences = " ".join([f"{word.lower()}.", *(f"{begun(one)}." for one in (said, beside, standing) if one)])
    return Verdict(state, word, rest, sentences, beside, since, standing)


def state_of(history: History, day: date) -> str:
    """The verdict that holds; `unknown` where nothing is known at all."""
    held = (name for name in VERDICTS if history.value(series("growth_verdict", verdict=name), day) == 1)
    return next(held, "unknown")


def since_of(history: History, day: date, family: str, states: Collection[str], held: str) -> date:
    """Since when a verdict has been in force; days on which nothing is known only cover it.

    Args:
        history: The numbers.
        day: On which it holds.
        family: That of the verdict, without prefix.
        states: Its verdicts.
        held: The one that holds.
    """
    known = {one: history.series.get(series(family, verdict=one)) for one in states if one != "unknown"}
    past = {
        one: values[: (day - history.first_day).days + 1] == 1 for one, values in known.items() if values is not None
    }
    others = [np.flatnonzero(on) for one, on in past.items() if one != held]
    last = max((int(places[-1]) for places in others if len(places)), default=-1)
    return history.first_day + timedelta(days=last + 1 + int(np.argmax(past[held][last + 1 :])))


def reading_of(history: History, day: date) -> str:
    """What the last closed week reads by itself."""
    return reading(*(history.value(series(f"growth_change_{end}ratio"), day) for end in ("", "low_", "high_")))


def _standing(since: date | None, state: str, reads: str) -> str:
    if since is None:
        return ""
    another = f"; the last week by itself reads {VERDICTS[reads].lower()}, and {WEEKS_TO_CHANGE} in a row change it"
    return f"so since {say_day(since)}{another if reads != state else ''}"


def plain(state: str, more: str, low: float, high: float) -> str:
    """By how much it grows, in a sentence for people who do not know the verdict; `more` says how many more."""
    between = f"between {format_value(low, Unit.CHANGE)} and {format_value(high, Unit.CHANGE)}"
    chance = "; which may be chance" if state == "unclear" and low <= 0 <= high else ""
    return f"{more} ({between}{chance})"


def more_or_fewer(change: float, over: str) -> str:
    """A change as people say it, of people by months over some time."""
    if percent(change) == "0":
        return f"as many people a month over {over} as a year before"
    return f"{percent(abs(change))} % {'more' if change > 0 else 'fewer'} people a month over {over} than a year before"


def span(history: History, day: date) -> str:
    """What the change of a day looks at."""
    months = months_judged(weeks_until(history, day))
    return f"the last {months * MONTH_WEEKS} weeks" if 0 < months < MOST_MONTHS else "the last year"


def weeks_until(history: History, day: date) -> int:
    """The closed weeks of a community."""
    weekly = history.series.get(series("weekly_contributors"))
    if weekly is None or np.isnan(weekly).all():
        return 0
    first = int(np.argmax(~np.isnan(weekly)))
    return ((day - history.first_day).days - first) // 7 + 1


def _beside(seen: Disclosure, day: date, window: int) -> str:
    """How many are active, and were a year before; a side that may not be seen, or is not known, is left out."""
    active = series("active_contributors", window_days=window)
    now, then = (seen.value(active, one) for one in (day, day - timedelta(days=YEAR)))
    if now is None:
        return ""
    before = "" if then is None else f", {format_value(then)} a year before"
    return f"{format_value(now)} active in {window} days{before}"


def reason(history: History, day: date) -> str:
    """Why there is no verdict on a day that is covered, as half a sentence; empty where there is one."""
    if state_of(history, day) != "unknown":
        return ""
    weekly = history.series.get(series("weekly_contributors"))
    if weekly is None or np.isnan(history.value(series("weekly_contributors"), day)):
        return "there is no whole week of contributions yet"
    if np.isnan(history.value(series("growth_change_ratio"), day)):
        return f"a change can be told from week {WEEKS_NEEDED} on, and there are {weeks_until(history, day)}"
    return f"a verdict needs {WEEKS_TO_CHANGE} weeks in a row that read alike"


def goal(seen: Disclosure, day: date, held: GoalSet | None = None) -> Goal | None:
    """The goal and where the community stands, in two sentences; nothing without a goal.

    Args:
        seen: The numbers.
        day: The day asked about.
        held: The goal that holds on it, once the facts were read: it says what it aims at.
    """
    names = ("goal_baseline_contributors", "goal_due_timestamp_seconds", "goal_target_contributors")
    baseline, due, target = (seen.value(series(name), day) for name in names)
    if baseline is None or target is None or not isinstance(due, float):
        return None
    way = f"From {format_value(baseline)} contributors" + (f" to {format_value(held.aim)}" if held else "")
    ratio = seen.value(series("growth_ratio", coverage="same_sources"), day)
    path = seen.value(series("growth_path_ratio"), day)
    stands = f"The target line is at {format_value(target)} by now"
    if ratio is not None and path is not None:
        stands = (
            f"We are at {format_value(ratio, Unit.TIMES)} the start, and at {format_value(path, Unit.SHARE)} of where "
            f"the target line is by now, {format_value(target)}"
        )
    sentence = f"{way} by {format_value(due, Unit.MOMENT)}. {stands}{_eta(seen, day)}."
    return Goal(sentence, baseline, due, target, held.aim if held else None, ratio, path)


def _eta(seen: Disclosure, day: date) -> str:
    earliest = seen.value(series("goal_eta_earliest_timestamp_seconds"), day)
    latest = seen.value(series("goal_eta_latest_timestamp_seconds"), day)
    if not (isinstance(earliest, float) and isinstance(latest, float)):
        return ""
    if min(earliest, latest) < number_of(day) * SECONDS_A_DAY:
        return ""
    between = f"{format_value(earliest, Unit.MOMENT)} and {format_value(latest, Unit.MOMENT)}"
    return f". At this pace it is reached between {between}"
