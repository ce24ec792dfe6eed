"""What is reached on foot where somebody brought streets, computed once for each question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import shapely

from geo import memory
from geo.errors import InputError
from geo.facts import own_population, own_regions
from geo.geometry import projection
from geo.measures import assignment
from geo.measures.residents import People
from geo.networks import by_district as districts
from geo.networks import packed, reach
from geo.planning import ground
from geo.planning.taking_part import staying
from geo.planning.travel import OnFoot
from ui.cached import indicators

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.facts.own_terrain import OwnPlaces, OwnShapes, OwnStreets
    from geo.networks.graph import Network
    from geo.networks.reach import Parts, Walk
    from geo.policy.model import Area
    from ui.cached.indicators import FigureQuery

MOST_OUTLINED: Final = 300
"""Sites round which what is reached on foot is drawn at most."""

FINEST_M: Final = 250.0
"""Side of the squares of land whose middles are asked, at least."""


def streets(region: Area) -> OwnStreets | None:
    """Return the streets that somebody brought for a region of theirs."""
    held = own_regions.known(region)
    return None if held is None else held.streets


def barriers(region: Area) -> OwnShapes | None:
    """Return what nobody crosses in a region of somebody's own."""
    held = own_regions.known(region)
    return None if held is None else held.barriers


def forbidden(region: Area) -> OwnShapes | None:
    """Return where nothing may be built in a region of somebody's own."""
    held = own_regions.known(region)
    return None if held is None else held.forbidden


def candidates(region: Area) -> OwnPlaces | None:
    """Return where new sites may stand in a region of somebody's own."""
    held = own_regions.known(region)
    return None if held is None else held.candidates


def network(region: Area) -> Network:
    """Return the network that is walked in a region; the pages offer walks where there is one."""
    own = streets(region)
    if own is None:
        raise InputError("streets: found none of this region, expected those of a workspace")
    return packed.unpack(own)


def starts(query: FigureQuery, walk: Walk) -> gpd.GeoDataFrame:
    """Return the sites that walks lead to: those known well enough, see `staying`."""
    sites = indicators.sites(query)
    return sites[staying(sites, walk.radius_m)]


@memory.by_view(latest=64)
def by_district(query: FigureQuery, walk: Walk) -> pd.DataFrame:
    """Return how much of each district is reached, on foot and by discs.

    See `geo.networks.by_district.by_district`; of a region with streets.
    """
    units, own = indicators.units(query), indicators.own_population(query.region)
    people: pd.Series | People = pd.to_numeric(units["population"], errors="coerce")
    if own is not None:
        people = People(*own_population.unpack(own.packed, own.places))
    return districts.by_district(
        network(query.region),
        starts(query, walk),
        units,
        people,
        walk,
        size_m=size_m(query, walk),
    )


@own_regions.by_region
def parts(region: str) -> Parts:
    """Return how a region's streets hold together."""
    return reach.parts(network(region))


def size_m(query: FigureQuery, walk: Walk) -> float:
    """Return the side of the squares of land whose middles are asked, metres."""
    area = float(projection.area_km2(indicators.units(query).geometry).sum())
    least = max(FINEST_M, walk.radius_m / ground.FINE)
    return ground.square(area, least_m=least, most=ground.MOST)


@memory.by_view(latest=64)
def outline(query: FigureQuery, walk: Walk) -> shapely.Geometry:
    """Return what is reached on foot from any site, as it is drawn; of very many nothing is."""
    lonlat = assignment.positions(starts(query, walk))
    if not 0 < len(lonlat) <= MOST_OUTLINED:
        return shapely.Polygon()
    return OnFoot(network(query.region), walk.speed_kmh).area(lonlat, most_m=walk.radius_m)
