"""What stands beside the numbers of leadership, as plain text for a terminal."""

from collections.abc import Sequence

from reports.leadership.leadership import Leadership
from reports.leadership.scopes import Scope
from reports.report import Report
from reports.text.wrap import itemised

COVERED = "Covered: two people or more, one of them an owner ({}){}. Thin: less. Vacant: nobody."
SCOPES_SHOWN = 20
"""The JSON has all of them."""


def leadership_sections(report: Report, command: str = "tenfold") -> list[list[str]]:
    """Why, renewal, and what scopes lack; `command` is how Tenfold is called where it is read."""
    if not report.leadership:
        return []
    found = [["Leadership", *_why(report.leadership, command)]]
    judged = report.judged_scopes
    return [*found, _scopes(report.leadership, judged)] if any(one.is_weak for one in judged) else found


def _why(told: Leadership, command: str) -> list[str]:
    lines = [f"Judged by {told.judged_by}{': ' + told.because if told.because else ''}."]
    if told.facts:
        lines.append(f"Renewal: {', '.join(f'{fact.title} {fact.value}' for fact in told.facts)}.")
    if told.note:
        lines += [told.note.text, *told.note.ways]
    return itemised(words.replace("`tenfold ", f"`{command} ") for words in lines)


def _scopes(told: Leadership, judged: Sequence[Scope]) -> list[str]:
    weak = [one for one in judged if one.is_weak]
    covered = sum(one.strength == "covered" for one in judged)
    heading = f"Scopes and what they lack: {len(weak)} of {covered + len(weak)} are not covered"
    lines = itemised(_scope(scope) for scope in weak[:SCOPES_SHOWN])
    more = len(weak) - SCOPES_SHOWN
    return [
        heading,
        *itemised([COVERED.format(told.owning, told.collective)]),
        *lines,
        *([f"  and {more} more"] if more > 0 else []),
    ]


def _scope(scope: Scope) -> str:
    within = f" (in {scope.parent})" if scope.parent else ""
    return f"{scope.scope}{within}: {scope.strength}, lacks {scope.lacks}"
