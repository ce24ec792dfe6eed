from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measures import concentration, location_quotient
from geo.measures.sector_mix import sector_mix

FAMILIES = ["ind", "fas", "art", "mix"]
COUNTS = st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=1, max_size=6)


def table(rows: list[list[int]]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=FAMILIES, index=[f"d{at}" for at in range(len(rows))], dtype=float
    )


@given(rows=COUNTS)
@settings(max_examples=40)
def test_the_lead_is_a_quotient_above_1_that_the_table_has(rows: list[list[int]]) -> None:
    counts = table(rows)
    found = sector_mix(counts)
    quotients = location_quotient.table(counts)
    led = found.dropna(subset="lead")
    assert (led["lead"] != "mix").all()
    assert (led["lead_lq"] > 1).all()
    assert [quotients[row["lead"]][code] for code, row in led.iterrows()] == led[
        "lead_lq"
    ].to_list()
    assert (led["lead_low"] <= led["lead_lq"]).all()
    assert (counts.sum(axis=1)[led.index] >= location_quotient.FEW_SITES).all()
    assert found["diversity"].isna().equals(counts.sum(axis=1) == 0)


@given(rows=COUNTS)
@settings(max_examples=20)
def test_the_order_of_districts_and_of_families_does_not_matter(rows: list[list[int]]) -> None:
    counts = table(rows)
    found = sector_mix(counts).drop(columns=["lead", "stars"])
    mixed = sector_mix(counts.iloc[::-1, ::-1]).drop(columns=["lead", "stars"])
    pd.testing.assert_frame_equal(found, mixed.iloc[::-1])


def test_published_diversity() -> None:
    # HHI of (20, 50, 20, 10) is 0.34, see test_concentration.
    found = sector_mix(table([[20, 50, 20, 10]]))
    assert found["diversity"].item() == pytest.approx(0.66)
    assert found["entropy"].item() == concentration.entropy([20, 50, 20, 10])


@pytest.mark.parametrize("row", [[0, 0, 0, 0], [0, 0, 0, 9], [2, 1, 0, 1]])
def test_nothing_leads_where_there_is_little_or_no_family(row: list[int]) -> None:
    found = sector_mix(table([row, [9, 9, 9, 9]])).iloc[0]
    assert pd.isna(found["lead"])
    assert np.isnan(found["lead_lq"])
    assert math.isnan(found["diversity"]) == (sum(row) == 0)
