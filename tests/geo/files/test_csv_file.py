from __future__ import annotations

import io

import pandas as pd
import pytest

from geo.errors import InputError
from geo.files import csv_file
from tests.geo.toy_files import METADATA, some_sites


def test_pandas_reads_the_csv_back() -> None:
    data = csv_file.csv(some_sites())
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    back = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig")
    assert "geometry" not in back
    assert back["id"].to_list() == ["sh-1", "sh-2", "sh-3"]
    assert back["opened_year"].to_list()[::2] == [2004, 1999]
    assert back["opened_year"].isna().to_list() == [False, True, False]
    assert back["area_m2"].isna().to_list() == [False, True, True]
    assert b"2004," in data
    assert b"2004.0" not in data


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠A", "-", "a;=1", "a\n=1"]
)
def test_formulas_are_neutralised(text: str) -> None:
    data = csv_file.csv(pd.DataFrame({"name": [text], "=head": ["plain"]}))
    back = pd.read_csv(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert back.columns[1] == "'=head"
    cell = back["name"].item()
    assert cell.replace("'", "") == text
    for part in cell.replace("\r", "\n").replace("\t", "\n").replace(";", "\n").split("\n"):
        assert not part.startswith(tuple("=+-@＝＋－＠"))
    assert cell[0] not in "=+-@\t\r＝＋－＠"


def test_pieces_are_the_same_text() -> None:
    pieces = [*csv_file.pieces(some_sites(), metadata=METADATA, size=2)]
    assert len(pieces) == 2
    assert b"".join(pieces) == csv_file.csv(some_sites(), metadata=METADATA)


def test_numbers_stay_numbers() -> None:
    table = pd.DataFrame({"change": [-1.5, 2.0], "n": [-3, 4], "mixed": [-1, "-1"]})
    back = csv_file.csv(table).decode("utf-8-sig").splitlines()
    assert back == ["change,n,mixed", "-1.5,-3,-1", "2.0,4,'-1"]


def test_a_named_index_comes_first() -> None:
    table = pd.DataFrame({"n": [1]}, index=pd.Index(["310101"], name="adcode"))
    assert csv_file.csv(table).decode("utf-8-sig") == "adcode,n\r\n310101,1\r\n"


def test_method_date_and_sources_as_columns() -> None:
    table = pd.DataFrame({"title": ["ours"], "n": [1]})
    (row,) = pd.read_csv(io.BytesIO(csv_file.csv(table, metadata=METADATA))).to_dict("records")
    assert row["title"] == "ours"
    assert row["metadata_title"] == METADATA["title"]
    assert row["method"] == '{"density":"100 n / A"}'
    assert row["date"] == "2026-11-22"


def test_text_that_is_no_unicode_does_not_stop_a_download() -> None:
    sites = some_sites().assign(name_zh=pd.Series(["\ud800 half a character"] * 3, dtype=object))
    assert "? half a character" in csv_file.csv(sites).decode("utf-8")


def test_repeated_columns_are_refused() -> None:
    with pytest.raises(InputError, match="repeated columns: id"):
        csv_file.csv(some_sites().rename(columns={"name_zh": "id"}))


def test_the_table_is_left_as_it_was() -> None:
    sites = some_sites()
    before = sites.copy(deep=True)
    csv_file.csv(sites, metadata=METADATA)
    assert sites.equals(before)


def test_an_empty_table_keeps_its_header() -> None:
    assert csv_file.csv(pd.DataFrame({"n": []})).decode("utf-8-sig") == "n\r\n"
