"""A whole workspace in one GeoPackage, and what comes back from any file at all."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import WorkspaceFileError
from geo.files import isolation
from geo.workspaces import geopackage
from geo.workspaces.difference import difference
from tests.geo.workspaces import toy
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path

    from geo.workspaces.content import Workspace

EXPORTED = geopackage.export(toy.workspace())


def changed(folder: Path, *statements: str) -> bytes:
    """Return the exported file after somebody's statements."""
    path = folder / "changed.gpkg"
    path.write_bytes(EXPORTED)
    with closing(sqlite3.connect(path)) as base:
        for statement in statements:
            base.execute(statement)
        base.commit()
    return path.read_bytes()


@settings(max_examples=15)
@given(content=toy.WORKSPACES)
def test_what_is_exported_comes_back(content: Workspace) -> None:
    back = geopackage.import_(geopackage.export(content))
    assert difference(content, back).empty
    assert back == content


def test_other_programs_find_layers_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "workspace.gpkg"
    path.write_bytes(EXPORTED)
    kinds = dict(pyogrio.list_layers(path))
    assert kinds.pop("sites") == kinds.pop("boundaries") == "Unknown"
    assert kinds == dict.fromkeys(
        [
            "workspace",
            "rejected",
            "corrections",
            "population",
            "streets",
            "barriers",
            "forbidden",
            "candidates",
            "layouts",
            "shortlists",
            "scenarios",
            "notes",
            "columns",
        ]
    )
    sites = pyogrio.read_dataframe(path, layer="sites")
    assert sites.crs == "EPSG:4326"
    assert sites["name"].tolist() == ["0号园", "1号园", "2号园"]
    seen = subprocess.run(
        [str(shutil.which("ogrinfo")), "-ro", "-al", path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Layer name: boundaries" in seen.stdout
    assert "Warning" not in seen.stderr + seen.stdout
    assert "ERROR" not in seen.stderr


def test_what_another_program_changed_comes_back_changed(tmp_path: Path) -> None:
    edited = changed(
        tmp_path,
        "UPDATE sites SET name = 'renamed' WHERE id = 'w1'",
        "ALTER TABLE sites ADD COLUMN extra TEXT DEFAULT 'x'",
        "DELETE FROM notes",
    )
    back = geopackage.import_(edited)
    assert back.sites.loc[1, "name"] == "renamed"
    assert back.sites["extra"].tolist() == ["x"] * 3
    assert dict(back.notes) == {}


@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TABLE sites"],
        ["DROP TABLE columns"],
        ["DELETE FROM workspace"],
        ["ALTER TABLE notes RENAME COLUMN id TO other"],
        ["UPDATE workspace SET datum = 'mars'"],
        ["UPDATE columns SET type = 'object'"],
        ["UPDATE columns SET type = 'datetime64[us]' WHERE field = 'name'"],
        ["UPDATE columns SET type = 'int64' WHERE field = 'floor_area_m2'"],
        ["UPDATE sites SET row = 'nine'"],
        ["UPDATE sites SET geom = x'00'"],
        ["UPDATE sites SET geom = 'text'"],
        ["UPDATE sites SET geom = x'4750000ee6100000'"],
        ["UPDATE sites SET geom = x'47500001e61000000103000000ffffffff'"],
        ["UPDATE scenarios SET pins = 'A:400,30'"],
        ["UPDATE scenarios SET radius_m = -1"],
        ["UPDATE scenarios SET asked = 'region=ws-abc'"],
        ["UPDATE columns SET \"column\" = 'same' WHERE \"table\" = 'sites'"],
        ["ALTER TABLE sites RENAME TO s", "CREATE VIEW sites AS SELECT * FROM s"],
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_was_exported_is_refused(
    tmp_path: Path, statements: list[str]
) -> None:
    with pytest.raises(WorkspaceFileError, match="expected one that was exported"):
        geopackage.import_(changed(tmp_path, *statements))


def test_nothing_in_a_file_is_run(tmp_path: Path) -> None:
    """A table that is a view over a function, or computes a column with one, is not believed."""
    victim = tmp_path / "victim.sqlite"
    hostile = changed(
        tmp_path,
        "ALTER TABLE notes RENAME TO n",
        f"CREATE VIEW notes AS SELECT id, load_extension('{victim}') AS text FROM n",  # noqa: S608
        f"CREATE TRIGGER t AFTER INSERT ON n BEGIN SELECT load_extension('{victim}'); END",
    )
    with pytest.raises(WorkspaceFileError):
        geopackage.import_(hostile)
    virtual = changed(
        tmp_path,
        "DROP TABLE notes",
        "CREATE VIRTUAL TABLE notes USING fts5(id, text)",
        "INSERT INTO notes VALUES ('w1', 'x')",
    )
    with pytest.raises(WorkspaceFileError):
        geopackage.import_(virtual)
    assert not victim.exists()


@pytest.mark.parametrize(
    "file", [b"", b"<OGRVRTDataSource/>", b"PK\x03\x04", geopackage.MAGIC, EXPORTED[:7000]]
)
def test_other_files_are_refused(file: bytes) -> None:
    with pytest.raises(WorkspaceFileError, match="expected one that was exported"):
        geopackage.import_(file)


def test_a_file_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use_settings(monkeypatch, upload_rows=2)
    with pytest.raises(WorkspaceFileError, match="more than 2 rows"):
        geopackage.import_(EXPORTED)
    monkeypatch.setattr(geopackage, "MOST_BYTES", 1000)
    with pytest.raises(WorkspaceFileError, match="at most 0 MB"):
        geopackage.import_(EXPORTED)


def test_what_is_exported_is_taken_back_or_known_not_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = geopackage.import_(EXPORTED)
    size = len(geopackage.export(content))
    assert geopackage.is_taken_back(content)
    for most, taken in ((size, True), (size - 1, False)):
        monkeypatch.setattr(geopackage, "MOST_BYTES", most)
        assert geopackage.is_taken_back(content) is taken
    monkeypatch.undo()
    use_settings(monkeypatch, upload_rows=2)
    assert not geopackage.is_taken_back(content)


def test_a_file_that_swells_where_it_is_read_is_refused(tmp_path: Path) -> None:
    """What a column is by default takes no room in the file, and all of it in each row."""
    swelling = changed(
        tmp_path,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600) "
        "INSERT INTO notes (id) SELECT 'n' || i FROM n",
        f"ALTER TABLE notes ADD COLUMN x TEXT DEFAULT '{'x' * 500_000}'",
    )
    assert len(swelling) < 2**21
    with pytest.raises(WorkspaceFileError, match="too much memory"):
        geopackage.import_(swelling)


def test_what_breaks_the_reader_breaks_nothing_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "__main__.py").write_text("import os; os.abort()")
    monkeypatch.setattr(isolation, "PROGRAM", tmp_path)
    with pytest.raises(WorkspaceFileError, match="expected one that was exported"):
        geopackage.import_(EXPORTED)


@settings(max_examples=40)
@given(st.data())
def test_a_file_with_any_bytes_damaged_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(EXPORTED)
    where = data.draw(st.lists(st.integers(100, len(damaged) - 1), min_size=1, max_size=20))
    for place in where:
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        back = geopackage.import_(bytes(damaged))
    except WorkspaceFileError:
        return
    assert isinstance(back.sites, pd.DataFrame)
