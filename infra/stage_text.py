"""Milestones, success and risks as plain text for a terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infra.paragraph import WIDTH, paragraph
from infra.stage import MILESTONES, RISKS, STATE_WORDS, SUCCESS
from infra.wording import say_day
from projections.stage.told import Milestone, Told

LABEL_WIDTH = 13
NOBODY = "nobody yet"
HOLDS: Mapping[bool | None, str] = {True: "holds", False: "does not hold", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table that has more to say than fits beside each other."""

    title: str
    state: str
    rest: Mapping[str, str]


def parts(told: Told) -> list[list[str]]:
    """The three tables."""
    milestones = [Line(MILESTONES[name], STATE_WORDS[one.state], columns(one)) for name, one in told.milestones.items()]
    success = [Line(SUCCESS[name], HOLDS[one.holds], {"Because": one.because}) for name, one in told.success.items()]
    risks = [
        Line(RISKS[name], STATE_WORDS[one.state], {"Because": one.because, "Next step": one.next_step or ""})
        for name, one in told.risks.items()
    ]
    tables = {"Milestones of the stage": milestones, "Success of the stage": success, "Risks of the stage": risks}
    return [[title, *(text for line in lines for text in written(line))] for title, lines in tables.items()]


def columns(milestone: Milestone) -> Mapping[str, str]:
    """What stands beside a milestone, by column."""
    due = f"by {say_day(milestone.due_on)}" if milestone.due_on else ""
    return {
        "Responsible": milestone.responsible or NOBODY,
        "Support": milestone.support or "",
        "Deliverable": " ".join(filter(None, (milestone.deliverable, due))),
        "Because": milestone.because,
        "Next step": milestone.next_step or "",
    }


def written(line: Line) -> Iterator[str]:
    """A line as text: title and state, then what it has to say."""
    room = WIDTH - len(line.state) - 1
    title = f"  {line.title}"
    yield f"{title:<{room}} {line.state}" if len(title) <= room else f"{title}: {line.state}"
    for column, words in line.rest.items():
        if words:
            yield from paragraph(f"  {column:<{LABEL_WIDTH}}{words}", hanging=LABEL_WIDTH + 2).splitlines()
