"""The charts of a community's page, and how the server draws them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import vl_convert
from markupsafe import Markup

from reports.charts import charts
from reports.charts import leadership as leadership_charts
from reports.charts.drawing import Spec, still
from reports.view import View


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as the server drew it, and what it says in words."""

    drawing: Markup
    words: str


CHARTS: Mapping[str, Callable[[View], Spec]] = {
    "growth": lambda view: charts.growth(view.history, view.report.as_of, view.window_days),
    "weekly": lambda view: charts.weekly(view.history, view.report.as_of),
}
"""The charts of a community's page, by name."""

LEADERSHIP_CHARTS: Mapping[str, Callable[[View], Spec]] = {
    "leaders": lambda view: leadership_charts.leaders(view.history, view.report.as_of, view.judge_by),
    "beside": lambda view: leadership_charts.beside(view.history, view.report.as_of, view.judge_by, view.window_days),
    "strength": lambda view: leadership_charts.strength_chart(view.history, view.report.as_of, view.judge_by),
}
"""Those about leadership."""


def charts_of(view: View) -> Mapping[str, Callable[[View], Spec]]:
    """The charts that a page has."""
    told = view.report.leadership
    return {**CHARTS, **(LEADERSHIP_CHARTS if told and told.is_told else {})}


def drawings(view: View) -> Mapping[str, Drawing]:
    """Those charts, drawn."""
    return {name: _drawn(chart(view)) for name, chart in charts_of(view).items()}


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))


def _drawn(spec: Spec) -> Drawing:
    """Renders a chart as SVG; its colours are variables of the style sheet of the page around it."""
    svg = _svg(json.dumps(still(spec)))
    return Drawing(Markup(svg), str(spec["description"]))  # noqa: S704 # drawn from numbers
