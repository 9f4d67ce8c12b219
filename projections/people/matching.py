"""Who holds a seat and was never seen at work, and who among those at work they might be.

Names are never matched: these are suggestions, and nothing is linked before a person says so.
Source: docs/definitions.md, "Leadership", leaders without known work.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from events.identity import provider_of

Trait = tuple[str, str]
"""What somebody may be recognised by: (name, login or mailbox; which, as given)."""

ALIKE: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name",),
    "login": ("login", "mailbox"),
    "mailbox": ("login",),
}
"""Trait → those that may be the same person's. Two mailboxes of one name say nothing: think of `info`."""


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """Somebody who might be the holder of a seat, and by which of the holder's traits."""

    person: str
    by: tuple[Trait, ...]


def traits(identity: str, handle: str, names: Iterable[str]) -> Iterator[Trait]:
    """What an identity can be recognised by.

    Args:
        identity: as it stands in the log.
        handle: its own, also where the log has a pseudonym.
        names: that it was given.
    """
    for name in names:
        yield "name", name
    match provider_of(identity):
        case "github-login":
            yield "login", handle
        case "email":
            yield "mailbox", handle.partition("@")[0].partition("+")[0]
        case "git-name":
            yield "name", handle


def suggestions(
    holders: Mapping[str, Iterable[Trait]], at_work: Mapping[str, Iterable[Trait]]
) -> Mapping[str, list[Suggestion]]:
    """Those at work who share a trait with a holder, by holder.

    Args:
        holders: person → traits of all of their identities.
        at_work: the same of everybody who ever contributed.
    """
    by_trait: defaultdict[Trait, set[str]] = defaultdict(set)
    for person, theirs in at_work.items():
        for kind, value in theirs:
            by_trait[kind, _folded(value)].add(person)
    found: dict[str, list[Suggestion]] = {}
    for holder, theirs in holders.items():
        by: defaultdict[str, set[Trait]] = defaultdict(set)
        for kind, value in theirs:
            alike = (by_trait.get((one, _folded(value)), set()) for one in ALIKE[kind])
            for person in set().union(*alike) - {holder}:
                by[person].add((kind, value))
        found[holder] = sorted(Suggestion(person, tuple(sorted(shared))) for person, shared in by.items())
    return found


def _folded(value: str) -> str:
    """Case and spacing make nobody another."""
    return " ".join(value.casefold().split())
