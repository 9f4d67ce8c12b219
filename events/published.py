"""What was published when a day closed, so that the log knows it too."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from events.envelope import Count, Data, ImpersonalEvent, ObservedDay, Text

SERVER = "tenfold"
"""The source of what was published: the server itself."""
MAX_VALUE = 2.0**53
"""Beyond, not every whole number is one."""
_PART = "/part-"


def part_of(whole: str, number: int) -> str:
    """Return the id of a part of a publication that is too large for one event.

    Args:
        whole: the id of the event that holds the rest, and is sent once all parts are in the log.
        number: of the part, from 1 on.
    """
    return f"{whole}{_PART}{number}"


def whole_of(id_: str) -> str:
    """Return the id of the event that ends a publication: the event's own, unless it is a part."""
    return id_.partition(_PART)[0]


def _sane(value: float) -> float:
    if abs(value) > MAX_VALUE:
        raise ValueError("no number of a community is that large")
    return value


class PublishedSample(Data):
    """One number: the metric's whole name, its labels and its value."""

    name: Annotated[str, Field(pattern=r"^tenfold_[a-z0-9_]+$")]
    labels: dict[Text, Text]
    value: Annotated[float, AfterValidator(_sane)]


class Publication(Data):
    """A day's numbers, with the code and the policy that made them.

    Attributes:
        policy: the digest of the policy in force.
    """

    day: ObservedDay
    samples: tuple[PublishedSample, ...]
    read_model_version: Count
    policy: Text


class DayPublished(ImpersonalEvent):
    """A day closed at 00:00 UTC with these numbers.

    Too many for one event are told in parts; then these are the last of them.
    """

    topic: ClassVar[str] = "published"
    type: Literal["tenfold.day.published.v1"] = "tenfold.day.published.v1"
    data: Publication

    @model_validator(mode="after")
    def _day_is_over(self) -> Self:
        if self.data.day >= self.time.date():
            raise ValueError("a day is published after it has ended")
        return self
