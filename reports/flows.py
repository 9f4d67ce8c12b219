"""Who came and who went, in numbers and words: the ledger, each flow by what people are, whom to say hello. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from projections.activity.flows import NO_TEAM_NAMED, SEVERAL, Split
from projections.activity.lapsing import Lapsing
from projections.activity.measures import SOON_DAYS
from projections.disclosure.complementary import covering
from projections.disclosure.threshold import FEWEST_PEOPLE, is_few
from projections.disclosure.view import FEW, Disclosure
from projections.timeline.history import series
from reports.format.values import NOT_SHOWN, Value, format_value
from reports.format.words import counted

TITLES = {"new": "New", "returned": "Returned", "lapsed": "Lapsed"}
TEAMS = {SEVERAL: "several teams", NO_TEAM_NAMED: "no team"}
SAYS_NOTHING = {"other"}
"""Of teams, where the policy lists none."""
CLASSES = {"core": "core", "regular": "regular", "casual": "casual"}


@dataclass(frozen=True, slots=True)
class Ledger:
    """start + new + returned − lapsed = end, between two days; None where a number is not shown."""

    start_day: date
    end_day: date
    start: Value = None
    new: Value = None
    returned: Value = None
    lapsed: Value = None
    end: Value = None
    corrections: Value = None

    def said(self, name: str) -> str:
        """One of its numbers as it reads."""
        value: Value = getattr(self, name)
        return format_value(value)


@dataclass(frozen=True, slots=True)
class Greeting:
    """Some people to say hello to.

    Attributes:
        words: who they are and how many.
        people: who; nobody for those who may not see people.
    """

    words: str
    people: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Movements:
    """Who came and who went in the headline window.

    Attributes:
        ledger: in numbers; nothing where nobody ever contributed.
        year_ago: those of the same day a year before.
        reasons: a sentence for each flow that anybody is in.
        greetings: to whom a word is due.
    """

    ledger: Ledger | None = None
    year_ago: Ledger | None = None
    reasons: Sequence[str] = ()
    greetings: Sequence[Greeting] = ()


@dataclass(frozen=True, slots=True)
class SayHello:
    """To whom a word is due, as they are recorded: who lapsed, and who will soon if nothing more comes from them."""

    lapsed: Sequence[str]
    lapsing: Sequence[str]
    within_days: int = SOON_DAYS


def ledger(seen: Disclosure, day: date, window_days: int) -> Ledger | None:
    """How the active of a window's start became those of its end; nothing where nobody ever contributed by then."""
    start_day, active = day - timedelta(days=window_days), series("active_contributors", window_days=window_days)
    if seen.is_absent(active, day):
        return None
    new, returned, lapsed, corrections = (
        seen.value(series(name, window_days=window_days), day)
        for name in ("new_contributors", "returned_contributors", "lapsed_contributors", "growth_corrections")
    )
    start = 0.0 if seen.is_absent(active, start_day) else seen.value(active, start_day)
    return Ledger(start_day, day, start, new, returned, lapsed, seen.value(active, day), corrections)


def reasons(flows: Mapping[str, Split], seen: Disclosure, day: date, window_days: int) -> list[str]:
    """A sentence for each flow that anybody is in; splits of which the viewer may see nothing are left out.

    Args:
        flows: Each flow of the window that ends on the day.
        seen: What the viewer may see: of a flow that is hidden no part is shown.
        day: That day.
        window_days: That window.
    """
    sentences = []
    for flow, title in TITLES.items():
        all_of_it = seen.value(series(f"{flow}_contributors", window_days=window_days), day)
        ways = published(flows, flow, seen, day, window_days) if seen.hides else ways_of(flows[flow])
        words = [f"by {way}: {_listed(parts)}" for way, parts in ways.items() if parts and parts.keys() != SAYS_NOTHING]
        if words and isinstance(all_of_it, float):
            sentences.append(f"{title}, {'; '.join(words)}.")
    return sentences


def ways_of(split: Split) -> Mapping[str, Mapping[str, int | str]]:
    """The ways in which a flow is split, each with the parts that anybody is in."""
    ways = {"team": split.by_team, "basis": split.by_basis, "amount of work": split.by_class}
    return {way: {name: count for name, count in parts.items() if count} for way, parts in ways.items()}


def published(
    flows: Mapping[str, Split], flow: str, seen: Disclosure, day: date, window_days: int
) -> Mapping[str, Mapping[str, int | str]]:
    """Likewise for everybody: not by amount of work, since the classes' own numbers would tell what is hidden."""
    others = ("lapsed",) if flow == "lapsed" else ("new", "returned")
    then = day - timedelta(days=window_days) if flow == "lapsed" else day
    rest = {}
    for team in flows[flow].by_team:
        there = seen.value(series("team_active_contributors", team=team, window_days=window_days), then)
        if isinstance(there, float):
            rest[team] = there - sum(flows[one].by_team.get(team, 0) for one in others)
    return {"team": disclosed(flows[flow].by_team, rest), "basis": disclosed(flows[flow].by_basis)}


def disclosed(parts: Mapping[str, int], rest: Mapping[str, float] | None = None) -> dict[str, int | str]:
    """Parts of a public number as everybody may see them, by the rule for parts; nothing where all are hidden.

    Args:
        parts: How many people are in each.
        rest: How many, where that is public, are left of what a part is of, once it is taken away.
    """
    names = sorted((name for name, count in parts.items() if count), key=lambda name: (name not in TEAMS, name))
    if not names:
        return {}
    people = np.array([[parts[name]] for name in names], np.float64)
    outside = np.array([[(rest or {}).get(name, np.inf)] for name in names])
    hidden, said = covering(people, outside, np.zeros(1), np.zeros(1, bool))
    if hidden.all():
        return {}
    told = {name: FEW if few else NOT_SHOWN for name, gone, few in zip(names, hidden, said, strict=True) if gone}
    return {name: told.get(name, count) for name, count in parts.items() if count}


def greetings(hello: Lapsing, seen: Disclosure, active: Value = None) -> list[Greeting]:
    """Whom to say hello to.

    Those who may not see people hear how many soon will lapse, by the rules for counts and where those who stay may be
    told, too; how many did, the ledger says to them, or does not, since subtraction would show another number.

    Args:
        hello: Who they are.
        seen: What the viewer may see.
        active: How many are active, as the viewer sees it.
    """
    told = [
        ("Active when the window began and no longer ({})", hello.lapsed),
        (f"No longer active in {SOON_DAYS} days if nothing more comes from them ({{}})", hello.lapsing),
    ]
    if seen.hides:
        few_stay = isinstance(active, float) and is_few(np.array(active - len(hello.lapsing)))
        told = [] if few_stay else told[1:]
    return [
        Greeting(words.format(_people(len(persons), seen.hides)), () if seen.hides else persons)
        for words, persons in told
        if persons
    ]


def _people(count: int, hides: bool) -> str:
    if hides and count < FEWEST_PEOPLE:
        return f"{FEW} people"
    return counted(count, "person", "people")


def _listed(parts: Mapping[str, int | str]) -> str:
    words = TEAMS | CLASSES
    return ", ".join(f"{words.get(name, name)} {format_value(count)}" for name, count in parts.items())
