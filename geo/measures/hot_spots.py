"""Which districts are hot or cold together with their neighbours, and whether the region is at all.

Districts are neighbours where they share a border or a corner of it. A district is hot or cold
where its local Gi* is at a false discovery rate of 5 %: of those that are found, one in twenty is
there by chance. See `geo.measures.autocorrelation` for the formulas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.checks import amounts
from geo.errors import InputError
from geo.measures import autocorrelation

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd

    from geo.measures.autocorrelation import Moran
    from geo.measures.emptiness import Empty

HOT: Final = "hot"
COLD: Final = "cold"
NEITHER: Final = "none"

LEVEL: Final = 0.05
"""The false discovery rate."""

PERMUTATIONS: Final = 9_999
"""With these one district among 250 can be found; see `autocorrelation.PERMUTATIONS`."""


class HotSpots(NamedTuple):
    """Hot and cold districts.

    Attributes
    ----------
    table
        A row for each district: ``value``, ``z`` (of Gi*), ``p``, ``p_fdr`` (float64, NaN where
        the district has no value or no neighbour, and everywhere where there is a reason), and
        ``spot``, "hot", "cold" or "none", NA where there is no p.
    moran
        Moran's I of the region.
    empty
        Why there is neither: fewer than 8 districts with a value, values that are all alike, or
        nobody with a neighbour; None where there is.
    islands
        Districts with a value and no neighbour.
    """

    table: pd.DataFrame
    moran: Moran
    empty: Empty | None
    islands: tuple[Hashable, ...]


def hot_spots(
    values: pd.Series,
    districts: gpd.GeoDataFrame,
    *,
    level: float = LEVEL,
    permutations: int = PERMUTATIONS,
    seed: int = autocorrelation.SEED,
) -> HotSpots:
    """Return which districts are hot or cold, and Moran's I.

    Parameters
    ----------
    values : Series of float, m rows, on the index of `districts`
        A figure of each district, such as sites per 100 km2; NaN where it has none.
    districts : GeoDataFrame, m rows
        Polygons in any CRS whose borders are the same line on both sides.
    level : float, optional
        The false discovery rate, a share (0-1).
    permutations, seed : int, optional
        As of `autocorrelation.local_g`.

    Raises
    ------
    InputError
        For values on another index, an impossible level, and as `autocorrelation.contiguity` and
        `autocorrelation.local_g`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> west, south = np.divmod(np.arange(25), 5)
    >>> squares = shapely.box(west, south, west + 1, south + 1)
    >>> districts = gpd.GeoDataFrame(geometry=squares, crs="EPSG:4326")
    >>> dense = pd.Series([9, 8, 1, 2, 1, 8, 9, 2, 1, 2, *[1, 2, 2, 1, 1] * 3], dtype=float)
    >>> spots = hot_spots(dense, districts)
    >>> spots.table.query("spot == 'hot'").index.to_list(), round(spots.moran.I, 2)
    ([0], 0.45)
    """
    if not values.index.equals(districts.index):
        raise InputError(
            "values: found another index than that of the districts, expected the same"
        )
    if not amounts.within(level, least=0, most=1):
        raise InputError(f"level: found {level!r}, expected a share from 0 to 1")
    weights = autocorrelation.contiguity(districts)
    numbers = values.astype("float64")
    local = autocorrelation.local_g(numbers, weights, permutations=permutations, seed=seed)
    table = local.assign(value=numbers)[["value", "z", "p", "p_fdr"]]
    found = np.where(table["z"] > 0, HOT, COLD)
    spot = pd.Series(np.where(table["p_fdr"] <= level, found, NEITHER), index=table.index)
    table["spot"] = spot.astype("string").mask(table["p"].isna())
    table.attrs = {"level": level, "permutations": permutations, "seed": seed}
    return HotSpots(
        table,
        autocorrelation.moran(numbers, weights, permutations=permutations, seed=seed),
        autocorrelation.why_empty(numbers, weights),
        tuple(autocorrelation.islands(numbers, weights)),
    )
