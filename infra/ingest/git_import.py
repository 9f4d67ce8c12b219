"""A repository's history into the log: what is new of it, and how far it was read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Final

from pydantic import BaseModel

from events.contributions import ContributionRecorded, ContributionRetracted
from events.errors import TenfoldError
from events.people import PersonNamed
from events.sources import mailmap
from events.sources.commits import Origin
from events.sources.git import GitEvent, LeftOut, Told, checked, translate
from events.sources.landing import Bulks, Dated, bulks
from infra.ingest import git_history
from infra.ingest.git_corrections import GONE, MOVED, Corrections
from infra.ingest.git_history import OwnDates, OwnDatesCounter, history
from infra.ingest.git_log import Repository
from infra.ingest.publisher import Publisher, chunks
from infra.terminal.progress import Advance
from projections.facts import standing

MIRROR_SHARE: Final = 0.5


class Imported(BaseModel, frozen=True):
    """What an import found, and what of it was new.

    Attributes:
        commits: that gave events.
        identities: of those who contributed; how many people that is, links tell.
        through: how far the source was read; None where it holds nothing.
        left_out: why how many commits gave no event.
        own_dates: commits that count on days of their own, by what brought them, the largest first.
        moved: contributions that stood on a day or for somebody that cannot be so, and were taken back.
        gone: contributions that stand and whose commits are on the branch no more.
        retracted: how many of those were taken back.
    """

    source: str
    branch: str
    commits: int
    contributions: int
    identities: int
    through: datetime | None
    new_contributions: int
    new_events: int
    left_out: Mapping[str, int]
    own_dates: Sequence[OwnDates]
    moved: int
    gone: int
    retracted: int


class Import:
    """One reading of a repository.

    Args:
        publisher: puts events into the log.
        repository: what is read.
        origin: what the events are for.
        since: leaves out what landed before that day.
    """

    def __init__(self, publisher: Publisher, repository: Repository, origin: Origin, since: date | None = None) -> None:
        """Reads whom addresses mean; `run` reads all else."""
        self._publisher, self._repository, self._origin, self._since = publisher, repository, origin, since
        self._commits = self._contributions = self._new_contributions = self._new = self._moved = 0
        self._identities: set[str] = set()
        self._told: Told = set()
        self._left_out: Counter[str] = Counter()
        self._newest: datetime | None = None
        self._own_dates, self._corrections = OwnDatesCounter(), Corrections(publisher, origin)
        self._mailmap = repository.mailmap()
        self._who = publisher.edge.who(mailmap.shared(self._mailmap))

    @property
    def steps(self) -> int:
        """How often `run` says that it advanced: once for each commit, every time that it reads them."""
        return self._repository.count() * (2 if self._publisher.edge.hides else 1)

    async def run(self, advance: Advance, *, again: bool = False, retract_gone: bool = False) -> Imported:
        """Reads everything and publishes what is new.

        Args:
            advance: told of every commit.
            again: import although most of it stands under another source.
            retract_gone: take back what stands and is on the branch no more.

        Raises:
            TenfoldError: it looks like a source that was imported already; or a part was to tell what is gone.
        """
        if retract_gone and not self._is_whole:
            raise TenfoldError("what is gone cannot be told by a part of a history: --since, or a shallow repository")
        if not again:
            await self._refuse_mirrors()
        names = self._names(advance) if self._publisher.edge.hides else None
        for chunk in chunks(self._counted(self._history(advance))):
            await self._publish(chunk, names)
        await self._publish_mailmap()
        gone = await self._take_back(retract_gone) if self._is_whole else 0
        return await self._finish(gone, retracted=gone if retract_gone else 0)

    @property
    def _is_whole(self) -> bool:
        return not self._since and not self._repository.is_shallow

    async def _take_back(self, retract_gone: bool) -> int:
        """What the branch's commits do not say any more; and what is of others, if wanted. Returns how much that is."""
        known, gone = await self._corrections.stale()
        told = self._corrections.taken_back(known, MOVED)
        self._moved += len(await self._publisher.publish(told))
        if retract_gone:
            self._new += len(await self._publisher.publish(self._corrections.taken_back(gone, GONE)))
        return len(gone)

    async def _refuse_mirrors(self) -> None:
        publisher, own = self._publisher, self._origin.source
        ids = [publisher.edge.id(commit) for commit in self._repository.hashes()]
        found = await standing.sources(publisher.connection, publisher.community, "git:")
        for source in sorted(found, key=lambda name: name != own):
            if await standing.share_under(publisher.connection, publisher.community, source, ids) <= MIRROR_SHARE:
                continue
            if source == own:
                return
            raise TenfoldError(
                f"more than half of these commits stand under {source} already: is it renamed, or a mirror? "
                f"--name {source.removeprefix('git:')} goes on with that source, --again imports {own} beside it"
            )

    def _names(self, advance: Advance) -> Mapping[str, set[str]]:
        """Every name that the whole history gives: bots are told by all of theirs."""
        names: defaultdict[str, set[str]] = defaultdict(set)
        for event in translate(self._history(advance), self._origin, self._who):
            if isinstance(event, PersonNamed):
                names[event.subject].add(event.data.name)
        return names

    @cached_property
    def _bulks(self) -> Bulks:
        """Under a key the history is read twice, and its bulks are looked for once."""
        return bulks(self._repository.stamps(), self._origin)

    def _history(self, advance: Advance) -> Iterator[Dated]:
        for item in history(self._repository, self._origin, self._bulks):
            advance()
            yield item

    def _counted(self, told: Iterable[Dated]) -> Iterator[Dated]:
        for item in told:
            if item.commit.is_merge:
                continue
            self._who.meet(item.commit.author)
            if landing := self._origin.believed(item.landed.at) or item.at:
                self._newest = max(landing, self._newest or landing)
            if not self._since or not item.at or item.at.date() >= self._since:
                self._commits += 1
                self._own_dates.see(item)
                yield item

    async def _publish(self, commits: list[Dated], names: Mapping[str, set[str]] | None) -> None:
        chunk = list(translate(commits, self._origin, self._who, self._told))
        events: list[GitEvent] = [event for event in chunk if not isinstance(event, LeftOut)]
        work = [event for event in events if isinstance(event, ContributionRecorded)]
        left_out = [item.why for item in chunk if isinstance(item, LeftOut)]
        self._left_out.update(left_out)
        self._commits -= len(left_out)
        self._contributions += len(work)
        self._identities.update(event.subject for event in work)
        new = await self._publisher.publish(await self._corrections.applied(events, commits), names)
        self._new += len(new)
        self._moved += sum(isinstance(event, ContributionRetracted) for event in new)
        self._new_contributions += sum(isinstance(event, ContributionRecorded) for event in new)

    async def _publish_mailmap(self) -> None:
        found, publisher, edge = self._mailmap, self._publisher, self._publisher.edge
        if not self._origin.believes(found.changed_at):
            self._left_out["the .mailmap: its date cannot be true"] += bool(found.text)
            return
        links = list(mailmap.links(found, self._origin, self._who))
        now = {edge.identity(link.subject): edge.identity(link.data.person) for link in links}
        before = await standing.links(publisher.connection, publisher.community, self._origin.source)
        gone = mailmap.unlinks(found, now, mailmap.undoable(before), self._origin)
        self._new += len(await publisher.publish([*links, *gone]))

    async def _finish(self, gone: int, retracted: int) -> Imported:
        through, own_dates = self._repository.fetched_at or self._newest, self._own_dates.found()
        if self._is_whole:
            self._new += len(await self._publisher.publish(git_history.told(own_dates, self._origin)))
        if through:
            self._new += len(await self._publisher.publish([checked(self._origin, through, self._commits)]))
        return Imported(
            source=self._origin.source,
            branch=self._repository.branch,
            commits=self._commits,
            contributions=self._contributions,
            identities=len(self._identities),
            through=through,
            new_contributions=self._new_contributions,
            new_events=self._new,
            left_out=+self._left_out,  # without those that are 0
            own_dates=own_dates,
            moved=self._moved,
            gone=gone,
            retracted=retracted,
        )
