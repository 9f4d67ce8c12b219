"""Builds `events.jsonl.gz` anew: python examples/rust/build.py cargo-log.bundle rust-team.bundle.

Who ever held a seat in the Rust project did so in public, by their account on GitHub, and so it stands here. All
addresses and everybody else bear pseudonyms, the same in both histories, so that those who hold seats and those who
commit meet.

The key below makes the pseudonyms of this example and of nothing else. It stands here so that everybody gets
the same bytes, so it hides nobody from whoever has the histories at hand, which are public: it only keeps names and
addresses out of this repository. Never use a key that is written down for a community of your own.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from events.catalog import AnyEvent
from events.contributions import ContributionRecorded
from events.identity import provider_of
from events.people import PersonLinked, PersonNamed
from events.personal import named_in
from events.roles import RoleGranted
from events.sources.commits import Origin
from events.sources.git import checked
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import Problem, Replay, RolesOrigin
from infra.ingest import event_files, example
from infra.ingest.git_history import whole
from infra.ingest.git_log import Repository, opened
from infra.ingest.pseudonymising import Edge
from infra.ingest.role_history import RoleHistory
from projections.policy.policy import CommunityPolicy, Policy

THROW_AWAY_KEY = b"tenfold example: throw-away key, protects nobody"
WORK = "cargo-log"
ROLES = "github.com/rust-lang/team"
FORMAT = "rust-team"
ACCOUNTS = {"github", "github-login"}


def main(cargo: str, team: str) -> None:
    """Writes the events beside this script."""
    policy = Policy.load(example.POLICY.read_text("utf-8")).community(example.COMMUNITY)
    with opened(cargo) as repository:
        work = list(_work(repository, policy))
    with opened(team) as repository:
        roles = list(_roles(repository))
    public = public_accounts(roles)
    edge = Edge(policy, THROW_AWAY_KEY, public)
    hidden = edge.admit([*work, *(event for event in roles if not is_public(event, public))]).events
    shown = [event for event in roles if is_public(event, public)]
    count = event_files.write(example.EVENTS, [*hidden, *shown])
    print(f"{example.EVENTS}: {count:,} events, {example.EVENTS.stat().st_size:,} bytes")  # noqa: T201 - a script


def public_accounts(roles: Iterable[AnyEvent]) -> set[str]:
    """The accounts of all who ever held a seat, by number and by login."""
    roles = list(roles)
    holders = {event.subject for event in roles if isinstance(event, RoleGranted)}
    pairs = [{event.subject, event.data.person} for event in roles if isinstance(event, PersonLinked)]
    theirs = holders.union(*(pair for pair in pairs if pair & holders))
    return {identity for identity in theirs if provider_of(identity) in ACCOUNTS}


def is_public(event: AnyEvent, public: set[str]) -> bool:
    """Whether an event of the role files may stand here as it is: whom it names held seats."""
    return not isinstance(event, PersonNamed) and public.issuperset(named_in(event))


def _work(repository: Repository, policy: CommunityPolicy) -> Iterator[AnyEvent]:
    origin = Origin(example.COMMUNITY, WORK, datetime.now(UTC))
    read = whole(repository, origin, Edge(policy, THROW_AWAY_KEY))
    yield from read.events
    work = [event for event in read.events if isinstance(event, ContributionRecorded)]
    yield checked(origin, max(event.time for event in work), len(read.commits))


def _roles(repository: Repository) -> Iterator[AnyEvent]:
    origin = RolesOrigin(example.COMMUNITY, ROLES, datetime.now(UTC), format=FORMAT)
    format_ = FORMATS[FORMAT](ROLES)
    history = RoleHistory(repository, format_)
    told = Replay[Any](format_, origin)(history.changes())
    yield from (event for event in told if not isinstance(event, Problem))
    yield checked(origin, max(filter(origin.believes, history.dates())), len(history.edits))


if __name__ == "__main__":
    main(*sys.argv[1:])
