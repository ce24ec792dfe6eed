"""Which candidates a plan takes: a model of siting on a region's squares."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy import sparse

from geo import siting
from geo.planning.ground import Ground, ground
from geo.siting.compiled import ready

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.facts.own_population import OwnPopulation
    from geo.planning.question import Question
    from geo.planning.travel import Travel
    from geo.siting import Plan
    from geo.siting.search import Progress

    Floats = NDArray[np.float64]

MOST_CANDIDATES: Final = 2_000
"""Squares among which plans for most residents are looked for."""

FAR: Final = (5_000, 300)
"""Squares with residents, and candidates, where ways of every length count."""


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
    travel: Travel,
    own: OwnPopulation | None,
) -> Choices:
    """Return what a model chooses from.

    Where ways of every length count, residents are looked at in larger squares, too.

    Parameters
    ----------
    here : Ground
        Residents of the region.
    districts : GeoDataFrame
        As for `geo.planning.proposal.propose`.
    asked : Question
        Its model and candidates.
    travel : Travel
        How residents get to them.
    own : OwnPopulation or None
        As for `geo.planning.proposal.propose`.
    """
    covers = asked.model == "cover"
    squares, most = (len(here.lonlat), MOST_CANDIDATES) if covers else FAR
    if squares < len(here.lonlat):
        here = ground(districts, own=own, radius_m=asked.radius_m, most=squares)
    lonlat, spacing_m = districts[["lon", "lat"]].to_numpy(np.float64), np.nan
    if asked.candidates == "cells":
        lonlat, spacing_m = here.spread(most)
    most_m = asked.radius_m if covers else np.inf
    cost = travel.costs(here.lonlat[here.residents > 0], lonlat, most_m=most_m)
    return Choices(here, lonlat, spacing_m, travel, cost)


def chosen(
    among: Choices,
    now: Floats,
    asked: Question,
    *,
    seconds: float,
    gap: float = 0.0,
    progress: Progress | None = None,
) -> tuple[Plan, Floats]:
    """Return the plan of a model, and where its new sites are.

    Today's sites are one candidate that is kept, as near to each square as the nearest of them.

    Parameters
    ----------
    among : Choices
        Residents and candidates.
    now : ndarray of float64, shape (k, 2)
        Today's sites, degrees, WGS84.
    asked : Question
        Model, number, radius.
    seconds, gap, progress
        As of `geo.siting.maximal_covering`.

    Returns
    -------
    Plan
        Its positions are those of today's sites, if there are any, and of the candidates.
    ndarray of float64, shape (n, 2)
        New sites, degrees, WGS84.
    """
    some = among.here.residents > 0
    lonlat, residents = among.here.lonlat[some], among.here.residents[some]
    covers = asked.model == "cover"
    today = among.travel.nearest_m(lonlat, now, most_m=asked.radius_m)
    cost = among.cost
    fixed: tuple[int, ...] = ()
    if len(now):
        # Zeros are stored, too: sites in the middle of a square.
        near = np.flatnonzero(np.isfinite(today))
        held = (today[near], (near, np.zeros_like(near)))
        own = sparse.csr_array(held, shape=(len(today), 1))
        cost, fixed = sparse.hstack([own, cost], format="csr"), (0,)
    ready()
    p = min(asked.p, len(among.lonlat))
    if covers:
        solve = partial(siting.maximal_covering, cost, residents, p, asked.radius_m, fixed)
    elif asked.model == "median":
        solve = partial(siting.p_median, cost, residents, p, fixed)
    else:
        solve = partial(siting.p_center, cost, p, fixed)
    plan = solve(gap=gap, seconds=seconds, progress=progress)
    new = np.setdiff1d(np.array(plan.chosen, dtype=np.intp), fixed) - len(fixed)
    return plan, among.lonlat[new]
