"""A scheduler and its workers: dask's own programs, in forks of one process.

Each would else read the same packages anew, which takes longer than all that is tested with them.
Writes the process of each by its name.
"""

from __future__ import annotations

import os
import sys


def main(file: str, *names: str) -> None:
    """Start them, with a file in which the scheduler leaves its address; wait for all."""
    from distributed.cli import dask_scheduler, dask_worker  # noqa: PLC0415 - not for who tests

    from geo.batch import tasks  # noqa: F401, PLC0415 - the workers read it else

    worker = ["--no-nanny", "--nthreads", "1", "--name"]
    programs = {
        "scheduler": (dask_scheduler.main, ["--host", "127.0.0.1", "--port", "0"]),
        **{name: (dask_worker.main, [*worker, name]) for name in names},
    }
    for name, (program, words) in programs.items():
        process = os.fork()
        if not process:
            program([*words, "--scheduler-file", file, "--no-dashboard"])
        sys.stdout.write(f"{name} {process}\n")
        sys.stdout.flush()
    for _ in programs:
        os.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
