"""Whom new sites are to serve, where somebody knows that by place: residents, or other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from geo.checks import frames
from geo.facts import boundaries, catalog, own_population, own_regions, sectors
from geo.measures import containment
from geo.planning.question import RESIDENTS, SITES
from geo.planning.taking_part import PRECISE_M, staying

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.facts.own_population import OwnPopulation
    from geo.measures.residents import Basis

    Floats = NDArray[np.float64]


class Demand(NamedTuple):
    """Amounts by place.

    Attributes
    ----------
    lonlat : ndarray of float64, shape (n, 2)
        Degrees, WGS84.
    amounts : ndarray of float64, shape (n,)
        Residents, or 1 for a site.
    basis : str
        ``points`` or ``raster``: residents that somebody brought; ``sites``.
    vague : int
        Sites whose place is not known well enough, not at all, or outside: they take no part.
    """

    lonlat: Floats
    amounts: Floats
    basis: Basis | Literal["sites"]
    vague: int = 0


def of_population(own: OwnPopulation) -> Demand:
    """Return the residents by place that somebody brought."""
    lon, lat, residents = own_population.unpack(own.packed, own.places)
    return Demand(_fixed(np.column_stack([lon, lat])), residents, own.basis)


def of_sites(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    of: str = SITES,
    radius_m: float = PRECISE_M,
) -> Demand:
    """Return sites as those whom others are to serve, one as much as another.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated, with ``precision`` and ``sectors``.
    districts : GeoDataFrame, m rows
        Polygons in any CRS: sites within none of them take no part.
    of : str
        ``sites``: all of them; or the family of sectors that a site is to be in, a key of
        `geo.facts.catalog.families`.
    radius_m : float
        Metres; sites that are known to worse than this or 500 m take no part.

    Raises
    ------
    InputError
        For geometries that are no points, districts that are no polygons, and sites without a
        precision or sectors.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> fashion = of_sites(catalog.sites("shanghai"), boundaries.districts("shanghai"), of="fas")
    >>> len(fashion.lonlat) == fashion.amounts.sum() > 0, fashion.vague > 0
    (np.True_, True)
    """
    faults: list[str] = []
    lonlat, polygons = frames.locations(sites, faults), frames.polygons(districts, faults)
    frames.refuse(faults)
    asked = np.ones(len(sites), dtype=np.bool_)
    if of != SITES:
        pairs = sectors.shares(sites)
        doing = pairs["site"][pairs["sector"].isin(sectors.of_families({of}))]
        asked = np.isin(np.arange(len(sites)), doing)
    known = asked & staying(sites, radius_m)
    lon, lat = lonlat[known].T
    known[known] = containment.rows(lon, lat, polygons, districts.index) != containment.NOWHERE
    vague = int((asked & ~known).sum())
    return Demand(_fixed(lonlat[known]), _fixed(np.ones(known.sum())), "sites", vague)


def of_region(region: object, *, of: str = RESIDENTS, radius_m: float = PRECISE_M) -> Demand | None:
    """Return whom a question means in a region, see `geo.planning.question.Question.demand`.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought.
    of, radius_m
        Of the question.

    Returns
    -------
    Demand or None
        None for the census of the region's districts, spread evenly over them.

    Examples
    --------
    >>> of_region("shanghai") is None, of_region("shanghai", of="sites").basis
    (True, 'sites')
    """
    if of != RESIDENTS:
        # Rows of somebody's own list seldom say whether they are in the scope.
        scope = catalog.WIDE if own_regions.is_own(region) else catalog.CORE
        every = catalog.sites(str(region), scope=scope)
        return of_sites(every, boundaries.districts(str(region)), of=of, radius_m=radius_m)
    own = own_regions.known(region)
    held = None if own is None else own.population
    return None if held is None else of_population(held)


def _fixed(column: Floats) -> Floats:
    """Return an array that nobody changes any more: many may share it."""
    column.flags.writeable = False
    return column
