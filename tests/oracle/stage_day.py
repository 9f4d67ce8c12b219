"""docs/definitions.md, *Milestones, success, risks*: what they all go by, on a day."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.oracle import activity, communication, leadership_renewal, mentoring
from tests.oracle.contributions import Known, Work
from tests.oracle.days import day_of, end_of
from tests.oracle.leadership_day import Leadership
from tests.oracle.leadership_seats import Term
from tests.oracle.people import of_type
from tests.oracle.sources import unread
from tests.oracle.values import Values


@dataclass(frozen=True)
class Stage:
    """What is known on a day."""

    known: Known
    values: Values
    day: date

    def on(self, day: date) -> "Stage":
        """The same of another day."""
        return replace(self, day=day)

    @property
    def unread(self) -> frozenset[str]:
        """What nobody read."""
        return unread(self.known, self.values, self.day)

    @property
    def judged_unread(self) -> bool:
        """Whether nobody read what the seats that count rest on."""
        of = {"roles", "contributions"} if self.values.judge_by == "active" else {"roles"}
        return bool(of & self.unread)

    def events(self, *names: str) -> list[Any]:
        """What was said up to the end of the day; of what is withdrawn nothing."""
        return [one for one in of_type(self.known.said, *names) if one.time < end_of(self.day)]

    @property
    def knows_roles(self) -> bool:
        """Whether anything was ever said of roles."""
        return self.known.roles.began is not None and self.known.roles.began <= self.day

    @property
    def knows_mentoring(self) -> bool:
        """Whether anything was ever said of mentoring."""
        return self.known.roles.mentoring_began is not None and self.known.roles.mentoring_began <= self.day

    @cached_property
    def work(self) -> list[Work]:
        """The contributions that count, up to the end of the day."""
        return [one for one in self.known.work if one.day <= self.day]

    @cached_property
    def strength_ratio(self) -> Fraction | None:
        """By the seats that count."""
        return None if self.judged_unread else self.leadership.judged.strength_ratio

    @cached_property
    def active(self) -> set[str]:
        """The active people of the headline window."""
        days = activity.active_days(self.work)
        return activity.active(days, self.day, self.values.headline, self.values.min_contributions)

    @cached_property
    def recurring(self) -> int:
        """How many recur in it."""
        days = activity.active_days(self.work)
        return len(activity.recurring(days, self.day, self.values.headline, self.values.min_contributions))

    @cached_property
    def leadership(self) -> Leadership:
        """Who leads on the day; verdicts, risks and conditions use the seats that `judge_by` names."""
        return Leadership(self.known, self.values, self.day)

    @cached_property
    def mentorships(self) -> list[mentoring.Mentorship]:
        """All up to the day."""
        words = mentoring.words_of(self.known.events, self.day)
        return mentoring.mentorships(self.known.events, words, self.values)

    @cached_property
    def mentorships_now(self) -> list[mentoring.Mentorship]:
        """Those that are active."""
        return [one for one in self.mentorships if one.active(self.day, self.values)]

    @cached_property
    def leaders_terms(self) -> dict[str, list[Term]]:
        """Leadership terms by person."""
        return leadership_renewal.by_leader(self.known.roles.terms, self.day, self.values)

    def recruited(self, days: int) -> dict[date, list[bool]]:
        """Day of a first seat within so many days → of each who took one then, whether they had been mentored."""
        found: dict[date, list[bool]] = {}
        recruits = mentoring.recruited(self.known.roles.terms, replace(self.values, recruited_days=days), self.day)
        for who, taken in recruits.items():
            was = mentoring.mentored_before(self.mentorships, who, taken, self.values)
            found.setdefault(day_of(taken), []).append(was)
        return found


def slots(stage: Stage, kind: str) -> int | None:
    """Slots filled of the last 4."""
    found = [
        value
        for family, value, labels in communication.held(stage.known, stage.values, stage.day)
        if family == "engagement_slots_filled" and labels == {"kind": kind}
    ]
    return int(found[0]) if found else None
