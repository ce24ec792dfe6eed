from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from geo.facts import dictionary
from geo.files import plain_values
from geo.files.excel import excel
from tests.geo import toy_files

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from openpyxl.worksheet.worksheet import Worksheet

    from geo.settings import Language

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def safe(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return a frame's properties as a spreadsheet may hold them."""
    return [
        {
            name: plain_values.neutral(value) if isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in toy_files.expected(frame)
    ]


def sheet(data: bytes, position: int) -> Worksheet:
    found: Worksheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[position]
    return found


def records(found: Worksheet) -> list[dict[str, Any]]:
    head, *lines = found.iter_rows(values_only=True)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def titled(record: dict[str, Any], table: dictionary.Table) -> dict[str, Any]:
    """Return a row by the headings of its columns."""
    columns = dictionary.columns(table)
    return {
        columns[name].title["zh"] if name in columns else name: value
        for name, value in record.items()
    }


@pytest.mark.parametrize("make", [toy_files.awkward, toy_files.chosen, toy_files.districts])
def test_gdal_and_openpyxl_read_the_same_rows(make: toy_files.Maker, tmp_path: Path) -> None:
    frame = make()
    table = toy_files.table(frame)
    data = excel({table: frame}, toy_files.ABOUT)
    wanted = [titled(each, table) for each in safe(frame)]
    assert toy_files.same(records(sheet(data, 0)), wanted)

    path = toy_files.save(tmp_path, "a.xlsx", data)
    found = toy_files.ogr_features(path, dictionary.word(table, lang="zh"))
    assert toy_files.same([feature["properties"] for feature in found], wanted)


def test_numbers_are_numbers_and_codes_are_text(tmp_path: Path) -> None:
    path = toy_files.save(
        tmp_path, "a.xlsx", excel({"districts": toy_files.districts()}, toy_files.ABOUT)
    )
    listing = toy_files.ogrinfo(path)
    assert "区划代码: String" in listing
    assert "常住人口: Integer" in listing
    assert "密度（面积）: Real" in listing
    assert "人口可比: Integer(Boolean)" in listing


def test_the_file_holds_no_formula_and_no_error() -> None:
    data = excel({"sites": toy_files.awkward()}, toy_files.IN_ENGLISH)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 3
        texts: list[str] = []
        for name in sheets:
            root = ET.fromstring(file.read(name))  # noqa: S314 - our own file
            assert list(root.iter(f"{MAIN}f")) == []
            assert {cell.get("t", "n") for cell in root.iter(f"{MAIN}c")} <= {
                "inlineStr", "n", "b",
            }  # fmt: skip
            texts += [text.text or "" for text in root.iter(f"{MAIN}t")]
    assert "'=cmd|'/c calc'!A1" in texts
    assert "'=Sites" in texts
    assert "#N/A" in texts
    assert [text for text in texts if text.startswith(tuple("=+-@＝＋－＠\t"))] == []


def test_headings_stay_in_view_and_filter_the_rows() -> None:
    found = sheet(excel({"sites": toy_files.chosen()}, toy_files.ABOUT), 0)
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == found.dimensions
    assert all(cell.font.bold for cell in found[1])
    widths = {
        str(cell.value): found.column_dimensions[get_column_letter(number)].width
        for number, cell in enumerate(found[1], start=1)
    }
    assert widths["中文名"] > widths["经度"]
    assert max(widths.values()) < 49  # 48 characters and the margins of a cell


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("table", list(dictionary.EXPLAINED_AS))
def test_headings_are_for_people_and_lead_back_to_the_names(
    table: dictionary.Table, lang: Language
) -> None:
    names = list(dictionary.columns(table))
    frame = pd.DataFrame([dict.fromkeys(names)], dtype=object)
    about = toy_files.ABOUT if lang == "zh" else toy_files.IN_ENGLISH
    data = excel({table: frame}, about)
    shown = [str(cell.value) for cell in sheet(data, 0)[1]]
    assert len(set(shown)) == len(names)
    head, *lines = sheet(data, 1).iter_rows(values_only=True)
    column, heading = (
        head.index(dictionary.word(name, lang=lang)) for name in ("column", "heading")
    )
    assert {str(line[heading]): line[column] for line in lines} == dict(
        zip(shown, names, strict=True)
    )
    assert not set(shown) & set(names)


def test_the_sheet_that_explains_the_columns() -> None:
    tables: dict[dictionary.Table, pd.DataFrame] = {
        "sites": toy_files.chosen(),
        "districts": toy_files.districts(),
    }
    found = records(sheet(excel(tables, toy_files.ABOUT), 2))
    explained = [(row["表"], row["列"]) for row in found]
    assert explained == [
        *(("地点", name) for name in toy_files.names(toy_files.chosen())),
        *(("区县", name) for name in ("adcode", *toy_files.names(toy_files.districts()))),
    ]
    kind = next(row for row in found if row["列"] == "kind")
    assert "park: 园区" in kind["代码"]
    assert all(row["含义"] for row in found)


def test_the_sheet_of_sources() -> None:
    found = sheet(excel({"sites": toy_files.chosen()}, toy_files.ABOUT), -1)
    told = [(line[0].value, line[1].value) for line in found.iter_rows()]
    assert told[0] == ("标题", toy_files.ABOUT.title)
    assert ("来源", "data/sites.csv，每行有来源") in told
    assert ("筛选", "行业：工业设计") in told
    assert told[-1] == ("地点: 行数", len(toy_files.chosen()))


def test_texts_that_excel_cannot_hold() -> None:
    frame = pd.DataFrame({"name_zh": ["\x00\x0b\ufffe\ud800", "长" * 40_000]}, dtype=object)
    first, second = records(sheet(excel({"sites": frame}, toy_files.ABOUT), 0))
    assert first["中文名"] == "\ufffd\ufffd\ufffd?"
    assert second["中文名"] == "长" * 32_766 + "…"


def test_no_rows() -> None:
    data = excel({"sites": toy_files.chosen().iloc[:0]}, toy_files.ABOUT)
    assert records(sheet(data, 0)) == []
    assert len(records(sheet(data, 1))) == len(toy_files.chosen().columns) - 1


def test_the_same_input_makes_the_same_bytes() -> None:
    first = excel({"sites": toy_files.awkward()}, toy_files.ABOUT)
    assert excel({"sites": toy_files.awkward()}, toy_files.ABOUT) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        core = file.read("docProps/core.xml").decode()
        assert core.count(">2026-11-22T00:00:00Z<") == 2
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}


def test_lists_and_mappings_are_json() -> None:
    frame = pd.DataFrame({"sectors": [["a", "b"]], "more": [{"k": 1}]})
    (row,) = records(sheet(excel({"sites": frame}, toy_files.ABOUT), 0))
    assert json.loads(row["行业"]) == ["a", "b"]
    assert json.loads(row["more"]) == {"k": 1}
