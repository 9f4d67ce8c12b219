"""What everybody sees of a report's parts about work with others, communication and impact.

What the community told of itself is told to everybody. Counts of people from 1 to 4 are "<5", what would give one away
is left out, and work of a kind is shown where its shares are.

Source: docs/privacy.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from projections.disclosure.complementary import covering
from projections.disclosure.threshold import is_few
from projections.disclosure.view import FEW, Disclosure, few
from projections.people.index import BASES
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.history import series
from reports.collaboration import Bridge, Collaboration, Kind, Work
from reports.communication import PracticeShown, Target

PAIRS_MORE = 2
"""Who works in three teams is in two pairs more than who works in two."""


def published_collaboration(
    found: Collaboration, seen: Disclosure, day: date, policy: CommunityPolicy
) -> Collaboration:
    """The parts as they may be told to everybody.

    Args:
        found: Everything.
        seen: The numbers as everybody may see them.
        day: The day that it is of.
        policy: The community's.
    """
    kinds = [_kind(one, seen, day, policy.headline_window_days) for one in found.impact]
    return replace(
        found,
        bridges=_bridges(found.bridges, seen, day, policy.collaboration.cross_team_days),
        practices=[_practice(one) for one in found.practices],
        impact=[one for one in kinds if one.now or one.year_before],
    )


def _bridges(bridges: Sequence[Bridge], seen: Disclosure, day: date, window: int) -> list[Bridge]:
    """Pairs of teams; those who work in both cover the people across teams, and are some of either team."""
    if not bridges:
        return []
    counts = [float(one.people) for one in bridges if isinstance(one.people, int)]
    across = seen.value(series("cross_team_contributors"), day)
    people = np.array([[one] for one in counts])
    teams = zip(bridges, counts, strict=True)
    outside = np.array([[_outside(one.teams, count, seen, day, window)] for one, count in teams])
    rest = people.sum(axis=0) - (across if isinstance(across, float) else np.inf)
    few_in_three = is_few(rest) | is_few(rest / PAIRS_MORE)
    hidden, said = covering(people, outside, rest, few_in_three)
    if not isinstance(across, float):
        hidden, said = is_few(people) | is_few(outside), is_few(people)
    told = zip(bridges, hidden[:, 0], said[:, 0], strict=True)
    return [
        replace(one, people=FEW if is_few_said else None if gone else one.people) for one, gone, is_few_said in told
    ]


def _outside(names: Sequence[str], people: float, seen: Disclosure, day: date, window: int) -> float:
    """How many of the smaller team do not work in the other one, where its number is public."""
    teams = (seen.value(series("team_active_contributors", team=one, window_days=window), day) for one in names)
    return min((there - people for there in teams if isinstance(there, float)), default=np.inf)


def _practice(one: PracticeShown) -> PracticeShown:
    return replace(one, targets=list(map(_target, one.targets)))


def _target(target: Target) -> Target:
    """What was promised and what happened; who came to lead is published, newcomers are not."""
    if target.of != "newcomers" or not isinstance(target.happened, int):
        return target
    return replace(target, happened=few(target.happened))


def _kind(kind: Kind, seen: Disclosure, day: date, window: int) -> Kind:
    """The work of a kind, now and a year before, each where its shares are told."""
    now, before = (
        _work(kind.kind, work, seen, then, window)
        for work, then in ((kind.now, day), (kind.year_before, day - timedelta(days=YEAR)))
    )
    return Kind(kind.kind, now, before)


def _work(kind: str, work: Work | None, seen: Disclosure, day: date, window: int) -> Work | None:
    """The work of a kind on a day, where its shares are told; how much and by how many, likewise."""
    if work is None or seen.value(series("work_share_ratio", kind=kind, basis=BASES[0]), day) is None:
        return None
    by_how_many = isinstance(seen.value(series("work_share_people", kind=kind), day), float)
    how_much = isinstance(seen.value(series("contributions", window_days=window), day), float)
    return Work(
        _in_per_cents(work.by_basis),
        work.person_days if how_much else None,
        work.people if by_how_many else None,
        None if work.outside is None else round(work.outside, 2),
    )


def _in_per_cents(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares as finely as they may be told."""
    return {name: round(share, 2) for name, share in shares.items()}
