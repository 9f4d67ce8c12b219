"""A repository's history with the day on which each commit counts, and which of them count on days of their own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from pydantic import BaseModel

from events.checks import SourceDated, SourceDating, WhyDated
from events.sources import mailmap
from events.sources.commits import Origin
from events.sources.git import GitEvent, LeftOut, own_days, translate
from events.sources.landing import Bulks, Dated, bulks, dated, landed
from infra.ingest.git_log import Repository
from infra.ingest.pseudonymising import Edge


def history(repository: Repository, origin: Origin, found: Bulks | None = None) -> Iterator[Dated]:
    """Every commit, merges included, in the order of the first-parent line.

    Args:
        repository: what is read.
        origin: what it is read for.
        found: its bulks, where they were looked for already.
    """
    reached = landed(repository.commits(), repository.first_parent_line())
    return dated(reached, origin, bulks(repository.stamps(), origin) if found is None else found)


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
    events = [event for event in translate(commits, origin, who) if not isinstance(event, LeftOut)]
    return Whole(commits, [*events, *mailmap.links(aliases, origin, who)])


class OwnDates(BaseModel, frozen=True):
    """Commits that do not count on the day on which they landed.

    Attributes:
        merge: what brought them; empty where they were committed in bulk.
        day: on which they landed, or were committed.
        first: of the days on which they count.
        last: of the days on which they count.
    """

    commits: int
    day: date | None
    first: date
    last: date
    merge: str = ""

    @property
    def why(self) -> WhyDated:
        """What tells nothing of when they were made."""
        return "landing" if self.merge else "bulk"

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
        self._merges: defaultdict[tuple[date | None, str], Counter[date]] = defaultdict(Counter)
        self._bulks: defaultdict[tuple[date, str], Counter[date]] = defaultdict(Counter)

    def see(self, item: Dated) -> None:
        """Count a commit that is no merge."""
        commit, landed_at = item.commit, item.landed.at
        if item.at is None:
            return
        if item.by == "commit" and landed_at != commit.committed_at:
            self._merges[landed_at.date() if landed_at else None, item.landed.merge][item.at.date()] += 1
        elif item.by == "bulk" and commit.committed_at:
            self._bulks[commit.committed_at.date(), commit.committer][item.at.date()] += 1

    def found(self) -> list[OwnDates]:
        """The largest first."""
        merges = [_own(days, day, merge) for (day, merge), days in self._merges.items()]
        every = [*merges, *(_own(days, day) for (day, _), days in self._bulks.items())]
        return sorted(every, key=lambda one: (-one.commits, str(one.day), one.merge))


def _own(days: Counter[date], day: date | None, merge: str = "") -> OwnDates:
    return OwnDates(commits=days.total(), day=day, first=min(days), last=max(days), merge=merge)


def told(found: Iterable[OwnDates], origin: Origin) -> list[SourceDated]:
    """Events that say so, one for all that landed or was committed on a day; a day that cannot be is none."""
    groups: defaultdict[tuple[WhyDated, date | None], list[OwnDates]] = defaultdict(list)
    for one in found:
        believed = origin.believed(datetime.combine(one.day, time.min, UTC)) if one.day else None
        groups[one.why, believed.date() if believed else None].append(one)
    return [own_days(origin, _dating(origin, why, on, some)) for (why, on), some in groups.items()]


def _dating(origin: Origin, why: WhyDated, on: date | None, some: Sequence[OwnDates]) -> SourceDating:
    return SourceDating(
        source=origin.source,
        why=why,
        commits=sum(one.commits for one in some),
        first=min(one.first for one in some),
        last=max(one.last for one in some),
        on=on,
    )
