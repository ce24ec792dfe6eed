"""Excel workbooks: a sheet a table, one that explains the columns, one that names the sources."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from geo.facts import dictionary
from geo.files import plain_values, rows
from geo.files.archive import archive, entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

    from geo.files.about import About

LONGEST_TEXT: Final = 32_767
"""Characters that a cell of Excel holds."""
NARROWEST, WIDEST = 8, 48
"""Columns, in characters."""
CORE: Final = "docProps/core.xml"
MOMENT: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(?=<)")
NUMBER_FORMATS: Final[Mapping[dictionary.Type, str]] = {"integer": "#,##0", "year": "0"}


def excel(tables: Mapping[dictionary.Table, pd.DataFrame], about: About) -> bytes:
    """Return tables as an Excel workbook.

    Parameters
    ----------
    tables
        Each table by what it is; geometries are left out, a named index comes first.
    about
        What the file says about itself.

    Returns
    -------
    bytes
        A sheet a table, its columns headed in the language of the file, as people read it; then
        one with the name that each has in every other format, by which programs find it, and its
        meaning; then one with title, date, filters, method, sources and licence. Numbers are
        numbers; text that a spreadsheet could take for a formula has an apostrophe in front.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    found = {name: rows.of(frame, table=name) for name, frame in tables.items()}
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in found.items():
        _data(_sheet(book, name, about), content, lang=about.language)
    _dictionary(_sheet(book, "dictionary", about), found, lang=about.language)
    _about(_sheet(book, "about", about), found, about)
    book.properties.title = plain_values.writable(about.title)
    book.properties.creator = None
    target = io.BytesIO()
    book.save(target)
    return _dated(target.getvalue(), about.date)


def _sheet(book: Workbook, name: str, about: About) -> Worksheet:
    sheet: Worksheet = book.create_sheet(dictionary.word(name, lang=about.language))
    return sheet


def _data(sheet: Worksheet, found: rows.Rows, *, lang: dictionary.Lang) -> None:
    names = [column.title[lang] or column.name for column in found.columns]
    _fill(sheet, names, found)
    for number, column in enumerate(found.columns, start=1):
        if form := NUMBER_FORMATS.get(column.type):
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, number).number_format = form


def _dictionary(
    sheet: Worksheet, found: Mapping[dictionary.Table, rows.Rows], *, lang: dictionary.Lang
) -> None:
    headings = ("table", "column", "heading", "meaning", "unit", "type", "codes")
    lines = [
        (
            dictionary.word(table, lang=lang),
            column.name,
            column.title[lang],
            column.meaning[lang],
            column.unit[lang],
            column.type,
            "\n".join(f"{code}: {words[lang]}" for code, words in column.codes.items()),
        )
        for table, content in found.items()
        for column in content.columns
    ]
    _fill(sheet, [dictionary.word(name, lang=lang) for name in headings], lines, wrap=True)


def _about(sheet: Worksheet, found: Mapping[dictionary.Table, rows.Rows], about: About) -> None:
    counted = dictionary.word("rows", lang=about.language)
    counts = [
        (f"{dictionary.word(table, lang=about.language)}: {counted}", content.count)
        for table, content in found.items()
    ]
    head, *rest = about.lines()
    _fill(sheet, head, [*rest, *counts], wrap=True, filtered=False)


def _fill(
    sheet: Worksheet,
    headings: Sequence[str],
    lines: Iterable[Sequence[object]],
    *,
    wrap: bool = False,
    filtered: bool = True,
) -> None:
    """Write a heading and lines; the heading stays in view and filters the lines."""
    widths = [NARROWEST] * len(headings)
    for number, line in enumerate([headings, *lines], start=1):
        for position, value in enumerate(line):
            if value is None or value == "":
                continue
            cell = sheet.cell(number, position + 1)
            if isinstance(value, str):
                cell.value = _text(value)
                cell.data_type = "s"  # "#N/A" is a text here, and nothing is a formula
                if wrap:
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
            elif isinstance(value, int | float):
                cell.value = value
            widths[position] = max(widths[position], _width(str(value)))
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = min(width + 2, WIDEST)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    if filtered and headings:
        sheet.auto_filter.ref = sheet.dimensions


def _text(value: str) -> str:
    text = plain_values.neutral(plain_values.writable(value))
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _width(text: str) -> int:
    """Return how wide the widest line is, in Latin letters."""
    return max(
        sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)
        for line in text[:LONGEST_TEXT].split("\n")
    )


def _dated(data: bytes, day: dt.date) -> bytes:
    """Return the workbook as if it had been saved on a day, and so the same every time."""
    parts = entries(data)
    moment = dt.datetime.combine(day, dt.time(), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    parts[CORE] = MOMENT.sub(rb"\g<1>" + moment, parts[CORE])
    return archive(parts)
