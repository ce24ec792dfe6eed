"""CSV that spreadsheets open safely: the same bytes for the same input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.files import plain_values

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    found = plain_values.columns(table, metadata=metadata)
    frame = pd.DataFrame(
        {
            plain_values.neutral(name): [_cell(value) for value in column]
            for name, column in found.items()
        },
        dtype=object,
    )
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        value = plain_values.to_json(value)
    return plain_values.neutral(value) if isinstance(value, str) else value
