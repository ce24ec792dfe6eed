"""What breaks: a place with another's name, one outside that counts, a file that says nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.china import datum
from geo.errors import RefusedFileError
from geo.facts import own_terrain
from geo.intake.candidates import own_candidates
from geo.intake.words import refusal
from geo.networks import packed
from geo.settings import LANGUAGES
from tests.geo.intake.making import zipped
from tests.geo.networks import made_city

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UNITS = gpd.GeoDataFrame(
    index=["1"], geometry=[shapely.box(121.38, 31.18, 121.43, 31.23)], crs=made_city.CRS
)
NAMES = ["三号<b>地块</b>", "码头\n东", ""]
POINTS = [made_city.at(1, 1), made_city.at(2, 5), made_city.at(5, 3)]
FAR = (121.6, 31.2)

read = partial(own_candidates, units=UNITS, source="规划局")


def layer(shapes: Sequence[shapely.Geometry], names: list[str] | None = None) -> gpd.GeoDataFrame:
    held = {"单元名称": names or NAMES[: len(shapes)]}
    return gpd.GeoDataFrame(held, geometry=shapes, crs=made_city.CRS)


def written(frame: gpd.GeoDataFrame) -> bytes:
    return frame.to_json().encode()


def told(places: gpd.GeoDataFrame) -> dict[str, tuple[float, float]]:
    at = shapely.get_coordinates(places.geometry).round(6).tolist()
    return dict(zip(places["name"], map(tuple, at), strict=True))


EXPECTED = {
    name: (round(lon, 6), round(lat, 6))
    for name, (lon, lat) in zip(["三号<b>地块</b>", "码头 东", ""], POINTS, strict=True)
}


def test_points_areas_and_tables_say_the_same(tmp_path: Path) -> None:
    points = layer([shapely.Point(each) for each in POINTS])
    areas = layer([shapely.Point(each).buffer(0.0004) for each in POINTS])
    table = pd.DataFrame(
        {"名称": NAMES, "经度": [p[0] for p in POINTS], "纬度": [p[1] for p in POINTS]}
    )
    points.to_file(tmp_path / "p.gpkg")
    areas.to_crs("EPSG:32651").to_file(tmp_path / "a.gpkg")
    files = {
        "p.geojson": written(points),
        "p.gpkg": (tmp_path / "p.gpkg").read_bytes(),
        "a.gpkg": (tmp_path / "a.gpkg").read_bytes(),
        "t.csv": table.to_csv(index=False).encode(),
    }
    for name, content in files.items():
        own = read(f"folder/{name}", content)
        assert (own.places, own.outside, own.file, own.source) == (3, 0, name, "规划局")
        found = told(packed.unpack_places(own))
        assert found.keys() == EXPECTED.keys()
        for each, at in found.items():
            assert at == pytest.approx(EXPECTED[each], abs=4e-4)
        if name[0] != "a":
            assert found == EXPECTED


def test_headings_tell_the_datum() -> None:
    lon, lat = datum.from_wgs84(*POINTS[0], datum="gcj02")
    table = f"名称,经度（高德）,纬度（高德）\n甲,{lon},{lat}\n"
    assert told(packed.unpack_places(read("t.csv", table.encode())))["甲"] == pytest.approx(
        EXPECTED["三号<b>地块</b>"], abs=1e-5
    )


def test_rows_outside_without_a_position_or_there_twice_are_counted() -> None:
    shapes = [*map(shapely.Point, [POINTS[0], POINTS[0], FAR]), shapely.Polygon()]
    shapes.append(shapely.LineString(POINTS))
    own = read("p.geojson", written(layer(shapes, ["甲", "乙", "丙", "丁", "戊"])))
    assert (own.places, own.outside) == (1, 4)
    assert packed.unpack_places(own)["name"].tolist() == ["甲"]


def test_a_column_of_names_may_be_missing_and_names_are_short() -> None:
    points = gpd.GeoDataFrame(geometry=[shapely.Point(POINTS[0])], crs=made_city.CRS)
    bare = points.to_json(drop_id=True).encode()
    assert packed.unpack_places(read("p.geojson", bare))["name"].tolist() == [""]
    long = layer([shapely.Point(POINTS[0])], ["长" * 500])
    (name,) = packed.unpack_places(read("p.geojson", written(long)))["name"]
    assert name == "长" * packed.LONGEST


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("l.geojson", written(layer([shapely.LineString(POINTS)])), "candidates_no_places"),
        ("f.geojson", written(layer([shapely.Point(FAR)])), "candidates_elsewhere"),
        ("t.csv", "名称,地址\n甲,路\n".encode(), "no_places"),
        ("t.csv", "名称,经度,纬度\n甲,,\n".encode(), "candidates_elsewhere"),
    ],
)
def test_a_file_without_a_place_is_refused_in_words(
    file: str, content: bytes, code: str, lang: str
) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(file, content)
    assert refused.value.code == code
    assert file in refusal(refused.value, lang)  # type: ignore[arg-type]


def test_more_places_than_are_compared_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_terrain, "MOST_PLACES", 2)
    with pytest.raises(RefusedFileError, match="3 places in the region, at most 2"):
        read("p.geojson", written(layer([shapely.Point(each) for each in POINTS])))


def test_a_layer_without_a_crs_is_refused(tmp_path: Path) -> None:
    layer([shapely.Point(POINTS[0])]).set_axis(["name", "geometry"], axis=1).to_file(
        tmp_path / "p.shp"
    )
    parts = [each for each in tmp_path.glob("p.*") if each.suffix != ".prj"]
    with pytest.raises(RefusedFileError, match="no CRS"):
        read("p.zip", zipped({each.name: each.read_bytes() for each in parts}))
