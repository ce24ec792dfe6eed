"""What breaks: cells as people write them that are read as something else, or not at all."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.intake import cells


def one(read: object) -> float:
    return float(read.iloc[0])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("121.47", 121.47),
        (121.47, 121.47),
        ("１２１．４７", 121.47),
        ("121.47°E", 121.47),
        ("１２１．４７°Ｅ", 121.47),
        ("E121.47", 121.47),
        ("东经121.47度", 121.47),
        ("121°28'12\"", 121.47),
        ("121°28′12″E", 121.47),
        ("121度28分12秒", 121.47),
        ("121° 28.2'", 121.47),
        ("西经30度", -30.0),
        ("30 S", -30.0),
        ("-30.5", -30.5),
        (" 31.23 ", 31.23),
    ],
)
def test_angles_are_read_however_they_are_written(written: object, degrees: float) -> None:
    assert one(cells.angles(pd.Series([written]))) == pytest.approx(degrees, abs=1e-12)


@pytest.mark.parametrize(
    "written", ["", None, "abc", "121°61'", "121.47,31.23", "N121.47E", "=1+1", "--3", "1ee", "。"]
)
def test_what_is_no_angle_is_none(written: object) -> None:
    assert np.isnan(one(cells.angles(pd.Series([written], dtype=object))))


@given(st.floats(-180, 180), st.booleans())
def test_degrees_survive_being_written_in_minutes_and_seconds(degrees: float, wide: bool) -> None:  # noqa: FBT001
    whole = int(abs(degrees))
    minutes = int((abs(degrees) - whole) * 60)
    seconds = (abs(degrees) - whole - minutes / 60) * 3600
    written = f"{whole}°{minutes}′{max(seconds, 0):.9f}″{'W' if degrees < 0 else 'E'}"
    if seconds >= 59.9999999995:
        return
    if wide:
        written = written.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert one(cells.angles(pd.Series([written]))) == pytest.approx(degrees, abs=1e-9)


@pytest.mark.parametrize(
    "written",
    [
        "121.47,31.23", "121.47，31.23", "121.47 31.23", "(121.47, 31.23)", "31.23N 121.47E",
        "北纬31.23 东经121.47", "31.23,121.47", "121.47°E, 31.23°N", "121°28'12\"E 31°13'48\"N",
    ],
)  # fmt: skip
def test_positions_in_one_cell_are_read_in_either_order(written: str) -> None:
    read = cells.positions(pd.Series([written])).iloc[0]
    assert tuple(read) == pytest.approx((121.47, 31.23), abs=1e-9)


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2021年5月", 2021), (2014.0, 2014), ("2014.0", 2014), ("2008/6/1", 2008),
        ("2019-03", 2019),
        (dt.date(2019, 3, 1), 2019), ("二〇一九", np.nan), ("20211", np.nan),
        ("1999-2008", np.nan),
    ],
)  # fmt: skip
def test_years_are_read_from_dates(written: object, year: float) -> None:
    assert cells.years(pd.Series([written], dtype=object)).to_list() == pytest.approx(
        [year], nan_ok=True
    )


@pytest.mark.parametrize(
    ("written", "metres"),
    [
        ("2.4万", 24000), ("18,600", 18600), (9500, 9500), ("3.1万㎡", 31000), ("30亩", 20000),
        ("约5000平方米", 5000), ("1.2 km2", 1.2e6), ("2公顷", 20000), ("三层", np.nan),
        ("5万元", np.nan),
    ],
)  # fmt: skip
def test_areas_are_read_with_their_unit(written: object, metres: float) -> None:
    read = cells.areas_m2(pd.Series([written], dtype=object))
    assert read.to_list() == pytest.approx([metres], nan_ok=True)


def test_a_unit_in_the_heading_holds_for_cells_without_one() -> None:
    read = cells.areas_m2(pd.Series(["2.4", "18600平方米"]), heading="建筑面积（万平方米）")
    assert read.to_list() == [24000, 18600]


@given(st.lists(st.text(max_size=20) | st.floats() | st.integers() | st.none(), max_size=20))
def test_no_cell_stops_a_reader(values: list[object]) -> None:
    column = pd.Series(values, dtype=object)
    for read in (cells.numbers, cells.angles, cells.years, cells.areas_m2):
        assert len(read(column)) == len(values)
    assert len(cells.positions(column)) == len(values)


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)))
def test_a_column_of_text_says_what_its_cells_say_one_by_one(written: list[str | None]) -> None:
    together = cells.text(pd.Series(written, dtype="str"))
    one_by_one = cells.text(pd.Series(written, dtype=object))
    pd.testing.assert_series_equal(together, one_by_one)
