"""How a value reads: `1,204`, `61 %`, `4.4 years`, `22 Aug 2026`."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from projections.metrics.unit import Unit
from projections.timeline.days import SECONDS_A_DAY, say_day

MINUS = "−"


def format_value(value: float | str, unit: Unit = Unit.COUNT) -> str:
    """A value as it reads: `1,204`, `61 %`, `+18 %`, `1.5×`, `6.1`, `22 Aug 2026`; a text as it is."""
    return value if isinstance(value, str) else SAID[unit](value)


def say_span(seconds: float) -> str:
    """A span of time as it reads: `4.4 years`, `7 months`, `12 days`, `5 hours`."""
    days = seconds / SECONDS_A_DAY
    if days < 1:
        amount, unit = (seconds / 3600, "hour") if seconds >= 3600 else (seconds / 60, "minute")
        return f"{amount:.0f} {unit}{'' if round(amount) == 1 else 's'}"
    if days >= 730:
        return f"{days / 365.25:.1f} years"
    if days >= 60:
        return f"{days / 30.44:.0f} months"
    return f"{days:.0f} day{'' if round(days) == 1 else 's'}"


SAID: Mapping[Unit, Callable[[float], str]] = {
    **dict.fromkeys((Unit.COUNT, Unit.PEOPLE, Unit.STATE), lambda value: f"{value:,.0f}".replace("-", MINUS)),
    Unit.SHARE: lambda value: f"{value * 100:.0f} %",
    Unit.CHANGE: lambda value: percent(value, sign=True) + " %",
    Unit.TIMES: lambda value: f"{value:.1f}×",
    Unit.MOMENT: lambda value: say_day(datetime.fromtimestamp(value, UTC).date()),
    **dict.fromkeys((Unit.TENTHS, Unit.DAYS), lambda value: f"{value:,.1f}"),
    Unit.INDEX: lambda value: f"{value:.2f}",
    Unit.DIFFERENCE: lambda value: f"{value:+,.0f}".replace("-", MINUS) if value else "0",
    Unit.SPAN: say_span,
}
"""How a value of each unit reads."""


def percent(ratio: float, *, sign: bool = False) -> str:
    """A ratio in whole per cent, without the sign of per cent: `+18`, `−6`, `0`."""
    text = f"{ratio * 100:+.0f}" if sign else f"{ratio * 100:.0f}"
    return "0" if text.strip("+-") == "0" else text.replace("-", MINUS)


def say_moment(seconds: float) -> str:
    """A moment as it reads: `2 Aug 2026 18:03 UTC`; where it is a day, as that is all that some may see, the day."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return say_day(moment.date()) if seconds % SECONDS_A_DAY == 0 else f"{say_day(moment.date())} {moment:%H:%M} UTC"
