"""Which sites are known well enough to take part in a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.checks import frames
from geo.facts import precision

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

PRECISE_M: Final = 500.0
"""Sites whose uncertainty is larger take no part; nor those above the radius."""


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
