"""Which candidates a plan takes: a model of siting on a region's squares."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from scipy import sparse

from geo import siting
from geo.checks import frames
from geo.planning.ground import Ground, ground
from geo.planning.travel import buildable, travel
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
    Rows = NDArray[np.intp]

MOST_CANDIDATES: Final = 2_000
"""Squares among which plans for most residents are looked for."""

FAR: Final = (5_000, 300)
"""Squares with residents, and candidates, where ways of every length count."""

FAIR: Final = (20_000, MOST_CANDIDATES)
"""The same where the district that is served worst counts."""

OF_RADIUS: Final = frozenset({"cover", "worst", "fewest"})
"""Models that know no more of a way than whether it is within the radius."""


class Choices(NamedTuple):
    """What a model chooses from.

    Attributes
    ----------
    here : Ground
        Residents that it looks at.
    lonlat : ndarray of float64, shape (m, 2)
        Candidates, degrees, WGS84.
    spacing_m : float
        Between them, metres; NaN where they are points of districts.
    travel : Travel
        How residents get there.
    cost : csr_array, shape (k, m)
        How far those k squares that have residents are from each, metres.
    """

    here: Ground
    lonlat: Floats
    spacing_m: float
    travel: Travel
    cost: sparse.csr_array


def choices(
    here: Ground,
    districts: gpd.GeoDataFrame,
    asked: Question,
    *,
    terrain: Terrain,
    demand: Demand | None,
) -> Choices:
    """Return what a model chooses from.

    Where ways of every length count, or the district served worst, residents are looked at in
    larger squares, too.

    Parameters
    ----------
    here : Ground
        Residents of the region.
    districts : GeoDataFrame
        As for `geo.planning.proposal.propose`.
    asked : Question
        Its model and candidates.
    terrain : Terrain
        How residents get to them, and where none may stand.
    demand : Demand or None
        As for `geo.planning.proposal.propose`.

    Raises
    ------
    InputError
        Where none may stand anywhere, or the terrain lacks what is asked for.
    """
    covers = asked.model in OF_RADIUS
    squares, most = (len(here.lonlat), MOST_CANDIDATES) if covers else FAR
    if asked.model == "worst":
        squares, most = FAIR
    if squares < len(here.lonlat):
        here = ground(districts, demand=demand, radius_m=asked.radius_m, most=squares)
    squares_only = asked.candidates == "cells"
    lonlat = here.lonlat if squares_only else districts[["lon", "lat"]].to_numpy(np.float64)
    free, spacing_m = buildable(lonlat, terrain), np.nan
    if not free[: len(here.steps) if squares_only else None].any():
        frames.refuse(["candidates: all lie where nothing may be built; expected some outside"])
    how = travel(asked, terrain)
    if squares_only:
        near = free & how.entered(lonlat)
        # Where no street is near any of them, all that are free.
        lonlat, spacing_m = here.spread(most, near if near[: len(here.steps)].any() else free)
    else:
        lonlat = lonlat[free]
    most_m = asked.radius_m if covers else np.inf
    cost = how.costs(here.lonlat[here.residents > 0], lonlat, most_m=most_m)
    return Choices(here, lonlat, spacing_m, how, cost)


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
    residents = given.residents[rows]
    share = min(1.0, asked.share * given.residents.sum() / residents.sum())
    return siting.partial_covering(
        given.cost[rows], residents, share, asked.radius_m, given.fixed,
        seconds=seconds, progress=progress,
    )  # fmt: skip
