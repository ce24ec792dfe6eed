"""Which districts are most like one, its peers, and where it stands among them; cities likewise.

Alike are districts with as many residents, as densely settled, and with the same mix of sectors.
A district that cannot be compared has no distance; `why_empty` says why.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.checks import amounts, frames
from geo.errors import InputError
from geo.measures import ranking
from geo.measures.emptiness import Empty
from geo.measures.location_quotient import FEW_SITES

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEEDED: Final = ("n", "residents", "area_km2")
"""Columns of what can be compared."""

LARGEST: Final = sys.float_info.max

DECIMALS: Final = 9
"""Of a distance: what is as near to this is as near, whatever rounding says."""


class Weights(NamedTuple):
    """What each component counts for in a distance: only their proportions matter.

    Attributes
    ----------
    residents, density, mix
        Of the number of residents, of residents per km2, and of all shares of sectors together.
    """

    residents: float = 1.0
    density: float = 1.0
    mix: float = 1.0


EVEN: Final = Weights()


class Components(NamedTuple):
    """What distances between districts are made of.

    Attributes
    ----------
    empty
        Why a district cannot be compared, see `why_empty`.
    scores
        Standard scores of the others, a row each: of residents, of their density, of sectors.
    """

    empty: pd.Series
    scores: tuple[Floats, Floats, Floats]


class Standing(NamedTuple):
    """Where a district stands among its peers.

    Attributes
    ----------
    value
        Its own.
    rank
        1 for the highest; those that tie share the better one. 0 where it has no value.
    among
        How many have a value, itself included.
    median
        Of the peers alone; NaN where none has a value.
    """

    value: float
    rank: int
    among: int
    median: float


def residents(table: pd.DataFrame) -> pd.Series:
    """Return the residents of districts that may be compared: of one year, in today's outline.

    Parameters
    ----------
    table : DataFrame
        As of `density.density`.

    Returns
    -------
    Series of float64
        Persons, NaN where nobody knows them, and where they are of another year than most.

    Examples
    --------
    >>> import pandas as pd
    >>> known = {"per_100k_residents": [1.2, 0.4, 3.0], "population_year": [2020, 2020, 2022]}
    >>> residents(pd.DataFrame({"population": [5000, 800, 70], **known})).to_list()
    [5000.0, 800.0, nan]
    """
    counted = table["population"].astype("Float64").astype("float64")
    return counted.where(ranking.compared(table, ranking.PEOPLE).notna())


def shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the share (0-1) of each sector in a district's sites; NaN where none states one.

    Examples
    --------
    >>> import pandas as pd
    >>> shares(pd.DataFrame({"fas": [1.0, 0.0], "film": [3.0, 0.0]})).to_numpy().tolist()
    [[0.25, 0.75], [nan, nan]]
    """
    totals = counts.sum(axis=1)
    return counts.div(totals.where(totals > 0), axis=0)


def why_empty(units: pd.DataFrame, counts: pd.DataFrame) -> pd.Series:
    """Return why districts have no distance to any other; NA where they have.

    Parameters
    ----------
    units, counts
        As of `distances`.

    Returns
    -------
    Series of str
        Values of `Empty`: fewer than 5 sites, no residents that may be compared, no area, or no
        site with a stated sector. The first that applies.

    Raises
    ------
    InputError
        As `distances`.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"n": [9, 2, 7], "residents": [5e5, 6e5, None], "area_km2": 20.0})
    >>> why_empty(units, pd.DataFrame({"fas": [9, 2, 7]})).fillna("").to_list()
    ['', 'too_few', 'no_residents']
    """
    known, of_sectors = _read(units, counts)
    return _why_empty(known, of_sectors)


def distances(
    units: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    of: Hashable,
    weights: Weights = EVEN,
) -> pd.DataFrame:
    """Return how unlike one district all others are.

    ``d = sqrt(sum(w_c / w * mean((z_j - z_j(of))^2)))`` over the three components c, w the mean of
    their weights: the natural logarithm of the residents, that of the residents per km2, and the
    shares of k sectors, each of which counts 1/k. z is the standard score (with n - 1) among all
    districts that can be compared, so that it does not hang on the one that is asked about. It is
    the weighted Euclidean distance of standardised variables (Everitt, Landau, Leese and Stahl
    2011, Cluster Analysis, 5th ed., ch. 3).

    Parameters
    ----------
    units : DataFrame, m rows
        ``n`` (sites), ``residents`` (persons, NaN where none may be compared) and ``area_km2``
        (land); the index holds the labels.
    counts : DataFrame, shape (m, k)
        Sites of each sector, on the same index, see `sector_counts.counts`.
    of : hashable
        Label of the district.
    weights : Weights, optional
        What each component counts for.

    Returns
    -------
    DataFrame, m rows, on the index of `units`
        ``distance`` (float64, 0 for the district itself) and what of it each component gives,
        ``residents``, ``density`` and ``mix``, whose squares add up to that of the distance; NaN
        where either of the two cannot be compared. ``empty``: why a district cannot, see
        `why_empty`.

    Raises
    ------
    InputError
        For columns that are missing, numbers below 0, repeated labels, an unknown district, and
        weights that are no numbers from 0 up, or all 0; all faults at once.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame(
    ...     {"n": [9, 8, 7], "residents": [1e6, 1e6, 4e6], "area_km2": [50, 50, 100]},
    ...     index=["a", "b", "c"],
    ... )
    >>> counts = pd.DataFrame({"fas": [9, 4, 0], "film": [0, 4, 7]}, index=units.index)
    >>> distances(units, counts, of="a").round(2)[["distance", "residents", "density", "mix"]]
       distance  residents  density  mix
    a      0.00       0.00     0.00  0.0
    b      1.00       0.00     0.00  1.0
    c      3.16       1.73     1.73  2.0
    """
    known, of_sectors = _read(units, counts, of=of, weights=weights)
    return from_one(_components(known, of_sectors), of, weights=weights)


def components(units: pd.DataFrame, counts: pd.DataFrame) -> Components:
    """Return what distances are made of, for who asks for those from many districts.

    Parameters and errors as of `distances`.
    """
    return _components(*_read(units, counts))


def from_one(known: Components, of: Hashable, *, weights: Weights = EVEN) -> pd.DataFrame:
    """Return how unlike one district all others are, as `distances` does.

    Parameters
    ----------
    known : Components
        What `components` returned.
    of, weights
        As of `distances`.
    """
    empty = known.empty
    table = pd.DataFrame(np.nan, empty.index, ["distance", *Weights._fields]).assign(empty=empty)
    usable = empty.isna().to_numpy()
    here = empty.index.get_loc(of)
    if not usable[here]:
        return table
    heaviest = np.array(weights, dtype=np.float64) / max(weights)
    proportions = heaviest / heaviest.mean()
    row = int(usable[:here].sum())
    squares = [
        weight * ((z - z[row]) ** 2).mean(axis=1)
        for weight, z in zip(proportions, known.scores, strict=True)
    ]
    for name, square in zip(Weights._fields, squares, strict=True):
        table.loc[usable, name] = np.sqrt(square)
    table.loc[usable, "distance"] = np.sqrt(np.sum(squares, axis=0))
    return table


def nearest(
    found: pd.DataFrame, *, of: Hashable, k: int, among: Collection[Hashable] | None = None
) -> list[Hashable]:
    """Return the districts that are most like one, the nearest first.

    Parameters
    ----------
    found : DataFrame
        Result of `distances`.
    of : hashable
        The district that it was asked for.
    k : int
        How many, fewer where fewer can be compared.
    among : collection, optional
        Labels of those that are asked for; all where omitted.

    Returns
    -------
    list
        Labels; of those that are as near, the smaller one (as text) first.

    Raises
    ------
    InputError
        For a `k` below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> found = pd.DataFrame({"distance": [0, 0.7, None, 0.7]}, index=["a", "d", "c", "b"])
    >>> nearest(found, of="a", k=2), nearest(found, of="a", k=2, among=["c", "d"])
    (['b', 'd'], ['d'])
    """
    if not amounts.within(k, least=1, most=math.inf) or k != int(k):
        raise InputError(f"k: found {k!r}, expected a whole number from 1 on")
    known = found["distance"].dropna()
    known = known[known.index != of]
    if among is not None:
        known = known[known.index.isin(list(among))]
    order = sorted(known.round(DECIMALS).items(), key=lambda each: (each[1], str(each[0])))
    return [label for label, _ in order[: int(k)]]


def standing(values: pd.Series, *, of: Hashable, peers: Iterable[Hashable]) -> Standing:
    """Return where a district stands among its peers by a figure.

    Parameters
    ----------
    values : Series of float
        The figure of each district, NaN where it has none.
    of : hashable
        The district.
    peers : iterable
        Labels of its peers.

    Examples
    --------
    >>> import pandas as pd
    >>> values = pd.Series({"a": 5.0, "b": 9.0, "c": 1.0, "d": None})
    >>> standing(values, of="a", peers=["b", "c", "d"])
    Standing(value=5.0, rank=2, among=3, median=5.0)
    """
    own = float(values.get(of, np.nan))
    others = values.reindex(list(peers)).dropna().to_numpy(dtype=np.float64)
    median = float(np.median(others)) if len(others) else math.nan
    if math.isnan(own):
        return Standing(own, 0, len(others), median)
    return Standing(own, 1 + int((others > own).sum()), 1 + len(others), median)


def _read(
    units: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    of: Hashable = None,
    weights: Weights = EVEN,
) -> tuple[pd.DataFrame, Floats]:
    """Return what can be compared as numbers, and the sites of each sector."""
    faults: list[str] = []
    frames.require(units, NEEDED, faults, name="units")
    frames.refuse(faults)
    known = pd.DataFrame({name: amounts.column(units, name, faults, of="units") for name in NEEDED})
    of_sectors = np.zeros((len(counts), len(counts.columns)))
    for at, (name, column) in enumerate(counts.items()):
        table = column.to_frame(str(name))
        of_sectors[:, at] = amounts.column(table, str(name), faults, of="counts").fillna(0)
    if units.index.has_duplicates:
        faults.append("units, index: labels that come twice; expected each district once")
    if not units.index.equals(counts.index):
        faults.append("counts, index: other labels than those of units; expected the same rows")
    if of is not None and of not in units.index:
        faults.append(f"of: found {of!r}, expected a label of units")
    wrong = [each for each in weights if not amounts.within(each, least=0, most=LARGEST)]
    if wrong or not any(weights):
        faults.append(f"weights: found {tuple(weights)}, expected numbers from 0 up, one above 0")
    frames.refuse(faults)
    return known, of_sectors


def _why_empty(known: pd.DataFrame, of_sectors: Floats) -> pd.Series:
    checks = {
        Empty.TOO_FEW: ~(known["n"] >= FEW_SITES),
        Empty.NO_RESIDENTS: ~(known["residents"] > 0),
        Empty.NO_AREA: ~(known["area_km2"] > 0),
        Empty.NOTHING_COUNTED: pd.Series(of_sectors.sum(axis=1) == 0, index=known.index),
    }
    reason = pd.Series(pd.NA, index=known.index, dtype="str")
    for code, applies in checks.items():
        reason = reason.mask(applies & reason.isna(), code.value)
    return reason


def _components(known: pd.DataFrame, of_sectors: Floats) -> Components:
    empty = _why_empty(known, of_sectors)
    usable = empty.isna().to_numpy()
    return Components(empty, _scores_of(known[usable], of_sectors[usable]))


def _scores_of(known: pd.DataFrame, of_sectors: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the standard scores of each component, a column for each of its variables."""
    persons = np.log(known["residents"].to_numpy(dtype=np.float64))
    settled = persons - np.log(known["area_km2"].to_numpy(dtype=np.float64))
    mix = of_sectors / of_sectors.sum(axis=1, keepdims=True)
    return _scores(persons[:, None]), _scores(settled[:, None]), _scores(mix)


def _scores(values: Floats) -> Floats:
    """Return standard scores of columns; 0 where all are alike, which tells nothing apart."""
    if not len(values):
        return values
    # In order of size: a sum of floats hangs on the order in which they are added.
    ordered = np.sort(values, axis=0)
    mean = ordered.mean(axis=0)
    spread = np.sqrt(((ordered - mean) ** 2).sum(axis=0) / max(len(values) - 1, 1))
    alike = np.ptp(ordered, axis=0) == 0
    return np.where(alike, 0.0, (values - mean) / np.where(alike, 1.0, spread))
