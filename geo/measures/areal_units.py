"""What changes when the same sites are counted in other units: the modifiable areal unit problem.

A figure of areas depends on how they are cut (Openshaw 1984, The modifiable areal unit problem,
CATMOG 38). The same sites are counted in the districts and in squares of equal area: those that
lie in a district and whose position is known to better than 3 km.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.measures import (
    assignment,
    autocorrelation,
    concentration,
    containment,
    density,
    land_cells,
    site_places,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.measures.land_cells import LandCells
    from geo.measures.site_places import Basis

    Floats = NDArray[np.float64]

SIZES_M: Final = (1000, 3000)
"""Sides of the squares."""

DISTRICTS: Final = "districts"
"""The division that is the districts themselves; squares are named by their side, metres."""

TOP: Final = 0.1
"""The share of the units that is the top of them."""


class Division(NamedTuple):
    """The sites of a region in units of one kind.

    Attributes
    ----------
    n : ndarray of int64
        Sites of each unit.
    per_100_km2 : ndarray of float64
        Their density: a square by its own area, a district by its land.
    cells
        The squares; None of districts.
    of : ndarray of int
        The unit of each site that is counted.
    """

    n: NDArray[np.int64]
    per_100_km2: Floats
    cells: LandCells | None
    of: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Divided:
    """The same sites in units of several kinds.

    Attributes
    ----------
    divisions
        Of the districts first, then of squares, the smallest first.
    figures
        A row for each division, under "districts" or its side in metres: ``units``; ``n``, the
        sites; ``empty``, the share (0-1) of the units without any; ``gini``, ``theil`` (nats) and
        ``top_share`` (0-1, of the densest tenth of the units by sites) of the sites by unit;
        ``moran`` and ``moran_z`` of the density, NaN for fewer than 8 units or a density that is
        everywhere the same.
    basis
        How many sites are counted, and why others are not.
    used : ndarray of bool
        Which of the sites are counted.
    """

    divisions: tuple[Division, ...]
    figures: pd.DataFrame
    basis: Basis
    used: NDArray[np.bool_]


def divided(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, sizes_m: Sequence[int] = SIZES_M
) -> Divided:
    """Return the sites of a region in its districts and in squares.

    Parameters
    ----------
    sites : GeoDataFrame
        Points in any CRS, empty or missing where unlocated, with a column ``precision``.
    districts : GeoDataFrame, m rows
        As for `geo.measures.density.density`.
    sizes_m : sequence of int, optional
        Sides of the squares.

    Raises
    ------
    InputError
        As `geo.measures.density.density` and `geo.measures.land_cells.land_cells`, and without a
        column ``precision``.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> halves = [shapely.box(121.4, 31.2, 121.5, 31.3), shapely.box(121.5, 31.2, 121.6, 31.3)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> points = shapely.points([[121.45, 31.25]] * 3 + [[121.52, 31.22], [121.58, 31.28]])
    >>> sites = gpd.GeoDataFrame({"precision": "street"}, geometry=points, crs="EPSG:4326",
    ...                          index=range(5))
    >>> divided(sites, districts).figures[["units", "n", "empty"]].round(3)
               units  n  empty
    districts      2  5  0.000
    1000         240  5  0.988
    3000          24  5  0.875
    """
    places = site_places.of_sites(sites, [])
    row = assignment.locate(sites, districts)
    used = (row != containment.NOWHERE) & (places.of != site_places.NONE)
    row, lonlat = row[used], places.lonlat[places.of[used]]
    n = np.bincount(row, minlength=len(districts))
    table = density.of_counts(pd.Series(n, districts.index), districts)
    own = Division(n, table["per_100_km2"].to_numpy(np.float64), None, row)
    weights = [autocorrelation.contiguity(districts)]
    divisions = [own]
    for size_m in sizes_m:
        cells = land_cells.land_cells(districts, size_m=size_m)
        of = cells.rows(lonlat)
        held = np.bincount(of, minlength=len(cells.steps))
        divisions.append(Division(held, np.float64(100e6 / size_m**2) * held, cells, of))
        numbers = pd.RangeIndex(len(cells.steps))
        weights.append(autocorrelation.Neighbours(numbers, cells.links))
    labels = [DISTRICTS, *map(str, sizes_m)]
    figures = pd.DataFrame(map(_figures, divisions, weights), index=labels)
    basis = places.basis._replace(used=int(used.sum()))
    return Divided(tuple(divisions), figures, basis, used)


def _figures(division: Division, weights: autocorrelation.Neighbours) -> dict[str, float]:
    n = division.n
    # Of so many units permutations take minutes; z says as much.
    moran = autocorrelation.moran(division.per_100_km2, weights, permutations=1)
    return {
        "units": len(n),
        "n": int(n.sum()),
        "empty": float((n == 0).mean()) if len(n) else math.nan,
        "gini": concentration.gini(n),
        "theil": concentration.theil(n),
        "top_share": concentration.top_share(n, k=max(1, math.ceil(TOP * len(n)))),
        "moran": moran.I,
        "moran_z": moran.z,
    }
