"""A page open in Chromium, with everything it did that a test may want to forbid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebSocket

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Visit:
    """One browser context with one page, and what was recorded in it.

    ``console_errors`` are messages of level error, ``page_errors`` exceptions nobody caught,
    ``outside_requests`` addresses (of frames and web sockets too) on any other host.
    """

    page: Page
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    outside_requests: list[str] = field(default_factory=list)

    def assert_clean(self) -> None:
        """Assert that nothing left this machine and nothing went wrong in the browser."""
        assert self.outside_requests == []
        assert self.page_errors == []
        assert self.console_errors == []


class PageFactory(Protocol):
    """Opens the app at a path (with query) in a page of its own, which remembers nothing."""

    def __call__(
        self,
        path: str = "/",
        *,
        width: int = 1440,
        height: int = 900,
        color_scheme: Literal["light", "dark"] = "light",
    ) -> Visit: ...


def is_outside(address: str) -> bool:
    """Whether an address names a host other than this one; data: and blob: name none."""
    host = urlsplit(address).hostname
    return host is not None and host not in LOCAL_HOSTS


def record(context: BrowserContext) -> Visit:
    """Open a page in the context and record what happens there, from before its first request."""
    visit = Visit(page=context.new_page())
    _watch(visit.page, visit)
    return visit


def _watch(page: Page, visit: Visit) -> None:
    def note_socket(socket: WebSocket) -> None:
        _note_outside(visit, socket.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            visit.console_errors.append(f"{message.text} ({message.location['url']})")

    def note_window(opened: Page) -> None:
        _note_outside(visit, opened.url)
        _watch(opened, visit)

    page.on("request", lambda request: _note_outside(visit, request.url))
    page.on("pageerror", lambda error: visit.page_errors.append(str(error)))
    page.on("console", note_message)
    page.on("websocket", note_socket)
    page.on("popup", note_window)


def _note_outside(visit: Visit, address: str) -> None:
    if is_outside(address):
        visit.outside_requests.append(address)
