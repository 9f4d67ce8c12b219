"""docs/definitions.md, *Activity*: over the work up to the end of the day asked about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.contributions import Work
from tests.oracle.days import before, month_ends
from tests.oracle.people import Organisation, affiliation, organisation
from tests.oracle.values import Values

Days = Mapping[str, Sequence[date]]  # person → day of each contribution of active work, oldest first


def within(work: Iterable[Work], day: date, window: int) -> list[Work]:
    """A window of `W` days ending on `D` is the days `D−W+1 … D`."""
    first = before(day, window - 1)
    return [one for one in work if first <= one.day <= day]


def active_days(work: Iterable[Work]) -> dict[str, list[date]]:
    """The day of each contribution of active work, by person, oldest first."""
    days: dict[str, list[date]] = {}
    for one in sorted((one for one in work if one.active), key=lambda one: one.day):
        days.setdefault(one.person, []).append(one.day)
    return days


def in_window(days: Iterable[date], day: date, window: int) -> list[date]:
    """Those of the days that lie in the window."""
    first = before(day, window - 1)
    return [one for one in days if first <= one <= day]


def active(days: Days, day: date, window: int, minimum: int) -> set[str]:
    """A person with at least `min_contributions` contributions of active work in the window."""
    return {person for person, theirs in days.items() if len(in_window(theirs, day, window)) >= minimum}


def recurring(days: Days, day: date, window: int, minimum: int) -> set[str]:
    """**Recurring**: on at least 2 days that lie 7 or more days apart."""
    spans = {person: in_window(days[person], day, window) for person in active(days, day, window, minimum)}
    return {person for person, theirs in spans.items() if (theirs[-1] - theirs[0]).days >= 7}


def first_active(theirs: Sequence[date], window: int, minimum: int) -> date | None:
    """The first active work of their life (`min_contributions` reached for the first time)."""
    for first, last in zip(theirs, theirs[minimum - 1 :], strict=False):
        if (last - first).days < window:
            return last
    return None


def new(days: Days, day: date, window: int, minimum: int) -> set[str]:
    """**new** = active at the end, and the first active work of their life falls in the period."""
    ends = active(days, day, window, minimum)
    firsts = {person: first_active(days[person], window, minimum) for person in ends}
    return {person for person, first in firsts.items() if first is not None and first > before(day, window)}


def lapsed(days: Days, day: date, window: int, minimum: int) -> set[str]:
    """**lapsed** = active at the start, not at the end."""
    return active(days, before(day, window), window, minimum) - active(days, day, window, minimum)


def lapsing(days: Days, day: date, window: int, minimum: int) -> set[str]:
    """**Lapsing**: active, and 14 days later no more if nothing is done from then on."""
    now = active(days, day, window, minimum)
    so_far = {person: [one for one in days[person] if one <= day] for person in now}
    return now - active(so_far, before(day, -14), window, minimum)


def returned(days: Days, day: date, window: int, minimum: int) -> set[str]:
    """**returned** = active at the end, not at the start, and not new."""
    start = active(days, before(day, window), window, minimum)
    return active(days, day, window, minimum) - start - new(days, day, window, minimum)


def retention(days: Days, day: date, window: int, minimum: int) -> Fraction | None:
    """**Retention**: `|active(D) ∩ active(D−W)| / |active(D−W)|`."""
    start = active(days, before(day, window), window, minimum)
    kept = active(days, day, window, minimum) & start
    return Fraction(len(kept), len(start)) if start else None


def cohorts(days: Days, day: date, minimum: int) -> dict[str, list[Fraction]]:
    """Retention by cohort: of those whose first active work fell in month M, the share active (30 days).

    At the end of each of the twelve months after.
    """
    members: dict[str, set[str]] = {}
    for person, theirs in days.items():
        members.setdefault(theirs[0].strftime("%Y-%m"), set()).add(person)
    shares: dict[str, list[Fraction]] = {month: [] for month in members}
    for end in month_ends(day, 12 * (day.year - 1960)):
        here = active(days, end, 30, minimum)
        for month, people in members.items():
            if end.strftime("%Y-%m") > month and len(shares[month]) < 12:
                shares[month].append(Fraction(len(here & people), len(people)))
    return shares


def newcomers(work: Iterable[Work], day: date, window: int) -> set[str]:
    """**Newcomer**: a person whose first contribution of any kind falls in the window."""
    firsts: dict[str, date] = {}
    for one in work:
        firsts[one.person] = min(one.day, firsts.get(one.person, one.day))
    return {person for person, first in firsts.items() if before(day, window) < first <= day}


def newcomer_share(days: Days, day: date, values: Values) -> Fraction | None:
    """**Newcomer share** = share of active people whose first active work was in the last 365 days."""
    people = active(days, day, values.headline, values.min_contributions)
    fresh = {person for person in people if days[person][0] > before(day, 365)}
    return Fraction(len(fresh), len(people)) if people else None


def volumes(days: Days, day: date, values: Values) -> dict[str, int]:
    """**Volume** is person-days: distinct UTC days on which a person did active work."""
    people = active(days, day, values.headline, values.min_contributions)
    return {person: len(set(in_window(days[person], day, values.headline))) for person in people}


def onion(sizes: Iterable[int]) -> dict[str, int]:
    """`core` while the share of those *before* them is < 80 %, `regular` while < 95 %, else `casual`."""
    ordered = sorted(sizes, reverse=True)
    layers = {"core": 0, "regular": 0, "casual": 0}
    for place in range(len(ordered)):
        share = Fraction(sum(ordered[:place]), sum(ordered))
        layer = "core" if share < Fraction(80, 100) else "regular" if share < Fraction(95, 100) else "casual"
        layers[layer] += 1
    return layers


def absence_factor(sizes: Iterable[int | Fraction]) -> int:
    """The smallest k such that the k largest people hold ≥ 50 % of the window's volume."""
    ordered = sorted(sizes, reverse=True)
    return next(k for k in range(1, len(ordered) + 1) if 2 * sum(ordered[:k]) >= sum(ordered))


def exposure(sizes: Iterable[int | Fraction]) -> Fraction:
    """**Departure exposure**: of volume, the largest one's share."""
    every = list(sizes)
    return Fraction(max(every), sum(every))


def affiliation_known(people: set[str], affiliations: Mapping[str, Any], day: date) -> Fraction:
    """**Affiliation known** = share with one among the people that a number is about."""
    known = [person for person in people if affiliation(affiliations.get(person, []), day) is not None]
    return Fraction(len(known), len(people))


def organisation_volumes(
    days: Days, people: set[str], affiliations: Mapping[str, Any], day: date, values: Values, *, together: bool = False
) -> dict[Organisation, int]:
    """Over organisations, with the affiliation of the work's own day.

    The unknown ones are each an organisation of one; for the bounds, all `together`.
    """
    sizes: dict[Organisation, int] = {}
    for person in people:
        theirs = affiliations.get(person, [])
        for one in set(in_window(days[person], day, values.headline)):
            where = organisation(person, theirs, one, values)
            if together and affiliation(theirs, one) is None:
                where = ("unknown", "")
            sizes[where] = sizes.get(where, 0) + 1
    return sizes
