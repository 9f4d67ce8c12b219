"""Milestones, success and risks as plain text for a terminal; what is unknown is told elsewhere, all at once."""

from collections.abc import Iterator

from projections.timeline.days import say_day
from reports.attention import NOBODY
from reports.format.words import within
from reports.report import Report
from reports.stage.report import Milestone, StageReport
from reports.stage.titles import MILESTONES, RISKS, STATE_WORDS, SUCCESS
from reports.text.wrap import WIDTH, itemised, wrap

UNKNOWN = "unknown"
UNASSIGNED = "Nobody is responsible for any of them yet (`{} record milestone`)."


def stage_sections(report: Report, told: StageReport, command: str = "tenfold") -> list[list[str]]:
    """The milestones as a table; success and risks, those that ask for something with their reason.

    Args:
        report: Says what people are called.
        told: Its stage.
        command: How Tenfold is called where it is read.
    """
    parts = {"Success of the stage": list(criteria(told)), "Risks": list(dangers(told))}
    compact = [[title, *itemised(lines)] for title, lines in parts.items() if lines]
    return [list(milestones(report, told, command)), *compact]


def criteria(told: StageReport) -> Iterator[str]:
    """Criteria of success: those that are reached in a line, the others with what is missing."""
    reached = [SUCCESS[name] for name, one in told.success.items() if one.holds]
    if reached:
        yield f"Reached: {within('; '.join(map(within, reached)))}."
    for name, one in told.success.items():
        if one.holds is False:
            yield f"Not yet: {within(SUCCESS[name])}. {one.because}"


def dangers(told: StageReport) -> Iterator[str]:
    """Risks: those that are high with their reason, the others in a line."""
    for name, one in told.risks.items():
        if one.state == "high":
            yield f"High: {within(RISKS[name])}. {one.because}"
    low = [RISKS[name] for name, one in told.risks.items() if one.state == "low"]
    if low:
        yield f"Low: {'; '.join(map(within, low))}."


def milestones(report: Report, told: StageReport, command: str) -> Iterator[str]:
    """The table of milestones: who answers is told of each where anybody answers for one."""
    yield "Milestones"
    assigned = any(one.responsible or one.support or one.deliverable or one.due_on for one in told.milestones.values())
    for name, one in told.milestones.items():
        yield from titled(MILESTONES[name], STATE_WORDS[one.state])
        for words in (answering(report, one) if assigned else "", *reasoned(one)):
            if words:
                yield from wrap(words, indent=4, hanging=2)
    if not assigned:
        yield from itemised([UNASSIGNED.format(command)])


def answering(report: Report, milestone: Milestone) -> str:
    """Who answers for a milestone, who supports, and what there will be to show."""
    due = f"by {say_day(milestone.due_on)}" if milestone.due_on else ""
    columns = {
        "Responsible": report.called(milestone.responsible or NOBODY),
        "Support": milestone.support and report.called(milestone.support),
        "Deliverable": " ".join(filter(None, (milestone.deliverable, due))),
    }
    return "; ".join(f"{name}: {words}" for name, words in columns.items() if words)


def reasoned(milestone: Milestone) -> Iterator[str]:
    """Why it is where it is, and what is next; nothing where it cannot be known."""
    if milestone.state != UNKNOWN:
        yield f"Because: {milestone.because if milestone.state != 'met' else first_sentence(milestone.because)}"
        yield f"Next step: {milestone.next_step}" if milestone.next_step else ""


def first_sentence(words: str) -> str:
    """The first of some sentences: enough where nothing is to be done."""
    return f"{words.partition('. ')[0].rstrip('.')}."


def titled(title: str, state: str) -> Iterator[str]:
    """A title, and its state where lines end."""
    room = WIDTH - len(state) - 1
    words = f"  {title}"
    yield f"{words:<{room}} {state}" if len(words) <= room else f"{words}: {state}"
