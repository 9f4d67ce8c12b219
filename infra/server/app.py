"""The HTTP application, put together. Nothing here opens or starts anything."""

from collections.abc import Callable, Mapping
from datetime import date
from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from infra.clock import today_utc
from infra.server.api import build_api, nameless
from infra.server.assets import Assets
from infra.server.auth import Access, require_scraper
from infra.server.files import build_files
from infra.server.headers import Headers
from infra.server.pages import Pages
from infra.server.problems import install_problems
from infra.server.runbook import build_runbook
from infra.server.scrape import MEDIA_TYPE
from infra.server.session import build_session
from infra.server.site import Site, build_site
from infra.server.state import Explain, Name, State


def build_app(
    state: State,
    access: Access,
    explain: Explain,
    meanings: Mapping[str, str],
    today: Callable[[], date] = today_utc,
    name: Name = nameless,
) -> FastAPI:
    """Composes the server.

    Args:
        state: What the loops keep current.
        access: Who may see more than the public.
        explain: Finds who and what is behind a number.
        meanings: Family without prefix → what it means.
        today: The clock.
        name: Finds what people are called.
    """
    app = FastAPI(
        title="Tenfold",
        version=version("tenfold"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # they come from elsewhere's servers
        redoc_url=None,
    )
    app.add_middleware(Headers)
    assets = Assets()
    pages = Pages(assets)
    install_problems(app, lambda title, detail: pages.render("message.html", title=title, detail=detail))
    app.include_router(build_files(assets))
    app.include_router(build_api(state, access, explain, today, name))
    app.include_router(build_site(Site(state, access, explain, pages, meanings, today, name)))
    app.include_router(build_session(access, pages))
    app.include_router(build_runbook(access, pages))
    _install_operations(app, state, access)
    return app


def _install_operations(app: FastAPI, state: State, access: Access) -> None:
    @app.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        await require_scraper(request, access)
        return Response(state.metrics, media_type=MEDIA_TYPE)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> Response:
        ready = state.evaluated and not state.away
        away = {what: at.isoformat(timespec="seconds") for what, at in state.away.items()}
        body = {"ready": ready, "evaluated": state.evaluated, "away_since": away}
        return JSONResponse(body, 200 if ready else 503)
