"""Read the CSV files of ``data/`` without ever stopping at the first fault.

A file is UTF-8 text with a header and one record a row. What is wrong with its form (missing,
not text, wrong header, rows of another width) and with the form of its cells (a number that is
none) is collected as one line a fault. Rows are numbered as a spreadsheet numbers them: the
header is row 1.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST_ROW: Final = 2
WRITTEN: Final = {
    "Int64": (int, r"[+-]?[0-9]{1,18}", "a whole number"),
    "float64": (
        float,
        r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?inf",
        "a number",
    ),
}
"""How numbers of a dtype are written, in plain ASCII, and what they are called."""


@dataclass(frozen=True, slots=True)
class Table:
    """One file as read: its records, or none where its form is broken.

    Attributes
    ----------
    name
        How faults name it, for example ``data/sites.csv``.
    key
        Columns that identify a record in messages.
    frame
        The records; none where the file could not be read as a table.
    faults
        What was found wrong, by row and column; see :meth:`fault`.
    """

    name: str
    key: tuple[str, ...]
    frame: pd.DataFrame
    faults: list[str] = field(default_factory=list)
    faulty_cells: set[tuple[int, str]] = field(default_factory=set)

    def fault(self, row: int, column: str, found: object, expected: str) -> None:
        """Record one fault of a cell, unless the cell already has one.

        Parameters
        ----------
        row
            Position of the record, from 0.
        column
            Name of the column.
        found, expected
            What stands there, and what should.
        """
        if (row, column) in self.faulty_cells:
            return
        self.faulty_cells.add((row, column))
        frame = self.frame
        named = [frame[name].iloc[row] for name in self.key if name in frame]
        label = " / ".join(str(each) for each in named if not _is_empty(each)) or "?"
        shown = "nothing" if _is_empty(found) else repr(str(found))
        self.faults.append(
            f"{self.name} row {row + FIRST_ROW} ({label}), column {column}: "
            f"found {shown}, expected {expected}"
        )

    def fault_where(self, rows: pd.Series, column: str, expected: str | pd.Series) -> None:
        """Record a fault for every row that is marked.

        Parameters
        ----------
        rows
            Marks by row; one that is missing marks nothing.
        column
            Name of the column.
        expected
            What should stand there, the same in all rows or by row.
        """
        for row in rows.index[rows.fillna(value=False).astype(bool)]:
            words = expected if isinstance(expected, str) else expected.loc[row]
            self.fault(int(row), column, self.frame[column].loc[row], str(words))


def _is_empty(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or (
        isinstance(value, float) and math.isnan(value)
    )  # fmt: skip


def read(path: Path, *, name: str, key: tuple[str, ...], dtypes: Mapping[str, str]) -> Table:
    """Read one file.

    Parameters
    ----------
    path
        The file.
    name
        How faults name it.
    key
        Columns that identify a record in messages.
    dtypes
        The columns in order, each with its dtype: ``string``, ``Int64`` or ``float64``.

    Returns
    -------
    Table
        Empty cells are missing values. A cell that is no number of its column's dtype is a
        fault, and missing in the frame.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _unreadable(name, key, f"{name}: cannot be read ({reason}), expected a CSV file")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _unreadable(
            name, key, f"{name} row {line}: is not UTF-8 text, expected a file saved as UTF-8"
        )
    return _parse(text, name=name, key=key, dtypes=dtypes)


def _unreadable(name: str, key: tuple[str, ...], fault: str) -> Table:
    return Table(name=name, key=key, frame=pd.DataFrame(), faults=[fault])


def _parse(text: str, *, name: str, key: tuple[str, ...], dtypes: Mapping[str, str]) -> Table:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return _unreadable(
            name, key, f"{name}: is not CSV ({error}), expected comma-separated text"
        )
    columns = list(dtypes)
    header = rows[0] if rows else []
    if header != columns:
        return _unreadable(name, key, _header_fault(name, header, columns))
    records = rows[1:]
    faults = [
        f"{name} row {number}: found {len(record)} cells, expected {len(columns)}"
        for number, record in enumerate(records, start=FIRST_ROW)
        if len(record) != len(columns)
    ]
    if not records:
        faults.append(f"{name}: has a header and no rows, expected at least one record")
    if faults:
        return Table(name=name, key=key, frame=pd.DataFrame(), faults=faults)
    raw = pd.DataFrame(records, columns=columns, dtype="string").replace("", pd.NA)
    table = Table(name=name, key=key, frame=raw)
    typed = raw.assign(
        **{
            column: _numbers(table, column, dtypes[column])
            for column in columns
            if dtypes[column] in WRITTEN
        }
    )
    return Table(name, key, typed, table.faults, table.faulty_cells)


def _header_fault(name: str, header: list[str], columns: list[str]) -> str:
    missing = [column for column in columns if column not in header]
    surplus = [column for column in header if column not in columns]
    parts = []
    if missing:
        parts.append(f"missing {', '.join(missing)}")
    if surplus:
        parts.append(f"not expected {', '.join(map(repr, surplus))}")
    if not parts:
        parts.append("a column is repeated or out of order")
    return f"{name} row 1: wrong header ({'; '.join(parts)}), expected {','.join(columns)}"


def _numbers(table: Table, column: str, dtype: str) -> pd.Series:
    """Return a column of text with numbers alone; what is none is a fault and missing."""
    cells, (number, written, expected) = table.frame[column], WRITTEN[dtype]
    wrong = cells.notna() & ~cells.str.fullmatch(written).fillna(value=False)
    table.fault_where(wrong, column, expected)
    values = [None if pd.isna(cell) else number(cell) for cell in cells.mask(wrong)]
    return pd.Series(values, dtype=dtype, index=cells.index)
