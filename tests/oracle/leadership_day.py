"""docs/definitions.md, *Leadership*: who leads on a day, by nominal and by active seats."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from tests.oracle import activity
from tests.oracle import leadership_measures as measures
from tests.oracle.contributions import Known, Work
from tests.oracle.leadership_measures import Picture
from tests.oracle.leadership_seats import Seat, adding_up, existing, groupings, parents
from tests.oracle.leadership_verdict import Reading
from tests.oracle.values import Values, matches


@dataclass(frozen=True)
class Leadership:
    """Who leads on a day, and what is known of them."""

    known: Known
    values: Values
    day: date

    @cached_property
    def held(self) -> frozenset[Seat]:
        """Everybody's seats: what any source and identity says is united per person."""
        return frozenset(term.seat for term in self.known.roles.terms if term.held(self.day))

    @cached_property
    def scopes(self) -> set[str]:
        """Those declared, and those in which anybody holds a seat; where only a team does, it is not observed."""
        of_teams = {term.seat.scope for term in self.known.roles.team_terms if term.held(self.day)}
        of_people = {seat.scope for seat in self.held}
        every = existing(self.known.roles.scopes, self.day) | of_people
        terms = [*self.known.roles.terms, *self.known.roles.team_terms]
        grouping = groupings(every | of_teams, self.parent, terms, self.day)
        return every - (of_teams - of_people) - grouping

    @cached_property
    def parent(self) -> dict[str, str]:
        """Scope → parent."""
        return parents(self.known.roles.scopes, self.day)

    @cached_property
    def nominal(self) -> Picture:
        """By every seat that is held."""
        adds_up = frozenset(adding_up(self.known.roles.scopes, self.day, self.values))
        return Picture(self.held, self.held, frozenset(self.scopes), adds_up, self.parent, self.values)

    @cached_property
    def active(self) -> Picture:
        """By seats whose holder has active work within [90] days; where nothing could be seen nothing is judged."""
        busy = activity.active(self.work_days, self.day, self.values.active_seat_days, 1)
        present = {t.seat for t in self.known.roles.terms if t.held(self.day) and not t.on_leave(self.day)}
        seats = {seat for seat in present if seat.person in busy and observed(seat.scope, self.values)}
        seen = {scope for scope in self.scopes if observed(scope, self.values)}
        return replace(self.nominal, seats=frozenset(seats), scopes=frozenset(seen))

    @cached_property
    def judged(self) -> Picture:
        """By the seats that the policy's `judge_by` names."""
        return self.active if self.values.judge_by == "active" else self.nominal

    @cached_property
    def leaders(self) -> set[str]:
        """People with a leadership seat, active or not."""
        return {seat.person for seat in self.nominal.leadership_seats}

    @cached_property
    def work(self) -> list[Work]:
        """The contributions that count, up to the end of the day."""
        return [one for one in self.known.work if one.day <= self.day]

    @cached_property
    def work_days(self) -> dict[str, list[date]]:
        """The days of active work, by person."""
        return activity.active_days(self.work)

    def active_people(self, day: date) -> set[str]:
        """The active contributors of the headline window."""
        return activity.active(self.work_days, day, self.values.headline, self.values.min_contributions)

    def reading(self, day: date) -> Reading:
        """What the verdict rests on; what is known today of a day is the same on every day that asks."""
        if day not in self.known.readings:
            self.known.readings[day] = read(replace(self, day=day).judged)
        return self.known.readings[day]


@lru_cache(maxsize=1000)
def read(picture: Picture) -> Reading:
    """What the verdict rests on; most days are as the day before."""
    effective = measures.effective(picture.mass.values()) if picture.mass else None
    return Reading(effective, picture.strength_ratio, len(picture.leadership_seats), picture.at_risk)


def observed(scope: str, values: Values) -> bool:
    """The policy's `observed_scopes` [all] say where contributions could be seen at all."""
    patterns = values.observed_scopes
    return patterns is None or any(matches(pattern, scope) for pattern in patterns)
