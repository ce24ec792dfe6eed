"""Connections: small answers go out at once, and nobody holds one without asking anything.

Streamlit makes its socket with protocol 0. asyncio then takes it for none of TCP's and leaves
Nagle's algorithm on: every small answer on a kept connection waits 44 ms for an acknowledgement.
And uvicorn waits for ever for the end of a request's head. Neither can be set from outside, so
the protocol that uvicorn makes for each connection gets both.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from typing import Any, Final

import uvicorn

SECONDS: Final = 10.0
"""How long a client may take for the head of its request."""


def running() -> uvicorn.Server | None:
    """Return the server of this process, known as the one that hears its signals."""
    owner = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return owner if isinstance(owner, uvicorn.Server) else None


def mend(server: uvicorn.Server | None, *, seconds: float = SECONDS) -> None:
    """Let a server that is starting make its connections as described above.

    Parameters
    ----------
    server
        Its configuration is loaded; connections that are there already stay as they are.
    seconds
        Time for the head of a request.
    """
    if server is None:
        warning = "Not served by uvicorn: small answers may be slow, idle connections stay."
        logging.getLogger(__name__).warning(warning)
        return
    config = server.config
    made = (Prompt, config.http_protocol_class)
    config.http_protocol_class = type("PromptProtocol", made, {"seconds": seconds})


class Prompt:
    """Put before a protocol class of uvicorn's: makes its connections prompt on both sides.

    A connection is closed once it has been without the head of a request for `seconds`, at the
    latest after twice that time.

    Attributes
    ----------
    cycle, transport
        uvicorn's: the request that is or was answered last, and the connection.
    """

    seconds: float
    cycle: Any
    transport: asyncio.Transport
    watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Set the connection up."""
        super().connection_made(transport)  # type: ignore[misc]
        made = transport.get_extra_info("socket")
        if made is not None and made.family in {socket.AF_INET, socket.AF_INET6}:
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self.watch is not None:
            self.watch.cancel()
        super().connection_lost(exc)  # type: ignore[misc]

    def _pause(self) -> object | None:
        """Return a mark of the present pause between requests, None within a request."""
        if self.cycle is None:
            return self
        return self.cycle if self.cycle.response_complete else None

    def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        self.watch = loop.call_later(self.seconds, self._look, self._pause())

    def _look(self, before: object | None) -> None:
        heard: object = self.transport.get_protocol()
        if self.transport.is_closing() or heard is not self:
            return  # over, or a websocket by now
        if before is not None and self._pause() is before:
            self.transport.close()
        else:
            self._wait()
