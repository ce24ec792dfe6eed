"""What breaks: a point counted twice, in the wrong district or not at all."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numba.core import event

from geo.errors import InputError
from geo.facts import boundaries
from geo.measures import containment, counting, kept_grids, point_files, point_grid
from tests.geo import toy
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

Ring = list[tuple[float, float]]

LATTICE = st.integers(0, 12)


@st.composite
def neighbours(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Polygons that share borders: the faces of a lattice whose inner corners are moved."""
    step = draw(st.sampled_from([0.25, 0.1, 1 / 3]))
    moved = [[draw(st.tuples(LATTICE, LATTICE)) for _ in range(2)] for _ in range(2)]
    corner = {}
    for i in range(4):
        for j in range(4):
            east, north = moved[i - 1][j - 1] if 0 < i < 3 and 0 < j < 3 else (6, 6)
            corner[i, j] = (120 + step * (i + (east - 6) / 24), 30 + step * (j + (north - 6) / 24))
    faces = [
        shapely.Polygon([corner[i, j], corner[i + 1, j], corner[i + 1, j + 1], corner[i, j + 1]])
        for i in range(3)
        for j in range(3)
    ]
    return gpd.GeoDataFrame(geometry=faces, crs="EPSG:4326")


def _rings(districts: gpd.GeoDataFrame) -> list[Ring]:
    return [shapely.get_coordinates(each).tolist() for each in districts.geometry]


def _holds(ring: Ring, x: float, y: float) -> bool:
    """Whether a ring holds a point, in rational arithmetic: by crossings, borders included."""
    px, py = Fraction(x), Fraction(y)
    inside = False
    for one, other in itertools.pairwise(ring):
        (ax, ay), (bx, by) = [tuple(map(Fraction, each)) for each in (one, other)]
        det = (ax - px) * (by - py) - (ay - py) * (bx - px)
        if det == 0 and min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by):
            return True
        if (ay <= py) != (by <= py) and (det > 0) == (by > ay):
            inside = not inside
    return inside


def _first(districts: gpd.GeoDataFrame, x: float, y: float) -> int:
    rings = _rings(districts)
    return next((at for at, ring in enumerate(rings) if _holds(ring, x, y)), -1)


@st.composite
def _near_borders(draw: st.DrawFn, districts: gpd.GeoDataFrame) -> Ring:
    """Points on corners and edges, and up to 1e-9 degrees beside them."""
    points: Ring = []
    for corners in _rings(districts):
        at = draw(st.integers(0, 3))
        share = draw(st.sampled_from([0.0, 0.5, 0.3, 1.0]))
        aside = draw(st.sampled_from([0.0, 1e-9, -1e-9, 1e-13, math.ulp(120.0)]))
        (ax, ay), (bx, by) = corners[at], corners[at + 1]
        x, y = ax + share * (bx - ax), ay + share * (by - ay)
        points += [(x, y), (x + aside, y), (x, y + aside)]
    return points


@given(data=st.data())
def test_points_on_borders_and_next_to_them_are_where_rational_arithmetic_puts_them(
    data: st.DataObject,
) -> None:
    districts = data.draw(neighbours())
    points = np.array(data.draw(_near_borders(districts)))
    polygons = np.asarray(districts.geometry.array)
    held = np.empty(len(points), dtype=np.int32)
    grid = point_grid.grid(point_grid.edges_of(polygons))
    point_grid.locate(grid, points[:, 0].copy(), points[:, 1].copy(), held)
    expected = [_first(districts, x, y) for x, y in points]
    assert held.tolist() == expected
    few = containment.rows(points[:, 0], points[:, 1], polygons, districts.index)
    assert few.tolist() == expected


def _points(bounds: NDArray[np.float64], n: int) -> tuple[NDArray[np.float64], ...]:
    draws = np.random.default_rng(7)
    west, south, east, north = bounds
    return draws.uniform(west - 0.1, east + 0.1, n), draws.uniform(south - 0.1, north + 0.1, n)


@pytest.mark.parametrize("region", ["shanghai", "guangdong"])
def test_both_ways_to_locate_agree_on_real_boundaries(
    region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    districts = boundaries.districts(region)
    lon, lat = _points(districts.total_bounds, 20_000)
    corners = shapely.get_coordinates(np.asarray(districts.geometry.array))[::50]
    lon, lat = np.append(lon, corners[:, 0]), np.append(lat, corners[:, 1])
    few = counting.tally(lon, lat, districts)
    monkeypatch.setattr(containment, "MANY", 0)
    many = counting.tally(lon, lat, districts)
    pd.testing.assert_frame_equal(many.counts, few.counts)
    assert (many.outside, many.rejected) == (few.outside, few.rejected)
    assert many.points == len(lon)


def test_threads_change_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    districts = boundaries.districts("shanghai")
    lon, lat = np.random.default_rng(5).uniform([120.8, 30.6], [122.0, 31.9], (100_003, 2)).T
    counts = []
    for threads in ("1", "2", "7", "many"):
        monkeypatch.setenv("OMP_NUM_THREADS", threads)
        counts.append(counting.count_points(lon, lat, districts))
    assert 0 < counts[0].sum() < len(lon)
    for each in counts[1:]:
        assert each.to_dict() == counts[0].to_dict()
        assert each.attrs == counts[0].attrs


def test_a_polygon_within_a_cell_in_another_and_a_hole_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(containment, "MANY", 0)
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(4, 4), (6, 4), (6, 6), (4, 6)]])
    speck = shapely.box(5.00001, 5.00001, 5.00002, 5.00002)
    over = shapely.box(1, 1, 2, 2)
    frame = gpd.GeoDataFrame(index=["a", "b", "c"], geometry=[over, ring, speck], crs="EPSG:4326")
    lon = [1.5, 5, 5.000015, 3, 4, 11]
    lat = [1.5, 5, 5.000015, 3, 5, 5]
    assert counting.count_points(lon, lat, frame).to_dict() == {"a": 1, "b": 2, "c": 1}


def test_a_shared_border_counts_once_for_the_smaller_label() -> None:
    counts = counting.count_points([121.5, 121.5, 121.55], [31.2, 31.15, 31.2], toy.quarters())
    assert isinstance(counts, pd.Series)
    assert counts[counts > 0].to_dict() == {"310101": 2, "310104": 1}
    assert counts.dtype == "int64"
    assert counts.index.equals(toy.quarters().index)


@pytest.mark.parametrize("many", [True, False])
def test_a_point_on_the_antimeridian_is_held_on_either_side(
    *, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containment, "MANY", 0 if many else 100)
    sides = gpd.GeoDataFrame(
        index=["west", "east"],
        geometry=[shapely.box(170, -20, 180, -10), shapely.box(-180, -20, -170, -15)],
        crs="EPSG:4326",
    )
    counts = counting.count_points([180.0, -180.0, 180.0], [-12.0, -12.0, -18.0], sides)
    assert counts.to_dict() == {"west": 2, "east": 1}


def test_categories_make_columns_and_add_up() -> None:
    lon, lat = [121.45, 121.45, 121.55, 0], [31.15, 31.15, 31.25, 0]
    both = counting.tally(lon, lat, toy.quarters(), category=["b", "a", "b", "c"])
    assert list(both.counts) == ["a", "b", "c"]
    assert both.counts.sum().to_dict() == {"a": 1, "b": 2, "c": 0}
    total = counting.count_points(lon, lat, toy.quarters())
    assert both.counts.sum(axis=1).to_dict() == total.to_dict()
    assert (both.outside, both.points) == (1, 4)


def test_what_is_no_position_is_rejected_with_examples() -> None:
    lon = [121.45, math.nan, 121.45, 31.15, math.inf]
    lat = [31.15, 31.15, math.nan, 121.45, 31.15]
    found = counting.tally(lon, lat, toy.quarters())
    assert (found.rejected, found.outside, found.points) == (4, 0, 5)
    assert (31.15, 121.45) in found.examples


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(InputError, match=r"2, 1 and 2 values"):
        counting.count_points([1, 2], [1], toy.quarters())
    with pytest.raises(InputError, match=r"lon: .*array of degrees"):
        counting.count_points(["east"], [1], toy.quarters())


def _parquet(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_a_file_is_counted_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.measures.point_files.PART", 100)
    lon, lat = _points(toy.quarters().total_bounds, 350)
    kinds = np.array(["x", "y"])[np.arange(350) % 2]
    file = _parquet(tmp_path / "points.parquet", lon=lon, lat=lat, kind=kinds)
    whole = counting.count_points(lon, lat, toy.quarters())
    assert counting.count_parquet(file, toy.quarters()).to_dict() == whole.to_dict()
    by_kind = counting.tally_parquet(file, toy.quarters(), point_files.Columns(category="kind"))
    assert by_kind.points == 350
    pd.testing.assert_frame_equal(
        by_kind.counts, counting.tally(lon, lat, toy.quarters(), category=kinds).counts
    )


def test_an_empty_file_counts_nothing(tmp_path: Path) -> None:
    file = _parquet(tmp_path / "none.parquet", lon=np.empty(0), lat=np.empty(0))
    assert counting.count_parquet(file, toy.quarters()).sum() == 0


def test_a_file_that_cannot_be_counted_is_refused_by_its_name(tmp_path: Path) -> None:
    whole = _parquet(tmp_path / "whole.parquet", lon=[121.5], lat=[31.2])
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(whole.read_bytes()[:-20])
    words = _parquet(tmp_path / "words.parquet", lon=["121.5"], lat=[31.2])
    metres = tmp_path / "metres.parquet"
    toy.sites([(121.5, 31.2)]).assign(lon=3.5e5, lat=3.4e6).to_crs("EPSG:4547").to_parquet(metres)
    unread = tmp_path / "unread.parquet"
    table = pa.table({"lon": [121.5], "lat": [31.2]}).replace_schema_metadata({"geo": "{"})
    pq.write_table(table, unread)
    for file, said in {
        unread: "what it says of its CRS cannot be read",
        cut: "no Parquet file that can be read whole",
        tmp_path / "absent.parquet": "no Parquet file that can be read whole",
        words: "column lon: found string, expected numbers",
        metres: "expected degrees in WGS84",
    }.items():
        with pytest.raises(InputError, match=f"{file.name}.*{said}"):
            counting.count_parquet(file, toy.quarters())
    national = tmp_path / "national.parquet"
    toy.sites([(121.5, 31.2)]).assign(lon=121.5, lat=31.2).to_crs(4490).to_parquet(national)
    assert counting.count_parquet(national, toy.quarters()).sum() == 1
    with pytest.raises(InputError, match=r"whole.parquet: no column x; it has lon, lat"):
        counting.count_parquet(whole, toy.quarters(), lon="x")


def test_a_kept_grid_is_taken_for_the_boundaries_that_it_was_made_of_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, grids=tmp_path)
    monkeypatch.setattr(kept_grids, "LARGE", 0)
    polygons = np.asarray(toy.quarters().geometry.array)
    made = kept_grids.of(polygons)
    (file,) = tmp_path.iterdir()
    edges = point_grid.edges_of(polygons)
    again = kept_grids.read(file, edges, edges.digest)
    assert again is not None
    for one, other in zip(made, again, strict=True):
        np.testing.assert_array_equal(one, other)
    moved = point_grid.edges_of(shapely.transform(polygons, lambda at: at + 1e-9))
    assert moved.digest != edges.digest
    assert kept_grids.read(file, moved, moved.digest) is None
    monkeypatch.setattr(point_grid, "VERSION", point_grid.VERSION + 1)
    assert edges.digest != file.stem
    for cut in (100, 0):
        file.write_bytes(file.read_bytes()[:cut])
        assert kept_grids.read(file, edges, file.stem) is None


def test_points_turned_round_are_rejected_where_no_place_can_be_meant_by_them() -> None:
    # 喀什: its turned position is one of the globe, in the Arctic.
    west = toy.districts({"653101": (75.9, 39.3, 76.2, 39.6)})
    counts = counting.count_points([76.0, 39.5, 40.5, 39.5], [39.5, 76.0, 76.0, 40.0], west)
    assert counts.to_dict() == {"653101": 1}
    assert counts.attrs == {"outside": 2, "rejected": 1, "examples": ((39.5, 76.0),)}
    # Here a turned position may be a neighbour's.
    near = toy.districts({"a": (5, 4, 9, 8)})
    assert counting.count_points([4.5], [6.0], near).attrs["outside"] == 1


def test_a_first_use_that_compiles_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    notice = point_grid.FirstUse()
    begun = event.Event(  # type: ignore[no-untyped-call]
        "numba:compile", event.EventStatus.START, data={"dispatcher": point_grid.locate}
    )
    for _ in range(2):
        notice.on_start(begun)
    assert [each.message for each in caplog.records if "Compiling" in each.message] == [
        "Compiling the loops that count points: some ten seconds, once on this machine"
    ]
