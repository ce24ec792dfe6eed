from __future__ import annotations

import json
import math
import re
import subprocess
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.files import geojson
from geo.measures import density
from tests.geo import toy
from tests.geo.toy_files import METADATA, some_sites

if TYPE_CHECKING:
    from pathlib import Path


def read(data: bytes) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    return dict(json.loads(data.decode("utf-8"), parse_constant=refuse))


def write(folder: Path, data: bytes) -> Path:
    path = folder / "export.geojson"
    path.write_bytes(data)
    return path


def ogrinfo(path: Path) -> str:
    listing = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-geom=SUMMARY", path],  # noqa: S607
        capture_output=True,
        check=True,
    )
    assert listing.stderr == b""
    return listing.stdout.decode("utf-8")


# --- GeoJSON of sites ---------------------------------------------------------------------------


def test_members_of_the_collection_and_of_a_feature() -> None:
    data = read(geojson.feature_collection(some_sites(), metadata=METADATA))
    assert list(data) == ["type", "metadata", "features"]
    assert data["metadata"]["title"] == "上海: 创意园区"
    assert data["metadata"]["date"] == "2026-11-22"
    assert data["metadata"]["radius_m"] is None
    first, second, third = data["features"]
    assert first["id"] == "sh-1"
    assert first["geometry"] == {"type": "Point", "coordinates": [121.4567891, 31.15]}
    assert first["properties"] == {
        "precision": "building",
        "id": "sh-1",
        "name_zh": "M50 “创意园”",
        "opened_year": 2004,
        "area_m2": 35_000.5,
        "checked": True,
        "seen": "2026-11-22T00:00:00",
    }
    assert second["geometry"] is None
    assert [second["properties"][name] for name in ("opened_year", "area_m2", "seen")] == [None] * 3
    assert third["properties"]["area_m2"] is None
    assert third["properties"]["checked"] is None


def test_chinese_text_and_whole_numbers_stay_as_they_are() -> None:
    text = geojson.feature_collection(some_sites()).decode("utf-8")
    assert "M50 “创意园”" in text
    assert '"opened_year":2004,' in text
    assert "NaN" not in text
    assert "Infinity" not in text
    assert '"crs"' not in text


def test_geopandas_reads_the_sites_back(tmp_path: Path) -> None:
    sites = some_sites()
    path = write(tmp_path, geojson.feature_collection(sites, metadata=METADATA))
    back = gpd.read_file(path)
    assert back["id"].to_list() == sites["id"].to_list()
    assert back["name_zh"].to_list() == sites["name_zh"].to_list()
    assert back.geometry.isna().to_list() == [False, True, False]
    assert back.geometry[0].distance(sites.geometry[0]) < 1e-7
    assert back.crs == toy.CRS


def test_ogrinfo_reads_the_sites_back(tmp_path: Path) -> None:
    path = write(tmp_path, geojson.feature_collection(some_sites(), metadata=METADATA))
    listing = ogrinfo(path)
    assert "Feature Count: 3\n" in listing
    assert "Geometry: Point\n" in listing
    for name in some_sites()["name_zh"]:
        assert f"name_zh (String) = {name}\n" in listing
    assert "opened_year: Integer (" in listing
    assert "area_m2: Real (" in listing
    assert listing.count("  POINT") == 2


def test_ids_that_tell_nothing_apart_are_left_out() -> None:
    for ids in (["a", "a", "b"], ["a", None, "b"]):
        data = read(geojson.feature_collection(some_sites().assign(id=pd.Series(ids))))
        assert all("id" not in feature for feature in data["features"])


def test_no_sites(tmp_path: Path) -> None:
    data = geojson.feature_collection(some_sites().iloc[:0], metadata=METADATA)
    assert read(data)["features"] == []
    assert len(gpd.read_file(write(tmp_path, data))) == 0


def test_a_frame_of_points_alone() -> None:
    frame = some_sites()[["geometry"]]
    assert [
        feature["properties"] for feature in read(geojson.feature_collection(frame))["features"]
    ] == [
        {},
        {},
        {},
    ]


def test_projected_sites_come_out_in_degrees() -> None:
    data = read(geojson.feature_collection(some_sites().to_crs("EPSG:32651")))
    assert data["features"][2]["geometry"]["coordinates"] == [121.55, 31.25]


def test_the_same_input_makes_the_same_bytes() -> None:
    first = geojson.feature_collection(some_sites(), metadata=METADATA)
    assert geojson.feature_collection(some_sites(), metadata=METADATA) == first


def test_text_that_is_no_unicode_does_not_stop_a_download() -> None:
    sites = some_sites().assign(name_zh=pd.Series(["\ud800 half a character"] * 3, dtype=object))
    assert "? half a character" in geojson.feature_collection(sites).decode("utf-8")


def test_sites_without_crs_are_refused() -> None:
    sites = gpd.GeoDataFrame(geometry=[shapely.Point(121.5, 31.2)])
    with pytest.raises(InputError, match="set_crs"):
        geojson.feature_collection(sites)


def test_repeated_columns_are_refused() -> None:
    frame = some_sites().rename(columns={"name_zh": "id"})
    with pytest.raises(InputError, match="repeated columns: id"):
        geojson.feature_collection(frame)


@given(text=st.text(), number=st.floats())
def test_any_text_and_number_makes_valid_json(text: str, number: float) -> None:
    sites = toy.sites([(121.5, 31.2)], name=[text], number=[number])
    (feature,) = read(geojson.feature_collection(sites, metadata={"title": text}))["features"]
    expected = text.encode("utf-8", "replace").decode("utf-8")
    assert feature["properties"]["name"] == expected
    found = feature["properties"]["number"]
    assert found == (number if math.isfinite(number) else None)


# --- GeoJSON of districts -----------------------------------------------------------------------


def test_outer_rings_run_counter_clockwise_and_holes_clockwise() -> None:
    square, hole = shapely.box(121, 31, 122, 32), shapely.box(121.4, 31.4, 121.6, 31.6)
    ring = shapely.Polygon(square.exterior.coords[::-1], [hole.exterior.coords])
    for geometry in (ring, shapely.MultiPolygon([ring, shapely.box(123, 31, 124, 32)])):
        frame = gpd.GeoDataFrame(index=["a"], geometry=[geometry], crs=toy.CRS)
        (feature,) = read(geojson.feature_collection(frame, ids="index"))["features"]
        back = shapely.geometry.shape(feature["geometry"])
        for part in shapely.get_parts(back):
            assert shapely.is_ccw(part.exterior)
            assert not any(shapely.is_ccw(inner) for inner in part.interiors)
        assert back.equals(geometry)


def test_districts_with_their_figures(shanghai: gpd.GeoDataFrame, tmp_path: Path) -> None:
    figures = density.density(some_sites(), shanghai)
    frame = gpd.GeoDataFrame(shanghai.join(figures))
    path = write(tmp_path, geojson.feature_collection(frame, ids="index", metadata=METADATA))
    data = read(path.read_bytes())
    assert [feature["id"] for feature in data["features"]] == list(shanghai.index)
    assert data["features"][0]["properties"]["adcode"] == shanghai.index[0]

    back = gpd.read_file(path).set_index("adcode")
    assert back.index.to_list() == list(shanghai.index)
    assert back["n"].to_list() == figures["n"].to_list()
    np.testing.assert_allclose(back["per_100_km2"], figures["per_100_km2"])
    assert back["per_100k_residents"].isna().all()
    assert back.geometry.is_valid.all()
    assert back.geometry.explode().exterior.is_ccw.all()

    listing = ogrinfo(path)
    assert "Feature Count: 16\n" in listing
    assert re.findall(r"  n \(Integer\) = (\d+)\n", listing) == figures["n"].astype(str).to_list()
    assert re.findall(r"  adcode \(String\) = (\d+)\n", listing) == list(shanghai.index)


def test_an_index_without_a_name_is_the_id_alone() -> None:
    (first, *_) = read(geojson.feature_collection(toy.quarters(), ids="index"))["features"]
    assert first["id"] == "310101"
    assert first["properties"] == {}


def test_exports_leave_the_frames_as_they_were() -> None:
    sites, districts = some_sites(), toy.quarters().rename_axis("adcode")
    before = sites.copy(deep=True), districts.copy(deep=True)
    geojson.feature_collection(sites)
    geojson.feature_collection(districts, ids="index")
    assert sites.equals(before[0])
    assert districts.equals(before[1])
