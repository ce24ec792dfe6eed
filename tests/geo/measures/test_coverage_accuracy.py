"""Coverage against geodesic circles and against dense grids, which share nothing with it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from scipy.spatial import cKDTree

from geo.geometry import projection
from geo.measures import coverage
from tests.geo import toy

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

GEOD = pyproj.Geod(ellps="WGS84")


# --- against geodesic circles -------------------------------------------------------------------


def geodesic_circle_km2(lon: float, lat: float, radius_m: float) -> float:
    azimuths = np.linspace(0, 360, 3600, endpoint=False)
    start = np.full_like(azimuths, lon), np.full_like(azimuths, lat)
    around = GEOD.fwd(*start, azimuths, np.full_like(azimuths, radius_m))
    return float(abs(GEOD.polygon_area_perimeter(around[0], around[1])[0]) / 1e6)


@pytest.mark.parametrize("lat", [-33.0, 0.0, 18.2, 31.2, 45.8, 53.3, 69.0])
@pytest.mark.parametrize("radius_m", [50.0, 500.0, 3000.0, 10_000.0, 30_000.0])
def test_lone_site_in_the_open(lat: float, radius_m: float) -> None:
    district = toy.districts({"a": (119.5, lat - 2, 123.5, lat + 2)})
    row = coverage.coverage(toy.sites([(122.0, lat + 0.7)]), district, radius_m=radius_m).loc["a"]
    assert row["covered_km2"] == pytest.approx(math.pi * radius_m**2 / 1e6, rel=1e-5)
    circle = geodesic_circle_km2(122.0, lat + 0.7, radius_m)
    assert row["covered_km2"] == pytest.approx(circle, rel=1e-5)
    assert row["share"] == pytest.approx(circle / projection.area_km2(district)["a"], rel=1e-5)


def test_lone_site_far_from_the_middle_of_a_huge_polygon() -> None:
    district = toy.districts({"a": (75.0, 18.0, 135.0, 54.0)})
    found = coverage.coverage(toy.sites([(80.0, 52.0)]), district, radius_m=30_000)
    circle = geodesic_circle_km2(80.0, 52.0, 30_000)
    assert found.loc["a", "covered_km2"] == pytest.approx(circle, rel=1e-5)


def test_lone_site_in_a_real_district(china: gpd.GeoDataFrame) -> None:
    # Hoh Xil country: a polygon of 198,000 km2 of which the site is well inside.
    district = china.loc[[projection.area_km2(china).idxmax()]]
    point = district.geometry.iloc[0].representative_point()
    found = coverage.coverage(toy.sites([(point.x, point.y)]), district, radius_m=3000)
    assert found["covered_km2"].item() == pytest.approx(math.pi * 9, rel=1e-5)


def test_a_site_on_a_straight_border_covers_half_a_disc_on_either_side() -> None:
    found = coverage.coverage(toy.sites([(121.5, 31.15)]), toy.quarters(), radius_m=3000)
    halves = found.loc[["310101", "310104"], "covered_km2"]
    assert halves.to_list() == pytest.approx([math.pi * 4.5] * 2, rel=1e-5)


# --- against a dense grid -----------------------------------------------------------------------


def cartesian(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Positions on the ellipsoid in metres from the earth's centre."""
    to_metres = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    return np.column_stack(to_metres.transform(lon, lat, np.zeros_like(lon)))


def grid_bounds(
    polygon: BaseGeometry,
    sites: NDArray[np.float64],
    radius_m: float,
    *,
    cells: int,
) -> tuple[float, float, float]:
    """Least, most and likeliest share that a grid of cells over the polygon allows.

    A cell is surely covered when its middle is nearer to a site than the radius less half the
    cell's diagonal, surely not when it is farther than the radius plus that; cells on the outline
    are in doubt too. Distances are chords of the ellipsoid, at 20 km shorter than the geodesic
    by under 1 cm.
    """
    west, south, east, north = polygon.bounds
    width, height = (east - west) / cells, (north - south) / cells
    lon, lat = np.meshgrid(
        west + width * (np.arange(cells) + 0.5), south + height * (np.arange(cells) + 0.5)
    )
    lon, lat = lon.ravel(), lat.ravel()
    # Area of a cell but for a constant: the radii of curvature M and N cos(lat).
    sine = np.sin(np.radians(lat))
    weight = np.cos(np.radians(lat)) / (1 - GEOD.es * sine**2) ** 2
    _, _, diagonal = GEOD.inv(west, south, west + width, south + height)
    distance, _ = cKDTree(cartesian(*sites.T)).query(cartesian(lon, lat))
    shapely.prepare(polygon)
    inside = shapely.contains_xy(polygon, lon, lat)
    cell = shapely.box(lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2)
    outline = shapely.boundary(polygon)
    shapely.prepare(outline)
    cut = shapely.crosses(outline, cell)
    margin = diagonal / 2 + 1
    area = weight[inside].sum()
    sure = weight[inside & ~cut & (distance <= radius_m - margin)].sum()
    doubtful = weight[
        (cut & (distance <= radius_m + margin)) | (inside & (np.abs(distance - radius_m) < margin))
    ].sum()
    likely = weight[inside & (distance <= radius_m)].sum()
    spread = weight[cut].sum() / area
    return (
        sure / area * (1 - spread),
        (sure + doubtful) / area * (1 + spread),
        likely / area,
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("south", [18.0, 31.0, 53.0])
def test_random_sites_within_the_bounds_of_a_grid(seed: int, south: float) -> None:
    rng = np.random.default_rng([seed, int(south)])
    box = shapely.box(121.0, south, 121.0 + rng.uniform(0.05, 0.5), south + rng.uniform(0.05, 0.3))
    west, low, east, high = box.bounds
    n = int(rng.integers(1, 15))
    positions = np.column_stack(
        [rng.uniform(west - 0.05, east + 0.05, n), rng.uniform(low - 0.05, high + 0.05, n)]
    )
    radius_m = float(rng.uniform(800, 6000))
    least, most, likely = grid_bounds(box, positions, radius_m, cells=400)
    district = gpd.GeoDataFrame(geometry=[box], crs=toy.CRS)
    sites = toy.sites(list(map(tuple, positions.tolist())))
    found = coverage.coverage(sites, district, radius_m=radius_m)["share"].item()
    assert least <= found <= most
    # Errors of single cells have no sign: the middle of the bounds is far better than they are.
    assert found == pytest.approx(likely, abs=1e-3)


@pytest.mark.parametrize("code", ["310101", "310107", "310118"])
def test_real_districts_within_the_bounds_of_a_grid(shanghai: gpd.GeoDataFrame, code: str) -> None:
    rng = np.random.default_rng(int(code))
    polygon = shanghai.geometry[code]
    west, south, east, north = polygon.bounds
    positions = np.column_stack([rng.uniform(west, east, 9), rng.uniform(south, north, 9)])
    sites = toy.sites(list(map(tuple, positions.tolist())))
    found = coverage.coverage(sites, shanghai, radius_m=1500)["share"][code]
    least, most, likely = grid_bounds(polygon, positions, 1500, cells=300)
    assert least <= found <= most
    assert found == pytest.approx(likely, abs=1e-3)
