"""Pages as HTML: pure functions of the numbers of a community, a day and a viewer."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from infra.server.assets import Assets
from infra.server.banners import banners
from infra.terminal.visible import visible
from projections.timeline.days import say_day
from reports.charts.page import drawings
from reports.format.labels import step_words
from reports.format.values import fine_percent
from reports.format.words import begun, counted
from reports.portfolio import COLUMNS, Line
from reports.report import Report
from reports.stage.titles import MILESTONES, RISKS, STATE_WORDS, SUCCESS
from reports.text import collaboration as collaboration_text
from reports.text import mentoring as mentoring_text
from reports.text import pathway as pathway_text
from reports.text import since as since_text
from reports.text.conditions import ended
from reports.text.numbers import every_table
from reports.text.pathway import cells
from reports.view import Links, View

STAGE_WORDS = {"milestones": MILESTONES, "success": SUCCESS, "risks": RISKS, "states": STATE_WORDS}
"""How the page calls what the stage is judged by."""


class Pages:
    """Renders templates."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._templates = Environment(
            loader=PackageLoader("infra.server"),
            autoescape=True,
            finalize=_plain,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "day": say_day,
            "unbroken": _unbroken,
            "begun": begun,
            "code": _code,
            "share": _share,
        }
        self._templates.globals |= {"version": version("tenfold"), "counted": counted}

    def render(self, template: str, **values: Any) -> str:
        """One template."""
        return self._templates.get_template(template).render(assets=self._assets, **values)

    def community(self, view: View, **values: Any) -> str:
        """The page of a community."""
        return self.render(
            "community.html", **_content(view, Links(view.report.community, view.report.as_of)), **values
        )

    def saved(self, view: View) -> str:
        """The same page as one file that needs nothing else: no script, no links, its own style."""
        links = Links(view.report.community, view.report.as_of, live=False)
        return self.render("saved.html", style=self._style, **_content(view, links))

    def saved_communities(self, lines: Sequence[Line], state: str) -> str:
        """All communities side by side as one file; where there are none, what to do about it."""
        shown = sorted(lines, key=lambda one: one.community)
        return self.render(
            "saved_communities.html", style=self._style, lines=shown, columns=COLUMNS, state=state, live=False
        )

    @property
    def _style(self) -> Markup:
        return Markup(self._assets.style.body.decode())  # noqa: S704 # our own file


def _plain(value: Any) -> Any:
    """What others wrote, with every character named that would turn the order of the words around it."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _unbroken(words: str) -> str:
    """Keeps numbers with their unit, and an interval, each on one line."""
    before, bracket, interval = words.partition("(")
    return before.replace(" %", "\u00a0%") + bracket + interval.replace(" ", "\u00a0")


def _code(words: str) -> Markup:
    """Words between backticks as code."""
    parts = words.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _share(share: float) -> str:
    """Somebody's share of leadership, on one line."""
    return fine_percent(share).replace(" ", "\u00a0")


def _content(view: View, links: Links) -> dict[str, Any]:
    report = view.report
    return {
        "report": report,
        "links": links,
        "today": view.today,
        "window_days": view.window_days,
        "judge_by": view.judge_by,
        "banners": banners(view) if links.live else [],
        "charts": drawings(view),
        "growth_about": f"People with active work within {view.window_days} days, on every day.",
        "ended": list(ended(report.conditions)),
        "stage_words": STAGE_WORDS,
        "tables": every_table(report),
        "meaning": lambda family: view.meanings.get(family.removeprefix("tenfold_"), ""),
        **_pathway(report),
        **_page_lines(report),
    }


def _pathway(report: Report) -> dict[str, Any]:
    """The steps of the pathway, whose table is as wide as what is known of them."""
    steps = [(step_words(one.step), cells(one), one) for one in report.pathway]
    widest = max((len(row) for _, row, _ in steps), default=0)
    return {"pathway": steps, "pathway_titles": pathway_text.TITLES[:widest]}


def _page_lines(report: Report) -> dict[str, Any]:
    """What is told in lines: what happened since the last report, and work with others."""
    since = report.since
    return {
        "since_title": since_text.title(since) if since else "",
        "since": list(since_text.lines(report, since)) if since else [],
        "since_nothing": since_text.NOTHING,
        "mentoring": mentoring_text.mentoring_sentences(report.mentoring_outcome),
        "collaboration": collaboration_text.titled(report.collaboration, hides=report.hides),
        "most_lines": collaboration_text.MOST_LINES,
    }
