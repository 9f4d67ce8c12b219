"""Which commits near the days of a number count on days of their own, as their importers told.

Source: docs/definitions.md, "How sources become facts", git history.
"""

from datetime import date

from events.catalog import type_of
from events.checks import SourceDated, SourceDating
from projections.community.covered import Read
from projections.evaluation.catalog import FAMILIES
from projections.explain.evidence import NUMBER
from projections.facts.fact import events_of
from projections.facts.rows import WITHDRAWN, Connection
from projections.metrics.drilldown import Drilldown, NumberQuery
from projections.policy.source_teams import SourceTeams
from projections.timeline.days import date_of

DATED = f"""
select type, source, f.id, time, subject, team, actor, name as community, data
from other_fact f join community c on c.id = f.community
where f.community = $1 and type = '{type_of(SourceDated)}' and not exists (
  select from ({WITHDRAWN}) w join source s on s.id = w.source
  where s.name = f.data ->> 'source' and (w.before is null or f.time < w.before))"""  # noqa: S608 - a constant
COMMIT = "commit"


async def own_days(connection: Connection, query: NumberQuery, found: Drilldown) -> list[SourceDating]:
    """What importers told of commits that count, or came, on the days of a number; the most commits first.

    Of one source and day of landing, what was told with the most commits is the newest.
    """
    if found.kind not in (None, COMMIT) or not _rests_on_contributions(query):
        return []
    rows = await connection.fetch(DATED, await connection.fetchval(NUMBER, query.snapshot.name))
    told = [event for _, event in events_of(rows).events if isinstance(event, SourceDated)]
    teams = SourceTeams(query.snapshot.policy)
    mine = [one.data for one in told if _is_of_team(teams.of(one.data.source, one.team), query, found.team)]
    newest = {(one.source, one.why, one.on): one for one in sorted(mine, key=lambda one: (one.commits, one.last))}
    first, last = _days(query, found)
    near = (one for one in newest.values() if _is_near(one, first, last))
    return sorted(near, key=lambda one: (-one.commits, one.source, one.first, one.last, one.why))


def _rests_on_contributions(query: NumberQuery) -> bool:
    return Read.CONTRIBUTIONS in FAMILIES[query.family].rests_on(query.labels, query.snapshot.policy)


def _is_of_team(team: str | None, query: NumberQuery, wanted: str | None) -> bool:
    return wanted is None or (team is not None and query.snapshot.names.label(team) == wanted)


def _days(query: NumberQuery, found: Drilldown) -> tuple[date, date]:
    """Those of the work that counts; else, where a number is computed from others, its window."""
    if found.identities:
        return date_of(found.first_day), date_of(found.last_day)
    return date_of(query.day - query.window + 1), query.as_of


def _is_near(one: SourceDating, first: date, last: date) -> bool:
    came = one.on is not None and first <= one.on <= last
    return came or (one.first <= last and first <= one.last)
