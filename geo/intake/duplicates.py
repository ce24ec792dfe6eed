"""Rows that may be one place twice: shown to whoever brings the file, never merged unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.intake import cells, columns, placing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NEAR_M: Final = 100.0
"""Two rows of like name within so many metres may be one place."""

STACK: Final = 3
"""So many different names on one point are told: the point is hardly that of all of them."""

PAIRS: Final = ("row", "other_row", "reason", "metres")
STACKS: Final = ("lon", "lat", "rows", "first_row")


def pairs(names: pd.Series, lon: pd.Series, lat: pd.Series) -> pd.DataFrame:
    """Return pairs of rows that may be one place.

    Parameters
    ----------
    names : Series
        Of the rows, on their numbers.
    lon, lat : Series of float64
        WGS84 degrees on the same index, NaN where a row has no position.

    Returns
    -------
    DataFrame
        ``row`` and ``other_row`` below it, ``reason`` (``same``: name and point are the same;
        ``near``: the same name; ``like``: names that say the same, see `alike`;
        ``point``: two names alone on one point) and ``metres`` between them. Of many rows of one
        name on one point each makes a pair with the first.
    """
    located = names.notna() & lon.notna()
    written = names[located]
    ends, same = columns.company_ends(), columns.same_words()
    like = written.map({each: _alike(each, ends, same) for each in written.unique()})
    frame = pd.DataFrame(
        {
            "like": like,
            "name": cells.half_width(names[located]),
            "lon": lon[located],
            "lat": lat[located],
        }
    )
    shared = _on_one_point(frame)
    frame = frame[frame["like"].ne("") & frame["like"].duplicated(keep=False)]
    if frame.empty:
        return shared
    first = (
        frame.reset_index(names="row")
        .groupby(["like", "lon", "lat"], sort=False)["row"]
        .transform("first")
    )
    again = first.to_numpy() != frame.index.to_numpy()
    rows = frame.index.to_numpy()
    stacked = _pairs(frame, first.to_numpy()[again], rows[again])
    one, other = _near(frame[~again])
    nearby = _pairs(frame, rows[~again][one], rows[~again][other])
    every = pd.concat([each for each in (stacked, nearby, shared) if len(each)] or [shared])
    return every.sort_values(["row", "other_row"], ignore_index=True)


def alike(name: str) -> str:
    """Return what names of one place have in common.

    They may differ by what stands in brackets, by traditional or simplified writing, and by usual
    words for short.

    Examples
    --------
    >>> alike("江灘里文化創意產業園區（一期）") == alike("江滩里文创园")
    True
    >>> alike("东湖设计有限责任公司"), alike("公司")
    ('东湖设计', '公司')
    """
    return _alike(name, columns.company_ends(), columns.same_words())


def _alike(name: str, ends: tuple[str, ...], same: Sequence[tuple[str, str]]) -> str:
    text = columns.plain(name)
    if text.endswith(ends):
        text = text.removesuffix(next(each for each in ends if text.endswith(each))) or text
    for word, short in same:
        text = text.replace(word, short)
    return text


def _on_one_point(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of rows of different names that have a point to themselves."""
    points = frame.groupby(["lon", "lat"], sort=False)["like"]
    two = frame[points.transform("size").eq(2) & points.transform("nunique").eq(2)]
    rows = two.reset_index(names="row").groupby(["lon", "lat"], sort=False)["row"]
    one, other = rows.min().to_numpy(), rows.max().to_numpy()
    table = pd.DataFrame({"row": one, "other_row": other, "reason": "point", "metres": 0.0})
    return table.astype({"reason": object})[list(PAIRS)]


def _near(apart: pd.DataFrame) -> NDArray[np.intp]:
    """Return pairs of places of one name, as rows of `apart`, that lie near one another."""
    lon, lat = apart["lon"].to_numpy(), apart["lat"].to_numpy()
    # Metres are wanted between neighbours only: a plane that is stretched by latitude will do to
    # find candidates, their distance is then geodesic.
    reach = NEAR_M * 1.02 / 110_574
    squeezed = np.asarray(shapely.points(lon * np.cos(np.radians(lat)), lat))
    names = apart["like"].to_numpy()
    one, other = shapely.STRtree(squeezed).query(squeezed, predicate="dwithin", distance=reach)
    kept = (one < other) & (names[one] == names[other])
    return np.stack([one[kept], other[kept]])


def _pairs(frame: pd.DataFrame, one: NDArray[np.int64], other: NDArray[np.int64]) -> pd.DataFrame:
    first, second = frame.loc[one], frame.loc[other]
    metres = placing.distances_m(first, second)
    same = first["name"].to_numpy() == second["name"].to_numpy()
    reason = np.where(~same, "like", np.where(metres < 1, "same", "near"))
    columns_ = (np.minimum(one, other), np.maximum(one, other), reason, metres)
    table = pd.DataFrame(dict(zip(PAIRS, columns_, strict=True)))
    return table[table["metres"] <= NEAR_M]


def stacks(names: pd.Series, lon: pd.Series, lat: pd.Series) -> pd.DataFrame:
    """Return points that many rows of different names share, the fullest first.

    Returns
    -------
    DataFrame
        ``lon``, ``lat``, ``rows`` (how many) and ``first_row``.
    """
    located = lon.notna()
    frame = pd.DataFrame({"lon": lon[located], "lat": lat[located], "name": names[located]})
    frame = frame.reset_index(names="row")
    groups = frame.groupby(["lon", "lat"], sort=False)
    table = groups.agg(rows=("row", "size"), names=("name", "nunique"), first_row=("row", "first"))
    full = table[table["names"] >= STACK].sort_values("rows", ascending=False, kind="stable")
    return full.reset_index()[list(STACKS)]
