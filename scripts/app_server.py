"""Start the app as its users do, on a free port, for tests, benchmarks and screenshots."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import bundle_map

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
POLL_SECONDS = 0.1
HEALTH = "/_stcore/health"
HEAP = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
"""What make sets for the C library: freed memory goes back to the system."""


@dataclass(frozen=True)
class Server:
    """A running app: its base address (no trailing slash), process id and log."""

    address: str
    pid: int
    log: Path


@contextmanager
def running(
    log: Path,
    *,
    data: Path | None = None,
    base: str = "",
    workspaces: Path | None = None,
    framed_by: str = "",
) -> Iterator[Server]:
    """Serve app.py on a free loopback port while the context is open.

    Parameters
    ----------
    log
        File that takes what the server prints.
    data
        Folder of facts, the project's own where omitted.
    base
        Path below which it is served, "/atlas" for instance; none where omitted.
    workspaces
        Folder of workspaces, the user's own where omitted.
    framed_by
        Origins of pages that may show the app within them, with a comma between them.

    Yields
    ------
    Server
        Once its health page answers.

    Raises
    ------
    RuntimeError
        If the app ends or is not healthy within START_SECONDS; holds the end of the log.
    """
    bundle_map.make()
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    options = ["--server.headless", "true", "--server.baseUrlPath", base]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=os.environ
            | HEAP
            | {"PYTHONUNBUFFERED": "1"}  # a log holds all that was printed
            | ({"CHUANGTU_DATA": str(data)} if data else {})
            | ({"CHUANGTU_WORKSPACES": str(workspaces)} if workspaces else {})
            | ({"CHUANGTU_EMBED_ORIGINS": framed_by} if framed_by else {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            wait_until_healthy(process, port, log, path=base + HEALTH)
            yield Server(address=f"http://127.0.0.1:{port}{base}", pid=process.pid, log=log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_healthy(
    process: subprocess.Popen[bytes], port: int, log: Path, *, path: str = HEALTH
) -> None:
    """Ask for a page until it answers, the process ends, or START_SECONDS are over."""
    for _ in range(round(START_SECONDS / POLL_SECONDS)):
        if is_healthy(port, path=path):
            return
        try:
            status = process.wait(timeout=POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"The app ended with {status} before it served.\n{tail(log)}")
    raise RuntimeError(f"The app did not serve within {START_SECONDS} s.\n{tail(log)}")


def is_healthy(port: int, *, path: str = HEALTH) -> bool:
    """Whether an app on this loopback port answers, and so is ready for sessions."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def free_port() -> int:
    """A loopback port that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tail(log: Path, *, lines: int = 60) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-lines:])
