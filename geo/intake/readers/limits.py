"""How much of a file is read at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.intake import words
from geo.settings import current

if TYPE_CHECKING:
    from collections.abc import Sized

MEGABYTE: Final = 1_000_000

MOST_COLUMNS: Final = 1000

MOST_CELLS: Final = 20_000_000
"""Of a table, empty ones included: 40 columns of the longest."""

UNPACKED: Final = 20
"""How many times the largest upload an archive may hold unpacked."""


def check_size(file: str, content: Sized) -> None:
    """Refuse a file that is empty or too large.

    Raises
    ------
    RefusedFileError
        With the limit in its message.
    """
    most = current().upload_mb
    if not len(content):
        words.refuse("empty", file=file)
    if len(content) > most * MEGABYTE:
        # Rounded up, so that the size told is never the limit itself.
        size = f"{len(content) / MEGABYTE + 0.05:.1f}"
        words.refuse("too_large", file=file, size=size, most=f"{most:g}")


def check_rows(file: str, count: int) -> None:
    """Refuse a table with too many rows.

    Raises
    ------
    RefusedFileError
        With the limit in its message.
    """
    most = current().upload_rows
    if count > most:
        words.refuse("too_many_rows", file=file, most=f"{most:,}")


def check_columns(file: str, count: int) -> None:
    """Refuse a table with too many columns.

    Raises
    ------
    RefusedFileError
        With the limit in its message.
    """
    if count > MOST_COLUMNS:
        words.refuse("too_many_columns", file=file, most=f"{MOST_COLUMNS:,}")


def check_cells(file: str, rows: int, columns: int) -> None:
    """Refuse a table with too many rows, columns or cells, before it is made.

    Raises
    ------
    RefusedFileError
        With the limit in its message.
    """
    check_rows(file, rows)
    check_columns(file, columns)
    if rows * columns > MOST_CELLS:
        words.refuse("too_many_cells", file=file, most=f"{MOST_CELLS:,}")


def unpacked_bytes() -> int:
    """Return how many bytes an archive may hold unpacked."""
    return int(current().upload_mb * MEGABYTE * UNPACKED)
