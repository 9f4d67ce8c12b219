"""Builds `events.jsonl.gz` anew from a bundle of cargo's history: python examples/rust/build.py BUNDLE.

The key below makes the pseudonyms of this example and of nothing else. It stands here so that everybody gets
the same bytes, so it hides nobody from whoever has the history at hand, which is public: it only keeps names and
addresses out of this repository. Never use a key that is written down for a community of your own.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from events.catalog import AnyEvent
from events.sources import mailmap
from events.sources.git import LeftOut, Origin, checked, landed, translate
from infra import event_files, example
from infra.edge import Edge
from infra.git_log import Repository, opened
from projections.policy import Policy

THROW_AWAY_KEY = b"tenfold example: throw-away key, protects nobody"
NAME = "cargo-log"


def main(bundle: str) -> None:
    """Writes the events beside this script."""
    policy = Policy.load((example.FOLDER / "policy.toml").read_text("utf-8"))
    edge = Edge(policy.community(example.COMMUNITY), THROW_AWAY_KEY)
    with opened(bundle) as repository:
        admitted = edge.admit(list(_told(repository)))
    count = event_files.write(example.EVENTS, admitted.events)
    print(f"{example.EVENTS}: {count:,} events, {example.EVENTS.stat().st_size:,} bytes")  # noqa: T201 - a script


def _told(repository: Repository) -> Iterator[AnyEvent]:
    origin = Origin(example.COMMUNITY, NAME, datetime.now(UTC))
    history = list(landed(repository.commits(), repository.first_parent_line()))
    events = [event for event in translate(history, origin) if not isinstance(event, LeftOut)]
    yield from events
    yield from mailmap.links(repository.mailmap(), origin)
    work = [event for event in events if event.type == "tenfold.contribution.recorded.v1"]
    commits = sum(not item.commit.is_merge for item in history)
    yield checked(origin, max(event.time for event in work), commits)


if __name__ == "__main__":
    main(sys.argv[1])
