"""Whether districts that lie together are alike, and which are hot or cold with their neighbours.

Weights say who is whose neighbour: those of libpysal, or what else has them as a matrix
(``sparse``) and, for a Series of values, their labels (``id_order`` or ``unique_ids``). They are
used as they are given, binary or by row. A unit without a value is left out, with its links. What
is NaN is so for the reason that `why_empty` gives.

The simulations are our own: those of esda 2.9 draw from NumPy's one generator for everybody, so
that no figure is the same again where others draw from it too, and count p on one side.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import shapely
from scipy import sparse

from geo import memory
from geo.checks import amounts, frames
from geo.errors import InputError
from geo.measures.emptiness import Empty

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

FEWEST: Final = 8
"""Fewer units have no autocorrelation."""

PERMUTATIONS: Final = 999
"""The smallest p of both sides is 2 in 1,000. A false discovery rate over m units finds fewer than
``0.002 m / rate`` of them never, however hot: ask for more permutations then."""

SEED: Final = 13
"""Of all permutations, so that a figure is the same on every run."""

VERTICES: Final = 8_000_000
"""Of the boundaries whose neighbours are known in the process: those of China have 2.5 million."""

ROUNDING: Final = 1e-12
"""Of the largest sum: permuted sums this near to the observed one tie with it."""


class Moran(NamedTuple):
    """Moran's I.

    Attributes
    ----------
    I
        Above `expected` where neighbours are alike, below it where they differ.
    expected
        Of values at random: ``-1 / (n - 1)``.
    z
        Standard errors from it, under randomisation.
    p
        Of both sides, by permutations.
    """

    I: float  # noqa: E741 - its name
    expected: float
    z: float
    p: float


class Neighbours(NamedTuple):
    """Who is whose neighbour.

    Attributes
    ----------
    unique_ids
        Labels of the n units.
    sparse
        1 where two are neighbours, shape (n, n).
    """

    unique_ids: pd.Index
    sparse: sparse.csr_array

    def of(self, label: Hashable) -> pd.Index:
        """Return the neighbours of a unit."""
        row = int(self.unique_ids.get_indexer(pd.Index([label]))[0])
        first, end = self.sparse.indptr[row : row + 2]
        return self.unique_ids[self.sparse.indices[first:end]]


class _Units(NamedTuple):
    """Units with a value and their weights, in the order of the weights.

    Attributes
    ----------
    values
        Of each.
    links
        Their weights among each other, none with itself.
    rows
        Of each, the row in what the caller gave.
    """

    values: Floats
    links: sparse.csr_array
    rows: NDArray[np.intp]


def contiguity(districts: gpd.GeoDataFrame) -> Neighbours:
    """Return who is whose neighbour: districts that share a border, or a corner of it.

    Parameters
    ----------
    districts : GeoDataFrame, n rows
        Polygons in any CRS whose borders are the same line on both sides.

    Returns
    -------
    Neighbours
        By the labels of `districts`; an island has none.

    Raises
    ------
    InputError
        As `geo.measures.assignment.assign` of its districts.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> boxes = [shapely.box(x, 30, x + 1, 31) for x in (119, 120, 125)]
    >>> outlines = gpd.GeoDataFrame(index=["west", "east", "isle"], geometry=boxes, crs="EPSG:4326")
    >>> contiguity(outlines).of("west").to_list(), contiguity(outlines).of("isle").to_list()
    (['east'], [])
    """
    faults: list[str] = []
    polygons = frames.polygons(districts, faults)
    frames.refuse(faults)
    return _contiguity(polygons, tuple(districts.index))


@memory.by_geometries(VERTICES)
def _contiguity(polygons: NDArray[np.object_], labels: tuple[Hashable, ...]) -> Neighbours:
    # As libpysal's queen contiguity, whose import takes seconds and its sets of corners as many.
    corners, owner = shapely.get_coordinates(polygons, return_index=True)
    _, corner = np.unique(corners.view(np.complex128).ravel(), return_inverse=True)
    shape = (len(polygons), int(corner.max(initial=-1)) + 1)
    has = sparse.csr_array((np.ones(len(owner)), (owner, corner)), shape=shape)
    links = sparse.csr_array(has @ has.T)
    links.setdiag(0)
    links.eliminate_zeros()
    links.sort_indices()
    links.data[:] = 1
    return Neighbours(pd.Index(labels), links)


def why_empty(values: ArrayLike | pd.Series, weights: Any) -> Empty | None:  # noqa: ANN401 - of any package
    """Return why Moran's I and local G are NaN: too few units, all alike, or no neighbours.

    A unit that alone has no neighbours has no local G; `islands` names it.

    Examples
    --------
    >>> from libpysal.weights import lat2W
    >>> why_empty([3] * 9, lat2W(3, 3)).value, why_empty(range(4), lat2W(2, 2)).value
    ('all_alike', 'too_few')
    """
    return _empty(_units(values, weights))


def islands(values: ArrayLike | pd.Series, weights: Any) -> list[Hashable]:  # noqa: ANN401
    """Return the units with a value that no other one is neighbour of.

    Returns
    -------
    list
        Labels of a Series, else rows.
    """
    units = _units(values, weights)
    alone = units.rows[_degrees(units.links) == 0]
    rows = np.sort(alone)
    return list(values.index[rows] if isinstance(values, pd.Series) else rows.tolist())


def moran(
    values: ArrayLike | pd.Series,
    weights: Any,  # noqa: ANN401
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Moran:
    """Return Moran's I of values over weights.

    ``I = n / S0 * sum(w_ij z_i z_j) / sum(z_i^2)`` with z the values less their mean and S0 the sum
    of all weights (Moran 1950, Biometrika 37, pp. 17-23); z under randomisation (Cliff and Ord
    1981, Spatial Processes, p. 46). Both sides of p: twice the share of permutations, the
    observed one among them, on the side that has fewer.

    Parameters
    ----------
    values : Series or array_like of float, n values
        One a unit: a Series by the labels of the weights, an array in their order.
    weights : libpysal weights or graph
        Of the n units.
    permutations, seed : int, optional
        How often values change places at random, and by which numbers.

    Returns
    -------
    Moran
        NaN for fewer than 8 units with a value, for values that are all alike and where nobody
        has a neighbour; what is expected is known from 2 units on.

    Raises
    ------
    InputError
        For infinite values, and unless there is one for each unit of the weights.

    Examples
    --------
    >>> from libpysal.weights import lat2W
    >>> found = moran(range(1, 10), lat2W(3, 3))
    >>> round(found.I, 9), found.expected, round(found.z, 2)
    (0.5, -0.125, 2.56)
    """
    _check_permutations(permutations)
    units = _units(values, weights)
    n = len(units.values)
    expected = -1 / (n - 1) if n > 1 else math.nan
    if _empty(units):
        return Moran(math.nan, expected, math.nan, math.nan)
    z = units.values - units.values.mean()
    rng = np.random.default_rng(seed)
    drawn = np.vstack([z, rng.permuted(np.tile(z, (permutations, 1)), axis=1)])
    sums = np.einsum("pi,ip->p", drawn, units.links @ drawn.T)
    s0, s1, s2 = _sums(units.links)
    scale = n / s0 / (z @ z)
    error = math.sqrt(max(_variance(z, s0, s1, s2), 0.0))
    index = float(scale * sums[0])
    return Moran(
        index,
        expected,
        (index - expected) / error if error > 0 else math.nan,
        float(_two_sided(sums[:1], sums[None, 1:])[0]),
    )


def local_g(
    values: ArrayLike | pd.Series,
    weights: Any,  # noqa: ANN401
    *,
    star: bool = True,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return local Gi* (or Gi) of each unit, and its p with the false discovery rate in hand.

    ``z = (sum(w_ij x_j) - W_i m) / (s sqrt((N sum(w_ij^2) - W_i^2) / (N - 1)))`` (Ord and Getis
    1995, Geographical Analysis 27, pp. 286-306): over all N = n units, where a unit is its own
    neighbour with its largest weight (Gi*), or over the N = n - 1 others (Gi). ``p`` is of both
    sides, from permutations of all other values (Anselin 1995, Geographical Analysis 27, p. 96);
    ``p_fdr`` is that of `false_discovery_rate`: of the units where it is 0.05 at most, one in
    twenty is there by chance.

    Parameters
    ----------
    values, weights
        As of `moran`.
    star : bool, optional
        Whether a unit belongs to its own neighbours.
    permutations, seed : int, optional
        As of `moran`.

    Returns
    -------
    DataFrame, n rows, on the index of `values`
        ``z`` (above 0 hot, below it cold), ``p`` and ``p_fdr``; NaN where the unit has no value or
        no neighbour, and in every row where Moran's I has none.

    Raises
    ------
    InputError
        As `moran`.

    Examples
    --------
    >>> from libpysal.weights import lat2W
    >>> corner = [9, 8, 9, 1, 2, 8, 9, 8, 2, 1, 9, 8, 7, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]
    >>> local_g(corner, lat2W(5, 5, rook=False)).round(3).iloc[[6, 24]]
            z      p  p_fdr
    6   4.828  0.002  0.025
    24 -1.580  0.262  0.385
    """
    _check_permutations(permutations)
    units = _units(values, weights)
    index = values.index if isinstance(values, pd.Series) else None
    rows = len(np.asarray(values))
    columns = {name: np.full(rows, np.nan) for name in ("z", "p", "p_fdr")}
    degrees = _degrees(units.links)
    if _empty(units) is None:
        linked = np.flatnonzero(degrees)
        z, p = (np.full(len(degrees), np.nan) for _ in range(2))
        z[linked] = _z(units, star=star)[linked]
        known = linked[~np.isnan(z[linked])]
        p[known] = _conditional_p(units, known, permutations=permutations, seed=seed)
        columns["z"][units.rows], columns["p"][units.rows] = z, p
        columns["p_fdr"][units.rows[known]] = false_discovery_rate(p[known])
    return pd.DataFrame(columns, index=index)


def false_discovery_rate(p: ArrayLike) -> Floats:
    """Return p-values of many tests as Benjamini and Hochberg adjust them.

    The smallest of ``p_(k) m / k`` over all that are as large or larger, k counted from the
    smallest of the m (Benjamini and Hochberg 1995, J. Royal Statistical Society B 57, p. 293).

    Examples
    --------
    >>> false_discovery_rate([0.01, 0.04, 0.03, 0.9]).round(3).tolist()
    [0.04, 0.053, 0.053, 0.9]
    """
    values = np.asarray(p, dtype=np.float64)
    descending = np.argsort(-values, kind="stable")
    raised = values[descending] * len(values) / np.arange(len(values), 0, -1)
    adjusted = np.empty(len(values))
    adjusted[descending] = np.minimum.accumulate(np.minimum(raised, 1.0))
    return adjusted


def _units(values: ArrayLike | pd.Series, weights: Any) -> _Units:  # noqa: ANN401
    faults: list[str] = []
    try:
        numbers = np.asarray(values, dtype=np.float64).ravel()
    except (TypeError, ValueError) as error:
        raise InputError(f"values: found {error}, expected numbers") from error
    links = sparse.csr_array(weights.sparse, dtype=np.float64)
    rows = np.arange(len(numbers))
    if np.isinf(numbers).any():
        faults.append("values: found an infinite one, expected numbers, NaN where none is known")
    if len(numbers) != links.shape[0]:
        faults.append(
            f"values: found {len(numbers)} for weights of {links.shape[0]} units, expected as many"
        )
    elif isinstance(values, pd.Series):
        ids = pd.Index(getattr(weights, "id_order", None) or weights.unique_ids)
        rows = values.index.get_indexer(ids) if values.index.is_unique else np.array([-1])
        if (rows < 0).any():
            faults.append(
                "values: their labels are not those of the weights; expected each of them once, or "
                "an array in their order"
            )
    frames.refuse(faults)
    known = ~np.isnan(numbers[rows])
    among = links[known][:, known]
    among.setdiag(0)
    among.eliminate_zeros()
    return _Units(numbers[rows[known]], among, rows[known])


def _empty(units: _Units) -> Empty | None:
    if len(units.values) < FEWEST:
        return Empty.TOO_FEW
    if np.ptp(units.values) == 0:
        return Empty.ALL_ALIKE
    return None if units.links.nnz else Empty.NO_NEIGHBOURS


def _degrees(links: sparse.csr_array) -> NDArray[np.intp]:
    return np.diff(links.indptr)


def _sums(links: sparse.csr_array) -> tuple[float, float, float]:
    """Return S0, S1 and S2 of Cliff and Ord."""
    both = links + links.T
    ends = links.sum(axis=0) + links.sum(axis=1)
    return float(links.sum()), float((both.data**2).sum() / 2), float(ends @ ends)


def _variance(z: Floats, s0: float, s1: float, s2: float) -> float:
    """Return the variance of Moran's I under randomisation."""
    n = len(z)
    peaked = n * (z**4).sum() / (z @ z) ** 2
    above = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2) - peaked * (
        (n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2
    )
    return float(above / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1 / (n - 1) ** 2)


def _z(units: _Units, *, star: bool) -> Floats:
    x, links = units.values, units.links
    own = links.max(axis=1).toarray().ravel() if star else np.zeros(len(x))
    left_out = np.zeros(len(x)) if star else x
    n = len(x) if star else len(x) - 1
    mean = (x.sum() - left_out) / n
    variance = ((x**2).sum() - left_out**2) / n - mean**2
    total, squares = links.sum(axis=1) + own, links.power(2).sum(axis=1) + own**2
    spread = n * squares - total**2
    # Of a unit that has all others for neighbours nothing can vary.
    varied = (variance > ROUNDING * mean**2) & (spread > ROUNDING * n * squares)
    z = np.full(len(x), np.nan)
    error = np.sqrt((variance * spread)[varied] / (n - 1))
    z[varied] = ((links @ x + own * x - total * mean)[varied]) / error
    return z


def _conditional_p(
    units: _Units, known: NDArray[np.intp], *, permutations: int, seed: int
) -> Floats:
    """Return p of units whose neighbours' values are drawn from those of all others."""
    x, links = units.values, units.links
    most = int(_degrees(links).max())
    others = np.tile(np.arange(len(x) - 1), (permutations, 1))
    drawn = np.random.default_rng(seed).permuted(others, axis=1)[:, :most]
    sums = np.empty((len(known), permutations))
    for row, unit in enumerate(known.tolist()):
        weights = links.data[links.indptr[unit] : links.indptr[unit + 1]]
        ids = drawn[:, : len(weights)]
        sums[row] = x[ids + (ids >= unit)] @ weights
    return _two_sided((links @ x)[known], sums)


def _two_sided(observed: Floats, drawn: Floats) -> Floats:
    """Return p of each observed value, shape (m,), among those drawn, shape (m, permutations)."""
    near = ROUNDING * np.abs(drawn).max(axis=1, initial=0.0)
    above = (drawn >= (observed - near)[:, None]).sum(axis=1)
    below = (drawn <= (observed + near)[:, None]).sum(axis=1)
    p = 2 * (np.minimum(above, below) + 1) / (drawn.shape[1] + 1)
    return np.asarray(np.minimum(p, 1.0))


def _check_permutations(permutations: int) -> None:
    if not amounts.within(permutations, least=1, most=math.inf):
        raise InputError(f"permutations: found {permutations!r}, expected one or more")
