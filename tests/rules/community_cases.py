"""Cases that are alike for every condition, as promtool reads them, made from the records of the conditions.

Each story is what Prometheus saw of `tenfold_condition`, sample by sample (every 5 minutes; `_` nothing, `stale` a
scrape that failed), and at which moments the alert is expected to fire. In the last one the numbers of its words are
there too. So a new condition has its stories from its record; what is told of one alone stands in a file by hand.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from infra.monitoring.prometheus.alerts import NUMBER, alert_name
from projections.conditions.catalog import CONDITIONS
from projections.metrics.condition import Condition

INTERVAL: Final = "5m"
URL: Final = "https://tenfold.example.org"


class Story(NamedTuple):
    """What was scraped, and when somebody is told.

    Attributes:
        values: in promtool's notation; `1x11` is an hour.
        told: moments at which the alert fires.
        silent: moments at which it does not.
        numbers: whether the numbers of its words are known.
        up: whether the server answers, from when on it does not, in the same notation; without it nobody says.
    """

    values: str
    told: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    numbers: bool = False
    up: str = ""


STORIES: Final[Mapping[str, Story]] = {
    "holds": Story("0x11 1x60", told=("3h5m", "6h"), silent=("50m", "2h50m")),
    "does not hold": Story("0x360", silent=("2h", "10h", "30h")),
    "held for less than two hours": Story("0x11 1x20 0x360", silent=("2h", "3h5m", "10h")),
    "is over": Story("1x47 0x720", told=("3h", "26h"), silent=("30h", "50h")),
    "the server restarts while it holds": Story("1x30 stale _x2 1x60", told=("2h5m", "2h40m", "5h")),
    "the server restarts while it is pending": Story("1x11 stale _x2 1x60", told=("2h5m", "5h"), silent=("1h50m",)),
    "the server restarts while all is well": Story("0x30 stale _x2 0x60", silent=("2h40m", "5h")),
    "every other scrape fails": Story("1 stale " * 40, told=("2h5m", "3h10m"), silent=("1h50m",)),
    "every other scrape fails while all is well": Story("0 stale " * 40, silent=("2h5m", "3h10m")),
    "nothing for twenty hours": Story("1x47 stale _x240 1x60", told=("3h", "14h", "23h", "28h")),
    "nothing for twenty hours while all is well": Story("0x47 stale _x240 0x60", silent=("3h", "14h", "23h", "28h")),
    "an hour without Prometheus": Story("1x47 _x11 1x60", told=("3h", "4h30m", "5h5m", "9h")),
    "an hour without Prometheus while all is well": Story("0x47 _x11 0x60", silent=("3h", "4h30m", "5h5m", "9h")),
    "the community is gone for two days": Story("1x47 stale _x720", told=("20h", "50h"), silent=("53h",), up="1x768"),
    "the server is away for a week": Story(
        "1x47 stale _x2016 0x400", told=("3h", "50h", "110h", "168h"), silent=("200h",), up="1x47 0x2016 1x400"
    ),
    "the server is away for a week while all is well": Story(
        "0x47 stale _x2016", silent=("50h", "168h"), up="1x47 0x2016"
    ),
    "the numbers of its words are known": Story("1x60", told=("3h",), numbers=True),
}
NOT_KNOWN: Final = "(not known)"
KNOWN: Final = {
    "share": ("0.4251", "43 %"),
    "change": ("-0.118", "-12 %"),
    "count": ("142.9", "143"),
    "decimal": ("4.1753", "4.2"),
    "day": ("1779408000", "22 May 2026"),
}
"""By format, a number as it is scraped and as it reads."""


def cases() -> dict[str, Any]:
    """The whole file of tests, less which rules it is about."""
    return {"evaluation_interval": INTERVAL, "tests": [_case(name, story) for name, story in STORIES.items()]}


def _case(name: str, story: Story) -> dict[str, Any]:
    told = list(CONDITIONS.values())
    scraped = {_series("condition", "condition", one.name): story.values.strip() for one in told}
    for found in (found for one in told for found in NUMBER.finditer(one.meaning) if story.numbers):
        scraped[_series(found["family"], found["label"], found["value"])] = f"{KNOWN[found['format']][0]}x60"
    if story.up:
        scraped['up{job="tenfold", instance="a"}'] = story.up
    return {
        "name": name,
        "interval": INTERVAL,
        "external_labels": {"tenfold_url": URL},
        "input_series": [{"series": series, "values": values} for series, values in scraped.items()],
        "alert_rule_test": [case for one in told for case in _expected(one, story)],
    }


def _series(family: str, label: str | None, value: str | None) -> str:
    own = f', {label}="{value}"' if label else ""
    return f'tenfold_{family}{{job="tenfold", community="garden"{own}}}'


def _expected(condition: Condition, story: Story) -> Iterator[dict[str, Any]]:
    for moment in story.told:
        fired = [_fired(condition, numbers=story.numbers)]
        yield {"eval_time": moment, "alertname": alert_name(condition), "exp_alerts": fired}
    for moment in story.silent:
        yield {"eval_time": moment, "alertname": alert_name(condition), "exp_alerts": []}


def _fired(condition: Condition, *, numbers: bool) -> dict[str, Any]:
    def said(found: re.Match[str]) -> str:
        return KNOWN[found["format"]][1] if numbers else NOT_KNOWN

    return {
        "exp_labels": {"severity": condition.severity, "community": "garden", "condition": condition.name},
        "exp_annotations": {
            "summary": condition.headline.replace("{community}", "garden"),
            "description": NUMBER.sub(said, condition.meaning.replace("{community}", "garden")),
            "runbook_url": f"{URL}/runbook#{condition.name}",
            "dashboard_url": f"{URL}/communities/garden",
        },
    }
