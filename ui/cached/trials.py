"""What the reader's pins change, computed once for each set of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo import memory
from geo.checks import frames
from geo.measures import containment
from geo.planning import travel as travels
from geo.planning import trial as trials
from geo.planning.trial import Today, Trial
from geo.policy import element_reach, layouts
from ui.cached import indicators, plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely

    from geo.facts import boundaries
    from geo.planning import Question
    from geo.planning.account import Totals
    from ui.cached.indicators import FigureQuery

    Placed = tuple[str, float, float]

REGIONS: Final = 4
"""Whose squares are kept: some megabytes each."""


def today(query: FigureQuery, question: Question) -> Today:
    """Return a region and the sites that stay, made ready for pins, whatever else is asked."""
    return _today(query, _reach(question))


@memory.by_view(latest=REGIONS)
def _today(query: FigureQuery, question: Question) -> Today:
    return trials.today(
        indicators.sites(query).set_index("id"),
        indicators.units(query),
        radius_m=question.radius_m,
        demand=plans.served(query, question),
        travel=travels.travel(question, travels.of_region(query.region, way=question.way)),
    )


def trial(query: FigureQuery, question: Question, pins: Sequence[Placed]) -> Trial:
    """Return what pins change: their names, longitudes and latitudes (degrees, WGS84)."""
    return Trial(*_trial(query, _reach(question), tuple(pins)))


@memory.by_view(latest=64)
def _trial(
    query: FigureQuery, question: Question, pins: tuple[Placed, ...]
) -> tuple[gpd.GeoDataFrame, pd.DataFrame, Totals]:
    found = trials.trial(today(query, question), _points(pins))
    # A tuple of its own: its frames are then copied for each caller.
    return found.places, found.districts, found.totals


def outlines(
    query: FigureQuery, question: Question, pins: Sequence[Placed]
) -> list[shapely.Polygon]:
    """Return what is reached from each place, as it is drawn: of parts the largest."""
    asked = _reach(question)
    return [_outline(query, asked, lon, lat) for _, lon, lat in pins]


@memory.by_view(latest=256)
def _outline(query: FigureQuery, question: Question, lon: float, lat: float) -> shapely.Polygon:
    """Return what is reached from a place: of several those that did not move stay as they are."""
    how = travels.travel(question, travels.of_region(query.region, way=question.way))
    return travels.outline(how, np.array([lon, lat]), most_m=question.radius_m)


@memory.by_view(latest=64)
def elements(region: str, layout: str, pins: tuple[Placed, ...]) -> pd.DataFrame:
    """Return how far each pin is from each element of a layout, metres."""
    return element_reach.distances(layouts.layout(layout, region), _points(pins))


@memory.by_view(latest=64)
def elements_now(query: FigureQuery, question: Question, layout: str) -> pd.Series:
    """Return how far the nearest of the sites that stay is from each element of a layout, metres.

    Infinite where none stays.
    """
    now = today(query, _reach(question)).start.now
    sites = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*now.T), crs=frames.WGS84)
    table = element_reach.distances(layouts.layout(layout, str(query.region)), sites)
    return table.min(axis=1).fillna(np.inf)


@memory.by_view(latest=1024)
def district(region: str, unit: boundaries.Level, lon: float, lat: float) -> str:
    """Return the code of the district that a position lies in; nothing outside the region."""
    units = indicators.units(replace(indicators.unfiltered(region), unit=unit))
    polygons = frames.polygons(units, [])
    row = containment.rows(np.array([lon]), np.array([lat]), polygons, units.index)[0]
    return "" if row == containment.NOWHERE else str(units.index[row])


def _reach(question: Question) -> Question:
    """Return a question as one about reach alone: whoever asks for other plans tries the same."""
    return replace(question, model="cover", p=0, candidates="cells", pins=())


def buildable(region: str, lon: float, lat: float) -> bool:
    """Return whether something may be built at a position, as far as somebody said."""
    return bool(travels.buildable(np.array([[lon, lat]]), travels.of_region(region))[0])


def _points(pins: Sequence[Placed]) -> gpd.GeoDataFrame:
    names, lon, lat = zip(*pins, strict=True) if pins else ((), (), ())
    points = gpd.points_from_xy(lon, lat)
    return gpd.GeoDataFrame(index=pd.Index(names, dtype=object), geometry=points, crs=frames.WGS84)
