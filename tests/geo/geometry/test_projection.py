from __future__ import annotations

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.geometry import projection
from tests.geo import toy

GEOD = pyproj.Geod(ellps="WGS84")


def quadrangle_km2(west: float, south: float, east: float, north: float) -> float:
    """Area between two meridians and two parallels (Snyder 1987, formulas 3-12 and 14-10)."""
    e = GEOD.es**0.5

    def q(lat: float) -> float:
        sine = np.sin(np.radians(lat))
        logarithm = np.log((1 - e * sine) / (1 + e * sine)) / (2 * e)
        return float((1 - GEOD.es) * (sine / (1 - GEOD.es * sine**2) - logarithm))

    return float(GEOD.a**2 * np.radians(east - west) * (q(north) - q(south)) / 2 / 1e6)


@pytest.mark.parametrize("south", [-0.5, 18.0, 31.0, 45.5, 53.0, 70.0])
@pytest.mark.parametrize("width", [0.01, 0.5, 4.0])
def test_area_between_meridians_and_parallels(south: float, width: float) -> None:
    box = (121.0, south, 121.0 + width, south + 0.7)
    area = projection.area_km2(toy.districts({"a": box}))
    assert area["a"] == pytest.approx(quadrangle_km2(*box), rel=1e-6)


def test_area_agrees_with_geodesic_area_of_real_districts(shanghai: gpd.GeoDataFrame) -> None:
    # Edges are straight on the map, which geodesics are only where they are short.
    dense = shapely.segmentize(np.asarray(shanghai.geometry.array), 0.0002)
    geodesic = [abs(GEOD.geometry_area_perimeter(outline)[0]) / 1e6 for outline in dense]
    np.testing.assert_allclose(projection.area_km2(shanghai), geodesic, rtol=1e-8)


@pytest.mark.parametrize("lat", [0.0, 31.2, 45.8, 70.0, -40.0])
def test_local_plane_keeps_distances_near_its_centre(lat: float) -> None:
    azimuths = np.arange(0, 360, 15.0)
    centre = np.full_like(azimuths, 121.5), np.full_like(azimuths, lat)
    lon_out, lat_out, _ = GEOD.fwd(*centre, azimuths, np.full_like(azimuths, 3000.0))
    x, y = projection.laea(121.5, lat).transform(lon_out, lat_out)
    np.testing.assert_allclose(np.hypot(x, y), 3000.0, rtol=1e-6)


@given(
    st.floats(0, 60),
    st.floats(0, 2_500_000),
    st.floats(0, 360),
    st.floats(0, 360),
    st.floats(100, 30_000),
)
def test_a_plane_stretches_no_way_more_than_is_told(
    lat: float, far_m: float, azimuth: float, direction: float, metres: float
) -> None:
    plane = projection.laea(105.0, lat)
    lon, lat, _ = GEOD.fwd(105.0, lat, azimuth, far_m)
    there = GEOD.fwd(lon, lat, direction, metres)[:2]
    ends = np.array([plane.transform(lon, lat), plane.transform(*there)])
    length = np.hypot(*np.diff(ends, axis=0)[0])
    farther = float(np.hypot(*ends.T).max())
    assert length <= metres * projection.stretch(farther) + 1e-6
    # And is not far from it where ways are stretched most.
    assert projection.stretch(farther) < 1.03


def test_a_plane_is_centred_alike_by_numbers_of_python_and_of_numpy() -> None:
    west, south, east, north = shapely.total_bounds(shapely.box(121, 31, 122, 32))
    plane = projection.laea((west + east) / 2, (south + north) / 2)
    assert plane.transform(121.6, 31.6) == projection.laea(121.5, 31.5).transform(121.6, 31.6)


def test_area_of_other_crs_is_that_on_the_ellipsoid(shanghai: gpd.GeoDataFrame) -> None:
    mercator = shanghai.to_crs("EPSG:3857")
    np.testing.assert_allclose(
        projection.area_km2(mercator), projection.area_km2(shanghai), rtol=1e-6
    )


def test_area_of_a_series_of_polygons() -> None:
    frame = toy.quarters()
    assert projection.area_km2(frame.geometry).equals(projection.area_km2(frame))


def test_area_depends_on_no_other_row(shanghai: gpd.GeoDataFrame) -> None:
    together = projection.area_km2(shanghai)
    alone = [projection.area_km2(shanghai.loc[[code]]).item() for code in shanghai.index]
    assert together.to_list() == alone


def test_bowtie_has_the_area_of_both_its_triangles() -> None:
    bowtie = shapely.Polygon([(121, 31), (121.1, 31.1), (121.1, 31), (121, 31.1)])
    triangles = shapely.MultiPolygon(
        [
            shapely.Polygon([(121, 31), (121.05, 31.05), (121, 31.1)]),
            shapely.Polygon([(121.1, 31), (121.05, 31.05), (121.1, 31.1)]),
        ]
    )
    both = gpd.GeoSeries([bowtie, triangles], crs=toy.CRS)
    area = projection.area_km2(both)
    assert area[0] == pytest.approx(area[1], rel=1e-6)


def test_frame_is_left_as_it_was() -> None:
    frame = toy.quarters()
    before = frame.copy(deep=True)
    projection.area_km2(frame)
    assert frame.equals(before)


def test_area_without_crs_is_refused() -> None:
    with pytest.raises(InputError, match="no CRS"):
        projection.area_km2(gpd.GeoSeries([shapely.box(0, 0, 1, 1)]))
