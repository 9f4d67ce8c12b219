"""The pages' addresses: which page, which day, who is looking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from infra.clock import today_utc
from infra.server.api import by_name, day_asked, find, question_for, side_by_side
from infra.server.auth import Access, Viewer
from infra.server.explanation import explanation_page
from infra.server.pages import Pages
from infra.server.problems import Problem
from infra.server.state import Explain, Name, ServedCommunity, State
from reports.charts.page import charts_of
from reports.flows import Flows
from reports.leadership.active_seats import known_of, year_ago
from reports.owners import named_in, named_in_stage, owners
from reports.portfolio import COLUMNS
from reports.published_roles import explained_for
from reports.stage.viewed import conditions, stage
from reports.view import View

PEOPLE_A_PAGE = 50

NOTHING_YET = "No event yet. `tenfold import git REPOSITORY --community NAME` reads a repository."
NOT_READ_YET = "The numbers are being worked out; this page will have them in a moment."

AsOf = Annotated[date | None, Query()]


async def nameless(_community: str, _persons: Sequence[str]) -> Mapping[str, str]:
    """Nobody is called anything."""
    return {}


class Site:
    """What the addresses need: numbers, who asks, templates, a clock."""

    def __init__(
        self,
        state: State,
        access: Access,
        explain: Explain,
        pages: Pages,
        meanings: Mapping[str, str],
        today: Callable[[], date] = today_utc,
        name: Name = nameless,
    ) -> None:
        self.state, self.access, self.explain = state, access, explain
        self.pages, self.meanings, self.today, self.name = pages, meanings, today, name

    def view(self, known: ServedCommunity, viewer: Viewer, as_of: date | None) -> View:
        """What a community's page shows.

        Raises:
            Problem: 422, the day lies ahead.
        """
        today = self.today()
        day, seen = day_asked(known, viewer, as_of, today), known.seen_by(viewer)
        return View(
            community=known.name,
            as_of=day,
            today=today,
            opens_on=known.opens_on(viewer, today),
            policy=known.policy,
            seen=seen,
            samples=seen.defined.on(day),
            meanings=self.meanings,
            reason=known.reason(day),
            led=known.led(day),
            goal=known.goal(day),
            leaders_known=known_of(known.history, day),
            stage=stage(seen, day, known.policy, known.snapshot),
            conditions=conditions(seen, day, known.policy, known.snapshot),
            comings=_comings(known, day),
            year_ago=year_ago(seen.defined, day, known.policy),
            catching_up=known.catching_up,
            failed=known.failed,
            away=self.state.trouble,
        )

    async def community(self, known: ServedCommunity, viewer: Viewer, as_of: date | None) -> str:
        """A community's page; only to those who may see people it names anybody."""
        view = await run_in_threadpool(self.view, known, viewer, as_of)
        if view.comings and not view.seen.hides:
            asked = owners(view.stage, view.conditions) if view.conditions else ()
            names = await self.name(known.name, [*view.comings.hello.everybody, *asked])
            view = named(replace(view, comings=replace(view.comings, names=names)), names)
        return await run_in_threadpool(self.pages.community, view, viewer=viewer)

    async def start(self, viewer: Viewer, as_of: date | None) -> str:
        """The first page: the community where there is one, else the list of all."""
        known = by_name(self.state)
        if len(known) == 1 and self.state.failed.keys() <= self.state.communities.keys():
            return await self.community(known[0], viewer, as_of)
        return await run_in_threadpool(self.communities, viewer, as_of)

    def communities(self, viewer: Viewer, as_of: date | None) -> str:
        """All communities side by side."""
        lines = side_by_side(self.state, viewer, self.today(), as_of)
        state = NOTHING_YET if self.state.evaluated else self.state.trouble or NOT_READ_YET
        return self.pages.render("communities.html", viewer=viewer, lines=lines, columns=COLUMNS, state=state)


def named(view: View, names: Mapping[str, str]) -> View:
    """A page on which those who answer for something go by their names."""
    stage, conditions = view.stage, view.conditions
    return replace(
        view,
        stage=stage and named_in_stage(stage, names),
        conditions=conditions and named_in(conditions, names),
    )


def _comings(known: ServedCommunity, day: date) -> Flows | None:
    """Who came and who went, nobody by name yet; nothing before the facts were read."""
    split, greeted = known.flows(day), known.lapsing(day)
    return Flows(split, greeted, {}) if split and greeted else None


def build_site(site: Site) -> APIRouter:
    """Everything that a browser opens."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    Asker = Annotated[Viewer, Depends(site.access.of)]  # noqa: N806 # a type

    @router.get("/")
    async def start(viewer: Asker, as_of: AsOf = None) -> str:
        return await site.start(viewer, as_of)

    @router.get("/communities/{community}")
    async def community(community: str, viewer: Asker, as_of: AsOf = None) -> str:
        return await site.community(find(site.state, community), viewer, as_of)

    @router.get("/communities/{community}/charts/{name}.json")
    def chart(community: str, name: str, viewer: Asker, as_of: AsOf = None) -> Response:
        view = site.view(find(site.state, community), viewer, as_of)
        drawn = charts_of(view)
        if name not in drawn:
            raise Problem(404, f"No chart is called {name[:64]!r}.")
        return JSONResponse(drawn[name](view))

    @router.get("/communities/{community}/explain")
    async def explanation(
        community: str,
        metric: str,
        viewer: Asker,
        label: Annotated[list[str], Query()] = [],  # noqa: B006
        as_of: AsOf = None,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> str:
        known = find(site.state, community)
        page = (offset, PEOPLE_A_PAGE)
        asked = await run_in_threadpool(question_for, known, viewer, metric, label, as_of, site.today(), page)
        found = await explained_for(viewer, known, asked, site.explain)
        content = await run_in_threadpool(explanation_page, asked, known, viewer, found, site.meanings)
        return await run_in_threadpool(site.pages.render, "explain.html", viewer=viewer, **content)

    return router
