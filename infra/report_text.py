"""A report as plain text, for a terminal: the answer first, then what it rests on."""

from collections.abc import Sequence
from datetime import date, timedelta

from infra import conditions_text, leadership_text, mentoring_text, pathway_text, stage_text, summary, together_text
from infra.active_seats import known_of, shown, year_ago
from infra.comings import Comings, Greeting, greetings, reasons
from infra.leadership import Leadership, leadership
from infra.paragraph import paragraph
from infra.server.disclosure import Disclosure, everything
from infra.summary import Ledger, Verdict
from infra.tables import Table, tables
from infra.wording import IMPACT, PATHWAY, say_day
from projections.activity.measures import YEAR
from projections.conditions.shown import Told as Conditions
from projections.growth.goal import Goal
from projections.history import History
from projections.mentoring.outcome import outcome_on
from projections.policy import CommunityPolicy
from projections.report import Led
from projections.stage.told import Told as Stage
from projections.together import Together

TITLE_WIDTH = 46
COLUMN_WIDTH = 11
LINE_WIDTH = 79
GREETED = 8
"""Names of each kind; the JSON has them all."""
HELLO = "Say hello (names are for leads: leave this out where you send the report on)"
EXPLAINED = "Active contributors"
"""A number that every report has."""


def text(  # noqa: PLR0913 - all that a report is of
    community: str,
    history: History,
    as_of: date,
    policy: CommunityPolicy,
    *,
    reason: str,
    led: Led | None = None,
    goal: Goal | None = None,
    together: Together | None = None,
    conditions: Conditions | None = None,
    stage: Stage | None = None,
    comings: Comings | None = None,
    today: date,
    command: str = "tenfold",
) -> str:
    """The whole report, each line ended.

    Args:
        community: Its name.
        history: Its numbers.
        as_of: The day reported.
        policy: Its thresholds.
        reason: Why there is no verdict, where there is none.
        led: What there is to say of leadership.
        goal: The goal that holds on the day.
        together: Work with others, communication and impact.
        conditions: What there is to look at.
        stage: Its milestones, success and risks.
        comings: Who came and who went, and why.
        today: Only to say so where the report is of another day.
        command: How Tenfold is called where the report is read.
    """
    seen, known = everything(history), known_of(history, as_of)
    before = as_of - timedelta(days=YEAR)
    told = leadership(seen, as_of, led, policy, known, community)
    verdict = summary.verdict(seen, as_of, reason)
    parts = [heading(community, verdict, told), _reach(history, as_of, today)]
    if conditions:
        parts += conditions_text.parts(conditions)
    if ledger := summary.ledger(seen, as_of, policy.headline_window_days):
        parts.append(_ledger(ledger, summary.ledger(seen, before, policy.headline_window_days)))
        parts[-1] += [line for words in _reasons(comings, seen, as_of, policy) for line in _hanging(words)]
    if aim := summary.goal(seen, as_of, goal):
        parts.append(["Goal", *_indented(aim)])
    if told:
        parts += leadership_text.parts(told, command)
    if stage:
        parts += stage_text.parts(stage)
    parts += pathway_text.parts(history, as_of)
    parts += mentoring_text.parts(outcome_on(history, as_of))
    if together:
        parts += together_text.parts(together)
    then = seen.seen(year_ago(history, as_of, policy), before)
    every = tables(seen.seen(shown(history.on(as_of), known, policy), as_of), policy, then)
    parts += [_table(each) for each in every if each.title not in (PATHWAY, IMPACT)]
    if comings and (greeted := greetings(comings.hello, comings.names, seen)):
        parts.append([HELLO, *(line for one in greeted for line in _hanging(_greeting(one)))])
    parts.append(
        _indented(
            f"What a number means, and what is behind it: `{command} explain '{EXPLAINED}' --community {community}`, "
            f"or any other title above; `{command} explain --list` has them all."
        )
    )
    return "\n".join("\n".join(part) + "\n" for part in parts)


def heading(community: str, verdict: Verdict, told: Leadership | None = None) -> list[str]:
    """Who, and the answers."""
    if told is None:
        return [f"{community}: are we growing?", *_indented(verdict.sentence)]
    second = f"Leadership: {told.verdict.word.lower()}; {told.verdict.rest}"
    return [
        f"{community}: are we growing, and is our leadership spreading as we do?",
        *_indented(verdict.sentence),
        *_indented(second),
    ]


def _reach(history: History, as_of: date, today: date) -> list[str]:
    known = summary.sources(history, as_of)
    state = f"As of {say_day(as_of)}, as known today. " if as_of != today else ""
    lines = _indented(state + summary.reach(known))
    if len(known) > 1:
        lines += [f"    {source.name}: {source.sentence}" for source in known]
    return lines


def _ledger(ledger: Ledger, before: Ledger | None) -> list[str]:
    rows = [
        ("", "start", f"active on {say_day(ledger.start_day)}"),
        ("+", "new", "new"),
        ("+", "returned", "returned"),
        ("−", "lapsed", "lapsed"),
        ("=", "end", f"active on {say_day(ledger.end_day)}"),
    ]
    then = {name: f" {getattr(before, name):>{COLUMN_WIDTH - 1}}" if before else "" for _, name, _ in rows}
    lines = [f"  {sign:1} {getattr(ledger, name):>7}  {words:<32}{then[name]}".rstrip() for sign, name, words in rows]
    if ledger.corrections:
        lines.append(f"    {ledger.corrections:>7}  corrections since the start was published")
    days = (ledger.end_day - ledger.start_day).days
    title = f"Who came and who went, {days} days"
    return [f"{title:<46}{'a year ago':>{COLUMN_WIDTH}}".rstrip() if before else title, *lines]


def _reasons(comings: Comings | None, seen: Disclosure, as_of: date, policy: CommunityPolicy) -> list[str]:
    return reasons(comings.flows, seen, as_of, policy.headline_window_days) if comings else []


def _greeting(one: Greeting) -> str:
    shown_first, more = one.people[:GREETED], len(one.people) - GREETED
    return f"{one.words}: {', '.join(shown_first)}{f' and {more} more' if more > 0 else ''}."


def _table(table: Table) -> list[str]:
    lines = [_line(table.title, [column.title for column in table.columns], indent="")]
    for row in table.rows:
        name = f"{row.title} {row.of}".strip()
        lines.append(_line(name, [row.cells.get(column, "") for column in table.columns]))
    return lines


def _line(title: str, cells: Sequence[str], indent: str = "  ") -> str:
    words = f"{indent}{title}"
    width = min(TITLE_WIDTH, LINE_WIDTH - COLUMN_WIDTH * len(cells))
    return (f"{words:<{width}}" + "".join(f" {cell:>{COLUMN_WIDTH - 1}}" for cell in cells)).rstrip()


def _hanging(words: str) -> list[str]:
    return paragraph(words, hanging=2).splitlines()


def _indented(words: str) -> list[str]:
    return paragraph(words).splitlines()
