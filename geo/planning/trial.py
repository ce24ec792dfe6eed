"""What pins that somebody sets beside today's sites would change, at once after each move."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from threading import Condition
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
from cachetools import LRUCache, cachedmethod

from geo.checks import frames
from geo.errors import InputError
from geo.planning.account import NONE, Disc, Start, Totals, account_of, discs, labels_at, start
from geo.planning.ground import ground
from geo.planning.scenario import MOST_PINS
from geo.planning.taking_part import staying
from geo.planning.travel import Straight

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.planning.demand import Demand
    from geo.planning.travel import Travel

    Floats = NDArray[np.float64]

STRAIGHT: Final = Straight()

KEPT: Final = MOST_PINS + 6
"""Pins of which is kept what they are: of as many as there may be those that did not move are not
computed anew, nor those of the last few steps that are taken back."""


class _Pin(NamedTuple):
    """What a pin is for itself, and how far each square is from it, metres."""

    disc: Disc
    metres: Floats


def _kept() -> LRUCache[Any, _Pin]:
    return LRUCache(KEPT)


@dataclass(frozen=True, eq=False, kw_only=True)
class Today:
    """A region and the sites that stay, made ready for pins.

    Attributes
    ----------
    start
        Residents by square, and how far each is from the sites that stay.
    sites
        Labels of these.
    """

    start: Start
    sites: pd.Index
    _pins: LRUCache[Any, _Pin] = field(default_factory=_kept, repr=False)
    _turn: Condition = field(default_factory=Condition, repr=False)

    @property
    def cell_m(self) -> float:
        """Side of a square, metres."""
        return self.start.here.size_m

    @cachedmethod(attrgetter("_pins"), condition=attrgetter("_turn"))
    def pin(self, lon: float, lat: float) -> _Pin:
        """Return what a pin is for itself, kept for the next time.

        Parameters
        ----------
        lon, lat : float
            Degrees, WGS84.
        """
        return _pin(self.start, lon, lat)


class Trial(NamedTuple):
    """What pins change.

    Attributes
    ----------
    places : GeoDataFrame, on the index of the pins
        As `Proposal.places`, and ``rank``: 1 for the pin that adds most; each counts beyond
        today's sites and the pins of a lower rank.
    districts, totals
        As of `Proposal`.
    """

    places: gpd.GeoDataFrame
    districts: pd.DataFrame
    totals: Totals


def today(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    radius_m: float,
    demand: Demand | None = None,
    travel: Travel = STRAIGHT,
) -> Today:
    """Return a region and the sites that stay, made ready for pins.

    Parameters
    ----------
    sites, districts
        As for `geo.planning.proposal.propose`; the same sites stay.
    radius_m : float
        Within which a site reaches a square, metres.
    demand : Demand, optional
        As there.
    travel : Travel
        How residents get to sites.

    Raises
    ------
    InputError
        As `geo.planning.proposal.propose`, but not for a region of nobody.
    """
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    frames.refuse(faults)
    fixed = staying(sites, radius_m)
    here = ground(districts, demand=demand, radius_m=radius_m)
    first = start(here, lonlat[fixed], radius_m=radius_m, travel=travel)
    return Today(start=first, sites=sites.index[fixed])


def trial(before: Today, pins: gpd.GeoDataFrame) -> Trial:
    """Return what pins change.

    Names and order of the pins change nothing: of two that add as many the one farther west, then
    south, counts first.

    Parameters
    ----------
    before : Today
        The region.
    pins : GeoDataFrame, n rows
        Points in any CRS, all within the region.

    Raises
    ------
    InputError
        For what is no point or lies outside the region, and for an index with repetitions.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> jinan = today(catalog.sites("jinan"), boundaries.districts("jinan"), radius_m=3000)
    >>> import geopandas as gpd
    >>> points = gpd.points_from_xy([117.0, 117.3], [36.6, 36.7])
    >>> pins = gpd.GeoDataFrame(index=["A", "B"], geometry=points, crs=4326)
    >>> tried = trial(jinan, pins)
    >>> added = tried.totals.after - tried.totals.before
    >>> bool(np.isclose(tried.places["residents"].sum(), added))
    True
    """
    faults: list[str] = []
    lonlat = frames.locations(pins, faults)
    if not pins.index.is_unique:
        faults.append("pins, index: labels repeat; expected another one for each pin")
    frames.refuse(faults)
    order = np.lexsort((lonlat[:, 1], lonlat[:, 0]))
    outside = np.isnan(lonlat[:, 0])
    known = [before.pin(*lonlat[row].tolist()) for row in order if not outside[row]]
    outside[order[~outside[order]]] = [each.disc.district < 0 for each in known]
    if outside.any():
        named = frames.rows(pd.DataFrame(index=pins.index), outside)
        raise InputError(f"pins: no place within the region at {named}; move or drop these")

    def metres(_: Sequence[Disc]) -> Floats:
        least = np.full(len(before.start.metres), np.inf)
        for each in known:
            np.minimum(least, each.metres, out=least)
        return least

    found, ranked = account_of(before.start, [each.disc for each in known], metres)
    places = found.places.assign(
        rank=found.places.index,
        nearest=lambda table: labels_at(before.sites, table["nearest"]),
    ).set_axis(pins.index[order[ranked]])
    return Trial(places.loc[pins.index], found.districts, found.totals)


def _pin(first: Start, lon: float, lat: float) -> _Pin:
    """Return what a pin is for itself."""
    at = np.array([[lon, lat]])
    metres = first.travel.nearest_m(first.here.lonlat, at, most_m=first.radius_m)
    squares = NONE if first.exact else np.flatnonzero(metres <= first.radius_m)
    (disc,) = discs(first, at, [squares])
    return _Pin(disc, metres)
