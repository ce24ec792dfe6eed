"""Excel workbooks: a sheet a table, one that explains the columns, one that names the sources."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from geo.facts import dictionary, schemas
from geo.files import plain_values, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from geo.files.about import About
    from geo.settings import Language

LONGEST_TEXT: Final = 32_767
"""Characters that a cell of Excel holds."""
NARROWEST, WIDEST = 8, 48
"""Columns, in characters."""
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
WRAPPED: Final = {"text_wrap": True, "valign": "top"}
NUMBER_FORMATS: Final[Mapping[schemas.ColumnType, str]] = {"integer": "#,##0", "year": "0"}


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
    contents = {name: rows.of(frame, table=name) for name, frame in tables.items()}
    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        book.set_properties(
            {
                "title": plain_values.writable(about.title),
                "created": dt.datetime.combine(about.date, dt.time(), dt.UTC),
            }
        )
        for name, content in contents.items():
            _data(book, name, content, lang=about.language)
        _dictionary(book, contents, lang=about.language)
        _about(book, contents, about)
    return target.getvalue()


def _data(book: Workbook, name: dictionary.Table, content: rows.Rows, *, lang: Language) -> None:
    headings = [column.title[lang] or column.name for column in content.columns]
    formats = [{"num_format": NUMBER_FORMATS.get(column.type, "")} for column in content.columns]
    _sheet(book, dictionary.word(name, lang=lang), headings, content, formats=formats)


def _dictionary(
    book: Workbook, contents: Mapping[dictionary.Table, rows.Rows], *, lang: Language
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
        for table, content in contents.items()
        for column in content.columns
    ]
    words = [dictionary.word(name, lang=lang) for name in headings]
    _sheet(book, dictionary.word("dictionary", lang=lang), words, lines)


def _about(book: Workbook, contents: Mapping[dictionary.Table, rows.Rows], about: About) -> None:
    lang = about.language
    counts = [
        (
            f"{dictionary.word(table, lang=lang)}: {dictionary.word('rows', lang=lang)}",
            content.count,
        )
        for table, content in contents.items()
    ]
    head, *rest = about.lines()
    _sheet(book, dictionary.word("about", lang=lang), head, [*rest, *counts], filtered=False)


def _sheet(
    book: Workbook,
    name: str,
    headings: Sequence[str],
    lines: Iterable[Sequence[object]],
    *,
    formats: Sequence[Mapping[str, object]] = (),
    filtered: bool = True,
) -> None:
    """Add a sheet; its headings stay in view and filter the lines, which wrap without formats."""
    sheet: Worksheet = book.add_worksheet(name)
    written = [[_cell(value) for value in line] for line in (headings, *lines)]
    for position, column in enumerate(zip(*written, strict=True)):
        width = max(NARROWEST, *(_width(str(value)) for value in column if value is not None))
        form = book.add_format(dict(formats[position]) if formats else WRAPPED)
        sheet.set_column(position, position, min(width + 2, WIDEST), form)
    bold = book.add_format({"bold": True})
    for number, line in enumerate(written):
        sheet.write_row(number, 0, line, None if number else bold)
    sheet.freeze_panes(1, 0)
    if filtered and headings:
        sheet.autofilter(0, 0, len(written) - 1, len(headings) - 1)


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = plain_values.neutral(plain_values.writable(value))
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _width(text: str) -> int:
    """Return how wide the widest line is, in Latin letters."""
    return max(
        sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)
        for line in text[:LONGEST_TEXT].split("\n")
    )
