"""The table of unplaced rows, filled in: what is taken of it, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo import datum
from geo.errors import RefusedFileError
from geo.files import csv_file
from geo.intake import columns, filled, outcome, readers, validation
from geo.intake.plan import Plan
from geo.settings import LANGUAGES
from tests.geo.intake.dirty_files import A, B, written

if TYPE_CHECKING:
    from geo.settings import Language

LIST = (
    f"名称,区县,城市,经度,纬度\n甲,江岸区,武汉市,{written(A)}\n乙,江岸区,武汉市,,\n"
    "丙,汉阳区,武汉市,,\n"
)


def kept(body: str = LIST) -> validation.Intake:
    raw = readers.read("list.csv", body.encode())
    return validation.take_in(raw, Plan(columns=columns.recognise(raw.cells)))


def read(body: str, *, datum: datum.Datum = "wgs84") -> filled.Filled:
    return filled.read(readers.read("补.csv", body.encode()), kept().kept, datum=datum)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_that_is_handed_out_comes_back_filled_in(lang: Language) -> None:
    intake = kept()
    table = filled.table(outcome.unplaced(intake.kept), lang)
    *others, lon, lat = table
    assert others[0] == filled.ROW[lang]
    assert table[others[0]].to_list() == [3, 4]
    table.loc[table.index[1], [lon, lat]] = [str(each) for each in B]
    back = readers.read("补.csv", csv_file.csv(table))
    told = filled.read(back, intake.kept, datum="wgs84")
    assert [(each.row, each.lon, each.lat) for each in told.found] == [(4, *B)]
    assert (told.refused, told.empty) == ({}, 1)
    raw = readers.read("list.csv", LIST.encode())
    plan = Plan(columns=columns.recognise(raw.cells), found=told.found)
    after = validation.take_in(raw, plan).kept.set_index("row")
    assert after.geometry[4].coords[0] == pytest.approx(B)
    assert after.loc[4, "located_by"] == "补.csv"


def test_positions_are_in_the_datum_asked_for_unless_a_line_names_its_own() -> None:
    there = [f"{each:.7f}" for each in datum.from_wgs84(*A, datum="gcj02")]
    body = f"行,经度,纬度,坐标系\n3,{','.join(there)},\n4,{written(B)},GPS\n"
    found = read(body, datum="gcj02").found
    assert np.allclose([(each.lon, each.lat) for each in found], [A, B], atol=1e-6)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"99,,{written(A)}", {"unknown_row": ("99",)}),
        (f"2,甲,{written(A)}", {"unknown_row": ("2",)}),
        (f"三,乙,{written(A)}", {"unknown_row": ("三",)}),
        (f"3,丁,{written(A)}", {"other_name": ("3",)}),
        ("3,乙,114.3,", {"no_position": ("3",)}),
        ("3,乙,abc,30.6", {"no_position": ("3",)}),
    ],
)
def test_lines_that_do_not_belong_are_refused_by_their_number(
    line: str, why: dict[str, tuple[str, ...]]
) -> None:
    told = read(f"行,名称,经度,纬度\n{line}\n4,丙,{written(B)}\n")
    assert told.refused == why
    assert [each.row for each in told.found] == [4]


def test_a_row_is_placed_once() -> None:
    told = read(f"行,经度,纬度\n3,{written(A)}\n3,{written(B)}\n")
    assert [(each.lon, each.lat) for each in told.found] == [A]
    assert told.refused == {"repeated": ("3",)}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"名称,经度,纬度\n乙,{written(A)}\n", "no_row_numbers"),
        ("行,名称\n3,乙\n", "no_filled_positions"),
    ],
)
def test_another_table_is_refused_as_a_whole(body: str, code: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(body)
    assert refused.value.code == code
