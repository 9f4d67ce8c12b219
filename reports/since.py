"""What happened in a community since it last reported: who came to lead and who stopped, what was held and told of.

Source: docs/definitions.md, "Leadership", Renewal; "Other communities, communication, impact"; "Conditions".
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from projections.communication.inputs import CommunicationInputs
from projections.conditions.catalog import CONDITIONS
from projections.facts.fact import up_to
from projections.policy.policy import CommunityPolicy
from projections.seats.leading import Leading, firsts, leading
from projections.seats.roster import Roster
from projections.timeline.days import date_of, day_of, number_of
from projections.timeline.history import History, series
from reports.communication import StoryShown, stories
from reports.viewer import Viewer

REPORT = "report"
WITHOUT_A_REPORT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Since:
    """From the day after `begin` to the day reported.

    Attributes:
        reported: whether a report was published on `begin`; else it is only so many days ago.
        new_leaders: who took their first leadership seat ever, by name of the person.
        left_leaders: who held their last leadership seat, and holds none now.
        stories: those noted, newest first.
        engagements: kind → how many were held.
        entered: condition that holds now → the day it was entered.
        left: condition that does not hold any more → the day it was left.
    """

    begin: date
    reported: bool
    new_leaders: Sequence[str] = ()
    left_leaders: Sequence[str] = ()
    stories: Sequence[StoryShown] = ()
    engagements: Mapping[str, int] = field(default_factory=dict)
    entered: Mapping[str, date] = field(default_factory=dict)
    left: Mapping[str, date] = field(default_factory=dict)

    @property
    def people(self) -> Sequence[str]:
        """Everybody told of."""
        return [*self.new_leaders, *self.left_leaders]


def since(viewer: Viewer, told: CommunicationInputs, spans: Sequence[Leading], as_of: date) -> Since:
    """What happened since the last report before a day, or in 90 days where there is none.

    Args:
        viewer: Who reads it.
        told: What the community said of itself.
        spans: The unbroken spans in which people lead.
        as_of: The day reported.
    """
    day = number_of(as_of)
    reports = [one for one in up_to(told.engagements, day - 1) if one.data.kind == REPORT]
    begin = day_of(reports[-1].time) if reports else day - WITHOUT_A_REPORT_DAYS
    changed = dict(changes(viewer.seen.history, date_of(begin), as_of))
    held = Counter(one.data.kind for one in up_to(told.engagements, day) if day_of(one.time) > begin)
    new = [one.person for one in firsts(spans) if one.known and begin < one.start <= day]
    return Since(
        date_of(begin),
        bool(reports),
        viewer.in_roles(new),
        viewer.in_roles(stopped(spans, begin, day)),
        [one for one in stories(told, day) if one.noted > date_of(begin)],
        dict(sorted(held.items())),
        {name: when for name, (when, holds) in changed.items() if holds},
        {name: when for name, (when, holds) in changed.items() if not holds},
    )


def leading_in(roster: Roster | None, policy: CommunityPolicy) -> Sequence[Leading]:
    """The unbroken spans in which people lead."""
    seats = roster.seats if roster else ()
    return leading(one for one in seats if one.role in policy.leadership_roles)


def stopped(spans: Sequence[Leading], begin: int, day: int) -> set[str]:
    """Who stopped after a day and does not lead on another."""
    leads = {one.person for one in spans if one.start <= day < one.end}
    return {one.person for one in spans if begin < one.end <= day} - leads


def changes(history: History, begin: date, as_of: date) -> Iterator[tuple[str, tuple[date, bool]]]:
    """Conditions that changed after a day, each with the day of its last change and whether it holds since."""
    first = max((begin - history.first_day).days, 0)
    for name in CONDITIONS:
        values = history.series.get(series("condition", condition=name), np.array([]))
        known = values[first : max((as_of - history.first_day).days + 1, 0)]
        holds = known[~np.isnan(known)] == 1
        turned = np.flatnonzero(holds[1:] != holds[:-1])
        if len(turned):
            yield name, (history.first_day + timedelta(days=first + int(turned[-1]) + 1), bool(holds[-1]))
