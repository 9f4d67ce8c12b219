"""Commits made up, and what they tell."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from events.sources.addresses import Signature
from events.sources.commits import Commit, Origin
from events.sources.git import GitEvent, LeftOut, translate
from events.sources.landing import Dated, Landed, landed
from events.sources.who import EVERYBODY_BY_ADDRESS, Who

START = datetime(2024, 1, 1, tzinfo=UTC)
FLIPS: st.SearchStrategy[bool] = st.booleans()
ORIGIN = Origin("rust", "github.com/rust-lang/cargo", read_at=START + timedelta(days=1000), team="cargo")


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def commit(
    hash_: str, *parents: str, on: int = 0, author: str = "Ada <ada@x.org>", trailers: Iterable[str] = ()
) -> Commit:
    pairs = (trailer.partition(": ")[::2] for trailer in trailers)
    return Commit(hash_, parents, Signature.parse(author), day(on) - timedelta(days=9), day(on), tuple(pairs))


def told(*commits: Commit, on: int = 0, who: Who = EVERYBODY_BY_ADDRESS) -> list[GitEvent | LeftOut]:
    return list(translate([Dated(Landed(each, day(on)), day(on)) for each in commits], ORIGIN, who))


def landings(commits: list[Commit], line: set[str]) -> dict[str, datetime | None]:
    return {item.commit.hash: item.at for item in landed(commits, line)}
