"""Who sees what of a community on a day. Whatever a report says passes here, once.

Those who may see people read everything as it is. Everybody else reads numbers as far as disclosure shows them, sources
by a title, and people by the account under which a role of theirs is published, or not at all.

Source: docs/architecture.md, law 10.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from projections.disclosure.view import Disclosure, everything, few
from projections.freshness.series import OTHER
from projections.stage.assigned import Assignee
from projections.timeline.history import History, Series
from reports.format.values import NOT_SHOWN, Value

ACCOUNT: Final = re.compile(r"(?:github|github-login|bugzilla):[^@%:]+|[a-z-]+:~[a-z2-7]{20}")
"""Identities that are an account in published roles, or a pseudonym: neither an address nor a name."""
NOT_KNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Viewer:
    """What somebody may see.

    Attributes:
        seen: The numbers.
        holders: Who holds a seat on the day: roles are published, so they may be named by their account.
    """

    seen: Disclosure
    holders: frozenset[str] = frozenset()

    @property
    def hides(self) -> bool:
        """Whether anything may be hidden at all."""
        return self.seen.hides

    def value(self, key: Series, day: date) -> Value:
        """A number of a day."""
        return self.seen.value(key, day)

    def people(self, count: float) -> Value:
        """A number of people, or of what single people did, that is no series: from 1 to 4 they are few."""
        return few(count) if self.hides else count

    def source(self, name: str) -> str:
        """A source, as its policy calls it or by a number where names of sources are hidden."""
        return self.seen.titles.get(name, OTHER) if self.hides else name

    def named(self, who: Assignee) -> str | None:
        """Somebody as they were named; to everybody only the account by which a role is published."""
        if not self.hides:
            return who.given
        return who.person if who.person in self.holders and ACCOUNT.fullmatch(who.person) else None

    def in_roles(self, persons: Iterable[str]) -> list[str]:
        """People of published roles: as they are, or by account; alphabetically."""
        found = sorted(persons)
        return sorted(accounts(found).values()) if self.hides else found

    def told(self, words: str) -> str:
        """Words as they read: from who may see all nothing is hidden, so what they do not see is not known."""
        return words if self.hides else words.replace(NOT_SHOWN, NOT_KNOWN)


def whole(history: History) -> Viewer:
    """Who may see everything."""
    return Viewer(everything(history))


def accounts(persons: Iterable[str]) -> Mapping[str, str]:
    """What everybody may call each of these people: their account, or a number where that is an address or a name."""
    found = sorted(set(persons))
    hidden = [one for one in found if not ACCOUNT.fullmatch(one)]
    return {one: one for one in found} | {one: f"not shown ({at})" for at, one in enumerate(hidden, 1)}
