"""`.mailmap`: which commit addresses are one person, as the repository itself says.

Source: https://git-scm.com/docs/gitmailmap; docs/definitions.md, "How sources become facts".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from events.people import Link, PersonLinked, PersonUnlinked
from events.sources.addresses import Signature, login_link
from events.sources.git import Origin

_ADDRESSES = re.compile(r"<([^<>]*)>")
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


def links(mailmap: Mailmap, origin: Origin) -> Iterator[PersonLinked]:
    """Tells what the file says: commit address → proper address, and logins → accounts.

    Of two lines for one address the last holds. Lines that give only a name link nobody.
    """
    pairs: dict[str, str] = {}
    logins: dict[str, str] = {}
    for line in mailmap.text.split("\n"):
        found = [Signature.of("", address) for address in _ADDRESSES.findall(_COMMENT.sub("", line))]
        match [signature.identity for signature in found]:
            case [str(proper), str(committed), *_]:
                pairs[committed] = proper
                logins.update(link for each in found if (link := login_link(each.address)))
    for prefix, said in (("mailmap/", pairs), ("login/", logins)):
        for identity, person in said.items():
            if identity != person:
                yield PersonLinked(
                    id=f"{prefix}{mailmap.commit}/{identity}/{person}", source=origin.source,
                    community=origin.community, time=mailmap.changed_at, subject=identity, data=Link(person=person),
                )  # fmt: skip


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
