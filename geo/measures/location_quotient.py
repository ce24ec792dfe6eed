"""How far a district specialises in a sector, against the region it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.errors import InputError
from geo.facts import sectors
from geo.measures import assignment, containment

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

FEW_SITES = 5
"""Below this many sites a quotient says little, and is flagged."""


def location_quotient(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    sector: str | None = None,
    family: str | None = None,
    family_of: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the location quotient of a sector, or of a family of sectors, in each district.

    ``(x_ds / x_d) / (x_s / x)``: the sector's share of the district's sites over its share of the
    region's (Florence 1939; Isard 1960, Methods of Regional Analysis, p. 124). A site with k
    sectors counts 1/k in each; a family counts the sum of its sectors. Sites without a stated
    sector are left out; sites without a district count in the region's share.

    Parameters
    ----------
    sites : GeoDataFrame
        All sites of the region, with a column ``sectors`` (codes separated by ";").
    districts : GeoDataFrame, m rows
        Polygons in any CRS.
    sector, family : str
        Exactly one of the two: a sector's code or a family's key.
    family_of : mapping of str to str, optional
        Family of each sector; the catalogue's own where omitted.

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        ``lq`` (float64, ratio, NaN where x_d or x_s is 0), ``x_ds`` (float64, sites of the sector,
        fractions included), ``n`` (int64, x_d, sites with a stated sector), ``few`` (bool,
        n < 5).

    Raises
    ------
    InputError
        Unless exactly one of `sector` and `family` is given and there is a column ``sectors``;
        and as `assignment.assign`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> halves = [shapely.box(120, 30, 121, 31), shapely.box(121, 30, 122, 31)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> sites = gpd.GeoDataFrame(
    ...     {"sectors": ["fashion", "film_tv;fashion", "film_tv", "film_tv"]},
    ...     geometry=shapely.points([120.5, 120.6, 121.5, 121.6], 30.5),
    ...     crs="EPSG:4326",
    ... )
    >>> location_quotient(sites, districts, sector="fashion")
           lq  x_ds  n   few
    west  2.0   1.5  2  True
    east  0.0   0.0  2  True
    """
    if (sector is None) == (family is None):
        raise InputError("location_quotient: expected either sector=... or family=..., not both")
    faults: list[str] = []
    frames.require(sites, ["sectors"], faults, name="sites")
    frames.refuse(faults)
    rows = assignment.locate(sites, districts)
    pairs = sectors.shares(sites)
    wanted = {sector} if family is None else sectors.of_families({family}, family_of=family_of)
    if not wanted:
        raise InputError(f"family: found {family!r}, expected one that a sector belongs to")
    in_sector = _per_site(pairs[pairs["sector"].isin(wanted)], len(sites))
    counted = np.isin(np.arange(len(sites)), pairs["site"])
    placed = rows != containment.NOWHERE
    x_ds = np.zeros(len(districts))
    np.add.at(x_ds, rows[placed], in_sector[placed])
    n = np.bincount(rows[placed & counted], minlength=len(districts))
    return pd.DataFrame(
        {
            "lq": quotient(x_ds, n, float(in_sector.sum()), int(counted.sum())),
            "x_ds": x_ds,
            "n": n,
            "few": n < FEW_SITES,
        },
        index=districts.index,
    )


def quotient(
    x_ds: NDArray[np.float64], x_d: NDArray[np.integer], x_s: float, x: int
) -> NDArray[np.float64]:
    """Return ``(x_ds / x_d) / (x_s / x)``, NaN where x_d or x_s is 0.

    Examples
    --------
    >>> quotient(np.array([2.0, 0.0, 0.0]), np.array([4, 6, 0]), x_s=2.0, x=10).round(2).tolist()
    [2.5, 0.0, nan]
    """
    defined = (x_d > 0) & (x_s > 0)
    quotients = np.full(len(x_d), np.nan)
    if defined.any():
        # Only then is there a site at all, and x above 0.
        quotients[defined] = (x_ds[defined] / x_d[defined]) / (x_s / x)
    return quotients


def _per_site(pairs: pd.DataFrame, n_sites: int) -> NDArray[np.float64]:
    """Return each site's share in the sectors of `pairs`; 1.0 exactly when it has no others."""
    total = np.bincount(pairs["site"], weights=pairs["share"], minlength=n_sites)
    return np.asarray(np.minimum(total, 1.0), dtype=np.float64)
