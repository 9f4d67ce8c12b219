"""A repository's history with the day on which each commit counts, and which of them count on days of their own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel

from events.sources import mailmap
from events.sources.commits import Origin
from events.sources.git import GitEvent, LeftOut, translate
from events.sources.landing import Dated, bulks, dated, landed
from infra.ingest.git_log import Repository
from infra.ingest.pseudonymising import Edge


def history(repository: Repository, origin: Origin) -> Iterator[Dated]:
    """Every commit, merges included, in the order of the first-parent line."""
    told = landed(repository.commits(), repository.first_parent_line())
    return dated(told, origin, bulks(repository.stamps(), origin))


class Whole(NamedTuple):
    """All commits of a repository that are no merges, and all that they tell."""

    commits: Sequence[Dated]
    events: Sequence[GitEvent]


def whole(repository: Repository, origin: Origin, edge: Edge) -> Whole:
    """A repository's history without the log, as an import tells it; small enough for the memory."""
    aliases = repository.mailmap()
    who = edge.who(mailmap.shared(aliases))
    commits = [item for item in history(repository, origin) if not item.commit.is_merge]
    for item in commits:
        who.meet(item.commit.author)
    told = [event for event in translate(commits, origin, who) if not isinstance(event, LeftOut)]
    return Whole(commits, [*told, *mailmap.links(aliases, origin, who)])


class OwnDates(BaseModel, frozen=True):
    """Commits that do not count on the day on which they landed.

    Attributes:
        merge: what brought them; empty where they were committed in bulk.
        day: on which they landed, or were committed.
    """

    commits: int
    day: date | None
    merge: str = ""

    def line(self) -> str:
        """What is said of them."""
        commits = f"{self.commits:,} commit{'' if self.commits == 1 else 's'}"
        when = f" of {self.day}" if self.day else ""
        if self.merge:
            return f"{commits} that landed with {self.merge[:12]}{when} count on the days on which they were committed"
        return f"{commits} made in bulk by one committer{when} count on the days on which they were authored"


class OwnDatesCounter:
    """Counts them while a history is read."""

    def __init__(self) -> None:
        """None yet."""
        self._merges: Counter[tuple[date | None, str]] = Counter()
        self._bulks: Counter[tuple[date, str]] = Counter()

    def see(self, item: Dated) -> None:
        """Count a commit that is no merge."""
        commit, landed_at = item.commit, item.landed.at
        if item.by == "commit" and landed_at != commit.committed_at:
            self._merges[landed_at.date() if landed_at else None, item.landed.merge] += 1
        elif item.by == "bulk" and commit.committed_at:
            self._bulks[commit.committed_at.date(), commit.committer] += 1

    def found(self) -> list[OwnDates]:
        """The largest first."""
        merges = [OwnDates(commits=many, day=day, merge=merge) for (day, merge), many in self._merges.items()]
        told = [*merges, *(OwnDates(commits=many, day=day) for (day, _), many in self._bulks.items())]
        return sorted(told, key=lambda one: (-one.commits, str(one.day), one.merge))
