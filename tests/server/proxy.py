"""A proxy that serves an app below a path of its own, and takes the path away, as nginx may."""

from __future__ import annotations

import asyncio
import queue
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def stripping(app: str, path: str) -> Iterator[str]:
    """Serve the app at an address below a path; yield the address."""
    port = urlsplit(app).port
    told: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]]
    told = queue.SimpleQueue()

    async def through(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            there, back = await asyncio.open_connection("127.0.0.1", port)
            back.write(stripped(head, path).encode("latin-1"))
            await asyncio.gather(pipe(reader, back), pipe(there, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def serve() -> None:
        over = asyncio.Event()
        async with await asyncio.start_server(through, "127.0.0.1", 0) as listening:
            own = listening.sockets[0].getsockname()[1]
            told.put((asyncio.get_running_loop(), over, own))
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    loop, over, own = told.get(timeout=10)
    yield f"http://127.0.0.1:{own}{path}"
    loop.call_soon_threadsafe(over.set)
    thread.join(timeout=10)


def stripped(head: str, path: str) -> str:
    """Return the head of a request without the path; but for websockets, one a connection."""
    found = re.sub(rf"^(\w+) {path}", r"\1 ", head, count=1)
    if "upgrade: websocket" not in head.lower():
        found = re.sub(r"(?im)^connection:.*\r\n", "", found)
        found = found.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
    return found.replace("\r\n\r\n", f"\r\nX-Forwarded-Prefix: {path}\r\n\r\n")


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what comes until it ends."""
    try:
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
