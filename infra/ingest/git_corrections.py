"""What stands of a repository in the log and is not so: counted on another day, or on the branch no more.

What stands keeps the moment first recorded, if the rule could give it: a commit that landed within 30 days, by
whichever merge. One that the rule could not give (it was recorded by a rule before, or a bulk was complete only later)
is taken back and told again, under an id of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from events.contributions import (
    AgentDeclared,
    ContributionRecorded,
    ContributionRetracted,
    EventReference,
    Retraction,
)
from events.sources.commits import Origin
from events.sources.git import GitEvent
from events.sources.landing import Dated, is_of
from infra.ingest.publisher import Publisher
from projections.facts import standing

DATED: Final = "/dated"
"""How the ids end of what was told again."""
MOVED: Final = "it counts on another day, that on which it was done"
GONE: Final = "its commit is on the branch no more"

Told = GitEvent | ContributionRetracted


class Corrections:
    """Corrects what stands of one source."""

    def __init__(self, publisher: Publisher, origin: Origin) -> None:
        self._publisher, self._origin = publisher, origin
        self._told: set[str] = set()

    async def applied(self, events: Sequence[GitEvent], history: Iterable[Dated]) -> list[Told]:
        """The events as they are to stand, and what takes back those that stand on days that cannot be theirs.

        Args:
            events: what some commits tell.
            history: those commits.
        """
        work = [event for event in events if isinstance(event, ContributionRecorded)]
        commits = {item.commit.hash: item for item in history}
        wrong = await self._wrong(work, commits)
        return [told for event in events for told in self._corrected(event, wrong)]

    async def _wrong(self, work: Sequence[ContributionRecorded], commits: dict[str, Dated]) -> Collection[str]:
        edge = self._publisher.edge
        asked = [edge.id(event.id + end) for event in work for end in ("", DATED)]
        self._told.update(asked if edge.hides else ())
        stands = await standing.moments(
            self._publisher.connection, self._publisher.community, self._origin.source, asked
        )
        return {
            event.id
            for event in work
            if (found := stands.get(edge.id(event.id)))
            and not _can_be(found.time, commits[event.id.partition("/")[0]])
            and (not found.is_retracted or edge.id(event.id + DATED) in stands)
        }

    def _corrected(self, event: GitEvent, wrong: Collection[str]) -> Iterator[Told]:
        if isinstance(event, ContributionRecorded) and event.id in wrong:
            yield self._retraction(event.id, event, MOVED)
            yield event.model_copy(update={"id": event.id + DATED})
        elif isinstance(event, AgentDeclared) and event.data.contribution.id in wrong:
            meant = event.data.contribution.model_copy(update={"id": event.data.contribution.id + DATED})
            data = event.data.model_copy(update={"contribution": meant})
            yield event.model_copy(update={"id": event.id + DATED, "data": data})
        else:
            yield event

    async def gone(self, hashes: Collection[str]) -> Sequence[str]:
        """Ids of contributions that stand, and whose commits are on the branch no more, once all of it was applied.

        Args:
            hashes: of every commit of the branch that is no merge.
        """
        edge, known = self._publisher.edge, self._publisher
        there = {edge.id(commit) for commit in hashes}
        ids = await standing.counted(known.connection, known.community, self._origin.source)
        return sorted(id_ for id_ in ids if id_.partition("/")[0] not in there and id_ not in self._told)

    def taken_back(self, ids: Sequence[str]) -> list[ContributionRetracted]:
        """What says that they do not count."""
        return [
            ContributionRetracted(
                id=f"gone/{id_}", source=self._origin.source, community=self._origin.community,
                time=self._origin.read_at, data=Retraction(
                    retracts=EventReference(source=self._origin.source, id=id_), reason=GONE),
            )
            for id_ in ids
        ]  # fmt: skip

    def _retraction(self, id_: str, event: ContributionRecorded, reason: str) -> ContributionRetracted:
        retracts = EventReference(source=event.source, id=id_)
        return ContributionRetracted(
            id=f"moved/{id_}", source=event.source, community=event.community, time=event.time,
            data=Retraction(retracts=retracts, reason=reason),
        )  # fmt: skip


def _can_be(stands: datetime, item: Dated) -> bool:
    """Whether a moment that stands is one that the rule could have given."""
    if stands == item.at or item.by == "author":
        return stands == item.at
    committed = item.commit.committed_at
    return committed is None or is_of(stands, committed)
