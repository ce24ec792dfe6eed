"""Which reader a file is given to, what is refused before any, and how that is said."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo import settings
from geo.errors import RefusedFileError
from geo.intake.readers import read
from geo.intake.words import REFUSED, IntakeTexts, refusal
from tests.geo.intake.making import (
    geojson,
    geopackage,
    grid,
    point,
    shapefile,
    sites,
    workbook,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SQLITE = b"SQLite format 3\0"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.gpkg", b"name,x\na,1\n", "wrong_content"),
        ("a.zip", b"name,x\na,1\n", "wrong_content"),
        ("a.csv", b"%PDF-1.7\n1 0 obj", "wrong_content"),
        ("a.parquet", b"{}", "wrong_content"),
        ("a.xlsx", b"name,x\na,1\n", "wrong_content"),
        ("a.gpkg", SQLITE + bytes(2000), "unreadable"),
        ("a.parquet", b"PAR1" + bytes(2000) + b"PAR1", "unreadable"),
        ("a.zip", zipped({"a.txt": b"x"}), "no_member"),
        ("a.xlsx", zipped({"[Content_Types].xml": b"x"}), "unreadable"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "markup"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "markup"),
        ("a.shp", bytes(100), "shapefile_part"),
        ("a.csv", b"\n\xef\xbb\xbf%PDF-1.7\n\xff\x00\x01", "wrong_content"),
        ("a.csv", bytes(range(256)) * 40, "not_text"),
        ("a", b"name,x\na,1\n", "unknown_format"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(name, content)
    assert refused.value.code == code
    assert str(refused.value).startswith(name)


@pytest.mark.parametrize("name", ["sites.zip", "sites.csv", "sites"])
def test_a_geopackage_is_one_by_whatever_name(tmp_path: Path, name: str) -> None:
    assert len(read(name, geopackage(tmp_path, a=sites())).cells) == 2


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    def set_to(variable: str, value: str) -> None:
        monkeypatch.setenv(variable, value)
        settings.current.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.current.cache_clear()


def test_an_archive_that_unpacks_to_too_much_is_refused(limit: Callable[[str, str], None]) -> None:
    limit("CHUANGTU_UPLOAD_MB", "0.02")
    with pytest.raises(RefusedFileError, match=r"a\.zip: unpacks to more than 0\.4 MB"):
        read("a.zip", zipped({"a.shp": b"\0" * 500_000}))


def test_a_large_file_is_refused_with_the_limit(limit: Callable[[str, str], None]) -> None:
    with pytest.raises(RefusedFileError, match=r"a\.csv: 25\.1 MB; at most 25 MB"):
        read("a.csv", bytes(25_000_001))
    limit("CHUANGTU_UPLOAD_MB", "0.001")
    with pytest.raises(RefusedFileError, match=r"at most 0\.001 MB"):
        read("a.csv", bytes(1001))


def test_a_million_rows_are_refused_with_the_limit() -> None:
    with pytest.raises(RefusedFileError, match="more than 500,000 rows"):
        read("a.csv", b"name,x\n" + b"a,1\n" * 1_000_000)


def test_empty_rows_have_an_end_too(limit: Callable[[str, str], None]) -> None:
    limit("CHUANGTU_UPLOAD_ROWS", "1000")
    assert len(read("a.csv", b"name,x\n" + b"\n" * 1900 + b"a,1\n").cells) == 1
    with pytest.raises(RefusedFileError, match="more than 1,000 rows"):
        read("a.csv", b"name,x\n" + b"\n" * 5000 + b"a,1\n")


def test_rows_beyond_the_limit_are_refused_in_every_format(
    limit: Callable[[str, str], None], tmp_path: Path
) -> None:
    frame = pd.concat([sites(), sites().head(1)])
    parquet = tmp_path / "a.parquet"
    frame.to_parquet(parquet)
    mark = "<Placemark><name>a</name></Placemark>"
    files = {
        "a.csv": b"name\na\nb\nc\n",
        "a.xlsx": workbook(("s", grid([["name"], ["a"], ["b"], ["c"]]))),
        "a.geojson": geojson(*[point(1, 2)] * 3),
        "a.kml": f"<kml>{mark * 3}</kml>".replace("<kml>", "<kml><Document>")
        .replace("</kml>", "</Document></kml>")
        .encode(),
        "a.gpkg": geopackage(tmp_path / "g", a=frame),
        "a.zip": zipped(shapefile(tmp_path / "s", frame)),
        "a.parquet": parquet.read_bytes(),
    }
    limit("CHUANGTU_UPLOAD_ROWS", "2")
    for name, content in files.items():
        with pytest.raises(RefusedFileError, match=f"^{name}: more than 2 rows"):
            read(name, content)
    limit("CHUANGTU_UPLOAD_ROWS", "3")
    assert len(read("a.csv", files["a.csv"]).cells) == 3


def test_columns_beyond_the_limit_are_refused() -> None:
    with pytest.raises(RefusedFileError, match="more than 1,000 columns"):
        read("a.csv", b"," * 5000 + b"\n1\n")


TEXTS = {
    lang: {key: text for key, text in IntakeTexts(lang).texts.items() if key.startswith(REFUSED)}
    for lang in settings.LANGUAGES
}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS["en"])
def test_every_refusal_is_said_in_both_languages_and_names_the_file(key: str) -> None:
    assert blanks(TEXTS["en"][key]) == blanks(TEXTS["zh"][key])
    assert all(TEXTS[lang][key].startswith("{file}") for lang in TEXTS)
    assert TEXTS["en"].keys() == TEXTS["zh"].keys()


def test_a_refusal_is_said_in_chinese() -> None:
    with pytest.raises(RefusedFileError) as refused:
        read("名单.xls", b"<html>")
    assert refusal(refused.value, "zh").startswith("名单.xls：这是网页")
