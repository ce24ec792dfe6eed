from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.checks import frames
from geo.errors import InputError
from tests.geo import toy


def faults_of_sites(sites: object) -> list[str]:
    faults: list[str] = []
    frames.locations(sites, faults)  # type: ignore[arg-type]
    return faults


def faults_of_districts(districts: object) -> list[str]:
    faults: list[str] = []
    frames.polygons(districts, faults)  # type: ignore[arg-type]
    return faults


def test_empty_missing_and_nan_points_are_unlocated() -> None:
    points = np.array(
        [shapely.Point(), None, shapely.Point(np.nan, np.nan), shapely.Point(121.5, 31.2)]
    )
    sites = gpd.GeoDataFrame(geometry=gpd.GeoSeries(points, crs=toy.CRS))
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    assert faults == []
    np.testing.assert_array_equal(lonlat[:3], np.nan)
    assert lonlat[3].tolist() == [121.5, 31.2]


def test_a_multipoint_of_one_point_is_that_point() -> None:
    ones = gpd.GeoSeries([shapely.MultiPoint([(121.5, 31.2)]), shapely.MultiPoint()], crs=toy.CRS)
    faults: list[str] = []
    lonlat = frames.locations(gpd.GeoDataFrame(geometry=ones.to_crs("EPSG:32651")), faults)
    assert faults == []
    np.testing.assert_allclose(lonlat, [(121.5, 31.2), (np.nan, np.nan)], atol=1e-9)
    two = shapely.MultiPoint([(121.5, 31.2), (121.6, 31.2)])
    (fault,) = faults_of_sites(gpd.GeoDataFrame(geometry=[two], crs=toy.CRS))
    assert "explode" in fault


def test_projected_points_come_back_in_degrees() -> None:
    sites = toy.sites([(121.5, 31.2), None]).to_crs("EPSG:32651")
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    assert faults == []
    np.testing.assert_allclose(lonlat[0], (121.5, 31.2), atol=1e-9)


def test_sites_without_a_position_need_no_crs() -> None:
    sites = gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.Point()])
    assert faults_of_sites(sites) == []


def test_no_sites_are_no_fault() -> None:
    assert faults_of_sites(gpd.GeoDataFrame({"id": []}, geometry=[])) == []


def test_labels_of_several_levels_are_refused() -> None:
    districts = toy.quarters().set_index(pd.Index([1, 1, 2, 2], name="half"), append=True)
    (fault,) = faults_of_districts(districts)
    assert fault.startswith("districts, index: labels of several levels; expected one label")


def test_plain_tables_are_refused() -> None:
    assert "expected a GeoDataFrame" in faults_of_sites(pd.DataFrame({"id": ["a"]}))[0]
    assert "expected a GeoDataFrame" in faults_of_districts(pd.DataFrame({"id": ["a"]}))[0]
    assert "expected a GeoDataFrame" in faults_of_sites(gpd.GeoDataFrame({"id": ["a"]}))[0]


def test_points_without_crs() -> None:
    sites = gpd.GeoDataFrame(geometry=[shapely.Point(121.5, 31.2)])
    assert "set_crs" in faults_of_sites(sites)[0]


@pytest.mark.parametrize(
    "lonlat", [(31.2, 121.5), (np.inf, 31.2), (121.5, np.nan), (500, 0), (1e300, 0)]
)
def test_impossible_coordinates(lonlat: tuple[float, float]) -> None:
    (fault,) = faults_of_sites(toy.sites([(121.5, 31.2), lonlat]))
    assert "row 1" in fault
    assert "longitude first" in fault


def test_lines_are_no_sites() -> None:
    line = shapely.LineString([(121, 31), (122, 31)])
    sites = gpd.GeoDataFrame(geometry=[line], crs=toy.CRS)
    assert "no point at row 0" in faults_of_sites(sites)[0]


def test_every_fault_of_districts_is_named() -> None:
    box = shapely.box(121, 31, 122, 32)
    geometries = np.array([None, shapely.Polygon(), shapely.Point(121, 31), box])
    frame = gpd.GeoDataFrame(index=["a", "b", "c", "c"], geometry=geometries)
    text = "\n".join(faults_of_districts(frame))
    for part in ("repeated row c", "nothing at rows a, b", "no polygon at row c", "no CRS"):
        assert part in text


def test_collapsed_outlines() -> None:
    line = shapely.Polygon([(121, 31), (122, 32), (121.5, 31.5)])
    bowtie = shapely.Polygon([(121, 31), (122, 32), (122, 31), (121, 32)])
    frame = gpd.GeoDataFrame(index=["line", "bowtie"], geometry=[line, bowtie], crs=toy.CRS)
    (fault,) = faults_of_districts(frame)
    assert "no area at row line;" in fault


def test_districts_outside_the_earth() -> None:
    frame = toy.districts({"a": (31, 121, 32, 122), "b": (121, 31, 122, 32)})
    (fault,) = faults_of_districts(frame)
    assert "row a" in fault


def test_districts_with_missing_labels() -> None:
    frame = toy.quarters()
    frame.index = pd.Index(["a", None, "b", "c"])
    assert "labels are missing" in faults_of_districts(frame)[0]


def test_no_districts() -> None:
    assert "no rows" in faults_of_districts(toy.quarters().iloc[:0])[0]


def test_a_crs_without_a_way_to_the_earth() -> None:
    frame = toy.quarters().set_crs('LOCAL_CS["site grid",UNIT["metre",1]]', allow_override=True)
    assert "no way from the CRS" in faults_of_districts(frame)[0]


def test_long_lists_of_rows_are_cut() -> None:
    sites = toy.sites([(0.0, 100.0)] * 1_234)
    assert "8, 9 and 1,224 more" in faults_of_sites(sites)[0]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32651"])
def test_outlines_that_their_owner_changes_in_place_are_looked_at_again(crs: str) -> None:
    districts = toy.quarters().to_crs(crs)
    assert faults_of_districts(districts) == []
    first = frames.polygons(districts, [])
    assert frames.polygons(districts.copy(), []) is first
    assert frames.polygons(districts.iloc[::-1], []).tolist() == first[::-1].tolist()
    assert faults_of_districts(gpd.GeoSeries(np.asarray(districts.geometry.array))) != []
    np.asarray(districts.geometry.array)[1] = shapely.Point(121.5, 31.2)
    assert "310104" in "".join(faults_of_districts(districts))
    assert faults_of_districts(districts.set_axis(["a", "a", "b", "c"])) != []


def test_all_faults_in_one_error() -> None:
    with pytest.raises(InputError) as caught:
        frames.refuse(["first", "second"])
    assert str(caught.value) == "first\nsecond"
    frames.refuse([])
