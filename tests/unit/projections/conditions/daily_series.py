"""Daily series around the thresholds of conditions, in stretches, with days on which nothing is known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from projections.activity.conditions import Weekly, many_lapsing, retention_dropped, unusual_arrivals
from projections.collaboration.conditions import no_cross_team
from projections.communication.conditions import overdue
from projections.freshness.conditions import PublishedActive, history_unsettled
from projections.growth.conditions import Goals, Verdicts, behind_path, growth_stalled, shrinking
from projections.leadership.conditions import leadership_concentrated, no_new_leader, scopes_vacant, strength_falling
from projections.leadership.vacancies import ScopeStates
from projections.mentoring.conditions import mentor_overloaded, newcomers_unmentored
from projections.pathway.conditions import pathway_gap
from projections.responses.conditions import newcomers_unanswered
from projections.stage.conditions import coordinator_runway
from projections.timeline.history import Share, Values
from projections.timeline.ranges import Flags
from tests.oracle.conditions_states import Facts, Scope

Lengths = Sequence[int]
STRETCHES: Lengths = (1, 2, 3, 5, 13, 14, 15, 27, 28, 29, 60, 90, 179, 180, 181)


@dataclass(frozen=True)
class Drawn:
    """Chance, and for how many days it draws."""

    chance: Random
    days: int

    def stretches(self, values: Sequence[Any], lengths: Lengths = STRETCHES) -> list[Any]:
        """One value per day, each held for a while."""
        found: list[Any] = []
        while len(found) < self.days:
            found += [self.chance.choice(values)] * self.chance.choice(lengths)
        return found[: self.days]

    def walk(self, low: int, high: int, step: int, start: int) -> list[int]:
        """Whole numbers that move a little, in stretches."""
        found, at = list[int](), start
        while len(found) < self.days:
            at = min(max(at + self.chance.randint(-step, step), low), high)
            found += [at] * self.chance.choice((1, 7, 30))
        return found[: self.days]


def drawn(chance: Random, days: int) -> list[Facts]:
    """So many days of everything that conditions go by."""
    draw = Drawn(chance, days)
    weeks = [chance.choice((3, 4, 5, 6, 19, 20, 21, 60)) if chance.random() < 0.1 else 4 for _ in range(days // 7 + 1)]
    offset, goal_from = chance.randint(-6, 0), chance.choice((0, 50, 100, days))
    counted = chance.choice((12, 30, 40))
    columns: dict[str, list[Any]] = {
        "growth": draw.stretches(("growing", "flat", "unclear", "flat", "shrinking", None)),
        "goal_age": [place - goal_from + 30 if place >= goal_from else None for place in range(days)],
        "kept": [
            (min(part, whole), whole)
            for part, whole in zip(draw.walk(20, 60, 12, 50), draw.walk(29, 70, 3, 60), strict=True)
        ],
        "leadership": draw.stretches(("concentrating", "steady", "spreading", None)),
        "leader_age": ages(draw, (200, 400)),
        "active": draw.stretches((0, 19, 20, 21, 30, None)),
        "lapsing": draw.stretches((0, 4, 5, 6, 7, 10, None)),
        "covered": [(min(one, counted), counted) for one in draw.walk(0, counted, 3, counted)],
        "runway": draw.stretches(("high", "high", "low", "unknown", None)),
        "coverage": draw.stretches([None, *(Fraction(one, 100) for one in (19, 20, 21, 29, 30, 31))]),
        "mentoring_newcomers": draw.stretches((9, 10, 11)),
        "mentorships": draw.stretches((0, 0, 1, None)),
        "load": draw.stretches((4, 5, 6, None)),
        "unanswered": draw.stretches((2, 3, 4, 5, 6, 9, None)),
        "newcomers": draw.stretches((16, 17, 20, 30, None)),
        "report_age": ages(draw),
        "meeting_age": ages(draw),
        "cross_team": draw.stretches((0, 0, 1, 2, 3, None)),
        "teams_of_five": draw.stretches((1, 2, 3)),
        "weeks": [weeks[: max((place - offset) // 7, 0)] for place in range(days)],
        "late_sources": draw.stretches([frozenset(one) for one in ("", "", "a", "ab")]),
        "told": [tuple(told(chance)) for _ in range(days)],
    }
    path = draw.stretches([None, *(Fraction(one, 100) for one in (79, 80, 81, 89, 90, 99, 100, 101))])
    columns["path"] = [one if place >= goal_from else None for place, one in enumerate(path)]
    gaps = {step: list(zip(draw.stretches((0, 1, None)), draw.stretches((False, True)), strict=True)) for step in "xy"}
    scopes = {name: scope_days(draw) for name in ("core", "web")}
    for name, parts in (("gaps", gaps), ("scopes", scopes)):
        columns[name] = [
            {one: theirs[place] for one, theirs in parts.items() if theirs[place]} for place in range(days)
        ]
    return [Facts(**{name: column[place] for name, column in columns.items()}) for place in range(days)]


def ages(draw: Drawn, apart: Sequence[int] = (30, 60, 400)) -> list[int | None]:
    """Days since something that happens now and then, once it ever did."""
    found, age = list[int | None](), draw.chance.choice((None, 0, 300))
    often = draw.chance.choice(apart)
    for _ in range(draw.days):
        age = 0 if draw.chance.random() < 1 / often else None if age is None else age + 1
        found.append(age)
    return found


def told(chance: Random) -> list[tuple[int, int]]:
    """What was published on a day: mostly one day, that mostly still holds."""
    published = [(20, chance.choice((20, 20, 20, 20, 20, 20, 20, 20, 21, 22, 23, 18, 17, 0)))]
    return published * chance.choice((0, 1, 1, 1, 1, 2)) if chance.random() < 0.9 else []


def scope_days(draw: Drawn) -> list[Scope | None]:
    """A scope that is vacant for a while, then led, then gone."""
    states = draw.stretches((None, "vacant", "vacant", "deputy", "led"), (1, 2, 3, 4, 12, 13, 14, 15, 40))
    held = draw.stretches([Fraction(one, 1000) for one in (0, 49, 50, 51)], (1, 60, 88, 90, 92))
    team = draw.stretches([Fraction(one, 1000) for one in (0, 0, 49, 50, 51)], (1, 20, 60))
    return [
        Scope(state == "vacant", state == "led", *shares) if state else None
        for state, *shares in zip(states, held, team, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Columns:
    """What conditions go by, as series; NaN where it is not known."""

    days: Sequence[Facts]

    def number(self, name: str) -> Values:
        """Of numbers."""
        values = [getattr(day, name) for day in self.days]
        return np.array([np.nan if one is None else float(one) for one in values])

    def pair(self, name: str) -> Share:
        """Of so many of so many."""
        pairs = [getattr(day, name) or (np.nan, np.nan) for day in self.days]
        part, whole = np.array(pairs, np.float64).T
        return Share(part, whole)

    def where(self, name: str, value: object) -> Flags:
        """The days on which it is this."""
        return np.array([getattr(day, name) == value for day in self.days], bool)

    def any_of(self, each: Sequence[Flags]) -> Flags:
        """The days on which one of these holds."""
        found: Flags = np.logical_or.reduce([np.zeros(len(self.days), bool), *each])
        return found


def ours(days: Sequence[Facts]) -> Mapping[str, Flags]:
    """What our rules make of the same days."""
    of = Columns(days)
    growth = Verdicts(*(of.where("growth", one) for one in ("growing", "flat", "shrinking", "unclear")))
    age = of.number("goal_age")
    goal = Goals(~np.isnan(age), age, of.number("path"))
    weeks = np.array(days[-1].weeks, np.int64)
    published = [PublishedActive(place, *map(float, one)) for place, day in enumerate(days) for one in day.told]
    coverage, newcomers = of.number("coverage"), of.number("mentoring_newcomers")
    return {
        "shrinking": shrinking(growth),
        "growth_stalled": growth_stalled(growth, goal),
        "behind_path": behind_path(goal),
        "retention_dropped": retention_dropped(of.pair("kept")),
        "many_lapsing": many_lapsing(Share(of.number("lapsing"), of.number("active"))),
        "unusual_arrivals": unusual_arrivals(Weekly(weeks, np.array([len(day.weeks) - 1 for day in days]))),
        "leadership_concentrated": leadership_concentrated(
            of.where("leadership", "concentrating"),
            of.where("leadership", "steady") | of.where("leadership", "spreading"),
        ),
        "no_new_leader": no_new_leader(of.number("leader_age"), of.number("active")),
        "strength_falling": strength_falling(of.pair("covered")),
        "scope_vacant": of.any_of(list(scopes_vacant(*scopes_of(days)))),
        "coordinator_runway": coordinator_runway(of.where("runway", "high"), of.where("runway", "low")),
        "newcomers_unmentored": newcomers_unmentored(coverage, newcomers, of.number("mentorships")),
        "mentor_overloaded": mentor_overloaded(of.number("load"), 5),
        "newcomers_unanswered": newcomers_unanswered(of.number("unanswered"), of.number("newcomers")),
        "pathway_gap": of.any_of([pathway_gap(*gap_of(days, step)) for step in "xy"]),
        "report_overdue": overdue(of.number("report_age"), 45),
        "meeting_overdue": overdue(of.number("meeting_age"), 30),
        "no_cross_team": no_cross_team(of.number("cross_team"), of.number("teams_of_five")),
        "source_unchecked": np.array([bool(day.late_sources) for day in days]),
        "history_unsettled": history_unsettled(published, len(days)),
    }


def gap_of(days: Sequence[Facts], step: str) -> tuple[Values, Flags]:
    """A step's gap, and whether it is acknowledged."""
    pairs = [day.gaps.get(step, (None, False)) for day in days]
    return np.array([np.nan if gap is None else gap for gap, _ in pairs]), np.array([done for _, done in pairs])


def scopes_of(days: Sequence[Facts]) -> tuple[ScopeStates, Flags]:
    """The scopes as grids."""

    def grid(of: Callable[[Scope], bool]) -> Flags:
        return np.array([[name in day.scopes and of(day.scopes[name]) for day in days] for name in ("core", "web")])

    least = Fraction(5, 100)
    return ScopeStates(
        grid(lambda _: True),
        grid(lambda one: one.vacant),
        grid(lambda one: one.led),
        grid(lambda one: one.held_share >= least),
    ), grid(lambda one: one.team_share >= least)
