"""Classes of a choropleth: which one a value is in, and how they are labelled."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import formats
from geo.checks import amounts, frames
from geo.checks.written import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LQ_BREAKS = (0.5, 0.8, 1.25, 2.0)
"""Limits for location quotients, reciprocal around 1."""


def classify(values: pd.Series, breaks: Sequence[float], *, zero_class: bool = True) -> pd.Series:
    """Return the class of each value, counted from 0.

    Classes are closed below and open above. With `zero_class`, class 0 holds zero alone and class
    1 what lies between zero and the first limit; without it, class 0 is all below the first limit
    (for location quotients).

    Parameters
    ----------
    values : Series of float
        Figures; NaN or NA is no figure.
    breaks : sequence of float
        Ascending limits.
    zero_class : bool
        Whether zero is a class of its own.

    Returns
    -------
    Series of Int64
        On the index of `values`, NA where there is no figure. A position in `labels`.

    Raises
    ------
    InputError
        For what is no figure (text that is no number, below 0, infinite), with its row; for
        limits that are no ascending numbers above 0.

    Examples
    --------
    >>> import pandas as pd
    >>> classify(pd.Series([0, 0.5, 3, 50, None]), [1, 3, 30]).to_list()
    [0, 1, 3, 4, <NA>]
    """
    faults: list[str] = []
    name = "values" if values.name is None else str(values.name)
    known = amounts.column(values.to_frame(name), name, faults, of="values")
    limits = _limits(breaks, faults)
    frames.refuse(faults)
    numbers = known.to_numpy(dtype=np.float64)
    found = np.searchsorted(np.asarray(limits, dtype=np.float64), numbers, side="right")
    if zero_class:
        found = np.where(numbers == 0, 0, found + 1)
    return pd.Series(found, index=values.index, dtype="Int64").mask(np.isnan(numbers))


def labels(
    breaks: Sequence[float], *, zero_class: bool = True, values: Iterable[object] = ()
) -> tuple[str, ...]:
    """Return the limits of each class as text, in the order of `classify`.

    Parameters
    ----------
    breaks : sequence of float
        Ascending limits.
    zero_class : bool
        As in `classify`.
    values : iterable of float
        What is classed: without limits the one class above zero is told by how far these reach.

    Returns
    -------
    tuple of str
        ``("0", "0–1", "1–3", "3–30", "≥ 30")`` for (1, 3, 30).

    Raises
    ------
    InputError
        For limits that are no ascending numbers above 0.

    Examples
    --------
    >>> labels([1, 3, 30])
    ('0', '0–1', '1–3', '3–30', '≥ 30')
    >>> labels(LQ_BREAKS, zero_class=False)
    ('< 0.5', '0.5–0.8', '0.8–1.25', '1.25–2', '≥ 2')
    >>> labels([], values=[0, 0.62, 0.87])
    ('0', '0.62–0.87')
    """
    faults: list[str] = []
    limits = [formats.limit(limit) for limit in _limits(breaks, faults)]
    frames.refuse(faults)
    if not limits:
        return ("0", _reach(values)) if zero_class else ("",)
    between = [f"{low}–{high}" for low, high in itertools.pairwise(limits)]
    first = ["0", f"0–{limits[0]}"] if zero_class else [f"< {limits[0]}"]
    return (*first, *between, f"≥ {limits[-1]}")


def whole_labels(
    breaks: Sequence[float], *, least: int = 1, values: Iterable[object] = ()
) -> tuple[str, ...]:
    """Return the classes of counts, as `classify` has them with a class of zero.

    Parameters
    ----------
    breaks : sequence of float
        Ascending whole numbers above `least`.
    least : int
        The smallest count above zero.
    values : iterable of int
        As in `labels`.

    Returns
    -------
    tuple of str
        ``("0", "1–4", "5–9", "≥ 10")`` for (5, 10): no count stands in two.

    Raises
    ------
    InputError
        For limits that are no ascending numbers above 0.

    Examples
    --------
    >>> whole_labels([5, 10]), whole_labels([2, 3])
    (('0', '1–4', '5–9', '≥ 10'), ('0', '1', '2', '≥ 3'))
    >>> whole_labels([30], least=10)
    ('0', '10–29', '≥ 30')
    >>> whole_labels([], values=[0, 6, 9]), whole_labels([], values=[6]), whole_labels([])
    (('0', '6–9'), ('0', '6'), ('0', '> 0'))
    """
    faults: list[str] = []
    limits = _limits(breaks, faults)
    frames.refuse(faults)
    if not limits:
        return ("0", _reach(values))
    between = [
        formats.limit(low) if high - low <= 1 else f"{formats.limit(low)}–{formats.limit(high - 1)}"
        for low, high in itertools.pairwise([least, *limits])
    ]
    return ("0", *between, f"≥ {formats.limit(limits[-1])}")


def _reach(values: Iterable[object]) -> str:
    """Return the least and the largest of all values above zero."""
    known = pd.Series(list(values), dtype="Float64").dropna()
    above = known[known > 0]
    ends = [formats.limit(each) for each in (above.min(), above.max())] if len(above) else []
    return "–".join(dict.fromkeys(ends)) or "> 0"


def _limits(breaks: Sequence[float], faults: list[str]) -> list[float]:
    """Return limits; ``faults`` takes what is wrong with them, and there are none then."""
    limits = list(breaks)
    largest = sys.float_info.max
    numbers = all(amounts.within(each, least=0, most=largest) and each > 0 for each in limits)
    if numbers and all(low < high for low, high in itertools.pairwise(limits)):
        return limits
    found = shortened(repr(limits))
    faults.append(f"breaks: found {found}; expected numbers above 0 in ascending order")
    return []
