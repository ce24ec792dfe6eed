"""Where the classes of a choropleth break: at round numbers, quantiles or equal steps."""

from __future__ import annotations

import itertools
import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

STEPS = (1, 2, 3, 5)
SHARES = (0.7, 0.8, 0.9)
"""Limits of shares beside `STEPS`: near all, a step is the same distance as near none."""

LEAST = 1e-3
"""Part of the largest value below which amounts are not told apart: all are next to nothing."""

FIT = 0.95
"""Goodness of variance fit from which more classes would only split hairs."""

FEWEST, MOST = 2, 4
"""Limits: three to five classes, and one for zero."""

PARTS: Final = np.arange(1, MOST + 1) / (MOST + 1)
"""Of quantiles: five classes."""

AMOUNT_SPAN = math.log(4)
"""Amounts of one class are at most four times apart."""

SHARE_SPAN = math.asin(math.sqrt(0.1))
"""Shares of one class are at most as far apart as 0 and 10 %: a fifth of the scale, as 90-100 %."""

Places = NDArray[np.float64]


def amount_breaks(values: Iterable[float]) -> tuple[float, ...]:
    """Return the limits of classes of amounts, as round numbers.

    Natural breaks (Fisher 1958, Jenks 1967) of the logarithms among {1, 2, 3, 5} x 10^k: of all
    sets of such limits the one that leaves least variance within the classes. As few classes as
    fit (`FIT`) with their values at most four times apart, three at least where the values
    allow it and five at most. On logarithms because readers compare densities by their ratio;
    quartiles, our rule before, put 26 beside 2.3 and 3.7 beside 44, and head/tail breaks leave
    half of the districts in one class.

    Parameters
    ----------
    values : iterable of float
        Amounts; zeros and missing values do not take part.

    Returns
    -------
    tuple of float
        Ascending, at most four, no class empty; none when the values lie between two round
        numbers.

    Raises
    ------
    InputError
        For a negative or infinite value.

    Examples
    --------
    >>> amount_breaks([0, 0.4, 0.7, 2.1, 2.9, 14, 18, 68.4])
    (1.0, 5.0, 30.0)
    """
    amounts = _above_zero(values, most=math.inf)
    if not len(amounts):
        return ()
    least = LEAST * float(amounts[-1])

    def place(numbers: Places) -> Places:
        return np.log(np.maximum(numbers, least))

    return _natural_breaks(amounts, _round_numbers(amounts), place, span=AMOUNT_SPAN)


def share_breaks(values: Iterable[float]) -> tuple[float, ...]:
    """Return the limits of classes of shares, as round numbers.

    As `amount_breaks`, on the arcsine of the square root, the scale on which shares vary alike
    near none, in the middle and near all: 51 % and 98 % are different, though not twice apart.

    Parameters
    ----------
    values : iterable of float
        Shares of 0 to 1; zeros and missing values do not take part.

    Returns
    -------
    tuple of float
        As from `amount_breaks`; of `STEPS` x 10^k and `SHARES`.

    Raises
    ------
    InputError
        For a value that is no share.

    Examples
    --------
    >>> share_breaks([0.02, 0.08, 0.35, 0.4, 0.93, 1])
    (0.2, 0.7)
    """
    shares = _above_zero(values, most=1.0)
    if not len(shares):
        return ()
    limits = sorted({*(limit for limit in _round_numbers(shares) if limit < 1), *SHARES})
    return _natural_breaks(shares, limits, lambda p: np.arcsin(np.sqrt(p)), span=SHARE_SPAN)


def quantile_breaks(values: Iterable[float]) -> tuple[float, ...]:
    """Return limits of classes that hold a fifth of the values each, as nearly as ties allow.

    Each limit is the number of fewest digits between two values, so that no value of a class is
    beyond what the legend says of it.

    Parameters
    ----------
    values : iterable of float
        Amounts or shares; zeros and missing values do not take part.

    Returns
    -------
    tuple of float
        Ascending, at most four, no class empty; none when all values are alike.

    Raises
    ------
    InputError
        As `amount_breaks`.

    Examples
    --------
    >>> quantile_breaks([0, 0.4, 0.7, 2.1, 2.9, 14, 18, 68.4])
    (2.0, 2.9, 10.0, 18.0)
    """
    above = _above_zero(values, most=math.inf)
    if not len(above):
        return ()
    ends = np.searchsorted(above, np.quantile(above, PARTS), side="right")
    pairs = ((above[n - 1], above[n]) for n in np.unique(ends) if 0 < n < len(above))
    return tuple(_fewest_digits(float(below), float(to)) for below, to in pairs)


def equal_breaks(values: Iterable[float]) -> tuple[float, ...]:
    """Return limits of at most five classes as wide as each other, the first from zero on.

    Parameters
    ----------
    values : iterable of float
        As of `quantile_breaks`.

    Returns
    -------
    tuple of float
        Ascending, at most four: multiples of a fifth of the largest value, rounded up to two
        digits; whole where all values are. None when all values are alike.

    Raises
    ------
    InputError
        As `amount_breaks`.

    Examples
    --------
    >>> equal_breaks([0, 0.4, 0.7, 2.1, 2.9, 14, 18, 68.4]), equal_breaks([0, 1, 6, 7])
    ((14.0, 28.0, 42.0, 56.0), (2.0, 4.0, 6.0))
    """
    above = _above_zero(values, most=math.inf)
    if not len(above) or above[0] == above[-1]:
        return ()
    fifth = Decimal(repr(float(above[-1]))) / (MOST + 1)
    whole = bool((above == np.floor(above)).all())
    digits = fifth.adjusted() - 1
    step = fifth.quantize(Decimal(1).scaleb(max(digits, 0) if whole else digits), ROUND_CEILING)
    limits = (float(at * step) for at in range(1, MOST + 1))
    # No count lies between 0 and 1.
    return tuple(limit for limit in limits if (1 if whole else 0) < limit <= above[-1])


def _fewest_digits(below: float, to: float) -> float:
    """Return the number of fewest digits above one number and up to another."""
    exact = Decimal(repr(to))  # as it reads: 2.9, and not what the float falls short of it
    for digits in range(17):
        step = Decimal(1).scaleb(exact.adjusted() - digits)
        limit = float(exact.quantize(step, ROUND_FLOOR))
        if below < limit:
            return limit
    return to


def _above_zero(values: Iterable[float], *, most: float) -> Places:
    """Return the values above zero in their order."""
    given = pd.Series(list(values), dtype="Float64").dropna().to_numpy(dtype=np.float64)
    if (given < 0).any() or (given > most).any() or np.isinf(given).any():
        raise InputError(f"breaks: expected finite values from 0 to {most:g}")
    return np.sort(given[given > 0])


def _round_numbers(values: Places) -> list[float]:
    """Return the round numbers among ascending values, without those below `LEAST`."""
    high = math.log10(values[-1])
    low = high + math.log10(LEAST)  # of the product, the smallest numbers would have none
    exponents = range(math.floor(low), math.floor(high) + 1)
    return [float(f"{step}e{k}") for k in exponents for step in STEPS]


def _natural_breaks(
    values: Places, limits: Iterable[float], place: Callable[[Places], Places], *, span: float
) -> tuple[float, ...]:
    """Return of some limits those that part values best, as few as fit.

    Limits that part the values alike count once, the one nearest to the middle of its gap.
    """
    at = place(values)
    at = at - at.mean()
    middles: dict[int, tuple[float, float]] = {}
    for limit in limits:
        n = int(np.searchsorted(values, limit, side="left"))
        if 0 < n < len(values):
            aside = abs(float(place(np.array([limit]))[0] - place(values[n - 1 : n + 1]).mean()))
            middles[n] = min(middles.get(n, (math.inf, limit)), (round(aside, 9), limit))
    span = round(span, 9)
    sums, squares = (np.concatenate([[0.0], each.cumsum()]) for each in (at, at**2))

    def parted(cuts: Sequence[int]) -> tuple[float, float]:
        """Return how wide the widest class is, if wider than it may, and what varies within."""
        ends = list(itertools.pairwise((0, *cuts, len(at))))
        within = squares[-1] - sum((sums[b] - sums[a]) ** 2 / (b - a) for a, b in ends)
        # Rounded, so that sets as good as each other are taken in their order on any machine.
        return round(max(span, *(at[b - 1] - at[a] for a, b in ends)), 9), round(within, 9)

    cuts: tuple[int, ...] = ()
    for count in range(min(FEWEST, len(middles)), min(MOST, len(middles)) + 1):
        cuts = min(itertools.combinations(sorted(middles), count), key=parted)
        width, within = parted(cuts)
        if width <= span and within <= (1 - FIT) * squares[-1]:
            break
    return tuple(middles[n][1] for n in cuts)
