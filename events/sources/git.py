"""git history: commits in, events out.

`landing.py` says when each commit counts, `who.py` whom its names and addresses mean; `mailmap.py` translates the
`.mailmap` beside it.

Source: docs/definitions.md, "How sources become facts", git history.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from events.checks import SourceCheck, SourceChecked, SourceDated, SourceDating
from events.contributions import AgentDeclared, Contribution, ContributionRecorded, Declaration, EventReference
from events.mentoring import Mentoring, MentoringMet
from events.people import Link, Naming, PersonClassified, PersonLinked, PersonNamed, classified
from events.sources.addresses import APP, Signature, login_link
from events.sources.commits import Commit, Origin
from events.sources.landing import Dated
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


Told = set[tuple[str, ...]]
"""Names and accounts that were told already."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A commit that no event could be made of, and why."""

    commit: str
    why: str


def translate(
    history: Iterable[Dated], origin: Origin, who: Who = EVERYBODY_BY_ADDRESS, before: Told | None = None
) -> Iterator[GitEvent | LeftOut]:
    """Tells what happened in a history: who contributed, and what they are called.

    Args:
        history: as `dated` yields it; the first commit that bears a name is the one that gives it.
        origin: what the events are for.
        who: whom names and addresses mean here.
        before: what was told of earlier commits, and is added to, where a history is read in parts.
    """
    told = set() if before is None else before
    for commit, at in ((item.commit, item.at) for item in history if not item.commit.is_merge):
        if at is None:
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
    commit: str, identity: str, signature: Signature, at: datetime, origin: Origin, told: Told
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


def own_days(origin: Origin, data: SourceDating) -> SourceDated:
    """Says which commits count on days of their own."""
    newest = max(data.on or data.last, data.last)
    return SourceDated(
        id=f"dated/{data.why}/{data.on or ''}/{data.commits}/{data.first}/{data.last}",
        source=origin.source,
        community=origin.community,
        team=origin.team,
        time=datetime.combine(newest, time.min, UTC),
        data=data,
    )


def checked(origin: Origin, through: datetime, found: int) -> SourceChecked:
    """Says how far the source was read, and how many commits that found."""
    return SourceChecked(
        id=f"checked/{through.isoformat()}/{found}",
        source=origin.source,
        community=origin.community,
        time=through,
        data=SourceCheck(source=origin.source, through=through, found=found),
    )
