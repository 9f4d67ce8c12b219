"""On which days it is known what people did, and who holds which role: what nobody read is not zero.

Source: docs/definitions.md, "Covered days"; docs/architecture.md, law 13.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Flag, auto
from typing import Final

import numpy as np

from events.roles import RoleGranted, RoleRevoked
from projections.community.snapshot import CommunitySnapshot
from projections.community.sources import Sources
from projections.community.standing_facts import StandingFacts
from projections.timeline.days import SECONDS_A_DAY, day_of, end_of
from projections.timeline.ranges import Flags

HELD_BY_UNCHECKED: Final = 0.10

ShareHeld = Callable[[frozenset[str], int], float]
"""The share that some sources hold, of all that is held at the end of a day (its number)."""


class Read(Flag):
    """What somebody has to read before anything is known of it."""

    NOTHING = 0
    """People say it themselves, or it is about sources."""
    CONTRIBUTIONS = auto()
    ROLES = auto()


@dataclass(frozen=True, slots=True)
class Covered:
    """The days on which the sources that matter are checked.

    Attributes:
        contributions: those of contributions.
        roles: those of roles.
    """

    contributions: Flags
    roles: Flags

    def of(self, read: Read) -> Flags:
        """The days on which all of this is known."""
        known = np.ones(len(self.contributions), bool)
        if Read.CONTRIBUTIONS in read:
            known &= self.contributions
        if Read.ROLES in read:
            known &= self.roles
        return known


def covered(snapshot: CommunitySnapshot, facts: StandingFacts, sources: Sources, first_day: int, days: int) -> Covered:
    """Which days are covered."""
    unchecked, place = sources.unchecked(first_day, days)

    def by(held: ShareHeld, of: frozenset[str] | None = None) -> Flags:
        theirs = [late if of is None else late & of for late in unchecked]
        return np.array([not is_hidden(sources, late, held) for late in theirs], bool)[place]

    of_roles = frozenset(one.source for one in facts.of(RoleGranted, RoleRevoked))
    return Covered(
        by(lambda late, day: people_held(snapshot, late, day)),
        by(lambda late, day: seats_held(facts, late, day), of_roles),
    )


def is_hidden(sources: Sources, late: frozenset[str], held: ShareHeld) -> bool:
    """Whether sources that are not checked held so much up to the oldest one's last check that nothing is known."""
    if not late:
        return False
    through = min(sources.checks[name].through for name in late)
    return held(late, int(through // SECONDS_A_DAY)) >= HELD_BY_UNCHECKED


def people_held(snapshot: CommunitySnapshot, sources: frozenset[str], day: int) -> float:
    """The share of the people active in the headline window up to a day who did active work in one of some sources."""
    policy = snapshot.policy
    cells = snapshot.cells.within(day, policy.headline_window_days)
    work = snapshot.names.active(cells.where(snapshot.who.is_human[cells.identity]), policy)
    people, times = np.unique(snapshot.who.person[work.identity], return_inverse=True)
    often = np.bincount(times, work.count, len(people)) >= policy.min_contributions
    theirs = snapshot.who.person[snapshot.names.of_sources(work, sources).identity]
    return float(np.isin(people[often], theirs).mean()) if often.any() else 0.0


def seats_held(facts: StandingFacts, sources: frozenset[str], day: int) -> float:
    """The share of the seats that sources tell of at the end of a day which some of them tell of."""
    newest = {
        (one.source, one.subject, one.data.scope, one.data.role): one
        for one in facts.of(RoleGranted, RoleRevoked)
        if day_of(one.time) <= day
    }
    held = [one.source for one in newest.values() if isinstance(one, RoleGranted) and lasts(one, day)]
    return sum(source in sources for source in held) / len(held) if held else 0.0


def lasts(grant: RoleGranted, day: int) -> bool:
    """Whether a grant says of no end by the end of a day."""
    return grant.data.until is None or grant.data.until.timestamp() >= end_of(day)
