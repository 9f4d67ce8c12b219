"""What stands beside the numbers of leadership, as plain text for a terminal."""

from reports.leadership.leadership import Leadership, Scope
from reports.text.wrap import itemised

COVERED = "Covered: two people or more, one of them an owner ({}). Thin: less. Vacant: nobody."
SCOPES_SHOWN = 20
"""The JSON has all of them."""


def sections(told: Leadership, command: str = "tenfold") -> list[list[str]]:
    """Why, renewal, and what scopes lack; `command` is how Tenfold is called where it is read."""
    found = [["Leadership", *_why(told, command)]]
    if told.weak:
        found.append(_scopes(told))
    return found


def _why(told: Leadership, command: str) -> list[str]:
    lines = [f"Judged by {told.judged_by}{': ' + told.because if told.because else ''}."]
    if told.facts:
        lines.append(f"Renewal: {', '.join(f'{fact.title} {fact.value}' for fact in told.facts)}.")
    if told.note:
        lines += [told.note.text, *told.note.ways]
    return itemised(words.replace("`tenfold ", f"`{command} ") for words in lines)


def _scopes(told: Leadership) -> list[str]:
    covered = sum(one.strength == "covered" for one in told.others)
    judged = covered + len(told.weak)
    heading = f"Scopes and what they lack: {len(told.weak)} of {judged} are not covered"
    lines = itemised(_scope(scope) for scope in told.weak[:SCOPES_SHOWN])
    more = len(told.weak) - SCOPES_SHOWN
    return [heading, *itemised([COVERED.format(told.owning)]), *lines, *([f"  and {more} more"] if more > 0 else [])]


def _scope(scope: Scope) -> str:
    within = f" (in {scope.parent})" if scope.parent else ""
    return f"{scope.name}{within}: {scope.strength}, lacks {scope.lacks}"
