"""A report as plain text, to be sent on: the answer, what changed and why, what to do, and what happened since.

All numbers stand behind it, where they are asked for.
"""

from collections.abc import Sequence

from projections.timeline.days import say_day
from reports.attention import Finding
from reports.flows import Ledger
from reports.format.words import counted
from reports.report import Report
from reports.text import freshness as freshness_text
from reports.text import numbers as numbers_text
from reports.text import since as since_text
from reports.text import stage as stage_text
from reports.text import unknown as unknown_text
from reports.text.wrap import itemised, wrap

COLUMN_WIDTH = 11


def text(report: Report, command: str = "tenfold", *, numbers: bool = False) -> str:
    """The whole report, each line ended.

    Args:
        report: What it is of.
        command: How Tenfold is called where it is read.
        numbers: Whether all numbers follow.
    """
    parts = [*answer(report), needs(report)]
    parts += [*about_stage(report, command), since_text.since_part(report)]
    if numbers:
        parts += numbers_text.numbers_sections(report, command)
    parts.append(more(report.community, command, numbers=numbers))
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def answer(report: Report) -> list[list[str]]:
    """The two answers, how far they can be trusted, what changed, and how far the goal is."""
    return [
        heading(report),
        freshness_text.freshness_part(report.freshness) + lookalikes(report),
        changed(report),
        ["Goal", *wrap(report.goal.sentence)] if report.goal else [],
    ]


def lookalikes(report: Report) -> list[str]:
    """How many look like machines; who they are is for leads alone, and this is sent on."""
    if not report.looks_like_machines:
        return []
    found = counted(len(report.looks_like_machines), "looks like a machine", "look like machines")
    return wrap(f"Of those who count as people {found}: the page says which.")


def about_stage(report: Report, command: str) -> list[list[str]]:
    """Milestones, success and risks, and what of them cannot be told."""
    stage = report.stage
    if not stage:
        return []
    return [
        *stage_text.stage_sections(report, stage, command),
        unknown_text.unknown_part(stage, roles=report.leadership is not None, unread=report.freshness.unread),
    ]


def heading(report: Report) -> list[str]:
    """Who and when, and the two answers."""
    growth, leadership = report.headline.growth, report.headline.leadership
    asked = "are we growing, and is our leadership spreading?" if leadership else "are we growing?"
    title = f"{report.community}, {say_day(report.as_of)}: {asked}"
    answers = [f"Growth: {growth.plain}", *([f"Leadership: {leadership.plain}"] if leadership else [])]
    return wrap(title, indent=0) + itemised(answers)


def changed(report: Report) -> list[str]:
    """Who came and who went, why as far as is known, and the same day a year ago."""
    moved = report.who_came_and_went
    return _ledger(moved.ledger, moved.year_ago) + itemised(moved.reasons) if moved.ledger else []


def _ledger(ledger: Ledger, before: Ledger | None) -> list[str]:
    rows = [
        ("", "start", f"active on {say_day(ledger.start_day)}"),
        ("+", "new", "new"),
        ("+", "returned", "returned after a pause"),
        ("−", "lapsed", "lapsed: no longer active"),
        ("=", "end", f"active on {say_day(ledger.end_day)}"),
    ]
    then = {name: f" {before.said(name):>{COLUMN_WIDTH - 1}}" if before else "" for _, name, _ in rows}
    lines = [f"  {sign:1} {ledger.said(name):>7}  {words:<46}{then[name]}".rstrip() for sign, name, words in rows]
    if ledger.corrections:
        lines.append(f"    {ledger.said('corrections'):>7}  corrected since the start was published")
    title = f"Who came and who went (active: worked within {(ledger.end_day - ledger.start_day).days} days)"
    return [f"{title:<58}{'a year ago':>{COLUMN_WIDTH}}" if before else title, *lines]


def needs(report: Report) -> list[str]:
    """What needs attention, numbered."""
    found = report.attention
    lines = [line for at, one in enumerate(found.things, 1) for line in _thing(report, at, one)]
    rest = f"  Less pressing: {found.more} more (`--numbers` has all)." if found.more else ""
    nothing = "  Nothing, as far as can be told."
    return ["Needs attention", *(lines or [nothing]), *([rest] if rest else [])]


def _thing(report: Report, at: int, one: Finding) -> Sequence[str]:
    why = wrap(f"{at}. {one.title}. {one.why}", hanging=3)
    return [*why, *wrap(f"Owner: {report.called(one.owner)}. Next step: {one.next_step}", indent=5)]


def more(community: str, command: str, *, numbers: bool) -> list[str]:
    """Where the rest is."""
    if numbers:
        return wrap(f"What is behind a number: `{command} explain`, and `--list` there.", indent=0)
    every = f"`{command} report --community {community} --numbers`"
    return wrap(f"All numbers: {every}, or the page.", indent=0)
