"""FlatGeobuf as GDAL reads it: the rows, an index where one can be, and what the file says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import pytest
import shapely

from geo.files.flatgeobuf import flatgeobuf, write
from tests.geo import toy, toy_files

if TYPE_CHECKING:
    from pathlib import Path

MAKERS = [toy_files.awkward, toy_files.chosen, toy_files.districts]


@pytest.mark.parametrize("make", MAKERS)
def test_ogr_reads_the_same_rows(make: toy_files.Maker, tmp_path: Path) -> None:
    frame = make()
    table = toy_files.table(frame)
    path = toy_files.save(tmp_path, "a.fgb", flatgeobuf(frame, toy_files.ABOUT, table=table))
    features = toy_files.ogr_features(path)
    key = "id" if table == "sites" else "adcode"
    wanted = {each[key]: each for each in toy_files.expected(frame)}
    places = dict(zip(wanted, frame.geometry, strict=True))
    for feature in features:  # in the order of the index
        row = feature["properties"]
        assert toy_files.same([row], [wanted.pop(row[key])])
        place = places[row[key]]
        if place.is_empty:
            assert feature["geometry"] is None
        else:
            assert shapely.geometry.shape(feature["geometry"]).equals(place)
    assert wanted == {}


def test_an_index_is_there_unless_a_row_has_no_place(tmp_path: Path) -> None:
    located = toy.sites([(121.5, 31.2), (114.3, 30.6)])
    for frame, indexed in ((located, True), (toy_files.awkward(), False)):
        data = flatgeobuf(frame, toy_files.ABOUT, table="sites")
        path = toy_files.save(tmp_path, f"{indexed}.fgb", data)
        told = pyogrio.read_info(path)
        assert told["capabilities"]["fast_spatial_filter"] == indexed
        assert told["crs"] == "EPSG:4326"
        assert data == flatgeobuf(frame, toy_files.ABOUT, table="sites")


def test_the_head_says_what_the_other_files_say(tmp_path: Path) -> None:
    data = flatgeobuf(toy_files.chosen(), toy_files.ABOUT, table="sites")
    told = pyogrio.read_info(toy_files.save(tmp_path, "a.fgb", data))["layer_metadata"]
    described = json.loads(told["DESCRIPTION"])
    assert told["TITLE"] == described["title"] == toy_files.ABOUT.title
    assert described["sources"] == toy_files.ABOUT.sources
    assert described["columns"]["kind"]["codes"]["park"] == "园区"


@pytest.mark.parametrize("make", MAKERS)
def test_pieces_make_the_same_file(make: toy_files.Maker, tmp_path: Path) -> None:
    frame, path = make(), tmp_path / "a.fgb"
    table = toy_files.table(frame)
    write(frame, path, toy_files.ABOUT, table=table, size=2)
    assert path.read_bytes() == flatgeobuf(frame, toy_files.ABOUT, table=table)


def test_no_rows_are_a_file_all_the_same(tmp_path: Path) -> None:
    data = flatgeobuf(toy_files.chosen().head(0), toy_files.ABOUT, table="sites")
    assert len(gpd.read_file(toy_files.save(tmp_path, "a.fgb", data))) == 0
