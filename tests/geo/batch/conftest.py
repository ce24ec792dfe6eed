"""A cluster of two workers, started once, by the programs that people start it with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from distributed import Client

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = Path(__file__).with_name("programs.py")
NAMES = ("one", "other")


class Cluster(NamedTuple):
    """One who may ask its scheduler, and the processes of its workers by name."""

    client: Client
    workers: Mapping[str, int]

    @property
    def address(self) -> str:
        return str(self.client.scheduler.address)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(
            [sys.executable, PROGRAMS, file, *NAMES],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        ) as programs,
    ):
        assert programs.stdout is not None
        started = (programs.stdout.readline().split() for _ in ("scheduler", *NAMES))
        try:
            processes = {name: int(process) for name, process in started}
            with Client(scheduler_file=str(file), set_as_default=False) as client:
                client.wait_for_workers(len(NAMES), timeout=60)
                yield Cluster(client, processes)
        finally:
            os.killpg(programs.pid, signal.SIGKILL)
