"""What the server answers beside the pages: map scripts, base documents, the printed shortlist."""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from layers import assets
from ui import basedocuments, report, reportcache

if TYPE_CHECKING:
    from os import PathLike, stat_result

    from starlette.requests import Request
    from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
"""Every address names its content by a version or a hash, so it never has to be asked again."""


class VersionedFiles(StaticFiles):
    """Static files that browsers keep."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file with the promise that it will not change."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = FOREVER
        return response


def routes() -> list[BaseRoute]:
    """Return all routes."""
    mounts = [
        Mount(f"/assets/{name}", app=VersionedFiles(directory=folder, check_dir=False))
        for name, folder in assets.mounts().items()
    ]
    printed = Route("/report", shortlist_report)
    return [Route("/assets/map/{name}", base_document), *mounts, printed]


def base_document(request: Request) -> Response:
    """Answer with a region's base map: its districts and neighbours as one JSON document."""
    name = request.path_params["name"]
    found = basedocuments.by_name(name)
    if found is None:
        return PlainTextResponse("No such map.", status_code=404)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            _packed(name),
            media_type="application/json",
            headers={**headers, "Content-Encoding": "gzip"},
        )
    return Response(found, media_type="application/json", headers=headers)


def shortlist_report(request: Request) -> Response:
    """Answer with a shortlist as a page to print; 400 where the address has no known site."""
    here = str(request.url.replace(query="", fragment=""))
    try:
        made = reportcache.printed(request.query_params, here=here)
    except TimeoutError:
        again = {"Retry-After": "30", "Cache-Control": "no-store"}
        return PlainTextResponse("Busy. Please try again.", status_code=503, headers=again)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": report.POLICY,
        "ETag": made.etag,
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    known = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if made.found and known & {made.etag, made.etag.removeprefix("W/"), "*"}:
        return Response(status_code=304, headers=headers)
    page = made.packed
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        page = gzip.decompress(page)
    return HTMLResponse(page, status_code=200 if made.found else 400, headers=headers)


@cache
def _packed(name: str) -> bytes:
    document = basedocuments.by_name(name)
    if document is None:
        raise KeyError(name)
    return gzip.compress(document, mtime=0)
