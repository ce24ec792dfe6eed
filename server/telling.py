"""The shell of the pages says what each shows, for those that run no script: previews of links."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS: Final = 5.0
"""How long the shell waits for what it is to say: the page needs the same figures anyway."""

TITLE: Final = b"<title>Streamlit</title>"

ASKED_WHOLE: Final = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})
"""Headers that would have the shell come packed, or not at all."""

OF_THE_FILE: Final = ("ETag", "Last-Modified")


class Telling:
    """ASGI middleware: puts what a page shows into the head of the shell.

    Parameters
    ----------
    app
        What answers.
    tell : callable
        Takes the last part of a page's address, "" for the first, and what it asks; returns
        HTML for the head, in place of the title. What it raises is logged, and costs the title.
    pages : collection of str
        The last parts of the pages' addresses.
    base : str
        Path below which the app is served, with a slash before and none behind; "" for none.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        tell: Callable[[str, str], str],
        pages: Collection[str],
        base: str = "",
    ) -> None:
        self.app = app
        self.tell = tell
        self.pages = frozenset(pages) | {""}
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        page = str(scope.get("path", "")).removeprefix(self.base).strip("/")
        if scope["type"] != "http" or scope["method"] != "GET" or page not in self.pages:
            await self.app(scope, receive, send)
            return
        whole = [pair for pair in scope["headers"] if pair[0] not in ASKED_WHOLE]
        shell = _Shell(send, lambda: self._told(page, scope["query_string"].decode("latin-1")))
        await self.app({**scope, "headers": whole}, receive, shell.send)

    async def _told(self, page: str, asked: str) -> str:
        telling = asyncio.ensure_future(run_in_threadpool(self.tell, page, asked))
        try:
            # It goes on behind a shell that does not wait: whoever comes next has it.
            return await asyncio.wait_for(asyncio.shield(telling), SECONDS)
        except TimeoutError:
            telling.add_done_callback(lambda done: done.exception())
        except Exception:
            logging.getLogger(__name__).exception("No preview of page %r, %r", page, asked[:200])
        return ""


class _Shell:
    """Holds an answer until it is whole, and sends it with its head told."""

    def __init__(self, send: Send, told: Callable[[], Any]) -> None:
        self._send = send
        self._told = told
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
        told = (await self._told()).encode()
        body = self._body.replace(TITLE, told, 1) if told else self._body
        headers = MutableHeaders(raw=self._start["headers"])
        headers["Content-Length"] = str(len(body))
        for name in OF_THE_FILE:
            del headers[name]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})
