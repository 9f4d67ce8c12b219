"""What everybody sees of a report's parts about work with others, communication and impact.

What the community told of itself is told to everybody. Counts of people from 1 to 4 are "<5", and work of a kind is
shown where 10 people or more did it.

Source: DESIGN, "What always holds", 10.
"""

from collections.abc import Mapping
from typing import Any

from infra.server.disclosure import few
from infra.server.over import FEWEST_IN_A_SHARE
from infra.server.state import JsonObject

TOLD = ("relationships", "engagements", "stories")


def published_together(report: JsonObject) -> JsonObject:
    """The parts of a report that may be told to everybody, as they may."""
    parts = {name: report[name] for name in TOLD if name in report}
    if "bridges" in report:
        parts["bridges"] = [one | {"people": few(one["people"])} for one in report["bridges"]]
    if "practices" in report:
        parts["practices"] = [one | {"targets": list(map(_target, one["targets"]))} for one in report["practices"]]
    if "impact" in report:
        kinds = [_kind(one) for one in report["impact"]]
        parts["impact"] = [one for one in kinds if len(one) > 1]
    return parts


def _target(target: Mapping[str, Any]) -> JsonObject:
    """What was promised and what happened; who came to lead is published, newcomers are not."""
    known = target["of"] == "newcomers" and "happened" in target
    return {**target, "happened": few(target["happened"])} if known else {**target}


def _kind(kind: Mapping[str, Any]) -> JsonObject:
    """The work of a kind, now and a year before, each where enough people did it."""
    times = (name for name in ("now", "year_before") if kind.get(name, {}).get("people", 0) >= FEWEST_IN_A_SHARE)
    return {"kind": kind["kind"]} | {name: kind[name] for name in times}
