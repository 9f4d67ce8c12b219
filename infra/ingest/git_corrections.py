"""What stands of a repository in the log and is not so: of another day or somebody else, or on the branch no more.

What stands keeps the moment first recorded, if the rule could give it: a commit that landed within 30 days, by
whichever merge. What the rule could not give (a rule before did, or a bulk was complete only later), what is somebody
else's (a `.mailmap` tells people apart now) and what came back to the branch is told again, as the next edition of its
id; the one before is taken back. What somebody took back by hand stays taken back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from projections.facts.standing import Stands

EDITIONS: Final = 9
MOVED: Final = "it is of another day or of somebody else"
GONE: Final = "the branch does not have it any more"

Corrected = GitEvent | ContributionRetracted


def edition(id_: str, number: int) -> str:
    """The id under which something is told for the first time, the second, and so on."""
    return id_ if number == 1 else f"{id_}/edition-{number}"


class Corrections:
    """Corrects what stands of one source."""

    def __init__(self, publisher: Publisher, origin: Origin) -> None:
        self._publisher, self._origin = publisher, origin
        self._told: set[str] = set()
        self._commits: set[str] = set()

    async def applied(self, events: Sequence[GitEvent], history: Iterable[Dated]) -> list[Corrected]:
        """The events as they are to stand, and what takes back those of before that cannot be so.

        Args:
            events: what some commits tell.
            history: those commits.
        """
        work = [event for event in events if isinstance(event, ContributionRecorded)]
        commits = {item.commit.hash: item for item in history}
        self._commits.update(map(self._publisher.edge.id, commits))
        stands = await self._editions(work, 1, 1)
        odd = [event for event in work if not self._is_so(event, commits, stands.get((event.id, 1)))]
        stands |= await self._editions([event for event in odd if (event.id, 1) in stands], 2, EDITIONS)
        found = {event.id: self._next(event, commits, stands) for event in odd}
        return [told for event in events for told in self._corrected(event, found, stands)]

    async def _editions(
        self, work: Iterable[ContributionRecorded], first: int, last: int
    ) -> dict[tuple[str, int], Stands]:
        known, edge = self._publisher, self._publisher.edge
        asked = {
            edge.id(edition(event.id, number)): (event.id, number)
            for event in work
            for number in range(first, last + 1)
        }
        self._told.update(asked)
        stands = await standing.contributions(known.connection, known.community, self._origin.source, list(asked))
        return {asked[id_]: one for id_, one in stands.items()}

    def _is_so(self, event: ContributionRecorded, commits: Mapping[str, Dated], stands: Stands | None) -> bool:
        """Whether something stands as the rule could have it."""
        return (
            stands is not None
            and stands.retracted_by is None
            and stands.subject == self._publisher.edge.identity(event.subject)
            and self._can_be(stands, commits[event.id.partition("/")[0]])
        )

    def _can_be(self, stands: Stands, item: Dated) -> bool:
        committed = self._origin.believed(item.commit.committed_at)
        by_landing = item.by in ("landing", "commit") and committed is not None and is_of(stands.time, committed)
        return stands.time == item.at or by_landing

    def _next(
        self, event: ContributionRecorded, commits: Mapping[str, Dated], stands: Mapping[tuple[str, int], Stands]
    ) -> tuple[int, bool]:
        """The edition that is to hold, and whether the one before is to be taken back."""
        numbers = [number for number in range(1, EDITIONS + 1) if (event.id, number) in stands]
        last = max(numbers, default=0)
        newest = stands.get((event.id, last))
        if newest is None or newest.retracted_by == "hand" or self._is_so(event, commits, newest):
            return max(last, 1), False
        return min(last + 1, EDITIONS), newest.retracted_by is None

    def _corrected(
        self, event: GitEvent, found: Mapping[str, tuple[int, bool]], stands: Mapping[tuple[str, int], Stands]
    ) -> Iterator[Corrected]:
        if isinstance(event, ContributionRecorded) and event.id in found:
            number, takes_back = found[event.id]
            if takes_back:
                yield self._retraction(edition(event.id, number - 1), stands[event.id, number - 1], MOVED)
            yield event.model_copy(update={"id": edition(event.id, number)})
        elif isinstance(event, AgentDeclared) and event.data.contribution.id in found:
            number, _ = found[event.data.contribution.id]
            meant = event.data.contribution.model_copy(update={"id": edition(event.data.contribution.id, number)})
            data = event.data.model_copy(update={"contribution": meant})
            yield event.model_copy(update={"id": edition(event.id, number), "data": data})
        else:
            yield event

    async def stale(self) -> tuple[dict[str, Stands], dict[str, Stands]]:
        """What stands and was not told, once all of the history was applied: of the branch's commits, and of others."""
        known = self._publisher
        stands = await standing.uncorrected(known.connection, known.community, self._origin.source)
        left = {id_: one for id_, one in stands.items() if id_ not in self._told}
        theirs = {id_: one for id_, one in left.items() if id_.partition("/")[0] in self._commits}
        return theirs, {id_: one for id_, one in left.items() if id_ not in theirs}

    def taken_back(self, stands: Mapping[str, Stands], reason: str) -> list[ContributionRetracted]:
        """What says that they do not count."""
        return [self._retraction(id_, one, reason) for id_, one in sorted(stands.items())]

    def _retraction(self, id_: str, stands: Stands, reason: str) -> ContributionRetracted:
        retracts = EventReference(source=self._origin.source, id=id_)
        return ContributionRetracted(
            id=f"taken-back/{id_}", source=self._origin.source, community=self._origin.community,
            time=stands.time, data=Retraction(retracts=retracts, reason=reason),
        )  # fmt: skip
