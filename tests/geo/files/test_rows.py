from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.files import rows
from tests.geo import toy


def of(**columns: object) -> rows.Rows:
    return rows.of(pd.DataFrame(columns), table="sites")


def test_a_column_has_the_type_that_the_dictionary_gives_it() -> None:
    found = of(opened_year=[2004.0, math.nan], area_m2=[1, 2], adcode=["310101", None])
    assert found.values == ([2004, None], [1.0, 2.0], ["310101", None])
    assert found.kinds() == [int, float, str]
    assert [type(value) for value in next(iter(found))] == found.kinds()
    assert [column.type for column in found.columns] == ["year", "number", "text"]


def test_a_column_whose_values_do_not_fit_has_the_narrowest_type_that_does() -> None:
    found = of(opened_year=[2004.5, 1.0], area_m2=["wide", 2], name_zh=[True, None], id=[1, 2])
    assert found.values == ([2004.5, 1.0], ["wide", "2"], [True, None], [1, 2])
    assert found.kinds() == [float, str, bool, int]


def test_a_column_nobody_explained_is_of_the_type_of_its_values() -> None:
    whole = pd.Series([1, None], dtype="Int64")
    found = of(a=whole, b=[1.0, 2.0], c=[True, False], d=["x", None], e=[None, None])
    assert found.kinds() == [int, float, bool, str, str]
    assert found.values[1] == [1.0, 2.0]


def test_whole_numbers_that_no_file_holds() -> None:
    found = of(opened_year=[2.0**63, 1.0], n=pd.Series([10**400, 1], dtype=object))
    assert found.kinds() == [float, str]
    assert found.values[1][0] == str(10**400)


def test_rows_of_a_frame_without_columns() -> None:
    frame = toy.sites([(121, 31), (122, 32)])[["geometry"]]
    assert list(rows.of(frame, table="sites")) == [(), ()]


def test_rows_with_further_columns() -> None:
    found = rows.of(pd.DataFrame({"id": ["a"]}), table="sites", metadata={"method": "100 n / A"})
    assert list(found) == [("a", "100 n / A")]
    assert found.columns[1].title.en == "Method"


def test_repeated_columns_are_refused() -> None:
    with pytest.raises(InputError, match="repeated columns: a"):
        rows.of(pd.DataFrame([[1, 2]], columns=["a", "a"]), table="sites")


@given(st.lists(st.sampled_from(["a", "A", "a_", "b"]), max_size=4))
def test_a_free_name_is_taken_by_nobody(taken: list[str]) -> None:
    name = rows.free("a", taken=taken)
    assert name.casefold() not in {each.casefold() for each in taken}
    assert name.rstrip("_") == "a"


@given(st.lists(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), max_size=9))
def test_pieces_are_the_rows_of_the_whole(values: list[object]) -> None:
    frame = pd.DataFrame({"a": pd.Series(values, dtype=object), "id": [*map(str, values)]})
    whole = rows.of(frame, table="sites", metadata={"method": "m"})
    pieces = list(rows.pieces(frame, table="sites", metadata={"method": "m"}, size=2))
    assert [row for piece in pieces for row in piece] == list(whole)
    assert all(piece.columns == whole.columns for piece in pieces)
