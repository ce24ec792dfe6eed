"""Plans for new sites, computed once for each combination of inputs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo import memory, planning
from geo.geometry import projection
from geo.measures import assignment
from geo.planning import Proposal
from geo.planning.proposal import staying
from geo.policy import cluster_naming, layouts
from ui.cached import indicators

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.planning import Question
    from geo.planning.account import Totals
    from geo.planning.proposal import Basis
    from geo.policy.site_profile import Naming
    from geo.siting import Plan
    from ui.cached.indicators import FigureQuery

MORE: Final = 3
"""Numbers of sites beyond the one asked for that the curve goes on to."""

SECONDS: Final = 5.0
"""For each other number of sites."""

DRAWN: Final = 2_000
"""Sites whose discs a map draws at most."""


def inhabited(query: FigureQuery) -> bool:
    """Return whether anybody is known to live in a region."""
    known = pd.to_numeric(indicators.units(query)["population"], errors="coerce")
    return indicators.own_population(query.region) is not None or bool((known > 0).any())


def plan(query: FigureQuery, question: Question) -> Proposal:
    """Return where new sites would serve the region best."""
    places, districts, totals, proof, ends, basis = _plan(query, question)
    return Proposal(places, districts, totals, proof, ends, basis)


@memory.by_view(latest=64)
def _plan(
    query: FigureQuery, question: Question
) -> tuple[gpd.GeoDataFrame, pd.DataFrame, Totals, Plan, pd.DataFrame, Basis]:
    found = planning.propose(
        indicators.sites(query).set_index("id"),
        indicators.units(query),
        question,
        own=indicators.own_population(query.region),
    )
    # A tuple of its own: its frames are then copied for each caller.
    return found.places, found.districts, found.totals, found.plan, found.ends, found.basis


@memory.by_view(latest=64)
def curve(query: FigureQuery, question: Question) -> pd.DataFrame:
    """Return whom each number of new sites reaches, up to a few more than are asked for."""
    return planning.gains(
        indicators.sites(query),
        indicators.units(query),
        dataclasses.replace(question, model="cover", p=question.p + MORE),
        own=indicators.own_population(query.region),
        seconds=SECONDS,
    )


@memory.by_view(latest=64)
def namings(query: FigureQuery, question: Question) -> dict[int, tuple[Naming, ...]]:
    """Return which elements of layouts name each place, by its number."""
    places, cities = plan(query, question).places, indicators.units(query)["city_adcode"]
    known = layouts.within_reach(query.region) if isinstance(query.region, str) else None
    named = cluster_naming.places_named_by(places, cities, known=known)
    return dict(zip(places.index.to_list(), named.to_list(), strict=True))


@memory.by_view(latest=64)
def reached_area(query: FigureQuery, radius_m: float) -> shapely.Geometry:
    """Return what lies within a radius of the sites that stay; of very many nothing is drawn."""
    sites = indicators.sites(query)
    lonlat = assignment.positions(sites)[staying(sites, radius_m)]
    if not 0 < len(lonlat) <= DRAWN:
        return shapely.Polygon()
    return shapely.union_all(projection.grown(np.asarray(shapely.points(lonlat)), radius_m))
