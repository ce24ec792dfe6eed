from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from geo import autocorrelation, boundaries
from geo.errors import InputError
from geo.measures import hot_spots
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd


def lattice(side: int) -> pd.Series:
    """A figure of each square of a lattice, high in one corner and low in the opposite one."""
    corner = np.full((side, side), 5.0) + np.indices((side, side)).sum(axis=0) % 3
    corner[:3, :3] += 20
    corner[-3:, -3:] -= 5
    names = [f"{row}{column}" for row in range(side) for column in range(side)]
    return pd.Series(corner.ravel(), index=names)


def squares(values: pd.Series, side: int) -> gpd.GeoDataFrame:
    boxes = {
        name: (column, row, column + 1, row + 1)
        for name, (row, column) in zip(values.index, np.ndindex(side, side), strict=True)
    }
    return toy.districts(boxes)


def test_a_hot_corner_and_what_is_said_of_the_others() -> None:
    values = lattice(7)
    found = hot_spots.hot_spots(values, squares(values, 7))
    assert found.empty is None
    assert found.table.index.equals(values.index)
    hot = found.table["spot"] == "hot"
    assert hot[["00", "01", "10", "11"]].all()
    assert set(found.table["spot"]) <= {"hot", "cold", "none"}
    assert (found.table["p_fdr"][hot] <= 0.05).all()
    assert (found.table["z"][hot] > 0).all()
    weights = autocorrelation.contiguity(squares(values, 7))
    assert found.moran == autocorrelation.moran(values, weights, permutations=9_999)
    cold = hot_spots.hot_spots(-values, squares(values, 7)).table["spot"]
    assert ((cold == "cold") == hot).all()


def test_what_has_no_value_or_no_neighbour_is_neither_hot_nor_cold() -> None:
    values = lattice(4)
    districts = pd.concat([squares(values, 4), toy.districts({"isle": (50, 50, 51, 51)})])
    values = pd.concat([values, pd.Series({"isle": 9.0})])
    values["33"] = math.nan
    found = hot_spots.hot_spots(values, districts, permutations=99)
    assert found.islands == ("isle",)
    assert found.table["spot"].isna().loc[["isle", "33"]].all()
    assert found.table["spot"].notna().sum() == 15


@pytest.mark.parametrize(
    ("values", "reason"),
    [(range(4), "too_few"), ([7] * 9, "all_alike"), ([math.nan] * 9, "too_few")],
)
def test_silent_with_a_reason(values: list[float], reason: str) -> None:
    side = math.isqrt(len(values))
    figures = pd.Series([float(each) for each in values])
    found = hot_spots.hot_spots(figures, squares(figures, side))
    assert found.empty == reason
    assert found.table[["z", "p", "p_fdr", "spot"]].isna().all(axis=None)
    assert math.isnan(found.moran.I)


def test_the_neighbours_of_the_same_boundaries_are_found_once() -> None:
    districts = boundaries.districts("shanghai")
    assert autocorrelation.contiguity(districts) is autocorrelation.contiguity(districts.copy())
    renamed = districts.rename(index=str.lower).rename(index={"310101": "other"})
    assert "other" in autocorrelation.contiguity(renamed).unique_ids


def test_every_fault_is_named() -> None:
    values = lattice(3)
    with pytest.raises(InputError, match="values: found another index"):
        hot_spots.hot_spots(values.iloc[1:], squares(values, 3))
    with pytest.raises(InputError, match="level: found 2"):
        hot_spots.hot_spots(values, squares(values, 3), level=2)
