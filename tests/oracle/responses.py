"""docs/definitions.md, **Response**: who was answered, how soon, what was accepted, and which newcomers wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import Any

from events.keys import fact_key
from tests.oracle.contributions import Known
from tests.oracle.days import before, day_of, end_of
from tests.oracle.values import Values

Numbered = tuple[str, float | Fraction, dict[str, str]]
PATIENCE = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """What contributions say of artefacts by the end of a day."""

    known: Known
    values: Values
    day: date

    @cached_property
    def events(self) -> list[Any]:
        """Standing contributions, oldest first; of two at one moment the one with the smaller key."""
        so_far = [event for event in self.known.standing if event.time < end_of(self.day)]
        return sorted(so_far, key=lambda event: (event.time, fact_key(event.community, event.source, event.id)))

    @cached_property
    def by_reference(self) -> dict[tuple[str, str], Any]:
        """Contributions by what identifies them."""
        return {(event.source, event.id): event for event in self.events}

    @cached_property
    def opened_about(self) -> dict[tuple[str, str], Any]:
        """What is opened again under one name is one artefact: the first opening counts."""
        first: dict[tuple[str, str], Any] = {}
        for event in self.events:
            if event.data.outcome == "opened" and event.data.about is not None:
                first.setdefault((event.source, event.data.about), event)
        return first

    def opens(self, event: Any) -> bool:
        """Whether somebody waits for an answer to it."""
        if event.data.outcome != "opened":
            return False
        return event.data.about is None or self.opened_about[event.source, event.data.about] is event

    def answers(self, event: Any) -> Any:
        """The opening of the artefact that a contribution answers; None if it answers none.

        Through what it responds to, which came before it; else through what both are about.
        """
        to = event.data.responds_to
        parent = None if to is None else self.by_reference.get((to.source, to.id))
        if parent is not None and self.precedes(parent, event):
            found = parent if self.opens(parent) else self.answers(parent)
            if found is not None:
                return found
        opening = self.opened_about.get((event.source, event.data.about or ""))
        return opening if opening is not None and opening is not event and opening.time <= event.time else None

    def precedes(self, parent: Any, event: Any) -> bool:
        """What opens an artefact may bear the moment of its answer."""
        if parent is event:
            return False
        return bool(parent.time < event.time or (parent.time == event.time and self.opens(parent)))

    def is_human(self, event: Any) -> bool:
        """Neither a bot's nor a team's."""
        return event.subject in self.known.humans

    def person(self, event: Any) -> str:
        """Who made it."""
        return str(self.known.person.get(event.subject, event.subject))

    @cached_property
    def linked(self) -> list[tuple[Any, Any]]:
        """What answers artefacts of humans, each with the artefact, oldest first."""
        pairs = [(event, self.answers(event)) for event in self.events]
        return [(event, opening) for event, opening in pairs if opening is not None and self.is_human(opening)]

    def is_response(self, event: Any, opening: Any) -> bool:
        """By another human."""
        return self.is_human(event) and self.person(event) != self.person(opening)

    @cached_property
    def first_day(self) -> dict[str, date]:
        """The day of everybody's first contribution of any kind."""
        first: dict[str, date] = {}
        for work in self.known.work:
            first[work.person] = min(work.day, first.get(work.person, work.day))
        return first

    def is_newcomer(self, event: Any) -> bool:
        """A person whose first contribution of any kind falls in the window that ends with this one's day."""
        return self.first_day[self.person(event)] > before(day_of(event.time), self.values.headline)

    def in_window(self, event: Any) -> bool:
        """In the headline window."""
        return before(self.day, self.values.headline) < day_of(event.time) <= self.day

    @cached_property
    def first_responses(self) -> list[tuple[Any, Any]]:
        """The first response to each artefact that has one, with the artefact."""
        first: dict[int, tuple[Any, Any]] = {}
        for event, opening in self.linked:
            if self.is_response(event, opening):
                first.setdefault(id(opening), (event, opening))
        return list(first.values())

    @cached_property
    def decisions(self) -> list[tuple[Any, Any]]:
        """The newest decision on each artefact, with the contribution whose author it is about."""
        newest: dict[Any, tuple[Any, Any]] = {}
        for event in self.events:
            if event.data.outcome not in {"accepted", "declined"}:
                continue
            opening = self.answers(event)
            about = event if opening is None else opening
            if self.is_human(about):
                named = (event.source, event.data.about) if event.data.about is not None else id(event)
                newest[named if opening is None else id(opening)] = (event, about)
        return list(newest.values())

    def is_over(self, event: Any, opening: Any) -> bool:
        """Whether nobody waits any more: answered, accepted by whomever, or declined by the author."""
        own = self.is_human(event) and self.person(event) == self.person(opening)
        return (
            self.is_response(event, opening)
            or event.data.outcome == "accepted"
            or (event.data.outcome == "declined" and own)
        )

    @cached_property
    def unanswered(self) -> set[str]:
        """Newcomers with an artefact opened in the window that waits for more than 7 days."""
        speaking = {opening.source for _, opening in self.linked}
        over = {id(opening) for event, opening in self.linked if self.is_over(event, opening)}
        return {
            self.person(event)
            for event in self.events
            if self.opens(event) and self.is_human(event) and event.source in speaking and id(event) not in over
            if self.in_window(event) and self.is_newcomer(event) and end_of(self.day) - event.time > PATIENCE
        }


def families(known: Known, values: Values, day: date) -> Iterator[Numbered]:
    """All numbers about responses; none where no source says what answers what."""
    told = Told(known, values, day)
    for label, wanted in (("yes", True), ("no", False)):
        yield from answered(told, wanted, {"newcomer": label})
        yield from decided(told, wanted, {"newcomer": label})
    if told.linked:
        yield "newcomers_unanswered", len(told.unanswered), {}


def answered(told: Told, wanted: bool, labels: dict[str, str]) -> Iterator[Numbered]:
    """Median over the window, by the day of the response."""
    found = [
        (event, opening)
        for event, opening in told.first_responses
        if told.in_window(event) and told.is_newcomer(opening) == wanted
    ]
    if found:
        waited = median((event.time - opening.time).total_seconds() for event, opening in found)
        yield "first_response_seconds_median", waited, labels
        yield "first_response_people", len({told.person(opening) for _, opening in found}), labels


def decided(told: Told, wanted: bool, labels: dict[str, str]) -> Iterator[Numbered]:
    """**acceptance** = accepted / (accepted + declined)."""
    found = [
        (event, about) for event, about in told.decisions if told.in_window(event) and told.is_newcomer(about) == wanted
    ]
    if found:
        accepted = sum(event.data.outcome == "accepted" for event, _ in found)
        yield "acceptance_ratio", Fraction(accepted, len(found)), labels
        yield "acceptance_people", len({told.person(about) for _, about in found}), labels
