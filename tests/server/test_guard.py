"""Which pages there are: the server knows only what it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.responses import HTMLResponse

from server.guard import Guard
from tests import loops

if TYPE_CHECKING:
    from starlette.types import Message


@pytest.mark.parametrize("base", ["", "/atlas"])
@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/find", 200), ("/maps/1", 200), ("/maps", 200), ("/find/1", 404), ("/api", 404)],
)
def test_only_pages_and_what_is_told_have_html(base: str, path: str, status: int) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError

    guard = Guard(HTMLResponse("<p>"), policy="", pages={"find"}, elsewhere={"/maps"}, base=base)
    scope = {"type": "http", "method": "GET", "path": base + path, "headers": []}
    loops.run(guard(scope, receive, send))
    assert sent[0]["status"] == status
