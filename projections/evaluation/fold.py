"""Events to numbers without a database: the same measures, fed from memory. Arrival order does not matter."""

from collections.abc import Iterable
from datetime import date
from typing import cast

import numpy as np

from events.catalog import AnyEvent
from events.contributions import ContributionRecorded, ContributionRetracted, SourceWithdrawn
from events.envelope import Event
from projections.community.artefacts import of_events
from projections.community.change import Change
from projections.community.contributions import NO_TEAM, DailyContributions
from projections.community.firsts import FirstMoments
from projections.community.names import ContributionNames
from projections.evaluation.community import Community
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import day_of
from projections.timeline.history import History


class Numbered(dict[str, int]):
    """Numbers names in the order in which they come."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def fold(events: Iterable[Event], policy: CommunityPolicy, last_day: date) -> History:
    """The history of one community's events, duplicates among them or not.

    Args:
        events: in any order, all of one community, without conflicting duplicates.
        policy: the community's policy.
        last_day: the last day of the history.
    """
    return community_of(events, policy).history(last_day)


def community_of(events: Iterable[Event], policy: CommunityPolicy, name: str = "") -> Community:
    """The community that these events make; see `fold`."""
    unique = {(event.source, event.id): event for event in events}
    community = Community(name, policy)
    community.apply(change_of(list(unique.values())))
    return community


def change_of(events: list[Event]) -> Change:
    """The change that makes an empty community hold exactly these events."""
    gone = {
        (one.data.retracts.source, one.data.retracts.id) for one in events if isinstance(one, ContributionRetracted)
    }
    withdrawn = [one.data for one in events if isinstance(one, SourceWithdrawn)]
    identities, teams, kinds, sources = Numbered(), Numbered(), Numbered(), Numbered()
    contributions = [one for one in events if isinstance(one, ContributionRecorded)]
    standing = [
        one
        for one in contributions
        if (one.source, one.id) not in gone
        and not any(w.source == one.source and (w.before is None or one.time < w.before) for w in withdrawn)
    ]
    rows = [
        (
            identities[str(one.subject)],
            day_of(one.time),
            NO_TEAM if one.team is None else teams[one.team],
            kinds[one.data.kind],
            sources[one.source],
            1,
        )
        for one in standing
    ]
    responses = of_events((one, identities[str(one.subject)], sources[one.source]) for one in standing)
    return Change(
        ContributionNames(list(identities), list(teams), list(kinds), list(sources)),
        DailyContributions.of(np.array(rows, np.int64)),
        facts=[cast("AnyEvent", one) for one in events if not isinstance(one, ContributionRecorded)],
        moments=[
            (one.source, day_of(one.time), one.time.timestamp())
            for one in events
            if isinstance(one, ContributionRecorded)
        ],
        responses=responses,
        firsts=FirstMoments.of(
            np.array([identities[str(one.subject)] for one in standing], np.int64),
            np.array([one.time.timestamp() for one in standing]),
        ),
    )
