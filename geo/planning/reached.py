"""Whom and how much of each district sites reach, while one site after another is added.

Where residents are taken to be spread evenly over a district, and ways are straight, a site reaches
what lies in its disc: these figures are exact, and those of `geo.measures.coverage`. All else is
added up by square, or by the place of whoever is to be served.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from operator import attrgetter
from threading import Condition
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import numpy as np
from cachetools import LRUCache, cachedmethod, keys

from geo.geometry import outline_index
from geo.measures import coverage, disc_cover, disc_union, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.geometry.outline_index import Outlines
    from geo.planning.ground import Ground

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

ROUNDING_M2: Final = 10.0
"""An integral round a district is no more exact than that."""

APART_M: Final = 1.0
"""Farther than two radii discs have nothing in common, whatever rounding does."""

KEPT: Final = 512
"""Groups of discs of which is kept what they cover: a pin that did not move is not asked again."""


class Amounts(NamedTuple):
    """What is reached of each district.

    Attributes
    ----------
    people, km2 : ndarray of float64, shape (m,)
        Residents, or others to be served, and area.
    """

    people: Floats
    km2: Floats


class Reached(Protocol):
    """What today's sites reach, and the new ones that were taken so far."""

    def now(self) -> Amounts:
        """Return what is reached."""

    def area_km2(self, row: int) -> float:
        """Return how much of the region one new site reaches for itself."""

    def gain(self, row: int) -> Amounts:
        """Return what one new site would reach that nothing reaches so far."""

    def take(self, row: int) -> None:
        """Count a new site as there."""


class Squares:
    """By squares, and by places that have no area.

    Parameters
    ----------
    here : Ground
        Residents by square.
    before : ndarray of bool, shape (n,)
        Which of them today's sites reach.
    near : sequence of ndarray of int
        Of each new site the rows of the squares that it reaches.
    """

    def __init__(self, here: Ground, before: Mask, near: Sequence[Rows]) -> None:
        self._here, self._near = here, near
        self._reached = before.copy()

    def now(self) -> Amounts:
        """Return what is reached."""
        return self._amounts(np.flatnonzero(self._reached))

    def area_km2(self, row: int) -> float:
        """Return how much of the region one new site reaches for itself."""
        return float(self._here.km2[self._near[row]].sum())

    def gain(self, row: int) -> Amounts:
        """Return what one new site would reach that nothing reaches so far."""
        near = self._near[row]
        return self._amounts(near[~self._reached[near]])

    def take(self, row: int) -> None:
        """Count a new site as there."""
        self._reached[self._near[row]] = True

    def _amounts(self, rows: Rows) -> Amounts:
        here, m = self._here, len(self._here.labels)
        people, km2 = (
            np.bincount(here.district[rows], each[rows], minlength=m).astype(np.float64)
            for each in (here.residents, here.km2)
        )
        return Amounts(people, km2)


@dataclass(frozen=True, eq=False)
class Region:
    """Districts and today's sites, ready for exact discs.

    Attributes
    ----------
    outlines : Outlines
        Of the districts.
    people_m2 : ndarray of float64, shape (m,)
        Residents of each district by square metre of its outline.
    sites : ndarray of float64, shape (k, 2)
        Today's, each place once, degrees, WGS84.
    radius_m : float
        Of a disc.
    """

    outlines: Outlines
    people_m2: Floats
    sites: Floats
    radius_m: float
    _covered: LRUCache[Any, Floats] = field(
        default_factory=lambda: LRUCache(KEPT), repr=False, compare=False
    )
    _turn: Condition = field(default_factory=Condition, repr=False, compare=False)

    def covered_m2(self, lonlat: Floats) -> Floats:
        """Return how much of each district lies within the radius of some places.

        Parameters
        ----------
        lonlat : ndarray of float64, shape (n, 2)
            Degrees, WGS84; a place may come several times.

        Returns
        -------
        ndarray of float64, shape (m,)
            Square metres.
        """
        return self._covered_m2(np.unique(lonlat, axis=0))

    @cachedmethod(
        attrgetter("_covered"),
        key=lambda _, once: keys.hashkey(once.tobytes()),
        condition=attrgetter("_turn"),
    )
    def _covered_m2(self, once: Floats) -> Floats:
        if not len(once):
            return np.zeros(len(self.outlines.area))
        discs = disc_union.discs(once, self.radius_m)
        homes = disc_cover.homes(self.outlines, once)
        return coverage.covered_m2(disc_cover.cover(self.outlines, discs, homes), self.outlines)

    def amounts(self, covered_m2: Floats) -> Amounts:
        """Return residents and square kilometres of what is covered of each district."""
        return Amounts(covered_m2 * self.people_m2, covered_m2 / 1e6)


def region(
    polygons: NDArray[np.object_], residents: Floats, sites: Floats, *, radius_m: float
) -> Region:
    """Return districts and today's sites, ready for exact discs.

    Parameters
    ----------
    polygons : ndarray of shapely geometries, shape (m,)
        The districts, degrees, WGS84.
    residents : ndarray of float64, shape (m,)
        Of each; 0 where nobody knows.
    sites : ndarray of float64, shape (k, 2)
        Today's, degrees, WGS84.
    radius_m : float
        Metres.
    """
    outlines = outline_index.of(polygons)
    return Region(outlines, residents / outlines.area, np.unique(sites, axis=0), radius_m)


class Discs:
    """By exact discs.

    A disc shares area with those alone whose middles are within two radii: what it adds is known
    from these.

    Parameters
    ----------
    given : Region
        Districts and today's sites.
    new : ndarray of float64, shape (n, 2)
        The new sites, degrees, WGS84.
    """

    def __init__(self, given: Region, new: Floats) -> None:
        self._given, self._new = given, new
        self._taken: list[int] = []
        self._near = _near(new, given.sites, radius_m=given.radius_m)
        self._beside = _near(new, new, radius_m=given.radius_m)

    def now(self) -> Amounts:
        """Return what is reached."""
        sites = np.concatenate([self._given.sites, self._new[self._taken]])
        return self._given.amounts(self._given.covered_m2(sites))

    def area_km2(self, row: int) -> float:
        """Return how much of the region one new site reaches for itself."""
        return float(self._given.covered_m2(self._new[[row]]).sum() / 1e6)

    def gain(self, row: int) -> Amounts:
        """Return what one new site would reach that nothing reaches so far."""
        given = self._given
        taken = [each for each in self._beside[row] if each in self._taken]
        near = np.concatenate([given.sites[self._near[row]], self._new[taken]])
        with_it = np.concatenate([near, self._new[[row]]])
        more = given.covered_m2(with_it) - given.covered_m2(near)
        return given.amounts(np.where(more > ROUNDING_M2, more, 0.0))

    def take(self, row: int) -> None:
        """Count a new site as there."""
        self._taken.append(row)


def _near(start: Floats, end: Floats, *, radius_m: float) -> list[Rows]:
    """Return the rows of `end` whose discs may meet that of each place of `start`."""
    table = nearest.within(start, end, most_m=2 * radius_m + APART_M)
    rows = table.indices.astype(np.intp)
    return [rows[begin:end] for begin, end in itertools.pairwise(table.indptr)]
