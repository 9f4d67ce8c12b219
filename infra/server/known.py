"""From the evaluator's snapshots to what the server shows."""

from datetime import date
from functools import partial

from infra.server.disclosure import everything
from infra.server.state import JsonObject, Known
from infra.stage import stage
from projections.evaluator import Snapshot
from projections.history import History
from projections.policy import CommunityPolicy
from projections.report import build, led, reason, sample_json, verdict


def known(name: str, snapshot: Snapshot, policy: CommunityPolicy, *, catching_up: bool) -> Known:
    """A community as last evaluated."""
    joined, history = snapshot.joined, snapshot.history

    def report(day: date) -> JsonObject:
        return build(joined, history, day).as_json() if joined else bare(name, history, policy, day)

    return Known(
        name=name,
        history=history,
        policy=policy,
        report=report,
        reason=partial(reason, history),
        led=partial(led, history, policy, joined=joined),
        joined=joined,
        catching_up=catching_up,
        evaluated_at=snapshot.evaluated_at,
    )


def bare(name: str, history: History, policy: CommunityPolicy, day: date) -> JsonObject:
    """What numbers alone say of a day, as long as a community's facts were not read."""
    samples = [sample_json(one) for one in history.on(day)]
    about = {"community": name, "as_of": str(day), "verdict": verdict(history, day)}
    leads = led(history, policy, day)
    led_by = {"leadership_verdict": leads.verdict, "leadership_because": leads.because} if leads else {}
    told = stage(everything(history), day, policy, None)
    return about | {"reason": reason(history, day), "samples": samples} | led_by | (told.as_json() if told else {})
