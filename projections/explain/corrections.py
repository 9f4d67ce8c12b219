"""What made the corrections of a day: the events that arrived after the day was published and changed who was active.

A fact keeps the transaction that wrote it, and so does what was published: of two facts of one community the later
transaction is what arrived later. The count as it was known then is worked out anew; where it is not what was
published, the difference is not by events (another policy, or facts that were read anew from the log, which keeps no
order across topics), and that is said.
Source: docs/definitions.md, "Activity", Growth identity; docs/architecture.md, law 2.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, get_args

from events.catalog import type_of
from events.contributions import SourceWithdrawn
from events.people import PeopleEvent, PersonClassified, PersonEvent, PersonLinked, PersonNamed, PersonUnlinked
from events.published import SERVER, DayPublished, whole_of
from projections.community.published import ACTIVE
from projections.explain.evidence import NUMBER, Evidence, evidence_of
from projections.facts.fact import Read, Row, events_of
from projections.facts.rows import WITHDRAWN, Connection
from projections.people.identities import People
from projections.policy.policy import CommunityPolicy
from projections.policy.source_teams import SourceTeams

PUBLISHED_OF_DAY = f"""
select type, source, told.id, time, subject, team, actor, name as community, data, batch,
  (select count(distinct o.data ->> 'day') from other_fact o
   where o.community = $1 and o.type = told.type and o.batch = told.batch) as together
from other_fact told join community on community.id = told.community
where told.community = $1 and type = '{type_of(DayPublished)}' and data ->> 'day' = $2 and source = '{SERVER}'
order by time, told.id"""  # noqa: S608 - a constant, put together once
PEOPLE = """
select type, source, f.id, time, subject, team, actor, name as community, data, batch >= $2 as late
from other_fact f join community c on c.id = f.community
where f.community = $1 and type = any ($3::text[])"""
WORK = f"""
with withdrawn as (
  {WITHDRAWN}
), seen as (
  select f.identity, f.kind, f.team, f.source, f.batch < $2 as then,
    least(
      (select min(r.batch) from other_fact r where r.retracts = f.key),
      (select min(w.batch) from withdrawn w
       where w.source = f.source and (w.before is null or f.time < w.before))
    ) as taken_back
  from contribution_fact f join identity i on i.id = f.identity
  where i.community = $1 and f.time >= $3 and f.time < $4
)
select i.name as identity, k.name as kind, t.name as team, s.name as source,
  count(*) filter (where seen.then and (taken_back is null or taken_back >= $2)) as then,
  count(*) filter (where taken_back is null) as now
from seen join identity i on i.id = seen.identity join kind k on k.id = seen.kind
join source s on s.id = seen.source left join team t on t.id = seen.team
group by 1, 2, 3, 4"""  # noqa: S608 - a constant, put together once
LATE = f"""
select i.name as identity, '' as what, s.name as source, f.id, f.time, k.name as kind, t.name as team, f.url,
  s.name as works
from contribution_fact f join identity i on i.id = f.identity join source s on s.id = f.source
join kind k on k.id = f.kind left join team t on t.id = f.team
where i.community = $1 and f.batch >= $2 and f.time >= $3 and f.time < $4
union all
select i.name, 'retracted', r.source, r.id, r.time, k.name, t.name, null, s.name
from other_fact r join contribution_fact f on f.key = r.retracts join identity i on i.id = f.identity
join source s on s.id = f.source join kind k on k.id = f.kind left join team t on t.id = f.team
where r.community = $1 and r.batch >= $2 and f.time >= $3 and f.time < $4
union all
select distinct i.name, 'withdrawn', w.source, w.id, w.time, k.name, t.name, null, s.name
from other_fact w join source s on s.community = w.community and s.name = w.data ->> 'source'
join contribution_fact f on f.source = s.id join identity i on i.id = f.identity
join kind k on k.id = f.kind left join team t on t.id = f.team
where w.community = $1 and w.type = '{type_of(SourceWithdrawn)}' and w.batch >= $2
  and f.time >= $3 and f.time < $4 and (w.data ->> 'before' is null or f.time < (w.data ->> 'before')::timestamptz)
order by 5, 4"""  # noqa: S608 - a constant, put together once
READ_ANEW = (
    "what arrived since cannot be told: the facts were read anew from the log, which keeps no order across topics"
)
ABOUT_WHO: Final = (PersonLinked, PersonUnlinked, PersonClassified, PersonNamed)
"""People events that can change who is active."""
OF_PEOPLE: Final = tuple(type_of(one) for one in get_args(PeopleEvent))


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrections of one day and window.

    Attributes:
        published: active people as first published for the day.
        then: as known from what had arrived by then.
        now: as known today.
        is_other_policy: whether it was published under another policy.
        events: what arrived since and changed whether somebody counts, by the person as known today, oldest first;
            nothing where the order of arrival is lost.
        is_read_anew: whether it is, since the facts were read again from the log.
    """

    published: float
    then: int
    now: int
    is_other_policy: bool
    events: Mapping[str, Sequence[Evidence]]
    is_read_anew: bool = False

    @property
    def because(self) -> str:
        """Half a sentence that says what they are."""
        kinds = Counter(one.kind for events in self.events.values() for one in events)
        since = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        words = f"{self.published:,.0f} were published when that day closed, {self.now:,} are known today"
        if self.is_read_anew:
            return f"{words}; {READ_ANEW}"
        arrived = f"; what arrived since and made a difference: {since}" if since else ""
        if self.then == self.published:
            return words + arrived
        rest = f"{self.then - self.published:+,.0f}".replace("-", "−")
        why = "the policy changed" if self.is_other_policy else "the facts were read anew, or arrived in that second"
        return f"{words}{arrived}; {rest} is not by events that arrived since: {why}"


@dataclass(frozen=True, slots=True)
class ActiveAsOf:
    """Who was active, by all that had arrived at one moment: each identity's person, and the active persons."""

    person: Mapping[str, str]
    active: frozenset[str]

    def of(self, identity: str) -> tuple[str, bool]:
        """Whom an identity stands for, and whether they were active."""
        person = self.person.get(identity, identity)
        return person, person in self.active


async def corrected(
    connection: Connection, community: str, policy: CommunityPolicy, day: date, window_days: int
) -> Corrected | None:
    """The corrections of a closed day, against what was published for it; None where nothing was.

    Args:
        connection: sees the facts.
        community: its name.
        policy: as it is today.
        day: the closed day.
        window_days: the window of active people that ends on it.
    """
    number = await connection.fetchval(NUMBER, community)
    told = first_published(events_of(await connection.fetch(PUBLISHED_OF_DAY, number, day.isoformat())), window_days)
    if told is None:
        return None
    published, told_in, policy_then = told
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
    asked = (number, told_in["batch"], end - timedelta(days=window_days), end)
    known = [
        (event, bool(row["late"]))
        for row, event in events_of(await connection.fetch(PEOPLE, *asked[:2], OF_PEOPLE)).events
        if isinstance(event, PersonEvent)
    ]
    teams = SourceTeams(policy)
    work = [
        (row["identity"], row["kind"], teams.of(row["source"], row["team"]), row["then"], row["now"])
        for row in await connection.fetch(WORK, *asked)
    ]
    then_known, now_known = People(policy), People(policy)
    then_known.apply(event for event, late in known if not late)
    now_known.apply(event for event, _ in known)
    then = seen(then_known, policy, ((who, kind, team, count) for who, kind, team, count, _ in work))
    now = seen(now_known, policy, ((who, kind, team, count) for who, kind, team, _, count in work))
    arrived = [of_work(row) for row in await late_work(connection, policy, teams, asked)]
    arrived += [(event.subject, evidence_of(event)) for event, late in known if late and isinstance(event, ABOUT_WHO)]
    counts = published, len(then.active), len(now.active)
    if policy_then == policy.digest and is_read_anew(*counts, together=told_in["together"]):
        return Corrected(*counts, is_other_policy=False, events={}, is_read_anew=True)
    return Corrected(*counts, policy_then != policy.digest, made(arrived, then, now))


async def late_work(
    connection: Connection, policy: CommunityPolicy, teams: SourceTeams, asked: Sequence[object]
) -> list[Mapping[str, Any]]:
    """Active work that arrived, or was taken back, since; it is of the team of the source that told of it."""
    rows = await connection.fetch(LATE, *asked)
    return [row for row in rows if policy.is_active_work(row["kind"], teams.of(row["works"], row["team"]))]


def first_published(read: Read[Row], window_days: int) -> tuple[float, Row, str] | None:
    """The active people of a window as first published for a day, by the rows of all that was, oldest first.

    Returns:
        The number, the row that says it, and the digest of the policy it goes by; None where nobody said it to the end.
    """
    told = [(row, event) for row, event in read.events if isinstance(event, DayPublished)]
    whole = next((event.id for _, event in told if event.id == whole_of(event.id)), None)
    for row, event in told:
        found = published_active(event, window_days) if whole_of(event.id) == whole else None
        if found is not None:
            return found, row, event.data.policy
    return None


def is_read_anew(published: float, then: int, now: int, *, together: int) -> bool:
    """Whether transactions do not say what arrived when: by them, more was not known than there was to correct.

    Args:
        published: active people as first published for the day.
        then: as known by all that was written before it was.
        now: as known today.
        together: how many days' publications were written in one transaction; days that close are written one by one,
            a log that is read again whole batches at a time.
    """
    return then != published and (together > 1 or abs(then - published) > abs(now - published))


def of_work(row: Mapping[str, Any]) -> tuple[str, Evidence]:
    """Whose work arrived late, or was late taken back, and the event that did it."""
    kind = f"{row['kind']} {row['what']}".strip()
    return row["identity"], Evidence(row["source"], row["id"], row["time"], kind, row["team"], row["url"])


def published_active(event: DayPublished, window_days: int) -> float | None:
    """The active people of a window, of what was published."""
    wanted = (ACTIVE, {"window_days": str(window_days)})
    return next((one.value for one in event.data.samples if (one.name, one.labels) == wanted), None)


def seen(people: People, policy: CommunityPolicy, work: Iterable[tuple[str, str, str | None, int]]) -> ActiveAsOf:
    """Who was active by some people and some work: identity, kind, team and how often."""
    person: dict[str, str] = {}
    often: Counter[str] = Counter()
    for who, kind, team, count in work:
        person[who] = people.person_of(who)
        if people.nature(who) == "human" and policy.is_active_work(kind, team):
            often[person[who]] += count
    return ActiveAsOf(person, frozenset(one for one, count in often.items() if count >= policy.min_contributions))


def made(
    arrived: Iterable[tuple[str, Evidence]], then: ActiveAsOf, now: ActiveAsOf
) -> Mapping[str, Sequence[Evidence]]:
    """The late events about identities whose person, or whether that one is active, changed."""
    events: dict[str, list[Evidence]] = defaultdict(list)
    for identity, one in sorted(arrived, key=lambda each: (each[1].time, each[1].source, each[1].id)):
        if then.of(identity) != now.of(identity):
            events[now.of(identity)[0]].append(one)
    return events
