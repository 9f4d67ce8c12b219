"""Which account bore a login when, as far as commits tell: a login that somebody gave up may be somebody else's today.

Source: docs/definitions.md, "How sources become facts", role files.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from events.sources.addresses import login_link

Seat = tuple[str, str, str]
"""Scope, role, identity."""


class Accounts:
    """The accounts behind logins.

    Args:
        commits: When a commit was made, and its author's address (`N+login@users.noreply.github.com`), in any order.
    """

    def __init__(self, commits: Iterable[tuple[datetime, str]] = ()) -> None:
        borne: defaultdict[str, set[tuple[datetime, str]]] = defaultdict(set)
        for at, address in commits:
            if link := login_link(address):
                login, account = link
                borne[login].add((at, account))
        self._borne = {login: sorted(found) for login, found in borne.items()}

    def of(self, identity: str, at: datetime) -> str:
        """The account that bore a login at a moment: the last that did before, else the first that did afterwards."""
        found = self._borne.get(identity)
        if not found:
            return identity
        before = bisect_right(found, at, key=lambda one: one[0])
        return found[max(before - 1, 0)][1]


class Holders:
    """Who holds which seat: whoever bore the login when a file named it, for as long as it is named there."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._named: dict[Seat, str] = {}
        self._held: Counter[Seat] = Counter()

    def change(self, gone: Iterable[Seat], came: Iterable[Seat], at: datetime) -> tuple[set[Seat], set[Seat]]:
        """What ends and what begins by seats that files name no more, and those that they name now.

        Who is named otherwise goes on. What ends does so under the login, too: an earlier reading may not have known
        the account yet.
        """
        before: dict[Seat, int] = {}
        logins: dict[Seat, Seat] = {}
        for scope, role, identity in gone:
            seat = scope, role, self._named.pop((scope, role, identity), identity)
            before.setdefault(seat, self._held[seat])
            self._held[seat] -= 1
            logins[seat] = scope, role, identity
        for scope, role, identity in came:
            account = self._named[scope, role, identity] = self._accounts.of(identity, at)
            seat = scope, role, account
            before.setdefault(seat, self._held[seat])
            self._held[seat] += 1
        ended = {seat for seat, held in before.items() if held and not self._held[seat]}
        begun = {seat for seat, held in before.items() if not held and self._held[seat]}
        return ended | {logins[seat] for seat in ended}, begun
