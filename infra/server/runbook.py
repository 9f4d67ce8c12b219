"""The runbook as a page: what every message means and what to do about it, for whoever follows its link."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from infra.server.auth import Access, Viewer
from infra.server.pages import Pages

RUNBOOK: Final = Path(__file__).parents[1] / "monitoring" / "runbook.md"


def build_runbook(access: Access, pages: Pages) -> APIRouter:
    """The page that messages link to."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    Asker = Annotated[Viewer, Depends(access.of)]  # noqa: N806 # a type

    @router.get("/runbook")
    def runbook(viewer: Asker) -> str:
        return pages.render("runbook.html", viewer=viewer, body=rendered(RUNBOOK.read_text("utf-8")))

    return router


@lru_cache(maxsize=1)
def rendered(text: str) -> Markup:
    """Markdown as HTML, without any of its own; a heading's anchor is its text, as in the links of messages."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _anchor(tokens[at + 1]))
    for token in _inside(tokens):
        if token.type == "link_open" and str(token.attrGet("href")).startswith("http"):
            token.attrSet("rel", "noreferrer")
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 # our own file, no HTML in it


def _anchor(heading: Token) -> str:
    return heading.content.strip("`").lower().replace(" ", "-")


def _inside(tokens: Sequence[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]
