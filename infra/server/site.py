"""The pages' addresses: which page, which day, who is looking."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from infra.clock import today_utc
from infra.server.api import by_name, find, nameless, question_for, reported, side_by_side
from infra.server.auth import Access, Viewer
from infra.server.explainer import explained_for
from infra.server.explanation import explanation_page
from infra.server.pages import Pages
from infra.server.problems import Problem
from infra.server.state import Explain, Name, ServedCommunity, State
from reports.charts.page import charts_of
from reports.portfolio import COLUMNS
from reports.view import View

PEOPLE_A_PAGE = 50

NOTHING_YET = "No event yet. `tenfold import git REPOSITORY --community NAME` reads a repository."
NOT_READ_YET = "The numbers are being worked out; this page will have them in a moment."

AsOf = Annotated[date | None, Query()]


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

    async def view(self, known: ServedCommunity, viewer: Viewer, as_of: date | None, name: Name) -> View:
        """A community's page; only to those who may see people it names anybody.

        Raises:
            Problem: 422, the day lies ahead.
        """
        today = self.today()
        report = await reported(known, viewer, as_of, today, name)
        return View(
            report=report,
            history=known.seen_by(viewer).history,
            today=today,
            opens_on=known.opens_on(viewer, today),
            meanings=self.meanings,
            catching_up=known.catching_up,
            away=self.state.trouble,
        )

    async def community(self, known: ServedCommunity, viewer: Viewer, as_of: date | None) -> str:
        """The same as HTML."""
        view = await self.view(known, viewer, as_of, self.name)
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
    async def chart(community: str, name: str, viewer: Asker, as_of: AsOf = None) -> Response:
        view = await site.view(find(site.state, community), viewer, as_of, nameless)
        drawn = charts_of(view)
        if name not in drawn:
            raise Problem(404, f"No chart is called {name[:64]!r}.")
        return JSONResponse(await run_in_threadpool(drawn[name], view))

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
