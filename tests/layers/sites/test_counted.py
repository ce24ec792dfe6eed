"""Many sites: which are drawn one by one, and how cells and sites are written for the map."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measures.cells import Counts
from layers.sites import counted
from layers.sites.counted import FEW, MOST_IN_VIEW
from tests import many


def counts(*n: int) -> Counts:
    at = np.arange(len(n))
    return Counts(12, at, at, np.array(n, dtype=np.int64))


@pytest.mark.parametrize(
    ("n", "drawn"),
    [
        ([MOST_IN_VIEW - 3, 3], [True, True]),
        ([MOST_IN_VIEW - 2, 3], [False, True]),
        ([MOST_IN_VIEW, FEW, FEW - 1], [False, False, True]),
        ([MOST_IN_VIEW] + [FEW - 1] * MOST_IN_VIEW, [False] * (MOST_IN_VIEW + 1)),
        ([], []),
    ],
)
def test_sites_are_drawn_one_by_one_where_they_are_few(n: list[int], drawn: list[bool]) -> None:
    assert counted.one_by_one(counts(*n)).tolist() == drawn


@given(n=st.lists(st.integers(1, 10**6), max_size=60))
def test_never_are_more_drawn_one_by_one_than_a_view_may_have(n: list[int]) -> None:
    found = counts(*n)
    assert found.n[counted.one_by_one(found)].sum() <= MOST_IN_VIEW


def test_a_cell_has_the_colour_of_the_class_that_its_number_is_in() -> None:
    told = counted.payload(counts(10, 29, 30, 99, 100, 5000), (30, 100))
    assert told["k"] == [0, 0, 1, 1, 2, 2]
    assert len(told["ramp"]) == len(set(told["ramp"])) == 3


@given(
    rows=st.lists(
        st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.booleans(), st.integers(0, 3)),
        max_size=20,
    )
)
def test_packed_sites_lose_nothing(rows: list[tuple[float, float, bool, int]]) -> None:
    features = [
        {
            "geometry": {"coordinates": [lon, lat]},
            "properties": {"i": f"firm-{at}", "n": f"第{at}家", "t": t}
            | ({"p": 1} if only_area else {}),
        }
        for at, (lon, lat, only_area, t) in enumerate(rows)
    ]
    packed = counted.packed(features)
    where = np.column_stack([np.cumsum(packed[name]) for name in "xy"]) * counted.UNIT
    assert np.allclose(where, [row[:2] for row in rows] or np.empty((0, 2)), atol=counted.UNIT)
    unpacked = [
        {"i": key, "n": name, **packed["looks"][look]}
        for key, name, look in zip(
            *(many.unshortened(packed[name]) for name in "in"), packed["look"], strict=True
        )
    ]
    assert unpacked == [feature["properties"] for feature in features]
