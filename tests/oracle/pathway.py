"""docs/definitions.md, *Contribution pathway*: steps, the conversion of each, and gaps, as of the end of a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import comb
from statistics import median

from tests.oracle import activity
from tests.oracle.contributions import Known
from tests.oracle.days import before, day_of, start_of
from tests.oracle.leadership_seats import Term
from tests.oracle.values import Values

STEPS = ("arrived", "second_day", "sustained", "core", "leader")
HORIZONS = {"arrived": 30, "second_day": 90, "sustained": 180, "core": 180}
Number = tuple[str, Fraction | float, dict[str, str]]
Cohort = Sequence[int | None]  # of each person of a quarter the days to the next step, None where not in time


@dataclass(frozen=True)
class Way:
    """How far somebody came: step → since when that is known, and → the day of it, where that is known.

    `alone` has the days of steps by contributions alone.
    """

    known_by: Mapping[str, date]
    on: Mapping[str, date]
    alone: Mapping[str, date]

    def converting(self, step: str) -> Mapping[str, date]:
        """Conversions but that of `core` go by contributions alone (a seat is no second day)."""
        return self.on if step == "core" else self.alone


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """All of the pathway."""
    ways = all_ways(known, values, day)
    roles = known.roles.began is not None and known.roles.began <= day
    yield from how_many(known, values, day, ways, roles=roles)
    for step in HORIZONS:
        if step != "core" or roles:
            for family, value in conversion(ways.values(), step, values, day):
                yield family, value, {"step": step}


def all_ways(known: Known, values: Values, day: date) -> dict[str, Way]:
    """How far everybody came by the end of the day."""
    days, active = defaultdict[str, set[date]](set), defaultdict[str, set[date]](set)
    terms = defaultdict[str, list[Term]](list)
    for one in (one for one in known.work if one.day <= day):
        days[one.person].add(one.day)
        if one.active:
            active[one.person].add(one.day)
    for term in (term for term in known.roles.terms if day_of(term.start) <= day):
        terms[term.seat.person].append(term)
    return {
        person: way(sorted(days[person]), sorted(active[person]), terms[person], values)
        for person in days.keys() | terms.keys()
    }


def way(days: Sequence[date], active: Sequence[date], terms: Sequence[Term], values: Values) -> Way:
    """The day a person reaches each step, from their own acts alone."""
    own: dict[str, date | None] = {
        "arrived": days[0] if days else None,
        "second_day": days[1] if len(days) > 1 else None,
        "sustained": next((day for day in days if len(activity.in_window(days, day, 90)) >= 4), None),
        "core": next((day for day in active if is_core(activity.in_window(active, day, 183))), None),
        "leader": None,
    }
    alone = by_then(own, dict.fromkeys(STEPS))[1]
    held: dict[str, date | None] = dict.fromkeys(STEPS)
    for step, seats in (("core", terms), ("leader", leading(terms, values))):
        first = min(seats, key=lambda term: (term.start, not term.already_held), default=None)
        if first is not None and first.already_held:
            held[step] = day_of(first.start)
        elif first is not None:
            own[step] = earliest(own[step], day_of(first.start))
    if not days:
        return Way({}, {}, {})
    known_by, on = (since(days[0], found) for found in by_then(own, held))
    return Way(known_by, on, alone)


def since(first: date, found: Mapping[str, date]) -> dict[str, date]:
    """All steps are of people who contributed: nobody is on the way before their first contribution."""
    return {step: max(day, first) for step, day in found.items()}


def leading(terms: Sequence[Term], values: Values) -> list[Term]:
    """Terms of leadership seats."""
    return [term for term in terms if term.seat.role in values.leadership_roles]


def is_core(days: Sequence[date]) -> bool:
    """24 distinct days that touch at least 4 calendar months."""
    return len(days) >= 24 and len({(day.year, day.month) for day in days}) >= 4


def earliest(*days: date | None) -> date | None:
    """The earliest of those that there are."""
    return min((day for day in days if day is not None), default=None)


def by_then(own: Mapping[str, date | None], held: Mapping[str, date | None]) -> tuple[dict[str, date], dict[str, date]]:
    """Who reaches a later step has reached the earlier ones by then: since when it is known, and the day of it.

    A seat that was already held gives no day to what it implies: only what was reached by the day on which it is first
    heard of has one.
    """
    known_by: dict[str, date] = {}
    on: dict[str, date] = {}
    for place, step in enumerate(STEPS):
        reached = earliest(*(own[later] for later in STEPS[place:]))
        unknown = earliest(*(held[later] for later in STEPS[place:]))
        told = earliest(reached, unknown)
        if told is not None:
            known_by[step] = told
        if reached is not None and (unknown is None or reached <= unknown):
            on[step] = reached
    return known_by, on


def how_many(known: Known, values: Values, day: date, ways: Mapping[str, Way], *, roles: bool) -> Iterator[Number]:
    """People active within 365 days, by the furthest step reached."""
    work = [one for one in known.work if one.day <= day]
    if not work:
        return
    people = activity.active(activity.active_days(work), day, 365, values.min_contributions)
    furthest = [[step for step in STEPS if step in ways[person].known_by][-1] for person in people]
    for step in STEPS:
        if step != "leader" or roles:
            yield "pathway_contributors", furthest.count(step), {"step": step}


def conversion(ways: Iterable[Way], step: str, values: Values, day: date) -> Iterator[tuple[str, Fraction | float]]:
    """Published is the newest mature quarter with at least [20] people that ended at most 540 days ago."""
    horizon, every = HORIZONS[step], list(ways)
    first = quarter_start(day)
    while (first - timedelta(days=1)) >= before(day, 540 + 92):
        last = before(next_quarter(first), 1)
        people = cohort(every, step, first)
        if before(day, 540) <= last <= before(day, horizon) and len(people) >= values.pathway_people:
            yield from published(every, step, first, values)
            return
        first = quarter_start(before(first, 1))


def published(ways: Sequence[Way], step: str, first: date, values: Values) -> Iterator[tuple[str, Fraction | float]]:
    """What is said of a quarter: the share who reached the next, and the median days they took."""
    people = cohort(ways, step, first)
    took = [days for days in people if days is not None]
    yield "pathway_conversion_ratio", Fraction(len(took), len(people))
    yield "pathway_conversion_people", len(people)
    yield "pathway_quarter_start_timestamp_seconds", start_of(first).timestamp()
    if took:
        yield "pathway_step_days_median", median(took)
    spoken = [
        rule for rule in (behind(ways, step, first, values), below(ways, step, first, values)) if rule is not None
    ]
    if spoken:
        yield "pathway_gap", float(any(spoken))


def cohort(ways: Sequence[Way], step: str, first: date) -> Cohort:
    """The people who *reached* a step in a calendar quarter, and whether the next within its horizon."""
    following = STEPS[STEPS.index(step) + 1]
    every = [way.converting(step) for way in ways]
    theirs = [on for on in every if step in on and first <= on[step] < next_quarter(first)]
    took = [(on[following] - on[step]).days if following in on else None for on in theirs]
    return [days if days is not None and days <= HORIZONS[step] else None for days in took]


def behind(ways: Sequence[Way], step: str, first: date, values: Values) -> bool | None:
    """k/n < p/2 and the binomial P(X ≤ k) < 0.01, against the 4 quarters directly before, pooled."""
    year: list[date] = []
    for _ in range(4):
        first_before = quarter_start(before(year[-1] if year else first, 1))
        year.append(first_before)
    cohorts = [cohort(ways, step, quarter) for quarter in year]
    if any(len(people) < values.pathway_people for people in cohorts):
        return None
    people = [days for people in cohorts for days in people]
    rate = Fraction(len(people) - people.count(None), len(people))
    now = cohort(ways, step, first)
    went_on = len(now) - now.count(None)
    return Fraction(went_on, len(now)) < rate / 2 and at_most(went_on, len(now), rate) < Fraction(1, 100)


@cache
def at_most(successes: int, trials: int, chance: Fraction) -> Fraction:
    """The binomial P(X ≤ k)."""
    terms = (comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(successes + 1))
    return sum(terms, Fraction(0))


def below(ways: Sequence[Way], step: str, first: date, values: Values) -> bool | None:
    """This quarter and the one directly before (≥ 20 each) below the policy's floor."""
    floor = values.pathway_floors.get(step)
    two = [cohort(ways, step, quarter) for quarter in (first, quarter_start(before(first, 1)))]
    if floor is None or any(len(people) < values.pathway_people for people in two):
        return None
    return all(Fraction(len(people) - people.count(None), len(people)) < floor for people in two)


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter that a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(first: date) -> date:
    """The first day of the quarter after one."""
    return quarter_start(first + timedelta(days=100))
