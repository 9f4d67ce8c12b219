"""The numbers of a day as they are told: each with the labels that /metrics has, and by which terms it is counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from projections.disclosure.view import Disclosure
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import Labels, Series, series
from reports.format.document import Document

COMMUNITY_LABEL, WINDOW, SEATS_LABEL = "community", "window_days", "seats"


@dataclass(frozen=True, slots=True)
class Terms:
    """The windows and seats that numbers of a community go by where their labels don't say it."""

    headline_window_days: int
    renewal_days: int
    active_seat_days: int
    judge_by: str

    @classmethod
    def of(cls, policy: CommunityPolicy) -> "Terms":
        """Those of a policy."""
        return cls(policy.headline_window_days, policy.renewal_days, policy.active_seat_days, policy.judge_by)


@dataclass(frozen=True, slots=True)
class Number:
    """One number: a family's name with its prefix, labels, and the value as whoever reads it may see it."""

    name: str
    labels: Mapping[str, str]
    value: float | str

    @property
    def own_labels(self) -> Mapping[str, str]:
        """The labels beside the community's."""
        return {name: of for name, of in self.labels.items() if name != COMMUNITY_LABEL}

    @property
    def series(self) -> Series:
        """The series that it is a day of."""
        return series(self.name.removeprefix("tenfold_"), **self.own_labels)


@dataclass(frozen=True, slots=True)
class SeriesValues:
    """One series of a family: its labels, and a value a day, as whoever reads it may see it."""

    labels: Mapping[str, str]
    values: Sequence[float | str | None]


class FamilyHistory(Document):
    """One family on every day from the first on."""

    community: str
    family: str
    first_day: date
    series: Sequence[SeriesValues]


def numbers_on(community: str, seen: Disclosure, day: date) -> list[Number]:
    """The numbers of a day, by name and labels."""
    found = seen.seen(seen.defined.on(day), day)
    return [Number(sample.name, labelled(community, sample.labels.items()), value) for sample, value in found]


def labelled(community: str, labels: Labels | Iterable[tuple[str, str]]) -> dict[str, str]:
    """Labels as /metrics has them: the community's before all others."""
    return {COMMUNITY_LABEL: community, **dict(labels)}
