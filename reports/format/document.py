"""What is told as the documented JSON has it: what is not known is left out, and every part has a schema.

A document is a pydantic model; its parts are frozen dataclasses. Whoever writes one as JSON leaves out what is None:
`Document.as_json`, and FastAPI by `response_model_exclude_none`.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer

from projections.timeline.days import SECONDS_A_DAY


def iso_of(seconds: float) -> str:
    """A moment as ISO 8601 text."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return (moment.date() if seconds % SECONDS_A_DAY == 0 else moment).isoformat()


Moment = Annotated[datetime | date, PlainSerializer(lambda moment: moment.isoformat(), return_type=str)]
"""A moment, or its day alone where somebody may not read the hour, as ISO 8601."""
Seconds = Annotated[float, PlainSerializer(iso_of, return_type=str)]
"""A moment in seconds since the epoch, which JSON has as ISO 8601; its day alone where it is the begin of one."""
OrNull = Annotated[str, PlainSerializer(lambda words: words or None, return_type=str | None)]
"""A text whose absence the documented JSON tells as `null`."""


class Document(BaseModel):
    """Something that is told as JSON."""

    model_config = ConfigDict(frozen=True)

    def as_json(self) -> dict[str, Any]:
        """The documented JSON: dates as ISO 8601 text, what is not known left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
