"""Work with others, communication and impact in lines: what is held, with whom, and what it came to. Pure.

The page and the text report both show them, so they say the same.
"""

from collections.abc import Iterator, Mapping, Sequence

from projections.metrics.unit import Unit
from projections.timeline.days import say_day
from reports.collaboration import Bridge, Collaboration, Kind, Relationship, Work
from reports.communication import EngagementShown, PracticeShown, StoryShown, Target
from reports.format.labels import step_words
from reports.format.values import Value, format_value
from reports.format.words import Linked, counted
from reports.text.wrap import itemised

MOST_LINES = 10
"""The page and the JSON have all of them."""

PROMISED = {"newcomers": "newcomers a quarter", "leaders": "new leaders a half-year"}


def titled(found: Collaboration, *, hides: bool = False) -> Mapping[str, Sequence[Linked]]:
    """The parts by title; each only where something of its kind was recorded.

    Args:
        found: What there is to say.
        hides: Whether anything may be hidden from whoever reads it.
    """
    parts = {
        "Work across teams": [Linked(words) for words in across(found.bridges, hides=hides)],
        "Relationships": [Linked(relationship(one)) for one in found.relationships],
        "Communication": [Linked(engagement(one), one.url or "") for one in found.engagements],
        "What the leads documented": [Linked(practice(one), one.url) for one in found.practices],
        "Impact: person-days of work, beside a year before": [Linked(kind(one, hides=hides)) for one in found.impact],
        "Stories": [Linked(story(one), one.url) for one in found.stories],
    }
    return {title: lines for title, lines in parts.items() if lines}


def collaboration_sections(found: Collaboration) -> list[list[str]]:
    """The parts of the text report."""
    return [[title, *filled([one.text for one in lines])] for title, lines in titled(found).items()]


def filled(lines: Sequence[str]) -> Iterator[str]:
    """Each line as a paragraph of its own, the first few of them."""
    yield from itemised(lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield f"  and {len(lines) - MOST_LINES} more"


def across(bridges: Sequence[Bridge], *, hides: bool = False) -> Sequence[str]:
    """Which pairs of teams share people, and, where nothing is hidden, which of them rest on one person."""
    if not bridges:
        return ()
    pairs = counted(len(bridges), "pair of teams shares people", "pairs of teams share people")
    if hides:
        return [f"{pairs}.", *map(bridge, bridges)]
    alone = [" and ".join(one.teams) for one in bridges if one.people == 1]
    return [f"{pairs}; {counted(len(alone), 'rests', 'rest')} on one person.", *alone]


def bridge(one: Bridge) -> str:
    """A pair of teams in a line, with how many people it shares as far as that is shown."""
    people = format_value(one.people) if one.people is None else f"{format_value(one.people)} people"
    return f"{' and '.join(one.teams)}: {people}"


def relationship(one: Relationship) -> str:
    """A relationship in a line."""
    ours = f"{one.team} with {one.with_}" if one.team else f"With {one.with_}"
    last = f"last engagement {say_day(one.last_engagement)}" if one.last_engagement else "no engagement held yet"
    return f"{ours}: {one.nature}; {one.state}, since {say_day(one.since)}, {last}"


def engagement(one: EngagementShown) -> str:
    """The last of a kind in a line."""
    filled_of = f"; in {one.slots_filled} of the last {one.slots} slots of {one.cadence_days} days"
    slots = "" if one.slots_filled is None else filled_of
    partner = f" with {one.with_}" if one.with_ else ""
    return f"{named(one.kind)}: last {say_day(one.last)}{partner}{slots}"


def practice(one: PracticeShown) -> str:
    """A practice in a line."""
    review = f", to be reviewed by {say_day(one.review_by)}" if one.review_by else ""
    stale = "; stale" if one.is_stale else ""
    promised = "".join(f"; {target(each)}" for each in one.targets)
    return f"{named(one.practice)}: {say_day(one.documented)}{review}{stale}{promised}"


def target(one: Target) -> str:
    """What was promised, and what happened."""
    happened = "not known" if one.happened is None else f"{format_value(one.happened)} in the last {one.days} days"
    return f"{format_value(one.wanted)} {PROMISED[one.of]} wanted, {happened}"


def story(one: StoryShown) -> str:
    """A story by its title, with the day on which it was noted."""
    return f"{say_day(one.noted)}: {one.title}"


def kind(one: Kind, *, hides: bool = False) -> str:
    """The work of a kind in a line, now and a year before."""
    now, before = (format_value(volume(work, hides=hides)) for work in (one.now, one.year_before))
    details = [
        f"{basis} {format_value(share, Unit.SHARE)}{then(one.year_before, basis)}"
        for basis, share in (one.now.by_basis.items() if one.now else ())
        if share
    ]
    if one.now and one.now.outside is not None:
        outside = format_value(one.now.outside, Unit.SHARE)
        details.append(f"outside the owner {outside}{then(one.year_before, None)}")
    return f"{named(one.kind)}: {now} ({before}){': ' + ', '.join(details) if details else ''}"


def volume(work: Work | None, *, hides: bool) -> Value:
    """How much work there was; where anything may be hidden, none that is told may be some that is not."""
    if work is None:
        return None if hides else 0
    return work.person_days


def named(kind: str) -> str:
    """A kind or a practice as it begins a line: `Check in`."""
    return step_words(kind).capitalize()


def then(before: Work | None, basis: str | None) -> str:
    """What a share was a year before, in brackets; nothing where it is not known."""
    if before is None:
        return ""
    share = before.outside if basis is None else before.by_basis.get(basis)
    return "" if share is None else f" ({format_value(share, Unit.SHARE)})"
