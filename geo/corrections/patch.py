"""Corrections of the catalogue as a patch: what they change in the tables, and its record."""

from __future__ import annotations

import csv
import difflib
import io
from itertools import groupby
from typing import TYPE_CHECKING, Final

from geo.corrections import reasons
from geo.corrections.correction import DEGREES
from geo.corrections.making import DECIMALS, SOURCE
from geo.errors import RefusedCorrectionError
from geo.facts import changes, cross_checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from geo.corrections.correction import Correction

TABLES: Final = cross_checks.PLACE_TABLES
"""Tables whose rows have a position."""

AS_WRITTEN: Final[Mapping[str, str]] = {"district_listed": "district", "district": ""}
"""Columns by their name when read; the present name of a district is no column of a table."""

WORDING: Final = "wording"
FOLDER: Final = "data"
"""Where the tables are in a clone."""


def patch(corrections: Iterable[Correction], folder: Path) -> str:
    """Return the patch that makes corrections in the tables of a data folder.

    Parameters
    ----------
    corrections
        Of rows of the catalogue, in the order in which they were made.
    folder
        The catalogue's tables.

    Returns
    -------
    str
        A unified diff that ``git apply`` takes: the rows, their lines in ``changes.csv``, and in
        ``wording.csv`` what their new sources say in both languages. Empty where nothing changes.

    Raises
    ------
    RefusedCorrectionError
        ``unknown``: a row or column that no table has.
    """
    made = tuple(corrections)
    before = {name: (folder / f"{name}.csv").read_bytes() for name in TABLES}
    after, lines = _corrected(made, before, folder)
    record = changes.read(folder)
    files = {
        **{name: (before[name], after[name]) for name in TABLES},
        "changes": (
            (folder / changes.FILE).read_bytes(),
            changes.as_file((*record, *lines)),
        ),
        WORDING: _wording(made, after, folder),
    }
    return "".join(_diff(name, *pair) for name, pair in sorted(files.items()))


def _corrected(
    made: tuple[Correction, ...], before: Mapping[str, bytes], folder: Path
) -> tuple[dict[str, bytes], list[changes.Change]]:
    """Return the tables with corrections made, and the lines of the record that say so."""
    tables = {name: changes.rows(name, file) for name, file in before.items()}
    last = max(line.date for line in changes.read(folder))
    lines: list[changes.Change] = []
    stood = dict(before)
    for why, each in groupby(made, lambda one: reasons.split(one.reason)[0]):
        step = list(each)
        for one in step:
            table = next((rows for rows in tables.values() if one.id in rows), {})
            _change(table.get(one.id), one)
        now = {name: changes.file(name, rows) for name, rows in tables.items()}
        day = max(last, *(one.date for one in step))
        lines += [
            changes.with_reason(line, reason=reasons.OF_RECORD[why])
            for line in changes.missing(stood, now, date=day)
        ]
        last, stood = day, now
    return stood, lines


def _change(cells: changes.Cells | None, one: Correction) -> None:
    column = AS_WRITTEN.get(one.field, one.field)
    if cells is None or (column and column not in cells):
        raise RefusedCorrectionError("unknown", id=one.id, field=one.field)
    if column in DEGREES and one.new:
        cells[column] = f"{float(one.new):.{DECIMALS}f}"
    elif column:
        cells[column] = one.new


def _wording(
    made: tuple[Correction, ...],
    after: Mapping[str, bytes],
    folder: Path,
) -> tuple[bytes, bytes]:
    """Return the remarks in both languages before and after."""
    file = (folder / f"{WORDING}.csv").read_bytes()
    now = _cells(after.values())
    gone = {one.old for one in made if one.field == SOURCE} - now
    kept = gone & _cells(
        path.read_bytes()
        for path in folder.glob("*.csv")
        if path.stem not in {*TABLES, WORDING, "changes"}
    )
    rows = [row for row in _rows(file) if row[0] not in gone - kept]
    known = {row[0] for row in rows}
    for one in made:
        if one.field == SOURCE and one.new in now and one.new not in known:
            said = (reasons.source(one.reason, one.date, lang) for lang in ("zh", "en"))
            rows.append([one.new, *said])
            known.add(one.new)
    return file, changes.as_csv(rows)


def _rows(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode(), newline="")))


def _cells(files: Iterable[bytes]) -> set[str]:
    return {cell for file in files for row in _rows(file) for cell in row}


def _diff(name: str, before: bytes, after: bytes) -> str:
    if before == after:
        return ""
    path = f"{FOLDER}/{name}.csv"
    # Lines as git has them: other signs that Unicode breaks a line at stand within cells.
    old, new = (io.StringIO(file.decode(), newline="\n").readlines() for file in (before, after))
    return "".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))
