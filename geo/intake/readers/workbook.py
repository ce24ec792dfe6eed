"""Workbooks: .xlsx, .xls, .ods. Calamine reads the cells, in a process of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.errors import RefusedFileError
from geo.intake import words
from geo.intake.readers import headings, jobs, limits, tables
from geo.intake.readers.archives import Archive
from geo.intake.table import RawTable, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    Grid = list[list[Any]]
    Merged = tuple[tuple[int, int], tuple[int, int]]
    """First and last cell of an area: row and column, from 0."""

ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which Excel keeps a workbook with a password."""

MOST_MERGED: Final = 1_000_000
"""Cells that merged areas may fill."""


def read(file: str, content: bytes, asked: Reading) -> RawTable:
    """Return the table of a sheet: the first visible one with cells, if none is asked for.

    What was merged holds its value in each of its cells.

    Parameters as of `geo.intake.readers.choice.Reader`.

    Raises
    ------
    RefusedFileError
        Where there is no table in it that can be read.
    """
    if content.startswith(b"PK"):
        Archive(file, content)
    elif ENCRYPTED in content:
        words.refuse("encrypted", file=file)
    said, rows = jobs.run("workbook", json.dumps(asked.layer), file=file, content=content)
    grid: Grid = json.loads(bytes(rows), object_hook=_date)
    limits.check_columns(file, max(map(len, grid), default=0))
    merged = [_area(each, grid) for each in said["merged"]]
    header = _header(grid, merged) if asked.header is None else asked.header
    if not 0 <= header <= len(grid):
        words.refuse("no_header", file=file, header=header, most=len(grid))
    _fill(file, grid, merged)
    filled = [
        (number, row)
        for number, row in enumerate(grid[header:], header + 1)
        if any(cell is not None for cell in row)
    ]
    if not filled:
        others = said["layers"] if asked.layer is None else []
        behind = [each for each in others if each != said["layer"]]
        return _first_with_rows(file, content, asked, behind)
    limits.check_rows(file, len(filled))
    heads = grid[header - 1] if header else []
    columns = list(zip(*(row for _, row in filled), strict=True))
    names = headings.named(heads, len(columns))
    kept = {
        name: column
        for at, (name, column) in enumerate(zip(names, columns, strict=True))
        if (heads and heads[at] is not None) or any(cell is not None for cell in column)
    }
    return RawTable(
        file=file,
        format="excel",
        reading=Reading(header=header, layer=said["layer"]),
        layers=tuple(said["layers"]),
        cells=tables.from_objects(kept, [number for number, _ in filled]),
    )


def _first_with_rows(file: str, content: bytes, asked: Reading, layers: Sequence[str]) -> RawTable:
    """Return the first of some sheets that is a table: what stands before it may be a cover."""
    if not layers:
        words.refuse("no_rows", file=file)
    try:
        return read(file, content, replace(asked, layer=layers[0]))
    except RefusedFileError:
        return _first_with_rows(file, content, asked, layers[1:])


def _date(marked: dict[str, str]) -> date:
    """Return the date that JSON marks."""
    if "date" in marked:
        return date.fromisoformat(marked["date"])
    return datetime.fromisoformat(marked["time"])


def _area(merged: Sequence[Sequence[int]], grid: Grid) -> Merged:
    """Return a merged area, cut to the sheet: whole columns can be merged."""
    (top, left), (bottom, right) = merged
    return (top, left), (min(bottom, len(grid) - 1), min(right, max(map(len, grid)) - 1))


def _header(grid: Grid, merged: Sequence[Merged]) -> int:
    """Return the row of headings: of headings in several rows the last."""
    first = headings.find(grid[: headings.SAMPLE])
    spans = [bottom for (top, _), (bottom, _) in merged if top <= first - 1 <= bottom]
    return max([first - 1, *spans]) + 1 if first else 0


def _fill(file: str, grid: Grid, merged: Sequence[Merged]) -> None:
    areas = ((bottom - top + 1) * (right - left + 1) for (top, left), (bottom, right) in merged)
    if sum(areas) > MOST_MERGED:
        words.refuse("too_costly", file=file)
    for (top, left), (bottom, right) in merged:
        if top <= bottom and left <= right:
            value = grid[top][left]
            for row in grid[top : bottom + 1]:
                row[left : right + 1] = [value] * (right - left + 1)
