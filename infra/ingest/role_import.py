"""A repository's role files into the log: what is new of their history, and how far it was read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from events.errors import TenfoldError
from events.people import PersonNamed
from events.roles import RoleGranted, RoleRevoked
from events.sources.git import checked
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import Problem, Replay, RoleEvent, RolesOrigin
from infra.ingest.git_log import Repository
from infra.ingest.publisher import Publisher, chunks
from infra.ingest.role_history import RoleHistory
from infra.terminal.progress import Advance

SHOWN_REASONS: Final = 5


@dataclass(frozen=True, slots=True)
class ImportedRoles:
    """What a reading of role files found, and what of it was new.

    Attributes:
        commits: that touched role files.
        seats: held at the branch's tip.
        holders: the identities that hold them.
        through: how far the source was read; None where no date there can be true.
        problems: what no event could be made of, a line each.
        untold: whom the files name at the tip and nobody can tell, a line each.
    """

    source: str
    branch: str
    commits: int
    seats: int
    holders: int
    events: int
    new_events: int
    through: datetime | None
    problems: Sequence[str]
    untold: Sequence[str]


class RolesImport:
    """One reading of a repository's role files.

    Args:
        publisher: puts events into the log.
        repository: what is read.
        origin: what the events are for.
    """

    def __init__(self, publisher: Publisher, repository: Repository, origin: RolesOrigin) -> None:
        """Only remembers; `run` reads."""
        self._publisher, self._repository, self._origin = publisher, repository, origin

    async def run(self, advance: Advance) -> ImportedRoles:
        """Reads the whole history and publishes what is new of it.

        Args:
            advance: told of every event.

        Raises:
            TenfoldError: the history is not all there, or never had such files.
        """
        if self._repository.is_shallow:
            raise TenfoldError("a shallow repository does not say when its roles began: git fetch --unshallow")
        format_ = FORMATS[self._origin.format](self._origin.name)
        history = RoleHistory(self._repository, format_)
        if not history.edits:
            raise TenfoldError(f"no role files: no commit of {self._repository.branch} has any of {format_.paths}")
        replay = Replay[Any](format_, self._origin, history.accounts())
        told = list(replay(history.changes()))
        events = [item for item in told if not isinstance(item, Problem)]
        problems = [f"{item.commit[:12]}: {item.what}" for item in told if isinstance(item, Problem)]
        if not any(isinstance(event, RoleGranted) for event in events):
            raise TenfoldError(_nobody(history, self._origin, [*problems, *replay.untold]))
        through = self._through(history)
        new = await self._publish(events, advance)
        if through:
            last = checked(self._origin, through, len(history.edits))
            await self._publisher.publish([last])
        held = _held(events)
        return ImportedRoles(
            source=self._origin.source,
            branch=self._repository.branch,
            commits=len(history.edits),
            seats=len(held),
            holders=len({identity for _, _, identity in held}),
            events=len(events),
            new_events=new,
            through=through,
            problems=problems,
            untold=replay.untold,
        )

    async def _publish(self, events: Sequence[RoleEvent], advance: Advance) -> int:
        names = _names(events)
        new = 0
        for chunk in chunks(events):
            new += len(await self._publisher.publish(chunk, names))
            advance(len(chunk))
        return new

    def _through(self, history: RoleHistory) -> datetime | None:
        believed = filter(self._origin.believes, history.dates())
        return self._repository.fetched_at or max(believed, default=None)


def _nobody(history: RoleHistory, origin: RolesOrigin, why: Sequence[str]) -> str:
    """What is said where whole files yield nothing: it is no community without leaders."""
    told = "".join(f"\n  {line}" for line in why[:SHOWN_REASONS])
    commits = f"{len(history.edits):,} commits touched files of the format {origin.format}"
    return f"{commits}, and name nobody who can be told{told}"


def _names(events: Sequence[RoleEvent]) -> Mapping[str, set[str]]:
    """Every name that the whole history gives: bots are told by all of theirs."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        if isinstance(event, PersonNamed):
            names[event.subject].add(event.data.name)
    return names


def _held(events: Sequence[RoleEvent]) -> set[tuple[str, str, str]]:
    """The seats (scope, role, identity) that a history ends with."""
    held = set()
    for event in events:
        if isinstance(event, RoleGranted):
            held.add((event.data.scope, event.data.role, event.subject))
        elif isinstance(event, RoleRevoked):
            held.discard((event.data.scope, event.data.role, event.subject))
    return held
