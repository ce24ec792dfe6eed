"""Every district is listed or left out for one reason; years of residents are never mixed."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measures import ranking

REASONS = [None, "population_missing", "boundary_changed"]


def table(years: list[int | None], **columns: object) -> pd.DataFrame:
    n = len(years)
    told: dict[str, object] = {
        "n": [1] * n,
        "per_100k_residents": [float(i + 1) for i in range(n)],
        "per_100k_empty": pd.array([pd.NA] * n, dtype="str"),
        "population_year": pd.array(years, dtype="Int64"),
    }
    return pd.DataFrame(told | columns, index=[f"d{i}" for i in range(n)])


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([2020, 2020, 2010], 2020),
        ([2010, 2010, 2020], 2010),
        ([2010, 2020], 2020),
        ([None, None], None),
        ([None, 2010], 2010),
    ],
)
def test_the_year_of_most_districts_is_ranked(
    years: list[int | None], expected: int | None
) -> None:
    assert ranking.common_year(table(years)) == expected


def test_a_year_without_a_figure_does_not_count() -> None:
    known = table([2010, 2010, 2020], per_100k_residents=[np.nan, np.nan, 3.0])
    assert ranking.common_year(known) == 2020


def test_districts_of_another_year_stand_apart() -> None:
    found = table([2020, 2010, 2020, None])
    assert ranking.compared(found, ranking.PEOPLE).dropna().tolist() == [1.0, 3.0]
    reasons = ranking.left_out(found, ranking.PEOPLE)
    assert reasons.dropna().to_dict() == {"d1": "other_year", "d3": "other_year"}


def test_without_any_year_all_are_ranked() -> None:
    found = table([None, None])
    assert ranking.left_out(found, ranking.PEOPLE).isna().all()
    no_column = found.drop(columns="population_year")
    assert ranking.compared(no_column, ranking.PEOPLE).tolist() == [1.0, 2.0]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from([0.0, 0.5, np.nan]),
            st.sampled_from(REASONS),
            st.sampled_from([None, 2010, 2020, 2025]),
        ),
        min_size=1,
    )
)
def test_listed_and_left_out_are_all_districts(
    rows: list[tuple[int, float, str | None, int | None]],
) -> None:
    n, share, reason, years = zip(*rows, strict=True)
    known = [np.nan if why else float(each) for each, why in zip(n, reason, strict=True)]
    unknown = [math.isnan(s) and each > 0 for s, each in zip(share, n, strict=True)]
    found = table(
        list(years),
        n=list(n),
        per_100k_residents=known,
        per_100k_empty=pd.Series(reason, index=[f"d{i}" for i in range(len(rows))], dtype="str"),
        per_100_km2=[float(each) for each in n],
        share=list(share),
        share_empty=["positions_unknown" if each else None for each in unknown],
        lq=[np.nan if each == 0 else s for each, s in zip(n, share, strict=True)],
    )
    for figure in ("n", "per_100_km2", "per_100k_residents", "share", "lq"):
        reasons, values = ranking.left_out(found, figure), ranking.compared(found, figure)
        listed = values.notna() if figure == "lq" else values > 0
        assert (listed == reasons.isna()).all()
    people = ranking.compared(found, ranking.PEOPLE)
    assert len(set(found["population_year"][people.notna()].fillna(0))) <= 1
