"""The past as OpenMetrics: what the strict parser reads is what the history holds, in the order the format asks."""

from collections.abc import Mapping
from datetime import date
from io import StringIO
from itertools import groupby
from typing import Any

import numpy as np
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from infra.monitoring.openmetrics import write
from projections.timeline.history import History, series

FIRST = date(2026, 1, 1)
END_OF_FIRST = 1767311999
DAY = 86400


def written(histories: Mapping[str, History], help_of: Mapping[str, str]) -> tuple[int, str]:
    output = StringIO()
    return write(histories, help_of, output), output.getvalue()


def read(text: str) -> list[Any]:
    return list(text_string_to_metric_families(text))  # type: ignore[no-untyped-call] # untyped there


def test_every_day_that_has_a_number_is_there_and_no_other() -> None:
    history = History(
        FIRST,
        {
            series("leaders", seats="nominal"): np.array([np.nan, 2.0, 3.0]),
            series("leaders", seats="active"): np.array([1.0, 1.0, np.nan]),
            series("active_contributors", window_days=90): np.array([5.0, 6.0, 7.5]),
        },
    )
    count, text = written({'a "b"\\': history}, {"leaders": 'Who leads, as "told".'})
    families = read(text)
    found = [
        (one.name, one.labels, float(str(one.timestamp)), one.value) for family in families for one in family.samples
    ]
    named = {"community": 'a "b"\\', "job": "tenfold"}
    assert found == [
        ("tenfold_active_contributors", {**named, "window_days": "90"}, END_OF_FIRST, 5.0),
        ("tenfold_active_contributors", {**named, "window_days": "90"}, END_OF_FIRST + DAY, 6.0),
        ("tenfold_active_contributors", {**named, "window_days": "90"}, END_OF_FIRST + 2 * DAY, 7.5),
        ("tenfold_leaders", {**named, "seats": "active"}, END_OF_FIRST, 1.0),
        ("tenfold_leaders", {**named, "seats": "active"}, END_OF_FIRST + DAY, 1.0),
        ("tenfold_leaders", {**named, "seats": "nominal"}, END_OF_FIRST + DAY, 2.0),
        ("tenfold_leaders", {**named, "seats": "nominal"}, END_OF_FIRST + 2 * DAY, 3.0),
    ]
    assert count == len(found)
    assert [family.documentation for family in families][1] == 'Who leads, as "told".'
    assert [name for name, _ in groupby(one[0] for one in found)] == sorted({one[0] for one in found})


def test_a_family_that_several_communities_have_stands_in_one_place() -> None:
    fern = History(FIRST, {series("leaders", seats="nominal"): np.array([2.0]), series("flows"): np.array([1.0])})
    moss = History(date(2026, 1, 2), {series("leaders", seats="nominal"): np.array([3.0, 4.0])})
    count, text = written({"moss": moss, "fern": fern}, {})
    assert [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")] == [
        "tenfold_flows",
        "tenfold_leaders",
    ]
    [flows, leaders] = read(text)
    assert [(one.labels["community"], one.value) for one in flows.samples] == [("fern", 1.0)]
    assert [(one.labels["community"], float(str(one.timestamp)), one.value) for one in leaders.samples] == [
        ("fern", END_OF_FIRST, 2.0),
        ("moss", END_OF_FIRST + DAY, 3.0),
        ("moss", END_OF_FIRST + 2 * DAY, 4.0),
    ]
    assert count == 4


def test_no_number_is_the_end_alone() -> None:
    assert written({"garden": History(FIRST, {})}, {}) == (0, "# EOF\n")
