"""Work with others, communication and impact as plain text: what is held, with whom, and what it came to. Pure."""

from collections.abc import Iterator, Sequence

from projections.collaboration.bridges import BridgeShown, RelationshipShown
from projections.communication.impact import KindShown, WorkShown
from projections.timeline.days import say_day
from reports.collaboration import Collaboration
from reports.communication import EngagementShown, PracticeShown, Target
from reports.format.labels import step_words
from reports.format.values import percent
from reports.text.wrap import itemised

MOST_LINES = 10
"""The JSON has all of them."""

PROMISED = {"newcomers": "newcomers a quarter", "leaders": "new leaders a half-year"}


def sections(shown: Collaboration) -> list[list[str]]:
    """The parts of the report; each only where something of its kind was recorded."""
    titled = {
        "Work across teams": across(shown.bridges),
        "Relationships": [relationship(one) for one in shown.relationships],
        "Communication": [engagement(one) for one in shown.engagements],
        "What the leads documented": [practice(one) for one in shown.practices],
        "Impact: person-days of work, beside a year before": [kind(one) for one in shown.impact],
        "Stories": [f"{say_day(one.noted)}: {one.title}, {one.url}" for one in shown.stories],
    }
    return [[title, *filled(lines)] for title, lines in titled.items() if lines]


def filled(lines: Sequence[str]) -> Iterator[str]:
    """Each line as a paragraph of its own, the first few of them."""
    yield from itemised(lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield f"  and {len(lines) - MOST_LINES} more"


def across(bridges: Sequence[BridgeShown]) -> Sequence[str]:
    """Which pairs of teams share people, and which of them rest on one person."""
    if not bridges:
        return ()
    alone = [" and ".join(one.teams) for one in bridges if one.people == 1]
    pairs = f"{len(bridges)} pair{'' if len(bridges) == 1 else 's'} of teams share{'s' if len(bridges) == 1 else ''}"
    return [f"{pairs} people; {len(alone)} rest{'s' if len(alone) == 1 else ''} on one person.", *alone]


def relationship(one: RelationshipShown) -> str:
    """A relationship in a line."""
    ours = f"{one.team} with {one.with_}" if one.team else f"With {one.with_}"
    last = f"last engagement {say_day(one.last_engagement)}" if one.last_engagement else "no engagement held yet"
    return f"{ours}: {one.nature}; {one.state}, since {say_day(one.since)}, {last}"


def engagement(one: EngagementShown) -> str:
    """The last of a kind in a line."""
    filled_of = f"; in {one.slots_filled} of the last {one.slots} slots of {one.cadence_days} days"
    slots = "" if one.slots_filled is None else filled_of
    partner = f" with {one.with_}" if one.with_ else ""
    link = f", {one.url}" if one.url else ""
    return f"{named(one.kind)}: last {say_day(one.last)}{partner}{slots}{link}"


def practice(one: PracticeShown) -> str:
    """A practice in a line."""
    review = f", to be reviewed by {say_day(one.review_by)}" if one.review_by else ""
    stale = "; stale" if one.is_stale else ""
    promised = "".join(f"; {target(each)}" for each in one.targets)
    return f"{named(one.practice)}: {say_day(one.documented)}{review}{stale}{promised}, {one.url}"


def target(one: Target) -> str:
    """What was promised, and what happened."""
    happened = "not known" if one.happened is None else f"{one.happened} in the last {one.days} days"
    return f"{one.wanted} {PROMISED[one.of]} wanted, {happened}"


def kind(one: KindShown) -> str:
    """The work of a kind in a line, now and a year before."""
    now, before = (f"{work.person_days:,}" if work else "0" for work in (one.now, one.year_before))
    details = [
        f"{basis} {percent(share)} %{then(one.year_before, basis)}"
        for basis, share in (one.now.by_basis.items() if one.now else ())
        if share
    ]
    if one.now and one.now.outside is not None:
        details.append(f"outside the owner {percent(one.now.outside)} %{then(one.year_before, None)}")
    return f"{named(one.kind)}: {now} ({before}){': ' + ', '.join(details) if details else ''}"


def named(kind: str) -> str:
    """A kind or a practice as it begins a line: `Check in`."""
    return step_words(kind).capitalize()


def then(before: WorkShown | None, basis: str | None) -> str:
    """What a share was a year before, in brackets; nothing where it is not known."""
    if before is None:
        return ""
    share = before.outside if basis is None else before.by_basis.get(basis)
    return "" if share is None else f" ({percent(share)} %)"
