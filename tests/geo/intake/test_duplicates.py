"""What breaks: places that stand twice in a list and nobody is asked, or that are no pair."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.intake import duplicates


def found(*rows: tuple[str, float, float]) -> list[tuple[int, int, str]]:
    frame = pd.DataFrame(rows, columns=["name", "lon", "lat"], index=range(2, len(rows) + 2))
    table = duplicates.pairs(frame["name"].astype("string"), frame["lon"], frame["lat"])
    return list(zip(table["row"], table["other_row"], table["reason"], strict=True))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (("江滩里", 114.3, 30.6), "same"),
        (("江滩里", 114.3005, 30.6), "near"),
        (("江滩里（一期）", 114.3, 30.6002), "like"),
        (("古琴台", 114.3, 30.6), "point"),
        (("江灘里", 114.3, 30.6002), "like"),
        (("江滩里有限公司", 114.3, 30.6002), "like"),
    ],
)
def test_rows_that_may_be_one_place_are_a_pair(
    other: tuple[str, float, float], reason: str
) -> None:
    assert found(("江滩里", 114.3, 30.6), other) == [(2, 3, reason)]


@pytest.mark.parametrize(
    "other",
    [("江滩里", 114.302, 30.6), ("古琴台", 114.3001, 30.6), ("江滩里", np.nan, np.nan)],
)
def test_rows_that_are_two_places_are_none(other: tuple[str, float, float]) -> None:
    assert found(("江滩里", 114.3, 30.6), other) == []


def test_many_names_on_one_point_are_told_as_one_stack_and_not_as_pairs() -> None:
    rows = [(f"公司{n}", 114.3, 30.6) for n in range(71)]
    assert found(*rows) == []
    frame = pd.DataFrame(rows, columns=["name", "lon", "lat"])
    stack = duplicates.stacks(frame["name"], frame["lon"], frame["lat"])
    assert stack[["rows", "first_row"]].to_numpy().tolist() == [[71, 0]]


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from([114.3, 114.3004, 114.4]))))
def test_a_pair_is_told_once_whatever_the_order(rows: list[tuple[str, float]]) -> None:
    table = found(*((name, lon, 30.6) for name, lon in rows))
    assert len({(one, other) for one, other, _ in table}) == len(table)
    assert all(one < other for one, other, _ in table)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("松山文化创意产业园", "松山文创园"),
        ("松山文化創意園區", "松山文创产业园区"),
        ("東湖設計股份有限公司", "东湖设计"),
        ("East Lake Design Co., Ltd.", "East Lake Design"),
    ],
)
def test_names_written_or_shortened_otherwise_are_alike(one: str, other: str) -> None:
    assert found((one, 114.3, 30.6), (other, 114.3005, 30.6)) == [(2, 3, "like")]


@pytest.mark.parametrize("other", ["松山创意园", "松山公司二号园", "公司"])
def test_other_names_are_not_alike(other: str) -> None:
    assert found(("松山文创园", 114.3, 30.6), (other, 114.3005, 30.6)) == []
