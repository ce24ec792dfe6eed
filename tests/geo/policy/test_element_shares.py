"""Whom sites reach of the elements of a layout."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.facts import boundaries
from geo.policy import element_shares, layouts

LAYOUT = layouts.layout("gd-2023-plan")
CITIES = boundaries.districts("guangdong", level="city")
DISTRICTS = boundaries.districts("guangdong")
PEOPLE = st.lists(st.integers(1, 10**7), min_size=len(DISTRICTS), max_size=len(DISTRICTS))


@given(PEOPLE, PEOPLE)
def test_a_city_has_the_share_that_its_districts_have_together(
    living: list[int], reached: list[int]
) -> None:
    table = pd.DataFrame({"residents": living, "now": reached}, index=DISTRICTS.index, dtype=float)
    table["now"] = table.min(axis=1)
    sums = table.groupby(DISTRICTS["city_adcode"]).sum().reindex(CITIES.index)
    by_city = element_shares.shares(LAYOUT, CITIES, sums)
    by_district = element_shares.shares(LAYOUT, DISTRICTS, table)
    pd.testing.assert_frame_equal(by_city, by_district)
    assert by_city["now"].between(0, 1).all()
    guangzhou = sums.loc["440100"]
    assert by_city.loc["guangzhou", "now"] == pytest.approx(guangzhou["now"] / guangzhou.residents)


def test_where_nobody_knows_the_residents_of_a_unit_there_is_no_share() -> None:
    table = pd.DataFrame({"residents": 10.0, "now": 1.0}, index=DISTRICTS.index)
    table.loc["440106", "residents"] = np.nan
    found = element_shares.shares(LAYOUT, DISTRICTS, table)["now"]
    assert found.index[found.isna()].to_list() == ["guangzhou"]
    assert (found.dropna() == 0.1).all()
    assert element_shares.shares(LAYOUT, CITIES.iloc[:0], table.iloc[:0]).empty
