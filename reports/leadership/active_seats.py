"""What is known of those who lead, and so whether active seats say anything. Pure.

A leader who cannot be seen is never called idle: where too little is known, what rests on active seats is withheld,
and what would have to be supplied is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from projections.disclosure.view import Disclosure
from projections.evaluation.catalog import family_of
from projections.metrics.group import Group
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series
from reports.format.values import format_value
from reports.numbers import SEATS_LABEL, Number, Terms

ENOUGH = 0.7
"""Of seats observed and of leaders with known work, before active seats say anything.

Source: docs/definitions.md, "Leadership".
"""
WORK_OF_LEADERS = frozenset({"tenfold_new_leaders_contributed_ratio"})
"""Families that tell who contributed from who did not, as active seats do."""
WATCH = "Import where the other scopes work, and add those scopes to `observed_scopes` in the policy."
LINK = "Link the identities that lead to those that contribute: `tenfold people unseen --community {}` lists them."


@dataclass(frozen=True, slots=True)
class LeadersKnown:
    """How much is known of those who lead, as shares; numbers over active seats need enough of both."""

    seats: float
    leaders: float
    observed: float
    working: float

    @property
    def is_enough(self) -> bool:
        """Whether an idle leader can be told from one who cannot be seen."""
        return self.observed >= ENOUGH and self.working >= ENOUGH

    @property
    def said_observed(self) -> str:
        """Of how many seats work can be seen: `12 of 30`."""
        return f"{format_value(self.observed * self.seats)} of {format_value(self.seats)}"

    def said_working(self, seen: Disclosure, day: date) -> str:
        """How many leaders have known work, where that may be seen: `9 of 30`, `too few of 30`."""
        without = seen.value(series("leaders_without_known_work"), day)
        many = format_value(self.leaders - without) if isinstance(without, float) else "too few"
        return f"{many} of {format_value(self.leaders)}"


@dataclass(frozen=True, slots=True)
class Note:
    """What is to say about active seats: a sentence, and what to supply."""

    text: str
    ways: Sequence[str] = ()


def known_of(history: History, day: date) -> LeadersKnown | None:
    """How much is known of those who lead on a day; nothing where nobody does, or nobody read what they did."""
    seats, leaders = (history.value(series(name, seats="nominal"), day) for name in ("leadership_seats", "leaders"))
    observed = history.value(series("leadership_observed_ratio"), day)
    without = history.value(series("leaders_without_known_work"), day)
    return LeadersKnown(seats, leaders, observed, 1 - without / leaders) if leaders > 0 and without >= 0 else None


def tells_of_active(history: History, day: date) -> bool:
    """Whether enough is known of those who lead for numbers over active seats to say anything on a day."""
    known = known_of(history, day)
    return known is not None and known.is_enough


def without_active(numbers: Iterable[Number], terms: Terms) -> list[Number]:
    """The numbers but those that rest on active seats: what is left to tell where too little is known for them."""
    return [one for one in numbers if not _rests_on_active(one, terms)]


def _rests_on_active(number: Number, terms: Terms) -> bool:
    if number.name in WORK_OF_LEADERS:
        return True
    about = family_of(number.name).group is Group.BESIDE or number.labels.get("of") in ("leadership", "scopes")
    return number.labels.get(SEATS_LABEL, terms.judge_by if about else "") == "active"


def note(seen: Disclosure, day: date, known: LeadersKnown, policy: CommunityPolicy, community: str) -> Note:
    """Whether numbers over active seats are shown, and if not, why, and what would let them be."""
    active = f"active seats (those whose holder worked within {policy.active_seat_days} days)"
    withheld = f"Numbers over {active}, and which new leaders contributed before, are withheld"
    missing = [*_unobserved(known), *_unlinked(seen, day, known, community)]
    if missing:
        reasons = " and ".join(reason for reason, _ in missing)
        needed = f"it takes {format_value(ENOUGH, Unit.SHARE)}{' of each' if missing[1:] else ''} to tell who is idle"
        return Note(f"{withheld}: {reasons}; {needed}.", [way for _, way in missing])
    if policy.judge_by == "active":
        return Note(f"Judged by {active}.")
    shares = f"{format_value(known.observed, Unit.SHARE)} of the leadership seats are observed"
    way = 'Set `judge_by = "active"` in the policy to judge leadership by active seats.'
    without = seen.value(series("leaders_without_known_work"), day)
    working = format_value(known.working, Unit.SHARE) if isinstance(without, float) else "most"
    suggested = [] if policy.observed_scopes is None else [way]
    return Note(f"{shares} and {working} of the leaders have known work.", suggested)


def _unobserved(known: LeadersKnown) -> Iterator[tuple[str, str]]:
    if known.observed < ENOUGH:
        seats = f"{known.said_observed} leadership seats"
        yield f"contributions can be seen in the scopes of {seats} (the contributors counted here work there)", WATCH


def _unlinked(seen: Disclosure, day: date, known: LeadersKnown, community: str) -> Iterator[tuple[str, str]]:
    if known.working < ENOUGH:
        yield f"{known.said_working(seen, day)} leaders have a known contribution", LINK.format(community)
