"""Kill a process in the middle of a save, a hundred times, and look at what it left.

Prints how often the workspace was what it was before, what was being saved, and anything else.
A child is a fork: it saves at once, so that the moments of death are spread over the save itself.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.workspaces.folder import Folder
from tests.geo.workspaces import toy

if TYPE_CHECKING:
    from geo.workspaces.store import Store

TIMES = 100


def _store(where: str) -> Store:
    if where.startswith("postgresql:"):
        from geo.workspaces.postgis import Database  # noqa: PLC0415 - only where it is asked for

        return Database(where)
    return Folder(Path(where))


def main(where: str) -> None:
    store = _store(where)
    first = toy.workspace(rows=100, boundaries=None)
    key = store.create(first).write
    started = time.perf_counter()
    store.save(key, first, based_on=1)
    lasting = time.perf_counter() - started
    stands = store.open(key)
    counts = [0, 0, 0]
    for turn in range(1, TIMES + 1):
        new = replace(first, name=str(turn))
        child = os.fork()
        if child == 0:
            _store(where).save(key, new, based_on=stands.version.number)
            os._exit(0)
        time.sleep(lasting * 1.5 * turn / TIMES)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        states = [stands.content, new]
        stands = store.open(key)
        counts[states.index(stands.content) if stands.content in states else 2] += 1
    sys.stdout.write(f"{counts[0]} {counts[1]} {counts[2]}\n")


if __name__ == "__main__":
    main(sys.argv[1])
