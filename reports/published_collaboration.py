"""What everybody sees of a report's parts about work with others, communication and impact.

What the community told of itself is told to everybody. Counts of people from 1 to 4 are "<5", what would give one away
is left out, and work of a kind is shown where its shares are.

Source: docs/privacy.md.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from infra.server.state import JsonObject
from projections.disclosure.complementary import covering
from projections.disclosure.threshold import is_few
from projections.disclosure.view import FEW, Disclosure, few
from projections.people.index import BASES
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.history import series

TOLD = ("relationships", "engagements", "stories")
PAIRS_MORE = 2
"""Who works in three teams is in two pairs more than who works in two."""


def published_together(report: JsonObject, seen: Disclosure, day: date, policy: CommunityPolicy) -> JsonObject:
    """The parts of a report that may be told to everybody, as they may.

    Args:
        report: The report of a day, everything in it.
        seen: The numbers as everybody may see them.
        day: That day.
        policy: The community's.
    """
    cross_team_days = policy.collaboration.cross_team_days
    parts = {name: report[name] for name in TOLD if name in report}
    if "bridges" in report:
        parts["bridges"] = _bridges(report["bridges"], seen, day, cross_team_days)
    if "practices" in report:
        parts["practices"] = [one | {"targets": list(map(_target, one["targets"]))} for one in report["practices"]]
    if "impact" in report:
        kinds = [_kind(one, seen, day, policy.headline_window_days) for one in report["impact"]]
        parts["impact"] = [one for one in kinds if len(one) > 1]
    return parts


def _bridges(bridges: Sequence[JsonObject], seen: Disclosure, day: date, window: int) -> list[JsonObject]:
    """Pairs of teams; those who work in both cover the people across teams, and are some of either team."""
    if not bridges:
        return []
    across = seen.value(series("cross_team_contributors"), day)
    people = np.array([[float(one["people"])] for one in bridges])
    outside = np.array([[_outside(one, seen, day, window)] for one in bridges])
    rest = people.sum(axis=0) - (across if isinstance(across, float) else np.inf)
    few_in_three = is_few(rest) | is_few(rest / PAIRS_MORE)
    hidden, said = covering(people, outside, rest, few_in_three)
    if not isinstance(across, float):
        hidden, said = is_few(people) | is_few(outside), is_few(people)
    told = zip(bridges, hidden[:, 0], said[:, 0], strict=True)
    return [
        {"teams": one["teams"]} | ({"people": FEW} if is_few_said else {} if gone else {"people": one["people"]})
        for one, gone, is_few_said in told
    ]


def _outside(bridge: JsonObject, seen: Disclosure, day: date, window: int) -> float:
    """How many of the smaller team do not work in the other one, where its number is public."""
    teams = (
        seen.value(series("team_active_contributors", team=one, window_days=window), day) for one in bridge["teams"]
    )
    return min((there - bridge["people"] for there in teams if isinstance(there, float)), default=np.inf)


def _target(target: Mapping[str, Any]) -> JsonObject:
    """What was promised and what happened; who came to lead is published, newcomers are not."""
    known = target["of"] == "newcomers" and "happened" in target
    return {**target, "happened": few(target["happened"])} if known else {**target}


def _kind(kind: Mapping[str, Any], seen: Disclosure, day: date, window: int) -> JsonObject:
    """The work of a kind, now and a year before, each where its shares are told; how much and by how many, likewise."""
    shown = {"kind": kind["kind"]}
    for name, then in (("now", day), ("year_before", day - timedelta(days=YEAR))):
        work = kind.get(name, {})
        if work and seen.value(series("work_share_ratio", kind=kind["kind"], basis=BASES[0]), then) is not None:
            rests_on = {
                "people": series("work_share_people", kind=kind["kind"]),
                "person_days": series("contributions", window_days=window),
            }
            gone = {one for one, key in rests_on.items() if not isinstance(seen.value(key, then), float)}
            shown[name] = {one: _in_per_cents(value) for one, value in work.items() if one not in gone}
    return shown


def _in_per_cents(value: Any) -> Any:
    """Shares as finely as they may be told, alone or by basis; counts as they are."""
    if isinstance(value, Mapping):
        return {name: _in_per_cents(share) for name, share in value.items()}
    return round(value, 2) if isinstance(value, float) else value
