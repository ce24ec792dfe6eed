"""The shell of the pages says what each shows, for those that run no script: previews of links."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import MutableHeaders

from server import subpath

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS: Final = 0.8
"""How long the shell waits for what it is to say."""

MOST_AT_ONCE: Final = 2
"""Shells that are told at once: the next ones go as they are, and none waits for a thread."""

TITLE: Final = b"<title>Streamlit</title>"

ASKED_WHOLE: Final = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})
"""Headers that would have the shell come packed, or not at all."""

OF_THE_FILE: Final = ("ETag", "Last-Modified")


class Previews:
    """ASGI middleware: puts what a page shows into the head of the shell.

    Parameters
    ----------
    app
        What answers.
    head : callable
        Takes the last part of a page's address, "" for the first, what it asks, and the address
        of the app; returns HTML for the head, in place of the title. What it raises is logged,
        and costs the title.
    here : callable
        Takes a connection and returns the address of the app as the client knows it.
    always : str
        HTML that stands in every head, also where what the page shows is not known in time.
    pages : collection of str
        The last parts of the pages' addresses.
    base : str
        Path below which the app is served, as `subpath.base_path` has it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        head: Callable[[str, str, str], str],
        here: Callable[[Scope], str],
        always: str,
        pages: Collection[str],
        base: str = "",
    ) -> None:
        self.app = app
        self.head = head
        self.here = here
        self.always = always
        self.pages = frozenset(pages) | {""}
        self.base = base
        # Threads of its own: files and reports are answered in those that all share.
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="preview")
        self._running: set[asyncio.Future[str]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        path = str(scope.get("path", ""))
        page = subpath.within(path, self.base).strip("/")
        below = subpath.is_within(path, self.base)
        asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if not asked or not below or page not in self.pages:
            await self.app(scope, receive, send)
            return
        whole = [pair for pair in scope["headers"] if pair[0] not in ASKED_WHOLE]
        query, here = scope["query_string"].decode("latin-1"), self.here(scope)
        shell = _Shell(send, lambda: self._heading(page, query, here), self.always)
        # Asked for the head alone it says what it would of the whole; the server sends no more.
        await self.app({**scope, "method": "GET", "headers": whole}, receive, shell.send)

    async def _heading(self, page: str, asked: str, here: str) -> str:
        """Return what is to be said; nothing where it is not known in time."""
        if len(self._running) >= MOST_AT_ONCE:
            return ""
        loop = asyncio.get_running_loop()
        heading = loop.run_in_executor(self._threads, self.head, page, asked, here)
        self._running.add(heading)
        heading.add_done_callback(partial(self._ended, f"{page!r}, {asked[:200]!r}"))
        # It goes on behind a shell that does not wait: whoever comes next has it.
        await asyncio.wait({heading}, timeout=SECONDS)
        return heading.result() if heading.done() and heading.exception() is None else ""

    def _ended(self, address: str, heading: asyncio.Future[str]) -> None:
        """Make room for the next, and log what went wrong: it costs the title, not the page."""
        self._running.discard(heading)
        if not heading.cancelled() and (error := heading.exception()) is not None:
            logging.getLogger(__name__).error("No preview of page %s", address, exc_info=error)


class _Shell:
    """Holds an answer until it is whole, and sends it with its head told."""

    def __init__(self, send: Send, heading: Callable[[], Any], always: str) -> None:
        self._send = send
        self._always = always
        self._heading = heading
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            if message["status"] == 200 and headers.get("Content-Type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        heading = (await self._heading()).encode() or TITLE
        body = self._body.replace(TITLE, self._always.encode() + heading, 1)
        headers = MutableHeaders(raw=self._start["headers"])
        headers["Content-Length"] = str(len(body))
        for name in OF_THE_FILE:
            del headers[name]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})
