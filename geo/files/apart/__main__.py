"""Runs one job on a file, with limits, and says on standard output what came of it.

``python -I apart JOB MEMORY SECONDS ...``; a line of JSON, then the rows. An exception ends it, and
so the reading of the file. It imports nothing of the project, so that it starts in a blink.
"""

from __future__ import annotations

import importlib
import importlib.abc
import json
import os
import sys

TOO_COSTLY = 3

UNNEEDED = {"features": ("geopandas", "pandas", "shapely")}
"""What a job's library would import where it can, and the job does not use: most of its start."""


class Unneeded(importlib.abc.MetaPathFinder):
    """Finds that libraries are not there.

    Parameters
    ----------
    names
        Of the libraries.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:  # noqa: ARG002
        """Raise for what is not needed; leave all else to others."""
        if fullname in self.names:
            raise ModuleNotFoundError(name=fullname)


def limit(memory: int, seconds: int) -> None:
    """Limit this process; where the system knows no limits (Windows) the clock alone holds."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Run the job that the command line names."""
    job, memory, seconds, *options = sys.argv[1:]
    limit(int(memory), int(seconds))
    # What libraries print goes to the log, not among the rows.
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.meta_path.insert(0, Unneeded(UNNEEDED.get(job, ())))
    try:
        head, rows = importlib.import_module(job).run(*options)
    except MemoryError:
        return TOO_COSTLY
    with said:
        said.write(json.dumps(head).encode() + b"\n")
        said.write(rows)
    return 0


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # All is said. Where Python takes itself apart, threads of Arrow that still run abort it.
    os._exit(status)
