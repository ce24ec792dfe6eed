"""What takes long to start, started once for all the processes that the tests run in."""

from __future__ import annotations

import fcntl
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pytest


def folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a folder that all processes of a run have, made where it is missing."""
    own = factory.getbasetemp()
    # Each worker has a folder of its own within that of the run.
    found = (own.parent if own.name.startswith("popen-") else own) / name
    found.mkdir(exist_ok=True)
    return found


@contextmanager
def once(kept: Path, start: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """Yield what is told by what is started: by the first that asks, ended behind the last.

    Parameters
    ----------
    kept
        A folder of its own.
    start
        Starts it, and tells where it is.
    """
    told = kept / "told"
    with (kept / "users").open("w") as users, ExitStack() as stack:
        with (kept / "starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_SH)
            if not told.exists():
                told.write_text(stack.enter_context(start()), "utf-8")
                stack.callback(told.unlink)
                stack.callback(fcntl.flock, users, fcntl.LOCK_EX)  # waits for the other users
        yield told.read_text("utf-8")
