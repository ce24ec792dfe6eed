"""What a caller gives is used or refused by name: nothing becomes "missing" without a word."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.checks import amounts
from geo.errors import InputError
from geo.facts import boundaries, catalog, sectors
from geo.measures import (
    coverage,
    density,
    district_table,
    location_quotient,
    polycentricity,
    region_summary,
)
from geo.policy import layouts, scorecard, site_profile
from geo.search import matching, ordering
from geo.search.criteria import Criteria
from tests.geo import toy

if TYPE_CHECKING:
    from collections.abc import Callable

SITES = catalog.sites("jinan")
DISTRICTS = boundaries.districts("jinan")
LAYOUT = layouts.layout("jn-2020-plan")

NO_NUMBERS = ["1,000", "1 000", "two", -5, -math.inf, math.inf, True, [1]]
NO_RADII = ["3000", None, pd.NA, math.nan, math.inf, -math.inf, -5, 0, True, [3000], 3j]
NO_PLACES = ["121,31", (121.4,), (math.nan, 31.0), (121.4, math.inf), ("121", "31"), (31, 121), 5]


@pytest.mark.parametrize("column", ["population", "population_year", "area_land_km2"])
@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_a_figure_that_is_none_names_its_row(column: str, value: object) -> None:
    figures = pd.Series([1000, None, value, 2000], dtype=object).array
    districts = toy.quarters().assign(**{column: figures})
    with pytest.raises(InputError, match=rf"column {column}: found .* at row 310105; expected"):
        density.density(toy.sites([(121.45, 31.15)]), districts)


def test_every_column_is_told_at_once() -> None:
    districts = toy.quarters().assign(population="1,000", area_land_km2=-1.0)
    with pytest.raises(InputError) as caught:
        density.density(toy.sites([]), districts)
    assert len(str(caught.value).splitlines()) == 2


@given(
    st.lists(st.none() | st.integers(0, 10**9) | st.floats(0, 1e9), min_size=4, max_size=4),
    st.sampled_from(["object", "str", "Float64"]),
)
def test_numbers_are_read_whatever_holds_them(values: list[float | None], kind: str) -> None:
    faults: list[str] = []
    cells = pd.array([pd.NA if value is None else value for value in values], dtype=kind)  # type: ignore[call-overload]
    read = amounts.column(pd.DataFrame({"a": cells}), "a", faults, of="table")
    assert faults == []
    expected = [math.nan if value is None else float(value) for value in values]
    np.testing.assert_array_equal(read.to_numpy(), expected)


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)))
def test_no_value_is_lost(value: object) -> None:
    """It is the number it looks like, unknown where nothing stands there, or refused."""
    faults: list[str] = []
    frame = pd.DataFrame({"a": pd.Series([value], index=["x"], dtype=object)})
    read = amounts.column(frame, "a", faults, of="table").iloc[0]
    nothing = value is None or value != value or str(value).strip() in amounts.NOTHING  # noqa: PLR0124
    assert math.isnan(read) if nothing else bool(faults) or read == float(value)  # type: ignore[arg-type]
    assert not (nothing and faults)


@pytest.mark.parametrize("value", ["yes", "no", 2, "True?"])
def test_whether_a_figure_is_comparable_is_true_or_false(value: object) -> None:
    comparable = pd.Series([True, False, None, value], dtype=object).array
    districts = toy.quarters().assign(population=5, population_comparable=comparable)
    with pytest.raises(InputError, match=r"population_comparable: found .* at row 310106"):
        density.density(toy.sites([]), districts)


RADII: dict[str, Callable[[object], object]] = {
    "coverage": lambda r: coverage.coverage(SITES, DISTRICTS, radius_m=r),  # type: ignore[arg-type]
    "usable": lambda r: coverage.usable(SITES, DISTRICTS, radius_m=r),  # type: ignore[arg-type]
    "table": lambda r: district_table.table(SITES, DISTRICTS, radius_m=r),  # type: ignore[arg-type]
    "summary": lambda r: region_summary.summary(SITES, DISTRICTS, radius_m=r),  # type: ignore[arg-type]
    "scorecard": lambda r: scorecard.scorecard(LAYOUT, SITES, DISTRICTS, radius_m=r),  # type: ignore[arg-type]
    "discs": lambda r: coverage.geodesic_discs(np.zeros((1, 2)), radius_m=r),  # type: ignore[arg-type]
    "neighbours": lambda r: site_profile.neighbours(SITES.iloc[0], SITES, radii_km=[1.0, r]),  # type: ignore[list-item]
    "nearby": lambda r: site_profile.nearby(SITES.iloc[0], SITES, radii_km=[1.0, r]),  # type: ignore[list-item]
    "criteria": lambda r: Criteria(near=(117.0, 36.6), within_km=r or -1),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("radius", NO_RADII, ids=repr)
@pytest.mark.parametrize("name", RADII)
def test_a_radius_is_a_number(name: str, radius: object) -> None:
    if name == "criteria" and (radius is None or radius is pd.NA):
        radius = "none"
    if name == "coverage" and isinstance(radius, list):
        radius = [*radius, "none"]  # it takes several
    with pytest.raises(InputError, match=r"(radius_m|radii_km|within_km): found"):
        RADII[name](radius)


@pytest.mark.parametrize("near", NO_PLACES, ids=repr)
def test_a_place_is_a_longitude_and_a_latitude(near: object) -> None:
    for refused in (
        lambda: Criteria(near=near),  # type: ignore[arg-type]
        lambda: matching.distances_m(SITES, near),  # type: ignore[arg-type]
        lambda: ordering.ordered(SITES, by="distance", near=near),  # type: ignore[arg-type]
    ):
        with pytest.raises(InputError, match="near"):
            refused()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in ("sector", "kind", "district") for value in ("park", 5, (1,))),
        *(("opened_since", value) for value in ("2010", 2010.5, True, math.nan)),
        *(("until", value) for value in ("2010", 2010.5, True, math.nan)),
        *(("area_min", value) for value in ("1,000", -1, math.inf, math.nan)),
        ("text", 5),
        ("match", ["any"]),
    ],
)
def test_criteria_that_are_none(name: str, value: object) -> None:
    with pytest.raises(InputError, match=f"{name}: found"):
        Criteria(**{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "asked", "by"),
    [
        ("opened_year", Criteria(opened_since=2000), "opened"),
        ("area_m2", Criteria(area_min=10), "area"),
    ],
)
def test_a_site_is_not_left_out_for_a_number_that_is_none(
    column: str, asked: Criteria, by: str
) -> None:
    sites = toy.sites([None, None], level="none").assign(**{column: ["2005", "2,005"]})
    for used in (lambda: matching.select(sites, asked), lambda: ordering.ordered(sites, by=by)):
        with pytest.raises(InputError, match=f"column {column}: found '2,005' at row 1"):
            used()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("counts", ["abc", None, ["a", "b"], [1, None], 5, [[1, 2], [3, 4]]])
def test_counts_that_are_none(counts: object) -> None:
    for measure in (polycentricity.primacy, polycentricity.evenness, polycentricity.green):
        with pytest.raises(InputError, match="counts"):
            measure(counts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked",
    [
        lambda: boundaries.districts(5),  # type: ignore[arg-type]
        lambda: boundaries.districts(None),  # type: ignore[arg-type]
        lambda: boundaries.districts("jinan", level=["district"]),  # type: ignore[arg-type]
        lambda: catalog.sites(["jinan"]),  # type: ignore[arg-type]
        lambda: catalog.vocabulary(["kind"]),  # type: ignore[arg-type]
        lambda: layouts.layout(["jn-2020-plan"]),  # type: ignore[arg-type]
        lambda: location_quotient.by_district(SITES, DISTRICTS, family="designs"),
        lambda: sectors.shares(SITES.drop(columns="sectors")),
        lambda: density.districts_served(pd.DataFrame({"m": [1]})),
        lambda: region_summary.concentration(pd.DataFrame({"n": [1]})),
        lambda: density.density(SITES, None),  # type: ignore[arg-type]
        lambda: density.density(None, DISTRICTS),  # type: ignore[arg-type]
        lambda: coverage.coverage([], DISTRICTS, radius_m=3000),  # type: ignore[arg-type]
        lambda: location_quotient.by_district(None, DISTRICTS, sector="esports"),  # type: ignore[arg-type]
        lambda: site_profile.neighbours(SITES.iloc[0], None),  # type: ignore[arg-type]
        lambda: matching.select(None, Criteria(text="a")),  # type: ignore[arg-type]
        lambda: ordering.ordered(None),  # type: ignore[arg-type]
    ],
)
def test_an_argument_of_another_kind_is_told_as_such(asked: Callable[[], object]) -> None:
    with pytest.raises(InputError):
        asked()


# --- the antimeridian ---------------------------------------------------------------------------

HALF = 0.05
"""Half the width of the boxes, degrees."""


@settings(max_examples=40, deadline=None)
@given(
    places=st.lists(st.tuples(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1)), min_size=1, max_size=5),
    side=st.sampled_from([-1, 1]),
)
def test_coverage_is_the_same_at_the_antimeridian(
    places: list[tuple[float, float]], side: int
) -> None:
    """Two boxes that meet at 180 degrees have the figures of the same two at 100 degrees."""
    found = []
    for middle in (100.0, 180.0 * side):
        west = middle - 2 * HALF, -HALF, middle, HALF
        east = middle, -HALF, middle + 2 * HALF, HALF
        boxes = toy.districts({"west": _on_the_globe(west), "east": _on_the_globe(east)})
        points = [(_lon(middle + x), y) for x, y in places]
        table = coverage.coverage(toy.sites(points), boxes, radius_m=3000)
        found.append(table)
    here, there = found
    np.testing.assert_allclose(there["share"], here["share"], atol=1e-6)
    assert there["n_reaching"].to_list() == here["n_reaching"].to_list()


def _lon(lon: float) -> float:
    return (lon + 180) % 360 - 180 if abs(lon) > 180 else lon


def _on_the_globe(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    turn = -360 if east > 180 else 360 if west < -180 else 0
    return west + turn, south, east + turn, north


@pytest.mark.parametrize("lon", [180.0, -180.0])
def test_a_site_on_the_antimeridian_is_in_the_box_that_has_it(lon: float) -> None:
    site = toy.sites([(lon, 0.0)])
    west, east = (179.9, -0.1, 180.0, 0.1), (-180.0, -0.1, -179.9, 0.1)
    for box in (west, east):
        assert density.density(site, toy.districts({"a": box}))["n"].item() == 1
    # On the border of two it counts once, in the first by label, as on any other border.
    both = density.density(site, toy.districts({"b": west, "a": east}))
    assert both["n"].to_dict() == {"b": 0, "a": 1}


def test_a_site_just_across_reaches_in() -> None:
    box = toy.districts({"a": (179.9, -0.1, 180.0, 0.1)})
    table = coverage.coverage(toy.sites([(-179.99, 0.0)]), box, radius_m=3000)
    assert table["n_reaching"].item() == 1
    assert table["share"].item() > 0


def test_one_outline_on_both_sides_is_refused() -> None:
    outline = toy.districts({"a": (179.0, 0, 180.0, 1), "b": (-180.0, 0, -179.0, 1)}).dissolve()
    with pytest.raises(InputError, match="wider than 180 degrees at row 0"):
        coverage.coverage(toy.sites([(179.5, 0.5)]), outline, radius_m=3000)


def test_criteria_have_no_field_without_a_test() -> None:
    assert {each.name for each in dataclasses.fields(Criteria)} == {
        "sector", "match", "scope", "kind", "level", "status", "precision", "evidence", "district",
        "opened_since", "until", "area_min", "near", "within_km", "text",
    }  # fmt: skip
