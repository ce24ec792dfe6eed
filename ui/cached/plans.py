"""Plans for new sites, computed once for each combination of inputs."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import memory, planning
from geo.checks import frames
from geo.measures import assignment
from geo.measures.containment import NOWHERE
from geo.planning import choice, demand
from geo.planning.taking_part import staying
from geo.planning.travel import of_region, outline, travel
from geo.policy import cluster_naming, layouts
from ui.cached import indicators, walking
from ui.cached.searches import Search

if TYPE_CHECKING:
    from geo.planning import Proposal, Question
    from geo.planning.demand import Demand
    from geo.planning.proposal import Case
    from geo.planning.travel import Travel
    from geo.policy.model import Area
    from geo.policy.site_profile import Naming
    from geo.siting.search import Progress
    from ui.cached.indicators import FigureQuery

MORE: Final = 3
"""Numbers of sites beyond the one asked for that the curve goes on to."""

SECONDS: Final = 5.0
"""For each other number of sites."""

FINE: Final = 4_000
"""Parts of its width to which a forbidden area is drawn."""

DRAWN: Final = 2_000
"""Sites whose discs a map draws at most."""


def served(query: FigureQuery, question: Question) -> Demand | None:
    """Return whom a question means; None for the residents of the districts."""
    return _served(query.region, question.demand, question.radius_m)


@memory.by_view(latest=16)
def _served(region: Area, of: str, radius_m: float) -> Demand | None:
    return demand.of_region(region, of=of, radius_m=radius_m)


def inhabited(query: FigureQuery, question: Question) -> bool:
    """Return whether any of those whom a question means are known in a region."""
    by_place = served(query, question)
    if by_place is not None:
        return bool((by_place.amounts > 0).any())
    known = pd.to_numeric(indicators.units(query)["population"], errors="coerce")
    return bool((known > 0).any())


def search(query: FigureQuery, question: Question) -> Search:
    """Return the search for where new sites would serve the region best, begun if it is not."""
    known = _search(query, question)
    known.retry()
    return known


@memory.by_view(latest=64)
def _search(query: FigureQuery, question: Question) -> Search:
    known = partial(curve, query, question)
    # Who asks for a share asks for no number of sites.
    return Search(lambda: _case(query, question), None if question.model == "fewest" else known)


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
        demand=served(query, question),
        terrain=of_region(query.region, way=question.way),
    )


def curve(query: FigureQuery, question: Question, progress: Progress) -> pd.DataFrame:
    """Return whom each number of new sites reaches, up to a few more than are asked for."""
    return planning.gains(
        indicators.sites(query),
        indicators.units(query),
        dataclasses.replace(question, p=question.p + MORE),
        demand=served(query, question),
        terrain=of_region(query.region, way=question.way),
        seconds=SECONDS,
        progress=progress,
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
    district, lon, lat = zip(*places, strict=True) if places else ((), (), ())
    rows = gpd.GeoDataFrame(
        {"district": district}, geometry=gpd.points_from_xy(lon, lat), crs=frames.WGS84
    )
    cities = indicators.units(query)["city_adcode"]
    known = layouts.within_reach(query.region) if isinstance(query.region, str) else None
    return tuple(cluster_naming.places_named_by(rows, cities, known=known))


@memory.by_view(latest=64)
def aside(query: FigureQuery, question: Question) -> pd.Series:
    """Return how many sites each unit has that are known too roughly to take part."""
    sites, units = indicators.sites(query), indicators.units(query)
    rows = assignment.locate(sites[~staying(sites, question.radius_m)], units)
    return pd.Series(np.bincount(rows[rows != NOWHERE], minlength=len(units)), index=units.index)


@memory.by_view(latest=64)
def reached_area(query: FigureQuery, question: Question) -> shapely.Geometry:
    """Return what is reached from the sites that stay; of very many nothing is drawn."""
    sites = indicators.sites(query)
    lonlat = assignment.positions(sites)[staying(sites, question.radius_m)]
    most = DRAWN if question.way == "straight" else walking.MOST_OUTLINED
    if not 0 < len(lonlat) <= most:
        return shapely.Polygon()
    return _travel(query, question).area(lonlat, most_m=question.radius_m)


def outlines(
    query: FigureQuery, question: Question, places: gpd.GeoDataFrame
) -> tuple[shapely.Polygon, ...]:
    """Return what is reached from each place of a plan: of parts the largest."""
    lonlat = places[["lon", "lat"]].itertuples(index=False, name=None)
    return _outlines(query, question, tuple(lonlat))


@memory.by_view(latest=64)
def _outlines(
    query: FigureQuery, question: Question, places: tuple[tuple[float, float], ...]
) -> tuple[shapely.Polygon, ...]:
    how = _travel(query, question)
    return tuple(outline(how, np.array(at), most_m=question.radius_m) for at in places)


@memory.by_view(latest=16)
def candidates(query: FigureQuery, question: Question) -> shapely.MultiPoint:
    """Return where new sites may stand, other than in squares."""
    places = choice.given(indicators.units(query), question, of_region(query.region))
    return shapely.MultiPoint(places.lonlat)


@memory.by_view(latest=16)
def forbidden_area(region: Area) -> shapely.Geometry | None:
    """Return where nothing may be built, no finer than a map shows it; None where nobody said."""
    closed = of_region(region).forbidden
    if closed is None:
        return None
    west, south, east, north = closed.total_bounds
    return shapely.simplify(
        shapely.union_all(np.asarray(closed.array)), max(east - west, north - south) / FINE
    )


def _travel(query: FigureQuery, question: Question) -> Travel:
    return travel(question, of_region(query.region, way=question.way))
