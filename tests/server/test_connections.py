"""Connections of a server of uvicorn's: closed when nothing is asked, and not before."""

from __future__ import annotations

import asyncio
import http.client
import signal
import socket
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server import connections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

SECONDS = 0.3


async def slow(_: Request) -> PlainTextResponse:
    await asyncio.sleep(4 * SECONDS)  # longer than any client may be silent
    return PlainTextResponse("done")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(
        Starlette(routes=[Route("/slow", slow)]), ws="none", lifespan="off", log_config=None
    )
    config.load()
    server = uvicorn.Server(config)
    connections.mend(server, seconds=SECONDS)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=10)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /slow HTTP/1.1\r\nHost: a.org\r\nX-Never: ends",
        b"GET /nothing HTTP/1.1\r\nHost: a.org\r\n\r\nGET /nothing HTTP/1.1\r\nHost:",
    ],
)
def test_who_asks_nothing_is_let_go(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(sent)
        while client.recv(10_000):  # an answer to what was asked, and then the end
            pass


def test_who_waits_for_an_answer_gets_it(port: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(2):
        client.request("GET", "/slow")
        assert client.getresponse().read() == b"done"
    client.close()


def test_the_server_of_the_process_is_the_one_that_hears_its_signals(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert connections.running() is None
    connections.mend(connections.running())
    assert "Not served by uvicorn" in caplog.text
    server = uvicorn.Server(uvicorn.Config(Starlette()))
    before = signal.signal(signal.SIGTERM, server.handle_exit)
    try:
        assert connections.running() is server
    finally:
        signal.signal(signal.SIGTERM, before)
