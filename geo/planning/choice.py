"""Which candidates a plan takes: a model of siting on a region's squares."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import shapely
from scipy import sparse

from geo import siting
from geo.checks import frames
from geo.errors import InputError, NoCandidateError
from geo.measures import containment
from geo.planning.ground import Ground, ground
from geo.planning.promise import most_within
from geo.planning.travel import buildable, in_degrees
from geo.siting.compiled import ready

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.planning.demand import Demand
    from geo.planning.question import Question
    from geo.planning.travel import Terrain, Travel
    from geo.siting import Plan
    from geo.siting.search import Progress

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

MOST_CANDIDATES: Final = 2_000
"""Squares among which plans for most residents are looked for."""

FAR: Final = (5_000, 300)
"""Squares with residents, and candidates, where ways of every length count: of more candidates
that somebody brought fewer squares."""

FAIR: Final = (20_000, MOST_CANDIDATES)
"""The same where the district that is served worst counts."""

OF_RADIUS: Final = frozenset({"cover", "worst", "fewest"})
"""Models that know no more of a way than whether it is within the radius."""


class Places(NamedTuple):
    """Where new sites may stand.

    Attributes
    ----------
    lonlat : ndarray of float64, shape (m, 2)
        Degrees, WGS84.
    names : tuple of str, length m or 0
        What they are called, empty where they have no name; none at all of squares and of points
        of districts.
    spacing_m : float
        Between squares, metres; NaN of other places.
    left_out : int
        Of those that were given: outside the region, or where nothing may be built.
    beyond : float
        How many any other square where a site may stand would add at most, by squares; NaN where
        candidates are evenly spaced, or no squares.
    """

    lonlat: Floats
    names: tuple[str, ...] = ()
    spacing_m: float = np.nan
    left_out: int = 0
    beyond: float = np.nan

    def named(self, lonlat: Floats) -> list[str]:
        """Return what some of them are called, by where they are: shape (k, 2), as they have it.

        Of some at one place the last one's name is returned.
        """
        known = dict(zip(map(tuple, self.lonlat), self.names, strict=False))
        return [known.get(tuple(at), "") for at in lonlat]


class Choices(NamedTuple):
    """What a model chooses from.

    Attributes
    ----------
    here : Ground
        Residents that it looks at.
    places : Places
        Candidates.
    travel : Travel
        How residents get there.
    cost : csr_array, shape (k, m)
        How far those k squares that have residents are from each, metres.
    """

    here: Ground
    places: Places
    travel: Travel
    cost: sparse.csr_array

    @property
    def lonlat(self) -> Floats:
        """Candidates, degrees, WGS84, shape (m, 2)."""
        return self.places.lonlat


def choices(
    here: Ground,
    districts: gpd.GeoDataFrame,
    asked: Question,
    *,
    terrain: Terrain,
    demand: Demand | None,
    how: Travel,
    unserved: Mask,
) -> Choices:
    """Return what a model chooses from.

    Where ways of every length count, or the district served worst, residents are looked at in
    larger squares, too. Where most residents are looked for, candidates are as close as half a
    radius, and those alone that may add most.

    Parameters
    ----------
    here : Ground
        Residents of the region.
    districts : GeoDataFrame
        As for `geo.planning.proposal.propose`.
    asked : Question
        Its model and candidates.
    terrain : Terrain
        Where none may stand, and which somebody brought.
    demand : Demand or None
        As for `geo.planning.proposal.propose`.
    how : Travel
        How residents get to sites.
    unserved : ndarray of bool, shape (n,)
        Which places of `here` no site of today serves; of use where most residents are looked for.

    Raises
    ------
    NoCandidateError
        Where none may stand anywhere.
    InputError
        Where candidates of the owner's own are asked for, and the terrain has none.
    """
    named = None if asked.candidates == "cells" else given(districts, asked, terrain)
    covers = asked.model in OF_RADIUS
    squares, most = (len(here.lonlat), MOST_CANDIDATES) if covers else FAR
    if asked.model == "worst":
        squares, most = FAIR
    if named is not None and len(named.lonlat) > most:
        squares = squares * most // len(named.lonlat)
    if squares < len(here.lonlat):
        here = ground(districts, demand=demand, radius_m=asked.radius_m, most=squares)
    places = named or _squares(here, asked, terrain, how, most=most, unserved=unserved)
    most_m = asked.radius_m if covers else np.inf
    cost = how.costs(here.lonlat[here.residents > 0], places.lonlat, most_m=most_m)
    return Choices(here, places, how, cost)


def _squares(
    here: Ground, asked: Question, terrain: Terrain, how: Travel, *, most: int, unserved: Mask
) -> Places:
    """Return middles of squares where a site may stand, at most so many.

    They are evenly spaced; where that leaves them farther apart than half a radius, and most
    residents are looked for, they are as close as that, and those that may add most.
    """
    free = buildable(here.lonlat, terrain)
    squares = slice(len(here.steps) or None)  # of a region of small areas their places
    if not free[squares].any():
        raise NoCandidateError("candidates: no square lies where something may be built")
    near = free & how.entered(here.lonlat)
    # Where no street is near any of them, all that are free.
    among = near if near[squares].any() else free
    lonlat, spacing_m = here.spread(most, among)
    k = max(1, round(asked.radius_m / (2 * here.size_m)))
    rows = here.every(k, among)
    if asked.model != "cover" or k * here.size_m >= spacing_m or len(rows) <= most:
        return Places(lonlat, spacing_m=spacing_m)
    people = most_within(here, np.where(unserved, here.residents, 0.0), radius_m=asked.radius_m)
    chosen = rows[np.argsort(-people[rows], kind="stable")[:most]]
    others = among[squares].copy()
    others[chosen] = False
    return Places(
        here.lonlat[np.sort(chosen)],
        spacing_m=k * here.size_m,
        beyond=float(people[others].max()),
    )


def given(districts: gpd.GeoDataFrame, asked: Question, terrain: Terrain) -> Places:
    """Return candidates that are no squares, in the region and where a site may stand.

    Parameters
    ----------
    districts, asked, terrain
        As for `choices`.

    Raises
    ------
    NoCandidateError
        Where none may stand anywhere.
    InputError
        Where somebody's own are asked for, and the terrain has none.
    """
    faults: list[str] = []
    polygons = frames.polygons(districts, faults)
    frames.refuse(faults)
    terrain = in_degrees(terrain)
    names: tuple[str, ...] = ()
    if asked.candidates == "pins":
        names = tuple(each.letter for each in asked.pins)
        lonlat = np.array([(each.lon, each.lat) for each in asked.pins])
    elif asked.candidates == "districts":
        lonlat = districts[["lon", "lat"]].to_numpy(np.float64)
    elif terrain.candidates is None:
        raise InputError("candidates: found 'own', of which the terrain has none")
    else:
        names = tuple(terrain.candidates["name"])
        lonlat = shapely.get_coordinates(terrain.candidates.geometry)
    row = containment.rows(lonlat[:, 0], lonlat[:, 1], polygons, districts.index)
    held = buildable(lonlat, terrain) & (row != containment.NOWHERE)
    names = tuple(itertools.compress(names, held))
    if not held.any():
        raise NoCandidateError("candidates: none is in the region where something may be built")
    return Places(lonlat[held], names, left_out=int((~held).sum()))


class Task(NamedTuple):
    """What a model of siting is given.

    Attributes
    ----------
    lonlat : ndarray of float64, shape (m, 2)
        Candidates, degrees, WGS84.
    cost : csr_array, shape (n, m) or (n, 1 + m)
        Metres from squares with residents; today's sites, if there are any, are its first column,
        as near to each square as the nearest of them.
    residents : ndarray of float64, shape (n,)
        Of these squares.
    fixed : tuple of int
        The column of today's sites.
    district : ndarray of int, shape (n,)
        Row of the district that each square lies in.
    """

    lonlat: Floats
    cost: sparse.csr_array[Any]
    residents: Floats
    fixed: tuple[int, ...]
    district: Rows

    @property
    def reachable(self) -> NDArray[np.bool_]:
        """Whether a candidate or one of today's sites has a way to each square."""
        return np.asarray(np.diff(self.cost.indptr) > 0)


def task(among: Choices, now: Floats, asked: Question) -> Task:
    """Return what a model is given.

    Parameters
    ----------
    among : Choices
        Residents and candidates.
    now : ndarray of float64, shape (k, 2)
        Today's sites, degrees, WGS84.
    asked : Question
        Model and radius.
    """
    some = among.here.residents > 0
    lonlat, residents = among.here.lonlat[some], among.here.residents[some]
    district = among.here.district[some]
    today = among.travel.nearest_m(lonlat, now, most_m=asked.radius_m)
    if not len(now):
        return Task(among.lonlat, among.cost, residents, (), district)
    # Zeros are stored, too: sites in the middle of a square. What is beyond a radius is not.
    most_m = asked.radius_m if asked.model in OF_RADIUS else np.inf
    near = np.flatnonzero(np.isfinite(today) & (today <= most_m))
    held = (today[near], (near, np.zeros_like(near)))
    own = sparse.csr_array(held, shape=(len(today), 1))
    cost = sparse.hstack([own, among.cost], format="csr")
    return Task(among.lonlat, cost, residents, (0,), district)


def places(among: Choices, now: Floats, plan: Plan) -> Floats:
    """Return where the new sites of a plan are, degrees, WGS84, shape (p, 2).

    Today's sites, if there are any, are its first position, see `Task`.
    """
    first = int(len(now) > 0)
    new = np.array(plan.chosen, dtype=np.intp)
    return among.lonlat[new[new >= first] - first]


def solved(
    given: Task,
    asked: Question,
    *,
    seconds: float,
    gap: float = 0.0,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan of a model: its positions are the columns of what it is given.

    Parameters
    ----------
    given : Task
        Of these residents and candidates.
    asked : Question
        Model, number, radius.
    seconds, gap, progress
        As of `geo.siting.maximal_covering`.
    """
    ready()
    p = min(asked.p, len(given.lonlat))
    cost, residents, fixed = given.cost, given.residents, given.fixed
    covering = partial(siting.maximal_covering, cost, residents, p, asked.radius_m, fixed)
    if asked.model == "fewest":
        return _fewest(given, asked, seconds=seconds, progress=progress)
    if asked.model == "cover":
        solve = covering
    elif asked.model == "worst":
        solve = partial(covering, groups=given.district)
    elif asked.model == "median":
        solve = partial(siting.p_median, cost, residents, p, fixed)
    else:
        solve = partial(siting.p_center, cost, p, fixed)
    return solve(gap=gap, seconds=seconds, progress=progress)


def _fewest(given: Task, asked: Question, *, seconds: float, progress: Progress | None) -> Plan:
    """Return as few sites as reach a share of all residents, or of those that can be reached."""
    rows = np.flatnonzero(given.reachable)
    if not len(rows):
        raise NoCandidateError("candidates: none is within the radius of anybody")
    residents = given.residents[rows]
    share = min(1.0, asked.share * given.residents.sum() / residents.sum())
    return siting.partial_covering(
        given.cost[rows], residents, share, asked.radius_m, given.fixed,
        seconds=seconds, progress=progress,
    )  # fmt: skip
