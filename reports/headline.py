"""The numbers of a day as a person reads them: sentence, reach, ledger, goal. Pure.

The page and the text report both show it, so they say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from projections.community.sources import BY_HAND
from projections.disclosure.view import Disclosure
from projections.growth.goal import Goal
from projections.metrics.unit import Unit
from projections.timeline.days import SECONDS_A_DAY, number_of, say_day
from projections.timeline.history import History, series
from reports.format.values import format_value, percent, say_moment

Value = float | str | None

SILENT_DAYS = 2
"""A source read this lately counts as read to today (DEFINITIONS, "Source checks")."""

NO_EVENT = "No event yet."
NOT_SHOWN = "On which day the last event was is not shown: too few people contribute."

VERDICTS = {
    "growing": "Growing",
    "flat": "Flat",
    "shrinking": "Shrinking",
    "unknown": "Unknown",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "are we growing?": its state, in words, and the sentence that gives it."""

    state: str
    word: str
    rest: str

    @property
    def sentence(self) -> str:
        """The whole answer in one line."""
        return f"{self.word}: {self.rest}" if self.rest else f"{self.word}."


@dataclass(frozen=True, slots=True)
class Ledger:
    """start + new + returned − lapsed = end, between two days."""

    start_day: date
    end_day: date
    start: str
    new: str
    returned: str
    lapsed: str
    end: str
    corrections: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """How far one source has been read."""

    name: str
    last_event: float | None
    checked: float | None

    @property
    def sentence(self) -> str:
        """When it last spoke, and up to when it was read, as far as either is known or shown."""
        moments = {"last event": self.last_event, "read through": self.checked}
        return ", ".join(f"{what} {say_moment(moment)}" for what, moment in moments.items() if moment)


def verdict(seen: Disclosure, day: date, reason: str = "") -> Verdict:
    """The verdict of a day, with its change and interval wherever they may be seen.

    Args:
        seen: The numbers.
        day: The day asked about.
        reason: Why there is none, where there is none.
    """
    state = next((s for s in VERDICTS if seen.value(series("growth_verdict", verdict=s), day) == 1), "unknown")
    if state == "unknown":
        return Verdict(state, VERDICTS[state], reason)
    change, low, high = (seen.value(series(f"growth_change_{name}ratio"), day) for name in ("", "low_", "high_"))
    if not (isinstance(change, float) and isinstance(low, float) and isinstance(high, float)):
        return Verdict(state, VERDICTS[state], "over too few people to say by how much")
    interval = f"({percent(low)} to {percent(high)} %)"
    return Verdict(state, VERDICTS[state], f"{format_value(change, Unit.CHANGE)} on a year ago {interval}")


def ledger(seen: Disclosure, day: date, window_days: int) -> Ledger | None:
    """How the active of a window's start became those of its end; nothing where nobody ever contributed by then."""
    start_day, active = day - timedelta(days=window_days), series("active_contributors", window_days=window_days)
    if seen.is_absent(active, day):
        return None
    value = {
        name: seen.value(series(f"{name}_contributors", window_days=window_days), day)
        for name in ("active", "new", "returned", "lapsed")
    }
    start = 0.0 if seen.is_absent(active, start_day) else seen.value(active, start_day)
    corrections = seen.value(series("growth_corrections", window_days=window_days), day)
    return Ledger(
        start_day,
        day,
        _said(start),
        _said(value["new"]),
        _said(value["returned"]),
        _said(value["lapsed"]),
        _said(value["active"]),
        corrections=_said(corrections) if corrections else None,
    )


def goal(seen: Disclosure, day: date, held: Goal | None = None) -> str | None:
    """The goal and where the community stands, in two sentences; nothing without a goal.

    Args:
        seen: The numbers.
        day: The day asked about.
        held: The goal that holds on it, once the facts were read: it says what it aims at.
    """
    names = ("goal_baseline_contributors", "goal_due_timestamp_seconds", "goal_target_contributors")
    baseline, due, target = (seen.value(series(name), day) for name in names)
    if baseline is None or due is None or target is None:
        return None
    way = f"From {format_value(baseline)} contributors" + (f" to {format_value(held.aim)}" if held else "")
    ratio = seen.value(series("growth_ratio", coverage="same_sources"), day)
    path = seen.value(series("growth_path_ratio"), day)
    stands = f"The target line is at {format_value(target)} by now"
    if ratio is not None and path is not None:
        stands = (
            f"We are at {format_value(ratio, Unit.TIMES)} the start, and at {format_value(path, Unit.SHARE)} of where "
            f"the target line is by now, {format_value(target)}"
        )
    return f"{way} by {format_value(due, Unit.MOMENT)}. {stands}{_eta(seen, day)}."


def sources(history: History, day: date) -> list[Source]:
    """How far each source has been read, by name."""
    names: set[str] = set()
    moments: dict[tuple[str, str], float] = {}
    for kind in ("last_event", "checked"):
        for labels, _ in history.family(f"tenfold_source_{kind}_timestamp_seconds"):
            name = dict(labels)["source"]
            value = history.value((f"tenfold_source_{kind}_timestamp_seconds", labels), day)
            if value == value:  # noqa: PLR0124 # NaN is the one value that is not itself
                moments[name, kind] = value
                names.add(name)
    return [Source(name, moments.get((name, "last_event")), moments.get((name, "checked"))) for name in sorted(names)]


def opening_day(history: History, today: date) -> date:
    """The day a report opens on when nobody names one.

    Today, as long as the sources are read. Where sources say how far they were read and none was
    read lately (an example, or an import made once), silence since then means nothing, so the
    report opens on the last day that the data reaches; what was recorded by hand since is no data
    of that kind.
    """
    known = sources(history, min(today, history.last_day))
    checks = [source.checked for source in known if source.checked]
    if not checks:
        return today
    newest = max(checks + [source.last_event for source in known if source.last_event and source.name != BY_HAND])
    reach = datetime.fromtimestamp(newest, UTC).date()
    return reach if (today - reach).days > SILENT_DAYS else today


def reach(seen: Disclosure, day: date) -> str:
    """How far the data reaches, in a sentence."""
    return reach_of(sources(seen.history, day)) or (NOT_SHOWN if sources(seen.defined, day) else NO_EVENT)


def reach_of(known: Sequence[Source]) -> str:
    """The same of some sources; nothing where none says anything."""
    heard = [source for source in known if source.last_event and source.name != BY_HAND]
    events = [source.last_event or 0.0 for source in heard or known if source.last_event]
    data = f"Data reaches {say_day(datetime.fromtimestamp(max(events), UTC).date())}" if events else ""
    checked = [source for source in known if source.checked]
    spoken = checked or heard or known
    if not checked:
        return f"{data}, the last event of {_many(spoken)}." if data else ""
    read = f"{_many(spoken)} read through {say_moment(max(one.checked or 0 for one in checked))}."
    return f"{data}; {read}" if data else f"{read[0].upper()}{read[1:]}"


def _many(spoken: Sequence[Source]) -> str:
    return f"{len(spoken)} sources" if len(spoken) > 1 else spoken[0].name


def _said(value: Value) -> str:
    """A number that there is; one that disclosure hides is not shown."""
    return "not shown" if value is None else format_value(value)


def _eta(seen: Disclosure, day: date) -> str:
    earliest = seen.value(series("goal_eta_earliest_timestamp_seconds"), day)
    latest = seen.value(series("goal_eta_latest_timestamp_seconds"), day)
    if not (isinstance(earliest, float) and isinstance(latest, float)):
        return ""
    if min(earliest, latest) < number_of(day) * SECONDS_A_DAY:
        return ""
    between = f"{format_value(earliest, Unit.MOMENT)} and {format_value(latest, Unit.MOMENT)}"
    return f". At this pace it is reached between {between}"
