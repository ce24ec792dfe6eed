"""The API as the app mounts it: one ASGI application that remembers its latest answers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.middleware.errors import ServerErrorMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from api import (
    answers,
    built_files,
    endpoints,
    html_pages,
    router,
    sources,
    whole_files,
    workspaces,
)
from api.refusals import RefusedRequest
from api.request import Request
from server import subpath

if TYPE_CHECKING:
    from collections.abc import Hashable

    from starlette import requests
    from starlette.types import ASGIApp, Receive, Scope, Send

ALLOWED: Final = b"GET, HEAD, OPTIONS"
ALLOW: Final = (b"allow", ALLOWED)
AGAIN: Final = ((b"retry-after", b"10"),)
THREADS: Final = 2
"""Threads that open workspaces at a time: one may take seconds, and who asks for the catalogue does
not wait for it."""

MOST_WAITING: Final = 8
"""Requests that are measured or wait for it: each takes seconds, one is measured at a time."""

PREFLIGHT: Final = {
    "allow": ALLOWED.decode(),
    "access-control-allow-origin": "*",
    "access-control-allow-methods": ALLOWED.decode(),
    "access-control-allow-headers": (
        "Accept, Accept-Language, Content-Type, If-None-Match, If-Range, Range"
    ),
    "access-control-max-age": "86400",
}

MORE: Final = {HTTPStatus.METHOD_NOT_ALLOWED: (ALLOW,), HTTPStatus.SERVICE_UNAVAILABLE: AGAIN}
"""Further headers of refusals, by status."""


def routes() -> list[BaseRoute]:
    """Return the routes at and below /api and /tiles."""
    service = ServerErrorMiddleware(Service(), handler=_failed)
    return [PathRoute(path, service) for path in (endpoints.PREFIX, endpoints.TILES)]


def prepare() -> None:
    """Make the collections that are soon made, so that the first client need not wait for them."""
    for name in sources.NAMES:
        if name not in sources.LATE:
            sources.collection(name)


class PathRoute(BaseRoute):
    """A path and everything below it.

    Starlette's Mount leaves out its own path, and any path with a line break in it.

    Parameters
    ----------
    path : str
        The path, without a slash at its end.
    app : ASGI application
        What answers.
    """

    def __init__(self, path: str, app: ASGIApp) -> None:
        self.path = path
        self.app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a connection is for this path."""
        mine = subpath.is_within(subpath.path_of(scope), self.path)
        return (Match.FULL if mine and scope["type"] == "http" else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a connection."""
        await self.app(scope, receive, send)


class Service:
    """The API as an ASGI application."""

    def __init__(self) -> None:
        self.kept = answers.AnswerMemory()
        self.files = built_files.BuiltFileMemory()
        self.line = asyncio.Semaphore(MOST_WAITING)
        self.turn = asyncio.Semaphore(1)
        self.threads = asyncio.Semaphore(THREADS)

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer one request, as ASGI has it."""
        method, headers = scope["method"], dict(scope["headers"])
        if method == "OPTIONS":
            await Response(None, HTTPStatus.NO_CONTENT, PREFLIGHT)(scope, receive, send)
            return
        made = await self._answer(method, headers, Request.of(scope, headers))
        await made(scope, receive, send)

    async def _answer(
        self, method: str, headers: dict[bytes, bytes], request: Request
    ) -> answers.ApiAnswer | built_files.BuiltAnswer:
        """Return the answer: remembered, made, or what is wrong with the request."""
        refused = _refused(method, headers)
        if refused is not None:
            return await asyncio.to_thread(_refusal, refused, request)
        try:
            if request.key is not None:
                async with self.threads:
                    request = await asyncio.to_thread(workspaces.opened, request)
            return await self._known(request)
        except RefusedRequest as error:
            return await asyncio.to_thread(_refusal, error, request)

    async def _known(self, request: Request) -> answers.ApiAnswer | built_files.BuiltAnswer:
        """Return the answer, remembered or made.

        Raises
        ------
        RefusedRequest
            As `_made`.
        """
        key = router.key(request)
        if whole_files.ending(request) is not None:
            return built_files.BuiltAnswer(await self._whole(key, request), request)
        known = None if key is None else self.kept.get(key)
        if known is not None:
            return known
        made = await self._made(key, request)
        if key is not None:
            self.kept.put(key, made)
        return made

    async def _whole(self, key: Hashable | None, request: Request) -> built_files.BuiltFile:
        """Return a whole collection as a file, kept or built; one is built at a time.

        Raises
        ------
        RefusedRequest
            As `whole_files.write`; 503 where too many wait.
        """
        known = None if key is None else self.files.get(key)
        if known is not None:
            return known
        if self.line.locked():
            raise RefusedRequest("busy", HTTPStatus.SERVICE_UNAVAILABLE)
        async with self.line, self.turn:
            known = None if key is None else self.files.get(key)  # built for who waited before
            if known is None:
                known = await asyncio.to_thread(built_files.build, request)
                if key is not None:
                    self.files.put(key, known)
            return known

    async def _made(self, key: Hashable | None, request: Request) -> answers.ApiAnswer:
        """Return the answer, made now; those that take long wait here, in no thread.

        Raises
        ------
        RefusedRequest
            As `router.answer`; 503 where too many wait.
        """
        if key is None or not router.takes_long(request):
            return await asyncio.to_thread(router.answer, request)
        if self.line.locked():
            raise RefusedRequest("busy", HTTPStatus.SERVICE_UNAVAILABLE)
        async with self.line, self.turn:
            known = self.kept.get(key)  # who waited before may have asked the same
            if known is None:
                known = await asyncio.to_thread(router.answer, request)
                self.kept.put(key, known)
            return known


def _refused(method: str, headers: dict[bytes, bytes]) -> RefusedRequest | None:
    """Return why a request is refused before its address is read."""
    if method not in {"GET", "HEAD"}:
        return RefusedRequest("method", HTTPStatus.METHOD_NOT_ALLOWED)
    if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
        return RefusedRequest("body")
    return None


def _failed(asked: requests.Request, error: Exception) -> Response:  # noqa: ARG001 - the server logs it
    """Answer in the place of a fault of ours: what went wrong is for the log alone."""
    request = Request.of(asked.scope, dict(asked.scope["headers"]))
    made = _refusal(RefusedRequest("failed", HTTPStatus.INTERNAL_SERVER_ERROR), request)
    status, headers, body = made.reply(packing=False, if_none_match=b"")
    response = Response(body, status)
    response.raw_headers = headers
    return response


def _refusal(error: RefusedRequest, request: Request) -> answers.ApiAnswer:
    """Return a fault as the client reads it: a problem document, or a page."""
    wish = router.wish_despite(request)
    status, more = error.status, MORE.get(error.status, ())
    detail = error.detail(wish.lang)
    made = answers.problem(status, detail, lang=wish.lang, more=more)
    if wish.format == "html":
        content = {"code": f"{int(status)} {status.phrase}", "detail": detail}
        service = request.service
        made = html_pages.page("fault.html", wish.lang, service, content, status=status, more=more)
    return replace(made, private=request.key is not None)
