"""All indicators of where sites cluster, for Guangdong with many sites, beside their peers.

Run from the root of the repository: ``python -m benchmarks.indicators``. Writes its section of
docs/benchmarks.md with ``--write``. Exits with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import functools
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import geopandas as gpd
import numpy as np
import shapely
from esda.getisord import G_Local
from libpysal.weights import WSP
from pointpats import distance_statistics
from sklearn.cluster import DBSCAN
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from benchmarks import page
from benchmarks.coverage import AT_MOST, Figure, in_turn, table
from geo import autocorrelation, clusters, concentration, location_quotient, point_pattern
from geo.facts import boundaries, catalog
from geo.measures import (
    cluster_profiles,
    density,
    hot_spots,
    pair_test,
    random_points,
    region_plane,
    sector_counts,
)
from geo.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

REGION: Final = "guangdong"
SITES: Final = 10_000
CENTRES: Final = 60
SPREAD_M: Final = 3_000.0
"""Half of the sites lie round so many centres, so far from them; the others anywhere."""

RADII_M: Final = (500.0, 1_000.0, 2_000.0, 3_000.0)
PERMUTATIONS: Final = 999
"""Of the peer; ours are `hot_spots.PERMUTATIONS` of each."""

MOST_S: Final = 5.0
"""All indicators together, on two cores; what hangs on the boundaries alone is known before."""

PAGES: Final = {
    "集聚": ("clusters", ""),
    "区县, beside its peers": ("districts", "peers"),
    "区县, other units": ("districts", "units"),
    "方法": ("methods", ""),
}
"""Pages that show them: their script, and the view of it."""

VIEW_S: Final = 0.3
"""A page that somebody else has opened before, as a new session has it."""

PACKAGES: Final = ("numpy", "scipy", "shapely", "numba", "scikit-learn", "esda", "pointpats")


def sites_in(districts: gpd.GeoDataFrame, n: int) -> gpd.GeoDataFrame:
    """Return seeded sites, each known to its building, with one to three sectors."""
    ground = region_plane.of(np.asarray(districts.geometry))
    draws = np.random.default_rng(7)
    xy = random_points.within(ground.whole, (1, n))[0]
    centres = xy[draws.integers(0, n, CENTRES)]
    near = centres[draws.integers(0, CENTRES, n // 2)]
    xy[: n // 2] = near + draws.normal(0, SPREAD_M, (n // 2, 2))
    lon, lat = ground.plane.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
    codes = catalog.sectors().index.to_numpy()
    sectors = [
        ";".join(draws.choice(codes, size, replace=False)) for size in draws.integers(1, 4, n)
    ]
    return gpd.GeoDataFrame(
        {"precision": "building", "sectors": sectors},
        geometry=gpd.points_from_xy(lon, lat, crs="EPSG:4326"),
        index=range(n),
    )


def ways(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> Mapping[str, Callable[[], Any]]:
    """Return each family of indicators."""
    ground = region_plane.of(np.asarray(districts.geometry))
    xy = np.column_stack(ground.plane.transform(*sites.get_coordinates().to_numpy().T))
    dense = density.density(sites, districts)

    def quotients() -> None:
        location_quotient.specialisation(sector_counts.counts(sites, districts))

    def spread() -> None:
        n = dense["n"]
        concentration.gini(n)
        concentration.theil(n, groups=districts["city_adcode"])
        concentration.top_share(n)
        concentration.herfindahl(n)
        concentration.entropy(n)

    def pattern() -> None:
        point_pattern.nearest_neighbour(xy, shapely.area(ground.whole))
        point_pattern.ellipse(xy)
        point_pattern.standard_distance(xy)

    def clustered() -> None:
        found = clusters.clusters(sites, min_sites=3, region=districts)
        _, kept = clusters.sensitivity(sites, found.labels)
        cluster_profiles.profiles(found, sites, districts, kept=kept)

    return {
        "quotients, intervals, stars": quotients,
        "Gini, Theil, top share, Herfindahl, entropy": spread,
        "nearest neighbours, centre, ellipse": pattern,
        "Ripley's L, 199 draws": lambda: point_pattern.ripley_k(xy, RADII_M, ground.whole),
        "pairs, 199 draws in districts and 199 in the region": lambda: pair_test.pair_test(
            sites, districts
        ),
        "clusters, 199 draws, 12 settings, profiles": clustered,
        "Moran's I, Gi*, 9,999 permutations": lambda: hot_spots.hot_spots(
            dense["per_100_km2"], districts
        ),
    }


def peers(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> Mapping[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """Return ours and another package's way to the same figure."""
    ground = region_plane.of(np.asarray(districts.geometry))
    xy = np.column_stack(ground.plane.transform(*sites.get_coordinates().to_numpy().T))
    values = density.density(sites, districts)["per_100_km2"]
    weights = autocorrelation.contiguity(districts)
    radii = np.array(RADII_M)
    return {
        "K at four radii, pointpats": (
            partial(point_pattern.ripley_k, xy, RADII_M, shapely.area(ground.whole)),
            partial(distance_statistics.k, xy, support=radii),
        ),
        "micro-clusters, scikit-learn": (
            partial(clusters.micro_clusters, sites),
            partial(DBSCAN(eps=1000, min_samples=5).fit, xy),
        ),
        "Gi*, 999 permutations, esda": (
            partial(autocorrelation.local_g, values, weights, permutations=PERMUTATIONS),
            partial(_esda, values.to_numpy(), WSP(weights.sparse).to_W()),
        ),
    }


def _esda(values: NDArray[np.float64], weights: Any) -> G_Local:  # noqa: ANN401 - of libpysal
    return G_Local(
        values, weights, transform="B", star=True, permutations=PERMUTATIONS, seed=13, n_jobs=1
    )


def timed(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, rounds: int
) -> tuple[list[str], Figure]:
    """Return lines of a table with seconds and processor time of each family, and their sum."""
    own = ways(sites, districts)
    times = in_turn(own, rounds=rounds)
    lines = ["| indicators | seconds | of the processor |", "|---|---|---|"]
    for name, run in own.items():
        begun = time.process_time()
        run()
        lines.append(f"| {name} | {times[name]:.2f} | {time.process_time() - begun:.2f} |")
    total = sum(times.values())
    return lines, Figure("all of them: seconds", total, AT_MOST, MOST_S)


def beside(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, rounds: int) -> list[str]:
    """Return lines of a table with our seconds and those of the peers; they take turns."""
    lines = ["| the same figure | this project | peer |", "|---|---|---|"]
    for name, (ours, theirs) in peers(sites, districts).items():
        times = in_turn({"ours": ours, "theirs": theirs}, rounds=rounds)
        lines.append(f"| {name} | {times['ours']:.3f} | {times['theirs']:.3f} |")
    return lines


def view_seconds(script: str, view: str) -> float:
    """Return how long the run of a page takes that has been made before, without a browser."""
    times = []
    for _ in range(4):
        opened = AppTest.from_file(f"{ROOT}/pages/{script}.py", default_timeout=600)
        opened.query_params["region"] = REGION
        if view:
            opened.query_params["view"] = view
        begun = time.perf_counter()
        opened.run()
        times.append(time.perf_counter() - begun)
        if opened.exception:
            raise RuntimeError(opened.exception[0].message)
    return median(times[1:])


def second_views() -> list[Figure]:
    """Return the seconds of each page's second view."""
    # Streamlit's test runner looks for components in all packages at each first run; a server once.
    scan = functools.cache(manifest_scanner.scan_component_manifests)
    with patch.object(manifest_scanner, "scan_component_manifests", scan):
        return [
            Figure(f"{name}, second view: seconds", view_seconds(*page), AT_MOST, VIEW_S)
            for name, page in PAGES.items()
        ]


def main() -> int:
    """Print the tables; return 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    districts = boundaries.districts(REGION)
    sites = sites_in(districts, SITES)
    # Loops are compiled once a machine; grids, neighbours and the region made once a process.
    begun = time.perf_counter()
    for run in ways(sites, districts).values():
        run()
    first = time.perf_counter() - begun
    families, total = timed(sites, districts, rounds=asked.rounds)
    reached = [total, *second_views()]
    figures = table(reached)
    print(*families, "", figures, "", f"first time: {first:.1f} s", "", sep="\n", flush=True)
    same = beside(sites, districts, rounds=asked.rounds)
    print(*same, sep="\n")
    if asked.write:
        page.write(
            Path(__file__).with_suffix(".md"),
            packages=PACKAGES,
            families="\n".join(families),
            total=figures,
            same="\n".join(same),
            sites=f"{len(sites):,}",
            districts=len(districts),
            rounds=asked.rounds,
        )
    return int(not all(each.kept for each in reached))


if __name__ == "__main__":
    sys.exit(main())
