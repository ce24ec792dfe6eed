"""Two lists of sites: what is only in one, what moved, what is told differently, what is the same.

Their rows are brought together one to one: by id where both lists have it, else by name and
nearness, the nearest first. Where two rows fit equally well neither is taken: it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from geo.intake import cells, columns, placing
from geo.intake.sites import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]

Kind = Literal["same", "moved", "changed"]
Key = Literal["id", "name", "like"]

KINDS: Final[tuple[Kind, ...]] = ("same", "moved", "changed")

MOVED_M: Final = 5.0
"""A position that is so many metres away was moved; nearer is how exactly it is written."""

NEAR_M: Final = 1_000.0
"""Rows of one id that differ in name and are farther apart are not taken for one site."""

FAR_M: Final = 20_000.0
"""Rows of one name in two cities that are farther apart are not taken for one site."""

MOST_ALIKE: Final = 50
"""A name that more rows of a list have names none of them: they are told apart by all they say."""

FACTS: Final = (
    "name_zh",
    "kind",
    "level",
    "district",
    "address",
    "sectors",
    "status",
    "opened_year",
    "area_m2",
    "note",
)
"""What lists are compared by, beside position and the columns of their own."""

APART: Final = frozenset(
    {
        *("id", "region", "name_en", "scope", "city", "city_adcode", "district_listed", "adcode"),
        *("lon", "lat", "precision", "evidence", "source", "coord_source", "row", "geometry"),
    }
)
"""What is not compared: derived, said by position, or of the list and not of the site."""

POSITION: Final = "position"
"""Name of the fact that only one of two rows has a position."""


class Ends(NamedTuple):
    """Rows of both lists by their places from 0; as many of each where they are pairs."""

    one: Rows
    other: Rows


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """What two lists tell differently.

    Attributes
    ----------
    pairs
        Rows of both that are one site: their places from 0 as ``one`` and ``other``; ``key`` (a
        `Key`) that brought them together; ``metres`` between them, NaN where one has no position;
        ``kind`` (a `Kind`; what moved may have changed as well).
    changes
        ``one``, ``other``, ``field``, ``before`` and ``after`` (text, missing where empty) of
        each fact of a pair that differs.
    only
        Rows that have no counterpart.
    unclear
        Rows for which the other list has more than one that fits equally well.
    fields
        The facts that both lists tell, and that were compared.
    """

    pairs: pd.DataFrame
    changes: pd.DataFrame
    only: Ends
    unclear: Ends
    fields: tuple[str, ...]

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How many pairs there are of each kind."""
        found = self.pairs["kind"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in KINDS}


def compare(
    one: gpd.GeoDataFrame, other: gpd.GeoDataFrame, *, one_numbering: bool = False
) -> Comparison:
    """Compare two lists of sites.

    Parameters
    ----------
    one, other
        As `geo.facts.catalog.sites` has them, WGS84.
    one_numbering
        Whether both number their sites alike, as two versions of one list do: an id is then the
        same site whatever its name and place, and a fact that only one tells is a change.

    Returns
    -------
    Comparison
        Each row of each list is in one pair, in ``only`` or in ``unclear``.
    """
    fields = _told(one, other, either=one_numbering)
    both = _Both(one, other, fields)
    parts: list[tuple[Key, Ends]] = [("id", _by_id(both, trusted=one_numbering))]
    free = _Free(both)
    free.take(parts[0][1])
    parts.append(("name", _all_alike(both, free)))
    free.take(parts[-1][1])
    chosen, unclear = _by_name(both, free)
    parts += chosen
    for _, ends in chosen:
        free.take(ends)
    free.take(unclear)
    pairs = _pairs(both, parts)
    changes = _changes(both, pairs)
    pairs["kind"] = _kinds(pairs, changes)
    return Comparison(
        pairs=pairs, changes=changes, only=free.rest(), unclear=unclear, fields=fields
    )


def _told(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame, *, either: bool) -> tuple[str, ...]:
    """Return the facts that both lists tell of any site, or either does."""

    def tells(frame: gpd.GeoDataFrame, name: str) -> bool:
        known = cells.text(frame[name]).dropna()
        return bool(known.ne(USUAL.get(name, "")).any())  # type: ignore[call-overload]

    own = [str(name) for name in one if name not in APART and name not in FACTS]
    shared = [name for name in (*FACTS, *own) if name in one and name in other]
    enough = any if either else all
    return tuple(name for name in shared if enough(tells(each, name) for each in (one, other)))


class _Both:
    """Both lists as arrays in which equal facts have equal numbers."""

    def __init__(
        self, one: gpd.GeoDataFrame, other: gpd.GeoDataFrame, fields: Sequence[str]
    ) -> None:
        self.fields = tuple(fields)
        frames = [_plain(frame, self.fields) for frame in (one, other)]
        both = pd.concat(frames, ignore_index=True)
        split = len(one)
        self.one, self.other = both[:split], both[split:].reset_index(drop=True)
        told = [both[name] for name in self.fields]
        place = [both[side].round(7) for side in ("lon", "lat")]
        codes = [pd.factorize(each)[0] for each in told]
        facts: Rows = np.array(codes, dtype=np.intp).reshape(len(codes), len(both)).T
        whole = pd.DataFrame(facts).assign(
            lon_=place[0], lat_=place[1], name_=both["name_"], city_=both["city_"]
        )
        alike: Rows = (
            whole.groupby([*whole], dropna=False, sort=False).ngroup().to_numpy().astype(np.intp)
        )
        self.facts = Ends(facts[:split], facts[split:])
        self.whole = Ends(alike[:split], alike[split:])

    def metres(self, ends: Ends) -> NDArray[np.float64]:
        """Return the metres between rows, to the millimetre; NaN where one has no position."""
        found = placing.distances_m(self.one.loc[ends.one], self.other.loc[ends.other])
        return np.asarray(np.round(found, 3))

    def differing(self, ends: Ends) -> NDArray[np.intp]:
        """Return how many facts of rows differ."""
        differ = self.facts.one[ends.one] != self.facts.other[ends.other]
        return np.asarray(differ.sum(axis=1), dtype=np.intp)


def _plain(frame: gpd.GeoDataFrame, fields: Iterable[str]) -> pd.DataFrame:
    """Return what is compared of a list, as text, and where its rows are."""
    named = cells.half_width(frame["name_zh"])
    points = frame.geometry
    table = {
        "id_": cells.text(frame["id"]),
        "name_": named,
        "like_": named.map(columns.plain, na_action="ignore"),
        "city_": cells.text(frame["city_adcode"]),
        "lon": points.x,
        "lat": points.y,
        "position_": [
            None if np.isnan(lon) else f"{lon:.6f}, {lat:.6f}"
            for lon, lat in zip(points.x, points.y, strict=True)
        ],
    }
    table |= {name: cells.half_width(frame[name]) for name in fields}
    plain = pd.DataFrame({name: np.asarray(each, dtype=object) for name, each in table.items()})
    # An id that is the place in a file means nothing in another.
    numbered = "row" in frame and cells.text(frame["id"]).eq(cells.text(frame["row"])).all()
    degrees = {side: plain[side].astype(float) for side in ("lon", "lat")}
    return plain.assign(**degrees, numbered_=bool(numbered))


class _Free:
    """Which rows of both lists are in no pair yet."""

    def __init__(self, both: _Both) -> None:
        self.sides = tuple(np.ones(len(frame), dtype=bool) for frame in (both.one, both.other))

    def take(self, ends: Ends) -> None:
        """Take rows out."""
        for is_free, places in zip(self.sides, ends, strict=True):
            is_free[places] = False

    def rest(self) -> Ends:
        """Return what is left."""
        return Ends(*map(np.flatnonzero, self.sides))


def _by_id(both: _Both, *, trusted: bool) -> Ends:
    """Return the rows of one id; of lists that number by themselves those that are one site."""
    sides = [
        frame.reset_index(names="at").loc[
            frame["id_"].notna() & ~frame["id_"].duplicated(keep=False)
        ]
        for frame in (both.one, both.other)
    ]
    if not trusted:
        sides = [side[~side["numbered_"]] for side in sides]
    found = sides[0].merge(sides[1], on="id_", suffixes=("", "_other"))
    ends = Ends(found["at"].to_numpy(), found["at_other"].to_numpy())
    if trusted or found.empty:
        return ends
    alike = found["like_"].eq(found["like__other"]).fillna(value=False).to_numpy(dtype=bool)
    kept = alike | (both.metres(ends) <= NEAR_M)
    return Ends(ends.one[kept], ends.other[kept])


def _all_alike(both: _Both, free: _Free) -> Ends:
    """Return rows that say the same in everything; of many alike the first with the first."""
    tables = []
    for whole, at in zip(both.whole, free.rest(), strict=True):
        table = pd.DataFrame({"at": at, "whole": whole[at]})
        tables.append(table.assign(nth=table.groupby("whole").cumcount()))
    found = tables[0].merge(tables[1], on=["whole", "nth"], suffixes=("", "_other"))
    return Ends(found["at"].to_numpy(), found["at_other"].to_numpy())


def _by_name(both: _Both, free: _Free) -> tuple[list[tuple[Key, Ends]], Ends]:
    """Return pairs of like names, the nearest first, and the rows that could be in several."""
    found, crowded = _candidates(both, free)
    chosen, unclear = _chosen(found, both.whole)
    taken = found.loc[chosen]
    keys: tuple[tuple[Key, pd.Series], ...] = (
        ("name", taken["exact"]),
        ("like", ~taken["exact"]),
    )
    parts = [
        (key, Ends(taken.loc[rows, "one"].to_numpy(), taken.loc[rows, "other"].to_numpy()))
        for key, rows in keys
    ]
    told = Ends(
        *(
            np.array(sorted({*map(int, known), *more}), dtype=np.intp)
            for known, more in zip(crowded, unclear, strict=True)
        )
    )
    return parts, told


def _candidates(both: _Both, free: _Free) -> tuple[pd.DataFrame, Ends]:
    """Return pairs of rows that may be one site, and rows whose name too many share."""
    sides = []
    for frame, rest in zip((both.one, both.other), free.rest(), strict=True):
        named = frame.loc[rest].dropna(subset="like_")
        sides.append(named[["like_", "name_", "city_", "lon"]].reset_index(names="at"))
    counts = [side["like_"].value_counts() for side in sides]
    shared = counts[0].index.intersection(counts[1].index)
    most = np.maximum(counts[0][shared], counts[1][shared])
    full = shared[most > MOST_ALIKE]
    crowded = Ends(*(side.loc[side["like_"].isin(full), "at"].to_numpy() for side in sides))
    one, other = (side[~side["like_"].isin(full)] for side in sides)
    found = one.merge(other, on="like_", suffixes=("", "_other"))
    ends = Ends(found["at"].to_numpy(), found["at_other"].to_numpy())
    metres = both.metres(ends)
    in_one_city = found["city_"].eq(found["city__other"]).fillna(value=False).to_numpy(dtype=bool)
    table = pd.DataFrame(
        {
            "one": ends.one,
            "other": ends.other,
            "exact": found["name_"].eq(found["name__other"]).to_numpy(dtype=bool),
            "metres": np.where(np.isnan(metres), np.inf, metres),
            "differing": both.differing(ends),
        }
    )
    table = table[in_one_city | (table["metres"] <= FAR_M)]
    # The sum of both places orders what is equal in all else, from either side alike.
    order = table.assign(sum=table["one"] + table["other"], less=~table["exact"])
    order = order.sort_values(["less", "metres", "differing", "sum"])
    return order[[*table]].reset_index(drop=True), crowded


class _Candidate(NamedTuple):
    """Two rows that may be one site, and how well they fit."""

    one: int
    other: int
    exact: bool
    metres: float
    differing: int

    def leaves_open(self, rival: _Candidate, whole: Ends) -> bool:
        """Return whether a rival for one of these rows fits as well, and would say another."""
        if (
            whole.one[self.one] == whole.one[rival.one]
            and whole.other[self.other] == whole.other[rival.other]
        ):
            return False
        if self.exact != rival.exact:
            return rival.metres < self.metres / 2
        return rival.metres <= 2 * self.metres and rival.differing <= self.differing


def _chosen(found: pd.DataFrame, whole: Ends) -> tuple[list[int], tuple[set[int], set[int]]]:
    """Take candidates in their order; return which, and rows that two candidates fit alike."""
    rows = [_Candidate(*row) for row in found.itertuples(index=False)]
    of_one, of_other = (found.groupby(side).indices for side in ("one", "other"))
    gone: tuple[set[int], set[int]] = (set(), set())
    unclear: tuple[set[int], set[int]] = (set(), set())
    chosen = []

    def is_free(at: int) -> bool:
        return rows[at].one not in gone[0] and rows[at].other not in gone[1]

    for at, row in enumerate(rows):
        if not is_free(at):
            continue
        rivals = [
            each
            for each in (*of_one[row.one], *of_other[row.other])
            if each != at and is_free(each) and row.leaves_open(rows[each], whole)
        ]
        if not rivals:
            chosen.append(at)
        for each in (at, *rivals):
            for side, place in enumerate((rows[each].one, rows[each].other)):
                gone[side].add(place)
                if rivals:
                    unclear[side].add(place)
    return chosen, unclear


def _pairs(both: _Both, parts: Sequence[tuple[Key, Ends]]) -> pd.DataFrame:
    """Return all pairs in the order of the first list."""
    tables = [
        pd.DataFrame({"one": ends.one, "other": ends.other, "key": key}) for key, ends in parts
    ]
    table = pd.concat(tables, ignore_index=True).astype({"one": np.intp, "other": np.intp})
    table = table.sort_values("one", ignore_index=True)
    table["metres"] = both.metres(Ends(table["one"].to_numpy(), table["other"].to_numpy()))
    return table


def _changes(both: _Both, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return every fact of a pair that differs, pair by pair."""
    ends = Ends(pairs["one"].to_numpy(), pairs["other"].to_numpy())
    differs = both.facts.one[ends.one] != both.facts.other[ends.other]
    said = {
        name: (differs[:, at], both.one[name], both.other[name])
        for at, name in enumerate(both.fields)
    }
    written = [frame["position_"] for frame in (both.one, both.other)]
    known = [frame["lon"].notna().to_numpy() for frame in (both.one, both.other)]
    said[POSITION] = (known[0][ends.one] != known[1][ends.other], *written)
    tables = [
        pd.DataFrame(
            {
                "one": ends.one[rows],
                "other": ends.other[rows],
                "field": field,
                "before": before.to_numpy()[ends.one[rows]],
                "after": after.to_numpy()[ends.other[rows]],
            },
            dtype=object,
        )
        for field, (rows, before, after) in said.items()
    ]
    return pd.concat(tables).sort_values("one", kind="stable", ignore_index=True)


def _kinds(pairs: pd.DataFrame, changes: pd.DataFrame) -> pd.Series:
    changed = pairs["one"].isin(changes["one"])
    kinds = np.where(pairs["metres"] > MOVED_M, "moved", np.where(changed, "changed", "same"))
    return pd.Series(kinds, pairs.index, dtype=object)
