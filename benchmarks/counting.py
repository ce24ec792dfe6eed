"""Points counted by district, against GeoPandas' and shapely's own ways, from the same arrays.

Run from the root of the repository: ``python -m benchmarks.counting``. Exits with 1 when any two
ways disagree, or when counting is less than 25 times faster than ``sjoin``.
"""

from __future__ import annotations

import argparse
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.coverage import china
from geo.facts import boundaries
from geo.measures import counting, kept_grids, point_grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Degrees = NDArray[np.float64]

LEAST_RATIO: Final = 25.0
CLUSTERED: Final = 0.8
SPREAD_DEG: Final = 0.05
"""Of points round the middles of districts, in which most of them lie."""


def points(districts: gpd.GeoDataFrame, n: int, *, seed: int) -> tuple[Degrees, Degrees]:
    """Return seeded points: most of them round the middles of districts, the others anywhere."""
    draws = np.random.default_rng(seed)
    middles = shapely.get_coordinates(shapely.point_on_surface(np.asarray(districts.geometry)))
    west, south, east, north = districts.total_bounds
    near = middles[draws.integers(0, len(middles), n)] + draws.normal(0, SPREAD_DEG, (n, 2))
    anywhere = np.column_stack([draws.uniform(west, east, n), draws.uniform(south, north, n)])
    lon, lat = np.where(draws.random(n)[:, None] < CLUSTERED, near, anywhere).T
    return np.ascontiguousarray(lon), np.ascontiguousarray(lat)


def joined(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return counts as ``geopandas.sjoin`` gives them; a point on a border is in no district."""
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=districts.crs)
    pairs = frame.sjoin(districts[["geometry"]], predicate="within")
    rows = districts.index.get_indexer(pd.Index(pairs.iloc[:, -1]))
    return np.bincount(rows, minlength=len(districts))


def counted(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return our counts."""
    return counting.count_points(lon, lat, districts).to_numpy()


def floor(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Look a cell up for each point and count: what no exact way can be faster than."""
    grid = kept_grids.of(np.asarray(districts.geometry.array))
    column = ((lon - grid.west) / grid.width).astype(np.int64).clip(0, grid.columns - 1)
    row = ((lat - grid.south) / grid.height).astype(np.int64).clip(0, grid.rows - 1)
    return np.bincount(np.maximum(grid.cell[row * grid.columns + column], 0))


def seconds(run: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def main() -> int:
    """Print the table; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    missed = False
    sets = {
        "Shanghai": boundaries.districts("shanghai"),
        "Guangdong": boundaries.districts("guangdong"),
        "China": china(),
    }
    for name, districts in sets.items():
        lon, lat = points(districts, asked.points, seed=7)
        edges = point_grid.edges_of(np.asarray(districts.geometry.array))
        differ = int(np.abs(counted(lon, lat, districts) - joined(lon, lat, districts)).sum())
        build = seconds(lambda edges=edges: point_grid.grid(edges))  # type: ignore[misc]
        times: dict[str, list[float]] = {"counting": [], "sjoin": [], "floor": []}
        for _ in range(asked.rounds):
            for way, run in (("counting", counted), ("sjoin", joined), ("floor", floor)):
                times[way].append(seconds(lambda run=run: run(lon, lat, districts)))  # type: ignore[misc]  # noqa: B023
        ours, sjoin, least = (median(times[way]) for way in ("counting", "sjoin", "floor"))
        missed |= bool(differ) or sjoin / ours < LEAST_RATIO
        print(
            f"{name}, {len(districts)} districts, {asked.points:,} points: {ours:.3f} s, "
            f"sjoin {sjoin:.2f} s ({sjoin / ours:.0f} times), floor {least:.3f} s, "
            f"grid made in {build:.2f} s; counts differ by {differ}"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
