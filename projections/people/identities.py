"""Who is who: links, bots and affiliations, folded from people events in any order.

Facts stay with identities; this says which person an identity points at, so a merge and its undoing are exact.
Source: docs/definitions.md, "People".
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, assert_never

from events.envelope import Order
from events.identity import provider_of
from events.people import (
    Basis,
    PeopleEvent,
    PersonAffiliated,
    PersonClassified,
    PersonErased,
    PersonLinked,
    PersonNamed,
    PersonOptedOut,
    PersonUnlinked,
)
from projections.people.machines import Machines, looks_so
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of

Nature = Literal["human", "bot", "agent", "team"]
Rank = tuple[bool, *Order]
NEVER = datetime.min.replace(tzinfo=UTC)
TEAM_PROVIDER = "-team"
"""How the providers of identities end that are no single person's: `github-team`, `bugzilla-team`."""
LOGIN = re.compile("github-login:([^~].*)")
"""An account by what it is called; one behind a pseudonym is called nothing."""
INDEPENDENT = frozenset({"independent", "individual", "self", "none"})
LEGAL_FORMS = frozenset({"inc", "llc", "ltd", "gmbh", "corp", "co"})


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where a person belongs from the day `since` (a day number) on; `organisation` is None for an independent."""

    since: int
    organisation: str | None
    basis: Basis


@dataclass(slots=True)
class Identity:
    """What people events say of one identity; every field is a maximum, so arrival order does not matter."""

    link: tuple[Rank, str | None] | None = None
    verdict: tuple[Rank, bool, str] | None = None
    names: set[str] = field(default_factory=set)
    affiliations: set[tuple[int, Rank, str, Basis]] = field(default_factory=set)


def rank(event: PeopleEvent) -> Rank:
    """What outranks what: a correction by hand, then the newest."""
    return (event.actor is not None, *event.order)


class People:
    """The people of one community.

    Attributes:
        version: differs whenever people events were taken in.
    """

    def __init__(self, policy: CommunityPolicy) -> None:
        self._policy = policy
        self._machines = Machines(policy)
        self._identities: dict[str, Identity] = defaultdict(Identity)
        self._pointing_at: dict[str, set[str]] = defaultdict(set)
        self._opted_out: dict[str, set[str]] = defaultdict(set)
        self._erased: set[str] = set()
        self._judged: dict[str, tuple[Nature, bool]] = {}
        self.version = 0

    def apply(self, events: Iterable[PeopleEvent]) -> set[str]:
        """Take in people events; returns the identities whose person or bot verdict may have changed."""
        changed: set[str] = set()
        for event in events:
            self.version += 1
            before = self._target(event.subject)
            if self._take(self._identities[event.subject], event):
                changed |= {event.subject, before or event.subject}
        affected = self._behind(changed)
        for identity in affected:
            self._judged.pop(identity, None)
        return affected

    def _take(self, identity: Identity, event: PeopleEvent) -> bool:
        match event:
            case PersonLinked():
                return self._relink(identity, event, event.data.person)
            case PersonUnlinked():
                return self._relink(identity, event, None)
            case PersonClassified():
                verdict = (rank(event), event.data.bot, event.data.reason)
                identity.verdict = max(identity.verdict or verdict, verdict)
            case PersonNamed():
                identity.names.add(event.data.name)
            case PersonAffiliated():
                since = number_of(event.data.since)
                identity.affiliations.add((since, rank(event), event.data.organisation, event.data.basis))
            case PersonOptedOut():
                self._opted_out[event.data.purpose].add(event.subject)
                return False
            case PersonErased():
                self._erased.add(event.subject)
                return False
            case _:
                assert_never(event)
        return True

    def _relink(self, identity: Identity, event: PeopleEvent, target: str | None) -> bool:
        if identity.link is not None and identity.link[0] >= rank(event):
            return False
        if identity.link is not None and identity.link[1] is not None:
            self._pointing_at[identity.link[1]].discard(event.subject)
        identity.link = (rank(event), target)
        if target is not None:
            self._pointing_at[target].add(event.subject)
        return True

    def _behind(self, changed: set[str]) -> set[str]:
        """The identities whose person may change with these: those linked to them, whichever way and however far."""
        found, todo = set(changed), list(changed)
        while todo:
            near = self._neighbours(todo.pop()) - found
            found |= near
            todo.extend(near)
        return found

    def _neighbours(self, identity: str) -> set[str]:
        target = self._target(identity)
        return self._pointing_at.get(identity, set()) | ({target} if target else set())

    def _target(self, identity: str) -> str | None:
        known = self._identities.get(identity)
        return known.link[1] if known and known.link else None

    def person_of(self, identity: str) -> str:
        """The identity that stands for the person: links followed to one that nobody linked.

        A cycle is broken at its newest link: the identity that it starts from stands for all of them.
        """
        path = {identity: 0}
        while (target := self._target(identity)) is not None:
            if target in path:
                return max(list(path)[path[target] :], key=self._link_order)
            path[target] = len(path)
            identity = target
        return identity

    def _link_order(self, identity: str) -> Order:
        known = self._identities.get(identity)
        return known.link[0][1:] if known and known.link else (NEVER, "", "")

    def nature(self, identity: str) -> Nature:
        """What an identity is; all but `human` are left out of every number, and a team even of what was left out."""
        return self._judgement(identity)[0]

    def looks_like_a_machine(self, identity: str) -> bool:
        """Whether an identity counts as a person's, is called as machines are, and nobody said that it is none."""
        return self._judgement(identity)[1]

    def _judgement(self, identity: str) -> tuple[Nature, bool]:
        """Both, kept until something is told of the person: every fold of all people asks for all of them."""
        known = self._judged.get(identity)
        if known is None:
            nature, (names, verdict) = self._nature(identity), self._told(identity)
            looks = nature == "human" and not verdict and looks_so(identity, names)
            known = self._judged[identity] = nature, looks
        return known

    def _nature(self, identity: str) -> Nature:
        if any(provider_of(one).endswith(TEAM_PROVIDER) for one in (identity, self.person_of(identity))):
            return "team"
        names, verdict = self._told(identity)
        if verdict and not verdict[1]:
            return "human"
        if verdict and verdict[2] == "agent":
            return "agent"
        return self._machines.reason(identity, names) or ("bot" if verdict else "human")

    def _told(self, identity: str) -> tuple[Collection[str], tuple[Rank, bool, str] | None]:
        """The names ever given to an identity, and the verdict on whether it is a machine."""
        known = self._identities.get(identity)
        return (known.names, known.verdict) if known else ((), None)

    def affiliations(self) -> Mapping[str, list[Affiliation]]:
        """Each person's affiliations, oldest first; the newest event holds where two begin on one day."""
        by_person: dict[str, dict[int, tuple[Rank, str, Basis]]] = defaultdict(dict)
        for name, known in self._identities.items():
            mine = by_person[self.person_of(name)] if known.affiliations else {}
            for since, order, organisation, basis in known.affiliations:
                newer = (order, organisation, basis)
                mine[since] = max(mine.get(since, newer), newer, key=lambda one: one[0][1:])
        return {
            person: [self._affiliation(since, name, basis) for since, (_, name, basis) in sorted(mine.items())]
            for person, mine in by_person.items()
        }

    def _affiliation(self, since: int, name: str, basis: Basis) -> Affiliation:
        organisation = organisation_key(name)
        aliases = {
            organisation_key(alias): organisation_key(of) for alias, of in self._policy.organisations.aliases.items()
        }
        organisation = aliases.get(organisation, organisation)
        if organisation in INDEPENDENT:
            return Affiliation(since, None, "volunteer")
        known = {organisation_key(of): basis for of, basis in self._policy.organisations.basis.items()}
        return Affiliation(since, organisation, known.get(organisation, basis) if basis == "unknown" else basis)

    def opted_out(self, purpose: str) -> frozenset[str]:
        """The persons whom any of their identities keeps out of what is made for a purpose."""
        return frozenset(self.person_of(identity) for identity in self._opted_out.get(purpose, ()))

    def names(self, identities: Iterable[str]) -> list[str]:
        """The names ever given to these identities, alphabetically."""
        return sorted({name for one in identities if one in self._identities for name in self._identities[one].names})

    def login_of(self, person: str) -> str | None:
        """What the account of a person is called, the newest of several; None where it has no login, or was erased."""
        theirs = self._behind({person})
        logins = {one: found[1] for one in theirs if (found := LOGIN.fullmatch(one))}
        newest = max(logins, key=lambda one: (self._link_order(one), one), default=None)
        return None if newest is None or self._erased & {person, newest} else logins[newest]


def organisation_key(name: str) -> str:
    """What two spellings of one organisation have in common: letters and digits, without a final legal form."""
    words = [word for part in name.lower().split() if (word := "".join(filter(str.isalnum, part)))]
    if len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return "".join(words)
