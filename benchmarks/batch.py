"""Points of many files: memory of one process, and what a second worker of a cluster brings.

Run from the root of the repository: ``python -m benchmarks.batch``. Writes its section of
docs/benchmarks.md and its chart with ``--write``. Exits with 1 when a target is missed, or when
any two ways count otherwise.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd
from distributed import Client

from benchmarks import counting, page
from benchmarks.chart import chart
from geo.batch import inputs, tasks
from geo.batch.__main__ import main as batch
from geo.facts import boundaries
from geo.measures.point_files import Columns

if TYPE_CHECKING:
    from collections.abc import Callable

    Way = Callable[[Path, Path], "Cost"]

ROWS: Final = 2_000_000
FILES: Final = 5
"""Of so many rows; more points are the same files under other names."""

MILLION: Final = 1_000_000
MEMORY_MB: Final = 1500.0
FACTOR: Final = 1.7

PLAIN, WORKER = "plain process", "worker of a cluster"
KINDS: Final = (PLAIN, WORKER)

SEDONA: Final = (
    "Apache Sedona on Spark is left out: its jar comes from Maven alone, and no package of Python "
    "has it. SedonaDB, Sedona's engine for one machine, is among the peers that count a million "
    "points."
)

DASK: Final = Path(sys.executable).with_name("dask")
ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
PACKAGES: Final = ("dask", "distributed", "pyarrow", "numba", "numpy")


class Cluster(NamedTuple):
    """A scheduler and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


class Cost(NamedTuple):
    """Seconds of a run: by the clock, and of the processor by who computes and who serves them."""

    clock: float
    workers: float
    served: float


def write_points(folder: Path, n: int) -> Path:
    """Return a folder of files with `n` seeded points."""
    districts = boundaries.districts("guangdong")
    own = folder / f"{n}"
    own.mkdir()
    for number in range(n // ROWS):
        first = folder / f"{number % FILES}.parquet"
        if not first.exists():
            lon, lat = counting.points(districts, ROWS, seed=number)
            pd.DataFrame({"lon": lon, "lat": lat}).to_parquet(first, row_group_size=ROWS // 2)
        os.link(first, own / f"{number:04}.parquet")
    return own


def alone(points: Path, out: Path) -> tuple[float, float]:
    """Return the seconds and the most megabytes of a process that counts points."""
    words = [sys.executable, "-m", "geo.batch", str(points)]
    words += ["--districts", "guangdong", "--out", str(out)]
    begun = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def cluster(folder: Path, workers: int, ended: ExitStack) -> Cluster:
    """Start a cluster as docs/batch.md does; wait for its workers."""
    file = folder / f"{workers}.json"

    def start(*words: str) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(
            [DASK, *words, "--scheduler-file", file, "--no-dashboard"],
            cwd=folder,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ended.callback(program.wait)
        ended.callback(program.kill)
        return program

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
    each = [start("worker", "--no-nanny", "--nthreads", "1") for _ in range(workers)]
    with Client(scheduler_file=str(file), set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=120)
        return Cluster(str(client.scheduler.address), scheduler, each)


def on_cluster(which: Cluster, points: Path, out: Path) -> Cost:
    """Count points on a cluster."""
    before = [_processor(each) for each in which.workers], _processor(which.scheduler)
    own, begun = time.process_time(), time.perf_counter()
    words = [str(points), "--districts", "guangdong", "--out", str(out)]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
        if batch([*words, "--scheduler", which.address]):
            raise RuntimeError(said.getvalue())
    return Cost(
        clock=time.perf_counter() - begun,
        workers=sum(map(_processor, which.workers)) - sum(before[0]),
        served=time.process_time() - own + _processor(which.scheduler) - before[1],
    )


def _processor(process: subprocess.Popen[bytes]) -> float:
    """Return the seconds of the processor that a process has taken."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def in_processes(pool: ProcessPoolExecutor, points: Path, out: Path) -> Cost:
    """Count points by the same function in the processes of a pool."""
    begun = time.perf_counter()
    cut, _ = inputs.parts(inputs.files([str(points)]), Columns())
    counts = sum(pool.map(_counted, [part for parts in cut.values() for part in parts]))
    pd.DataFrame({"n": counts}).to_csv(out)
    return Cost(time.perf_counter() - begun, 0.0, 0.0)


def _counted(part: inputs.Part) -> pd.Series:
    return tasks.count(part, boundaries.districts("guangdong"), Columns())["n"]


def measured(
    ways: dict[str, Way], points: list[Path], folder: Path, *, rounds: int
) -> dict[str, dict[int, Cost]]:
    """Return the median cost of each way by the number of points; ways take turns.

    Raises
    ------
    ValueError
        Where two of them count otherwise.
    """
    each: dict[tuple[str, Path], list[Cost]] = {}
    for number in range(rounds + 1):  # the first to read what is needed
        for own in points[: len(points) if number else 1]:
            written = set()
            for name, way in ways.items():
                out = folder / "counts.csv"
                cost = way(own, out)
                written.add(out.read_bytes())
                if number:
                    each.setdefault((name, own), []).append(cost)
                    print(f"  {own.name:>12} {name}: {cost.clock:.2f} s", file=sys.stderr)
            if len(written) > 1:
                raise ValueError(f"{own}: ways count otherwise")
    return {
        name: {
            int(own.name): Cost(*map(median, zip(*each[name, own], strict=True))) for own in points
        }
        for name in ways
    }


def table(costs: dict[str, dict[int, Cost]], size: int) -> str:
    """Return seconds of one and of two, by kind, in Markdown."""
    lines = ["| | one | two | times as fast |", "|---|---|---|---|"]
    for kind in KINDS:
        one, two = (costs[f"{number} x {kind}"][size].clock for number in (1, 2))
        lines.append(f"| {kind} | {one:.2f} s | {two:.2f} s | {one / two:.2f} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100, help="millions of points on the cluster")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    sizes = sorted({10 * MILLION, asked.most * MILLION})
    with tempfile.TemporaryDirectory() as made, ExitStack() as ended:
        folder = Path(made)
        points = [write_points(folder, size) for size in sizes]
        seconds, megabytes = alone(points[0], folder / "alone.csv")
        print(f"{sizes[0]:,} in one process: {seconds:.1f} s, {megabytes:.0f} MB", file=sys.stderr)
        ways: dict[str, Way] = {}
        for number in (1, 2):
            pool = ended.enter_context(ProcessPoolExecutor(number, get_context("spawn")))
            ways[f"{number} x {PLAIN}"] = partial(in_processes, pool)
            ways[f"{number} x {WORKER}"] = partial(on_cluster, cluster(folder, number, ended))
        costs = measured(ways, points, folder, rounds=asked.rounds)
    one, two = (costs[f"{number} x {WORKER}"][sizes[-1]] for number in (1, 2))
    bound = 2 * one.workers / (two.workers + two.served)
    print(table(costs, sizes[-1]), SEDONA, sep="\n\n")
    print(
        f"processor: one worker {one.workers:.1f} s, two {two.workers:.1f} s, scheduler and who "
        f"asks {two.served:.1f} s; on two idle cores at best {bound:.2f} times as fast"
    )
    if asked.write:
        page.write(
            Path(__file__).with_suffix(".md"),
            drawn=chart(
                {name: {n: cost.clock for n, cost in by.items()} for name, by in costs.items()},
                across="points",
                up="seconds",
            ),
            packages=PACKAGES,
            table=table(costs, sizes[-1]),
            rows=f"{ROWS:,}",
            least=sizes[0] // MILLION,
            most=sizes[-1] // MILLION,
            rounds=asked.rounds,
            alone=f"{seconds:.1f} s, at most {megabytes:.0f} MB",
            workers=f"{two.workers:.1f}",
            served=f"{two.served:.1f}",
            bound=f"{bound:.2f}",
            sedona=SEDONA,
        )
    return int(missed(megabytes, one.clock / two.clock))


def missed(megabytes: float, factor: float) -> bool:
    """Print each target with what was measured; return whether one is missed."""
    print(f"MB of one process (under {MEMORY_MB:.0f}): {megabytes:.0f}")
    print(f"two workers, times as fast as one ({FACTOR} or more): {factor:.2f}")
    return megabytes >= MEMORY_MB or factor < FACTOR


if __name__ == "__main__":
    sys.exit(main())
