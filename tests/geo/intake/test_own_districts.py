"""What breaks: areas of one's own that are misread, or whose faults nobody hears of."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import RefusedFileError
from geo.intake.own_districts import OwnDistricts, own_districts
from geo.intake.table import RawTable, Reading

WEST, EAST = shapely.box(114.0, 30.4, 114.2, 30.6), shapely.box(114.2, 30.4, 114.4, 30.6)


def areas(*shapes: shapely.Geometry, crs: int = 4326, **cells: list[object]) -> OwnDistricts:
    frame = pd.DataFrame(cells, dtype=object)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    drawn = gpd.GeoSeries(list(shapes), index=frame.index, crs=4326).to_crs(crs)
    raw = RawTable(
        file="own.gpkg", format="geopackage", reading=Reading(), cells=frame, geometry=drawn
    )
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
