"""docs/definitions.md, *Other communities*: cross-team people, bridges, flows and relationships of a day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from tests.oracle.contributions import Known, not_withdrawn
from tests.oracle.days import before, day_of, end_of
from tests.oracle.people import of_type, order
from tests.oracle.values import Values

Number = tuple[str, int, dict[str, str]]
TeamDays = dict[str, dict[str, set[date]]]  # person → team → days of active work
Flows = Counter[tuple[str, str]]  # (from, to) → people


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """Nothing before the first contribution that bears a team; no relationships before the first word of one."""
    if any(one.team is not None and one.day <= day for one in known.work):
        there = working(known, day, values.cross_team_days)
        yield "cross_team_contributors", sum(len(teams) >= 2 for teams in there.values()), {}
        yield "bridges_single_person", list(bridges(there).values()).count(1), {}
    words = of_type(not_withdrawn(known.events), "relationship.established", "relationship.ended")
    if any(word.time < end_of(day) for word in words):
        pairs = {(word.team, word.data.with_) for word in words}
        yield "relationships_active", sum(is_active(known, values, pair, day) for pair in pairs), {}


def working(known: Known, day: date, window: int) -> TeamDays:
    """Active work in teams within a window: who, where, on which days."""
    found: TeamDays = {}
    for one in known.work:
        if one.active and one.team is not None and before(day, window) < one.day <= day:
            found.setdefault(one.person, {}).setdefault(one.team, set()).add(one.day)
    return found


def bridges(there: TeamDays) -> Counter[tuple[str, str]]:
    """**Bridge**: a pair of teams and how many people it rests on."""
    return Counter(pair for teams in there.values() for pair in combinations(sorted(teams), 2))


def main_team(days: dict[str, set[date]]) -> str:
    """A person's main team is where most of their volume lies; ties by the later last day, then by name."""
    return min(days, key=lambda team: (-len(days[team]), -max(days[team]).toordinal(), team))


def flows(known: Known, values: Values, day: date) -> Flows:
    """**Flow** A→B: people of main team A active in B."""
    year = working(known, day, values.main_team_days)
    found = Flows()
    for person, teams in working(known, day, values.cross_team_days).items():
        if person in year:
            home = main_team(year[person])
            found.update((home, team) for team in teams if team != home)
    return found


def is_active(known: Known, values: Values, pair: tuple[str | None, str], day: date) -> bool:
    """Established, not ended, and a sign of life within so many days: that, an engagement, or a flow to it."""
    told = standing(known, pair, day)
    if not told:
        return False
    signs = [*told, *engagements(known, pair, day)]
    recent = [before(day, back) for back in range(values.relationship_dormant_days)]
    return any(sign in recent for sign in signs) or any(flows_into(known, values, pair, one) for one in recent)


def standing(known: Known, pair: tuple[str | None, str], day: date) -> Sequence[date]:
    """The days on which the relationship was established, if it stands at the end of the day."""
    told: list[date] = []
    for word in sorted(
        of_type(not_withdrawn(known.events), "relationship.established", "relationship.ended"), key=order
    ):
        if (word.team, word.data.with_) == pair and word.time < end_of(day):
            told = [*told, day_of(word.time)] if word.type == "tenfold.relationship.established.v1" else []
    return told


def engagements(known: Known, pair: tuple[str | None, str], day: date) -> Sequence[date]:
    """The days of the engagements held `with` the partner, by the team or by all, up to the end of the day."""
    held: list[Any] = of_type(not_withdrawn(known.events), "engagement.held")
    ours, partner = pair
    return [
        day_of(one.time)
        for one in held
        if one.time < end_of(day) and one.data.with_ == partner and (None in {ours, one.team} or one.team == ours)
    ]


def flows_into(known: Known, values: Values, pair: tuple[str | None, str], day: date) -> bool:
    """Whether anybody flows to the partner: from the team, or from anywhere."""
    ours, partner = pair
    if partner not in {one.team for one in known.work}:
        return False
    key = (day, values.main_team_days, values.cross_team_days)
    if key not in known.flows:
        known.flows[key] = frozenset(flows(known, values, day))
    return any(goal == partner and ours in {None, origin} for origin, goal in known.flows[key])


def days_between(first: date, last: date) -> list[date]:
    """All days from the first to the last."""
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]
