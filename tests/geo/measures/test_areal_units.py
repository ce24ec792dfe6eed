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
    assert found.basis.used == int(found.used.sum()) == n


@given(seed=st.integers(0, 99))
@settings(max_examples=15)
def test_the_order_of_sites_and_of_districts_does_not_matter(seed: int) -> None:
    given_ = sites(at_random(20, seed))
    found = areal_units.divided(given_, DISTRICTS)
    mixed = areal_units.divided(given_.sample(frac=1, random_state=seed), DISTRICTS[::-1])
    pd.testing.assert_frame_equal(found.figures, mixed.figures)


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


def test_what_is_vague_or_nowhere_is_left_out_of_all() -> None:
    positions = np.array([[121.42, 31.22], [121.42, 31.22], [130.0, 31.2]])
    found = areal_units.divided(sites(positions, ["street", "district", "street"]), DISTRICTS)
    assert found.basis.used == 1
    assert found.basis.vague == 1
    assert found.used.tolist() == [True, False, False]


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_leave_figures_empty_without_a_warning(n: int) -> None:
    found = areal_units.divided(sites(at_random(n, 2)), toy.districts({"00": BOXES["00"]}))
    assert found.figures["gini"].isna().all() == (n == 0)
    assert found.figures.loc["districts", ["moran", "moran_z"]].isna().all()
