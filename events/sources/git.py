"""git history: commits in, events out.

Reading order: `Commit` (what git says), `landed` (when it became part of the branch), `translate`.
`mailmap.py` translates the `.mailmap` beside it.

Source: docs/definitions.md, "How sources become facts", git history.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events.community import SourceCheck, SourceChecked
from events.contributions import AgentDeclared, Contribution, ContributionRecorded, Declaration, EventReference
from events.envelope import EARLIEST_TIME, MAX_TIME_AHEAD
from events.mentoring import Mentoring, MentoringMet
from events.people import Link, Naming, PersonClassified, PersonLinked, PersonNamed, classified
from events.sources.addresses import APP, Signature, login_link
from events.sources.who import EVERYBODY_BY_ADDRESS, Who

TRAILER_KINDS: Final = {
    "co-authored-by": "commit",
    "reviewed-by": "review",
    "acked-by": "review",
    "tested-by": "test",
    "reported-by": "bug_report",
}
"""Trailer → kind of the contribution that it tells of."""

MENTORED_BY: Final = "mentored-by"

DECLARING: Final = frozenset({"co-authored-by", "assisted-by", "generated-by"})
"""Trailers that can name an AI agent."""

GitEvent = ContributionRecorded | AgentDeclared | MentoringMet | PersonNamed | PersonLinked | PersonClassified


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, as git tells it.

    Attributes:
        authored_at: aware, UTC; `None` where the commit bears no date that a calendar knows.
        committed_at: likewise.
        trailers: (key, value) in the commit's order, as git itself parses them.
    """

    hash: str
    parents: tuple[str, ...]
    author: Signature
    authored_at: datetime | None
    committed_at: datetime | None
    trailers: tuple[tuple[str, str], ...] = ()

    @property
    def is_merge(self) -> bool:
        """Whether it joins branches: the work then lies in the commits it joins."""
        return len(self.parents) > 1


@dataclass(frozen=True, slots=True)
class Landed:
    """A commit, and when it became part of the branch; `None` where no calendar knows that moment."""

    commit: Commit
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a reading is for: community, source (`git:NAME`) and team of its events.

    Attributes:
        read_at: the moment of reading; what claims to have landed a day after it has a wrong clock.
    """

    community: str
    name: str
    read_at: datetime
    team: str | None = None

    @property
    def source(self) -> str:
        """The `source` of the events."""
        return f"git:{self.name}"

    def url(self, commit: str) -> str | None:
        """The page of a commit, where the name says that the repository is on GitHub or GitLab."""
        host = self.name.partition("/")[0]
        paths = {"github.com": "commit", "gitlab.com": "-/commit"}
        return f"https://{self.name}/{paths[host]}/{commit}" if host in paths else None

    def believes(self, moment: datetime) -> bool:
        """Whether something can have happened then: the same limits as for every event."""
        return EARLIEST_TIME <= moment <= self.read_at + MAX_TIME_AHEAD

    def believed(self, moment: datetime | None) -> datetime | None:
        """A moment, unless nothing can have happened then."""
        return moment if moment and self.believes(moment) else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A commit that no event could be made of, and why."""

    commit: str
    why: str


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
                yield Landed(each, commit.committed_at)


def _reached(waiting: dict[str, Commit], tip: str) -> Iterable[Commit]:
    """Takes what can be reached from `tip` out of `waiting`, the tip last."""
    stack = [waiting.pop(tip)]
    reached = []
    while stack:
        reached.append(commit := stack.pop())
        stack.extend(waiting.pop(parent) for parent in commit.parents if parent in waiting)
    return reversed(reached)


def translate(
    history: Iterable[Landed], origin: Origin, who: Who = EVERYBODY_BY_ADDRESS
) -> Iterator[GitEvent | LeftOut]:
    """Tells what happened in a history: who contributed, and what they are called.

    Args:
        history: as `landed` yields it; the first commit that bears a name is the one that gives it.
        origin: what the events are for.
        who: whom names and addresses mean here.
    """
    told: set[tuple[str, ...]] = set()
    for commit, at in ((item.commit, item.at) for item in history if not item.commit.is_merge):
        if at is None or not origin.believes(at):
            yield LeftOut(commit.hash, "its date cannot be true")
        elif (author := who.identity(commit.author)) is None:
            yield LeftOut(commit.hash, "its author has neither an address nor a name")
        else:
            people = _people(commit, author, who)
            yield from _work(commit, people, at, origin)
            yield from _declared(commit, author, at, origin, who)
            for _, identity, signature in people:
                yield from _names(commit.hash, identity, signature, at, origin, told)


People = list[tuple[str, str, Signature]]
"""(trailer, identity, signature) of everybody in a commit; the author comes first, with trailer ""."""


def _people(commit: Commit, author: str, who: Who) -> People:
    found = {("", author): commit.author}
    for key, value in commit.trailers:
        signature, trailer = Signature.parse(value), key.strip().lower()
        identity = who.identity(signature)
        if identity not in {None, author} and (trailer in TRAILER_KINDS or trailer == MENTORED_BY):
            found.setdefault((trailer, str(identity)), signature)
    return [(trailer, identity, signature) for (trailer, identity), signature in found.items()]


def _work(
    commit: Commit, people: People, at: datetime, origin: Origin
) -> Iterator[ContributionRecorded | MentoringMet]:
    author = people[0][1]
    for trailer, identity, _ in people:
        event_id = f"{commit.hash}/{trailer}/{identity}" if trailer else commit.hash
        if trailer == MENTORED_BY:
            yield MentoringMet(
                id=event_id, source=origin.source, community=origin.community, team=origin.team, time=at,
                subject=author, data=Mentoring(mentor=identity),
            )  # fmt: skip
        else:
            kind = TRAILER_KINDS[trailer] if trailer else "commit"
            authored_at = origin.believed(commit.authored_at) if kind == "commit" else None
            yield ContributionRecorded(
                id=event_id, source=origin.source, community=origin.community, team=origin.team, time=at,
                subject=identity, data=Contribution(kind=kind, url=origin.url(commit.hash), authored_at=authored_at),
            )  # fmt: skip


def _declared(commit: Commit, author: str, at: datetime, origin: Origin, who: Who) -> Iterator[AgentDeclared]:
    """The AI agents that a commit says took part, each once."""
    named = ((key.strip().lower(), Signature.parse(value)) for key, value in commit.trailers)
    agents = (who.identity(signature) for trailer, signature in named if _names_agent(trailer, signature, who))
    for agent in dict.fromkeys(agents):
        if agent:
            yield AgentDeclared(
                id=f"{commit.hash}/agent/{agent}", source=origin.source, community=origin.community, team=origin.team,
                time=at, subject=author,
                data=Declaration(agent=agent, contribution=EventReference(source=origin.source, id=commit.hash)),
            )  # fmt: skip


def _names_agent(trailer: str, signature: Signature, who: Who) -> bool:
    """Whether a trailer names an agent: the patterns know it, or it reads `Assisted-by: AGENT:MODEL`, as Linux asks."""
    if trailer not in DECLARING or (identity := who.identity(signature)) is None:
        return False
    by_form = trailer != "co-authored-by" and not signature.address
    return by_form or who.is_agent(identity, [signature.name] if signature.name else [])


def _names(
    commit: str, identity: str, signature: Signature, at: datetime, origin: Origin, told: set[tuple[str, ...]]
) -> Iterator[PersonNamed | PersonLinked | PersonClassified]:
    """What a signature tells of its identity, unless it was `told` before."""
    if signature.name and (identity, signature.name) not in told:
        told.add((identity, signature.name))
        yield PersonNamed(
            id=f"named/{commit}/{identity}/{signature.name}", source=origin.source, community=origin.community,
            time=at, subject=identity, data=Naming(name=signature.name),
        )  # fmt: skip
    link = login_link(signature.address)
    if link and ("login", *link) not in told:
        told.add(("login", *link))
        login, person = link
        yield PersonLinked(
            id=f"login/{commit}/{login}/{person}", source=origin.source, community=origin.community,
            time=at, subject=login, data=Link(person=person),
        )  # fmt: skip
        if login.endswith(APP):
            yield classified(origin.community, origin.source, person, "bot")


def checked(origin: Origin, through: datetime, found: int) -> SourceChecked:
    """Says how far the source was read, and how many commits that found."""
    return SourceChecked(
        id=f"checked/{through.isoformat()}/{found}",
        source=origin.source,
        community=origin.community,
        time=through,
        data=SourceCheck(source=origin.source, through=through, found=found),
    )
