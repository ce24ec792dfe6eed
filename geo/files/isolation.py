"""A process of its own for readers in C and Rust: what breaks or swells there ends with it.

Its memory, time and files have limits (the program ``apart`` beside it), it is given nothing of
our environment but what a program needs to start, and no key of a service.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import RefusedJobError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROGRAM: Final = Path(__file__).with_name("apart")

SECONDS: Final = 60
"""Of a processor that a file may take; twice as many by the clock, where others compute too."""

MEMORY: Final = 3 << 30
"""Bytes that a file may take."""

NEEDED: Final = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""Variables of the environment without which no program starts."""

TOO_COSTLY: Final = 3
"""How the process ends where memory or time run out."""

KILLED: Final = (6, 9, 24)
"""Signals that end a process out of memory (SIGABRT, SIGKILL) or out of time (SIGXCPU)."""


def run(
    job: str,
    *options: object,
    content: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], memoryview]:
    """Return what a job says about a file, and the rows.

    Parameters
    ----------
    job
        Module of the program.
    *options
        Its arguments.
    content
        What is given to the job to read.
    environment
        Variables that the job needs.

    Raises
    ------
    RefusedJobError
        Where the job refuses the file, fails, or takes too much.
    """
    kept = {name: os.environ[name] for name in NEEDED if name in os.environ}
    command: Sequence[str] = [sys.executable, "-I", str(PROGRAM), job]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file's name is no argument
            [*command, str(MEMORY), str(SECONDS), *map(str, options)],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            env=kept | dict(environment or {}),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedJobError("too_costly") from error
    head, _, _ = done.stdout.partition(b"\n")
    if done.returncode == TOO_COSTLY or -done.returncode in KILLED:
        raise RefusedJobError("too_costly")
    if done.returncode or not head:
        raise RefusedJobError("unreadable")
    try:
        said: dict[str, Any] = json.loads(head)
    except ValueError as error:
        raise RefusedJobError("unreadable") from error
    if "refused" in said:
        raise RefusedJobError(said.pop("refused"), **said)
    return said, memoryview(done.stdout)[len(head) + 1 :]
