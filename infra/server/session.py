"""Signing in with a browser: a token becomes a cookie that scripts cannot read."""

from typing import Annotated
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from infra.server.auth import COOKIE, Tokens, Viewer
from infra.server.pages import Pages
from infra.server.problems import Problem

LONGEST_FORM_BYTES = 4096
COOKIE_SECONDS = 12 * 3600
"""A working day; then the token is asked for again."""


def build_session(tokens: Tokens, pages: Pages) -> APIRouter:
    """The sign-in page, and what it and the sign-out button send."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    Asker = Annotated[Viewer, Depends(tokens.of)]  # noqa: N806 # a type

    @router.get("/sign-in")
    def sign_in_page(viewer: Asker) -> str:
        return pages.render("sign_in.html", viewer=viewer, wrong=False)

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        token = await _field(request, "token")
        if tokens.viewer(token).is_public:
            page = pages.render("sign_in.html", viewer=Viewer(), wrong=True)
            return HTMLResponse(page, status_code=401)
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            COOKIE,
            quote(token, safe=""),
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    @router.post("/sign-out")
    def sign_out() -> Response:
        response = RedirectResponse("/", status_code=303)
        response.delete_cookie(COOKIE)
        return response

    return router


async def _field(request: Request, name: str) -> str:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM_BYTES:
            raise Problem(413, "This form is too long.")
    return parse_qs(body.decode("ascii", "replace")).get(name, [""])[0]
