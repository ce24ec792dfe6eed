"""What the server answers beside the pages: map scripts, base documents, the printed shortlist."""

from __future__ import annotations

import asyncio
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from api.endpoints import public_base
from geo import memory
from geo.errors import InputError
from layers import assets
from server.answer import Answer
from ui.cached import base_documents
from ui.cached.searches import BusyError
from ui.map import counted_view
from ui.map.page_map import COUNTED
from ui.report import document as report_page
from ui.shell import preview_picture
from ui.state import pages

if TYPE_CHECKING:
    from os import PathLike, stat_result

    from starlette.requests import Request
    from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
"""Every address names its content by a version or a hash, so it never has to be asked again."""

ASKED_ANEW = ((b"cache-control", b"private, no-cache"), (b"vary", b"Accept-Encoding"))
"""Headers of what may be another the next time, and is sent again only then."""

REPORT = "/report"
"""Path of the printed shortlist."""

GROUNDS = 64
"""Grounds whose answers are kept: those of the catalogue's regions, and of the last brought."""

MAKING = 2
"""Reports and pictures made at a time: each takes a thread from those that serve all files."""

WAITING = 8
"""Those that may wait for their turn; whoever comes then is asked to come again."""


class VersionedFiles(StaticFiles):
    """Static files that browsers keep for as long as their address names a version."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file, with the promise that it will not change where the address names one."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        versioned = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOREVER if versioned else "no-cache"
        return response


def routes() -> list[BaseRoute]:
    """Return all routes."""
    mounts = [
        Mount(f"/assets/{name}", app=VersionedFiles(directory=folder, check_dir=False))
        for name, folder in assets.mounts().items()
    ]
    # The turns are those of one server: an event loop has its own.
    line, turn = asyncio.Semaphore(MAKING + WAITING), asyncio.Semaphore(MAKING)
    printed = Route(REPORT, partial(shortlist_report, line=line, turn=turn))
    return [
        Route("/assets/map/{name}", base_document),
        *mounts,
        printed,
        Route(f"{preview_picture.PATH}/{{page}}.png", partial(view_picture, line=line, turn=turn)),
        Route(f"/{COUNTED}", cells_in_view),
        Route(f"/{pages.HOME}", home),
    ]


def home(request: Request) -> Response:
    """Lead from the name of the page whose address is bare to it, seen from where it stands."""
    _, mark, query = str(request.url).partition("?")
    return RedirectResponse(pages.path(pages.HOME) + mark + query)


def base_document(request: Request) -> Answer | Response:
    """Answer with a region's base map: its districts and neighbours as one JSON document."""
    try:
        return _ground(request.path_params["name"])
    except KeyError:
        return PlainTextResponse("No such map.", status_code=404)


def cells_in_view(request: Request) -> Answer | Response:
    """Answer with what a map of many sites shows of its view; 400 where the address has none."""
    try:
        body = counted_view.answer(request.query_params)
    except InputError as error:
        return PlainTextResponse(f"No view of cells: {error}.", status_code=400)
    return Answer(body, "application/json", more=ASKED_ANEW)


async def shortlist_report(
    request: Request, *, line: asyncio.Semaphore, turn: asyncio.Semaphore
) -> Answer | Response:
    """Answer with a shortlist as a page to print; 400 where the address has no known site.

    Parameters
    ----------
    request
        What is asked.
    line
        Places for those who wait; 503 where all are taken.
    turn
        Who may make a report at the moment.
    """
    if line.locked():
        return _busy()
    async with line, turn:
        return await run_in_threadpool(_printed, request)


async def view_picture(
    request: Request, *, line: asyncio.Semaphore, turn: asyncio.Semaphore
) -> Answer | Response:
    """Answer with the map of a view as a picture; 404 where it has none, 503 where many wait.

    Parameters
    ----------
    request
        What is asked.
    line, turn
        As of `shortlist_report`, and the same.
    """
    page = request.path_params["page"]
    asked = preview_picture.shown(page, request.url.query)
    if asked is None:
        return PlainTextResponse("No such map.", status_code=404)
    if line.locked():
        return _busy()
    async with line, turn:
        try:
            body = await run_in_threadpool(preview_picture.picture, page, asked)
        except BusyError:
            return _busy()
    return Answer(body, "image/png", more=ASKED_ANEW)


def _busy() -> PlainTextResponse:
    again = {"Retry-After": "30", "Cache-Control": "no-store"}
    return PlainTextResponse("Busy. Please try again.", status_code=503, headers=again)


def _printed(request: Request) -> Answer:
    here = f"{public_base(request.scope)}{REPORT}"
    made = report_page.report(request.query_params, here=here)
    status = HTTPStatus.OK if made.has_sites else HTTPStatus.BAD_REQUEST
    more = (
        (b"cache-control", b"no-cache"),
        (b"content-security-policy", report_page.POLICY.encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"vary", b"Accept-Encoding"),
        (b"x-content-type-options", b"nosniff"),
    )
    return Answer(made.html.encode(), "text/html; charset=utf-8", status=status, more=more)


@memory.by_view(latest=GROUNDS)
def _ground(name: str) -> Answer:
    document = base_documents.by_name(name)
    if document is None:
        raise KeyError(name)
    more = ((b"cache-control", FOREVER.encode()), (b"vary", b"Accept-Encoding"))
    return Answer(document, "application/json", more=more, lasting=True)
