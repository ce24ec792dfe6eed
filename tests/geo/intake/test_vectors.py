"""GeoPackage, zipped shapefile and GeoParquet: layers, encodings, coordinate systems."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
from contextlib import nullcontext as nothing
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo.errors import RefusedFileError
from geo.intake.readers import read
from geo.intake.table import Reading
from tests.geo.intake.making import geopackage, shapefile, sites, zipped

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["汉阳造文化创意产业园", "楚天181文化创意产业园"]


def test_a_layer_of_a_geopackage_is_read_in_its_own_crs(tmp_path: Path) -> None:
    empty = sites().iloc[:0]
    two = sites("EPSG:4547", 534000.0, 3385000.0)
    content = geopackage(tmp_path, 空=empty, 园区=two, 旧=sites().head(1))
    table = read("a.gpkg", content)
    assert (table.format, table.reading.layer) == ("geopackage", "园区")
    assert table.layers == ("空", "园区", "旧")
    assert table.cells["名称"].tolist() == NAMES
    assert table.cells["面积"].isna().tolist() == [False, True]
    assert table.cells.index.tolist() == [1, 2]
    assert table.geometry is not None
    assert table.geometry.crs == "EPSG:4547"
    assert table.geometry.geom_equals(two.geometry.set_axis(table.cells.index)).all()


def test_another_layer_is_asked_for_and_an_unknown_one_refused(tmp_path: Path) -> None:
    content = geopackage(tmp_path, a=sites(), b=sites().head(1).assign(t=pd.Timestamp(2021, 5, 1)))
    table = read("a.dat", content, reading=Reading(layer="b"))
    assert table.cells.loc[1, "t"] == dt.date(2021, 5, 1)
    with pytest.raises(RefusedFileError, match=r"a\.gpkg: no sheet or layer c; it has a, b"):
        read("a.gpkg", content, reading=Reading(layer="c"))


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(
            "CREATE VIEW endless AS WITH RECURSIVE n(fid) AS "
            "(SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid FROM n;"
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
            "VALUES ('endless', 'attributes', 'endless')",
            id="an endless view",
        ),
        pytest.param(
            "PRAGMA writable_schema = ON; INSERT INTO sqlite_master (type, name, tbl_name, "
            "rootpage, sql) VALUES ('table', 'v', 'v', 0, "
            "'CREATE VIRTUAL TABLE v USING VirtualOGR(''/etc/passwd'')')",
            id="a table that opens another file",
        ),
        pytest.param(
            "ALTER TABLE sites ADD COLUMN huge AS (zeroblob(100000000))", id="a computed column"
        ),
    ],
)
def test_a_layer_that_computes_when_it_is_read_is_refused(tmp_path: Path, statement: str) -> None:
    geopackage(tmp_path, sites=sites())
    path = tmp_path / "made.gpkg"
    with sqlite3.connect(path) as database:
        database.executescript(statement)
    database.close()
    with pytest.raises(RefusedFileError, match="expected plain tables"):
        read("a.gpkg", path.read_bytes())


@pytest.mark.parametrize(
    ("encoding", "without", "told"),
    [("GBK", (".cpg",), "gb18030"), ("UTF-8", (".cpg", ".prj"), "utf-8")],
)
def test_the_encoding_of_a_shapefile_is_found(
    tmp_path: Path, encoding: str, without: tuple[str, ...], told: str
) -> None:
    # Ten characters of ten bytes: the name of the column is cut at its limit.
    frame = sites().rename(columns={"名称": "园区名称一二三"} if encoding == "GBK" else {})
    with pytest.warns(Warning, match="Normalized") if encoding == "GBK" else nothing():
        parts = shapefile(tmp_path, frame, encoding=encoding, without=without, inner="数据/园区")
    table = read("a.zip", zipped(parts))
    assert table.reading == Reading(encoding=told, layer="数据/园区")
    assert table.cells.iloc[:, 0].tolist() == NAMES
    assert table.cells.columns[0] == ("园区名称一" if encoding == "GBK" else "名称")
    assert table.geometry is not None
    assert (table.geometry.crs is None) == (".prj" in without)


def test_the_first_shapefile_with_shapes_is_read(tmp_path: Path) -> None:
    empty = shapefile(tmp_path / "1", sites().iloc[:0], inner="empty")
    table = read("a.zip", zipped(empty | shapefile(tmp_path / "2", sites(), inner="full")))
    assert (table.layers, table.reading.layer) == (("empty", "full"), "full")


def test_a_shapefile_without_its_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match=r"a\.zip: sites\.shx is missing"):
        read("a.zip", zipped(shapefile(tmp_path, sites(), without=(".shx",))))


def parquet(frame: pd.DataFrame, **options: object) -> bytes:
    content = io.BytesIO()
    frame.to_parquet(content, **options)  # type: ignore[call-overload]
    return content.getvalue()


def test_a_geoparquet_is_read() -> None:
    frame = sites("EPSG:4490").assign(t=pd.Timestamp(2021, 5, 1), l=pd.Series([["a"], None]))
    table = read("a.parquet", parquet(frame))
    assert table.geometry is not None
    assert table.geometry.crs == "EPSG:4490"
    assert list(table.cells.loc[1]) == [NAMES[0], 42000, dt.date(2021, 5, 1), '["a"]']


def test_whole_numbers_with_gaps_stay_whole(tmp_path: Path) -> None:
    years = pd.Series([2005, None], dtype="Int64")
    files = {
        "a.gpkg": geopackage(tmp_path, a=sites().assign(opened=years)),
        "a.zip": zipped(shapefile(tmp_path, sites().assign(opened=years))),
        "a.parquet": parquet(sites().assign(opened=years)),
    }
    for name, content in files.items():
        first, second = read(name, content).cells["opened"]
        assert (first, type(first), pd.isna(second)) == (2005, int, True), name


def test_a_geoparquet_in_geoarrow_s_encoding_is_read() -> None:
    table = read("a.parquet", parquet(sites(), geometry_encoding="geoarrow"))
    assert table.geometry is not None
    assert table.geometry.y.tolist() == pytest.approx([30.6, 30.61])


def test_a_parquet_without_geometry_is_a_table() -> None:
    table = read("a.parquet", parquet(pd.DataFrame({"名称": NAMES})))
    assert table.geometry is None
    assert table.cells["名称"].tolist() == NAMES
