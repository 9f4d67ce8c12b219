"""`.mailmap`: which commit addresses are one person, as the repository itself says.

Source: https://git-scm.com/docs/gitmailmap; docs/definitions.md, "How sources become facts".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from events.people import Link, PersonLinked, PersonUnlinked
from events.sources.addresses import Signature, login_link
from events.sources.commits import Origin
from events.sources.who import EVERYBODY_BY_ADDRESS, Who

_ENTRIES = re.compile(r"([^<>]*)<([^<>]*)>")
_COMMENT = re.compile(r"^#.*|(?<=>)\s*#.*")


@dataclass(frozen=True, slots=True)
class Mailmap:
    """The file at the branch's tip, and the last first-parent commit that changed it.

    Attributes:
        text: empty where the file is gone, or never was.
    """

    text: str
    commit: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line that maps somebody; where it gives a name to map, it is about who has that name at that address."""

    proper: Signature
    committed: Signature


def lines(mailmap: Mailmap) -> Iterator[Line]:
    """The lines that give two addresses; those that give a name alone map nobody."""
    for line in mailmap.text.split("\n"):
        found = [Signature.of(*entry) for entry in _ENTRIES.findall(_COMMENT.sub("", line))]
        if len(found) > 1 and all(each.address for each in found[:2]):
            yield Line(found[0], found[1])


def shared(mailmap: Mailmap) -> frozenset[str]:
    """The addresses at which the file tells several people apart by their names."""
    people: defaultdict[str, set[str | None]] = defaultdict(set)
    by_name: set[str] = set()
    for line in lines(mailmap):
        address = line.committed.address
        people[address].add(line.proper.named if line.proper.address == address else line.proper.identity)
        if line.committed.name:
            by_name.add(address)
    return frozenset(address for address in by_name if len(people[address]) > 1)


def links(mailmap: Mailmap, origin: Origin, who: Who = EVERYBODY_BY_ADDRESS) -> Iterator[PersonLinked]:
    """Tells what the file says: who committed → who that is, and logins → accounts.

    Of two lines for one address, or for one name at it, the last holds. Lines that give only a name link nobody.

    Args:
        mailmap: the file.
        origin: what the events are for.
        who: whom addresses mean here, and who went by name at which.
    """
    found = list(lines(mailmap))
    pairs: dict[str, str] = {}
    for line in sorted(found, key=lambda line: bool(line.committed.name)):  # what is said of a name holds for it
        pairs.update(_linked(line, who))
    logins = dict(link for line in found for each in _of(line) if (link := login_link(each.address)))
    for prefix, said in (("mailmap/", pairs), ("login/", logins)):
        for identity, person in said.items():
            if identity != person:
                yield PersonLinked(
                    id=f"{prefix}{mailmap.commit}/{identity}/{person}", source=origin.source,
                    community=origin.community, time=mailmap.changed_at, subject=identity, data=Link(person=person),
                )  # fmt: skip


def _of(line: Line) -> Iterable[Signature]:
    return line.proper, line.committed


def _linked(line: Line, who: Who) -> Iterator[tuple[str, str]]:
    """Who is whom by a line: of an address that several bear, who has the name, or everybody else who was met."""
    committed, person = line.committed, who.identity(line.proper)
    meant = [committed] if committed.name or not who.goes_by_name(committed.address) else who.met(committed.address)
    for each in meant:
        identity = who.identity(each)
        if identity and person:
            yield identity, person


def undoable(links: Mapping[str, str]) -> dict[str, str]:
    """The links that a mailmap may have made: that a login is an account is no line of its, and stays."""
    return {
        identity: person
        for identity, person in links.items()
        if not (identity.startswith("github-login:") and person.startswith("github:"))
    }


def unlinks(
    mailmap: Mailmap, now: Mapping[str, str], before: Mapping[str, str], origin: Origin
) -> Iterator[PersonUnlinked]:
    """Tells which lines are gone.

    Args:
        mailmap: the file, as it is now.
        now: identity → person, as its lines say.
        before: the same, as the links that stand from earlier readings say.
        origin: what the events are for.
    """
    for identity in sorted(before.keys() - now.keys()):
        yield PersonUnlinked(
            id=f"mailmap/{mailmap.commit}/{identity}/unlinked",
            source=origin.source,
            community=origin.community,
            time=mailmap.changed_at,
            subject=identity,
        )
