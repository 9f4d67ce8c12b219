"""Errors of the API as problem documents. Source: RFC 9457."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from infra.server.headers import HEADERS

RETRY_SECONDS = 5
"""What restarts is back within seconds."""
HEADERS_OF = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": str(RETRY_SECONDS)},
}


class Problem(HTTPException):
    """Why a request has no answer, told to whoever made it."""

    def __init__(self, status_code: int, detail: str) -> None:
        super().__init__(status_code, detail, HEADERS_OF.get(HTTPStatus(status_code)))


def problem(status_code: int, detail: str) -> Response:
    """The document that says so."""
    title = HTTPStatus(status_code).phrase
    body = {"type": "about:blank", "title": title, "status": status_code, "detail": detail}
    return JSONResponse(body, status_code, media_type="application/problem+json")


def install_problems(app: FastAPI, page: Callable[[str, str], str]) -> None:
    """Makes an app answer every error with a problem document, or, to a browser, with a page.

    Args:
        app: The app.
        page: Renders a title and what to say.
    """

    def answer(request: Request, status_code: int, detail: str) -> Response:
        if _is_for_a_program(request):
            return problem(status_code, detail)
        return HTMLResponse(page(HTTPStatus(status_code).phrase, detail), status_code)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        response = answer(request, error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        parts = [f"{item['loc'][-1]}: {item['msg']}" for item in error.errors()]
        return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(parts))

    @app.exception_handler(Exception)
    async def bug(request: Request, _error: Exception) -> Response:
        """Answered outside of all middleware, so it brings the headers itself; the error is raised again after it."""
        response = answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of ours; it was logged.")
        response.headers.update(HEADERS)
        return response


def _is_for_a_program(request: Request) -> bool:
    path = request.url.path
    is_page = path == "/" or path.startswith(("/communities", "/sign-"))
    return not is_page or path.endswith(".json")
