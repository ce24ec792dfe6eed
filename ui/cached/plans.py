"""Plans for new sites, computed once for each combination of inputs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import memory, planning
from geo.checks import frames
from geo.geometry import projection
from geo.measures import assignment
from geo.planning.proposal import staying
from geo.policy import cluster_naming, layouts
from ui.cached import indicators
from ui.cached.searches import Search

if TYPE_CHECKING:
    from geo.planning import Proposal, Question
    from geo.planning.proposal import Case
    from geo.policy.site_profile import Naming
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


@memory.by_view(latest=64)
def search(query: FigureQuery, question: Question) -> Search:
    """Return the search for where new sites would serve the region best, begun if it is not."""
    return Search(lambda: _case(query, question), lambda: curve(query, question))


def plan(query: FigureQuery, question: Question) -> Proposal:
    """Return where new sites would serve the region best, once that is known with all beside it."""
    proposal = search(query, question).complete().proposal
    if proposal is None:
        raise LookupError(question)
    return proposal


def _case(query: FigureQuery, question: Question) -> Case:
    return planning.case(
        indicators.sites(query).set_index("id"),
        indicators.units(query),
        question,
        own=indicators.own_population(query.region),
    )


def curve(query: FigureQuery, question: Question) -> pd.DataFrame:
    """Return whom each number of new sites reaches, up to a few more than are asked for."""
    return _curve(query, dataclasses.replace(question, model="cover", p=question.p + MORE))


@memory.by_view(latest=64)
def _curve(query: FigureQuery, question: Question) -> pd.DataFrame:
    return planning.gains(
        indicators.sites(query),
        indicators.units(query),
        question,
        own=indicators.own_population(query.region),
        seconds=SECONDS,
    )


def namings(query: FigureQuery, places: gpd.GeoDataFrame) -> dict[int, tuple[Naming, ...]]:
    """Return which elements of layouts name each place of a plan, by its number."""
    columns = (places[name].tolist() for name in ("district", "lon", "lat"))
    named = _namings(query, tuple(zip(*columns, strict=True)))
    return dict(zip(places.index.to_list(), named, strict=True))


@memory.by_view(latest=64)
def _namings(
    query: FigureQuery, places: tuple[tuple[str, float, float], ...]
) -> tuple[tuple[Naming, ...], ...]:
    cities = indicators.units(query)["city_adcode"]
    rows = gpd.GeoDataFrame(
        {
            "members": [()] * len(places),
            "districts": [(str(code),) for code, _, _ in places],
            "cities": [(str(cities[code]),) for code, _, _ in places],
        },
        geometry=[shapely.Point(lon, lat) for _, lon, lat in places],
        crs=frames.WGS84,
    )
    known = layouts.within_reach(query.region) if isinstance(query.region, str) else None
    return tuple(cluster_naming.named_by(rows, known=known))


@memory.by_view(latest=64)
def reached_area(query: FigureQuery, radius_m: float) -> shapely.Geometry:
    """Return what lies within a radius of the sites that stay; of very many nothing is drawn."""
    sites = indicators.sites(query)
    lonlat = assignment.positions(sites)[staying(sites, radius_m)]
    if not 0 < len(lonlat) <= DRAWN:
        return shapely.Polygon()
    return shapely.union_all(projection.grown(np.asarray(shapely.points(lonlat)), radius_m))
