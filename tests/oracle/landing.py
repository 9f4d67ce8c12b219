"""docs/definitions.md, *git history*: on which moment each commit counts, from the text and the graph alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from events.sources.commits import Commit, Origin


def ancestors(commits: Mapping[str, Commit], tip: str) -> set[str]:
    """Everything that can be reached, the tip itself too."""
    found, left = set[str](), [tip]
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += commits[one].parents
    return found


def line(commits: Mapping[str, Commit], tip: str) -> list[str]:
    """The first-parent line, oldest first."""
    hashes = [tip]
    while commits[hashes[-1]].parents:
        hashes.append(commits[hashes[-1]].parents[0])
    return hashes[::-1]


def in_bulk(commits: Sequence[Commit], one: Commit, origin: Origin) -> bool:
    """≥ 20 commits of one UTC day by one committer, by ≥ 5 authors, median of committer − author date > 30 days."""
    day = origin.believed(one.committed_at)
    if day is None:
        return False
    ages, authors = [], set()
    for other in commits:
        committed, authored = origin.believed(other.committed_at), origin.believed(other.authored_at)
        if other.is_merge or committed is None or authored is None:
            continue
        if other.committer == one.committer and committed.date() == day.date():
            ages.append((committed - authored).total_seconds())
            authors.add(other.author.address)
    return len(ages) >= 20 and len(authors) >= 5 and median(ages) > timedelta(days=30).total_seconds()


def moment(commits: Sequence[Commit], tip: str, one: Commit, origin: Origin) -> datetime | None:
    """When it landed, if that is near; else its own date, or its author's."""
    by_hash = {each.hash: each for each in commits}
    first = next(each for each in line(by_hash, tip) if one.hash in ancestors(by_hash, each))
    landing, committed, authored = map(
        origin.believed, (by_hash[first].committed_at, one.committed_at, one.authored_at)
    )
    if authored and in_bulk(commits, one, origin):
        return authored
    if landing and committed and not timedelta(days=-1) <= landing - committed <= timedelta(days=30):
        return committed
    return landing or committed or authored
