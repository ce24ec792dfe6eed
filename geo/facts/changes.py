"""The record of changes: what the tables of facts say today, replayed from the last release.

``data/changes.csv`` has a line for each fact that changed, in the order in which they changed;
``data/releases/`` has the tables of the last release in one file. Each line says what stood there
before it, so that a line that does not fit is found, and a change without a line as well.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from geo.facts import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Cells = dict[str, str]
Rows = dict[str, Cells]
"""The rows of a table in order, by what identifies them."""

FILE: Final = "changes.csv"
UNRECORDED: Final = frozenset(
    {
        *("vocabulary", "families", "sectors", "columns", "wording"),
        *("romanisation", "unit_names", "changes"),
    }
)
"""Tables of our own words and spellings, and the record itself: no facts of others."""

IN_ORDER: Final = frozenset({"areas", "census"})
"""Tables that are sorted by what identifies a row; elsewhere a new row comes last."""

RECORDED: Final = tuple(name for name in schemas.SCHEMAS if name not in UNRECORDED)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the record.

    Attributes
    ----------
    date
        Day of the change, YYYY-MM-DD.
    table
        Name of the file without its ending; empty for a release.
    id
        What identifies the row; empty for what happens to a column or a table.
    field
        The column; empty for what happens to a row or a table.
    old, new
        The cell before and after, or a row as :func:`written`.
    reason
        Of `schemas.Reason`.
    source
        Source of the new fact; empty where `new` is or holds it.
    """

    date: str
    table: str
    id: str
    field: str
    old: str
    new: str
    reason: str
    source: str


def read(folder: Path) -> tuple[Change, ...]:
    """Return the lines of a data folder's record in order."""
    rows = csv.reader(io.StringIO((folder / FILE).read_text("utf-8"), newline=""))
    next(rows)
    return tuple(Change(*row) for row in rows)


def write(folder: Path, lines: Iterable[Change]) -> None:
    """Write the record of a data folder."""
    (folder / FILE).write_bytes(as_file(lines))


def as_file(lines: Iterable[Change]) -> bytes:
    """Return lines as the file of a record."""
    header = [each.name for each in fields(Change)]
    return as_csv([header, *map(astuple, lines)])


def with_reason(line: Change, *, reason: str, source: str | None = None) -> Change:
    """Return a line with the reason and the source of its cell, where it is a cell's."""
    if line.reason:
        return line
    return replace(line, reason=reason, source=line.source if source is None else source)


def of_today(folder: Path) -> dict[str, bytes]:
    """Return the recorded tables of a data folder by name, as they are written."""
    return {name: (folder / f"{name}.csv").read_bytes() for name in RECORDED}


def released(folder: Path) -> dict[str, bytes]:
    """Return the tables of the last release, and those added since as they first were."""
    with zipfile.ZipFile(_release(folder, read(folder))) as file:
        return {name.removesuffix(".csv"): file.read(name) for name in file.namelist()}


def keep(folder: Path, tables: Mapping[str, bytes]) -> None:
    """Write the tables of the last release; the same tables are always the same file."""
    path = _release(folder, read(folder))
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in sorted(tables.items()):
            member = zipfile.ZipInfo(f"{name}.csv")
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, content)


def since_release(lines: Iterable[Change]) -> tuple[Change, ...]:
    """Return the lines after the last release."""
    lines = tuple(lines)
    last = max(at for at, line in enumerate(lines) if line.reason == "released")
    return lines[last + 1 :]


def _release(folder: Path, lines: tuple[Change, ...]) -> Path:
    version = next(line.new for line in reversed(lines) if line.reason == "released")
    return folder / "releases" / f"{version}.zip"


def replay(base: Mapping[str, bytes], lines: Iterable[Change]) -> dict[str, bytes]:
    """Return the tables that a record makes of those of a release.

    Parameters
    ----------
    base
        As :func:`released`.
    lines
        The lines since then, in order.

    Returns
    -------
    dict of str to bytes
        The tables as files; columns are in the order of the schemas.

    Raises
    ------
    ValueError
        If a line does not say what stood there before it.
    """
    lines = tuple(lines)
    late = {line.table for line in lines if _of_table(line)}
    tables = {name: rows(name, file) for name, file in base.items() if name not in late}
    for number, line in enumerate(lines, start=1):
        if _of_table(line):
            tables[line.table] = rows(line.table, base[line.table])
            found = str(len(tables[line.table]))
            _hold(line, number, "new", found)
        else:
            _apply(tables[line.table], line, number)
    return {name: file(name, table) for name, table in tables.items()}


def _of_table(line: Change) -> bool:
    return bool(line.table) and not line.id and not line.field


def _apply(table: Rows, line: Change, number: int) -> None:
    """Change a table as a line says."""
    if not line.id:
        there = line.field in _columns(table)
        if line.reason not in {"added", "renamed", "removed"} or there == (line.reason == "added"):
            place = f"line {number} since the release ({line.table} {line.field})"
            raise ValueError(
                f"{place}: {line.reason!r} of a column that is {'' if there else 'not '}there"
            )
        for cells in table.values():
            _change_column(cells, line)
    elif not line.field:
        empty = dict.fromkeys(_columns(table), "")
        before = table.pop(line.id, {})
        if _filled(before) != json.loads(line.old or "{}"):
            _hold(line, number, "old", written(before) if before else "")
        if line.new:
            table[line.id] = empty | json.loads(line.new)
    else:
        cells = table.get(line.id, {})
        _hold(line, number, "old", cells.get(line.field, "(no such row or column)"))
        cells[line.field] = line.new


def _change_column(cells: Cells, line: Change) -> None:
    held = cells.pop(line.field, "")
    if line.reason == "renamed":
        cells[line.new] = held
    elif line.reason == "added":
        cells[line.field] = line.new


def _hold(line: Change, number: int, side: str, found: str) -> None:
    recorded = getattr(line, side)
    if recorded != found:
        place = " ".join(filter(None, (line.table, line.id, line.field)))
        words = f"line {number} since the release ({place})"
        raise ValueError(f"{words}: {side} is {recorded!r}, found {found!r}")


def missing(base: Mapping[str, bytes], today: Mapping[str, bytes], *, date: str) -> list[Change]:
    """Return the lines that make today's tables of others, with a reason for rows alone.

    Parameters
    ----------
    base
        The tables as the record has them, as :func:`replay` returns them.
    today
        The tables as they are.
    date
        Day that the lines get.
    """
    found: list[Change] = []
    for name, content in today.items():
        after = rows(name, content)
        if name in base:
            found += _differences(name, rows(name, base[name]), after, date=date)
        else:
            found.append(Change(date, name, "", "", "", str(len(after)), "added", ""))
    return found


def _differences(name: str, before: Rows, after: Rows, *, date: str) -> Iterator[Change]:
    had, has = _columns(before), _columns(after)
    for column in sorted(set(had) - set(has)):
        yield Change(date, name, "", column, "", "", "removed", "")
    usual = {column: _usual(column, before, after) for column in has if column not in had}
    for column, value in usual.items():
        yield Change(date, name, "", column, "", value, "added", "")
    before = {
        key: {column: cells[column] for column in had if column in has} | usual
        for key, cells in before.items()
    }
    for key, cells in before.items():
        if key not in after:
            yield Change(date, name, key, "", written(cells), "", "removed", "")
    for key, cells in after.items():
        if key not in before:
            yield Change(date, name, key, "", "", written(cells), "added", "")
            continue
        for column, value in cells.items():
            was = before[key][column]
            if was != value:
                yield Change(date, name, key, column, was, value, "", source_of(cells, column))


def _usual(column: str, before: Rows, after: Rows) -> str:
    """Return what a new column says in most of the rows that there were."""
    values = Counter(cells[column] for key, cells in after.items() if key in before)
    return values.most_common(1)[0][0] if values else ""


def _columns(table: Rows) -> list[str]:
    return list(next(iter(table.values())))


def source_of(cells: Mapping[str, str], column: str) -> str:
    """Return the source that a row gives for a column; empty for what is a source itself."""
    own = {"lon": "coord_source", "lat": "coord_source", "precision": "coord_source"}
    named = own.get(column, f"{column.partition('_')[0]}_source")
    return "" if column.endswith("source") else cells.get(named) or cells.get("source", "")


def rows(name: str, content: bytes) -> Rows:
    """Return the rows of a table's file by what identifies them."""
    keys = schemas.IDENTIFIED_BY[name]
    read = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    found = {" / ".join(cells[key] for key in keys): dict(cells) for cells in read}
    if len(found) < len(read):
        raise ValueError(f"{name}: {' and '.join(keys)} do not tell all rows apart")
    return found


def file(name: str, table: Rows) -> bytes:
    """Return the file of a table's rows, columns in the order of its schema."""
    order = [*schemas.SCHEMAS[name].columns]
    columns = sorted(
        _columns(table), key=lambda column: order.index(column) if column in order else len(order)
    )
    keys = sorted(table) if name in IN_ORDER else [*table]
    body = ([table[key].get(column, "") for column in columns] for key in keys)
    return as_csv([columns, *body])


def written(cells: Mapping[str, str]) -> str:
    """Return a row as a line of the record holds it: a JSON object of the cells that hold any."""
    return json.dumps(_filled(cells), ensure_ascii=False)


def is_row(text: str) -> bool:
    """Whether a text is a row as :func:`written`, or holds nothing."""
    try:
        cells = json.loads(text or "{}")
    except ValueError:
        return False
    return isinstance(cells, dict) and all(isinstance(each, str) for each in cells.values())


def _filled(cells: Mapping[str, str]) -> Cells:
    return {name: cell for name, cell in cells.items() if cell}


def as_csv(lines: Iterable[Iterable[str]]) -> bytes:
    """Return rows of cells as the tables are written."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode("utf-8")
