"""How a value reads, everywhere the same: `1,204`, `61 %`, `4.4 years`, `22 Aug 2026`.

Nothing else turns a number into digits: the sign of less is a minus, what rounds to nothing is 0 without a sign, and a
number that somebody may not see is "<5" or "not shown".
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from projections.metrics.unit import Unit
from projections.timeline.days import SECONDS_A_DAY, say_day

MINUS = "−"
NOT_SHOWN = "not shown"

Value = float | str | None
"""What somebody sees of a number: itself, "<5", or nothing."""


def format_value(value: Value, unit: Unit = Unit.COUNT) -> str:
    """A value as it reads: `1,204`, `61 %`, `+18 %`, `1.5×`, `6.1`, `22 Aug 2026`; a text as it is."""
    if value is None:
        return NOT_SHOWN
    return value if isinstance(value, str) else FORMATS[unit](value)


def digits(value: float, places: int = 0, *, sign: bool = False) -> str:
    """The digits of a number: `1,204`, `−0.3`, with a sign `+3`; what rounds to nothing has none."""
    text = f"{abs(value):,.{places}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{MINUS if value < 0 else '+' if sign else ''}{text}"


def percent(ratio: float, *, sign: bool = False) -> str:
    """A ratio in whole per cent, without the sign of per cent: `+18`, `−6`, `0`."""
    return digits(ratio * 100, sign=sign)


def fine_percent(ratio: float) -> str:
    """A share in tenths of per cent: `12.5 %`, where most hold a few per cent."""
    return f"{digits(ratio * 100, 1)} %"


def say_span(seconds: float) -> str:
    """A span of time as it reads: `4.4 years`, `7 months`, `12 days`, `5 hours`."""
    days = seconds / SECONDS_A_DAY
    if days < 1:
        return say_some(seconds / 3600, "hour") if seconds >= 3600 else say_some(seconds / 60, "minute")
    if days >= 730:
        return f"{digits(days / 365.25, 1)} years"
    return say_some(days / 30.44, "month") if days >= 60 else say_some(days, "day")


def say_some(amount: float, unit: str) -> str:
    """So many whole ones: `1 day`, `12 days`."""
    return f"{digits(amount)} {unit}{'' if round(amount) == 1 else 's'}"


def say_date(seconds: float) -> str:
    """The day of a moment as it reads: `2 Aug 2026`."""
    return say_day(datetime.fromtimestamp(seconds, UTC).date())


def say_moment(seconds: float) -> str:
    """A moment as it reads: `2 Aug 2026 18:03 UTC`; where it is a day, as that is all that some may see, the day."""
    day = say_date(seconds)
    return day if seconds % SECONDS_A_DAY == 0 else f"{day} {datetime.fromtimestamp(seconds, UTC):%H:%M} UTC"


FORMATS: Mapping[Unit, Callable[[float], str]] = {
    **dict.fromkeys((Unit.COUNT, Unit.PEOPLE, Unit.STATE), digits),
    Unit.SHARE: lambda value: f"{percent(value)} %",
    Unit.CHANGE: lambda value: f"{percent(value, sign=True)} %",
    Unit.TIMES: lambda value: f"{digits(value, 1)}×",
    Unit.MOMENT: say_date,
    **dict.fromkeys((Unit.TENTHS, Unit.DAYS), lambda value: digits(value, 1)),
    Unit.INDEX: lambda value: digits(value, 2),
    Unit.DIFFERENCE: lambda value: digits(value, sign=True),
    Unit.SPAN: say_span,
}
"""How a value of each unit reads."""
