"""When work counts: the day on which it became part of the branch, unless that tells nothing of when it was done.

Reading order: `landed` (the first-parent line says when), `bulks` (histories that were rewritten or imported at once),
`dated` (the day that counts).

Source: docs/definitions.md, "How sources become facts", git history.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final, Literal, NamedTuple

from events.sources.commits import Commit, Origin, Stamp

LATEST: Final = timedelta(days=30)
EARLIEST: Final = timedelta(days=-1)
"""How long after its commit, and how long before by clocks that differ, a landing tells when work was done."""
BULK_COMMITS, BULK_AUTHORS, BULK_AGE = 20, 5, timedelta(days=30)

Bulks = Collection[tuple[str, date]]
"""Committers, and the UTC days on which each made commits of what was done long before."""

By = Literal["landing", "commit", "author", "bulk"]
"""Whose date counts; that of its author where nothing else can be true, and where it was committed in bulk."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A commit, and when it became part of the branch; `None` where no calendar knows that moment.

    Attributes:
        merge: the commit of the first-parent line that brought it.
    """

    commit: Commit
    at: datetime | None
    merge: str = ""


class Dated(NamedTuple):
    """A commit with the moment that counts, and whose that is; `None` where none of its dates can be true."""

    landed: Landed
    at: datetime | None
    by: By = "landing"

    @property
    def commit(self) -> Commit:
        """The commit."""
        return self.landed.commit


def landed(commits: Iterable[Commit], first_parent_line: Collection[str]) -> Iterator[Landed]:
    """Finds when each commit landed: with the first commit of the first-parent line that reaches it.

    Args:
        commits: all commits of the branch, parents before children; they are read as they come.
        first_parent_line: hashes from the tip along first parents; anything with a quick `in`.

    Yields:
        In first-parent order; commits that landed together in an order that the graph alone fixes.
    """
    waiting: dict[str, Commit] = {}
    for commit in commits:
        waiting[commit.hash] = commit
        if commit.hash in first_parent_line:
            for each in _reached(waiting, commit.hash):
                yield Landed(each, commit.committed_at, commit.hash)


def _reached(waiting: dict[str, Commit], tip: str) -> Iterable[Commit]:
    """Takes what can be reached from `tip` out of `waiting`, the tip last."""
    stack = [waiting.pop(tip)]
    reached = []
    while stack:
        reached.append(commit := stack.pop())
        stack.extend(waiting.pop(parent) for parent in commit.parents if parent in waiting)
    return reversed(reached)


def bulks(stamps: Iterable[Stamp], origin: Origin) -> Bulks:
    """Finds who committed on one day what many had made long before."""
    made: defaultdict[tuple[str, date], list[tuple[str, float]]] = defaultdict(list)
    for stamp in stamps:
        committed, authored = origin.believed(stamp.committed_at), origin.believed(stamp.authored_at)
        if committed and authored:
            made[stamp.committer, committed.date()].append((stamp.author, (committed - authored).total_seconds()))
    return {where for where, theirs in made.items() if _is_bulk(theirs)}


def _is_bulk(made: Collection[tuple[str, float]]) -> bool:
    if len(made) < BULK_COMMITS or len({author for author, _ in made}) < BULK_AUTHORS:
        return False
    return median(age for _, age in made) > BULK_AGE.total_seconds()


def dated(history: Iterable[Landed], origin: Origin, found: Bulks = frozenset()) -> Iterator[Dated]:
    """Says on which moment each commit counts."""
    for item in history:
        commit = item.commit
        landing, committed, authored = map(origin.believed, (item.at, commit.committed_at, commit.authored_at))
        if committed and authored and (commit.committer, committed.date()) in found:
            yield Dated(item, authored, "bulk")
        elif landing and (committed is None or is_of(landing, committed)):
            yield Dated(item, landing)
        elif committed:
            yield Dated(item, committed, "commit")
        else:
            yield Dated(item, authored, "author")


def is_of(landing: datetime, committed: datetime) -> bool:
    """Whether something landed so soon after it was committed that the landing tells when it was done."""
    return EARLIEST <= landing - committed <= LATEST
