"""Which sites stay in a plan: whose they are, and whether they are known well enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.errors import InputError, NoSiteError
from geo.facts import catalog, own_regions, precision
from geo.measures import assignment

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

Stay = Literal["own", "catalogue", "both"]
"""Whose sites stay: the region's own, those that the catalogue has within its districts, both."""

STAYING: Final[tuple[Stay, ...]] = ("own", "catalogue", "both")
OWN: Final = STAYING[0]

PRECISE_M: Final = 500.0
"""Sites whose uncertainty is larger take no part; nor those above the radius."""


@own_regions.by_region
def today(region: str, stay: Stay = OWN) -> gpd.GeoDataFrame:
    """Return the sites of today, for a plan to keep.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought.
    stay
        Whose sites they are. Of both one that has the same id in both is the owner's: a list that
        was made of the catalogue has its sites again.

    Returns
    -------
    GeoDataFrame
        Of any scope, each ``id`` once; columns as of `geo.facts.catalog.sites`, of the ``own`` of
        a region that somebody brought more.

    Raises
    ------
    NoSiteError
        Where those of the catalogue are to stay, and it has none within the region's districts.
    InputError
        For another owner of sites.

    Examples
    --------
    >>> len(today("jinan")) == len(catalog.sites("jinan", scope=catalog.WIDE))
    True
    """
    own = catalog.sites(region, scope=catalog.WIDE)
    if stay not in STAYING:
        raise InputError(f"stay: found {stay!r}, expected one of {', '.join(STAYING)}")
    if stay == OWN:
        return own
    known = assignment.catalogued(region)
    if known.empty:
        raise NoSiteError(
            f"stay: found {stay!r}, expected 'own': the catalogue has no site within the districts"
        )
    if stay == "catalogue":
        return known
    new = known[~known["id"].isin(own["id"])]
    return pd.concat([own[[*new]], new], ignore_index=True)


def staying(sites: gpd.GeoDataFrame, radius_m: float) -> NDArray[np.bool_]:
    """Return which of today's sites are known well enough to stay in a plan.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        As for `propose`.
    radius_m : float
        Metres.

    Raises
    ------
    InputError
        For geometries that are no points, and sites without a precision.

    Examples
    --------
    >>> from geo import catalog
    >>> parks = catalog.sites("shanghai")
    >>> sorted(parks["precision"][staying(parks, 3000)].unique())
    ['building', 'street']
    """
    faults: list[str] = []
    lonlat, far = frames.locations(sites, faults), precision.of_sites(sites, faults)
    frames.refuse(faults)
    return np.asarray(~np.isnan(lonlat[:, 0]) & (far <= min(PRECISE_M, radius_m)))
