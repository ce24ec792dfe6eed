"""Functions of one coordinate as tables of short polynomials: a few times faster than sines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

DEGREE: Final = 3
"""Of the polynomial of a cell."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A smooth function between two places, by cells of one length.

    Attributes
    ----------
    start
        Where the first cell begins.
    density
        Cells to a unit.
    coefficients
        Of the powers of the place in a cell, 0 to 1, the highest power first; row by power.
    """

    start: float
    density: float
    coefficients: tuple[NDArray[np.float64], ...]

    def at(self, place: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the function's values; every place lies between both ends."""
        within = (place - self.start) * self.density
        cell = within.astype(np.intp)
        within -= cell
        highest, *others = self.coefficients
        values: NDArray[np.float64] = highest.take(cell)
        for each in others:
            values *= within
            values += each.take(cell)
        return values


def curve(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    start: float,
    end: float,
    density: float,
) -> Curve:
    """Return a function's table, which meets it in four places of every cell (Chebyshev's).

    Parameters
    ----------
    function
        Of an array of places.
    start, end
        Where it is asked for.
    density
        Cells to a unit: with 128 to a wave its height is met to a part in a thousand millions.
    """
    left = np.arange(start, end + 1 / density, 1 / density)
    nodes = (1 + np.cos(np.pi * (np.arange(DEGREE + 1) + 0.5) / (DEGREE + 1))) / 2
    values = function(left[:, None] + nodes / density)
    coefficients = np.linalg.solve(np.vander(nodes), values.T)
    coefficients.flags.writeable = False
    return Curve(start, density, tuple(coefficients))
