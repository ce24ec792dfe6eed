from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measures import coverage, density, region_summary
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd


def facts() -> gpd.GeoDataFrame:
    return toy.quarters().assign(
        area_land_km2=[10.0, 20.0, 30.0, 40.0],
        population=pd.array([100_000, 200_000, 300_000, 400_000], dtype="Int64"),
        population_year=pd.array([2020] * 4, dtype="Int64"),
        city_adcode="310000",
    )


def sites() -> gpd.GeoDataFrame:
    return toy.sites(
        [(121.45, 31.15), None, None, None, None, (121.45, 31.15), (0.0, 0.0), None],
        adcode=["310101", "310101", "310104", "310105", None, None, None, "110101"],
        city_adcode=["310000"] * 5 + [None, None, "110000"],
        evidence=["listed"] * 6 + ["unverified"] * 2,
    )


def test_counts() -> None:
    found = region_summary.summary(sites(), facts(), radius_m=3000)
    assert (found.n, found.n_placed, found.n_unplaced, found.n_outside) == (8, 5, 1, 2)
    assert (found.n_located, found.n_unlocated, found.n_district_only) == (3, 5, 3)
    assert found.evidence == {"listed": 6, "unverified": 2}
    assert (found.n_districts, found.n_served, found.served) == (4, 3, 0.75)
    assert found.unserved == ("310106",)
    assert found.unlocated == {"310101": 1, "310104": 1, "310105": 1}


def test_density_of_the_region() -> None:
    found = region_summary.summary(sites(), facts(), radius_m=3000)
    # 5 placed sites and the one known by its city; not the two elsewhere
    assert found.per_100_km2 == 100 * 6 / 100
    assert found.per_100k_residents == 100_000 * 6 / 1_000_000
    assert (found.population, found.population_year) == (1_000_000, 2020)
    assert found.per_100k_empty is None


def test_residents_of_several_years() -> None:
    mixed = facts().assign(population_year=pd.array([2020, 2020, 2010, 2020], dtype="Int64"))
    found = region_summary.summary(sites(), mixed, radius_m=3000)
    assert math.isnan(found.per_100k_residents)
    assert (found.population, found.population_year) == (None, None)
    assert found.per_100k_empty == "years_differ"


@pytest.mark.parametrize(
    ("column", "values", "reason"),
    [
        ("population", [1, None, 1, 1], "population_missing"),
        ("population_comparable", [True, False, True, True], "boundary_changed"),
    ],
)
def test_residents_missing_or_of_another_outline(
    column: str, values: list[object], reason: str
) -> None:
    changed = facts()
    changed[column] = pd.Series(values, index=changed.index)
    found = region_summary.summary(sites(), changed, radius_m=3000)
    assert math.isnan(found.per_100k_residents)
    assert found.per_100k_empty == reason


def test_coverage_of_the_region_is_that_of_its_districts_together() -> None:
    table = coverage.coverage(sites(), facts(), radius_m=3000)
    found = region_summary.summary(sites(), facts(), radius_m=3000)
    assert found.coverage == pytest.approx(table["covered_km2"].sum() / table["area_km2"].sum())
    assert found.n_used == 3
    assert found.radius_m == 3000


def test_residents_of_the_region_are_those_of_districts_where_they_are_known() -> None:
    every = region_summary.summary(sites(), facts(), radius_m=3000).reached
    assert every is not None
    share = coverage.coverage(sites(), facts(), radius_m=3000)["share"]
    people = facts()["population"].astype(float)
    assert every.residents == pytest.approx((share * people).sum())
    assert every.share == pytest.approx((share * people).sum() / people.sum())
    assert (every.low, every.high, every.n_districts) == (every.share, every.share, len(people))
    some = facts()
    some["population"] = some["population"].where(some.index != some.index[0])
    found = region_summary.summary(sites(), some, radius_m=3000).reached
    assert found is not None
    assert found.n_districts == len(people) - 1
    assert found.residents == pytest.approx((share * people).iloc[1:].sum())


def test_residents_of_different_years_are_not_added_up() -> None:
    other = facts()
    other["population_year"] = [2010, *other["population_year"].iloc[1:]]
    assert region_summary.summary(sites(), other, radius_m=3000).reached is None


def test_without_a_site_to_use_coverage_is_unknown() -> None:
    found = region_summary.summary(sites().iloc[1:4], facts(), radius_m=3000)
    assert math.isnan(found.coverage)
    assert found.n_used == 0
    assert found.reached is None


def test_no_sites() -> None:
    found = region_summary.summary(sites().iloc[:0], facts(), radius_m=3000)
    assert (found.n, found.n_served, found.served, found.per_100_km2) == (0, 0, 0.0, 0.0)
    assert found.concentration.labels == ()
    assert math.isnan(found.concentration.share_of_sites)


def table(n: list[int], area: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"n": n, "area_km2": area}, index=list("dcba")[: len(n)])
    return frame.assign(per_100_km2=100 * frame["n"] / frame["area_km2"])


def test_the_densest_districts_with_two_thirds_of_the_sites() -> None:
    # Densities 10, 5, 50 and 0 per 100 km2: b, then d makes 6 of 9 exactly.
    found = region_summary.concentration(table([2, 3, 4, 0], [20.0, 60.0, 8.0, 12.0]))
    assert found.labels == ("b", "d")
    assert found.share_of_sites == pytest.approx(2 / 3)
    assert found.share_of_land == 0.28


def test_equal_density_goes_by_label() -> None:
    found = region_summary.concentration(table([1, 1, 1, 1], [10.0] * 4))
    assert found.labels == ("a", "b", "c")


@given(rows=st.lists(st.tuples(st.integers(0, 50), st.floats(0.5, 500)), min_size=1, max_size=4))
def test_no_fewer_districts_would_do(rows: list[tuple[int, float]]) -> None:
    frame = table([n for n, _ in rows], [area for _, area in rows])
    found = region_summary.concentration(frame)
    total = int(frame["n"].sum())
    if total == 0:
        assert found.labels == ()
        return
    counts = frame["n"].to_dict()
    held = sum(counts[label] for label in found.labels)
    without_last = sum(counts[label] for label in found.labels[:-1])
    assert Fraction(held, total) >= Fraction(2, 3) > Fraction(without_last, total)
    densities = frame["per_100_km2"].reindex(list(found.labels))
    assert densities.is_monotonic_decreasing
    assert (densities > 0).all()


def test_summary_and_tables_agree() -> None:
    found = region_summary.summary(sites(), facts(), radius_m=3000)
    counted = density.density(sites(), facts())
    assert found.n_placed == counted["n"].sum()
    assert found.area_km2 == counted["area_km2"].sum()
