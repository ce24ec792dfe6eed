"""How residents get to sites: straight, straight but over no barrier, or on foot along streets.

Every way is told in metres, and none is shorter than the straight line: whoever is reached on foot
or without crossing a barrier lies within the disc of the same radius.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

import geopandas as gpd
import numpy as np
import shapely

from geo.checks import frames
from geo.errors import InputError
from geo.facts import own_regions
from geo.geometry import projection
from geo.measures import nearest
from geo.networks import isochrones, packed, reach, snapping, straight
from geo.networks.reach import Walk

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from geo.networks.graph import Network
    from geo.planning.question import Question, Way

    Floats = NDArray[np.float64]

DRAWN_TO: Final = 5e-5
"""Degrees to which the outline of a walk is drawn: some five metres."""

SPECK: Final = 1e-5
"""Square degrees, some ten hectares: smaller holes in an outline are not drawn."""

SPOT_M: Final = 50.0
"""Radius of what is drawn for a place round which a short walk leaves no outline."""


class Terrain(NamedTuple):
    """What is known of the ground between residents and sites, in any CRS.

    Attributes
    ----------
    streets
        What is walked; None where nobody brought any.
    barriers
        Lines and areas that nobody crosses; None likewise.
    forbidden
        Areas where nothing may be built; None likewise.
    candidates
        Points with ``name`` where new sites may stand, for questions that ask for those of the
        owner's own; None likewise.
    """

    streets: Network | None = None
    barriers: gpd.GeoSeries | None = None
    forbidden: gpd.GeoSeries | None = None
    candidates: gpd.GeoDataFrame | None = None


def of_region(region: object, *, way: Way = "straight") -> Terrain:
    """Return what somebody brought of a region's ground; nothing for those of the catalogue.

    Streets and barriers are unpacked for the way that asks for them alone: of a large city it
    takes seconds.

    Examples
    --------
    >>> of_region("shanghai") == Terrain()
    True
    """
    own = own_regions.known(region)
    if own is None:
        return Terrain()
    streets = own.streets if way == "foot" else None
    barriers = own.barriers if way == "barriers" else None
    return Terrain(
        streets=None if streets is None else packed.unpack(streets),
        barriers=None if barriers is None else packed.unpack_shapes(barriers),
        forbidden=None if own.forbidden is None else packed.unpack_shapes(own.forbidden),
        candidates=None if own.candidates is None else packed.unpack_places(own.candidates),
    )


def in_degrees(terrain: Terrain) -> Terrain:
    """Return a terrain in WGS84, checked.

    Raises
    ------
    InputError
        For shapes without a CRS, or beyond the earth; candidates that are no points, or without
        ``name``; all faults at once.

    Examples
    --------
    >>> park = gpd.GeoSeries([shapely.box(121, 31, 122, 32)], crs="EPSG:4326").to_crs("EPSG:3857")
    >>> in_degrees(Terrain(forbidden=park)).forbidden.total_bounds.round(6).tolist()
    [121.0, 31.0, 122.0, 32.0]
    """
    faults: list[str] = []
    barriers = _shapes(terrain.barriers, faults, name="barriers")
    forbidden = _shapes(terrain.forbidden, faults, name="forbidden")
    candidates = terrain.candidates
    lon, lat = np.empty((2, 0))
    if candidates is not None:
        frames.require(candidates, ["name"], faults, name="candidates")
        lon, lat = frames.locations(candidates, faults, name="candidates").T
    frames.refuse(faults)
    if candidates is not None:
        candidates = candidates.set_geometry(gpd.points_from_xy(lon, lat, crs=frames.WGS84))
    return Terrain(terrain.streets, barriers, forbidden, candidates)


def _shapes(given: gpd.GeoSeries | None, faults: list[str], *, name: str) -> gpd.GeoSeries | None:
    if given is None:
        return None
    return gpd.GeoSeries(frames.shapes(given, faults, name=name), crs=frames.WGS84)


def buildable(lonlat: Floats, terrain: Terrain) -> NDArray[np.bool_]:
    """Return where something may be built: what lies within no forbidden area, nor on its edge.

    Parameters
    ----------
    lonlat : ndarray of float64, shape (n, 2)
        Degrees, WGS84.
    terrain : Terrain
        With the areas, if there are any.

    Examples
    --------
    >>> park = gpd.GeoSeries([shapely.box(121, 31, 122, 32)], crs=frames.WGS84)
    >>> buildable(np.array([[121.5, 31.5], [120.5, 31.5]]), Terrain(forbidden=park)).tolist()
    [False, True]
    """
    forbidden = in_degrees(terrain).forbidden
    if forbidden is None:
        return np.ones(len(lonlat), dtype=bool)
    area = shapely.union_all(np.asarray(forbidden.array))
    shapely.prepare(area)
    return ~np.asarray(shapely.intersects_xy(area, lonlat[:, 0], lonlat[:, 1]))


class Travel(Protocol):
    """How far places are from each other; positions are longitude and latitude, WGS84."""

    def costs(self, start: Floats, end: Floats, *, most_m: float) -> sparse.csr_array:
        """Return how far each start is from each end, metres; what is farther is not stored."""

    def nearest_m(self, start: Floats, end: Floats, *, most_m: float) -> Floats:
        """Return how far each start is from the nearest end, metres.

        Infinite where there is none; over barriers and on foot what is farther than `most_m` is
        infinite, too.
        """

    def entered(self, at: Floats) -> NDArray[np.bool_]:
        """Return which places anybody gets to."""

    def area(self, at: Floats, *, most_m: float) -> shapely.Geometry:
        """Return what is reached from any of some places, as it is drawn: degrees, WGS84."""


class Straight:
    """Straight lines.

    Examples
    --------
    >>> here, there = np.array([[121.0, 31.0]]), np.array([[121.01, 31.0], [122.0, 31.0]])
    >>> Straight().nearest_m(here, there, most_m=10).round()
    array([955.])
    """

    def costs(self, start: Floats, end: Floats, *, most_m: float) -> sparse.csr_array:
        """Return how far places are from each other, see `geo.measures.nearest.within`."""
        return nearest.within(start, end, most_m=most_m)

    def nearest_m(self, start: Floats, end: Floats, *, most_m: float) -> Floats:
        """Return how far each place is from the nearest of others, however far."""
        return nearest.to_nearest(start, end, most_m=most_m)

    def entered(self, at: Floats) -> NDArray[np.bool_]:
        """Return that anybody gets to every place."""
        return np.ones(len(at), dtype=bool)

    def area(self, at: Floats, *, most_m: float) -> shapely.Geometry:
        """Return the discs round places."""
        return shapely.union_all(_discs(at, most_m))


@dataclass(frozen=True, eq=False)
class Barred:
    """Straight lines that cross no barrier.

    Attributes
    ----------
    barriers
        Lines and areas, WGS84.
    """

    barriers: NDArray[np.object_]

    def costs(self, start: Floats, end: Floats, *, most_m: float) -> sparse.csr_array:
        """Return how far places are from each other that no barrier lies between."""
        return straight.uncut(start, end, nearest.within(start, end, most_m=most_m), self.barriers)

    def nearest_m(self, start: Floats, end: Floats, *, most_m: float) -> Floats:
        """Return how far each place is from the nearest of others on its side."""
        return _least(self.costs(start, end, most_m=most_m))

    def entered(self, at: Floats) -> NDArray[np.bool_]:
        """Return that anybody gets to every place."""
        return np.ones(len(at), dtype=bool)

    def area(self, at: Floats, *, most_m: float) -> shapely.Geometry:
        """Return the discs round places, as far as nothing bars the view from their middle."""
        seen = [
            straight.seen(disc, lonlat, self.barriers)
            for disc, lonlat in zip(_discs(at, most_m), at, strict=True)
        ]
        return shapely.union_all(np.array(seen, dtype=object))


@dataclass(frozen=True, eq=False)
class OnFoot:
    """Walks along streets, in the metres of street that are walked in the same time.

    Attributes
    ----------
    streets
        What is walked.
    speed_kmh
        On streets; stairs count for more metres than they have.
    """

    streets: Network
    speed_kmh: float

    def costs(self, start: Floats, end: Floats, *, most_m: float) -> sparse.csr_array:
        """Return how far places are from each other on foot."""
        walk = self._walk(most_m)
        table = reach.between(self.streets, start, end, walk)
        table.data *= walk.metres_a_unit
        return table

    def nearest_m(self, start: Floats, end: Floats, *, most_m: float) -> Floats:
        """Return how far each place is from the nearest of others on foot."""
        walk = self._walk(most_m)
        return reach.nearest_walk(self.streets, start, end, walk) * walk.metres_a_unit

    def entered(self, at: Floats) -> NDArray[np.bool_]:
        """Return which places have a street near."""
        stops = snapping.snap(self.streets, at, most_m=reach.STREET_M)
        return np.asarray(stops.edge != snapping.NOWHERE)

    def area(self, at: Floats, *, most_m: float) -> shapely.Geometry:
        """Return the outline of what is walked to, see `geo.networks.isochrones`.

        As it is drawn: without small holes, yards and the middles of blocks.
        """
        points = gpd.GeoDataFrame(geometry=shapely.points(at), crs=frames.WGS84)
        (whole,) = isochrones.isochrones(self.streets, points, self._walk(most_m)).geometry
        return _closed(shapely.simplify(whole, DRAWN_TO))

    def _walk(self, most_m: float) -> Walk:
        walk = walk_of(most_m, self.speed_kmh)
        faults: list[str] = []
        walk.check(faults)
        frames.refuse(faults)
        return walk


def walk_of(most_m: float, speed_kmh: float) -> Walk:
    """Return the walk of so many metres of street, by its minutes.

    Examples
    --------
    >>> walk_of(1250, 5).minutes
    15.0
    """
    return Walk(minutes=most_m / (speed_kmh * 1000 / 60), speed_kmh=speed_kmh)


def travel(asked: Question, terrain: Terrain) -> Travel:
    """Return how residents get to sites.

    Raises
    ------
    InputError
        Where it is asked for streets or barriers, and there are none; as `in_degrees`.

    Examples
    --------
    >>> from geo.planning.question import Question
    >>> isinstance(travel(Question(), Terrain()), Straight)
    True
    """
    if asked.way == "straight":
        return Straight()
    if asked.way == "foot" and terrain.streets is not None:
        return OnFoot(terrain.streets, asked.speed_kmh)
    barriers = in_degrees(terrain).barriers
    if asked.way == "barriers" and barriers is not None:
        return Barred(np.asarray(barriers.array))
    lacking = "streets" if asked.way == "foot" else "barriers"
    raise InputError(f"way: found {asked.way!r}, which needs {lacking}; the terrain has none")


def _discs(at: Floats, radius_m: float) -> NDArray[np.object_]:
    return projection.grown(np.asarray(shapely.points(at), dtype=object), radius_m)


def _closed(area: shapely.Geometry) -> shapely.Geometry:
    """Return an area without its small holes."""
    kept = [
        shapely.Polygon(
            part.exterior, [each for each in part.interiors if shapely.Polygon(each).area >= SPECK]
        )
        for part in shapely.get_parts(area)
    ]
    return shapely.MultiPolygon(kept)


def outline(how: Travel, at: Floats, *, most_m: float) -> shapely.Polygon:
    """Return what is reached from a place as one outline: of parts the largest.

    Parameters
    ----------
    how : Travel
        How anybody gets there.
    at : ndarray of float64, shape (2,)
        Longitude and latitude, degrees, WGS84.
    most_m : float
        How far, metres.

    Examples
    --------
    >>> disc = outline(Straight(), np.array([121.5, 31.2]), most_m=1000)
    >>> bool(shapely.contains_xy(disc, 121.509, 31.2))
    True
    """
    here = at.reshape(1, 2)
    spot = Straight().area(here, most_m=SPOT_M)
    parts = [*shapely.get_parts(how.area(here, most_m=most_m)), spot]
    return cast("shapely.Polygon", max(parts, key=shapely.area))


def _least(table: sparse.csr_array) -> Floats:
    """Return the least of each row, infinite where nothing is stored."""
    least = np.full(table.shape[0], np.inf)
    some = np.diff(table.indptr) > 0
    if some.any():
        least[some] = np.minimum.reduceat(table.data, table.indptr[:-1][some])
    return least
