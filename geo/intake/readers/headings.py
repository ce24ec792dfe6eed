"""Where a table begins: the row of its headings, and the names of its columns."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Row = Sequence[object]

SAMPLE: Final = 60
"""Rows that are looked at to find the headings."""

VALUE: Final = re.compile(
    r"(?=.*\d)[-+\d.,;:/|\s°º'\"′″’”度分秒年月日NSEW东西南北经纬]+"
    r"|\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*Z?\s*\(.*",
    re.IGNORECASE | re.DOTALL,
)
"""A number, an angle, a date or a geometry: what no heading is."""

YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\.0)?年?")
"""A year can be a heading."""


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def find(rows: Sequence[Row]) -> int:
    """Return the row of headings, counted from 1; 0 where there is none.

    It is the first row that is as wide as the table: titles and remarks above it fill a cell or
    two. A row with a number, an angle or a date is none, nor one that shares a value with the
    rows below it, unless it is written again as a whole.

    Parameters
    ----------
    rows
        The first of the table, merged cells filled once.
    """
    filled = [sum(not is_empty(cell) for cell in row) for row in rows]
    widest = max(filled, default=0)
    wide = max((widest + 1) // 2, min(widest, 2))
    at = next((at for at, count in enumerate(filled) if count and count >= wide), None)
    if at is None or any(_is_value(cell) for cell in rows[at]):
        return 0
    shared = sum(_occurs(cell, column, rows[at + 1 :]) for column, cell in enumerate(rows[at]))
    return 0 if 0 < shared < filled[at] else at + 1


def _is_value(cell: object) -> bool:
    if is_empty(cell):
        return False
    if not isinstance(cell, str):
        return isinstance(cell, bool) or not YEAR.fullmatch(str(cell))
    plain = unicodedata.normalize("NFKC", cell).strip()
    return bool(VALUE.fullmatch(plain)) and not YEAR.fullmatch(plain)


def _occurs(cell: object, column: int, rows: Sequence[Row]) -> bool:
    return not is_empty(cell) and any(len(row) > column and row[column] == cell for row in rows)


def named(headings: Row, width: int) -> list[str]:
    """Return a name for each column, each once.

    What has no heading is called as a spreadsheet calls it (A, B, ... AA); a heading that comes
    again has its number behind it.

    Parameters
    ----------
    headings
        The row of headings; empty where there is none.
    width
        How many columns there are.
    """
    cells = [*headings, *[None] * (width - len(headings))][:width]
    return unique(
        letters(at) if is_empty(cell) else " ".join(str(cell).split())
        for at, cell in enumerate(cells)
    )


def unique(names: Iterable[str]) -> list[str]:
    """Return names, each once: a repeated one has its number behind it."""
    names = list(names)
    used, seen = set(names), Counter[str]()
    result = []
    for name in names:
        seen[name] += 1
        own = name
        if seen[name] > 1:
            while (own := f"{name}_{seen[name]}") in used:
                seen[name] += 1
            used.add(own)
        result.append(own)
    return result


def letters(at: int) -> str:
    """Return how a spreadsheet calls a column counted from 0."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
