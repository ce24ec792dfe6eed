"""Walks on the streets of a city: ten thousand sites, beside SciPy's Dijkstra.

Run from the root of the repository: ``python -m benchmarks.networks``. Writes its section of
docs/benchmarks.md with ``--write``. Exits with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import geopandas as gpd
import numpy as np
import shapely
from scipy import sparse
from scipy.sparse import csgraph

from benchmarks import page
from geo.geometry import projection
from geo.networks import graph, isochrones, reach, snapping
from geo.networks.reach import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.networks.graph import Lines, Network

T = TypeVar("T")

SIDE: Final = 550
STEP_M: Final = 60.0
GONE: Final = 0.15
SITES: Final = 10_000
DEMAND: Final = 20_000
FEW: Final = 200
MIDDLE: Final = (121.47, 31.23)
TARGET_S: Final = 10.0
PACKAGES: Final = ("numba", "scipy", "shapely", "numpy")


class Figure(NamedTuple):
    """What was measured: seconds by the clock, of the processor, and wanted (0: none)."""

    what: str
    clock: float
    cpu: float
    wanted: float = 0.0


def city(side: int) -> Lines:
    """Return the streets of a city."""
    draws = np.random.default_rng(1)
    row, column = np.divmod(np.arange(side * side), side)
    x, y = (
        (each - side / 2) * STEP_M + draws.normal(0, STEP_M / 6, side * side)
        for each in (column, row)
    )
    lon, lat = projection.laea(*MIDDLE).transform(x, y, direction="INVERSE")
    corner = np.arange(side * side)
    right, up = corner[column < side - 1], corner[row < side - 1]
    ends = np.concatenate([np.column_stack([right, right + 1]), np.column_stack([up, up + side])])
    ends = ends[draws.random(len(ends)) >= GONE]
    line = np.repeat(np.arange(len(ends)), 2)
    kind = np.full(len(ends), "street", dtype=object)
    vertex = ends.ravel()
    return graph.Lines(lon[vertex], lat[vertex], vertex.astype(np.int64), line, kind)


def places(network: Network, n: int, *, seed: int) -> gpd.GeoDataFrame:
    """Return seeded places some metres from corners."""
    draws = np.random.default_rng(seed)
    corner = network.lonlat[draws.integers(0, len(network.lonlat), n)]
    points = shapely.points(corner + draws.normal(0, 2e-4, (n, 2)))
    return gpd.GeoDataFrame(geometry=points, crs="EPSG:4326")


def timed(what: str, run: Callable[[], T], *, wanted: float = 0.0) -> tuple[Figure, T]:
    """Return what a run took, and gave."""
    clock, cpu = time.perf_counter(), time.process_time()
    given = run()
    figure = Figure(what, time.perf_counter() - clock, time.process_time() - cpu, wanted)
    print(figure, file=sys.stderr)
    return figure, given


def peer(network: Network, sites: gpd.GeoDataFrame, limit: float) -> Figure:
    """Return what SciPy takes for the walks of some sites to all corners, as if for all sites."""
    shape = (len(network.lonlat), len(network.lonlat))
    both = (
        np.concatenate([network.tail, network.head]),
        np.concatenate([network.head, network.tail]),
    )
    links = sparse.coo_array((np.tile(network.metres, 2), both), shape=shape).tocsr()
    lonlat = shapely.get_coordinates(np.asarray(sites.geometry.array)[:FEW])
    start = network.tail[snapping.snap(network, lonlat, most_m=500).edge]

    def run() -> int:
        parts = np.array_split(start, FEW // 20)  # it gives a whole row of the city for each
        return sum(
            int((csgraph.dijkstra(links, indices=part, limit=limit) < np.inf).sum())
            for part in parts
        )

    figure, _ = timed("", run)
    times = len(sites) / FEW
    what = f"SciPy, the same up to {limit:,.0f} m"
    return Figure(what, figure.clock * times, figure.cpu * times)


def measured(side: int) -> tuple[Network, list[Figure]]:
    """Return the network and what was measured on it."""
    lines = city(side)
    made, network = timed("network of the lines", lambda: graph.network(lines))
    sites, demand = places(network, SITES, seed=2), places(network, DEMAND, seed=3)
    index, _ = timed("index of the streets, kept", lambda: snapping.in_plane(network.course))
    # Loops are compiled once on a machine.
    reach.reach(network, demand[:10], sites[:10], Walk(metres=100))
    figures = [made, index]
    for what, run, wanted in (
        ("which demand is reached from any site, 15 minutes",
         lambda: reach.reach(network, demand, sites, Walk(minutes=15)), TARGET_S),
        ("all walks between sites and demand up to 1,250 m",
         lambda: reach.costs(network, demand, sites, Walk(metres=1250)), TARGET_S),
        ("all walks between sites and demand up to 3,000 m",
         lambda: reach.costs(network, demand, sites, Walk(metres=3000)), TARGET_S),
        ("outline of what 20 sites reach in 15 minutes",
         lambda: isochrones.isochrones(network, sites[:20], Walk(minutes=15)), 0.0),
    ):  # fmt: skip
        figures.append(timed(what, run, wanted=wanted)[0])
    return network, [*figures, peer(network, sites, 3000.0)]


def table(figures: list[Figure]) -> str:
    """Return what was measured beside its target, in Markdown."""
    lines = ["| what | by the clock | of the processor | wanted |", "|---|---|---|---|"]
    lines += [
        f"| {each.what} | {each.clock:.3g} s{_missed(each)} | {each.cpu:.3g} s "
        f"| {f'{each.wanted:g} s' if each.wanted else ''} |"
        for each in figures
    ]
    return "\n".join(lines)


def _missed(figure: Figure) -> str:
    return " (missed)" if figure.wanted and figure.clock > figure.wanted else ""


def main() -> int:
    """Print the table; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=SIDE, help="corners of a side of the city")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    network, figures = measured(asked.side)
    print(table(figures))
    if asked.write:
        page.write(
            Path(__file__).with_suffix(".md"),
            packages=PACKAGES,
            table=table(figures),
            nodes=f"{len(network.lonlat):,}",
            edges=f"{len(network.tail):,}",
            sites=f"{SITES:,}",
            demand=f"{DEMAND:,}",
            few=FEW,
            times=SITES // FEW,
        )
    return int(any(_missed(each) for each in figures))


if __name__ == "__main__":
    sys.exit(main())
