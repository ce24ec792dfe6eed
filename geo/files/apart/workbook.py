"""Job: the cells of a sheet of a workbook, as JSON."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

MOST_CELLS = 20_000_000


def run(asked: str) -> tuple[dict[str, Any], bytes]:
    """Return the names of the sheets, which was read, its merged cells; and its cells.

    Parameters
    ----------
    asked
        Name of the sheet as JSON; null for the first visible one that has cells.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        return _read(book, json.loads(asked))
    except PasswordError:
        return {"refused": "encrypted"}, b""


def _read(book: CalamineWorkbook, asked: str | None) -> tuple[dict[str, Any], bytes]:
    names = book.sheet_names
    if asked is not None and asked not in names:
        return {"refused": "no_layer", "layer": asked, "known": ", ".join(names)}, b""
    hidden = {
        each.name for each in book.sheets_metadata if each.visible != SheetVisibleEnum.Visible
    }
    order = [asked] if asked is not None else sorted(names, key=hidden.__contains__)
    for name in order:
        sheet = book.get_sheet_by_name(name)
        if sheet.end is None:
            continue
        height, width = sheet.end[0] + 1, sheet.end[1] + 1
        if height * width > MOST_CELLS:
            return {"refused": "too_costly"}, b""
        rows = [list(map(_plain, row)) for row in sheet.to_python(skip_empty_area=False)]
        said = {"layers": names, "layer": name, "merged": sheet.merged_cell_ranges or []}
        return said, json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace")
    return {"refused": "empty"}, b""


def _plain(cell: object) -> object:
    """Return a cell as JSON has it: whole numbers whole, dates marked, nothing for no text."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
    if isinstance(cell, dt.datetime):
        return {"date": str(cell.date())} if cell.time() == dt.time() else {"time": str(cell)}
    if isinstance(cell, dt.date):
        return {"date": str(cell)}
    return str(cell)
