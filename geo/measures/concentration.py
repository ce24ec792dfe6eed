"""How unevenly amounts are spread over units, and how varied a mix of sectors is.

Every function takes one amount a unit: sites of districts, sites of sectors. A missing amount is
unknown and left out; 0 is an amount. Each figure depends on the shares ``s_i = x_i / sum x``
alone, so that neither the order of the units nor the scale of the amounts matters. It is NaN where
`why_empty` says why.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np
import pandas as pd
from scipy import special

from geo.checks import amounts, frames
from geo.errors import InputError
from geo.measures.emptiness import Empty

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


class Theil(NamedTuple):
    """Theil's T and its parts.

    Attributes
    ----------
    total
        Nats, from 0 to ln n.
    between
        What it would be, had all units of a group the group's mean.
    within
        The mean of the groups' own T, weighted by their shares; ``total = between + within``.
    """

    total: float
    between: float
    within: float


def why_empty(x: ArrayLike, *, normalised: bool = False) -> Empty | None:
    """Return why a figure of these amounts is NaN; None where it is not.

    Examples
    --------
    >>> why_empty([0, 0]).value, why_empty([3]), why_empty([3], normalised=True).value
    ('nothing_counted', None, 'too_few')
    """
    shares = _shares(x)
    if not len(shares):
        return Empty.NOTHING_COUNTED
    return Empty.TOO_FEW if normalised and len(shares) == 1 else None


def gini(x: ArrayLike, *, normalised: bool = False) -> float:
    """Return the Gini coefficient, 0 where all units have the same.

    ``G = sum((2i - n - 1) x_(i)) / (n sum x)`` with x in ascending order (Gini 1912; Sen 1973, On
    Economic Inequality, p. 31), 0 to 1 - 1/n; normalised ``G n / (n - 1)``, 0 to 1.

    Parameters
    ----------
    x : array_like of float, shape (n,)
        Amounts from 0 up; NaN is left out.
    normalised : bool, optional
        Whether 1 is reached where one of the n units has everything. Needs two units.

    Raises
    ------
    InputError
        For amounts below 0, infinite ones, what is no number, and more dimensions than one.

    Examples
    --------
    >>> round(gini([20, 50, 20, 10]), 9), round(gini([20, 50, 20, 10], normalised=True), 9)
    (0.3, 0.4)
    """
    shares = _shares(x)
    if not len(shares):
        return math.nan
    n = len(shares)
    value = float((2 * np.arange(1, n + 1) - n - 1) @ shares) / n
    return _rescaled(value, n / (n - 1) if n > 1 else math.nan) if normalised else value


def weighted_gini(x: ArrayLike, weights: ArrayLike) -> float:
    """Return the Gini coefficient over all who have an amount, where many have the same.

    That of `gini` with each amount ``x_i`` written ``w_i`` times: ``G = sum(w_i x_i (2 c_i - W)) /
    (W sum w_i x_i)``, x ascending, ``c_i`` all weights below and half of its own, W their sum.

    Parameters
    ----------
    x : array_like of float, shape (n,)
        Amounts from 0 up; NaN is left out.
    weights : array_like of float, shape (n,)
        How many have each, such as residents of a district; NaN is left out.

    Raises
    ------
    InputError
        For amounts or weights as `gini` refuses them, and as many of one as not of the other.

    Examples
    --------
    >>> round(weighted_gini([0.2, 0.8], [30, 10]), 3), round(gini([0.2, 0.2, 0.2, 0.8]), 3)
    (0.321, 0.321)
    """
    (values, faults), (many, others) = _amounts(x), _amounts(weights, name="weights")
    if values.shape != many.shape and not faults + others:
        faults.append(f"weights: found {len(many)}, expected one for each of {len(values)} amounts")
    frames.refuse(faults + others)
    known = ~(np.isnan(values) | np.isnan(many))
    order = np.argsort(values[known], kind="stable")
    values, many = values[known][order], many[known][order]
    total, whole = float(many.sum()), float(many @ values)
    if not whole:
        return math.nan
    middle = np.cumsum(many) - many / 2
    return _not_below_0(float((many * values) @ (2 * middle - total)) / (total * whole))


@overload
def theil(x: ArrayLike) -> float: ...
@overload
def theil(x: ArrayLike, *, groups: ArrayLike) -> Theil: ...
def theil(x: ArrayLike, *, groups: ArrayLike | None = None) -> float | Theil:
    """Return Theil's T, 0 where all units have the same, ln n where one has everything.

    ``T = sum(s_i ln(n s_i))``, in nats. Over groups of n_g units and shares S_g, ``between =
    sum(S_g ln(S_g n / n_g))`` and ``within = sum(S_g T_g)`` (Theil 1967, Economics and Information
    Theory, pp. 91-96).

    Parameters
    ----------
    x : array_like of float, shape (n,)
        As of `gini`.
    groups : array_like, shape (n,), optional
        Of each unit: its city, its region.

    Returns
    -------
    float or Theil
        With `groups` the whole and both of its parts.

    Raises
    ------
    InputError
        As `gini`, and unless every unit has a group.

    Examples
    --------
    >>> round(theil([10, 10, 10, 20, 50]), 6)
    0.250201
    >>> cities = theil([1, 1, 3, 3], groups=["a", "a", "b", "b"])
    >>> round(cities.total, 6), round(cities.between, 6), cities.within
    (0.130812, 0.130812, 0.0)
    """
    values, faults = _amounts(x)
    labels = pd.Series(np.zeros(len(values)) if groups is None else np.asarray(groups))
    if len(labels) != len(values):
        faults.append(f"groups: found {len(labels)} for {len(values)} amounts, expected as many")
    if labels.isna().any():
        faults.append(
            f"groups: none for {frames.rows(labels, labels.isna().to_numpy())}, expected one for "
            "each amount"
        )
    frames.refuse(faults)
    known = ~np.isnan(values)
    group = pd.factorize(labels[known], sort=True)[0]
    order = np.lexsort((group, values[known]))
    shares, group = _scaled(values[known][order]), group[order]
    if not len(shares):
        return math.nan if groups is None else Theil(math.nan, math.nan, math.nan)
    total = _not_below_0(special.rel_entr(shares, 1 / len(shares)).sum())
    if groups is None:
        return total
    units, sums = np.bincount(group), np.bincount(group, weights=shares)
    between = special.rel_entr(sums, units / len(shares)).sum()
    within = special.rel_entr(shares, (sums / units)[group]).sum()
    return Theil(total, _not_below_0(between), _not_below_0(within))


def herfindahl(x: ArrayLike, *, normalised: bool = False) -> float:
    """Return the Herfindahl-Hirschman index, 1 where one unit has everything.

    ``HHI = sum(s_i^2)``, from 1/k up; ``HHI* = (HHI - 1/k) / (1 - 1/k)``, from 0 up, with k the
    number of amounts, zeros among them (Hirschman 1945; Herfindahl 1950). ``1 / HHI`` is as many
    equal units as would be as concentrated.

    Parameters
    ----------
    x : array_like of float, shape (k,)
        As of `gini`.
    normalised : bool, optional
        Whether to return HHI*. Needs two units.

    Raises
    ------
    InputError
        As `gini`.

    Examples
    --------
    >>> round(herfindahl([20, 50, 20, 10]), 9)
    0.34
    >>> round(herfindahl([20, 50, 20, 10], normalised=True), 9)
    0.12
    """
    shares = _shares(x)
    if not len(shares):
        return math.nan
    index, least = float(shares @ shares), 1 / len(shares)
    if not normalised:
        return min(index, 1.0)
    return _rescaled(index - least, 1 / (1 - least) if least < 1 else math.nan)


def diversity(x: ArrayLike) -> float:
    """Return the chance (0-1) that two sites, drawn with return, differ in what they are.

    ``1 - HHI`` of the shares of sectors (Simpson 1949, Nature 163, p. 688). Needs two sectors to
    count, of which one may have no site. Parameters and errors as `herfindahl`.

    Examples
    --------
    >>> round(diversity([20, 50, 20, 10]), 9), diversity([7, 0])
    (0.66, 0.0)
    """
    return math.nan if why_empty(x, normalised=True) else 1 - herfindahl(x)


def entropy(x: ArrayLike) -> float:
    """Return Shannon's entropy in bits, 0 where one unit has everything, log2 k where all are even.

    ``-sum(s_i log2 s_i)`` (Shannon 1948, Bell System Technical Journal 27, pp. 379-423).
    Parameters and errors as `gini`.

    Examples
    --------
    >>> entropy([1, 1, 1, 1]), entropy([5, 0]), entropy([0, 0])
    (2.0, 0.0, nan)
    """
    shares = _shares(x)
    return float(special.entr(shares).sum() / math.log(2)) if len(shares) else math.nan


def top_share(x: ArrayLike, *, k: int = 1) -> float:
    """Return the share (0-1) of all that the k largest units have.

    The concentration ratio CR_k (Hannah and Kay 1977, Concentration in Modern Industry, ch. 4).

    Parameters
    ----------
    x : array_like of float, shape (n,)
        As of `gini`.
    k : int
        How many units; of fewer than that, all.

    Raises
    ------
    InputError
        As `gini`, and for a `k` below 1.

    Examples
    --------
    >>> top_share([20, 50, 20, 10]), round(top_share([20, 50, 20, 10], k=3), 9)
    (0.5, 0.9)
    """
    if not amounts.within(k, least=1, most=math.inf) or k != int(k):
        raise InputError(f"k: found {k!r}, expected a whole number from 1 on")
    shares = _shares(x)
    # What the others leave: 1, and no rounding below it, where they have nothing.
    return max(1 - float(shares[: -int(k)].sum()), 0.0) if len(shares) else math.nan


def _shares(x: ArrayLike) -> Floats:
    """Return the shares of the known amounts in ascending order; none where nothing is counted."""
    values, faults = _amounts(x)
    frames.refuse(faults)
    return _scaled(np.sort(values[~np.isnan(values)]))


def _scaled(ascending: Floats) -> Floats:
    if not len(ascending) or not ascending[-1]:
        return np.empty(0)
    # By the largest first, so that no sum is beyond what a float holds.
    scaled = ascending / ascending[-1]
    return np.asarray(scaled / scaled.sum(), dtype=np.float64)


def _amounts(x: ArrayLike, *, name: str = "x") -> tuple[Floats, list[str]]:
    """Return amounts, NaN where one is unknown, and what is wrong with them."""
    try:
        values = np.asarray(x, dtype=np.float64)
    except (TypeError, ValueError) as error:
        return np.empty(0), [f"{name}: found {error}, expected numbers"]
    if values.ndim != 1:
        return np.empty(0), [f"{name}: found {values.ndim} dimensions, expected one"]
    wrong = np.isinf(values) | (values < 0)
    faults = []
    if wrong.any():
        at = frames.rows(pd.Series(values), wrong)
        found = f"{name}: found {values[wrong][0]} at {at}"
        faults.append(f"{found}, expected finite numbers from 0 up")
    return values, faults


def _rescaled(value: float, factor: float) -> float:
    """Return a value times a factor, without what rounding takes below 0 or above 1."""
    return math.nan if math.isnan(factor) else min(max(value * factor, 0.0), 1.0)


def _not_below_0(value: float) -> float:
    return max(float(value), 0.0)
