"""The API alone, served on a loopback port for the session."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.applications import Starlette

from api import mount
from scripts import app_server
from tests.api.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    mount.prepare()
    port = app_server.free_port()
    options = uvicorn.Config(
        Starlette(routes=mount.routes()),
        port=port,
        ws="none",
        lifespan="off",
        log_level="error",
    )
    server = uvicorn.Server(options)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    found = Client("127.0.0.1", port)
    found.wait()
    yield found
    server.should_exit = True
    thread.join(timeout=10)
