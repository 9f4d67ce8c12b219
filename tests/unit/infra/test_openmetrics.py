"""The past as OpenMetrics: what the strict parser reads is what the history holds, in the order the format asks."""

from datetime import date
from itertools import groupby

import numpy as np
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from infra.openmetrics import END, lines
from projections.history import History, series

FIRST = date(2026, 1, 1)
END_OF_FIRST = 1767311999


def test_every_day_that_has_a_number_is_there_and_no_other() -> None:
    history = History(
        FIRST,
        {
            series("leaders", seats="nominal"): np.array([np.nan, 2.0, 3.0]),
            series("leaders", seats="active"): np.array([1.0, 1.0, np.nan]),
            series("active_contributors", window_days=90): np.array([5.0, 6.0, 7.5]),
        },
    )
    text = "".join(lines('a "b"\\', history, {"leaders": 'Who leads, as "told".'})) + END
    families = list(text_string_to_metric_families(text))  # type: ignore[no-untyped-call] # untyped there
    found = [
        (one.name, one.labels, float(str(one.timestamp)), one.value) for family in families for one in family.samples
    ]
    named = {"community": 'a "b"\\', "job": "tenfold"}
    day = 86400
    assert found == [
        ("tenfold_active_contributors", {**named, "window_days": "90"}, END_OF_FIRST, 5.0),
        ("tenfold_active_contributors", {**named, "window_days": "90"}, END_OF_FIRST + day, 6.0),
        ("tenfold_active_contributors", {**named, "window_days": "90"}, END_OF_FIRST + 2 * day, 7.5),
        ("tenfold_leaders", {**named, "seats": "active"}, END_OF_FIRST, 1.0),
        ("tenfold_leaders", {**named, "seats": "active"}, END_OF_FIRST + day, 1.0),
        ("tenfold_leaders", {**named, "seats": "nominal"}, END_OF_FIRST + day, 2.0),
        ("tenfold_leaders", {**named, "seats": "nominal"}, END_OF_FIRST + 2 * day, 3.0),
    ]
    assert [family.documentation for family in families][1] == 'Who leads, as "told".'
    assert [name for name, _ in groupby(one[0] for one in found)] == sorted({one[0] for one in found})


def test_no_number_is_the_end_alone() -> None:
    assert "".join(lines("garden", History(FIRST, {}), {})) + END == "# EOF\n"
