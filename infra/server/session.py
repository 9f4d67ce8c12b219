"""Signing in and out with a browser: a token begins a session, whose id becomes a cookie that scripts cannot read."""

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from infra.server.auth import Access, Viewer
from infra.server.pages import Pages
from infra.server.problems import Problem
from infra.server.sessions import SESSION_SECONDS, Session

LONGEST_FORM_BYTES = 4096


def build_session(access: Access, pages: Pages) -> APIRouter:
    """The sign-in page, and what it and the sign-out button send."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    own_forms = [Depends(require_own_form)]

    @router.get("/sign-in")
    def sign_in_page(viewer: Annotated[Viewer, Depends(access.of)]) -> str:
        return pages.render("sign_in.html", viewer=viewer, wrong=False)

    @router.post("/sign-in", dependencies=own_forms)
    async def sign_in(request: Request) -> Response:
        token = await _field(request, "token")
        if access.tokens.viewer(token).is_public:
            page = pages.render("sign_in.html", viewer=Viewer(), wrong=True)
            return HTMLResponse(page, status_code=401)
        await _end(access, request)
        session = Session.new()
        await access.sessions.begin(session, token)
        return _home(access, request, session.id, SESSION_SECONDS)

    @router.post("/sign-out", dependencies=own_forms)
    async def sign_out(request: Request) -> Response:
        await _end(access, request)
        return _home(access, request, "", 0)

    return router


def require_own_form(request: Request) -> None:
    """Lets only our own pages send forms: a page elsewhere could sign somebody in as another, or out.

    Browsers say where a form comes from, and no page can make them say otherwise. By plain HTTP they say it with the
    page's origin alone.

    Raises:
        Problem: 403, it was sent from elsewhere, or nobody says from where.

    Source: W3C, Fetch Metadata Request Headers; OWASP, Cross-Site Request Forgery Prevention Cheat Sheet.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "")
    is_own = urlsplit(origin).netloc == request.headers.get("host") if site is None else site == "same-origin"
    if not is_own:
        raise Problem(403, "This form was not sent from a page of Tenfold.")


async def _end(access: Access, request: Request) -> None:
    if session := access.session(request):
        await access.sessions.end(session)


def _home(access: Access, request: Request, session_id: str, seconds: int) -> Response:
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        access.cookie(request),
        session_id,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=access.is_secure(request),
    )
    return response


async def _field(request: Request, name: str) -> str:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM_BYTES:
            raise Problem(413, "This form is too long.")
    return parse_qs(body.decode("ascii", "replace")).get(name, [""])[0]
