"""The scorecards of layouts, computed once for each radius and phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import memory
from geo.policy import scorecard
from geo.search.criteria import Criteria
from ui.cached import indicators, names, records
from ui.cached.indicators import FigureQuery

if TYPE_CHECKING:
    from geo.facts import boundaries
    from geo.policy.model import Layout
    from geo.policy.phases import Phase
    from geo.policy.score import Score


def unit(layout: Layout) -> boundaries.Level:
    """Return the level a layout's region is drawn at."""
    if layout.place is not None:
        return "district"
    return names.default_level(layout.region)


def query(layout: Layout, *, radius_m: float) -> FigureQuery:
    """Return the query of a layout's region at its first level, all sites, no filter."""
    return FigureQuery(layout.area, unit(layout), Criteria(), radius_m)


@memory.by_view(latest=64)
def scores(layout: Layout, radius_m: float, phase: Phase = "planned") -> tuple[Score, ...]:
    """Return a layout's scorecard."""
    units = indicators.units(query(layout, radius_m=radius_m))
    every = records.counted_sites(layout.area)
    return scorecard.scorecard(layout, every, units, radius_m=radius_m, phase=phase)
