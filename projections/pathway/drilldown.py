"""Who is behind a number about the pathway, and over which days the contributions lie that say so."""

from collections.abc import Sequence

import numpy as np

from projections.activity.drilldown import covering, names_of_people
from projections.community.snapshot import CommunitySnapshot
from projections.metrics.drilldown import Drilldown, NumberQuery, by_name
from projections.pathway.conversion import CONVERTING, HORIZON_DAYS, Cohorts, begin_of, quarter_of
from projections.pathway.seated import Holders
from projections.pathway.steps import CORE, STEPS, Reached, by_work
from projections.seats.roster import Roster
from projections.timeline.days import YEAR
from projections.timeline.ranges import spells


def drill_pathway(query: NumberQuery) -> Drilldown:
    """Who is behind a number of the pathway; of a conversion everybody who reached the step in its quarter."""
    snapshot, step = query.snapshot, query.labels.get("step", "")
    if query.family == "pathway_contributors" and step in STEPS:
        return came_as_far(snapshot, STEPS.index(step), query.day)
    if step in CONVERTING and (step != STEPS[CORE] or snapshot.find(Roster) is not None):
        return of_quarter(snapshot, CONVERTING.index(step), query.day)
    return Drilldown({}, query.day, query.day, active_only=False)


def came_as_far(snapshot: CommunitySnapshot, step: int, day: int) -> Drilldown:
    """The people active within a year who came as far as a step and no further."""
    reached, persons = everybody(snapshot)
    year = spells(snapshot.active_work().up_to(day), YEAR, snapshot.policy.min_contributions)
    active = covering(year, day)
    furthest = (reached.furthest <= day).sum(axis=1) - 1
    chosen = np.intersect1d(active, reached.who[furthest == step])
    return Drilldown(by_name(snapshot, names_of_people(persons, chosen)), day - YEAR + 1, day, active_only=True)


def of_quarter(snapshot: CommunitySnapshot, step: int, day: int) -> Drilldown:
    """The people who reached a step in the quarter that its conversion is of on a day."""
    reached, persons = everybody(snapshot)
    came, _ = reached.converting(step)
    first = int(came[came <= day].min(initial=day))
    cohorts = Cohorts.none(first, day - first + 1)
    cohorts.add(reached, 1)
    conversion = cohorts.step(CONVERTING[step])
    place = conversion.newest(day, 1, snapshot.policy.pathway.fewest_people)[0]
    if place < 0:
        return Drilldown({}, day, day, active_only=False)
    begin, end = begin_of(conversion.first + np.array([place, place + 1])).tolist()
    chosen = reached.who[quarter_of(came) == conversion.first + place]
    return Drilldown(
        by_name(snapshot, names_of_people(persons, chosen)), begin, end - 1 + HORIZON_DAYS[step], active_only=False
    )


def everybody(snapshot: CommunitySnapshot) -> tuple[Reached, Sequence[str]]:
    """The steps that everybody reached, and the name of each number."""
    worked = by_work(snapshot.human_work(), snapshot.active_work())
    if (roster := snapshot.find(Roster)) is None:
        return worked, snapshot.who.persons
    holders = Holders.of(roster.seats, snapshot)
    others = ~np.isin(worked.who, holders.who)
    who = np.concatenate((worked.who[others], holders.reached.who))
    furthest, alone, dated = (
        np.concatenate((getattr(worked, days)[others], getattr(holders.reached, days)))
        for days in ("furthest", "alone", "dated")
    )
    return Reached(who, furthest, alone, dated), [*snapshot.who.persons, *holders.persons]
