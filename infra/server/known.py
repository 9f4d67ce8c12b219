"""From the evaluator's snapshots to what the server shows."""

from datetime import date
from functools import partial

from infra.server.state import JsonObject, ServedCommunity
from projections.disclosure.view import everything
from projections.evaluation.evaluator import LastEvaluation
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History
from reports.report import build, led, reason, sample_json, verdict
from reports.stage.viewed import stage


def known(name: str, last: LastEvaluation, policy: CommunityPolicy, *, catching_up: bool) -> ServedCommunity:
    """A community as last evaluated."""
    snapshot, history = last.snapshot, last.history

    def report(day: date) -> JsonObject:
        return build(snapshot, history, day).as_json() if snapshot else bare(name, history, policy, day)

    return ServedCommunity(
        name=name,
        history=history,
        policy=policy,
        report=report,
        reason=partial(reason, history),
        led=partial(led, history, policy, snapshot=snapshot),
        snapshot=snapshot,
        catching_up=catching_up,
        evaluated_at=last.evaluated_at,
    )


def bare(name: str, history: History, policy: CommunityPolicy, day: date) -> JsonObject:
    """What numbers alone say of a day, as long as a community's facts were not read."""
    samples = [sample_json(one) for one in history.on(day)]
    about = {"community": name, "as_of": str(day), "verdict": verdict(history, day)}
    leads = led(history, policy, day)
    led_by = {"leadership_verdict": leads.verdict, "leadership_because": leads.because} if leads else {}
    told = stage(everything(history), day, policy, None)
    return about | {"reason": reason(history, day), "samples": samples} | led_by | (told.as_json() if told else {})
