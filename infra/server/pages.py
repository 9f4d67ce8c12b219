"""Pages as HTML: pure functions of the numbers of a community, a day and a viewer."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, urlencode

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from infra import pathway_text, summary
from infra.active_seats import Known as LeadersKnown
from infra.active_seats import shown
from infra.attention import attention
from infra.comings import Comings, greetings, reasons
from infra.conditions_text import TITLES, ended
from infra.leadership import Leadership, Scope, leadership
from infra.pathway_text import cells
from infra.portfolio import COLUMNS, Line
from infra.server import charts, leadership_charts
from infra.server.assets import Assets
from infra.server.banners import banners
from infra.server.disclosure import Disclosure
from infra.server.drawing import Spec, still
from infra.stage import MILESTONES, RISKS, STATE_WORDS, SUCCESS
from infra.tables import Column, Row, tables
from infra.terminal import visible
from infra.wording import say_day, step_words
from projections.activity.measures import YEAR
from projections.conditions.shown import Told as Conditions
from projections.growth.goal import Goal
from projections.history import Sample, series
from projections.pathway.shown import steps_on
from projections.policy import CommunityPolicy
from projections.report import Led
from projections.stage.told import Told as Stage


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as the server drew it, and what it says in words."""

    drawing: Markup
    words: str


@dataclass(frozen=True, slots=True)
class Links:
    """Where a community's page leads to; `live` is off in a page saved as a file."""

    community: str
    as_of: date
    live: bool = True

    def chart(self, name: str) -> str:
        """A chart's specification."""
        return f"{self._home}/charts/{name}.json?{urlencode({'as_of': self.as_of})}"

    def cell(self, row: Row, column: Column) -> str:
        """What is behind a number of a table."""
        then = self.on(self.as_of - timedelta(days=YEAR)) if column.year_ago else self
        return then.explain(row.family, **row.labels, **column.labels)

    def on(self, day: date) -> "Links":
        """The same of another day."""
        return replace(self, as_of=day)

    def explain(self, family: str, **labels: str) -> str:
        """What is behind a number."""
        asked = {"metric": family, "as_of": self.as_of}
        query = [*asked.items(), *(("label", f"{name}={of}") for name, of in labels.items())]
        return f"{self._home}/explain?{urlencode(query)}"

    def scope(self, scope: Scope, seats: str) -> str:
        """A scope among those behind a number."""
        there = self.explain("tenfold_scopes", seats=seats, strength=scope.strength)
        return f"{there}#scope-{quote(scope.name)}"

    @property
    def report(self) -> str:
        """The same as JSON."""
        path = f"/api/v1/communities/{quote(self.community)}/report"
        return f"{path}?{urlencode({'as_of': self.as_of})}"

    @property
    def _home(self) -> str:
        return f"/communities/{quote(self.community)}"


@dataclass(frozen=True, slots=True)
class View:
    """What a page about a community shows.

    Attributes:
        policy: Thresholds of the community.
        seen: The numbers, as this viewer may see them.
        samples: Those of the day.
        reason: Why there is no verdict, where there is none.
        led: What is to say of leadership; nothing where no role was recorded.
        goal: The goal that holds on the day, once the facts were read.
        leaders_known: How much is known of those who lead; nothing where nobody does.
        stage: Its milestones, success and risks, as this viewer may see them.
        conditions: Those in force, left lately and taken back, as this viewer may see them.
        comings: Who came and who went, and why, once the facts were read.
        year_ago: The samples of the same day a year before.
        opens_on: The day the page shows when nobody names one.
    """

    community: str
    as_of: date
    today: date
    opens_on: date
    policy: CommunityPolicy
    seen: Disclosure
    samples: Sequence[Sample]
    meanings: Mapping[str, str]
    reason: str = ""
    led: Led | None = None
    goal: Goal | None = None
    leaders_known: LeadersKnown | None = None
    stage: Stage | None = None
    conditions: Conditions | None = None
    comings: Comings | None = None
    year_ago: Sequence[Sample] = ()
    catching_up: bool = False
    away: str = ""

    @property
    def window_days(self) -> int:
        """The headline window."""
        return self.policy.headline_window_days

    @property
    def active(self) -> float | str | None:
        """How many are active."""
        return self.seen.value(series("active_contributors", window_days=self.window_days), self.as_of)

    @property
    def leadership(self) -> Leadership | None:
        """What is told of leadership."""
        return leadership(self.seen, self.as_of, self.led, self.policy, self.leaders_known, self.community)


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


CHARTS: Mapping[str, Callable[[View], Spec]] = {
    "growth": lambda view: charts.growth(view.seen.history, view.as_of, view.window_days),
    "weekly": lambda view: charts.weekly(view.seen.history, view.as_of),
}
"""The charts of a community's page, by name."""

STAGE_WORDS = {"milestones": MILESTONES, "success": SUCCESS, "risks": RISKS, "states": STATE_WORDS}
"""How the page calls what the stage is judged by."""

LEADERSHIP_CHARTS: Mapping[str, Callable[[View], Spec]] = {
    "leaders": lambda view: leadership_charts.leaders(view.seen.history, view.as_of, view.policy.judge_by),
    "beside": lambda view: leadership_charts.beside(
        view.seen.history, view.as_of, view.policy.judge_by, view.window_days
    ),
    "strength": lambda view: leadership_charts.strength(view.seen.history, view.as_of, view.policy.judge_by),
}
"""Those about leadership."""


def charts_of(view: View) -> Mapping[str, Callable[[View], Spec]]:
    """The charts that a page has."""
    told = view.leadership
    return {**CHARTS, **(LEADERSHIP_CHARTS if told and told.drawn else {})}


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))


def draw(spec: Spec) -> Drawing:
    """Renders a chart as SVG; its colours are variables of the style sheet of the page around it."""
    svg = _svg(json.dumps(still(spec)))
    return Drawing(Markup(svg), str(spec["description"]))  # noqa: S704 # drawn from numbers


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
    day, seen = view.as_of, view.seen
    before = day - timedelta(days=YEAR)
    known = summary.sources(seen.history, day)
    told = view.leadership
    return {
        "community": view.community,
        "leadership": told,
        "owning_roles": told.owning if told else "",
        "judge_by": view.policy.judge_by,
        "stage": view.stage,
        "attention": attention(view.conditions, view.stage, told),
        "in_force": view.conditions.in_force if view.conditions else [],
        "ended": list(ended(view.conditions)) if view.conditions else [],
        "condition_words": TITLES,
        "pathway": (steps := [(step_words(one.step), cells(one), one) for one in steps_on(seen.history, day)]),
        "pathway_titles": pathway_text.TITLES[: max((len(row) for _, row, _ in steps), default=0)],
        "stage_words": STAGE_WORDS,
        "as_of": day,
        "today": view.today,
        "window_days": view.window_days,
        "links": links,
        "banners": banners(view) if links.live else [],
        "verdict": summary.verdict(seen, day, view.reason),
        "reach": summary.reach(known),
        "sources": known,
        "ledger": summary.ledger(seen, day, view.window_days),
        "ledger_year_ago": summary.ledger(seen, before, view.window_days),
        "year_ago": before,
        "reasons": reasons(view.comings.flows, seen, day, view.window_days) if view.comings else [],
        "greetings": greetings(view.comings.hello, view.comings.names, seen, view.active) if view.comings else [],
        "goal": summary.goal(seen, day, view.goal),
        "charts": {name: draw(chart(view)) for name, chart in charts_of(view).items()},
        "growth_about": f"People with active work within {view.window_days} days, on every day.",
        "tables": tables(
            seen.seen(shown(view.samples, view.leaders_known, view.policy), day),
            view.policy,
            seen.seen(view.year_ago, before),
        ),
        "meaning": lambda family: view.meanings.get(family.removeprefix("tenfold_"), ""),
        "hides": seen.hides,
    }
