"""What every answer has to say for itself, whichever part of the app gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse

from server import subpath

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

METRICS: Final = "/_stcore/metrics"
"""Where Streamlit tells anybody of its sessions and of the memory they take."""

ANCESTORS: Final = "frame-ancestors"

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}

OWN_FRAMES: Final = {"X-Frame-Options": "SAMEORIGIN"}
"""For browsers that know no frame-ancestors; it has no word for other origins."""

STREAMLITS: Final = ("/component", "/media")
"""Paths below which Streamlit answers with HTML that is not the shell of the pages."""


class Guard:
    """ASGI middleware: safe headers on every answer, 404 where there is no page, no metrics.

    Parameters
    ----------
    app
        What answers.
    policy : str
        Content-Security-Policy of answers that have none of their own.
    pages : collection of str
        The last parts of the pages' addresses. Streamlit answers any other with the shell as
        well, which says that there is no such page; here the status says it too.
    elsewhere : collection of str
        Paths at and below which there is other HTML than the shell of the pages, each with a
        slash before and none behind.
    base : str
        Path below which the app is served, as `subpath.base_path` has it.
    metrics : bool
        Whether Streamlit's metrics are open.
    framed_by : collection of str
        Origins whose pages may show the app within them, beside its own.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        policy: str,
        pages: Collection[str],
        elsewhere: Collection[str] = (),
        base: str = "",
        metrics: bool = False,
        framed_by: Collection[str] = (),
    ) -> None:
        self.app = app
        self.policy = policy
        self.pages = frozenset(pages) | {""}
        self.elsewhere = (*elsewhere, *STREAMLITS)
        self.base = base
        self.metrics = metrics
        self.ancestors = " ".join((ANCESTORS, "'self'", *framed_by))
        self.always = ALWAYS if framed_by else ALWAYS | OWN_FRAMES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = subpath.within(str(scope["path"]), self.base)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._guard(message, path)
                _shorten(message, str(scope["path"]))
            await send(message)

        closed = path.rstrip("/") == METRICS and not self.metrics
        app = PlainTextResponse("Not found.", status_code=404) if closed else self.app
        await app(scope, receive, guarded)

    def _guard(self, message: Message, path: str) -> None:
        headers = MutableHeaders(raw=message.setdefault("headers", []))
        for name, value in self.always.items():
            headers.setdefault(name, value)
        policy = headers.get("Content-Security-Policy", self.policy)
        if ANCESTORS not in policy:
            policy = f"{policy}; {self.ancestors}"
        headers["Content-Security-Policy"] = policy
        shell = headers.get("Content-Type", "").startswith("text/html")
        other = any(subpath.is_within(path, each) for each in self.elsewhere)
        known = other or path.strip("/") in self.pages
        if shell and message["status"] == 200 and not known:
            message["status"] = 404


def _shorten(message: Message, path: str) -> None:
    """Say from where it stands to where a slash too many leads.

    Of a path that a proxy has taken away the server knows nothing, and need not know then.
    """
    headers = MutableHeaders(raw=message["headers"])
    to, mark, query = headers.get("Location", "").partition("?")
    bare = path.rstrip("/")
    if bare != path and unquote(to) == bare:
        up = "../" * (len(path) - len(bare))
        headers["Location"] = f"{up}{to.rpartition('/')[2]}{mark}{query}"
