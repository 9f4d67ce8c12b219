"""`tenfold people unseen`: who holds seats and was never seen at work, and whom to look at."""

import json
import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import numpy as np
import typer

from events.identity import handle_of
from infra.clock import today_utc
from infra.commands.options import CommunityOption
from infra.database.session import DayOption, connected, loaded, policy_of
from infra.settings import Settings
from infra.terminal.format import Format, FormatOption
from infra.terminal.visible import echo, in_a_line
from projections.evaluation.community import Community
from projections.facts.rows import Connection
from projections.leadership.day import Day
from projections.leadership.series import LeadershipEvaluation
from projections.metrics.drilldown import LeaderShown
from projections.people.matching import Suggestion, Trait, suggestions, traits
from projections.people.pseudonyms import hidden, linked
from projections.timeline.days import number_of, say_day
from reports.reach import opening_day

AllSeatsOption = Annotated[bool, typer.Option("--all-seats", help="Everybody who holds a seat, not leaders alone.")]


@dataclass(frozen=True, slots=True)
class Unseen:
    """Somebody without known work: what they are called, the seats they hold, and who they might be."""

    person: str
    called: Sequence[str]
    seats: Sequence[tuple[str, str]]
    suggested: Sequence[Suggestion]


async def unseen(
    community: CommunityOption,
    all_seats: AllSeatsOption = False,
    as_of: DayOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List leaders without known work, with links to be made by whoever knows that they hold; none is made here."""
    settings, today = Settings.load(), today_utc()
    async with connected(settings) as connection:
        known = await loaded(connection, community, policy_of(settings))
        history = known.history(today, today)
        on = as_of or opening_day(history, today)
        swept = known.snapshot.find(LeadershipEvaluation)
        day = Day(swept, known.policy, number_of(on)) if swept else None
        holders = (day.holders() if all_seats else day.leaders()) if day else []
        found = await _looked_up(connection, known, day.unseen(holders) if day else [])
    if format_ is Format.JSON:
        typer.echo(json.dumps([_as_json(one, community) for one in found], indent=2))
    elif day is None:
        typer.echo(f"{community}: no role was ever recorded")
    else:
        echo("\n".join(_unseen_lines(found, community, f"{len(holders)} {_noun(all_seats)}", on)))


async def _looked_up(connection: Connection, community: Community, holders: Sequence[LeaderShown]) -> Sequence[Unseen]:
    """What is known of these people, and who else shows traits of theirs."""
    contributed = _contributed(community)
    persons = {one.person for one in holders}
    known = await _traits(connection, community, persons | contributed)
    suggested = suggestions({one: known[one] for one in persons}, {one: known[one] for one in contributed})
    return [
        Unseen(
            one.person,
            sorted({value for kind, value in known[one.person] if kind != "mailbox"}),
            sorted({(seat.role, seat.scope) for seat in one.seats}),
            suggested[one.person],
        )
        for one in holders
    ]


def _contributed(community: Community) -> set[str]:
    """Every person who ever contributed, as long as they are no bot."""
    snapshot = community.snapshot
    return {snapshot.who.persons[at] for at in np.unique(snapshot.who.person[snapshot.human.identity]).tolist()}


async def _traits(connection: Connection, community: Community, persons: set[str]) -> Mapping[str, set[Trait]]:
    """What each of these people can be recognised by, over all of their identities."""
    identities = {*await linked(connection, community.name), *community.snapshot.names.identities, *persons}
    owner = {one: person for one in identities if (person := community.people.person_of(one)) in persons}
    behind = await hidden(connection, owner)
    found: defaultdict[str, set[Trait]] = defaultdict(set)
    for identity, person in owner.items():
        secret = behind.get(identity)
        names = [*community.people.names([identity]), *([secret.name] if secret and secret.name else [])]
        found[person] |= set(traits(identity, secret.handle if secret else handle_of(identity), names))
    return found


def _unseen_lines(found: Sequence[Unseen], community: str, of: str, on: date) -> Iterator[str]:
    yield f"{community}: {len(found)} of {of} have no known work on {say_day(on)}"
    for one in found:
        yield ""
        yield from _person(one, community)
    if any(one.suggested for one in found):
        yield "\nNothing is linked before you say so: two people of one name are two."


def _person(one: Unseen, community: str) -> Iterator[str]:
    yield " ".join([one.person, *([f"({in_a_line(', '.join(one.called))})"] if one.called else [])])
    yield "  " + "; ".join(f"{role} of {scope}" for role, scope in one.seats)
    for suggestion in one.suggested:
        yield f"  the same {_because(suggestion)}, if that is them:"
        yield f"    {_command(one, suggestion, community)}"


def _because(suggestion: Suggestion) -> str:
    return ", ".join(f"{kind} ({value})" for kind, value in suggestion.by)


def _command(one: Unseen, suggestion: Suggestion, community: str) -> str:
    return shlex.join(["tenfold", "people", "link", suggestion.person, one.person, "--community", community])


def _as_json(one: Unseen, community: str) -> dict[str, Any]:
    return {
        "person": one.person,
        "called": list(one.called),
        "seats": [{"role": role, "scope": scope} for role, scope in one.seats],
        "suggestions": [
            {
                "person": each.person,
                "because": [{"trait": kind, "value": value} for kind, value in each.by],
                "command": _command(one, each, community),
            }
            for each in one.suggested
        ],
    }


def _noun(all_seats: bool) -> str:
    return "holders of seats" if all_seats else "leaders"
