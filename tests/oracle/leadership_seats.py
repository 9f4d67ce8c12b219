"""docs/definitions.md, **Seat**: what role and scope events say, before anybody asks about a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from events.envelope import Event
from tests.oracle.days import day_of, end_of
from tests.oracle.people import bots, of_a_team, of_type, order
from tests.oracle.values import Values, matches

Span = tuple[datetime, datetime | None]  # without an end: it goes on


class Seat(NamedTuple):
    """(scope, role, person)."""

    scope: str
    role: str
    person: str


@dataclass(frozen=True)
class Term:
    """One range of a seat, as one source told it of one identity; `until` ends it as a revocation would."""

    seat: Seat
    start: datetime
    already_held: bool
    end: datetime | None
    leaves: tuple[Span, ...] = ()

    def held(self, day: date) -> bool:
        """The state *on* a day is the state at its end."""
        return covers((self.start, self.end), day)

    def ever_held(self) -> bool:
        """Whether it is held on any day: what begins and ends on one is no seat."""
        return self.end is None or day_of(self.end) > day_of(self.start)

    def on_leave(self, day: date) -> bool:
        """Leave makes a seat neither active nor idle."""
        return any(covers(leave, day) for leave in self.leaves)


@dataclass(frozen=True)
class Roles:
    """All that a log says of roles: people's terms, teams' terms, scopes, and who was ever mentored, and when."""

    terms: Sequence[Term]
    team_terms: Sequence[Term]
    scopes: Sequence[Any]
    mentored: Sequence[tuple[str, datetime]]
    began: date | None
    mentoring_began: date | None


def covers(span: Span, day: date) -> bool:
    """Whether something lasts at the end of the day."""
    start, end = span
    return start < end_of(day) and (end is None or end >= end_of(day))


def roles(events: Sequence[Event], person: Mapping[str, str], values: Values) -> Roles:
    """What the log says of roles; of what is withdrawn it says nothing."""
    words = of_type(events, "role.granted", "role.revoked", "role.paused")
    scopes = of_type(events, "scope.declared", "scope.retired")
    meetings = of_type(events, "mentoring.started", "mentoring.met", "mentoring.ended")
    identities = {one.subject for one in words + meetings} | {one.data.mentor for one in meetings}
    robots = bots(events, identities, values)
    teams = {identity for identity in identities if of_a_team(identity, person)}
    holders = [word for word in words if word.subject not in robots]  # a bot holds no seat
    return Roles(
        terms_of([word for word in holders if word.subject not in teams], person),
        terms_of([word for word in holders if word.subject in teams], person),
        scopes,
        [
            (person.get(one.subject, one.subject), one.time)
            for one in of_type(meetings, "mentoring.started", "mentoring.met")
            if not {one.subject, one.data.mentor} & (robots.keys() | teams)
            and person.get(one.subject, one.subject) != person.get(one.data.mentor, one.data.mentor)
        ],
        min((day_of(one.time) for one in words + scopes), default=None),
        min((day_of(one.time) for one in meetings), default=None),
    )


def terms_of(words: Iterable[Any], person: Mapping[str, str]) -> list[Term]:
    """Ranges come from grants and revocations sorted by `(time, id)` per identity and source."""
    grouped: dict[tuple[str, str, str, str], list[Any]] = {}
    for word in words:
        grouped.setdefault((word.source, word.subject, word.data.scope, word.data.role), []).append(word)
    return [
        term
        for (_, identity, scope, role), theirs in grouped.items()
        for term in told(Seat(scope, role, person.get(identity, identity)), theirs)
        if term.ever_held()
    ]


def told(seat: Seat, words: Iterable[Any]) -> list[Term]:
    """One seat's terms, as one source told them, word by word."""
    over: list[Term] = []
    now: Term | None = None
    for word in sorted(words, key=order):
        if now is not None and now.end is not None and now.end <= word.time:
            over, now = [*over, now], None
        if word.type == "tenfold.role.granted.v1":
            now = granted(now, seat, word)
        elif now is not None and word.type == "tenfold.role.paused.v1":
            now = replace(now, leaves=(*cut(now.leaves, word.time), (word.time, until(word))))
        elif now is not None:
            over, now = [*over, replace(now, end=word.time)], None
    return over if now is None else [*over, now]


def granted(now: Term | None, seat: Seat, word: Any) -> Term:
    """A grant begins a term; of one that is held it says anew until when, and ends a leave."""
    if now is None:
        return Term(seat, word.time, word.data.already_held, until(word))
    return replace(now, end=until(word), leaves=cut(now.leaves, word.time))


def until(word: Any) -> datetime | None:
    """The moment at which something ends by itself; never before it was said."""
    return None if word.data.until is None else max(word.data.until, word.time)


def cut(leaves: Iterable[Span], moment: datetime) -> tuple[Span, ...]:
    """Leaves, none of them beyond the moment."""
    return tuple((start, moment if end is None else min(end, moment)) for start, end in leaves)


def existing(scopes: Iterable[Any], day: date) -> set[str]:
    """The scopes that any source has declared and not retired; by the newest `(time, id)` of each source."""
    newest: dict[tuple[str, str], Any] = {}
    for word in sorted(scopes, key=order):
        if word.time < end_of(day):
            newest[word.source, word.data.scope] = word
    return {scope for (_, scope), word in newest.items() if word.type == "tenfold.scope.declared.v1"}


def adding_up(scopes: Iterable[Any], day: date, values: Values) -> set[str]:
    """Scopes declared by a source that matches the policy's `inheriting_sources` [`roles:*:owners`]."""
    patterns = values.inheriting_sources
    return existing([word for word in scopes if any(matches(one, word.source) for one in patterns)], day)


def groupings(scopes: Iterable[str], parent: Mapping[str, str], terms: Iterable[Term], day: date) -> set[str]:
    """Scopes with sub-scopes that never had a seat of their own.

    Args:
        scopes: those that there are on the day, known by a team's seat alone or not.
        parent: of each.
        terms: of people and of teams.
        day: the state on it.
    """
    ever = {term.seat.scope for term in terms if day_of(term.start) <= day}
    return {parent[scope] for scope in scopes if scope in parent} - ever


def parents(scopes: Iterable[Any], day: date) -> dict[str, str]:
    """Scope → parent, by the newest declaration; a cycle is broken at its newest declaration."""
    newest: dict[str, Any] = {}
    for word in sorted(scopes, key=order):
        if word.time < end_of(day) and word.type == "tenfold.scope.declared.v1":
            newest[word.data.scope] = word
    found = {scope: word.data.parent for scope, word in newest.items() if word.data.parent is not None}
    for scope in sorted(found):
        cycle = above(scope, found)
        if scope in cycle:
            del found[max(cycle, key=lambda member: order(newest[member]))]
    return found


def above(scope: str, parent: Mapping[str, str]) -> list[str]:
    """The ancestors of a scope, nearest first; on a cycle the last of them is the scope itself."""
    found: list[str] = []
    while scope in parent and parent[scope] not in found:
        scope = parent[scope]
        found.append(scope)
    return found
