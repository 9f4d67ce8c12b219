"""What importers say of their sources: how far they were read, which commits count on days of their own, what ended."""

from typing import Literal

from events.community import CommunityEvent
from events.envelope import Count, Data, ObservedDay, ObservedMoment, Token

WhyDated = Literal["landing", "bulk"]
"""What tells nothing of when commits were made: their landing, or that somebody committed them in bulk."""


class SourceCheck(Data):
    """How far a source was read, and how many events were found: none is a finding too."""

    source: Token
    through: ObservedMoment
    found: Count


class SourceChecked(CommunityEvent):
    """A source was read up to a moment."""

    type: Literal["tenfold.source.checked.v1"] = "tenfold.source.checked.v1"
    data: SourceCheck


class SourceDating(Data):
    """Commits of a source that count on days of their own, between `first` and `last`.

    Attributes:
        on: when they landed, or were committed in bulk; absent where that is no day that can be.
    """

    source: Token
    why: WhyDated
    commits: Count
    first: ObservedDay
    last: ObservedDay
    on: ObservedDay | None = None


class SourceDated(CommunityEvent):
    """An importer counts commits on other days than those on which they came: it explains numbers, and makes none."""

    type: Literal["tenfold.source.dated.v1"] = "tenfold.source.dated.v1"
    data: SourceDating


class SourceEnd(Data):
    """The source that ended."""

    source: Token


class SourceRetired(CommunityEvent):
    """A source is no longer read; that it is not checked is no news from here on."""

    type: Literal["tenfold.source.retired.v1"] = "tenfold.source.retired.v1"
    data: SourceEnd
