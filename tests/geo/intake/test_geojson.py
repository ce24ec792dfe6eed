"""GeoJSON as people write it, and as nobody should."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely

from geo.errors import RefusedFileError
from geo.intake.readers import read
from tests.geo.intake.making import geojson, point, polygon

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
CLOCKWISE = SQUARE[::-1]
HOLE = [[0.2, 0.2], [0.2, 0.4], [0.4, 0.4], [0.2, 0.2]]


@pytest.mark.parametrize(
    ("geometry", "wkt"),
    [
        (point(1, 2), "POINT (1 2)"),
        (point(1, 2, 30), "POINT (1 2)"),
        ({"type": "point", "coordinates": [1, 2]}, "POINT (1 2)"),
        (polygon(SQUARE), "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"),
        (polygon(CLOCKWISE), "POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))"),
        (polygon(SQUARE, HOLE), None),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, None),
        ({"type": "MultiPoint", "coordinates": [[1, 2]]}, "MULTIPOINT ((1 2))"),
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "LINESTRING (1 2, 3 4)"),
        ({"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]]]}, None),
        (
            {
                "type": "GeometryCollection",
                "geometries": [{"type": "GeometryCollection", "geometries": [point(1, 2)]}],
            },
            "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT (1 2)))",
        ),
    ],
)
def test_a_geometry_is_read_bare_or_in_a_feature(geometry: dict[str, Any], wkt: str | None) -> None:
    feature = {"type": "feature", "properties": None, "geometry": geometry, "id": 7}
    collection = {"type": "featurecollection", "features": [feature]}
    for document in (geometry, feature, collection):
        table = read("a.geojson", json.dumps(document).encode("utf-8-sig"))
        assert table.geometry is not None
        assert table.geometry.crs == "OGC:CRS84"
        (shape,) = table.geometry
        assert shape.equals_exact(shapely.from_wkt(wkt) if wkt else shapely.from_geojson(
            json.dumps(geometry)))  # fmt: skip
        assert table.cells.index.tolist() == [1]
        assert not table.faults


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        pytest.param(polygon(SQUARE[:-1]), "not_closed", id="unclosed ring"),
        pytest.param(polygon([*SQUARE[:2], SQUARE[0]]), "few_positions", id="3-position ring"),
        pytest.param(point(float("nan"), 1), "not_finite", id="NaN"),
        pytest.param(point(1, float("-inf")), "not_finite", id="Infinity"),
        pytest.param(point(10**400, 1), "not_finite", id="a whole number of 400 digits"),
        pytest.param(point(1), "no_position", id="one number"),
        pytest.param(point("121.4", "31.2"), "no_position", id="text"),
        pytest.param(point(*[True] * 2), "no_position", id="truths"),
        pytest.param(point([1, 2], 3), "no_position", id="nested"),
        pytest.param({"type": "Circle", "coordinates": [1, 2]}, "no_shape", id="unknown type"),
        pytest.param({"coordinates": [1, 2]}, "no_shape", id="no type"),
        pytest.param({"type": "Polygon", "coordinates": 3}, "no_shape", id="no list"),
        pytest.param([1, 2], "no_shape", id="no object"),
        pytest.param({"type": "LineString", "coordinates": [[1, 2]]}, "few_positions", id="line"),
    ],
)
def test_a_broken_geometry_is_a_fault_of_its_row_alone(geometry: object, code: str) -> None:
    table = read("a.geojson", geojson(point(1, 2), geometry, point(3, 4)))
    assert [(fault.row, fault.code) for fault in table.faults] == [(2, code)]
    assert table.cells["name"].tolist() == ["n0", "n1", "n2"]
    assert table.geometry is not None
    assert table.geometry.isna().tolist() == [False, True, False]


def test_a_float_beyond_all_floats_is_no_position() -> None:
    table = read("a.geojson", b'{"type":"Point","coordinates":[1e400,NaN]}')
    assert [fault.code for fault in table.faults] == ["not_finite"]


def test_no_geometry_is_no_fault() -> None:
    table = read("a.geojson", geojson(None, polygon(), point(), point(1, 2)))
    assert table.geometry is not None
    assert table.geometry.isna().tolist() == [True, True, True, False]
    assert not table.faults


def test_properties_are_cells() -> None:
    features = [
        {"type": "Feature", "id": "a", "properties": {"geometry": "x", "n": 1, "t": {"k": [1]}}},
        {"type": "Feature", "id": "a", "properties": {"n": 2.5, "s": "\ud800", "z": float("nan")}},
        {"type": "Feature", "properties": "none"},
        "no feature",
    ]
    table = read(
        "a.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode()
    )
    assert list(table.cells.columns) == ["id", "geometry", "n", "t", "s", "z"]
    assert table.cells["id"].tolist()[:2] == ["a", "a"]
    assert list(table.cells.loc[1, ["geometry", "t"]]) == ["x", '{"k": [1]}']
    assert table.cells.loc[2, "s"] == "\N{REPLACEMENT CHARACTER}"
    assert table.cells["z"].isna().all()
    assert [(fault.row, fault.code) for fault in table.faults] == [(4, "no_feature")]


def test_an_id_that_is_a_property_too_is_one_column() -> None:
    one = {"type": "Feature", "id": 5, "properties": {"id": 5}, "geometry": None}
    assert list(read("a.geojson", json.dumps(one).encode()).cells.columns) == ["id"]
    one["properties"] = {"id": "x"}
    cells = read("a.geojson", json.dumps(one).encode()).cells
    assert cells.loc[1].to_dict() == {"id": 5, "id_2": "x"}


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:EPSG::4547", "EPSG:4547"),
        ("EPSG:4490", "EPSG:4490"),
        ("epsg:3857", "EPSG:3857"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:4326"),
    ],
)
def test_the_crs_that_a_file_states_is_read(name: str, crs: str) -> None:
    table = read("a.json", geojson(point(1, 2), crs={"type": "name", "properties": {"name": name}}))
    assert table.geometry is not None
    assert table.geometry.crs == crs


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:999999"}},
        {"type": "name", "properties": {"name": "+proj=longlat +nadgrids=/etc/passwd"}},
        {"type": "name", "properties": {"name": "/etc/passwd"}},
        {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}},
        {"type": "name", "properties": {"name": 4326}},
        "EPSG:4326",
    ],
)
def test_a_crs_that_nobody_knows_is_refused(crs: object) -> None:
    with pytest.raises(RefusedFileError, match="unknown coordinate system"):
        read("a.geojson", geojson(point(1, 2), crs=crs))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(geojson(point(1, 2))[:-20], "not_json", id="truncated"),
        pytest.param(b'{"type":"Point","coordinates":' + b"[" * 100_000, "too_deep", id="deep"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "too_deep", id="deep and closed"),
        pytest.param(b"[]", "not_geojson", id="a list"),
        pytest.param(b"{}", "not_geojson", id="no type"),
        pytest.param(b'{"type":"Topology"}', "not_geojson", id="TopoJSON"),
        pytest.param(b'{"type":"FeatureCollection"}', "not_geojson", id="no features"),
        pytest.param(b'{"type":"FeatureCollection","features":[]}', "no_rows", id="none"),
        pytest.param(b'{"type":"Point","coordinates":[' + b"9" * 5000 + b",1]}", "not_geojson",
                     id="a whole number of 5,000 digits"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"<OGRVRTDataSource/>", "not_json", id="VRT"),
    ],
)  # fmt: skip
def test_what_is_no_geojson_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read("a.geojson", content)
    assert refused.value.code == code
    assert str(refused.value).startswith("a.geojson")


def test_collections_have_an_end() -> None:
    geometry: dict[str, Any] = point(1, 2)
    for _ in range(50):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    table = read("a.geojson", geojson(geometry))
    assert [fault.code for fault in table.faults] == ["no_shape"]
