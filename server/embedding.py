"""``?embed=1`` in a page's address: Streamlit keeps that word for itself; pages say widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse

from server import subpath

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Receive, Scope, Send

WORD: Final = "embed"
PLAIN: Final = "1"
"""What asks for a page's widget without saying which."""


class Embedding:
    """ASGI middleware: leads from ``embed`` to ``widget``; the rest of the address stays.

    Parameters
    ----------
    app
        What answers.
    pages : collection of str
        The last parts of the pages' addresses.
    usual : str
        The widget that ``embed=1`` asks for.
    base : str
        Path below which the app is served, as `subpath.base_path` has it.
    """

    def __init__(self, app: ASGIApp, *, pages: Collection[str], usual: str, base: str = "") -> None:
        self.app = app
        self.pages = frozenset(pages) | {""}
        self.usual = usual
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        app = self.app
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and self._is_page(scope):
            asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            embed = dict(asked).get(WORD)
            # ``embed=true`` is Streamlit's: the page without its menu.
            if embed and embed != "true":
                kept = [(name, value) for name, value in asked if name not in {WORD, "widget"}]
                widget = ("widget", self.usual if embed == PLAIN else embed)
                # Of the host and path that a proxy shows it needs to know nothing.
                app = RedirectResponse(f"?{urlencode([*kept, widget], safe=',:')}")
        await app(scope, receive, send)

    def _is_page(self, scope: Scope) -> bool:
        path = str(scope["path"])
        below = subpath.is_within(path, self.base)
        return below and subpath.within(path, self.base).strip("/") in self.pages
