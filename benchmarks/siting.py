"""Plans for new sites at the size of a city, with their proof, beside spopt's plain formulation.

Run from the root of the repository: ``python -m benchmarks.siting``. Writes its section of
docs/benchmarks.md with ``--write``. Exits with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pulp
from scipy import sparse
from scipy.spatial import KDTree, distance
from spopt.locate import MCLP, PMedian

from benchmarks import page
from geo import siting

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SIDE_M: Final = 80_000.0
"""Demand and candidates lie anywhere in a square of this side, as wide as Shanghai."""

LONGEST_S: Final = 120.0
"""After which our search would end."""

MEMORY_MB: Final = 300.0
"""Beside what the process holds with its costs."""

PACKAGES: Final = ("numpy", "scipy", "numba", "highspy", "spopt", "pulp")


class Problem(NamedTuple):
    """A problem, and what is wanted of it.

    Attributes
    ----------
    candidates, demand
        How many.
    p
        Sites to choose.
    radius
        Metres for maximal covering; None for the p-median.
    gap
        Share of the value.
    most_s
        Seconds wanted.
    peer
        Whether the peer ends in reasonable time.
    """

    candidates: int
    demand: int
    p: int
    radius: float | None
    gap: float
    most_s: float
    peer: bool = False

    def __str__(self) -> str:
        """Return what stands in the table."""
        kind = "p-median" if self.radius is None else f"covering, {self.radius / 1000:g} km"
        wanted = "proven" if not self.gap else f"{self.gap:.0%}"
        return f"{kind}: {self.candidates:,} x {self.demand:,}, p {self.p}, {wanted}"


PROBLEMS: Final = (
    Problem(2_000, 20_000, 20, 3_000, 0.01, 2, peer=True),
    Problem(2_000, 20_000, 20, 6_000, 0.01, 10),
    Problem(5_000, 200_000, 20, 6_000, 0.01, 60),
    Problem(100, 1_000, 10, None, 0.0, 3, peer=True),
    Problem(300, 5_000, 20, None, 0.01, 30),
)


class Run(NamedTuple):
    """What a plan took.

    Attributes
    ----------
    seconds, processor_s
        By the clock, and of the processor.
    megabytes
        At the most, beside what the process held with its costs.
    plan
        With its bound.
    """

    seconds: float
    processor_s: float
    megabytes: float
    plan: siting.Plan


def instance(problem: Problem) -> tuple[Any, NDArray[np.float64]]:
    """Return costs and weights, seeded: metres for the p-median, otherwise who reaches whom."""
    draws = np.random.default_rng(0 if problem.radius else 1)
    demand = draws.uniform(0, SIDE_M, (problem.demand, 2))
    candidates = draws.uniform(0, SIDE_M, (problem.candidates, 2))
    weights = draws.integers(1, 1_000, problem.demand).astype(float)
    if problem.radius is None:
        return distance.cdist(demand, candidates), weights
    near: Any = KDTree(candidates).query_ball_point(demand, problem.radius, return_sorted=True)
    starts = np.r_[0, np.cumsum([len(each) for each in near])].astype(np.int32)
    columns = np.concatenate(near).astype(np.int32)
    reached = np.ones(len(columns), dtype=bool), columns, starts
    return sparse.csr_array(reached, shape=(problem.demand, problem.candidates)), weights


def solved(problem: Problem) -> Run:
    """Return what our plan took, in a process that has compiled its loops."""
    ours(PROBLEMS[3], *instance(PROBLEMS[3]))
    ours(PROBLEMS[0], *instance(PROBLEMS[0]))
    given = instance(problem)
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    before, clock, processor = _held("VmRSS"), time.perf_counter(), time.process_time()
    plan = ours(problem, *given)
    seconds = time.perf_counter() - clock, time.process_time() - processor
    return Run(*seconds, _held("VmHWM") - before, plan)


def ours(problem: Problem, cost: Any, weights: NDArray[np.float64]) -> siting.Plan:  # noqa: ANN401
    """Return the plan of this project."""
    gap, seconds = problem.gap, LONGEST_S
    if problem.radius is None:
        return siting.p_median(cost, weights, problem.p, gap=gap, seconds=seconds)
    return siting.maximal_covering(
        cost, weights, problem.p, problem.radius, gap=gap, seconds=seconds
    )


def peer(problem: Problem) -> tuple[float, float]:
    """Return seconds and value of spopt's formulation, solved by the CBC that comes with PuLP."""
    cost, weights = instance(problem)
    begun = time.perf_counter()
    if problem.radius is None:
        model = PMedian.from_cost_matrix(cost, weights, problem.p)
    else:
        metres = np.where(cost.toarray(), 1.0, 2 * problem.radius)
        model = MCLP.from_cost_matrix(metres, weights, problem.radius, problem.p)
    model.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=problem.gap))
    return time.perf_counter() - begun, float(pulp.value(model.problem.objective))


def _held(what: str) -> float:
    """Return megabytes that this process holds, or has held at the most."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith(what))


def apart(run: Callable[[Problem], Any], problem: Problem, seconds: float) -> Any:  # noqa: ANN401
    """Return what a function returns in a process of its own; None where it takes too long."""
    spawned = multiprocessing.get_context("spawn")
    result = spawned.SimpleQueue()
    process = spawned.Process(target=_put, args=(result, run, problem))
    process.start()
    process.join(seconds)
    if process.is_alive():
        os.killpg(int(str(process.pid)), signal.SIGKILL)
        return None
    return result.get()


def _put(result: Any, run: Callable[[Problem], Any], problem: Problem) -> None:  # noqa: ANN401
    # The peer's solver is a program of its own, which would go on after its end.
    os.setsid()
    result.put(run(problem))


def line(problem: Problem, longest: float) -> tuple[str, bool]:
    """Return a line of the table, and whether the targets are kept."""
    run = apart(solved, problem, 10 * LONGEST_S)
    theirs = "not asked"
    if problem.peer:
        ended = apart(peer, problem, longest)
        theirs = f"{ended[0]:.0f} s" if ended else f"none in {longest:.0f} s"
    kept = (
        run.seconds <= problem.most_s and run.plan.gap <= problem.gap and run.megabytes <= MEMORY_MB
    )
    proof = "proven best" if run.plan.status == "proven" else f"within {run.plan.gap:.2%}"
    cells = [
        str(problem),
        f"{run.seconds:.2f} s" + ("" if kept else " (missed)"),
        f"{run.processor_s:.2f} s",
        proof,
        f"{run.megabytes:.0f} MB",
        f"{problem.most_s:g} s",
        theirs,
    ]
    return f"| {' | '.join(cells)} |", kept


def main() -> int:
    """Print the table; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=float, default=600, help="seconds that a peer has")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    lines = [
        "| candidates x demand | seconds | of the processor | proof | memory | wanted | spopt |",
        "|---|---|---|---|---|---|---|",
    ]
    print(*lines, sep="\n")
    reached = []
    for problem in PROBLEMS:
        cells, kept = line(problem, asked.longest)
        print(cells, flush=True)
        lines.append(cells)
        reached.append(kept)
    if asked.write:
        table = "\n".join(lines)
        page.write(Path(__file__).with_suffix(".md"), packages=PACKAGES, table=table)
    return int(not all(reached))


if __name__ == "__main__":
    sys.exit(main())
