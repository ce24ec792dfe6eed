"""A cluster of two workers, started once, by the programs that people start it with."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from distributed import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
DASK = Path(sys.executable).with_name("dask")


class Cluster(NamedTuple):
    """One who may ask its scheduler, and its workers by name."""

    client: Client
    workers: dict[str, subprocess.Popen[bytes]]

    @property
    def address(self) -> str:
        return str(self.client.scheduler.address)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    with ExitStack() as ended, (folder / "log").open("ab") as log:

        def start(*words: str) -> subprocess.Popen[bytes]:
            program = subprocess.Popen(
                [DASK, *words, "--scheduler-file", file, "--no-dashboard"],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
            ended.callback(program.wait)
            ended.callback(program.kill)
            return program

        start("scheduler", "--host", "127.0.0.1", "--port", "0")
        workers = {
            name: start("worker", "--no-nanny", "--nthreads", "1", "--name", name)
            for name in ("one", "other")
        }
        client = ended.enter_context(Client(scheduler_file=str(file), set_as_default=False))
        client.wait_for_workers(len(workers), timeout=60)
        yield Cluster(client, workers)
