"""The envelope that every event has: CloudEvents 1.0 and Tenfold's extension attributes.

``community``, ``source`` and ``id`` together identify an event, so that one repository may feed
two communities. Extension attributes that we don't know are allowed and ignored, as CloudEvents
asks; unknown fields of ``data`` are refused.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
"""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from events.identity import Identity
from events.personal import Personal

EARLIEST_TIME = datetime(1970, 1, 2, tzinfo=UTC)
"""An event before this never happened: some clock stood at zero."""

MAX_TIME_AHEAD = timedelta(hours=24)
"""How far an event's ``time`` may lie after the log's own timestamp of its record."""

MAX_PLAN_AHEAD = timedelta(days=50 * 365)
"""How far what is planned may lie after it: nobody's term of office is longer."""

MAX_COUNT = 1_000_000_000
"""People, events, and whatever else is counted one by one."""

MAX_EVENT_BYTES = 256 * 1024
"""A quarter of what the topics take, so that every dead letter still fits its topic."""

TOKEN_CHARACTERS = 512
TEXT_CHARACTERS = 2048
URL_CHARACTERS = 2048

NAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,62}$"
KIND_PATTERN = r"^[a-z][a-z0-9_]{0,62}$"
TOKEN_PATTERN = r"^[^\u0000-\u001f]+$"  # noqa: S105 - CloudEvents' String, no secret
TEXT_PATTERN = r"^[^\u0000]+$"
URL_PATTERN = r"^https?://[^\u0000-\u0020]+$"
JSON_CONTENT_PATTERN = r"^application/([A-Za-z0-9.+-]+\+)?json(;.*)?$"

Order = tuple[datetime, str, str]
"""Time, id and source of an event: what "the newest" goes by."""

RFC3339 = Annotated[datetime, msgspec.Meta(tz=True)]
"""A timestamp for msgspec. The models use its parser too, so both ways of decoding agree."""


def _parsed_time(value: object) -> object:
    return _parsed(value, RFC3339) if isinstance(value, str) else value


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time needs an offset from UTC")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("a time must lie in the years 1 to 9999 of UTC") from None


def _parsed_date(value: object) -> object:
    return _parsed(value, date) if isinstance(value, str) else value


def _parsed(text: str, kind: Any) -> object:
    try:
        return msgspec.convert(text, kind)
    except msgspec.ValidationError:
        raise ValueError("neither RFC 3339 nor a day") from None


Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""A community's or a team's name: it becomes a metric label and part of a page's address."""

Kind = Annotated[str, StringConstraints(pattern=KIND_PATTERN)]
Token = Annotated[str, StringConstraints(max_length=TOKEN_CHARACTERS, pattern=TOKEN_PATTERN)]
Text = Annotated[str, StringConstraints(max_length=TEXT_CHARACTERS, pattern=TEXT_PATTERN)]
Url = Annotated[str, StringConstraints(max_length=URL_CHARACTERS, pattern=URL_PATTERN)]
EventId = Annotated[Token, Personal.ID]
Who = Annotated[Token, Personal.IDENTITY]
"""An identity where there is one, else a name or a title, as whoever wrote it by hand put it."""

Evidence = Annotated[Url, Personal.LINK]
"""Where one can see that it happened, and so by whom."""

Moment = Annotated[datetime, BeforeValidator(_parsed_time), AfterValidator(_in_utc)]
"""An instant: RFC 3339 in, UTC inside, microseconds kept and anything finer rounded."""

Day = Annotated[date, BeforeValidator(_parsed_date)]


class When(StrEnum):
    """How a moment or a day in an event's data lies to when it was told; ``events.bounds`` holds it to that."""

    OBSERVED = "observed"
    """What was seen has been: it lies ahead by no more than clocks differ."""

    PLANNED = "planned"
    """It may lie ahead."""


ObservedMoment = Annotated[Moment, When.OBSERVED]
ObservedDay = Annotated[Day, When.OBSERVED]
PlannedMoment = Annotated[Moment, When.PLANNED]
PlannedDay = Annotated[Day, When.PLANNED]


def _countable(number: int) -> int:
    if number > MAX_COUNT:
        raise ValueError(f"more than {MAX_COUNT:,}")
    return number


Count = Annotated[int, Field(ge=0), AfterValidator(_countable)]
"""How many; the limit stands in no schema, since the schemas are released."""


class Data(BaseModel):
    """What an event says; nothing else may stand in it."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
    )


class Event(BaseModel):
    """One fact, as its source told it.

    Attributes:
        id: unique within community and source; contains what the event asserts.
        time: when it happened, at the source's clock.
        subject: whom it is about.
        team: a part of the community; absent means all of it.
        actor: who says so, where a person corrects by hand; outranks what sources say, in a topic of its own.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    topic: ClassVar[str]

    specversion: Literal["1.0"] = "1.0"
    id: EventId
    source: Token
    type: str
    time: Moment
    subject: Identity | None = None
    community: Name
    team: Name | None = None
    actor: Who | None = None
    datacontenttype: Annotated[str, Field(pattern=JSON_CONTENT_PATTERN)] | None = None
    data: Data

    @property
    def order(self) -> Order:
        """What "the newest" goes by: time, then id; the source only so that no tie is left to chance."""
        return self.time, self.id, self.source


class PersonalEvent(Event):
    """An event about one identity."""

    subject: Identity


class ImpersonalEvent(Event):
    """An event about no one in particular."""

    subject: None = None
