from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import InputError
from geo.geometry import lonlat
from tests.geo import toy


def test_points_stay_exactly_where_they_are() -> None:
    frame = toy.sites([(121.45678912345, 31.15), None])
    located = lonlat.lonlat(frame)
    assert located[0] == frame.geometry[0]
    assert located[1] is None


def test_projected_frames_come_out_in_degrees() -> None:
    frame = toy.sites([(121.5, 31.25)]).to_crs("EPSG:32651")
    np.testing.assert_allclose(shapely.get_coordinates(lonlat.lonlat(frame)), [[121.5, 31.25]])


def test_outer_rings_run_counter_clockwise() -> None:
    ring = shapely.Polygon(shapely.box(121, 31, 122, 32).exterior.coords[::-1])
    (located,) = lonlat.lonlat(gpd.GeoDataFrame(geometry=[ring.reverse()], crs=toy.CRS))
    assert shapely.is_ccw(shapely.get_exterior_ring(located))


def test_what_is_missing_empty_or_not_finite_is_nothing() -> None:
    nowhere = [None, shapely.Point(), shapely.Point(np.nan, np.nan), shapely.Point(np.inf, 31)]
    frame = gpd.GeoDataFrame(geometry=gpd.GeoSeries(np.array(nowhere), crs=toy.CRS))
    assert lonlat.lonlat(frame).tolist() == [None] * 4


def test_a_system_is_needed_only_where_something_is_located() -> None:
    assert lonlat.lonlat(gpd.GeoDataFrame(geometry=[shapely.Point()])).tolist() == [None]
    with pytest.raises(InputError, match="set_crs"):
        lonlat.lonlat(gpd.GeoDataFrame(geometry=[shapely.Point(121, 31)]))


def test_the_frame_stays_as_it_was() -> None:
    frame = toy.sites([(121.5, 31.25), None])
    before = frame.copy(deep=True)
    lonlat.lonlat(frame)
    assert frame.equals(before)
