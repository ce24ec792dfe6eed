"""Job: the tables of a SQLite file as they are stored, as JSON. Nothing that it defines is run."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

MOST_CELLS = 20_000_000
MOST_BYTES = 1 << 28
"""Of the texts and bytes that are handed over: what a column is by default fills no file."""

MOST_COLUMNS = 2000


def run(path: str, most_rows: str, *names: str) -> tuple[dict[str, Any], bytes]:
    """Return the columns and rows of those tables that there are.

    Parameters
    ----------
    path
        A file in a folder that is removed.
    most_rows
        A longer table is not read.
    *names
        Of the tables.
    """
    try:
        with closing(_untrusted(path)) as base:
            plain = {
                name
                for name, kind, statement in base.execute(
                    "SELECT name, type, sql FROM sqlite_schema"
                )
                if kind == "table" and not str(statement).upper().startswith("CREATE VIRTUAL")
            }
            return _tables(base, [name for name in names if name in plain], int(most_rows))
    except sqlite3.Error as error:
        return {"refused": "damaged", "why": str(error)}, b""


def _untrusted(path: str) -> sqlite3.Connection:
    """Open a file of which nothing is believed: what it stores is read, what it defines is not."""
    base = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro&immutable=1", uri=True)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA cell_size_check = ON")
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    base.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, MOST_COLUMNS)
    return base


def _tables(
    base: sqlite3.Connection, names: list[str], most_rows: int
) -> tuple[dict[str, Any], bytes]:
    """Return tables with their rows in the order in which they are stored."""
    tables, cells, size = {}, 0, 0
    for name in names:
        found = base.execute(f'SELECT * FROM "{name}" ORDER BY rowid LIMIT ?', (most_rows + 1,))  # noqa: S608
        rows = []
        for row in found:
            rows.append(row)
            cells += len(row)
            size += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
            if cells > MOST_CELLS or size > MOST_BYTES:
                return {"refused": "too_costly"}, b""
        if len(rows) > most_rows:
            return {"refused": "too_many_rows", "table": name}, b""
        tables[name] = {"columns": [each[0] for each in found.description], "rows": rows}
    return {}, json.dumps(tables, default=_bytes).encode()


def _bytes(cell: bytes) -> dict[str, str]:
    return {"bytes": base64.b64encode(cell).decode()}
