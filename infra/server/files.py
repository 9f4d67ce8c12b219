"""Serves what a browser fetches beside a page."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from infra.server.assets import Assets
from infra.server.problems import Problem

FOREVER = "public, max-age=31536000, immutable"
"""Another content has another name."""


def build_files(assets: Assets) -> APIRouter:
    """Everything under `/static`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name}")
    def static(name: str, request: Request) -> Response:
        asset = assets.find(name)
        if asset is None:
            raise Problem(404, "There is no such file.")
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(asset.body, media_type=asset.media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media_type, headers=headers)

    return router
