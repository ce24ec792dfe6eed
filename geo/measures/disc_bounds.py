"""Bounds of what a great many discs cover: of sites that lie together, one disc stands for all.

Let a group's sites lie within d of its middle. Every disc of radius r round one of them lies in the
disc of radius r + d round the middle, and the disc of radius r - d lies in each of them. So the
union of the small discs lies in that of all discs, and that in the union of the large ones,
whatever the groups are. Groups whose disc has an arc on the outline of either union are halved in
both directions until they are small; those within a cluster may stay large.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy import spatial

from geo.geometry import sphere
from geo.measures import disc_cover, disc_union

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geometry.outline_index import Outlines
    from geo.measures.disc_cover import Cover

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

METRES_A_DEGREE: Final = 111_000

LONGER: Final = 1.0002
"""How much longer a geodesic of up to 400 km is than the straight distance of its ends, at most."""

ROUNDING_M: Final = 1e-6

COARSEST: Final = 0.5
FINEST: Final = 1 / 256
"""Of the radius: how far from its middle the sites of a group may lie, anywhere and at the rim."""


class Groups(NamedTuple):
    """Sites that lie together.

    Attributes
    ----------
    of
        Row of each site's group.
    middle
        Longitude and latitude of each group's middle, in degrees.
    slack_m
        How far from it its sites lie at most.
    """

    of: Rows
    middle: Floats
    slack_m: Floats


def bounds(outlines: Outlines, lonlat: Floats, radius_m: float) -> tuple[Groups, Cover, Cover]:
    """Return groups of sites, what their discs cover at least, and at most.

    Parameters
    ----------
    outlines : Outlines
        Of the polygons.
    lonlat : ndarray of float64, shape (n, 2)
        Middles of the discs in degrees, WGS84, none twice.
    radius_m : float
        Geodesic radius in metres.
    """
    together = groups(lonlat, radius_m)
    home = disc_cover.homes(outlines, together.middle)
    low, high = (disc_cover.cover(outlines, discs, home) for discs in _both(together, radius_m))
    return together, low, high


def groups(lonlat: Floats, radius_m: float) -> Groups:
    """Return groups that are small where they bear on the outline of what is covered."""
    size = radius_m * COARSEST / METRES_A_DEGREE
    row = np.floor(lonlat[:, 1] / size)
    column = np.floor(lonlat[:, 0] * np.cos(np.radians(row * size)) / size)
    together = _groups(lonlat, np.unique(row * 2.0**28 + column, return_inverse=True)[1])
    while True:
        split = together.slack_m > radius_m * COARSEST
        for discs in _both(together, radius_m):
            asked = np.flatnonzero(~split & (together.slack_m > radius_m * FINEST))
            arcs = disc_union.free_arcs(discs, spatial.cKDTree(discs.middle), asked)
            split[arcs.disc] = True
        if not split.any():
            return together
        east, north = (lonlat > together.middle[together.of]).T
        quarter = np.where(split[together.of], 2 * east + north, 0)
        together = _groups(lonlat, np.unique(4 * together.of + quarter, return_inverse=True)[1])


def _groups(lonlat: Floats, of: Rows) -> Groups:
    count = int(of.max()) + 1
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, of, lonlat)
    np.maximum.at(high, of, lonlat)
    middle = (low + high) / 2
    straight = np.sqrt(
        ((sphere.geocentric(lonlat) - sphere.geocentric(middle)[of]) ** 2).sum(axis=1)
    )
    slack = np.zeros(count)
    np.maximum.at(slack, of, straight)
    # One site alone is its group's middle; the others' geodesics are longer than what is straight.
    return Groups(of, middle, np.where((low == high).all(axis=1), 0.0, slack * LONGER + ROUNDING_M))


def _both(together: Groups, radius_m: float) -> tuple[disc_union.Discs, disc_union.Discs]:
    """Return the discs that lie in all of a group, and those in which all of a group's lie."""
    least = np.maximum(radius_m - together.slack_m, radius_m / 1000)
    return (
        disc_union.discs(together.middle, least),
        disc_union.discs(together.middle, radius_m + together.slack_m),
    )
