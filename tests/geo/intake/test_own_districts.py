"""What breaks: areas of one's own that are misread, or whose faults nobody hears of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import RefusedFileError
from geo.files import isolation
from geo.intake import own_districts as districts
from geo.intake.own_districts import AreaColumns, OwnDistricts, own_districts, recognised, survey
from geo.intake.readers import read
from geo.intake.table import RawTable, Reading
from geo.measures import assignment
from tests import areas as files
from tests.geo.intake import making

if TYPE_CHECKING:
    from pathlib import Path

WEST, EAST = shapely.box(114.0, 30.4, 114.2, 30.6), shapely.box(114.2, 30.4, 114.4, 30.6)


def raw_areas(*shapes: shapely.Geometry, crs: int = 4326, **cells: Any) -> RawTable:  # noqa: ANN401 - any cells
    frame = pd.DataFrame(cells, dtype=object)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    drawn = gpd.GeoSeries(list(shapes), index=frame.index, crs=4326).to_crs(crs)
    return RawTable(
        file="own.gpkg", format="geopackage", reading=Reading(), cells=frame, geometry=drawn
    )


def areas(*shapes: shapely.Geometry, crs: int = 4326, **cells: Any) -> OwnDistricts:  # noqa: ANN401 - any cells
    raw = raw_areas(*shapes, crs=crs, **cells)
    population = "人口" if "人口" in cells else None
    return own_districts(raw, population=population)


def test_areas_side_by_side_have_no_faults_in_any_crs() -> None:
    own = areas(WEST, EAST, crs=4547, 名称=["西片", "东片"], 人口=["1,000", None])
    assert own.areas.index.tolist() == ["西片", "东片"]
    assert own.areas["population"].tolist()[0] == 1000
    assert pd.isna(own.areas["population"].iloc[1])
    assert own.areas.crs == 4326
    assert own.overlaps.empty
    assert own.gaps.empty


def test_overlaps_and_gaps_are_told_with_their_size() -> None:
    wider = shapely.box(114.1, 30.4, 114.4, 30.6)
    ring = shapely.box(115, 30, 116, 31) - shapely.box(115.4, 30.4, 115.6, 30.6)
    own = areas(WEST, wider, ring, 名称=["西片", "宽片", "环"])
    (overlap,) = own.overlaps.itertuples(index=False)
    assert {overlap.one, overlap.other} == {"西片", "宽片"}
    assert overlap.km2 == pytest.approx(213, rel=0.01)
    (gap,) = own.gaps.itertuples(index=False)
    assert gap.km2 == pytest.approx(425, rel=0.01)
    assert (gap.lon, gap.lat) == pytest.approx((115.5, 30.5), abs=0.1)


def test_an_area_within_another_is_an_overlap() -> None:
    inner = shapely.box(114.05, 30.45, 114.1, 30.5)
    own = areas(WEST, inner, 名称=["西片", "内"])
    assert len(own.overlaps) == 1


@pytest.mark.parametrize(
    ("names", "shapes", "code"),
    [
        (["西片", "西片"], (WEST, EAST), "area_names"),
        (["西片", None], (WEST, EAST), "area_names"),
        (["西片", "点"], (WEST, shapely.Point(114, 30)), "no_polygons_at"),
    ],
)
def test_what_cannot_be_districts_is_refused(
    names: list[object], shapes: tuple[shapely.Geometry, ...], code: str
) -> None:
    with pytest.raises(RefusedFileError) as refused:
        areas(*shapes, 名称=names)
    assert refused.value.code == code


def test_one_area_given_twice_is_an_overlap() -> None:
    own = areas(WEST, EAST, WEST.reverse(), 名称=["甲", "乙", "丙"])
    assert own.overlaps[["one", "other"]].to_numpy().tolist() == [["甲", "丙"]]


def surveyed(*shapes: shapely.Geometry, **cells: Any) -> OwnDistricts:  # noqa: ANN401 - any cells
    raw = raw_areas(*shapes, **cells)
    return survey(raw, recognised(raw))


def codes(found: OwnDistricts) -> dict[int, str]:
    return dict(zip(found.faults["row"], found.faults["code"], strict=True))


BOW = shapely.Polygon([(114, 30), (114.2, 30.2), (114.2, 30), (114, 30.2)])
RING = WEST - shapely.box(114.05, 30.45, 114.1, 30.5)
PARTS = shapely.MultiPolygon([shapely.box(114, 31, 114.1, 31.1), shapely.box(115, 31, 115.1, 31.1)])
NUMBERS = [0, 1, 30, 30.5, 114, 114.2, 180, -180, 90, 1e-300, 1e300, -1e308, 1e20]
MIXED = shapely.GeometryCollection([EAST, shapely.Point(114, 30)])


def test_dirty_shapes_are_mended_or_left_out_and_told() -> None:
    line, empty = shapely.LineString([(114, 30), (115, 30)]), shapely.Polygon()
    shapes = [BOW, RING, PARTS, MIXED, line, empty, shapely.Point(114, 30)]
    found = surveyed(*shapes, 名称=list("甲乙丙丁戊己庚"))
    assert found.areas.index.tolist() == ["甲", "乙", "丙", "丁"]
    assert found.areas.is_valid.all()
    assert set(found.areas.geom_type) <= {"Polygon", "MultiPolygon"}
    assert codes(found) == {
        1: "crossing_area", 5: "no_polygon", 6: "no_polygon", 7: "no_polygon"
    }  # fmt: skip
    assert found.gaps["km2"].sum() == pytest.approx(26.6, rel=0.01)
    inner = assignment.by_position(
        gpd.GeoDataFrame(geometry=shapely.points([[114.07, 30.47], [115.05, 31.05]]), crs=4326),
        found.areas,
    )
    assert inner.isna().tolist() == [True, False]


def bytes_of(frame: gpd.GeoDataFrame, kind: str, folder: Path) -> bytes:
    """The areas as a file of some kind."""
    if kind == "zip":
        return making.zipped(making.shapefile(folder / "parts", frame))
    path = folder / f"own.{kind}"
    (frame.to_parquet if kind == "parquet" else frame.to_file)(path)
    return path.read_bytes()


@pytest.mark.parametrize("crs", [4326, 4547])
@pytest.mark.parametrize("kind", ["geojson", "gpkg", "zip", "parquet"])
def test_an_area_that_crosses_itself_is_mended_in_every_format(
    kind: str, crs: int, tmp_path: Path
) -> None:
    frame = gpd.GeoDataFrame({"Name": ["甲", "乙"]}, geometry=[BOW, EAST], crs=4326).to_crs(crs)
    table = read(f"own.{kind}", bytes_of(frame, kind, tmp_path))
    found = survey(table, recognised(table))
    assert codes(found) == {1: "crossing_area"}
    assert found.areas.index.tolist() == ["甲", "乙"]
    assert found.areas.is_valid.all()
    sides = shapely.points([(114.02, 30.1), (114.18, 30.1), (114.1, 30.02), (114.1, 30.18)])
    assert shapely.contains(found.areas.geometry.iloc[0], sides).tolist() == [
        True, True, False, False,
    ]  # fmt: skip
    assert own_districts(table).areas.index.tolist() == ["甲", "乙"]


def test_an_outline_that_crosses_itself_without_end_is_refused_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 1)
    corners = np.random.default_rng(1).uniform((114, 30), (115, 31), (1000, 2))
    table = raw_areas(shapely.Polygon(corners), EAST, 名称=["甲", "乙"])
    with pytest.raises(RefusedFileError) as refused:
        survey(table, recognised(table))
    assert refused.value.code == "too_costly"


@given(st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)), min_size=3))
@settings(max_examples=20, deadline=None)
def test_no_outline_ends_the_program(corners: list[tuple[float, float]]) -> None:
    found = surveyed(shapely.Polygon(corners), EAST, 名称=["甲", "乙"])
    assert found.areas.is_valid.all()
    assert found.areas.index[-1] == "乙"


def test_areas_of_one_name_stay_apart_and_names_are_fit_to_be_shown() -> None:
    names = ["城关镇", "城关镇", None, "长" * 60, "a,b\n c", "420106"]
    shapes = [shapely.box(114 + n / 10, 30, 114.1 + n / 10, 30.1) for n in range(6)]
    found = surveyed(*shapes, 名称=names)
    assert found.areas["name_zh"].tolist() == [
        "城关镇 #1", "城关镇 #2", "长" * 39 + "…", "a,b c", "420106",
    ]  # fmt: skip
    assert found.areas.index.is_unique
    # No label is a list in an address, nor the code of a county.
    assert not found.areas.index.str.contains(",").any()
    assert not found.areas.index.str.fullmatch(r"\d{6}").any()
    assert codes(found)[3] == "no_area_name"
    assert codes(found)[4] == "long_area_name"


@pytest.mark.parametrize(
    ("heading", "cells", "unit"),
    [
        ("面积（平方公里）", [425.0, 425.0], "km2"),
        ("面积（公顷）", ["42,500", 42500], "ha"),
        ("面积_亩", [637_500, 637_500], "mu"),
        ("area_m2", [4.25e8, 4.25e8], "m2"),
        ("面积", ["425平方公里", "4.25万公顷"], "m2"),
        ("面积", [425, 425], "km2"),
        ("面积", [42_500, 42_500], "ha"),
        ("面积", [4.25e8, 4.25e8], "m2"),
        ("Shape_Area", [0.04, 0.04], None),
    ],
)
def test_units_of_areas_are_told_by_heading_cells_or_size(
    heading: str, cells: list[object], unit: str | None
) -> None:
    told: dict[str, Any] = {"名称": ["西片", "东片"], heading: cells}
    raw = raw_areas(WEST, EAST, **told)
    held = recognised(raw)
    assert (held.area, held.unit) == (heading, unit)
    found = survey(raw, held)
    expected = [425, 425] if unit else [None, None]
    assert (
        found.areas["area_land_km2"].tolist() == pytest.approx(expected, nan_ok=True)
        if unit
        else (found.areas["area_land_km2"].isna().all())
    )
    assert found.faults.empty


def test_amounts_that_cannot_be_are_left_empty_and_told() -> None:
    people: list[object] = ["1.2万", -3]
    found = surveyed(WEST, EAST, 名称=["西片", "东片"], 人口=people, 面积km2=[0, 4])
    assert found.areas["population"].tolist()[0] == 12_000
    assert found.areas["population"].isna().tolist() == [False, True]
    assert found.areas["area_land_km2"].isna().tolist() == [True, False]
    assert set(found.faults["code"]) == {"no_population", "no_area_km2", "other_area"}


def test_too_many_areas_are_refused() -> None:
    n = districts.MOST_AREAS + 1
    raw = raw_areas(*[WEST] * n, 名称=list(range(n)))
    with pytest.raises(RefusedFileError) as refused:
        survey(raw, AreaColumns(name="名称"))
    assert refused.value.code == "too_many_areas"
    assert "2,000" in str(refused.value)


def test_a_file_in_a_projected_crs_has_the_areas_of_one_in_degrees() -> None:
    tables = [read("a.gpkg", files.geopackage(files.of_wuhan(crs))) for crs in (4326, 4490, 4547)]
    first, *others = (survey(each, recognised(each)) for each in tables)
    for other in others:
        pd.testing.assert_frame_equal(
            other.areas.drop(columns="geometry"), first.areas.drop(columns="geometry")
        )
        assert other.areas.geom_equals_exact(first.areas.geometry, 1e-6).all()
        assert other.overlaps["km2"].tolist() == pytest.approx(
            first.overlaps["km2"].tolist(), rel=1e-3
        )
    assert first.overlaps[["one", "other", "counts"]].to_numpy().tolist() == [
        ["汉阳片", "光谷片", "光谷片"]
    ]
    assert first.gaps["beside"].tolist() == [("江北片",)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.floats(114, 115)] * 2, *[st.floats(0.01, 0.5)] * 2), min_size=1, max_size=8
    ),
    st.lists(st.none() | st.tuples(st.floats(113.5, 115.5), st.floats(113.5, 115.5)), max_size=20),
)
def test_every_site_is_in_one_area_in_none_or_known_nowhere(
    boxes: list[tuple[float, float, float, float]], places: list[tuple[float, float] | None]
) -> None:
    shapes = [shapely.box(x, y - 84, x + w, y - 84 + h) for x, y, w, h in boxes]
    found = surveyed(*shapes, 名称=[f"片{n}" for n in range(len(boxes))])
    points = [
        shapely.Point() if each is None else shapely.Point(each[0], each[1] - 84) for each in places
    ]
    sites = gpd.GeoDataFrame({"adcode": ["420106"] * len(points)}, geometry=points, crs=4326)
    counted = assignment.by_position(sites, found.areas)
    away = sites.geometry.is_empty
    holding = [sorted(n for n, s in enumerate(shapes) if s.intersects(p)) for p in points]
    assert counted[away].isna().all()
    assert counted.isna().tolist() == [not each for each in holding]
    assert counted.notna().sum() + (counted.isna() & ~away).sum() + away.sum() == len(points)
    for one, inside in zip(counted, holding, strict=True):
        assert not inside or one == min(f"片{n}" for n in inside)
    wide = {
        (f"片{n}", f"片{m}")
        for m in range(len(shapes))
        for n in range(m)
        if shapes[n].intersection(shapes[m]).area > 1e-6  # of a square degree: 0.01 km2
    }
    assert wide <= {tuple(each) for each in found.overlaps[["one", "other"]].to_numpy()}
    for one, other, counts in found.overlaps[["one", "other", "counts"]].itertuples(index=False):
        shared = found.areas.geometry[one].intersection(found.areas.geometry[other])
        site = gpd.GeoDataFrame(geometry=[shared.representative_point()], crs=4326)
        around = found.areas.index[found.areas.intersects(site.geometry[0])]
        assert assignment.by_position(site, found.areas)[0] == min(around)
        assert counts == min(one, other)
