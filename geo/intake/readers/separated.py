"""Tables as text: CSV, TSV, TXT."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import chain, islice, zip_longest
from statistics import median_low
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.intake import words
from geo.intake.readers import encodings, headings, limits, tables
from geo.intake.table import RawTable, Reading, RowFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEPARATORS: Final = (",", "\t", ";", "|")

FIRST: Final = 1 << 16
"""Characters in which the separator is looked for."""

CHUNK: Final = 1 << 11
"""Rows that are Python's for a while, before they are put away as columns."""

STATED: Final = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""A first line by which Excel is told the separator; it shows it as no row."""

MARKUP: Final = re.compile(r"\s*<(?:[?!]|[A-Za-z]+[\s>])")
"""XML or HTML, whatever it is called."""

COMMA_NUMBER: Final = r"\s*[+-]?\d{1,3}(?:,\d+)?\s*"
COMMA_DEGREES: Final = r"\s*[+-]?\d{1,3},\d{4,}\s*"
"""Degrees with a decimal comma: no thousands, of which three digits are behind it, and no pair."""

csv.field_size_limit(1 << 30)  # an outline as WKT is longer than the 128 KB that csv begins with


def read(file: str, content: bytes, asked: Reading) -> RawTable:
    """Return the table of a text.

    Parameters as of `geo.intake.readers.choice.Reader`.

    Raises
    ------
    RefusedFileError
        Where there is no table in it that can be read.
    """
    text, encoding = encodings.decode(file, content, asked.encoding)
    if not text.strip():
        words.refuse("empty", file=file)
    if MARKUP.match(text):
        words.refuse("markup", file=file)
    stated = STATED.match(text)
    start = stated.end() if stated else 0
    separator = asked.separator or (stated[1] if stated else _separator(text[start:FIRST]))
    if len(separator) != 1 or separator in '"\r\n':
        words.refuse("bad_separator", file=file, separator=separator)
    rows = _rows(file, text[start:], separator)
    first = list(islice(rows, headings.SAMPLE))
    header = headings.find(first) if asked.header is None else asked.header
    rows = chain(first, rows)
    heads = list(islice(rows, header))[-1] if 0 < header <= len(first) else []
    if not 0 <= header <= len(first):
        words.refuse("no_header", file=file, header=header, most=len(first))
    width = _width(heads, first[header:])
    cells, faults = _table(file, enumerate(rows, header + 1), width, separator)
    if separator != ",":
        cells = cells.apply(_with_points)
    cells.columns = headings.named(heads, width)
    if encodings.BROKEN in text:
        faults += tables.broken(cells)
    return RawTable(
        file=file,
        format="csv",
        reading=Reading(encoding=encoding, separator=separator, header=header),
        cells=cells.drop(columns=_void(cells, heads)),
        faults=tuple(faults),
    )


def _separator(text: str) -> str:
    """Return the separator by which most rows have as many cells as the others.

    The last row of the sample, which may be cut, is left out.
    """
    best, found = (0.0, 0), SEPARATORS[0]
    for separator in SEPARATORS:
        sample = [row for row in _parsed(text, separator) if any(row)]
        counts = Counter(map(len, sample[:-1] or sample))
        width, rows = max(counts.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
        score = rows / max(counts.total(), 1), width
        if width > 1 and score > best:
            best, found = score, separator
    return found


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _rows(file: str, text: str, separator: str) -> Iterator[list[str]]:
    """Yield the rows as a spreadsheet shows them: a line break in quotes begins none.

    A quote that is never closed swallows the rest of the file; the row it begins in is told.
    """
    ended = False

    def lines() -> Iterator[str]:
        nonlocal ended
        yield from io.StringIO(text, newline="")
        ended = True

    for number, row in enumerate(csv.reader(lines(), delimiter=separator), 1):
        if ended:  # the row asked for another line
            words.refuse("open_quote", file=file, row=number)
        if len(row) > limits.MOST_COLUMNS:
            limits.check_columns(file, len(row))
        yield row


def _width(heads: Sequence[str], sample: Sequence[Sequence[str]]) -> int:
    """Return how many columns there are: as many as headings, or as most rows have cells."""
    filled = [n for row in sample if (n := _filled(row))]
    if not heads:
        return max(filled, default=0)
    return max(_filled(heads), median_low(filled) if filled else 0)


def _filled(row: Sequence[str]) -> int:
    """Return how many cells a row has, empty ones at its end not counted."""
    return max((at for at, cell in enumerate(row, 1) if cell.strip()), default=0)


def _table(
    file: str, rows: Iterator[tuple[int, list[str]]], width: int, separator: str
) -> tuple[pd.DataFrame, list[RowFault]]:
    """Return the cells of all rows that have any, and the rows that have too many."""
    parts: list[pa.Table] = []
    numbers: list[int] = []
    faults: list[RowFault] = []
    names = list(map(str, range(width)))
    while chunk := list(islice(rows, CHUNK)):
        filled = {number: row for number, row in chunk if any(map(str.strip, row))}
        numbers += filled
        limits.check_cells(file, len(numbers), width)
        limits.check_rows(file, chunk[-1][0] // 2)  # of empty rows, no end either
        if max(map(len, filled.values()), default=0) > width:
            faults += _extra(filled, width, separator)
        columns = islice(zip_longest(*filled.values(), fillvalue=""), width)
        arrays = [_emptied(pa.array(column, pa.large_string())) for column in columns]
        arrays += [pa.nulls(len(filled), pa.large_string())] * (width - len(arrays))
        parts.append(pa.table(arrays, names=names))
    if not numbers:
        words.refuse("no_rows", file=file)
    cells = pa.concat_tables(parts).to_pandas()
    return cells.set_axis(pd.Index(numbers, name=tables.NAME)), faults


def _extra(rows: dict[int, list[str]], width: int, separator: str) -> list[RowFault]:
    """Return the rows that have cells beyond the last column."""
    return [
        RowFault(row=number, column="", value=separator.join(row[width:]), code="extra_cells")
        for number, row in rows.items()
        if any(map(str.strip, row[width:]))
    ]


def _emptied(cells: pa.Array) -> pa.Array:
    """Return cells without those that hold nothing but spaces."""
    return pc.replace_with_mask(
        cells, pc.equal(pc.utf8_trim_whitespace(cells), ""), pa.scalar(None, cells.type)
    )


def _with_points(column: pd.Series) -> pd.Series:
    """Return a column with points where most of its cells are degrees with decimal commas."""
    filled = column.dropna()
    if not filled.head(headings.SAMPLE).str.fullmatch(COMMA_NUMBER).all():
        return column  # as most: they need not be read to their ends
    degrees = filled.str.fullmatch(COMMA_DEGREES).mean() > 1 / 2
    numbers = degrees and filled.str.fullmatch(COMMA_NUMBER).all()
    return column.str.replace(",", ".") if numbers else column


def _void(cells: pd.DataFrame, heads: Sequence[str]) -> list[str]:
    """Return columns that have neither heading nor cells: separators at the end of each row."""
    return [
        name
        for at, name in enumerate(cells.columns)
        if (at >= len(heads) or not heads[at].strip()) and cells[name].isna().all()
    ]
