"""From the evaluator's snapshots to what the server shows."""

from datetime import date

from infra.server.state import JsonObject, Known
from projections.evaluator import Snapshot
from projections.history import History
from projections.policy import CommunityPolicy


def known(name: str, snapshot: Snapshot, policy: CommunityPolicy, *, catching_up: bool) -> Known:
    """A community as last evaluated."""
    return Known(
        name=name,
        history=snapshot.history,
        window_days=policy.headline_window_days,
        report=lambda day: bare_report(name, snapshot.history, day),
        reason=lambda _day: "",
        catching_up=catching_up,
    )


def bare_report(name: str, history: History, day: date) -> JsonObject:
    """What numbers alone say of a day, before a community's facts were read."""
    samples = [{"name": one.name, "labels": dict(one.labels), "value": one.value} for one in history.on(day)]
    return {"community": name, "as_of": str(day), "samples": samples}
