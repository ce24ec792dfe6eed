from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measures import areal_units, concentration
from tests.geo import toy

if TYPE_CHECKING:
    from collections.abc import Hashable

BOXES: dict[Hashable, tuple[float, float, float, float]] = {
    f"{row}{column}": (
        121.4 + column / 20, 31.2 + row / 20, 121.45 + column / 20, 31.25 + row / 20
    )
    for row, column in np.ndindex(3, 3)
}  # fmt: skip
DISTRICTS = toy.districts(BOXES)


def sites(positions: np.ndarray, precision: str | list[str] = "street") -> gpd.GeoDataFrame:
    points = [shapely.Point(each) for each in positions.reshape(-1, 2)]
    index = range(len(points))
    return gpd.GeoDataFrame({"precision": precision}, geometry=points, crs="EPSG:4326", index=index)


def at_random(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform((121.4, 31.2), (121.55, 31.35), size=(n, 2))


@given(n=st.integers(0, 40), seed=st.integers(0, 99))
@settings(max_examples=25)
def test_the_same_sites_are_counted_in_every_division(n: int, seed: int) -> None:
    found = areal_units.divided(sites(at_random(n, seed)), DISTRICTS)
    assert [int(each.n.sum()) for each in found.divisions] == [n] * 3
    assert found.figures["n"].to_list() == [n] * 3
    assert found.basis.used == int(found.ranks["n"].sum()) == n


@given(seed=st.integers(0, 99))
@settings(max_examples=15)
def test_the_order_of_sites_and_of_districts_does_not_matter(seed: int) -> None:
    given_ = sites(at_random(20, seed))
    found = areal_units.divided(given_, DISTRICTS)
    mixed = areal_units.divided(given_.sample(frac=1, random_state=seed), DISTRICTS[::-1])
    pd.testing.assert_frame_equal(found.figures, mixed.figures)
    pd.testing.assert_frame_equal(found.ranks, mixed.ranks[::-1])


def test_figures_are_those_of_the_counts() -> None:
    found = areal_units.divided(sites(at_random(30, 1)), DISTRICTS)
    for (_, row), division in zip(found.figures.iterrows(), found.divisions, strict=True):
        assert row["gini"] == concentration.gini(division.n)
        assert row["empty"] == (division.n == 0).mean()
        assert row["units"] == len(division.n)
    fine, coarse = found.divisions[1:]
    assert fine.cells is not None
    assert coarse.cells is not None
    assert (fine.per_100_km2 == 100 * fine.n).all()
    assert coarse.per_100_km2 == pytest.approx(100 * coarse.n / 9)


def test_what_a_large_district_hides_shows_in_the_ranks() -> None:
    """Three sites in one yard of a wide district are denser there than two apart in a small one."""
    districts = toy.districts(
        {"wide": (121.4, 31.2, 121.6, 31.4), "small": (121.6, 31.2, 121.65, 31.25)}
    )
    yard = np.array([[121.5, 31.3]] * 3 + [[121.605, 31.21], [121.64, 31.24]])
    ranks = areal_units.divided(sites(yard), districts).ranks
    assert ranks["rank"].to_dict() == {"wide": 2, "small": 1}
    assert ranks["rank_1000m"].to_dict() == {"wide": 1, "small": 2}
    assert ranks["change_1000m"].to_dict() == {"wide": 1, "small": -1}
    assert ranks["per_100_km2_1000m"].to_dict() == {"wide": 300.0, "small": 100.0}


def test_what_is_vague_or_nowhere_is_left_out_of_all() -> None:
    positions = np.array([[121.42, 31.22], [121.42, 31.22], [130.0, 31.2]])
    found = areal_units.divided(sites(positions, ["street", "district", "street"]), DISTRICTS)
    assert found.basis.used == 1
    assert found.basis.vague == 1
    assert found.ranks["rank"].notna().sum() == 1


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_leave_figures_empty_without_a_warning(n: int) -> None:
    found = areal_units.divided(sites(at_random(n, 2)), toy.districts({"00": BOXES["00"]}))
    assert found.figures["gini"].isna().all() == (n == 0)
    assert found.figures.loc["districts", ["moran", "moran_z"]].isna().all()
