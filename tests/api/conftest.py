"""The API alone, served on a loopback port for the session."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.applications import Starlette

from api import mount
from tests.api.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    mount.prepare()
    # Without a configuration of its own its log is pytest's, and tests can read it.
    options = uvicorn.Config(
        Starlette(routes=mount.routes()),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
    )
    server = uvicorn.Server(options)
    # A socket that listens already lets the first request wait until the server takes it.
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield Client(*listening.getsockname())
        server.should_exit = True
        thread.join(timeout=10)
