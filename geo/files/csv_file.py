"""CSV that spreadsheets open safely: the same bytes for the same input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.files import plain_values, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def csv(table: pd.DataFrame, *, metadata: Mapping[str, object] | None = None) -> bytes:
    """Return a table as CSV (RFC 4180) that any spreadsheet opens and none executes.

    Text that a spreadsheet could take for a formula gets an apostrophe in front; numbers stay
    numbers. Geometry columns are left out, a named index comes first.

    Parameters
    ----------
    table : DataFrame
        Any columns.
    metadata : mapping, optional
        Further columns, the same in every row, so that every program can read the file.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, commas, CRLF line ends, empty cells for what is unknown.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    return b"".join(pieces(table, metadata=metadata))


def pieces(
    table: pd.DataFrame, *, metadata: Mapping[str, object] | None = None, size: int = rows.PIECE
) -> Iterator[bytes]:
    """Return the same piece by piece, so that a long table is never text as a whole.

    Parameters
    ----------
    table, metadata
        As for `csv`.
    size
        Rows of a piece.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    for start in range(0, max(len(table), 1), size):
        found = plain_values.columns(table.iloc[start : start + size], metadata=metadata)
        frame = pd.DataFrame(
            {
                plain_values.neutral(name): [_cell(value) for value in column]
                for name, column in found.items()
            },
            dtype=object,
        )
        text = frame.to_csv(index=False, header=not start, lineterminator="\r\n")
        yield text.encode("utf-8" if start else "utf-8-sig", "replace")


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        value = plain_values.to_json(value)
    return plain_values.neutral(value) if isinstance(value, str) else value
