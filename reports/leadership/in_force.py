"""Since when a leadership verdict is in force, what the day reads beside it, and by which rule.

A verdict holds until another reading lasted, so it can stand beside numbers that say otherwise: then both are said.
Source: docs/definitions.md, "Leadership", Leadership verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.leadership.verdict import DAYS_TO_CHANGE, UNKNOWN, VERDICTS, Rule, Yearly
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import SECONDS_A_DAY, date_of, number_of, say_day
from projections.timeline.history import History, series, share_of
from reports.format.document import Seconds
from reports.headline import since_of

RULES: Mapping[Rule, str] = {
    "fewer_leaders": "effective leaders are 15 % or more below a year ago",
    "still_fewer_leaders": "effective leaders are still 5 % or more below a year ago",
    "rests_on_one": "25 % or more of the covered scopes came to rest on one leader within the year",
    "more_leaders": "effective leaders are 15 % or more above a year ago",
    "still_more_leaders": "effective leaders are still 5 % or more above a year ago",
    "weaker": "there are more effective leaders, and over 5 points fewer of the scopes are covered",
    "about_as_many": "effective leaders are less than 15 % from a year ago",
}
"""By which rule a day reads what it reads, in words."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A verdict that is in force, and what the day reads beside it.

    Attributes:
        since: The first day of the verdict, as known today.
        reading: What the day itself reads; the verdict, as long as nothing has turned.
        rule: By which rule it does, as half a sentence.
        days: For how many days in a row it reads so.
    """

    verdict: str
    since: Seconds
    reading: str
    rule: str
    days: int

    @property
    def begun(self) -> str:
        """Which verdict is in force since when."""
        return f"{self.verdict} since {say_day(date_of(int(self.since // SECONDS_A_DAY)))}"

    @property
    def turning(self) -> str:
        """For the answer in a line, where the day reads otherwise; else empty."""
        return "" if self.reading == self.verdict else f"; {self.begun}, and now it reads {self.reading}"

    @property
    def words(self) -> str:
        """All of it, as a part of a sentence."""
        if self.reading == self.verdict:
            return f"{self.begun}, and it still reads so: {self.rule}"
        now = f"it now reads {self.reading}, for the {ordinal(self.days)} day: {self.rule}"
        return f"{self.begun}; {now}; a verdict changes after {DAYS_TO_CHANGE} equal days"


def in_force(history: History, policy: CommunityPolicy, day: date, held: str) -> InForce | None:
    """What is to say of the verdict that holds on a day; nothing where it is unknown."""
    names = ("effective_leaders", "leadership_strength_ratio", "leadership_strength_without_top_ratio")
    keys = [series(name, seats=policy.judge_by) for name in (*names, "leadership_seats")]
    if held == UNKNOWN or not all(key in history.series for key in keys):
        return None
    effective, strength, without, seats = (history.series[key] for key in keys)
    yearly = Yearly.of(effective, strength, share_of(strength - without, strength), seats)
    at = (day - history.first_day).days
    now = yearly.reading(at, held)
    if now.verdict == UNKNOWN:
        return None
    since = number_of(since_of(history, day, "leadership_verdict", VERDICTS, held)) * SECONDS_A_DAY
    return InForce(held, since, now.verdict, RULES[now.rule], alike(yearly, at, held))


def alike(yearly: Yearly, at: int, held: str) -> int:
    """For how many days in a row the day's reading has been read; days on which nothing is known do not count."""
    now, days = yearly.reading(at, held).verdict, 0
    while at >= 0 and (before := yearly.reading(at, held).verdict) in (UNKNOWN, now):
        days, at = days + (before == now), at - 1
    return days


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"
