from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import InputError
from geo.facts import dictionary
from geo.files.geopackage import geopackage
from tests.geo import toy, toy_files

if TYPE_CHECKING:
    from pathlib import Path

    Layers = dict[dictionary.Table, gpd.GeoDataFrame]


def select(data: bytes, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        return base.execute(query).fetchall()


@pytest.mark.parametrize("make", [toy_files.awkward, toy_files.chosen])
def test_ogr_reads_the_same_sites(make: toy_files.Maker, tmp_path: Path) -> None:
    frame = make()
    path = toy_files.save(tmp_path, "a.gpkg", geopackage({"sites": frame}, toy_files.ABOUT))
    features = toy_files.ogr_features(path)
    assert toy_files.same([each["properties"] for each in features], toy_files.expected(frame))
    for feature, point in zip(features, frame.geometry, strict=True):
        if point.is_empty:
            assert feature["geometry"] is None
        else:
            (place,) = shapely.get_coordinates(point).tolist()
            assert feature["geometry"]["coordinates"] == place


def test_ogr_reads_the_same_districts(tmp_path: Path) -> None:
    frame = toy_files.districts()
    path = toy_files.save(tmp_path, "a.gpkg", geopackage({"districts": frame}, toy_files.ABOUT))
    features = toy_files.ogr_features(path)
    assert toy_files.same([each["properties"] for each in features], toy_files.expected(frame))
    for feature, outline in zip(features, frame.geometry, strict=True):
        assert (
            shapely.geometry.shape(feature["geometry"])
            .normalize()
            .equals_exact(
                shapely.MultiPolygon(shapely.get_parts(outline).tolist()).normalize(), 1e-12
            )
        )


def test_ogrinfo_finds_layers_names_and_system_without_a_warning(tmp_path: Path) -> None:
    layers: Layers = {"sites": toy_files.awkward(), "districts": toy_files.districts()}
    listing = toy_files.ogrinfo(
        toy_files.save(tmp_path, "a.gpkg", geopackage(layers, toy_files.ABOUT))
    )
    assert "Layer name: sites\n" in listing
    assert "IDENTIFIER=地点\n" in listing
    assert "Geometry: Point\nFeature Count: 3\n" in listing
    assert "Geometry: Multi Polygon\nFeature Count: 124\n" in listing
    assert listing.count('ID["EPSG",4326]') == 2
    assert "opened_year: Integer64" in listing
    assert "checked: Integer(Boolean)" in listing
    assert "area_m2: Real" in listing
    assert "domain name=area_source" not in listing
    assert toy_files.ABOUT.title in listing


def test_geopandas_reads_it(tmp_path: Path) -> None:
    frame = toy_files.chosen()
    path = toy_files.save(tmp_path, "a.gpkg", geopackage({"sites": frame}, toy_files.ABOUT))
    back = gpd.read_file(path)
    assert back.crs == "EPSG:4326"
    assert back["name_zh"].to_list() == frame["name_zh"].to_list()
    assert back.geometry.isna().to_list() == frame.geometry.is_empty.to_list()


def test_what_the_file_says_of_itself() -> None:
    data = geopackage({"sites": toy_files.chosen()}, toy_files.ABOUT)
    rows = select(
        data,
        "SELECT reference_scope, table_name, md_scope, mime_type, metadata FROM gpkg_metadata "
        "JOIN gpkg_metadata_reference ON md_file_id = id ORDER BY id",
    )
    (whole, about), (layer, columns) = [(row[:4], json.loads(row[4])) for row in rows]
    assert whole == ("geopackage", None, "dataset", "application/json")
    assert about["title"] == toy_files.ABOUT.title
    assert about["date"] == "2026-11-22"
    assert about["sources"] == dict(toy_files.ABOUT.sources)
    assert layer == ("table", "sites", "featureType", "application/json")
    assert columns["columns"]["area_m2"]["unit"] == "平方米"


def test_the_dictionary_of_every_column() -> None:
    frame = toy_files.chosen()
    data = geopackage({"sites": frame}, toy_files.ABOUT)
    told = select(data, "SELECT column_name, title, description FROM gpkg_data_columns")
    assert [name for name, _, _ in told] == [name for name in frame if name != "geometry"]
    assert ("opened_year", "开放年份 (年)", "开放或投入运营的年份；空表示不详") in told
    codes = select(
        data,
        "SELECT value, description FROM gpkg_data_column_constraints "
        "WHERE constraint_name = 'kind' AND constraint_type = 'enum'",
    )
    assert ("park", "园区") in codes
    assert len(codes) == len(dictionary.columns("sites")["kind"].codes)


def test_sqlite_finds_it_sound() -> None:
    layers: Layers = {"sites": toy_files.chosen(), "cities": toy_files.districts()}
    data = geopackage(layers, toy_files.ABOUT)
    assert select(data, "PRAGMA integrity_check") == [("ok",)]
    assert select(data, "PRAGMA foreign_key_check") == []
    assert select(data, "PRAGMA application_id") == [(0x47504B47,)]
    assert select(data, "PRAGMA user_version") == [(10300,)]
    assert select(data, "SELECT table_name, last_change FROM gpkg_contents ORDER BY 1") == [
        ("cities", "2026-11-22T00:00:00.000Z"),
        ("sites", "2026-11-22T00:00:00.000Z"),
    ]


def test_no_rows_and_no_positions(tmp_path: Path) -> None:
    for frame in (toy_files.awkward().iloc[:0], toy_files.awkward().iloc[1:2]):
        data = geopackage({"sites": frame}, toy_files.ABOUT)
        path = toy_files.save(tmp_path, f"{len(frame)}.gpkg", data)
        found = [each["properties"] for each in toy_files.ogr_features(path)]
        assert toy_files.same(found, toy_files.expected(frame))
        assert select(data, "SELECT min_x, max_y FROM gpkg_contents") == [(None, None)]
        assert select(data, "SELECT geometry_type_name FROM gpkg_geometry_columns") == [("POINT",)]


def test_districts_are_multipolygons_however_few() -> None:
    frame = toy_files.districts()
    single = frame[frame.geometry.geom_type == "Polygon"]
    for rows in (single.iloc[:0], single.iloc[:1]):
        data = geopackage({"districts": rows}, toy_files.ABOUT)
        told = select(data, "SELECT geometry_type_name FROM gpkg_geometry_columns")
        assert told == [("MULTIPOLYGON",)]


def test_columns_called_as_the_files_own_or_alike_but_for_case(tmp_path: Path) -> None:
    frame = toy.sites([(121.5, 31.2)], fid=["a"], geom=["b"], ID=["c"], id=["d"])
    frame['"'] = ["e"]
    path = toy_files.save(tmp_path, "a.gpkg", geopackage({"sites": frame}, toy_files.ABOUT))
    (feature,) = toy_files.ogr_features(path)
    assert feature["properties"] == {
        "precision": "building", "fid": "a", "geom": "b", "ID": "c", "id_": "d", '"': "e",
    }  # fmt: skip
    assert feature["geometry"]["coordinates"] == [121.5, 31.2]


def test_projected_frames_come_out_in_degrees(tmp_path: Path) -> None:
    frame = toy_files.awkward().to_crs("EPSG:32651")
    path = toy_files.save(tmp_path, "a.gpkg", geopackage({"sites": frame}, toy_files.ABOUT))
    assert toy_files.ogr_features(path)[2]["geometry"]["coordinates"] == pytest.approx(
        [121.55, 31.25], abs=1e-9
    )


def test_the_same_input_makes_the_same_bytes() -> None:
    first = geopackage({"sites": toy_files.awkward()}, toy_files.ABOUT)
    assert geopackage({"sites": toy_files.awkward()}, toy_files.ABOUT) == first


def test_a_frame_without_a_system_is_refused() -> None:
    frame = gpd.GeoDataFrame(pd.DataFrame({"id": ["a"]}), geometry=[shapely.Point(121.5, 31.2)])
    with pytest.raises(InputError, match="set_crs"):
        geopackage({"sites": frame}, toy_files.ABOUT)
