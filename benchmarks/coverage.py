"""Coverage against GeoPandas's overlay, with its error, a second radius, and many sites.

Run from the root of the repository: ``python -m benchmarks.coverage``. Writes its section of
docs/benchmarks.md and its chart with ``--write``. Exits with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from benchmarks import coverage_peers, page
from benchmarks.chart import chart
from benchmarks.counting import SPREAD_DEG, china, points
from geo.facts import boundaries
from geo.measures import coverage
from geo.settings import RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

OURS, PEER = "this project", "overlay, exploded"
SITES: Final = 10_000
MANY: Final = 100_000
MILLION: Final = 1_000_000
SMALL_M: Final = 1_000.0

LONGEST_S: Final = 20.0
"""The peer that took longer is not asked about more sites."""

PACKAGES: Final = ("geopandas", "shapely", "numpy", "scipy", "pyproj")

AT_LEAST, AT_MOST = "at least", "at most"


class Figure(NamedTuple):
    """What was measured, and its target.

    Attributes
    ----------
    what
        In words.
    value
        As measured.
    side
        `AT_LEAST` or `AT_MOST`.
    target
        The value that is good enough.
    """

    what: str
    value: float
    side: str
    target: float

    @property
    def kept(self) -> bool:
        """Whether the target is."""
        return self.value >= self.target if self.side == AT_LEAST else self.value <= self.target


def sites(districts: gpd.GeoDataFrame, n: int) -> gpd.GeoDataFrame:
    """Return seeded sites, each known to its building."""
    return _at(*points(districts, n, seed=7))


def crowded(districts: gpd.GeoDataFrame, n: int) -> gpd.GeoDataFrame:
    """Return seeded sites round the middles of districts alone.

    A fifth of a million anywhere would cover the city whole, where bounds have nothing to say.
    """
    middles = shapely.get_coordinates(shapely.point_on_surface(np.asarray(districts.geometry)))
    draws = np.random.default_rng(7)
    lonlat = middles[draws.integers(0, len(middles), n)] + draws.normal(0, SPREAD_DEG, (n, 2))
    return _at(*lonlat.T)


def _at(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> gpd.GeoDataFrame:
    places = gpd.points_from_xy(lon, lat, crs="EPSG:4326")
    return gpd.GeoDataFrame({"precision": "building"}, geometry=places, index=range(len(lon)))


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def in_turn(ways: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Return the median seconds of each way; they take turns."""
    each: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            each[name].append(seconds(run))
    return {name: median(times) for name, times in each.items()}


def against_peer(districts: gpd.GeoDataFrame, *, rounds: int) -> list[Figure]:
    """Return speed against the overlay's, and the error of each."""
    given = sites(districts, SITES)
    times = in_turn(
        {
            OURS: lambda: coverage.coverage(given, districts, radius_m=RADIUS_M),
            PEER: lambda: coverage_peers.exploded_overlay(given, districts, RADIUS_M),
        },
        rounds=rounds,
    )
    truth = coverage_peers.reference(given, districts, RADIUS_M)
    own = coverage.coverage(given, districts, radius_m=RADIUS_M)["share"]
    other = coverage_peers.exploded_overlay(given, districts, RADIUS_M)
    error, its = (float((shares - truth).abs().max()) for shares in (own, other))
    print(f"{times}, errors {error:.1e} and {its:.1e}", file=sys.stderr)
    return [
        Figure(f"the overlay ({times[PEER]:.3g} s), times ours ({times[OURS]:.3g} s)",
               times[PEER] / times[OURS], AT_LEAST, 4),
        Figure(f"largest error of a district's share (the overlay's: {its:.1e})",
               error, AT_MOST, 1e-5),
    ]  # fmt: skip


def second_radius(districts: gpd.GeoDataFrame, *, rounds: int) -> list[Figure]:
    """Return what a second radius in one call costs, as share of the first, in either order."""
    given = sites(districts, SITES)

    def asked(*radii: float) -> Callable[[], object]:
        return lambda: coverage.coverage(given, districts, radius_m=[*radii])

    calls = {"1": (SMALL_M,), "1 + 3": (SMALL_M, RADIUS_M), "3": (RADIUS_M,),
             "3 + 1": (RADIUS_M, SMALL_M)}  # fmt: skip
    times = in_turn({name: asked(*radii) for name, radii in calls.items()}, rounds=3 * rounds)
    print(times, file=sys.stderr)
    return [
        Figure(f"a second radius of {second} km after one of {first} km, share of the first",
               times[f"{first} + {second}"] / times[first] - 1, AT_MOST, 0.5)
        for first, second in (("1", "3"), ("3", "1"))
    ]  # fmt: skip


def many(districts: gpd.GeoDataFrame) -> list[Figure]:
    """Return seconds of a hundred thousand sites, and of a million in a city with their bounds."""
    given = sites(districts, MANY)
    exact = seconds(lambda: coverage.coverage(given, districts, radius_m=RADIUS_M))
    shanghai = boundaries.districts("shanghai")
    million = crowded(shanghai, MILLION)
    begun = time.perf_counter()
    table = coverage.coverage(million, shanghai, radius_m=SMALL_M)
    bounded = time.perf_counter() - begun
    width = (table["share_high"] - table["share_low"]) * table["area_km2"]
    return [
        Figure(f"{MANY:,} sites, exact: seconds", exact, AT_MOST, 20),
        Figure(f"{MILLION:,} sites in Shanghai, all in crowds, r = 1 km, in bounds: seconds",
               bounded, AT_MOST, 30),
        Figure("width of these bounds, share of the city's area",
               float(width.sum() / table["area_km2"].sum()), AT_MOST, 0.002),
    ]  # fmt: skip


def curve(districts: gpd.GeoDataFrame, *, most: int) -> dict[str, dict[int, float]]:
    """Return seconds by size, one run each; of the peer up to where it takes long."""
    ways = {
        OURS: lambda given: coverage.coverage(given, districts, radius_m=RADIUS_M),
        PEER: lambda given: coverage_peers.exploded_overlay(given, districts, RADIUS_M),
    }
    times: dict[str, dict[int, float]] = {name: {} for name in ways}
    for size in (10**power for power in range(3, most + 1)):
        given = sites(districts, size)
        for name, run in ways.items():
            if name == OURS or max(times[name].values(), default=0) < LONGEST_S:
                times[name][size] = seconds(partial(run, given))
                print(f"  {size:>10,} {name}: {times[name][size]:.2f} s", file=sys.stderr)
    return times


def table(figures: list[Figure]) -> str:
    """Return what was measured beside its target, in Markdown."""
    lines = ["| what | measured | wanted |", "|---|---|---|"]
    lines += [
        f"| {each.what} | {each.value:.3g}{'' if each.kept else ' (missed)'} "
        f"| {each.side} {each.target:g} |"
        for each in figures
    ]
    return "\n".join(lines)


def main() -> int:
    """Print the table; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=6, help="power of ten of the largest size")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    districts = china()
    # Outlines are made ready once a process.
    coverage.coverage(sites(districts, 100), districts, radius_m=RADIUS_M)
    figures = [
        *against_peer(districts, rounds=asked.rounds),
        *second_radius(districts, rounds=asked.rounds),
        *many(districts),
    ]
    print(table(figures))
    if asked.write:
        lines = curve(districts, most=asked.most)
        page.write(
            Path(__file__).with_suffix(".md"),
            drawn=chart(lines, across="sites", up="seconds"),
            packages=PACKAGES,
            table=table(figures),
            districts=f"{len(districts):,}",
            sites=f"{SITES:,}",
            km=f"{RADIUS_M / 1000:g}",
            rounds=asked.rounds,
        )
    return int(not all(each.kept for each in figures))


if __name__ == "__main__":
    sys.exit(main())
