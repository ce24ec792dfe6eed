"""What is reached on foot and by discs in each district: land, and residents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks import frames
from geo.errors import InputError
from geo.measures import containment, land_cells
from geo.networks import reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.measures.residents import People
    from geo.networks.graph import Network
    from geo.networks.reach import Walk

    Floats = NDArray[np.float64]

SIZE_M: Final = 500.0
"""Of the squares of land whose middles are asked, where nobody says otherwise."""


def by_district(
    network: Network,
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    population: pd.Series | People,
    walk: Walk,
    *,
    size_m: float = SIZE_M,
) -> pd.DataFrame:
    """Return how much of each district is reached from any site, on foot and by discs.

    Parameters
    ----------
    network, sites
        As for `geo.networks.reach.reach`.
    districts : GeoDataFrame, m rows
        Polygons in any CRS.
    population : Series or People
        A Series on the index of `districts`: residents of each, NaN where unknown, taken to be
        spread evenly over its land. Or residents by place.
    walk : Walk
        Its limit, and how it is walked.
    size_m : float
        Side of the squares of land whose middles stand for it.

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        ``land_on_foot`` and ``land_by_disc`` (0-1, shares of its squares; NaN where it has no
        square), ``residents``, ``on_foot`` and ``by_disc`` (residents; NaN where unknown),
        ``far`` (residents near no street), ``apart`` (those, and residents on a part of the network
        without a site) and ``km2`` (of its squares).

    Raises
    ------
    InputError
        As `geo.networks.reach.reach` and `geo.measures.land_cells.land_cells`.

    Examples
    --------
    >>> from geo.networks import graph
    >>> street = gpd.GeoSeries.from_wkt(["LINESTRING (121.45 31.2, 121.45 31.22)"])
    >>> block = shapely.box(121.44, 31.2, 121.46, 31.22)
    >>> districts = gpd.GeoDataFrame(index=["a"], geometry=[block], crs="EPSG:4326")
    >>> site = gpd.GeoDataFrame(geometry=[shapely.Point(121.45, 31.21)], crs="EPSG:4326")
    >>> told = by_district(
    ...     graph.network(graph.of_geometry(street.array)), site, districts,
    ...     pd.Series({"a": 160.0}), reach.Walk(metres=1200),
    ... )
    >>> told[["residents", "on_foot", "by_disc", "apart"]].round().to_dict("records")
    [{'residents': 160.0, 'on_foot': 80.0, 'by_disc': 160.0, 'apart': 80.0}]
    """
    cells = land_cells.land_cells(districts, size_m=size_m)
    m = len(districts)
    land = reach.reach(network, _points(cells.lonlat), sites, walk)
    n = np.bincount(cells.district, minlength=m).astype(np.float64)
    n[n == 0] = np.nan
    shares = {name: _sums(land[name], cells.district, m) / n for name in ("on_foot", "by_disc")}
    shares |= {name: _sums(each, cells.district, m) / n for name, each in _left(land).items()}
    if isinstance(population, pd.Series):
        if not population.index.equals(districts.index):
            raise InputError(
                "population: its index is not that of the districts; see Series.reindex"
            )
        total = population.to_numpy(dtype=np.float64, na_value=np.nan)
        people = {name: total * share for name, share in shares.items()}
    else:
        total, people = _by_place(network, sites, districts, population, walk)
    return pd.DataFrame(
        {
            "land_on_foot": shares["on_foot"],
            "land_by_disc": shares["by_disc"],
            "residents": total,
            **people,
            "km2": np.nan_to_num(n) * (cells.size_m / 1000) ** 2,
        },
        index=districts.index,
    )


def _by_place(
    network: Network,
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    population: People,
    walk: Walk,
) -> tuple[Floats, dict[str, Floats]]:
    """Return the residents of each district, and those reached, place by place."""
    lon, lat, people = population.check()
    row = containment.rows(lon, lat, frames.polygons(districts, []), districts.index)
    held = np.flatnonzero(row != containment.NOWHERE)
    row, people = row[held], people[held]
    told = reach.reach(network, _points(np.column_stack([lon, lat])[held]), sites, walk)
    m = len(districts)
    which = {"on_foot": told["on_foot"], "by_disc": told["by_disc"], **_left(told)}
    sums = {name: _sums(each * people, row, m) for name, each in which.items()}
    return _sums(pd.Series(people), row, m), sums


def _left(reached: pd.DataFrame) -> dict[str, pd.Series]:
    far = reached["street_m"].isna()
    return {"far": far, "apart": ~reached["connected"] | far}


def _sums(values: pd.Series, row: NDArray[np.intp], m: int) -> Floats:
    return np.bincount(row, values.to_numpy(dtype=np.float64), m).astype(np.float64)


def _points(lonlat: Floats) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=shapely.points(lonlat), crs=frames.WGS84)
