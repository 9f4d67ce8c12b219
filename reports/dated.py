"""Which commits count on days of their own, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import computed_field

from events.checks import SourceDating, WhyDated
from projections.timeline.days import say_day
from reports.format.words import counted

SHOWN = 5
"""The JSON has all of them."""


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Commits of a source that count on days of their own, from the first to the last.

    Attributes:
        on: When they landed or were committed in bulk, where that is a day that can be.
    """

    source: str
    why: WhyDated
    commits: int
    first: date
    last: date
    on: date | None = None

    @computed_field  # type: ignore[prop-decorator] # mypy takes properties undecorated alone
    @property
    def sentence(self) -> str:
        """What is said of them, without a full stop."""
        one, made = self.commits == 1, "committed" if self.why == "landing" else "authored"
        were = f"on the day on which {'it was' if one else 'they were'} {made}, {say_day(self.first)}"
        if self.first != self.last:
            were = f"on the days on which they were {made}, {say_day(self.first)} to {say_day(self.last)}"
        return f"{counted(self.commits, 'commit')} of {self.source} {self._came} {'counts' if one else 'count'} {were}"

    @property
    def _came(self) -> str:
        if self.why == "bulk":
            return f"made in bulk{f' on {say_day(self.on)}' if self.on else ''}"
        return f"that landed on {say_day(self.on)}" if self.on else "that landed by a clock that was off"


def own_days(found: Sequence[SourceDating]) -> list[OwnDays]:
    """What importers told, as it is told on."""
    return [OwnDays(one.source, one.why, one.commits, one.first, one.last, one.on) for one in found]


def own_days_words(found: Sequence[OwnDays]) -> list[str]:
    """A sentence for each of the largest, and one for the rest."""
    words = [f"{one.sentence}." for one in found[:SHOWN]]
    if more := found[SHOWN:]:
        many = counted(sum(one.commits for one in more), "more commit")
        words.append(f"{many}, of {counted(len(more), 'other day')}, count on days of their own.")
    return words
