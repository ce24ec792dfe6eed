"""Two versions that were made of one, brought together again.

What only one side changed is taken as it is. Where both changed the same thing differently,
somebody has to say which of the two is to be kept; nothing is decided by the time of a save. All
that says where a site is is one thing: of two moves one is taken, whole. So is a file of
residents, streets, barriers, forbidden areas or candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pandas.api.types import pandas_dtype

from geo.checks import frames
from geo.facts.schemas import PLACE
from geo.workspaces import history
from geo.workspaces.content import BROUGHT, GEOGRAPHIC, GEOMETRY, Name, from_tables, tables
from geo.workspaces.difference import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.workspaces.content import Workspace
    from geo.workspaces.difference import Key

Side = Literal["mine", "theirs"]
ONE_ROW: Final[tuple[Name, ...]] = ("workspace", *BROUGHT)
OPTIONAL: Final[tuple[Name, ...]] = ("boundaries", *BROUGHT)
NULLABLE: Final = {"int64": "Int64", "bool": "boolean"}
"""Types that have no missing cells, and those that have."""


class Place(NamedTuple):
    """Where two versions disagree: a cell, or a whole row where there is no column.

    All that says where a site is has the column ``geometry``, a file that somebody brought
    ``packed``: see `place_of`.
    """

    table: Name
    key: Key
    column: str | None


def place_of(table: Name, key: Key, column: str | None) -> Place:
    """Return what versions disagree about that differ in a cell.

    Examples
    --------
    >>> [place_of("sites", ("w1",), column).column for column in ("precision", "name_zh")]
    ['geometry', 'name_zh']
    """
    if table in BROUGHT and column is not None:
        return Place(table, key, "packed")
    return Place(table, key, GEOMETRY if table == "sites" and column in PLACE else column)


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Something that both sides changed, each in its own way.

    Attributes
    ----------
    place
        Where.
    base, mine, theirs
        What stood there, and what each side made of it; None where it is empty or gone, geometry
        as text. Of where a site is: those of its cells by column in which the three differ. Of a
        whole row: whether the side has it.
    """

    place: Place
    base: object
    mine: object
    theirs: object


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What two versions come to.

    Attributes
    ----------
    content
        All that either side made; in the places of `conflicts` what was chosen there.
    conflicts
        Every true conflict, decided or not.
    """

    content: Workspace
    conflicts: tuple[Conflict, ...]


def merge(
    base: Workspace,
    mine: Workspace,
    theirs: Workspace,
    chosen: Mapping[Place, Side] | None = None,
) -> Merged:
    """Return what two versions of one come to.

    Parameters
    ----------
    base
        The version that both were made of.
    mine, theirs
        The two.
    chosen
        Which side is kept in a place; theirs where nothing is said.
    """
    settled = (*mine.settled, *theirs.settled)
    for one, other in ((mine, theirs), (theirs, mine)):
        if one == base:
            return Merged(content=replace(other, settled=settled), conflicts=())
    sides = [tables(each) for each in (base, mine, theirs)]
    held: dict[Name, pd.DataFrame] = {}
    conflicts: list[Conflict] = []
    for name in get_args(Name):
        if name == "corrections":
            continue
        three = Versions(*(side.get(name, pd.DataFrame()) for side in sides))
        held[name] = _merged(name, three, chosen or {}, conflicts)
    for name in OPTIONAL:
        if held[name].empty and not all(name in side for side in sides[1:]):
            held.pop(name)
    held["corrections"] = history.of_merged(held["sites"], base, mine, theirs)
    whole = from_tables({**held, "shortlists": _in_order(held["shortlists"])})
    return Merged(content=replace(whole, settled=settled), conflicts=tuple(conflicts))


class Versions(NamedTuple):
    """A table as the common version has it, and as each side has it."""

    base: pd.DataFrame
    mine: pd.DataFrame
    theirs: pd.DataFrame


def _merged(
    name: Name, three: Versions, chosen: Mapping[Place, Side], conflicts: list[Conflict]
) -> pd.DataFrame:
    """Return one table; what both changed in it is added to the conflicts."""
    if three.mine.equals(three.base) or three.mine.equals(three.theirs):
        return three.theirs
    if three.theirs.equals(three.base):
        return three.mine
    rows = _Rows(name, three)
    taken = rows.whole(chosen, conflicts)
    sides = {
        column: side
        for group in _groups(name, three)
        for side in [rows.sides(group, taken, chosen, conflicts)]
        for column in group
    }
    columns = {
        column: rows.cells(column, sides[column]) for column in _columns(three) if column in sides
    }
    kept = {
        column: cells
        for column, cells in columns.items()
        if column == GEOMETRY or not _dropped(column, three) or cells.notna().any()
    }
    if name not in GEOGRAPHIC:
        return pd.DataFrame(kept)
    place = kept.pop(GEOMETRY)
    return gpd.GeoDataFrame(kept, geometry=gpd.GeoSeries(place, crs=frames.WGS84))


class _Rows:
    """The rows of three versions of a table, side by side: those of the base first."""

    def __init__(self, name: Name, three: Versions) -> None:
        self.name, self.three = name, three
        keyed = [[("0",)] * len(each) for each in three] if name in ONE_ROW else _keys(name, three)
        at = [{key: place for place, key in enumerate(each)} for each in keyed]
        added = sorted({*at[1], *at[2]} - {*at[0]})
        self.keys: Sequence[Key] = [*at[0], *added]
        self.where = [np.array([each.get(key, -1) for key in self.keys], dtype=int) for each in at]
        self.there = [each >= 0 for each in self.where]

    def whole(self, chosen: Mapping[Place, Side], conflicts: list[Conflict]) -> NDArray[np.object_]:
        """Return from where each row is taken: both sides, one of them, or neither."""
        base, mine, theirs = self.there
        changed = [np.zeros(len(self.keys), dtype=bool) for _ in range(2)]
        for column in _columns(self.three):
            old, *new = self.compared(column)
            changed = [was | (is_ != old) for was, is_ in zip(changed, new, strict=True)]
        taken = np.full(len(self.keys), "both", dtype=object)
        taken[base & ~(mine & theirs)] = "neither"
        taken[~base & mine & ~theirs] = "mine"
        taken[~base & theirs & ~mine] = "theirs"
        gone = (base & ~mine & theirs & changed[1]) | (base & ~theirs & mine & changed[0])
        for row in map(int, np.flatnonzero(gone)):
            place = Place(self.name, self.keys[row], None)
            conflicts.append(
                Conflict(place=place, base=True, mine=bool(mine[row]), theirs=bool(theirs[row]))
            )
            side = chosen.get(place, "theirs")
            stays = mine[row] if side == "mine" else theirs[row]
            taken[row] = side if stays else "neither"
        return taken

    def sides(
        self,
        group: Sequence[str],
        taken: NDArray[np.object_],
        chosen: Mapping[Place, Side],
        conflicts: list[Conflict],
    ) -> NDArray[np.object_]:
        """Return the side from which the cells of some columns are taken together, by row."""
        cells = [self.compared(column) for column in group]
        changed = [self._differ(cells, 0, side) for side in (1, 2)]
        sides = np.where(taken == "both", np.where(changed[0], "mine", "theirs"), taken)
        both = (taken == "both") & changed[0] & changed[1] & self._differ(cells, 1, 2)
        for row in map(int, np.flatnonzero(both)):
            place = place_of(self.name, self.keys[row], group[0])
            base, mine, theirs = (self.told(group, row, side) for side in range(3))
            conflicts.append(Conflict(place=place, base=base, mine=mine, theirs=theirs))
            sides[row] = chosen.get(place, "theirs")
        return sides

    def _differ(
        self, cells: Sequence[Sequence[NDArray[np.object_]]], one: int, other: int
    ) -> NDArray[np.bool_]:
        """Return in which rows two versions differ, in any of some columns."""
        differ = [each[one] != each[other] for each in cells]
        return np.asarray(np.any(differ, axis=0))

    def told(self, group: Sequence[str], row: int, side: int) -> object:
        """Return a side's cell, or its cells by column of several that are one thing."""
        if len(group) == 1:
            return _told(self.values(group[0], side)[row])
        differing = [
            column
            for column in group
            if len({each[row] for each in self.compared(column)}) > 1 or column == GEOMETRY
        ]
        return {column: _told(self.values(column, side)[row]) for column in differing}

    def cells(self, column: str, sides: NDArray[np.object_]) -> pd.Series:
        """Return a column of the rows that are kept, each from its side."""
        result = np.where(sides == "mine", self.values(column, 1), self.values(column, 2))
        kept = pd.Series(result[sides != "neither"], dtype=object)
        return (
            kept
            if column == GEOMETRY and self.name in GEOGRAPHIC
            else _typed(kept, column, self.three)
        )

    def values(self, column: str, side: int) -> NDArray[np.object_]:
        """Return a side's cells, None where it has none."""
        table, where = self.three[side], self.where[side]
        found = np.full(len(self.keys), None, dtype=object)
        if column in table:
            cells = table[column].astype(object)
            known = cells.where(cells.notna(), None).to_numpy(dtype=object)
            found[where >= 0] = known[where[where >= 0]]
        return found

    def compared(self, column: str) -> list[NDArray[np.object_]]:
        """Return the cells of all three as what can be compared."""
        cells = [self.values(column, side) for side in range(3)]
        if column != GEOMETRY or self.name not in GEOGRAPHIC:
            return cells
        return [np.asarray(shapely.to_wkb(each), dtype=object) for each in cells]


def _keys(name: Name, three: Versions) -> list[list[Key]]:
    """Return the key of each row; where no column tells them apart, all that a row says."""
    columns = key_of(name, *three)
    texts = [_texts(each, columns or _columns(three)) for each in three]
    if columns and all(len({*each}) == len(each) for each in texts):
        return texts
    counted = []
    for version, each in zip(three, texts, strict=True):
        rows = each if not columns else _texts(version, _columns(three))
        seen: dict[Key, int] = {}
        keyed = []
        for row in rows:
            seen[row] = seen.get(row, 0) + 1
            keyed.append((*row, str(seen[row])))
        counted.append(keyed)
    return counted


def _texts(table: pd.DataFrame, columns: Sequence[str]) -> list[Key]:
    known = [
        table[column].astype(object).map(_text).tolist() if column in table else [""] * len(table)
        for column in columns
    ]
    return list(zip(*known, strict=True)) if known else [()] * len(table)


def _text(value: object) -> str:
    return "" if _missing(value) else str(value)


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, shapely.Geometry) and bool(pd.isna(value)))  # type: ignore[call-overload]


def _told(value: object) -> object:
    return (
        shapely.to_wkt(value, rounding_precision=-1)
        if isinstance(value, shapely.Geometry)
        else value
    )


def _columns(three: Versions) -> list[str]:
    """Return every column: those of the base, then what either side added, in one order."""
    added = sorted({*three.mine, *three.theirs} - {*three.base})
    return [*three.base, *added]


def _groups(name: Name, three: Versions) -> list[tuple[str, ...]]:
    """Return the columns in groups of which each is one thing: in most a single column."""
    columns = _columns(three)
    if name == "workspace":
        return [(column,) for column in columns if column != "settled"]
    if name in BROUGHT:
        return [tuple(columns)]
    if name != "sites":
        return [(column,) for column in columns]
    place = (GEOMETRY, *(column for column in columns if column in PLACE))
    return [*((column,) for column in columns if column not in place), place]


def _dropped(column: str, three: Versions) -> bool:
    """Return whether a side has let a column go."""
    return column in three.base and not (column in three.mine and column in three.theirs)


def _typed(cells: pd.Series, column: str, three: Versions) -> pd.Series:
    """Return cells of the type that both sides have them in; of several types, as text."""
    kinds = {str(each[column].dtype) for each in three[1:] if column in each}
    if len(kinds) > 1:
        kinds = {NULLABLE.get(kind, kind) for kind in kinds}
    kind = kinds.pop() if len(kinds) == 1 else ""
    if cells.isna().any():
        kind = NULLABLE.get(kind, kind)
    return cells.astype(pandas_dtype(kind)) if kind else cells


def _in_order(lists: pd.DataFrame) -> pd.DataFrame:
    """Return shortlists with the sites of each in their places."""
    names = {name: place for place, name in enumerate(dict.fromkeys(lists["name"]))}
    order = lists.assign(_list=lists["name"].map(names)).sort_values(
        ["_list", "place"], kind="stable"
    )
    return order.drop(columns="_list").reset_index(drop=True)
