from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import jsonschema
import numpy as np
import pyarrow.parquet as pq
import pyproj
import pytest
import shapely
from pandas.testing import assert_series_equal

from geo.files.geoparquet import geoparquet, write
from tests.geo import toy_files

PROJJSON = json.loads(
    Path(pyproj.datadir.get_data_dir(), "projjson.schema.json").read_text("utf-8")
)
# What GeoParquet 1.1.0 (its section "File metadata") demands of the key "geo".
GEO_1_1 = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["version", "primary_column", "columns"],
    "properties": {
        "version": {"const": "1.1.0"},
        "primary_column": {"type": "string", "minLength": 1},
        "columns": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {
                "type": "object",
                "required": ["encoding", "geometry_types", "crs"],
                "properties": {
                    "encoding": {"const": "WKB"},
                    "geometry_types": {
                        "type": "array",
                        "uniqueItems": True,
                        "items": {
                            "pattern": "^(GeometryCollection|(Multi)?(Point|LineString|Polygon))$"
                        },
                    },
                    "crs": {"type": "object"},
                    "edges": {"enum": ["planar", "spherical"]},
                    "orientation": {"const": "counterclockwise"},
                    "bbox": {
                        "type": "array",
                        "items": {"type": "number"},
                        "minItems": 4,
                        "maxItems": 4,
                    },
                    "epoch": {"type": "number"},
                },
            },
        },
    },
}


def geo(data: bytes) -> dict[str, Any]:
    """Return the key "geo", held to the standard."""

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    found = json.loads(pq.read_schema(io.BytesIO(data)).metadata[b"geo"], parse_constant=refuse)
    jsonschema.Draft7Validator(GEO_1_1).validate(found)
    for column in found["columns"].values():
        jsonschema.Draft7Validator(PROJJSON).validate(column["crs"])
    return dict(found)


def rows(data: bytes) -> list[dict[str, Any]]:
    found = pq.read_table(io.BytesIO(data)).to_pylist()
    return [{name: value for name, value in row.items() if name != "geometry"} for row in found]


def reread(data: bytes) -> gpd.GeoDataFrame:
    return gpd.read_parquet(io.BytesIO(data))  # type: ignore[arg-type]  # it takes files as well


@pytest.mark.parametrize("make", [toy_files.awkward, toy_files.chosen])
def test_pyarrow_reads_the_same_sites(make: toy_files.Maker) -> None:
    frame = make()
    data = geoparquet(frame, toy_files.ABOUT, table="sites")
    assert rows(data) == toy_files.expected(frame)
    blobs = pq.read_table(io.BytesIO(data)).column("geometry").to_pylist()
    for blob, point in zip(blobs, frame.geometry, strict=True):
        assert blob is None if point.is_empty else shapely.from_wkb(blob).equals_exact(point)


def test_pyarrow_reads_the_same_districts() -> None:
    frame = toy_files.districts()
    data = geoparquet(frame, toy_files.ABOUT, table="districts")
    assert rows(data) == toy_files.expected(frame)
    blobs = pq.read_table(io.BytesIO(data)).column("geometry").to_pylist()
    outlines = np.asarray(frame.geometry.array)
    assert all(shapely.from_wkb(blobs) == shapely.orient_polygons(outlines))


def test_geopandas_reads_it() -> None:
    frame = toy_files.districts()
    back = reread(geoparquet(frame, toy_files.ABOUT, table="districts"))
    assert back.crs == "OGC:CRS84"
    assert_series_equal(back["lq"].astype("float64"), frame["lq"].reset_index(drop=True))
    assert back["adcode"].to_list() == frame.index.to_list()
    outlines = frame.to_crs(back.crs).geometry
    assert shapely.equals(np.asarray(back.geometry), np.asarray(outlines)).all()


def test_the_metadata_are_those_of_the_standard() -> None:
    described = geo(geoparquet(toy_files.districts(), toy_files.ABOUT, table="districts"))
    column = described["columns"][described["primary_column"]]
    assert column["geometry_types"] == ["MultiPolygon", "Polygon"]
    assert column["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
    west, south, east, north = column["bbox"]
    assert 109 < west < east < 118
    assert 20 < south < north < 26


def test_no_rows_and_no_positions() -> None:
    for frame in (toy_files.awkward().iloc[:0], toy_files.awkward().iloc[1:2]):
        data = geoparquet(frame, toy_files.ABOUT, table="sites")
        column = geo(data)["columns"]["geometry"]
        assert column["geometry_types"] == []
        assert "bbox" not in column
        assert rows(data) == toy_files.expected(frame)
        assert reread(data).geometry.isna().all()


def test_columns_have_one_type_each_even_when_empty() -> None:
    schema = pq.read_schema(
        io.BytesIO(geoparquet(toy_files.chosen().iloc[:0], toy_files.ABOUT, table="sites"))
    )
    types = {name: str(schema.field(name).type) for name in ("id", "opened_year", "area_m2", "lon")}
    assert types["opened_year"] == "int64"
    assert types["area_m2"] == types["lon"] == "double"
    assert "string" in types["id"]


def test_what_the_file_says_of_itself_and_of_its_columns() -> None:
    schema = pq.read_schema(
        io.BytesIO(geoparquet(toy_files.chosen(), toy_files.ABOUT, table="sites"))
    )
    about = json.loads(schema.metadata[b"metadata"])
    assert about["title"] == toy_files.ABOUT.title
    assert about["method"] == dict(toy_files.ABOUT.method)
    assert about["columns"]["kind"]["codes"]["park"] == "园区"
    field = schema.field("area_m2").metadata[b"description"].decode()
    assert field == about["columns"]["area_m2"]["description"]


def test_a_column_called_geometry_is_kept() -> None:
    frame = toy_files.awkward().rename_geometry("place").assign(geometry_=1)
    frame["geometry"] = ["a", "b", "c"]
    back = reread(geoparquet(frame, toy_files.ABOUT, table="sites"))
    assert back["geometry"].to_list() == ["a", "b", "c"]
    assert back.geometry.name == "geometry__"


def test_the_same_input_makes_the_same_bytes() -> None:
    first = geoparquet(toy_files.awkward(), toy_files.ABOUT, table="sites")
    assert geoparquet(toy_files.awkward(), toy_files.ABOUT, table="sites") == first


@pytest.mark.parametrize("make", [toy_files.awkward, toy_files.districts])
def test_row_groups_hold_the_same_rows_and_the_same_head(make: toy_files.Maker) -> None:
    frame, target = make(), io.BytesIO()
    table = toy_files.table(frame)
    write(frame, target, toy_files.ABOUT, table=table, size=2)
    whole = pq.ParquetFile(io.BytesIO(geoparquet(frame, toy_files.ABOUT, table=table)))
    pieces = pq.ParquetFile(target)
    assert pieces.num_row_groups == (len(frame) + 1) // 2 > whole.num_row_groups == 1
    assert pieces.schema_arrow.equals(whole.schema_arrow, check_metadata=True)
    assert pieces.read().equals(whole.read())
