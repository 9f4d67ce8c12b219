"""Who ever held a seat, and where.

Source: docs/definitions.md, "Leadership", Seat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from events.roles import RoleGranted, RolePaused, RoleRevoked, ScopeDeclared, ScopeEvent, ScopeRetired, SeatEvent
from projections.community.snapshot import CommunitySnapshot
from projections.people.identities import People
from projections.seats.seats import Declared, Held, ScopeSpan, parents, ranges_held, spans, united

SEATS: Final = (RoleGranted, RoleRevoked, RolePaused)
SCOPES: Final = (ScopeDeclared, ScopeRetired)
ROLES: Final = (*SEATS, *SCOPES)
TEAM: Final = "team"


@dataclass(frozen=True, slots=True)
class Roster:
    """Who ever held a seat, and where.

    Attributes:
        seats: of persons, sorted.
        persons: those who hold them, alphabetically.
        scopes: all that were ever declared, named as a parent, or held a seat.
        unseen: seats that only a team identity holds: ranges of scopes about which nothing can be said.
        logins: what the account of a person is called, where it is known.
    """

    seats: Sequence[Held]
    unseen: Sequence[Held]
    persons: Sequence[str]
    scopes: Sequence[str]
    spans: Sequence[ScopeSpan]
    parents: Mapping[str, Sequence[Declared]]
    logins: Mapping[str, str]

    @classmethod
    def of(cls, seated: Sequence[SeatEvent], scoped: Sequence[ScopeEvent], people: People) -> "Roster":
        """Fold the events of seats and of scopes, each oldest first; bots hold no seat."""
        ranges = list(ranges_held(seated))
        natures = {one.holder: people.nature(one.holder) for one in ranges}
        seats = united(
            one._replace(holder=people.person_of(one.holder)) for one in ranges if natures[one.holder] == "human"
        )
        unseen = [one for one in ranges if natures[one.holder] == TEAM and one.start < one.end]
        above = parents(scoped)
        lasting = [*spans(scoped), *(ScopeSpan(one.scope, one.start, one.end) for one in (*seats, *unseen))]
        named = {one.scope for one in lasting} | {up for declared in above.values() for _, _, up in declared if up}
        persons = sorted({one.holder for one in seats})
        logins = {one: login for one in persons if (login := people.login_of(one))}
        return cls(seats, unseen, persons, sorted(named | set(above)), lasting, above, logins)


def logins_of(snapshot: CommunitySnapshot) -> Mapping[str, str]:
    """What the accounts of those are called who ever held a seat, by person, where it is known."""
    roster = snapshot.find(Roster)
    return roster.logins if roster else {}
