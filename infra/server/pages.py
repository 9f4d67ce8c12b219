"""Pages as HTML: pure functions of the numbers of a community, a day and a viewer."""

from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from infra.server.assets import Assets
from infra.server.banners import banners
from infra.terminal.visible import visible
from projections.timeline.days import YEAR, say_day
from reports import headline as summary
from reports.attention import attention
from reports.charts.page import drawings
from reports.flows import greetings, reasons
from reports.format.labels import step_words
from reports.leadership.active_seats import shown
from reports.pathway import steps_on
from reports.portfolio import COLUMNS, Line
from reports.stage.viewed import MILESTONES, RISKS, STATE_WORDS, SUCCESS
from reports.tables import tables
from reports.text import pathway as pathway_text
from reports.text.conditions import ended
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
        self._templates.filters |= {"day": say_day, "unbroken": _unbroken, "code": _code, "share": _share}
        self._templates.globals["version"] = version("tenfold")

    def render(self, template: str, **values: Any) -> str:
        """One template."""
        return self._templates.get_template(template).render(assets=self._assets, **values)

    def community(self, view: View, **values: Any) -> str:
        """The page of a community."""
        return self.render("community.html", **_content(view, Links(view.community, view.as_of)), **values)

    def saved(self, view: View) -> str:
        """The same page as one file that needs nothing else: no script, no links, its own style."""
        links = Links(view.community, view.as_of, live=False)
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
    """Keeps a change and its interval each on one line."""
    return words.replace(" ", "\u00a0").replace("\u00a0(", " (")


def _code(words: str) -> Markup:
    """Words between backticks as code."""
    parts = words.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _share(share: float) -> str:
    """Somebody's share of leadership: most hold a few per cent."""
    return f"{share * 100:.1f}\u00a0%"


def _content(view: View, links: Links) -> dict[str, Any]:
    about = {
        "community": view.community,
        "as_of": view.as_of,
        "today": view.today,
        "window_days": view.window_days,
        "hides": view.seen.hides,
        "links": links,
        "banners": banners(view) if links.live else [],
        "charts": drawings(view),
        "growth_about": f"People with active work within {view.window_days} days, on every day.",
    }
    return about | _answers(view) | _to_look_at(view) | _flows(view) | _stage(view) | _numbers(view)


def _answers(view: View) -> dict[str, Any]:
    """Whether it grows and whether leadership spreads, how far the goal is, and how far the data reaches."""
    return {
        "verdict": summary.verdict(view.seen, view.as_of, view.reason),
        "leadership": view.leadership,
        "owning_roles": view.leadership.owning if view.leadership else "",
        "judge_by": view.policy.judge_by,
        "goal": summary.goal(view.seen, view.as_of, view.goal),
        "reach": summary.reach(view.seen, view.as_of),
        "sources": summary.sources(view.seen.history, view.as_of),
    }


def _to_look_at(view: View) -> dict[str, Any]:
    """What needs attention, and the conditions."""
    return {
        "attention": attention(view.conditions, view.stage, view.leadership),
        "in_force": view.conditions.in_force if view.conditions else [],
        "ended": list(ended(view.conditions)) if view.conditions else [],
    }


def _flows(view: View) -> dict[str, Any]:
    """Who came and who went, beside a year before, and why."""
    seen, day, window, comings = view.seen, view.as_of, view.window_days, view.comings
    return {
        "ledger": summary.ledger(seen, day, window),
        "ledger_year_ago": summary.ledger(seen, day - timedelta(days=YEAR), window),
        "reasons": reasons(comings.flows, seen, day, window) if comings else [],
        "greetings": greetings(comings.hello, comings.names, seen, view.active) if comings else [],
    }


def _stage(view: View) -> dict[str, Any]:
    """The stage, and the steps of the pathway, whose table is as wide as what is known of them."""
    steps = [(step_words(one.step), cells(one), one) for one in steps_on(view.seen.history, view.as_of)]
    return {
        "stage": view.stage,
        "stage_words": STAGE_WORDS,
        "pathway": steps,
        "pathway_titles": pathway_text.TITLES[: max((len(row) for _, row, _ in steps), default=0)],
    }


def _numbers(view: View) -> dict[str, Any]:
    """Every number of the day and of a year before, and what it means."""
    now = view.seen.seen(shown(view.samples, view.leaders_known, view.policy), view.as_of)
    then = view.seen.seen(view.year_ago, view.as_of - timedelta(days=YEAR))
    return {
        "tables": tables(now, view.policy, then),
        "meaning": lambda family: view.meanings.get(family.removeprefix("tenfold_"), ""),
    }
