"""How numbers are said to people: what a family is called, in which group, and how a value reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

MINUS = "−"


class Unit(StrEnum):
    """How a value reads."""

    COUNT = "count"
    SHARE = "share"
    CHANGE = "change"
    TIMES = "times"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Wording:
    """A family in words: its group and name on a page, and how its values read."""

    group: str
    title: str
    unit: Unit = Unit.COUNT


ACTIVITY, TEAMS, EXCLUDED, ONION, GROWTH, GOAL, SOURCES = (
    "Who is here",
    "Teams",
    "Left out of every number",
    "How work is spread",
    "Growth",
    "Goal",
    "Sources",
)
OTHER = "Other numbers"

WORDINGS: Mapping[str, Wording] = {
    "tenfold_active_contributors": Wording(ACTIVITY, "Active contributors"),
    "tenfold_recurring_contributors": Wording(ACTIVITY, "Recurring contributors"),
    "tenfold_new_contributors": Wording(ACTIVITY, "New"),
    "tenfold_returned_contributors": Wording(ACTIVITY, "Returned"),
    "tenfold_lapsed_contributors": Wording(ACTIVITY, "Lapsed"),
    "tenfold_growth_corrections": Wording(ACTIVITY, "Corrections"),
    "tenfold_newcomers": Wording(ACTIVITY, "Newcomers"),
    "tenfold_retention_ratio": Wording(ACTIVITY, "Retention", Unit.SHARE),
    "tenfold_contributions": Wording(ACTIVITY, "Contributions"),
    "tenfold_team_active_contributors": Wording(TEAMS, "Active"),
    "tenfold_core_contributors_by_volume": Wording(ONION, "Core by volume"),
    "tenfold_regular_contributors_by_volume": Wording(ONION, "Regular by volume"),
    "tenfold_casual_contributors_by_volume": Wording(ONION, "Casual by volume"),
    "tenfold_contributor_absence_factor": Wording(ONION, "Contributor absence factor"),
    "tenfold_elephant_factor": Wording(ONION, "Elephant factor"),
    "tenfold_departure_exposure_ratio": Wording(ONION, "Would go with the largest", Unit.SHARE),
    "tenfold_newcomer_share_ratio": Wording(ONION, "Newcomer share", Unit.SHARE),
    "tenfold_affiliation_known_ratio": Wording(ONION, "Affiliation known", Unit.SHARE),
    "tenfold_growth_verdict": Wording(GROWTH, "Verdict"),
    "tenfold_weekly_contributors": Wording(GROWTH, "Contributors in the last week"),
    "tenfold_growth_change_ratio": Wording(GROWTH, "Change on a year ago", Unit.CHANGE),
    "tenfold_growth_change_low_ratio": Wording(GROWTH, "Change, at least", Unit.CHANGE),
    "tenfold_growth_change_high_ratio": Wording(GROWTH, "Change, at most", Unit.CHANGE),
    "tenfold_goal_baseline_contributors": Wording(GOAL, "Baseline"),
    "tenfold_goal_target_contributors": Wording(GOAL, "Path"),
    "tenfold_growth_ratio": Wording(GOAL, "Growth ratio", Unit.TIMES),
    "tenfold_growth_path_ratio": Wording(GOAL, "Share of the path", Unit.SHARE),
    "tenfold_goal_due_timestamp_seconds": Wording(GOAL, "Due", Unit.MOMENT),
    "tenfold_goal_eta_earliest_timestamp_seconds": Wording(GOAL, "Reached, earliest", Unit.MOMENT),
    "tenfold_goal_eta_latest_timestamp_seconds": Wording(GOAL, "Reached, latest", Unit.MOMENT),
    "tenfold_excluded_contributions": Wording(EXCLUDED, "Contributions by"),
    "tenfold_source_checked_timestamp_seconds": Wording(SOURCES, "Read through", Unit.MOMENT),
    "tenfold_source_last_event_timestamp_seconds": Wording(SOURCES, "Last event", Unit.MOMENT),
}


def wording(family: str) -> Wording:
    """A family in words; its own name where nobody wrote any."""
    name = family.removeprefix("tenfold_").replace("_", " ").capitalize()
    return WORDINGS.get(family) or Wording(OTHER, name)


def place(family: str) -> int:
    """Where a family stands in reading order; those that nobody worded come last."""
    names = list(WORDINGS)
    return names.index(family) if family in WORDINGS else len(names)


def label_words(labels: Mapping[str, str]) -> str:
    """Labels beside the window as they read after a family's title: `person, of volume`."""
    named = {"of": "of {}", "window_days": "{} days"}
    places = sorted(labels, key=lambda name: (name in named, name))
    return ", ".join(named.get(name, "{}").format(labels[name]) for name in places)


def say(value: float | str, unit: Unit = Unit.COUNT) -> str:
    """A value as it reads: `1,204`, `61 %`, `+18 %`, `1.5×`, `22 Aug 2026`; a text as it is."""
    if isinstance(value, str):
        return value
    match unit:
        case Unit.COUNT:
            return f"{value:,.0f}".replace("-", MINUS)
        case Unit.SHARE:
            return f"{value * 100:.0f} %"
        case Unit.CHANGE:
            return percent(value, sign=True) + " %"
        case Unit.TIMES:
            return f"{value:.1f}×"
        case Unit.MOMENT:
            return say_day(datetime.fromtimestamp(value, UTC).date())


def percent(ratio: float, *, sign: bool = False) -> str:
    """A ratio in whole per cent, without the sign of per cent: `+18`, `−6`, `0`."""
    text = f"{ratio * 100:+.0f}" if sign else f"{ratio * 100:.0f}"
    return "0" if text.strip("+-") == "0" else text.replace("-", MINUS)


def say_day(day: date) -> str:
    """A day as it reads: `2 Aug 2026`."""
    return f"{day.day} {day:%b} {day.year}"


def say_moment(seconds: float) -> str:
    """A moment as it reads: `2 Aug 2026 18:03 UTC`."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{say_day(moment.date())} {moment:%H:%M} UTC"
