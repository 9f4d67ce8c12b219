"""People who ever held a seat: the steps that they reached by their seats and their work together.

They are few, so they are taken out of what is counted by work alone, and put in with their seats.
Source: docs/definitions.md, "Contribution pathway", and "Leadership", Seat.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from projections.community.contributed import work_of
from projections.community.contributions import DailyContributions
from projections.community.snapshot import CommunitySnapshot
from projections.pathway.steps import CORE, LEADER, NEVER, STEPS, Reached, by_then, by_work
from projections.policy.policy import CommunityPolicy
from projections.seats.seats import Held
from projections.timeline.ranges import Ints, Work


@dataclass(frozen=True, slots=True)
class Seated:
    """When people took their first seat and their first leadership seat: columns `CORE` and `LEADER`.

    Attributes:
        taken: the days of steps; `NEVER` where a seat was already held when records began.
        held: the days from which a first seat is known of that was already held.
    """

    persons: Sequence[str]
    taken: Ints
    held: Ints

    @classmethod
    def of(cls, seats: Iterable[Held], policy: CommunityPolicy) -> "Seated":
        """From the seats of persons; of two at one moment the one already held began before."""
        first: dict[tuple[str, int], Held] = {}
        for seat in sorted(seats, key=lambda one: (one.granted_at, one.known)):
            first.setdefault((seat.holder, CORE), seat)
            if seat.role in policy.leadership_roles:
                first.setdefault((seat.holder, LEADER), seat)
        persons = sorted({holder for holder, _ in first})
        place = {person: at for at, person in enumerate(persons)}
        taken, held = np.full((2, len(persons), len(STEPS)), NEVER, np.int64)
        for (holder, step), seat in first.items():
            (taken if seat.known else held)[place[holder], step] = seat.start
        return cls(persons, taken, held)

    def reached(self, who: Ints, worked: Reached) -> Reached:
        """The steps that these people reach by their seats and their work together, none before they first contribute.

        What a seat already held implies was reached on no known day, but for what had been reached by other means.

        Args:
            who: the number of each person.
            worked: what some of them reach by work.
        """
        works = np.isin(who, worked.who)
        days = np.full(self.taken.shape, NEVER, np.int64)
        days[works] = worked.furthest[np.searchsorted(worked.who, who[works])]
        alone, arrived = days, days[:, :1]
        days, held = by_then(np.minimum(days, self.taken)), by_then(self.held)
        order = np.argsort(who)
        furthest = np.maximum(np.minimum(days, held), arrived)
        dated = np.where(days <= held, np.maximum(days, arrived), NEVER)
        return Reached(who[order], furthest[order], alone[order], dated[order])


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody who ever held a seat.

    Attributes:
        persons: their names, alphabetically.
        who: the number of each; who never contributed has their place among `persons`, beyond all numbers given.
        worked: what they reached by work alone.
        reached: what they reached.
    """

    persons: Sequence[str]
    who: Ints
    active_work: Work
    worked: Reached
    reached: Reached

    @classmethod
    def of(cls, seats: Iterable[Held], snapshot: CommunitySnapshot) -> "Holders":
        """Look up what they did."""
        seated = Seated.of(seats, snapshot.policy)
        place = {person: at for at, person in enumerate(seated.persons)}
        who = len(snapshot.who.persons) + np.arange(len(place))
        for number, person in enumerate(snapshot.who.persons):
            if person in place:
                who[place[person]] = number
        work, active_work = works_of(snapshot, snapshot.cells.of_identities(snapshot.who.identities_of(who)))
        worked = by_work(work, active_work)
        return cls(seated.persons, who, active_work, worked, seated.reached(who, worked))


def works_of(snapshot: CommunitySnapshot, cells: DailyContributions) -> tuple[Work, Work]:
    """What humans did, of any level, and what of it is active work."""
    human = cells.where(snapshot.who.is_human[cells.identity])
    return work_of(human, snapshot.who), work_of(snapshot.names.active(human, snapshot.policy), snapshot.who)
