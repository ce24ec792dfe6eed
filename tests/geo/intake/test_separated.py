"""Tables as text: encodings, separators, headings, the numbers of rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import settings
from geo.errors import RefusedFileError
from geo.intake.columns import recognise
from geo.intake.readers import encodings, read
from geo.intake.table import Reading

if TYPE_CHECKING:
    from pathlib import Path

LIST = (
    "名称,区县,经度,纬度\n汉阳造文化创意产业园,汉阳区,114.27,30.55\n楚天181,武昌区,114.33,30.56\n"
)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_an_encoding_is_found(written: str, told: str) -> None:
    table = read("list.csv", LIST.encode(written))
    assert table.reading.encoding == told
    assert table.cells.loc[2, "名称"] == "汉阳造文化创意产业园"
    assert list(table.cells.columns) == ["名称", "区县", "经度", "纬度"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_encodings_of_our_own_tables_are_found(encoding: str) -> None:
    texts = [path.read_text("utf-8") for path in settings.OWN_DATA.glob("*.csv")]
    chinese = [text for text in texts if not text.isascii()]
    assert len(chinese) > 5
    for text in chinese:
        line = text[: text.index("\n", text.index("\n") + 1)]
        for some in (text, line):
            found = encodings.decode("list.csv", some.encode(encoding), None)
            assert found == (some, "utf-8" if some.isascii() else encoding)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_decimal_commas_of_degrees_are_read(separator: str) -> None:
    rows = [["名称", "X", "Y", "类", "面积"], ["甲", "114,2712", "30,5546", "1,2", "18,600"]]
    rows += [["乙", "114,33", "30,56123", "3", ""], ["丙", "114,27001", "", "1,3", "9,500"]]
    table = read("list.csv", "\n".join(map(separator.join, rows)).encode())
    assert table.cells["X"].tolist() == ["114.2712", "114.33", "114.27001"]
    assert table.cells["Y"].dropna().tolist() == ["30.5546", "30.56123"]
    assert table.cells["类"].tolist() == ["1,2", "3", "1,3"]
    assert table.cells["面积"].dropna().tolist() == ["18,600", "9,500"]
    assert recognise(table.cells)["lon"] == "X"


def test_pairs_are_no_decimal_commas() -> None:
    pairs = ["114.27,30.55", "114,30", "534000,3385000"]
    for pair in pairs:
        table = read("list.csv", f"名称;位置\n甲;{pair}\n乙;{pair}\n".encode())
        assert table.cells["位置"].tolist() == [pair] * 2


def test_an_encoding_can_be_corrected() -> None:
    content = "名稱,地址\n松山文創園區,臺北市\n".encode("big5")
    table = read("list.csv", content, reading=Reading(encoding="big5"))
    assert table.cells.loc[2, "名稱"] == "松山文創園區"
    with pytest.raises(RefusedFileError, match="unknown encoding klingon"):
        read("list.csv", content, reading=Reading(encoding="klingon"))
    with pytest.raises(RefusedFileError, match="not written in utf-8"):
        read("list.csv", content, reading=Reading(encoding="utf-8"))


def test_a_cut_character_in_a_long_text_is_a_fault_of_its_row() -> None:
    lines = [f"园区{at},武昌区".encode("gb18030") for at in range(200)]
    lines[7] = lines[7] + b"\xce"
    table = read("list.csv", b"\n".join(["名称,区县".encode("gb18030"), *lines]))
    assert [(fault.row, fault.column, fault.code) for fault in table.faults] == [
        (9, "区县", "broken_text")
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_separator_is_found(separator: str) -> None:
    table = read("list.txt", LIST.replace(",", separator).encode())
    assert table.reading.separator == separator
    assert table.cells.loc[3, "纬度"] == "30.56"


def test_a_separator_is_not_the_comma_within_cells() -> None:
    table = read("list.csv", "名称\t坐标\n一\t114.1,30.2\n二\t114.2,30.1\n".encode())
    assert table.reading.separator == "\t"
    assert table.cells.loc[2, "坐标"] == "114.1,30.2"


def test_excel_s_line_on_the_separator_is_no_row() -> None:
    table = read("list.csv", b"sep=;\nname;x\na;1\n")
    assert table.cells.loc[2].to_dict() == {"name": "a", "x": "1"}


@pytest.mark.parametrize(
    ("text", "header", "columns", "first"),
    [
        ("创意园区名单,,\n单位：米,,\n名称,经度,纬度\n一,114,30\n", 3, ["名称", "经度", "纬度"], 4),
        ("一,114.1,30.2\n二,114.2,30.1\n", 0, ["A", "B", "C"], 1),
        ("一,武昌区\n二,武昌区\n三,汉阳区\n", 0, ["A", "B"], 1),
        ("名称,2019,2020\n一,3,4\n", 1, ["名称", "2019", "2020"], 2),
        ("名称,名称,,名称_2\n一,二,三,四\n", 1, ["名称", "名称_3", "C", "名称_2"], 2),
        ("名称\n一\n", 1, ["名称"], 2),
        ("\n\n名称,x\n\n一,1\n", 3, ["名称", "x"], 5),
        ("名称,x\n一,1\n名称,x\n二,2\n", 1, ["名称", "x"], 2),
        ("a,wkt\nb,POINT (1 2)\n", 1, ["a", "wkt"], 2),
        ("b,POINT (1 2)\nc,POINT (1 3)\n", 0, ["A", "B"], 1),
        ("名称,经度,纬度,,,\n一,114,30,,,\n", 1, ["名称", "经度", "纬度"], 2),
    ],
)  # fmt: skip
def test_headings_are_found(text: str, header: int, columns: list[str], first: int) -> None:
    table = read("list.csv", text.encode())
    assert table.reading.header == header
    assert list(table.cells.columns) == columns
    assert table.cells.index[0] == first
    assert table.cells.index.name == "row"


def test_headings_can_be_corrected() -> None:
    table = read("list.csv", LIST.encode(), reading=Reading(header=0))
    assert table.cells.loc[1, "A"] == "名称"
    with pytest.raises(RefusedFileError, match="no row 9 for the headings"):
        read("list.csv", LIST.encode(), reading=Reading(header=9))


def test_a_line_break_in_quotes_begins_no_row() -> None:
    table = read("list.csv", b'name,note\na,"one\ntwo"\n\nb,"x ""y"""\n')
    assert table.cells.to_dict("index") == {
        2: {"name": "a", "note": "one\ntwo"},
        4: {"name": "b", "note": 'x "y"'},
    }


def test_a_quote_that_is_never_closed_is_told_with_its_row() -> None:
    with pytest.raises(RefusedFileError, match=r"list\.csv, row 3: a quotation mark") as refused:
        read("list.csv", b'name,note\na,b\nc,"d\ne,f\n')
    assert refused.value.blanks == {"file": "list.csv", "row": 3}


def test_a_row_with_more_cells_than_headings_is_a_fault() -> None:
    table = read("list.csv", b"name,x\na,1\nb,2,3,4\nc,5\n")
    assert [(fault.row, fault.value, fault.code) for fault in table.faults] == [
        (3, "3,4", "extra_cells")
    ]
    assert len(table.cells) == 3


def test_an_empty_cell_is_missing() -> None:
    table = read("list.csv", "name,x,y\na,,\n\u3000, ,\nb,  ,1\n".encode())
    assert list(table.cells.index) == [2, 4]
    assert table.cells["x"].isna().all()
    assert table.cells["y"].isna().tolist() == [True, False]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \n\t", "\ufeff".encode()])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedFileError, match=r"list\.csv: the file is empty"):
        read("list.csv", content)


@pytest.mark.parametrize("content", [b"name,x\n", b"name,x\n,\n"])
def test_headings_without_rows_are_refused(content: bytes) -> None:
    with pytest.raises(RefusedFileError, match="no row of data"):
        read("list.csv", content)


def test_a_name_of_a_folder_is_not_told(tmp_path: Path) -> None:
    for folder in (f"{tmp_path}/", "C:\\Users\\someone\\"):
        assert read(f"{folder}list.csv", LIST.encode()).file == "list.csv"


CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\ufffd"), min_size=1
).filter(str.strip)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS | st.just(""), min_size=width, max_size=width).filter(any), min_size=1
    )
)


@given(TABLES, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_csv_writes_comes_back(rows: list[list[str]], separator: str, end: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    writer.writerow(f"column {at}" for at in range(len(rows[0])))
    writer.writerows(rows)
    asked = Reading(encoding="utf-8", separator=separator, header=1)
    table = read("list.csv", text.getvalue().encode(), reading=asked)
    expected = {
        at: [cell if cell.strip() else None for cell in row] for at, row in enumerate(rows, 2)
    }
    cells = table.cells.astype(object).where(table.cells.notna(), None)
    assert dict(zip(cells.index, cells.to_numpy().tolist(), strict=True)) == {
        at: row for at, row in expected.items() if any(row)
    }
    assert not table.faults
    assert isinstance(table.cells, pd.DataFrame)
