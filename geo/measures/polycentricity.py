"""How evenly a layout's cores and nodes share what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import InputError
from geo.measures import concentration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWEST = 2
"""Fewer elements have no balance between them."""


def primacy(counts: Sequence[float]) -> float:
    """Return the largest element's share (0-1) of the sites in all elements.

    Parameters
    ----------
    counts : sequence of float, length k
        Sites of each element; at least two elements, and at least one site.

    Raises
    ------
    InputError
        For fewer than two counts, one that is negative or not finite, or only zeros.

    Examples
    --------
    >>> primacy([6, 3, 1])
    0.6
    """
    return float(_shares(counts).max())


def evenness(counts: Sequence[float]) -> float:
    """Return ``1 - HHI*``: 1 where all elements are alike, 0 where one has everything.

    HHI* is that of `concentration.herfindahl`. Parameters and errors as `primacy`.

    Examples
    --------
    >>> evenness([5, 5]), evenness([10, 0])
    (1.0, 0.0)
    """
    return 1 - concentration.herfindahl(_shares(counts), normalised=True)


def green(counts: Sequence[float]) -> float:
    """Return Green's polycentricity, ``1 - sd_obs / sd_max``, 0-1.

    ``sd_max`` is the standard deviation of a network of two, one with nothing and one with the
    largest count: {0, max} (Green 2007, Functional polycentricity, Urban Studies 44(11), pp.
    2077-2103). Both are those of a population, so that the result is never below 0. Parameters
    and errors as `primacy`.

    Examples
    --------
    >>> green([5, 5]), green([10, 0])
    (1.0, 0.0)
    """
    shares = _shares(counts)
    return float(1 - shares.std() / np.std([0.0, shares.max()]))


def _shares(counts: Sequence[float]) -> NDArray[np.float64]:
    try:
        values = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError):
        values = np.empty(0)
    shaped = values.ndim == 1 and len(values) >= FEWEST
    if not shaped or not np.isfinite(values).all() or (values < 0).any():
        raise InputError(
            f"counts {counts!r}: expected at least {FEWEST} finite numbers, none below 0"
        )
    if not values.any():
        raise InputError("counts: all are 0; expected at least one site")
    return np.asarray(values / values.sum())
