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
from geo.planning.account import Disc, Start, Totals, account_of, disc, start
from geo.planning.ground import ground
from geo.planning.proposal import labels_at, staying

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.facts.own_population import OwnPopulation

KEPT: Final = 256
"""Discs of pins that are kept: those that did not move are not computed anew."""


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
    _discs: LRUCache[Any, Disc] = field(default_factory=lambda: LRUCache(KEPT), repr=False)
    _turn: Condition = field(default_factory=Condition, repr=False)

    @property
    def cell_m(self) -> float:
        """Side of a square, metres."""
        return self.start.here.size_m

    @cachedmethod(attrgetter("_discs"), condition=attrgetter("_turn"))
    def disc(self, lon: float, lat: float) -> Disc:
        """Return what a pin is for itself, kept for the next time.

        Parameters
        ----------
        lon, lat : float
            Degrees, WGS84.
        """
        return disc(self.start, lon, lat)

    def holds(self, lon: float, lat: float) -> bool:
        """Return whether a position lies in the region.

        Parameters
        ----------
        lon, lat : float
            Degrees, WGS84.
        """
        return self.disc(lon, lat).district >= 0


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
    own: OwnPopulation | None = None,
) -> Today:
    """Return a region and the sites that stay, made ready for pins.

    Parameters
    ----------
    sites, districts, own
        As for `geo.planning.propose`; the same sites stay.
    radius_m : float
        Within which a site reaches a square, metres.

    Raises
    ------
    InputError
        As `geo.planning.propose`, but not for a region of nobody.
    """
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    frames.refuse(faults)
    fixed = staying(sites, radius_m)
    here = ground(districts, own=own, radius_m=radius_m)
    first = start(here, districts, lonlat[fixed], radius_m=radius_m)
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
    missing = np.isnan(lonlat[:, 0])
    discs = [before.disc(*lonlat[row].tolist()) for row in order if not missing[row]]
    outside = missing.copy()
    outside[order[~missing[order]]] = [each.district < 0 for each in discs]
    if outside.any():
        named = frames.rows(pd.DataFrame(index=pins.index), outside)
        frames.refuse([f"pins: no place within the region at {named}; move or drop these"])
    found, ranked = account_of(before.start, discs)
    rows = order[ranked]
    sites = before.sites
    places = found.places.assign(
        rank=found.places.index,
        nearest=lambda table: labels_at(sites, table["nearest"]),
    ).set_axis(pins.index[rows])
    return Trial(places.loc[pins.index], found.districts, found.totals)
