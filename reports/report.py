"""The report of a day: its samples, and what stands beside them. The JSON that the command line and the API give."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from projections.activity.cohorts import Cohort, cohorts
from projections.activity.elephant import Bounds, elephant_bounds
from projections.activity.flows import Split, active_by_basis, flows
from projections.activity.lapsing import Lapsing, lapsing
from projections.community.snapshot import CommunitySnapshot
from projections.conditions.evaluation import ConditionsEvaluation
from projections.growth.verdict import VERDICTS, WEEKS_NEEDED
from projections.leadership.day import Day
from projections.leadership.families import LeadershipEvaluation
from projections.leadership.verdict import UNKNOWN
from projections.leadership.verdict import VERDICTS as LEADERSHIP_VERDICTS
from projections.metrics.drilldown import ScopeShown
from projections.policy.policy import DEFAULT_LEVELS, CommunityPolicy
from projections.stage.evaluation import StageEvaluation
from projections.timeline.days import YEAR, number_of
from projections.timeline.history import History, Sample, series
from reports.collaboration import Collaboration, collaboration
from reports.conditions.report import ConditionsReport as Conditions
from reports.conditions.report import conditions_report as conditions_on
from reports.leadership.reason import because
from reports.mentoring import Outcome, outcome_on
from reports.pathway import StepShown, steps_on
from reports.stage.query import Everything
from reports.stage.report import StageReport as Stage
from reports.stage.report import stage_report as stage_on

LAST_EVENT = "tenfold_source_last_event_timestamp_seconds"


@dataclass(frozen=True, slots=True)
class Led:
    """What is to say of leadership beside its numbers.

    Attributes:
        because: why the verdict is what it is, as half a sentence.
        scopes: all that are judged, by name; none as long as the roles themselves were not read.
    """

    verdict: str
    because: str
    scopes: Sequence[ScopeShown] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What is to say of one community as of a day.

    Attributes:
        reason: why there is no verdict; empty where there is one.
        last_event: the newest moment of any event up to the end of the day, source checks apart.
        year_ago: the samples of the same day a year before.
        unmapped_kinds: kinds that neither the policy nor the defaults map, with how often they occur.
        cohorts: retention by month of first active work.
        flows: new, returned and lapsed of the headline window by team, basis and class.
        lapsing: to whom a word is due: who lapsed, and who will within 14 days if nothing more comes from them.
        active_by_basis: share of the active people by basis, where an affiliation was ever recorded.
        elephant_factor_bounds: where too few affiliations are known to give the number itself.
        leadership_verdict: absent, as the two below, where no role was recorded up to the day.
        leadership_because: why it is what it is, as half a sentence.
        scopes: by name, with who leads each and what it lacks.
        conditions: those that hold and why, those left lately, and those that were told and taken back.
        stage: its milestones, success and risks, each a part of the JSON with its reason and the next step.
        mentoring_outcome: whether newcomers stayed who were mentored, beside the others; absent before any mentoring.
        pathway: its steps, first to last, with how many came so far and how many of them went on.
        collaboration: bridges, relationships, engagements, practices, impact and stories, each a part of the JSON.
    """

    community: str
    as_of: date
    verdict: str
    reason: str
    last_event: datetime | None
    samples: Sequence[Sample]
    year_ago: Sequence[Sample]
    unmapped_kinds: Mapping[str, int]
    cohorts: Sequence[Cohort]
    flows: Mapping[str, Split]
    lapsing: Lapsing
    active_by_basis: Mapping[str, float]
    elephant_factor_bounds: Bounds | None
    leadership_verdict: str | None = None
    leadership_because: str | None = None
    scopes: Sequence[ScopeShown] | None = None
    pathway: Sequence[StepShown] = ()
    stage: Stage | None = None
    conditions: Conditions | None = None
    collaboration: Collaboration | None = None
    mentoring_outcome: Outcome | None = None

    def as_json(self) -> dict[str, Any]:
        """The documented JSON: dates as ISO 8601 text, absent parts left out."""
        found = asdict(self) | {"as_of": self.as_of.isoformat()}
        found["last_event"] = self.last_event.isoformat() if self.last_event else None
        found["cohorts"] = [asdict(one) | {"month": one.month.isoformat()} for one in self.cohorts]
        found["mentoring_outcome"] = self.mentoring_outcome.as_json() if self.mentoring_outcome else None
        found["conditions"] = self.conditions.as_json() if self.conditions else None
        found |= self.collaboration.as_json() if self.collaboration else {}
        found["collaboration"] = None
        found |= {"stage": None} | (self.stage.as_json() if self.stage else {})
        found["pathway"] = [one.as_json() for one in self.pathway]
        found |= {"say_hello": self.lapsing.as_json(), "lapsing": None}
        found["year_ago"] = year_ago_json(self.as_of, self.year_ago)
        found["samples"] = [sample_json(one) for one in self.samples]
        return {key: value for key, value in found.items() if value is not None}


def sample_json(sample: Sample, seen: float | str | None = None) -> dict[str, Any]:
    """A sample of the documented JSON; with another value where that is what may be seen of it."""
    return {"name": sample.name, "labels": dict(sample.labels), "value": sample.value if seen is None else seen}


def year_ago_json(as_of: date, samples: Sequence[Sample]) -> dict[str, Any]:
    """The same day a year before, to stand beside the samples of the documented JSON."""
    return {"as_of": str(as_of - timedelta(days=YEAR)), "samples": [sample_json(one) for one in samples]}


def build(snapshot: CommunitySnapshot, history: History, as_of: date) -> Report:
    """The report of a day that the history covers."""
    leads = led(history, snapshot.policy, as_of, snapshot)
    return Report(
        snapshot.name,
        as_of,
        verdict(history, as_of),
        reason(history, as_of),
        last_event(history, as_of),
        history.on(as_of),
        history.on(as_of - timedelta(days=YEAR)),
        unmapped_kinds(snapshot, as_of),
        cohorts(snapshot.active_work(), as_of, snapshot.policy.min_contributions),
        flows(snapshot, number_of(as_of)),
        lapsing(snapshot, number_of(as_of)),
        active_by_basis(snapshot, number_of(as_of)),
        elephant_bounds(snapshot, history, as_of),
        leads.verdict if leads else None,
        leads.because if leads else None,
        leads.scopes if leads else None,
        steps_on(history, as_of),
        stage_on(Everything(history), snapshot.find(StageEvaluation), snapshot.policy, as_of),
        conditions_on(Everything(history), snapshot.find(ConditionsEvaluation), snapshot.policy, as_of),
        collaboration(snapshot, history, as_of),
        outcome_on(history, as_of),
    )


def led(history: History, policy: CommunityPolicy, day: date, snapshot: CommunitySnapshot | None = None) -> Led | None:
    """What is to say of leadership; nothing before the first role event.

    Args:
        history: all numbers.
        policy: says which seats are judged.
        day: the day asked about.
        snapshot: knows the scopes, once the facts were read.
    """
    states = {one: history.value(series("leadership_verdict", verdict=one), day) for one in LEADERSHIP_VERDICTS}
    if all(np.isnan(value) for value in states.values()):
        return None
    held = next((one for one, value in states.items() if value == 1), UNKNOWN)
    swept = snapshot.find(LeadershipEvaluation) if snapshot else None
    scopes = Day(swept, policy, number_of(day)).scopes() if swept else ()
    return Led(held, because(history, policy, day, held), scopes)


def verdict(history: History, day: date) -> str:
    """The verdict that holds; `unknown` where nothing is known at all."""
    held = [name for name in VERDICTS if history.value(series("growth_verdict", verdict=name), day) == 1]
    return held[0] if held else "unknown"


def reason(history: History, day: date) -> str:
    """Why there is no verdict, as half a sentence; empty where there is one."""
    if verdict(history, day) != "unknown":
        return ""
    weekly = history.series.get(series("weekly_contributors"))
    if weekly is None or np.isnan(history.value(series("weekly_contributors"), day)):
        return "there is no whole week of contributions yet"
    if np.isnan(history.value(series("growth_change_ratio"), day)):
        first = int(np.argmax(~np.isnan(weekly)))
        weeks = ((day - history.first_day).days - first) // 7 + 1
        return f"a verdict needs {WEEKS_NEEDED} weeks, and there are {weeks}"
    return "sources that held a tenth of the active people have not been checked lately"


def last_event(history: History, day: date) -> datetime | None:
    """The newest moment of an event up to the end of a day."""
    moments = [history.value((LAST_EVENT, labels), day) for labels, _ in history.family(LAST_EVENT)]
    known = [moment for moment in moments if not np.isnan(moment)]
    return datetime.fromtimestamp(max(known), UTC) if known else None


def unmapped_kinds(snapshot: CommunitySnapshot, as_of: date) -> Mapping[str, int]:
    """Kinds that count as light because nobody mapped them, with how many contributions of them there are."""
    cells = snapshot.cells.where(snapshot.cells.day <= number_of(as_of))
    counts = np.bincount(cells.kind, cells.count, len(snapshot.names.kinds))
    by_team = (kind for kinds in snapshot.policy.team_levels.values() for kind in kinds)
    mapped = {*DEFAULT_LEVELS, *snapshot.policy.levels, *by_team}
    named = zip(snapshot.names.kinds, counts, strict=True)
    return {kind: int(count) for kind, count in named if count and kind not in mapped}
