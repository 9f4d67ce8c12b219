"""All communities side by side, by name and never by a score: how each stands, in a line. Pure.

The page, the text and the API show it, so they say the same.
"""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from projections.conditions.catalog import CONDITIONS
from projections.disclosure.view import Disclosure
from projections.metrics.unit import Unit
from projections.stage.milestones import STATES
from projections.timeline.history import series
from reports.format.document import Document
from reports.format.values import Value, format_value
from reports.freshness import reach
from reports.headline import VERDICTS, Headline, Verdict
from reports.inputs import ReportInputs
from reports.leadership.leadership import is_withheld
from reports.text.wrap import wrap

COLUMNS = ("active", "change", "effective leaders", "milestones met")
SAID_WIDTHS, NUMBER_WIDTHS = (18, 9, 13), (7, 8, 10, 11)


class Line(Document):
    """One community on its day, as a viewer may see it.

    Attributes:
        growth: Whether it is growing.
        leads: How its leadership stands; nothing where no role was recorded.
        active_contributors: Of the headline window.
        growth_change_ratio: On a year ago.
        effective_leaders: Over the seats that leadership is judged by.
        milestones_met: Of `milestones`, which are all there are.
        conditions: Those in force, by their names.
        reach: How far its data reaches.
        failed: Since when it cannot be worked out, in words, and of when its numbers are; nothing where it can.
    """

    community: str
    as_of: date
    growth: Verdict = Field(exclude=True)
    leads: Verdict | None = Field(default=None, exclude=True)
    verdict: str
    sentence: str
    leadership_verdict: str | None = None
    leadership_sentence: str | None = None
    active_contributors: Value = None
    growth_change_ratio: Value = None
    effective_leaders: Value = None
    milestones_met: int | None = None
    milestones: int | None = None
    conditions: Sequence[str] = ()
    reach: str = ""
    failed: str | None = None

    @property
    def cells(self) -> Sequence[str]:
        """Its numbers as they read, in the order of `COLUMNS`; what is not known or not shown is empty."""
        milestones = f"{self.milestones_met} of {self.milestones}" if self.milestones else ""
        numbers = (
            (self.active_contributors, Unit.COUNT),
            (self.growth_change_ratio, Unit.CHANGE),
            (self.effective_leaders, Unit.TENTHS),
        )
        return [*("" if value is None else format_value(value, unit) for value, unit in numbers), milestones]

    @property
    def conditions_said(self) -> Sequence[str]:
        """The conditions as they are called."""
        return [CONDITIONS[name].title for name in self.conditions]


class Portfolio(Document):
    """All communities side by side, by name."""

    communities: Sequence[Line]


def line(of: ReportInputs, headline: Headline | None = None) -> Line:
    """How a community stands.

    Args:
        of: What its report is made of.
        headline: Its two answers; without it, those that the report gives.
    """
    seen, day, policy = of.seen, of.day, of.policy
    answers = headline or of.headline
    growth, leads = answers.growth, answers.leadership
    is_led = leads is not None and not is_withheld(policy, of.known)
    met, milestones = (_milestones(seen, day, states) for states in (("met",), STATES))
    return Line(
        community=of.community,
        as_of=day,
        growth=growth,
        leads=leads,
        verdict=growth.state,
        sentence=growth.sentence,
        leadership_verdict=leads.state if leads else None,
        leadership_sentence=leads.sentence if leads else None,
        active_contributors=seen.value(series("active_contributors", window_days=policy.headline_window_days), day),
        growth_change_ratio=seen.value(series("growth_change_ratio"), day) if growth.state != "unknown" else None,
        effective_leaders=seen.value(series("effective_leaders", seats=policy.judge_by), day) if is_led else None,
        milestones_met=met if milestones else None,
        milestones=milestones or None,
        conditions=_holding(seen, day),
        reach=reach(seen, day),
    )


def unknown(community: str, day: date, failed: str) -> Line:
    """A community of which there are no numbers, and why."""
    growth = Verdict("unknown", VERDICTS["unknown"], failed)
    return Line(
        community=community,
        as_of=day,
        growth=growth,
        verdict=growth.state,
        sentence=growth.sentence,
        failed=failed,
    )


def text(lines: Sequence[Line]) -> str:
    """All of them for a terminal, each line ended."""
    titles = ["Community", "Growth", "Leadership", *("active", "change", "leaders*", "milestones")]
    rows = [_row(titles)]
    for one in sorted(lines, key=lambda each: each.community):
        rows.append(_row([one.community, one.growth.word, one.leads.word if one.leads else "", *one.cells]))
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
