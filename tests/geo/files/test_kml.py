from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
import shapely

from geo.facts import catalog
from geo.files.kml import NAMESPACE, kml
from tests.geo import toy, toy_files

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

NAMES = {"kml": NAMESPACE}
OWN = {"Name", "description", "timestamp", "begin", "end", "altitudeMode", "tessellate"}
OWN |= {"extrude", "visibility", "drawOrder", "icon", "snippet"}
"""What GDAL adds to the columns of a KML file."""


def features(folder: Path, data: bytes) -> list[dict[str, Any]]:
    return toy_files.ogr_features(toy_files.save(folder, "a.kml", data))


def properties(found: list[dict[str, Any]], frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return each feature's columns; where GDAL leaves unknown values out they are null."""
    names = list(toy_files.expected(frame)[0])
    return [{name: each["properties"].get(name) for name in names} for each in found]


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data.decode("utf-8"))  # noqa: S314 - our own file


@pytest.mark.parametrize("make", [toy_files.awkward, toy_files.chosen])
def test_ogr_reads_the_same_sites(make: toy_files.Maker, tmp_path: Path) -> None:
    frame = make()
    found = features(tmp_path, kml(frame, toy_files.ABOUT, table="sites"))
    assert toy_files.same(properties(found, frame), toy_files.expected(frame))
    assert {name for each in found for name in each["properties"]} <= OWN | set(frame.columns)
    assert [each["properties"]["Name"] for each in found] == frame["name_zh"].to_list()
    for feature, point in zip(found, frame.geometry, strict=True):
        if point.is_empty:
            assert feature["geometry"] is None
        else:
            (place,) = shapely.get_coordinates(point).tolist()
            assert feature["geometry"]["coordinates"][:2] == pytest.approx(place, abs=1e-7)


def test_ogr_reads_the_same_districts(tmp_path: Path) -> None:
    frame = toy_files.districts()
    found = features(tmp_path, kml(frame, toy_files.ABOUT, table="districts"))
    assert toy_files.same(properties(found, frame), toy_files.expected(frame))
    for feature, outline in zip(found, frame.geometry, strict=True):
        shape = shapely.force_2d(shapely.geometry.shape(feature["geometry"]))
        assert shapely.equals_exact(shape, outline, tolerance=1e-6, normalize=True)


def test_numbers_have_types_and_columns_titles(tmp_path: Path) -> None:
    data = kml(toy_files.chosen(), toy_files.ABOUT, table="sites")
    listing = toy_files.ogrinfo(toy_files.save(tmp_path, "a.kml", data))
    assert "opened_year: Integer" in listing
    assert "area_m2: Real" in listing
    assert "adcode: String" in listing
    fields = parsed(data).findall(".//kml:SimpleField", NAMES)
    titles = {each.get("name"): each.findtext("kml:displayName", None, NAMES) for each in fields}
    assert titles["area_m2"] == "面积 (平方米)"
    assert None not in titles.values()


def test_what_the_file_says_of_itself() -> None:
    document = parsed(kml(toy_files.chosen(), toy_files.ABOUT, table="sites")).find(
        "kml:Document", NAMES
    )
    assert document is not None
    assert document.findtext("kml:name", None, NAMES) == toy_files.ABOUT.title
    told = document.findtext("kml:description", "", NAMES)
    assert "名录日期：2026-11-22<br/>" in told
    assert "data/sites.csv" in told


def test_what_a_viewer_takes_for_html_is_escaped() -> None:
    frame = toy_files.awkward().assign(address="<img src=x onerror=alert(1)>", note="a & b")
    placemark = parsed(kml(frame, toy_files.ABOUT, table="sites")).find(".//kml:Placemark", NAMES)
    assert placemark is not None
    told = placemark.findtext("kml:description", "", NAMES)
    assert "地址：&lt;img src=x onerror=alert(1)&gt;<br/>" in told
    assert "备注：a &amp; b" in told
    assert "行业：时尚设计, 综合" in told


def test_a_remark_is_in_the_language_of_the_file() -> None:
    frame = catalog.sites("harbin").head(1)
    data = kml(frame, toy_files.IN_ENGLISH, table="sites").decode("utf-8")
    assert "Kind: Service centre" in data
    assert "<name>Harbin Creative Design Center</name>" in data


def test_colours_are_those_of_the_families() -> None:
    root = parsed(kml(toy_files.awkward(), toy_files.ABOUT, table="sites"))
    used = [each.text for each in root.findall(".//kml:Placemark/kml:styleUrl", NAMES)]
    assert used == ["#fas", "#film", "#mix"]
    styles = {each.get("id"): each for each in root.findall(".//kml:Style", NAMES)}
    # KML writes alpha, blue, green, red; fashion is #CC79A7.
    assert styles["fas"].findtext("kml:IconStyle/kml:color", None, NAMES) == "ffa779cc"
    assert {reference.removeprefix("#") for reference in used if reference} <= set(styles)


def test_nothing_in_the_file_is_fetched_from_elsewhere() -> None:
    root = parsed(kml(toy_files.awkward(), toy_files.ABOUT, table="sites"))
    assert root.findall(".//kml:href", NAMES) == []


def test_polygons_with_holes_and_several_parts(tmp_path: Path) -> None:
    square, hole = shapely.box(121, 31, 122, 32), shapely.box(121.4, 31.4, 121.6, 31.6)
    ring = shapely.Polygon(square.exterior.coords, [hole.exterior.coords])
    outline = shapely.MultiPolygon([ring, shapely.box(123, 31, 124, 32)])
    frame = toy.quarters().iloc[:1].set_geometry([outline])
    (feature,) = features(tmp_path, kml(frame, toy_files.ABOUT, table="districts"))
    assert shapely.force_2d(shapely.geometry.shape(feature["geometry"])).equals(outline)


def test_characters_that_xml_cannot_hold() -> None:
    frame = toy.sites([(121.5, 31.2)], name_zh=pd.Series(["a\x00b\x1f\ud800"], dtype=object))
    name = parsed(kml(frame, toy_files.ABOUT, table="sites")).findtext(
        ".//kml:Placemark/kml:name", None, NAMES
    )
    assert name == "a\ufffdb\ufffd?"


def test_numbers_beyond_32_bits_and_names_alike_but_for_case(tmp_path: Path) -> None:
    frame = toy.sites([(121.5, 31.2), (121.6, 31.3)], Big=[3_000_000_000, -1], big=[1, 2])
    rows = features(tmp_path, kml(frame, toy_files.ABOUT, table="sites"))
    told = [(row["properties"]["Big"], row["properties"]["big_"]) for row in rows]
    assert told == [(3_000_000_000, 1), (-1, 2)]


def test_no_rows(tmp_path: Path) -> None:
    data = kml(toy_files.awkward().iloc[:0], toy_files.ABOUT, table="sites")
    assert "LIBKML" in toy_files.ogrinfo(toy_files.save(tmp_path, "a.kml", data))
    assert parsed(data).findall(".//kml:Placemark", NAMES) == []


def test_the_same_input_makes_the_same_bytes() -> None:
    first = kml(toy_files.awkward(), toy_files.ABOUT, table="sites")
    assert kml(toy_files.awkward(), toy_files.ABOUT, table="sites") == first
