from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from layers import assets, escape
from layers.ground import base, base_document
from tests.layers import toy_region
from tests.reading import having, read

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from geo.facts import boundaries


def document(*, level: boundaries.Level = "district") -> dict[str, Any]:
    written = base_document.document(toy_region.districts(), toy_region.context(), level=level)
    found: dict[str, Any] = json.loads(written)
    return found


def toy_map(
    address: str | bytes = "../../assets/map/toy.json",
    *,
    heights: base.FrameHeights | None = None,
) -> ET.Element:
    atlas = base.base_map(
        address,
        bounds=toy_region.BOUNDS,
        families=toy_region.FAMILIES,
        links=assets.links(),
        heights=heights,
    )
    return read(atlas.get_root().render())


def test_the_document_has_every_district_and_every_neighbour_with_its_names() -> None:
    found = document()
    assert len(found["districts"]["features"]) == 9
    assert len(found["context"]["features"]) == 16
    first = found["districts"]["features"][0]["properties"]
    assert first["id"] == "1010"
    assert (first["zh"], first["en"], first["short"]) == ("区1010区", "District 1010", "区1010")


def test_the_same_input_gives_the_same_bytes_and_another_gives_another_name() -> None:
    one, two = (
        base_document.document(toy_region.districts(), toy_region.context()) for _ in range(2)
    )
    assert one == two
    other = base_document.document(toy_region.districts().iloc[:8], toy_region.context())
    assert base_document.file_name("toy", one) != base_document.file_name("toy", other)


def test_coordinates_have_five_decimals() -> None:
    numbers = re.findall(r"\d+\.(\d+)", json.dumps(document()))
    assert max(map(len, numbers)) <= base_document.DECIMALS


def test_the_outline_is_the_union_of_the_districts() -> None:
    outline = shapely.from_geojson(json.dumps(document()["outline"]))
    assert outline.equals(shapely.box(*toy_region.BOUNDS))


def test_borders_of_cities_are_drawn_only_between_districts_of_several() -> None:
    assert document()["cities"] is not None
    assert document(level="city")["cities"] is None
    one_city = toy_region.districts().assign(city_adcode="310000")
    assert json.loads(base_document.document(one_city, toy_region.context()))["cities"] is None


def test_a_label_point_outside_its_district_is_moved_inside() -> None:
    districts = toy_region.districts().assign(lon=100.0, lat=0.0)
    features = json.loads(base_document.document(districts, toy_region.context()))["districts"]
    for feature in features["features"]:
        polygon = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert polygon.contains(shapely.Point(feature["properties"]["at"]))


def test_neighbours_lose_inner_vertices_and_keep_their_outer_border() -> None:
    border = [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)]
    below = shapely.Polygon([*border, (4, -4), (2, -4), (0, -4)])
    above = shapely.Polygon([*border, (4, 4), (2, 4), (0, 4)])
    context = gpd.GeoDataFrame({"name_zh": ["甲", "乙"]}, geometry=[below, above], crs=4326)
    found = json.loads(base_document.document(toy_region.districts(), context))["context"][
        "features"
    ]
    lighter = [shapely.from_geojson(json.dumps(f["geometry"])) for f in found]
    kept = {(4, 0), (0, 0), (0, -4), (2, -4), (4, -4)}
    assert set(map(tuple, shapely.get_coordinates(lighter[0]))) == kept
    assert lighter[0].union(lighter[1]).equals(below.union(above))


def test_a_region_without_neighbours_has_a_document() -> None:
    nobody = toy_region.context().iloc[:0]
    found = json.loads(base_document.document(toy_region.districts(), nobody))
    assert found["window"] is None
    assert found["context"]["features"] == []


def test_names_in_the_document_are_escaped() -> None:
    districts = toy_region.districts().assign(name_zh="<b>${1}</b>")
    found = json.loads(base_document.document(districts, toy_region.context()))
    name = found["districts"]["features"][0]["properties"]["zh"]
    assert name == escape.text("<b>${1}</b>")


def test_the_base_map_loads_the_listed_files_and_none_of_folium_s_own() -> None:
    page = toy_map()
    loaded = [address for each in page.iter() if (address := each.get("src") or each.get("href"))]
    links = assets.links()
    assert loaded == [address for _, address in (*links.js, *links.css)]


def test_the_reader_may_pinch() -> None:
    (viewport,) = having(toy_map(), name="viewport")
    assert viewport.get("content") == "width=device-width, initial-scale=1.0"


def test_a_document_can_stand_in_the_page_itself() -> None:
    inline = base_document.document(toy_region.districts(), toy_region.context())
    assert [each for each in toy_map(inline).iter("script") if "区1010区" in (each.text or "")]


@pytest.mark.parametrize("height", [600, 740])
def test_heights_reach_the_frame(height: int) -> None:
    page = toy_map(heights=base.FrameHeights(frame=height))
    assert [each for each in page.iter("script") if f'"frame":{height}' in (each.text or "")]


def test_land_abroad_is_drawn_lowest_and_has_no_name() -> None:
    land = shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])
    told = json.loads(
        base_document.document(toy_region.districts(), toy_region.context(), abroad=land)
    )["context"]["features"]
    without = json.loads(base_document.document(toy_region.districts(), toy_region.context()))
    assert told[0]["properties"] == {}
    assert told[1:] == without["context"]["features"]


def test_a_document_cut_down_keeps_what_lies_inside_and_draws_no_border_at_the_cut() -> None:
    whole = base_document.document(toy_region.districts(), toy_region.context())
    west, south, east, north = toy_region.BOUNDS
    middle = shapely.box(
        west + 0.4 * (east - west),
        south + 0.4 * (north - south),
        west + 0.6 * (east - west),
        south + 0.6 * (north - south),
    )
    cut = json.loads(base_document.clipped(whole, middle.bounds))
    assert len(json.dumps(cut)) < len(whole)
    assert cut.keys() == json.loads(whole).keys()
    shown = [shapely.from_geojson(json.dumps(f["geometry"])) for f in cut["districts"]["features"]]
    assert shapely.union_all(shown).symmetric_difference(middle).area < 1e-9
    assert cut["context"]["features"] == []
    assert shapely.from_geojson(json.dumps(cut["outline"])).is_empty
    for feature, shape in zip(cut["districts"]["features"], shown, strict=True):
        assert shape.distance(shapely.Point(feature["properties"]["at"])) < 1e-4


def test_a_document_cut_at_its_own_bounds_has_every_district() -> None:
    whole = base_document.document(toy_region.districts(), toy_region.context())
    cut = json.loads(base_document.clipped(whole, toy_region.BOUNDS))
    named = [f["properties"] for f in cut["districts"]["features"]]
    assert named == [f["properties"] for f in json.loads(whole)["districts"]["features"]]
