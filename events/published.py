"""What was published when a day closed, so that the log knows it too."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from events.envelope import Data, Day, ImpersonalEvent, Text


class PublishedSample(Data):
    """One number: the metric's whole name, its labels and its value."""

    name: Annotated[str, Field(pattern=r"^tenfold_[a-z0-9_]+$")]
    labels: dict[Text, Text]
    value: float


class Publication(Data):
    """A day's numbers, with the code and the policy that made them.

    Attributes:
        policy: the digest of the policy in force.
    """

    day: Day
    samples: tuple[PublishedSample, ...]
    read_model_version: Annotated[int, Field(ge=0)]
    policy: Text


class DayPublished(ImpersonalEvent):
    """A day closed at 00:00 UTC with these numbers."""

    topic: ClassVar[str] = "published"
    type: Literal["tenfold.day.published.v1"] = "tenfold.day.published.v1"
    data: Publication

    @model_validator(mode="after")
    def _day_is_over(self) -> Self:
        if self.data.day >= self.time.date():
            raise ValueError("a day is published after it has ended")
        return self
