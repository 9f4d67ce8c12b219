"""The events that a number rests on: contributions as the facts have them, and rare events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from events.catalog import name_of
from events.envelope import Event
from projections.community.snapshot import CommunitySnapshot
from projections.facts.rows import WITHDRAWN, Connection
from projections.metrics.drilldown import Drilldown
from projections.policy.source_teams import SourceTeams
from projections.timeline.days import date_of

EVENTS = f"""
select i.name as identity, s.name as source, f.id, f.time, k.name as kind, t.name as team, f.url
from contribution_fact f
join identity i on i.id = f.identity join community c on c.id = i.community
join source s on s.id = f.source join kind k on k.id = f.kind left join team t on t.id = f.team
where c.name = $2 and i.name = any ($3::text[]) and f.time >= $4 and f.time < $5
  and not exists (select from other_fact r where r.retracts = f.key)
  and not exists (
    select from ({WITHDRAWN}) w where w.source = f.source and (w.before is null or f.time < w.before))
order by f.time, f.id"""  # noqa: S608 - a constant, put together once
BY_KEY = f"""
select replace(f.key::text, '-', '') as key, s.name as source, f.id, f.time, k.name as kind, t.name as team, f.url
from contribution_fact f
join source s on s.id = f.source join kind k on k.id = f.kind left join team t on t.id = f.team
where f.key = any ($2::text[]::uuid[]) and s.community = $1
  and not exists (select from other_fact r where r.retracts = f.key)
  and not exists (
    select from ({WITHDRAWN}) w where w.source = f.source and (w.before is null or f.time < w.before))
order by f.time, f.id"""  # noqa: S608 - a constant, put together once
NUMBER = "select id from community where name = $1"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One event that a number rests on."""

    source: str
    id: str
    time: datetime
    kind: str
    team: str | None
    url: str | None


async def evidence(
    connection: Connection, snapshot: CommunitySnapshot, found: Drilldown, people: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[Evidence]]:
    """The contributions that count and the rare events, by person, oldest first."""
    contributed = await events_of(connection, snapshot, found, people)
    every = {one: [*contributed.get(one, ()), *map(evidence_of, found.facts.get(one, ()))] for one in people}
    return {one: sorted(events, key=lambda event: (event.time, event.id)) for one, events in every.items()}


def evidence_of(event: Event) -> Evidence:
    """A rare event that a number rests on, by the name of its type."""
    url = getattr(event.data, "url", None)
    return Evidence(event.source, event.id, event.time, name_of(type(event)), event.team, url)


async def events_of(
    connection: Connection, snapshot: CommunitySnapshot, found: Drilldown, people: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[Evidence]]:
    """The contributions that count, by person, oldest first."""
    if found.contributions:
        return await events_by_key(connection, snapshot, {one: found.contributions[one] for one in people})
    owner = {identity: person for person, theirs in people.items() for identity in theirs}
    begin, end = (datetime.combine(date_of(day), datetime.min.time(), UTC) for day in (found.first_day, found.last_day))
    number = await connection.fetchval(NUMBER, snapshot.name)
    rows = await connection.fetch(EVENTS, number, snapshot.name, list(owner), begin, end + timedelta(days=1))
    events: dict[str, list[Evidence]] = defaultdict(list)
    teams = SourceTeams(snapshot.policy)
    for row in rows:
        one = contribution(row, teams)
        if counts(snapshot, found, one.kind, one.team):
            events[owner[row["identity"]]].append(one)
    return events


def contribution(row: Mapping[str, Any], teams: SourceTeams) -> Evidence:
    """A contribution, of the team that the policy says."""
    team = teams.of(row["source"], row["team"])
    return Evidence(row["source"], row["id"], row["time"], row["kind"], team, row["url"])


async def events_by_key(
    connection: Connection, snapshot: CommunitySnapshot, keys: Mapping[str, Sequence[bytes]]
) -> Mapping[str, Sequence[Evidence]]:
    """These contributions, by the person whose number they make, oldest first; one may be named for several."""
    number = await connection.fetchval(NUMBER, snapshot.name)
    wanted = {key.hex() for theirs in keys.values() for key in theirs}
    rows = await connection.fetch(BY_KEY, number, sorted(wanted))
    teams = SourceTeams(snapshot.policy)
    told = {row["key"]: contribution(row, teams) for row in rows}
    place = {key: at for at, key in enumerate(told)}
    return {
        person: [told[key] for key in sorted({one.hex() for one in theirs} & told.keys(), key=place.__getitem__)]
        for person, theirs in keys.items()
    }


def counts(snapshot: CommunitySnapshot, found: Drilldown, kind: str, team: str | None) -> bool:
    """Whether a contribution is of a kind and team that the number rests on."""
    if found.team is not None and (team is None or snapshot.names.label(team) != found.team):
        return False
    if (found.in_a_team and team is None) or found.kind not in (None, kind):
        return False
    return not found.active_only or snapshot.policy.is_active_work(kind, team)
