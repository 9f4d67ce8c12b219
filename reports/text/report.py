"""A report as plain text, to be sent on: the answer, what changed and why, what to do, and what happened since.

All numbers stand behind it, where they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projections.disclosure.view import Disclosure, everything
from projections.growth.goal import Goal
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR, say_day
from projections.timeline.history import History, series
from reports import headline as summary
from reports.attention import Attention, Finding, attention
from reports.collaboration import Collaboration
from reports.conditions.report import ConditionsReport as Conditions
from reports.flows import Flows, reasons
from reports.format.values import format_value, percent
from reports.headline import Ledger, Verdict
from reports.leadership.active_seats import known_of
from reports.leadership.leadership import Leadership, leadership
from reports.report import Led
from reports.since import Since
from reports.stage.report import StageReport as Stage
from reports.text import freshness as trust
from reports.text import numbers as numbers_text
from reports.text import since as since_text
from reports.text import stage as stage_text
from reports.text import unknown as unknown_text
from reports.text.wrap import itemised, wrap

COLUMN_WIDTH = 11


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is of.

    Attributes:
        community: Its name.
        history: Its numbers.
        as_of: The day reported.
        policy: Its thresholds.
        reason: Why there is no verdict, where there is none.
        led: What there is to say of leadership.
        goal: The goal that holds on the day.
        collaboration: Work with others, communication and impact.
        conditions: What there is to look at.
        stage: Its milestones, success and risks.
        comings: Who came and who went, and why.
        since: What happened since the last report.
    """

    community: str
    history: History
    as_of: date
    policy: CommunityPolicy
    reason: str = ""
    led: Led | None = None
    goal: Goal | None = None
    collaboration: Collaboration | None = None
    conditions: Conditions | None = None
    stage: Stage | None = None
    comings: Flows | None = None
    since: Since | None = None

    @property
    def seen(self) -> Disclosure:
        """Its numbers, all of them shown."""
        return everything(self.history)

    @property
    def leadership(self) -> Leadership | None:
        """What is told of leadership."""
        known = known_of(self.history, self.as_of)
        return leadership(self.seen, self.as_of, self.led, self.policy, known, self.community)


def text(report: Report, command: str = "tenfold", *, numbers: bool = False) -> str:
    """The whole report, each line ended.

    Args:
        report: What it is of.
        command: How Tenfold is called where it is read.
        numbers: Whether all numbers follow.
    """
    told = report.leadership
    parts = [*answer(report, told), needs(attention(report.conditions, report.stage, told))]
    parts += about_stage(report, command, roles=told is not None) + happened(report)
    if numbers:
        parts += numbers_text.sections(report.seen, report.as_of, report.policy, told=told, command=command)
        parts += numbers_text.told_of(report.seen, report.conditions, report.collaboration, report.comings)
    parts.append(more(report.community, command, numbers=numbers))
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def answer(report: Report, told: Leadership | None) -> list[list[str]]:
    """The two answers, how far they can be trusted, what changed, and how far the goal is."""
    seen, as_of = report.seen, report.as_of
    growing = growth(seen, as_of, summary.verdict(seen, as_of, report.reason))
    aim = summary.goal(seen, as_of, report.goal)
    return [
        heading(report.community, as_of, growing, told),
        trust.part(report.history, as_of, known_of(report.history, as_of), led=told is not None),
        changed(seen, as_of, report.policy, report.comings),
        ["Goal", *wrap(aim)] if aim else [],
    ]


def about_stage(report: Report, command: str, *, roles: bool) -> list[list[str]]:
    """Milestones, success and risks, and what of them cannot be told; `roles`: whether roles were recorded."""
    stage = report.stage
    return [*stage_text.sections(stage, command), unknown_text.part(stage, roles=roles)] if stage else []


def happened(report: Report) -> list[list[str]]:
    """What happened since the last report."""
    names = report.comings.names if report.comings else {}
    taken_back = report.conditions.taken_back if report.conditions else ()
    return [since_text.part(report.since, names, taken_back)] if report.since else []


def heading(community: str, as_of: date, growing: str, told: Leadership | None = None) -> list[str]:
    """Who and when, and the two answers."""
    asked = "are we growing, and is our leadership spreading?" if told else "are we growing?"
    title = f"{community}, {say_day(as_of)}: {asked}"
    answers = [f"Growth: {growing}", *([f"Leadership: {spreading(told)}"] if told else [])]
    return wrap(title, indent=0) + itemised(answers)


def growth(seen: Disclosure, day: date, verdict: Verdict) -> str:
    """Whether the community grows, in a sentence for people who do not know the verdict."""
    names = ("growth_change_ratio", "growth_change_low_ratio", "growth_change_high_ratio")
    change, low, high = (seen.value(series(name), day) for name in names)
    if verdict.state == "unknown" or not all(isinstance(one, float) for one in (change, low, high)):
        return f"{verdict.word.lower()}. {verdict.rest[:1].upper()}{verdict.rest[1:]}.".replace(". .", ".")
    between = f"between {format_value(low or 0.0, Unit.CHANGE)} and {format_value(high or 0.0, Unit.CHANGE)}"
    way = "growth" if isinstance(change, float) and change > 0 else "decline"
    unclear = isinstance(low, float) and isinstance(high, float) and low <= 0 <= high
    apart = "no clear growth or decline" if unclear else f"not enough yet to call it {way}"
    flat = f"; {apart}" if verdict.state == "flat" else ""
    return f"{verdict.word.lower()}. {more_or_fewer(change)} a year ago ({between}{flat})."


def more_or_fewer(change: float | str | None) -> str:
    """A change as people say it."""
    ratio = change if isinstance(change, float) else 0.0
    if percent(ratio) == "0":
        return "As many contributors a week as"
    return f"{percent(abs(ratio))} % {'more' if ratio > 0 else 'fewer'} contributors a week than"


def spreading(told: Leadership) -> str:
    """How leadership stands, in a sentence for people who do not know effective leaders."""
    return f"{told.verdict.word.lower()}. {told.spoken[:1].upper()}{told.spoken[1:]}."


def changed(seen: Disclosure, as_of: date, policy: CommunityPolicy, comings: Flows | None) -> list[str]:
    """Who came and who went, why as far as is known, and the same day a year ago."""
    window = policy.headline_window_days
    ledger = summary.ledger(seen, as_of, window)
    if not ledger:
        return []
    lines = _ledger(ledger, summary.ledger(seen, as_of - timedelta(days=YEAR), window))
    why = reasons(comings.flows, seen, as_of, window) if comings else []
    return lines + itemised(why)


def _ledger(ledger: Ledger, before: Ledger | None) -> list[str]:
    rows = [
        ("", "start", f"active on {say_day(ledger.start_day)}"),
        ("+", "new", "new"),
        ("+", "returned", "returned after a pause"),
        ("−", "lapsed", "lapsed: no longer active"),
        ("=", "end", f"active on {say_day(ledger.end_day)}"),
    ]
    then = {name: f" {getattr(before, name):>{COLUMN_WIDTH - 1}}" if before else "" for _, name, _ in rows}
    lines = [f"  {sign:1} {getattr(ledger, name):>7}  {words:<46}{then[name]}".rstrip() for sign, name, words in rows]
    if ledger.corrections:
        lines.append(f"    {ledger.corrections:>7}  corrected since the start was published")
    title = f"Who came and who went (active: worked within {(ledger.end_day - ledger.start_day).days} days)"
    return [f"{title:<58}{'a year ago':>{COLUMN_WIDTH}}" if before else title, *lines]


def needs(found: Attention) -> list[str]:
    """What needs attention, numbered."""
    lines = [line for at, one in enumerate(found.things, 1) for line in _thing(at, one)]
    rest = f"  Less pressing: {found.more} more (`--numbers` has all)." if found.more else ""
    nothing = "  Nothing, as far as can be told."
    return ["Needs attention", *(lines or [nothing]), *([rest] if rest else [])]


def _thing(at: int, one: Finding) -> Sequence[str]:
    why = wrap(f"{at}. {one.title}. {one.why}", hanging=3)
    return [*why, *wrap(f"Owner: {one.owner}. Next step: {one.next_step}", indent=5)]


def more(community: str, command: str, *, numbers: bool) -> list[str]:
    """Where the rest is."""
    if numbers:
        return wrap(f"What is behind a number: `{command} explain`, and `--list` there.", indent=0)
    every = f"`{command} report --community {community} --numbers`"
    return wrap(f"All numbers: {every}, or the page.", indent=0)
