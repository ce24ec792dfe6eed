"""The record of changes says all that changed since the last release, and nothing else."""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import strategies as st

from geo import settings
from geo.facts import catalog, changes, schemas
from scripts import record_changes

if TYPE_CHECKING:
    from pathlib import Path

LINES = changes.since_release(changes.read(settings.OWN_DATA))
TODAY = changes.of_today(settings.OWN_DATA)
RELEASED = changes.released(settings.OWN_DATA)
CELLS = [
    (name, key, column)
    for name, content in TODAY.items()
    for key, cells in changes.rows(name, content).items()
    for column in cells
]


@pytest.mark.parametrize("name", changes.RECORDED)
def test_the_record_replayed_from_the_last_release_gives_todays_tables(name: str) -> None:
    """Byte by byte; `python -m scripts.record_changes` shows the lines that are missing."""
    recorded = changes.replay(RELEASED, LINES)
    lacking = changes.missing(recorded, TODAY, date="2026-01-01")
    assert [line for line in lacking if line.table == name] == []
    assert recorded[name] == TODAY[name]


def _changed(name: str, key: str, column: str, value: str) -> bytes:
    """Return a table of today with one cell changed, other than by the writer of the record."""
    table = changes.rows(name, TODAY[name])
    table[key] = table[key] | {column: value}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*table[key]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.values())
    return out.getvalue().encode()


@hypothesis.settings(max_examples=30, deadline=None)
@hypothesis.given(cell=st.sampled_from(CELLS))
@hypothesis.example(cell=("sites", "sh-m50", "lon"))
@hypothesis.example(cell=("census", "310101", "population"))
def test_a_changed_fact_without_its_line_is_found(cell: tuple[str, str, str]) -> None:
    name, key, column = cell
    today = {name: TODAY[name]}
    after = {name: _changed(name, key, column, "another")}
    found = changes.missing(today, after, date="2026-01-01")
    assert {line.table for line in found} == {name}
    if all(line.field for line in found):  # else the row is another one, and comes last
        assert changes.replay(today, found) == after


def test_a_line_that_does_not_fit_the_ones_before_it_is_refused() -> None:
    line = changes.Change("2026-01-01", "sites", "sh-m50", "status", "closed", "x", "closed", "")
    with pytest.raises(ValueError, match=r"sites sh-m50 status\): old is 'closed', found 'oper"):
        changes.replay(TODAY, [line])
    again = next(each for each in LINES if not each.field and each.id)
    with pytest.raises(ValueError, match=r"found '\{"):
        changes.replay(RELEASED, [*LINES, again])


def test_every_table_of_facts_is_recorded() -> None:
    assert {*changes.RECORDED} | changes.UNRECORDED == {*schemas.SCHEMAS}
    assert {line.table for line in LINES} <= {*changes.RECORDED}


def test_residents_that_went_to_the_census_are_told_as_they_are_there() -> None:
    counted = catalog.census()["population"]
    told = {
        line.id: line for line in LINES if (line.table, line.field) == ("districts", "population")
    }
    moved = {key: int(line.new) for key, line in told.items() if key and line.new}
    assert len(moved) > 100
    assert counted[[*moved]].to_dict() == moved
    assert told[""].new == "census.population"


def test_a_figure_that_moved_has_a_source() -> None:
    rule = ("name_en", "note", "population_note")
    bare = [
        line
        for line in LINES
        if line.id and line.field and line.new
        if not line.source and not line.field.endswith("source") and line.field not in rule
    ]
    assert bare == []


def test_lines_are_in_the_order_of_days() -> None:
    days = [line.date for line in changes.read(settings.OWN_DATA)]
    assert days == sorted(days)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the data folder."""
    return shutil.copytree(settings.OWN_DATA, tmp_path / "data")


def _edit(folder: Path, old: str, new: str) -> None:
    file = folder / "sites.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8", newline="")


def test_the_program_proposes_lines_and_adds_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--data", str(folder), "--date", "2027-01-02", "--reason", "renamed"]
    assert record_changes.main(asked) == 0
    assert capsys.readouterr().out == ""
    _edit(folder, "Daning Dobe E-Park", "Daning Dobe Park")
    assert record_changes.main([*asked, "--source", "a.cn/1"]) == 1
    told = capsys.readouterr().out
    assert told == (
        "2027-01-02,sites,sh-daning-dobe,name_en,"
        "Daning Dobe E-Park,Daning Dobe Park,renamed,a.cn/1\n"
    )
    assert record_changes.main([*asked, "--source", "a.cn/1", "--write"]) == 0
    assert (folder / "changes.csv").read_text("utf-8").endswith(told)
    capsys.readouterr()
    assert record_changes.main(asked) == 0
    assert capsys.readouterr().out == ""
    catalog.check(folder)


def test_rows_come_and_go_and_come_back(folder: Path) -> None:
    file = folder / "sites.csv"
    text = file.read_text("utf-8")
    rows = text.splitlines(keepends=True)
    asked = ["--data", str(folder), "--date", "2027-01-02", "--write"]
    file.write_text("".join([rows[0], *rows[2:]]), "utf-8", newline="")
    assert record_changes.main(asked) == 0
    file.write_text("".join([rows[0], *rows[2:], rows[1]]), "utf-8", newline="")
    assert record_changes.main(asked) == 0
    gone, back = changes.read(folder)[-2:]
    assert (gone.reason, gone.new, back.reason, back.old) == ("removed", "", "added", "")
    assert gone.old == back.new


def test_a_release_is_where_the_record_goes_on_from(folder: Path) -> None:
    _edit(folder, "Daning Dobe E-Park", "Daning Dobe Park")
    asked = ["--data", str(folder), "--date", "2027-01-02"]
    assert record_changes.main([*asked, "--release", "0.2.0"]) == 1, "a release with lines missing"
    assert record_changes.main([*asked, "--write", "--release", "0.2.0"]) == 0
    assert changes.since_release(changes.read(folder)) == ()
    assert changes.released(folder) == changes.of_today(folder)
    assert record_changes.main(asked) == 0
    catalog.check(folder)


@pytest.mark.parametrize(
    ("field", "reason"), [("no_such", "removed"), ("scope", "corrected"), ("lon", "added")]
)
def test_a_line_of_a_column_that_does_not_fit_is_found(field: str, reason: str) -> None:
    line = changes.Change("2026-01-01", "sites", "", field, "", "", reason, "")
    with pytest.raises(ValueError, match=f"sites {field}.*of a column that is"):
        changes.replay(TODAY, [line])


def test_rows_in_another_order_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(settings.OWN_DATA, folder)
    head, first, second, *rest = (folder / "sites.csv").read_text("utf-8").splitlines()
    (folder / "sites.csv").write_text("\n".join([head, second, first, *rest]) + "\n", "utf-8")
    assert record_changes.main(["--data", str(folder), "--write"]) == 1
    assert "sites" in capsys.readouterr().err
