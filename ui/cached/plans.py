"""Plans for new sites, computed once for each combination of inputs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import pandas as pd
import shapely

from geo import memory, planning
from geo.measures import assignment
from geo.planning import Proposal
from geo.planning.proposal import staying
from geo.planning.travel import travel
from geo.policy import cluster_naming, layouts
from ui.cached import indicators, walking

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.planning import Question
    from geo.planning.account import Totals
    from geo.planning.proposal import Basis
    from geo.planning.travel import Travel
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
        terrain=walking.terrain(query.region),
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
        terrain=walking.terrain(query.region),
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
def reached_area(query: FigureQuery, question: Question) -> shapely.Geometry:
    """Return what is reached from the sites that stay; of very many nothing is drawn."""
    sites = indicators.sites(query)
    lonlat = assignment.positions(sites)[staying(sites, question.radius_m)]
    most = DRAWN if question.way == "straight" else walking.MOST_OUTLINED
    if not 0 < len(lonlat) <= most:
        return shapely.Polygon()
    return _travel(query, question).area(lonlat, most_m=question.radius_m)


@memory.by_view(latest=64)
def outlines(query: FigureQuery, question: Question) -> tuple[shapely.Polygon, ...]:
    """Return what is reached from each place of a plan: of parts the largest."""
    lonlat = plan(query, question).places[["lon", "lat"]].to_numpy()
    how = _travel(query, question)
    areas = [how.area(at[None, :], most_m=question.radius_m) for at in lonlat]
    return tuple(max(shapely.get_parts(each), key=shapely.area) for each in areas)


def _travel(query: FigureQuery, question: Question) -> Travel:
    return travel(question, walking.terrain(query.region))
