import json
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pytest
import vl_convert

from projections.timeline.history import History, series
from reports.charts import charts
from reports.charts import leadership as leadership_charts
from reports.charts.drawing import Spec, still
from tests.support.made_up_community import FIRST_DAY, LAST_DAY

SPECS: Mapping[str, Callable[[History, date], Spec]] = {
    "growth": lambda history, day: charts.growth(history, day, 90),
    "weekly": charts.weekly,
    "leaders": lambda history, day: leadership_charts.leaders(history, day, "nominal"),
    "beside": lambda history, day: leadership_charts.beside(history, day, "nominal", 90),
    "strength": lambda history, day: leadership_charts.strength_chart(history, day, "nominal"),
}


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.parametrize("day", [LAST_DAY, FIRST_DAY, date(2019, 1, 1), date(2024, 2, 29)])
def test_a_chart_draws(history: History, name: str, day: date) -> None:
    spec = SPECS[name](history, day)
    svg = vl_convert.vegalite_to_svg(json.dumps(still(spec)))
    assert svg.startswith("<svg")
    assert "style=" not in svg, "the content security policy refuses inline styles"
    assert "<script" not in svg


def test_a_chart_ends_on_its_day(history: History) -> None:
    rows = charts.growth(history, date(2024, 2, 29), 90)["data"]["values"]
    assert rows[-1]["day"] == "2024-02-29"
    assert rows[-1]["Active"] == history.value(series("active_contributors", window_days=90), date(2024, 2, 29))


def test_a_week_stands_beside_the_same_week_a_year_before(history: History) -> None:
    rows = charts.weekly(history, LAST_DAY)["data"]["values"]
    assert rows[-1]["day"] == "2026-08-16", "the last Sunday that is over"
    key = series("weekly_contributors")
    assert rows[-1][charts.WEEK] == history.value(key, date(2026, 8, 16))
    assert rows[-1][charts.YEAR_BEFORE] == history.value(key, date(2025, 8, 17))


def test_a_sunday_closes_its_week(history: History) -> None:
    assert charts.weekly(history, date(2026, 8, 16))["data"]["values"][-1]["day"] == "2026-08-16"


def test_an_absent_goal_has_no_line(history: History) -> None:
    some = {key: values for key, values in history.series.items() if "goal" not in key[0]}
    spec = charts.growth(History(FIRST_DAY, some), LAST_DAY, 90)
    assert spec["layer"][0]["transform"][0]["fold"] == ["Active", "Recurring"]


def test_hidden_numbers_are_not_drawn() -> None:
    key = series("active_contributors", window_days=90)
    history = History(FIRST_DAY, {key: np.array([np.nan, 7.0])})
    rows = charts.growth(history, date(2020, 3, 3), 90)["data"]["values"]
    assert rows[-1]["Active"] == 7


def test_every_colour_is_one_of_the_style_sheet(history: History) -> None:
    text = json.dumps([spec(history, LAST_DAY) for spec in SPECS.values()])
    assert "#" not in text.replace('"#/', ""), "a fixed colour would not follow dark mode"


def test_charts_of_leadership_share_their_days(history: History) -> None:
    days = [[row["day"] for row in SPECS[name](history, LAST_DAY)["data"]["values"]] for name in ("leaders", "beside")]
    assert days[0] == days[1]
    assert days[0][0] >= "2021-07-15", "the 500th day: no role was recorded before"


def test_strength_is_stacked_from_covered_up(history: History) -> None:
    spec = leadership_charts.strength_chart(history, LAST_DAY, "nominal")
    assert spec["data"]["values"][-1] == {"day": str(LAST_DAY), "Covered": 2, "Thin": 1, "Vacant": 1, "Inherited": 1}
    assert spec["description"] == f"Scopes by strength on {LAST_DAY}: 2 covered, 1 thin, 1 vacant, 1 inherited."
