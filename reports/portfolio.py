"""All communities side by side, by name and never by a score: how each stands, in a line. Pure.

The page, the text and the API show it, so they say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections.conditions.catalog import CONDITIONS
from projections.disclosure.view import Disclosure
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from reports.format.values import format_value
from reports.headline import VERDICTS, Value, Verdict
from reports.leadership.leadership import Leadership
from reports.text.wrap import wrap

COLUMNS = ("active", "change", "effective leaders", "milestones met")
SAID_WIDTHS, NUMBER_WIDTHS = (18, 9, 13), (7, 8, 10, 11)


@dataclass(frozen=True, slots=True)
class Line:
    """One community on its day, as a viewer may see it.

    Attributes:
        growth: Whether it is growing.
        leadership: How its leadership stands; nothing where no role was recorded.
        active: Active contributors of the headline window.
        change: On a year ago.
        effective_leaders: Over the seats that leadership is judged by.
        met: Milestones that are met.
        milestones: All there are.
        conditions: Those in force, by their names.
        reach: How far its data reaches.
        failed: Since when it cannot be worked out, in words, and of when its numbers are; nothing where it can.
    """

    community: str
    as_of: date
    growth: Verdict
    leadership: Verdict | None
    active: Value
    change: Value
    effective_leaders: Value
    met: int
    milestones: int
    conditions: Sequence[str]
    reach: str
    failed: str = ""

    @property
    def cells(self) -> Sequence[str]:
        """Its numbers as they read, in the order of `COLUMNS`; what is not known or not shown is empty."""
        milestones = f"{self.met} of {self.milestones}" if self.milestones else ""
        numbers = ((self.active, Unit.COUNT), (self.change, Unit.CHANGE), (self.effective_leaders, Unit.TENTHS))
        return [*("" if value is None else format_value(value, unit) for value, unit in numbers), milestones]

    @property
    def conditions_said(self) -> Sequence[str]:
        """The conditions as they are called."""
        return [CONDITIONS[name].title for name in self.conditions]

    def as_json(self) -> dict[str, Any]:
        """As the API gives it; what is not known or not shown is left out."""
        found: dict[str, Any] = {
            "community": self.community,
            "as_of": self.as_of,
            "verdict": self.growth.state,
            "sentence": self.growth.sentence,
            "leadership_verdict": self.leadership and self.leadership.state,
            "leadership_sentence": self.leadership and self.leadership.sentence,
            "active_contributors": self.active,
            "growth_change_ratio": self.change,
            "effective_leaders": self.effective_leaders,
            "milestones_met": self.met if self.milestones else None,
            "milestones": self.milestones or None,
            "conditions": list(self.conditions),
            "failed": self.failed or None,
        }
        return {name: value for name, value in found.items() if value is not None}


def line(
    community: str, seen: Disclosure, day: date, policy: CommunityPolicy, said: tuple[Verdict, Leadership | None, str]
) -> Line:
    """How a community stands.

    Args:
        community: Its name.
        seen: Its numbers, as the viewer may see them.
        day: The day asked about.
        policy: Its thresholds.
        said: What its own page says of growth and of leadership, and how far its data reaches.
    """
    growth, leads, reach = said
    is_led = leads is not None and leads.drawn
    return Line(
        community,
        day,
        growth,
        leads.verdict if leads else None,
        seen.value(series("active_contributors", window_days=policy.headline_window_days), day),
        seen.value(series("growth_change_ratio"), day) if growth.state != "unknown" else None,
        seen.value(series("effective_leaders", seats=policy.judge_by), day) if is_led else None,
        _milestones(seen, day, ("met",)),
        _milestones(seen, day, ("met", "at_risk", "not_met", "unknown")),
        _holding(seen, day),
        reach,
    )


def unknown(community: str, day: date, failed: str) -> Line:
    """A community of which there are no numbers, and why."""
    return Line(
        community, day, Verdict("unknown", VERDICTS["unknown"], failed), None, None, None, None, 0, 0, (), "", failed
    )


def text(lines: Sequence[Line]) -> str:
    """All of them for a terminal, each line ended."""
    titles = ["Community", "Growth", "Leadership", *("active", "change", "leaders*", "milestones")]
    rows = [_row(titles)]
    for one in sorted(lines, key=lambda each: each.community):
        rows.append(_row([one.community, one.growth.word, one.leadership.word if one.leadership else "", *one.cells]))
        if one.conditions:
            rows += wrap(f"look at: {', '.join(one.conditions_said)}", indent=4, hanging=2)
    about = "* Effective leaders. By name; each as of the last day that its data reaches, or the day asked for."
    return "\n".join((*rows, "", *wrap(about))) + "\n"


def _row(cells: Sequence[str]) -> str:
    said, numbers = zip(cells, SAID_WIDTHS, strict=False), zip(cells[len(SAID_WIDTHS) :], NUMBER_WIDTHS, strict=True)
    words = (f"{cell:<{width}} " for cell, width in said)
    return ("".join(words) + "".join(f"{cell:>{width}}" for cell, width in numbers)).rstrip()


def _milestones(seen: Disclosure, day: date, states: Sequence[str]) -> int:
    family = seen.history.family("tenfold_milestone")
    chosen = [labels for labels, _ in family if dict(labels)["state"] in states]
    return sum(seen.value(("tenfold_milestone", labels), day) == 1 for labels in chosen)


def _holding(seen: Disclosure, day: date) -> Sequence[str]:
    return [name for name in sorted(CONDITIONS) if seen.value(series("condition", condition=name), day) == 1]
