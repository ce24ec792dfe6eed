"""What two versions of a workspace tell differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import pandas as pd
from geopandas.array import GeometryDtype

from geo.workspaces.content import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.workspaces.content import Name, Workspace

Key = tuple[str, ...]
"""What tells a row apart from all others of its table."""

KEYS: Final[Mapping[Name, tuple[tuple[str, ...], ...]]] = {
    "sites": (("id",),),
    "rejected": (("row",),),
    "boundaries": (("adcode",), ("id",)),
    "layouts": (("id",),),
    "shortlists": (("name", "site"),),
    "scenarios": (("name",),),
    "notes": (("id",),),
}
"""Columns that tell a table's rows apart, the best first; others are told apart by their order."""


def difference(before: Workspace, after: Workspace) -> pd.DataFrame:
    """Return every row and every cell that only one of two workspaces has.

    Parameters
    ----------
    before, after
        The two.

    Returns
    -------
    DataFrame
        ``table``; ``key`` of the row, a tuple of texts: its id, its number in the file, or its
        place from 0 where the table has no such column or repeats it; ``change``: ``added``,
        ``removed`` or ``changed``; of a changed cell its ``column`` and the values ``before`` and
        ``after``, of a row None. Empty where both are equal.
    """
    old, new = tables(before), tables(after)
    nothing = pd.DataFrame()
    found = [
        change
        for name in dict.fromkeys([*new, *old])
        for change in _changes(name, old.get(name, nothing), new.get(name, nothing))
    ]
    return pd.DataFrame(found, columns=["table", *Change._fields], dtype=object)


class Change(NamedTuple):
    """A row of a difference."""

    key: Key
    change: Literal["added", "removed", "changed"]
    column: str | None = None
    before: object = None
    after: object = None


def _changes(
    name: Name, before: pd.DataFrame, after: pd.DataFrame
) -> Iterator[tuple[Name, *tuple[object, ...]]]:
    """Yield what tells two tables apart."""
    key = key_of(name, before, after)
    old, new = (_places(table, key) for table in (before, after))
    for each in [row for row in old if row not in new]:
        yield name, *Change(each, "removed")
    for each in [row for row in new if row not in old]:
        yield name, *Change(each, "added")
    both = [row for row in old if row in new]
    for column in dict.fromkeys([*before, *after]):
        was = _values(before, [old[row] for row in both], column)
        is_ = _values(after, [new[row] for row in both], column)
        for each, one, other in zip(both, was, is_, strict=True):
            if one != other:
                yield name, *Change(each, "changed", str(column), one, other)


def key_of(name: Name, *versions: pd.DataFrame) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart in every version; none if none do."""
    fits = (
        key for key in KEYS.get(name, ()) if all(_tells_apart(table, key) for table in versions)
    )
    return next(fits, ())


def _tells_apart(table: pd.DataFrame, key: tuple[str, ...]) -> bool:
    """Return whether columns name each row of a table once."""
    # By their texts: an empty cell is told as one that says nan.
    return not len(table) or (
        bool(key) and {*key} <= {*table} and not table[[*key]].map(str).duplicated().any()
    )


def _places(table: pd.DataFrame, key: tuple[str, ...]) -> dict[Key, int]:
    """Return the place of each row from 0 by its cells in some columns; by itself where none do."""
    rows: list[list[object]] = [[n] for n in range(len(table))]
    if key and len(table):
        rows = table[[*key]].to_numpy().tolist()
    return {tuple(map(str, row)): place for place, row in enumerate(rows)}


def _values(table: pd.DataFrame, rows: list[int], column: str) -> list[object]:
    """Return a column's cells in some rows as plain values, geometry as text."""
    if column not in table:
        return [None] * len(rows)
    cells = table[column].iloc[rows]
    if isinstance(cells.dtype, GeometryDtype):
        cells = cells.to_wkt()
    values: list[object] = cells.astype(object).where(cells.notna(), None).tolist()
    return values
