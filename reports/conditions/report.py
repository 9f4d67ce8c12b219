"""What is to say of conditions on a day: those in force, those left lately, and those that were told and taken back.

Source: docs/definitions.md, "Conditions".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from projections.conditions.catalog import CONDITIONS
from projections.conditions.drilldown import held_of
from projections.conditions.series import ConditionsEvaluation, rests_on
from projections.evaluation.catalog import FAMILIES
from projections.freshness.reach import known_through
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import date_of, number_of, say_day
from projections.timeline.history import series
from reports.conditions.query import ConditionQuery
from reports.conditions.reasons import WHY
from reports.viewer import Viewer

LEFT_DAYS = 30
TAKEN_BACK_DAYS = 90


@dataclass(frozen=True, slots=True)
class Action:
    """What is done about a condition: it is acknowledged, and changes when what it rests on does."""

    on: date
    url: str
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """A condition that holds: since when, why, of which scopes, sources or steps, what is done and what to do."""

    condition: str
    since: date
    because: str
    of: Sequence[str]
    next_step: str
    actions: Sequence[Action]

    @property
    def title(self) -> str:
        """What it is called."""
        return CONDITIONS[self.condition].title


@dataclass(frozen=True, slots=True)
class Left:
    """A condition that held until lately."""

    condition: str
    left_on: date


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A condition that was published on these days and, as known now, did not hold on them."""

    condition: str
    first_day: date
    last_day: date
    days: int


@dataclass(frozen=True, slots=True)
class Held:
    """Days on which a condition held, both included."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class ConditionsReport:
    """All that is to say of conditions."""

    in_force: Sequence[InForce]
    left: Sequence[Left]
    taken_back: Sequence[TakenBack]


def conditions_report(
    viewer: Viewer, raised: ConditionsEvaluation | None, policy: CommunityPolicy, day: date
) -> ConditionsReport:
    """What somebody may be told of conditions.

    Args:
        viewer: what they may see.
        raised: what the last sweep found beside the numbers; None before the facts were read.
        policy: the community's.
        day: the day asked about.
    """
    seen = ConditionsView(viewer, raised, policy, min(day, date_of(raised.closed_through)) if raised else day)
    return ConditionsReport(
        [seen.in_force(name) for name in CONDITIONS if seen.holds(name)],
        [Left(name, when) for name in CONDITIONS if (when := seen.left_on(name))],
        list(seen.taken_back()),
    )


@dataclass(frozen=True, slots=True)
class ConditionsView:
    """Conditions as somebody sees them on a day that has ended."""

    viewer: Viewer
    raised: ConditionsEvaluation | None
    policy: CommunityPolicy
    day: date

    def holds(self, name: str, day: date | None = None) -> bool:
        """Whether a condition holds."""
        return self.viewer.value(series("condition", condition=name), day or self.day) == 1

    def since(self, name: str) -> date:
        """Since when it holds, or holds no more."""
        moment = self.viewer.value(series("condition_since_timestamp_seconds", condition=name), self.day)
        return datetime.fromtimestamp(moment, UTC).date() if isinstance(moment, float) else date.min

    def left_on(self, name: str) -> date | None:
        """When it was left, where that was within the last 30 days."""
        since = self.since(name)
        return since if not self.holds(name) and since > self.day - timedelta(days=LEFT_DAYS) else None

    def in_force(self, name: str) -> InForce:
        """A condition that holds."""
        of = self.of(name)
        query = ConditionQuery(self.viewer, self.policy, self.known_on(name), self.since(name), of)
        why = self.viewer.told(WHY[name](query))
        return InForce(name, self.since(name), why, of, CONDITIONS[name].next_step, list(self.actions(name)))

    def known_on(self, name: str) -> date:
        """The day whose numbers say why it holds: it stands as on the last on which they were known."""
        read = rests_on(CONDITIONS[name], FAMILIES, self.policy)
        return known_through(self.viewer.seen.history, self.day, read)

    def of(self, name: str) -> list[str]:
        """What it holds of, by name, as far as that is public or may be seen.

        Which scopes are vacant is no part of a published role where active seats are judged.
        """
        kind = CONDITIONS[name].holds_of
        if self.viewer.hides and kind == "scope" and self.policy.judge_by == "active":
            return []
        found = held_of(self.raised, name, number_of(self.day)) if self.raised else []
        return sorted({self.viewer.source(one) for one in found}) if kind == "source" else found

    def actions(self, name: str) -> Iterator[Action]:
        """What was recorded about it since it was entered, oldest first."""
        since, until = number_of(self.since(name)), number_of(self.day)
        for one in self.raised.actions if self.raised else ():
            if one.condition == name and since <= one.day <= until:
                yield Action(date_of(one.day), one.url, self.viewer.named(one.owner))

    def taken_back(self) -> Iterator[TakenBack]:
        """What was published lately and does not hold as known now."""
        published = self.raised.published if self.raised else {}
        days = [self.day - timedelta(days=back) for back in range(TAKEN_BACK_DAYS)][::-1]
        told_on = {day: published[number_of(day)].conditions for day in days if number_of(day) in published}
        for name in CONDITIONS:
            gone = [day for day, names in told_on.items() if name in names and not self.holds(name, day)]
            if gone:
                yield TakenBack(name, gone[0], gone[-1], len(gone))


def sentence(viewer: Viewer, raised: ConditionsEvaluation | None, policy: CommunityPolicy, name: str, day: date) -> str:
    """Why a condition holds and of what, or since when it does not: for who asks about that number."""
    if name not in WHY:
        return ""
    seen = ConditionsView(viewer, raised, policy, min(day, date_of(raised.closed_through)) if raised else day)
    if seen.holds(name):
        return seen.in_force(name).because
    since = seen.since(name)
    return f"it has not held since {say_day(since)}" if since > date.min else "it never held"
