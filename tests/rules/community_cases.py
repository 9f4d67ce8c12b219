"""Cases that are alike for every condition, as promtool reads them, made from what `alerts.toml` says.

Each story is what Prometheus saw of `tenfold_condition`, sample by sample (every 5 minutes; `_` nothing, `stale` a
scrape that failed), and at which moments the alert is expected to fire.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from infra.monitoring.prometheus.alerts import NUMBER, Alert, alerts, rule

INTERVAL: Final = "5m"
URL: Final = "https://tenfold.example.org"
NOT_KNOWN: Final = "(not known)"


class Story(NamedTuple):
    """What was scraped, and when somebody is told.

    Attributes:
        values: in promtool's notation; `1x11` is an hour.
        told: moments at which the alert fires.
        silent: moments at which it does not.
    """

    values: str
    told: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


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
    "the community is gone for two days": Story("1x47 stale _x720", told=("20h", "50h"), silent=("53h",)),
}


def cases() -> dict[str, Any]:
    """The whole file of tests, less which rules it is about."""
    return {"evaluation_interval": INTERVAL, "tests": [_case(name, story) for name, story in STORIES.items()]}


def _case(name: str, story: Story) -> dict[str, Any]:
    told = alerts()
    return {
        "name": name,
        "interval": INTERVAL,
        "external_labels": {"tenfold_url": URL},
        "input_series": [{"series": _series(one), "values": story.values.strip()} for one in told],
        "alert_rule_test": [case for one in told for case in _expected(one, story)],
    }


def _series(alert: Alert) -> str:
    return f'tenfold_condition{{job="tenfold", community="garden", condition="{alert.condition}"}}'


def _expected(alert: Alert, story: Story) -> Iterator[dict[str, Any]]:
    for moment in story.told:
        yield {"eval_time": moment, "alertname": alert.name, "exp_alerts": [_fired(alert)]}
    for moment in story.silent:
        yield {"eval_time": moment, "alertname": alert.name, "exp_alerts": []}


def _fired(alert: Alert) -> dict[str, Any]:
    """Without any number beside the condition, every number of its words is not known."""
    return {
        "exp_labels": {**rule(alert)["labels"], "community": "garden", "condition": alert.condition},
        "exp_annotations": {
            "summary": alert.summary.replace("{community}", "garden"),
            "description": NUMBER.sub(NOT_KNOWN, alert.description.replace("{community}", "garden")),
            "runbook_url": f"{URL}/runbook#{alert.condition}",
            "dashboard_url": f"{URL}/communities/garden",
        },
    }
