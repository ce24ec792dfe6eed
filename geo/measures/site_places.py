"""The places that sites stand at, and what share of a catalogue a figure of them rests on.

Many sites in one place are one place, so that a building with many rows is no crowd. Sites whose
position is known to 3 km or worse are left out, and counted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.checks import frames
from geo.facts import precision

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

VAGUE_M: Final = 3_000.0
"""From this radius of uncertainty on a site is left out."""

NONE: Final = -1


class Basis(NamedTuple):
    """What a figure rests on, in sites.

    Attributes
    ----------
    n
        All of them.
    used
        Those that the figure is of.
    vague
        Those whose position is known to 3 km or worse.
    unlocated
        Those without a position.
    """

    n: int
    used: int
    vague: int
    unlocated: int

    @property
    def share(self) -> float:
        """Share (0-1) of the sites that are used; NaN where there is none."""
        return self.used / self.n if self.n else math.nan


class Places(NamedTuple):
    """The places of sites.

    Attributes
    ----------
    lonlat
        Degrees of each place, from the west on, shape (m, 2).
    of
        The place of each site, `NONE` where it is left out.
    basis
        How many sites are used, and why others are left out.
    """

    lonlat: NDArray[np.float64]
    of: NDArray[np.intp]
    basis: Basis


def of_sites(sites: gpd.GeoDataFrame, faults: list[str]) -> Places:
    """Return the places of sites, or raise all faults.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated, with a column ``precision``.
    faults : list of str
        What is wrong already.

    Raises
    ------
    InputError
        For these faults, and those of the sites.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> sites = gpd.GeoDataFrame(
    ...     {"precision": ["building", "street", "district", None]},
    ...     geometry=[*shapely.points([[121.4, 31.2]] * 3), None], crs="EPSG:4326",
    ... )
    >>> of_sites(sites, []).basis, len(of_sites(sites, []).lonlat)
    (Basis(n=4, used=2, vague=1, unlocated=1), 1)
    """
    lonlat = frames.locations(sites, faults)
    uncertain = precision.of_sites(sites, faults)
    frames.refuse(faults)
    located = ~np.isnan(lonlat[:, 0])
    used = located & (uncertain < VAGUE_M)
    places, place = np.unique(lonlat[used], axis=0, return_inverse=True)
    of = np.full(len(lonlat), NONE, dtype=np.intp)
    of[used] = place.ravel()
    basis = Basis(
        n=len(lonlat),
        used=int(used.sum()),
        vague=int((located & ~used).sum()),
        unlocated=int((~located).sum()),
    )
    return Places(places, of, basis)
