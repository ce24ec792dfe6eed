"""What the view of several divisions shows: the divisions, a quantity of each, and its classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo import formats
from geo.measures import classes
from geo.measures.indicator_list import AREAL, Indicator
from layers import palette
from ui.cached import indicators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.measures.areal_indicators import Measured
    from geo.measures.areal_units import Divided
    from ui.state.pages import Districts
    from ui.state.view import PageView

NONE: Final = -1
"""The class of a unit that has no figure."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The sites of a view in districts and in squares.

    Attributes
    ----------
    view
        The page's.
    found
        The divisions and their figures.
    measured
        The quantity on the maps, of each unit of each division.
    limits
        Of its classes, the same on all maps.
    """

    view: PageView[Districts]
    found: Divided
    measured: Measured
    limits: tuple[float, ...]

    @property
    def name(self) -> str:
        """The name of the quantity, one of `AREAL`."""
        return self.view.state.by

    @property
    def indicator(self) -> Indicator:
        """What it is."""
        return AREAL[self.name]

    @property
    def sparse(self) -> bool:
        """Whether a unit without a site has no figure: what is not there is not 0."""
        return self.name in {"lq", "diversity", "entropy"}

    def names(self) -> list[str]:
        """Return what the divisions are called."""
        own, *squares = self.found.divisions
        t = self.view.t
        sizes = (f"{each.cells.size_m / 1000:g}" for each in squares if each.cells is not None)
        noun = formats.capitalised(self.view.noun(len(own.n)))
        return [noun, *(t("areal.squares", km=km) for km in sizes)]

    @property
    def classed(self) -> list[NDArray[np.int64]]:
        """Class of each unit of each division, `NONE` without a figure."""
        zero = not self.indicator.quotient
        return [
            classes.classify(pd.Series(each), self.limits, zero_class=zero)
            .fillna(NONE)
            .to_numpy(dtype=np.int64)
            for each in self.measured.values
        ]

    @property
    def tokens(self) -> tuple[str, ...]:
        """Colour token of each class."""
        if self.indicator.quotient:
            return palette.QUOTIENT
        return palette.amounts(len(self.limits) + 1)

    @property
    def labels(self) -> Sequence[str]:
        """Limits of each class as text."""
        every, indicator = np.concatenate(self.measured.values), self.indicator
        if indicator.counted:
            return classes.whole_labels(self.limits, values=every)
        scale = 100 if indicator.share else 1
        limits = [scale * limit for limit in self.limits]
        return classes.labels(limits, zero_class=not indicator.quotient, values=scale * every)

    def drawn(self, row: int) -> NDArray[np.intp]:
        """Return the squares of a division that are drawn: of what all have, 0 is bare land."""
        return np.flatnonzero(self.classed[row] > (NONE if self.sparse else 0))


def shown(view: PageView[Districts]) -> Shown:
    """Return what a view shows."""
    query, by, focus = view.query, view.state.by, view.state.focus
    return Shown(
        view=view,
        found=indicators.divided(query),
        measured=indicators.in_units(query, by, focus),
        limits=indicators.breaks_in_units(query, by, focus, view.state.classes),
    )
