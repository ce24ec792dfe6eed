"""What was put right by hand, of two versions that are merged.

A correction says what stood in a cell before and after, so the corrections of a cell are its
history: those of the side that the cell is taken from, and none of the other.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.facts.schemas import PLACE
from geo.workspaces.content import CORRECTION, GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping

    from geo.workspaces.content import Workspace

Cell = tuple[str, str]
"""The id of a row, and a column."""


def of_merged(
    merged: pd.DataFrame, base: Workspace, mine: Workspace, theirs: Workspace
) -> pd.DataFrame:
    """Return the corrections of a merged version.

    Parameters
    ----------
    merged
        Its sites.
    base
        The version that both were made of.
    mine, theirs
        The two.

    Returns
    -------
    DataFrame
        Columns `CORRECTION`. First those of `base`, then those that either side made since, by
        their days; in the order in which they were made. Of a cell those of the side whose value
        it has; where both have it and both made corrections, theirs.
    """
    tables = [each.corrections for each in (base, mine, theirs)]
    old, *new = [_numbered(table) for table in tables]
    still, before = {*new[0]} & {*new[1]}, {*old}
    former = _where(tables[0], [each in still for each in old])
    since = [
        _where(table, [each not in before for each in rows])
        for table, rows in zip(tables[1:], new, strict=True)
    ]
    changed = [_cells(each) for each in since]
    ids = {id_ for cells in changed for id_, _ in cells}
    merged_cell, my_cell, their_cell = (
        _reader(frame, ids) for frame in (merged, mine.sites, theirs.sites)
    )

    def is_mine(cell: Cell) -> bool:
        own, other = my_cell(cell), their_cell(cell)
        if own == other:
            return cell not in changed[1]
        return bool(merged_cell(cell) != other)

    kept = [
        _where(table, [is_mine(cell) is wanted for cell in cells])
        for table, cells, wanted in zip(since, changed, (True, False), strict=True)
    ]
    added = pd.concat(kept[::-1], ignore_index=True)
    days = added["date"].fillna("").tolist()
    first = len(kept[1])
    order = heapq.merge(range(first), range(first, len(added)), key=days.__getitem__)
    return pd.concat([former, added.iloc[[*order]]], ignore_index=True)


def _where(table: pd.DataFrame, rows: list[bool]) -> pd.DataFrame:
    return table[np.array(rows, dtype=bool)]


def _numbered(table: pd.DataFrame) -> list[tuple[Hashable, ...]]:
    """Return what each correction says, and how many before it say the same."""
    rows = table[[*CORRECTION]].astype("str").fillna("")
    return list(rows.assign(n=rows.groupby([*CORRECTION]).cumcount()).itertuples(index=False))


def _cells(table: pd.DataFrame) -> list[Cell]:
    return list(table[["id", "field"]].astype("str").fillna("").itertuples(index=False, name=None))


def _reader(sites: pd.DataFrame, ids: Collection[str]) -> Callable[[Cell], object]:
    """Return what reads a cell of some rows: with it all that says where the site is."""
    plain = pd.DataFrame(sites)
    named = plain[plain["id"].astype("str").isin(ids)] if "id" in plain else plain.head(0)
    known = named.astype(object).where(named.notna(), None)
    rows: Mapping[str, Mapping[Hashable, object]] = {
        str(row["id"]): row for row in known.to_dict("records")
    }

    def cell(at: Cell) -> object:
        id_, field = at
        row = rows.get(id_)
        if row is None:
            return None
        return [row.get(column) for column in ((GEOMETRY, *PLACE) if field in PLACE else (field,))]

    return cell
