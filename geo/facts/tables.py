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
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST_ROW = 2
LARGEST_WHOLE = 2**63 - 1
"""What the dtype ``Int64`` holds."""


@dataclass(frozen=True, slots=True)
class Table:
    """One file as read: its records, or none where its form is broken.

    Attributes
    ----------
    name
        How faults name it, for example ``data/sites.csv``.
    key
        Column that identifies a record in messages.
    frame
        The records; ``None`` where the file could not be read as a table.
    faults
        What was found wrong, by row and column; see :meth:`fault`.
    """

    name: str
    key: str
    frame: pd.DataFrame | None
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
        known = frame is not None and self.key in frame.columns and 0 <= row < len(frame)
        label = str(frame[self.key].iloc[row]) if known and frame is not None else "?"
        shown = "nothing" if _is_empty(found) else repr(str(found))
        self.faults.append(
            f"{self.name} row {row + FIRST_ROW} ({label}), column {column}: "
            f"found {shown}, expected {expected}"
        )


def _is_empty(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or (
        isinstance(value, float) and math.isnan(value)
    )  # fmt: skip


def read(path: Path, *, name: str, key: str, dtypes: Mapping[str, str]) -> Table:
    """Read one file.

    Parameters
    ----------
    path
        The file.
    name
        How faults name it.
    key
        Column that identifies a record in messages.
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


def _unreadable(name: str, key: str, fault: str) -> Table:
    return Table(name=name, key=key, frame=None, faults=[fault])


def _parse(text: str, *, name: str, key: str, dtypes: Mapping[str, str]) -> Table:
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
        return Table(name=name, key=key, frame=None, faults=faults)
    raw = pd.DataFrame(records, columns=columns, dtype="string").replace("", pd.NA)
    table = Table(name=name, key=key, frame=raw)
    typed = {column: _typed(table, raw[column], dtypes[column]) for column in columns}
    return Table(name, key, pd.DataFrame(typed), table.faults, table.faulty_cells)


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


def _typed(table: Table, cells: pd.Series, dtype: str) -> pd.Series:
    """Convert text cells to ``dtype``; what cannot be converted is a fault and becomes missing."""
    if dtype == "string":
        return cells
    whole = dtype == "Int64"
    values: list[float | int | None] = []
    for row, cell in enumerate(cells):
        value = None if pd.isna(cell) else _number(cell, whole=whole)
        if value is None and not pd.isna(cell):
            table.fault(row, str(cells.name), cell, "a whole number" if whole else "a number")
        values.append(value)
    return pd.Series(values, dtype=dtype, name=cells.name, index=cells.index)


def _number(text: str, *, whole: bool) -> float | int | None:
    """Return the number written in plain ASCII, or ``None``. ``inf`` is allowed, ``nan`` is not."""
    if not text.isascii() or "_" in text or text != text.strip():
        return None
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        return None
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_WHOLE else None
    return None if math.isnan(value) else value
