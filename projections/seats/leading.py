"""Who leads without a break, whichever seats they lead by.

Source: docs/definitions.md, "Leadership", Renewal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from projections.seats.seats import Held


@dataclass(frozen=True, slots=True)
class Leading:
    """Somebody leads without a break from `start` up to, not including, `end`; `since` in seconds since the epoch."""

    person: str
    start: int
    end: int
    since: float
    known: bool


def leading(seats: Iterable[Held]) -> list[Leading]:
    """The unbroken spans of everybody's leadership seats, whichever scopes and roles they are in."""
    found: list[Leading] = []
    for one in sorted(seats, key=lambda one: (one.holder, one.start, one.granted_at, one.known)):
        last = found[-1] if found else None
        if last and last.person == one.holder and one.start <= last.end:
            found[-1] = Leading(last.person, last.start, max(last.end, one.end), last.since, last.known)
        else:
            found.append(Leading(one.holder, one.start, one.end, one.granted_at, one.known))
    return found


def firsts(spans: Iterable[Leading]) -> Sequence[Leading]:
    """Everybody's first span, of spans by person, oldest first."""
    found: dict[str, Leading] = {}
    for one in spans:
        found.setdefault(one.person, one)
    return list(found.values())
