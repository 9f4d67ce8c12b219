"""Contributions without a story: as many as wanted, as large as real ones, some of them twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from events.catalog import type_of
from events.codec import Encoded
from events.contributions import ContributionRecorded

IDENTITIES: Final = 20_000
DUPLICATE_SHARE: Final = 0.01
DAYS: Final = 5 * 365
KINDS: Final = ("commit", "review", "documentation", "triage", "forum_post")

_TYPE: Final = type_of(ContributionRecorded)
_EVENT: Final = (
    '{{"specversion":"1.0","id":"{id}","source":"load:{seed}","type":"{type}",'
    '"time":"{time}Z","subject":"{subject}","community":"{community}","team":"team-{team}",'
    '"datacontenttype":"application/json","data":{{"kind":"{kind}",'
    '"url":"https://example.org/{community}/changes/{id}","authored_at":"{authored_at}Z"}}}}'
)


def load(count: int, seed: int, community: str, last_moment: datetime) -> Iterator[Encoded]:
    """Makes records for the topic of contributions; the same arguments give the same bytes.

    Args:
        count: how many records, duplicates among them.
        seed: of all chance in it; part of the source, so that another seed gives other events.
        community: name of the community in the events.
        last_moment: aware; the events lie in the five years before it.
    """
    chance, recent = Random(seed), [Encoded(b"", b"")] * 1000  # noqa: S311 - chance that can be repeated
    first_moment = last_moment.astimezone(UTC).replace(tzinfo=None) - timedelta(days=DAYS)
    for number in range(count):
        place = chance.randrange(len(recent))
        if number >= len(recent) and chance.random() < DUPLICATE_SHARE:
            yield recent[place]
        else:
            recent[number % len(recent)] = made = _record(number, seed, community, first_moment, chance)
            yield made


def _record(number: int, seed: int, community: str, first_moment: datetime, chance: Random) -> Encoded:
    identity = int(IDENTITIES * chance.random() ** 3)  # a few do much, many do little
    time = first_moment + timedelta(seconds=chance.randrange(DAYS * 86_400))
    subject = f"github:{identity + 1_000_000}"
    value = _EVENT.format(
        type=_TYPE, id=f"{seed:x}{number:039x}", seed=seed, time=time.isoformat(), subject=subject, community=community,
        team=identity % 5, kind=chance.choice(KINDS), authored_at=(time - timedelta(hours=9)).isoformat(),
    )  # fmt: skip
    return Encoded(subject.encode(), value.encode())
