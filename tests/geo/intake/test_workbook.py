"""Workbooks: sheets, merged and hidden ones, dates and numbers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import RefusedFileError
from geo.intake.readers import read
from geo.intake.table import Reading
from tests.geo.intake.making import compound, grid, old_workbook, workbook, zipped

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from xlsxwriter.worksheet import Worksheet

ROWS: list[list[Any]] = [["名称", "经度", "纬度"], ["一", 114.25, 30], ["二", "114.5", None]]


def test_a_workbook_is_a_table() -> None:
    table = read("list.xlsx", workbook(("名单", grid(ROWS))))
    assert (table.format, table.reading, table.layers) == (
        "excel",
        Reading(header=1, layer="名单"),
        ("名单",),
    )
    assert list(table.cells.loc[2]) == ["一", 114.25, 30]
    assert table.cells.loc[3, "经度"] == "114.5"
    assert table.cells["纬度"].isna().tolist() == [False, True]


def test_numbers_stay_numbers_and_dates_dates() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["adcode", "opened", "open", "seen", "area"])
        sheet.write_row(1, 0, [420100])
        sheet.write_datetime(1, 1, dt.datetime(2021, 5, 1))  # noqa: DTZ001 - as Excel has it
        sheet.write_boolean(1, 2, True)  # noqa: FBT003
        when = dt.datetime(2021, 5, 1, 12, 30)  # noqa: DTZ001
        sheet.write_datetime(1, 3, when)
        sheet.write_formula(1, 4, "=2*3", value=6)

    cells = read("list.xlsx", workbook(("s", write))).cells
    assert list(cells.loc[2])[:3] == [420100, dt.date(2021, 5, 1), True]
    assert cells.dtypes["adcode"] == "int64"
    assert cells.loc[2, "area"] == 6


def test_a_column_of_numbers_is_one_whatever_is_empty_or_whole() -> None:
    rows: list[list[Any]] = [
        ["n", "code", "x", "y"],
        ["a", 420100, 1, 2**60],
        ["b", None, 1.5, 0.5],
    ]
    cells = read("list.xlsx", workbook(("s", grid(rows)))).cells
    assert cells["x"].tolist() == [1, 1.5]
    assert cells.dtypes["x"] == "float64"
    assert cells.loc[2, "code"] == 420100
    assert isinstance(cells.loc[2, "code"], int)


def test_merged_cells_hold_their_value_and_a_merged_title_is_no_heading() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 3, "武汉市创意园区名单")
        sheet.merge_range(1, 0, 2, 0, "区")
        sheet.merge_range(1, 1, 2, 1, "名称")
        sheet.merge_range(1, 2, 1, 3, "坐标")
        sheet.write_row(2, 2, ["经度", "纬度"])
        sheet.merge_range(3, 0, 4, 0, "武昌区")
        sheet.write_row(3, 1, ["一", 114.1, 30.1])
        sheet.write_row(4, 1, ["二", 114.2, 30.2])

    table = read("list.xlsx", workbook(("s", write)))
    assert table.reading.header == 3
    assert table.cells.to_dict("list") == {
        "区": ["武昌区", "武昌区"],
        "名称": ["一", "二"],
        "经度": [114.1, 114.2],
        "纬度": [30.1, 30.2],
    }
    assert table.cells.index.tolist() == [4, 5]


def test_the_first_visible_sheet_with_cells_is_read_and_all_are_told() -> None:
    book = workbook(
        ("空", lambda _: None),
        ("隐藏", lambda sheet: (sheet.write(0, 0, "x"), sheet.hide())),
        ("名单", grid(ROWS)),
        ("旧", grid([["a", "b"], ["c", "d"]])),
    )
    table = read("list.xlsx", book)
    assert (table.reading.layer, table.layers) == ("名单", ("空", "隐藏", "名单", "旧"))
    assert read("list.xlsx", book, reading=Reading(layer="旧")).cells.loc[2, "a"] == "c"
    with pytest.raises(RefusedFileError, match="no sheet or layer x; it has 空, 隐藏, 名单, 旧"):
        read("list.xlsx", book, reading=Reading(layer="x"))


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    rows: list[list[Any]] = [[], ["", "名称", "x"], [], ["", "一", 1], [], ["", "二", 2]]
    table = read("list.xlsx", workbook(("s", grid(rows))))
    assert table.reading.header == 2
    assert table.cells.index.tolist() == [4, 6]
    assert list(table.cells.columns) == ["名称", "x"]


def test_text_that_is_called_xls_is_read_as_text() -> None:
    table = read("list.xls", "名称\t经度\n一\t114.2\n".encode("gbk"))
    assert (table.format, table.cells.loc[2, "经度"]) == ("csv", "114.2")


def test_an_ods_is_read() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="114.5"/>'
    rows = [cell.format("名称") + cell.format("x"), cell.format("一") + number]
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="名单">'
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    members: dict[str | ZipInfo, bytes] = {
        "mimetype": kind,
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest,
    }
    table = read("list.ods", zipped(members))
    assert table.cells.loc[2].to_dict() == {"名称": "一", "x": 114.5}


def test_a_cell_at_the_end_of_the_sheet_takes_no_memory_of_ours() -> None:
    """Cells between the first and the last are made by calamine: 17 thousand million here."""
    book = workbook(("s", lambda s: (s.write(0, 0, "a"), s.write(1048575, 16383, "b"))))
    with pytest.raises(RefusedFileError, match="more memory or time"):
        read("list.xlsx", book)


def test_a_workbook_of_excel_97_is_read() -> None:
    table = read("list.xls", old_workbook("名单", [["名称", "经度"], ["一", 114.25], ["二", 30.0]]))
    assert table.cells.to_dict("list") == {"名称": ["一", "二"], "经度": [114.25, 30]}
    assert table.layers == ("名单",)


def test_a_workbook_with_a_password_is_told_so() -> None:
    """What Excel encrypts is an OLE container with a stream of that name."""
    with pytest.raises(RefusedFileError, match=r"list\.xlsx: the file is protected by a password"):
        read("list.xlsx", compound("EncryptedPackage", b""))


def test_what_begins_as_a_workbook_and_is_none_is_refused() -> None:
    with pytest.raises(RefusedFileError, match=r"list\.xls: the file is damaged"):
        read("list.xls", compound("Workbook", b"")[:700])
