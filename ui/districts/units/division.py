"""What the view of several divisions shows: the divisions, a quantity of each, and its classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import formats
from geo.measures import classes
from geo.measures.indicator_list import INDICATORS
from layers import palette
from ui.cached import indicators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.measures.areal_units import Divided, Division
    from ui.state.pages import Districts
    from ui.state.view import PageView


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The sites of a view in districts and in squares.

    Attributes
    ----------
    view
        The page's.
    found
        The divisions and their figures.
    indicator
        The quantity on the maps: "area" or "count".
    limits
        Of its classes, the same on all maps.
    """

    view: PageView[Districts]
    found: Divided
    indicator: str
    limits: tuple[float, ...]

    def names(self) -> list[str]:
        """Return what the divisions are called."""
        own, *squares = self.found.divisions
        t = self.view.t
        sizes = (f"{each.cells.size_m / 1000:g}" for each in squares if each.cells is not None)
        noun = formats.capitalised(self.view.noun(len(own.n)))
        return [noun, *(t("areal.squares", km=km) for km in sizes)]

    def values(self, division: Division) -> NDArray[np.float64]:
        """Return the quantity of each unit."""
        counted = INDICATORS[self.indicator].counted
        return division.n.astype(np.float64) if counted else division.per_100_km2

    def classed(self, division: Division) -> NDArray[np.int64]:
        """Return the class of each unit."""
        found = classes.classify(pd.Series(self.values(division)), self.limits)
        return found.to_numpy(dtype=np.int64)

    @property
    def tokens(self) -> tuple[str, ...]:
        """Colour token of each class."""
        return palette.amounts(len(self.limits) + 1)

    @property
    def labels(self) -> Sequence[str]:
        """Limits of each class as text."""
        if INDICATORS[self.indicator].counted:
            return classes.whole_labels(self.limits, values=self._every)
        return classes.labels(self.limits, values=self._every)

    @property
    def _every(self) -> NDArray[np.float64]:
        return np.concatenate([self.values(each) for each in self.found.divisions])


def shown(view: PageView[Districts]) -> Shown:
    """Return what a view shows."""
    found, indicator = indicators.divided(view.query), view.state.by
    asked = Shown(view=view, found=found, indicator=indicator, limits=())
    every = pd.Series(np.concatenate([asked.values(each) for each in found.divisions]))
    limits = INDICATORS[indicator].breaks(every, view.state.classes)
    return Shown(view=view, found=found, indicator=indicator, limits=limits)
