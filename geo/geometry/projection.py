"""Metres and square kilometres on the ellipsoid.

Areas are never taken in degrees or in Web Mercator. A polygon's area is an integral along its
outline, of the area between a parallel and the equator on the WGS84 ellipsoid (see
`geo.geometry.sphere`): a polygon's figures depend on that polygon alone, never on the other rows
of its frame. Distances of a small place are taken in its own Lambert azimuthal equal-area plane.

An edge between two positions is straight in longitude and latitude, as GeoJSON defines it
(RFC 7946, section 3.1.1); long edges get extra vertices.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.checks import frames
from geo.geometry import sphere

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

LONGEST_EDGE_DEGREES = 0.01
"""At this length an edge's bow in an equal-area plane is below 2 cm at any latitude."""


EARTH_M = 6_371_007.0
"""Radius of the sphere that has the area of the ellipsoid."""

QUARTER_EDGES = 16
"""Of a quarter of a circle round what is grown: its area is within 0.2 % of the true one."""


def laea(lon: float, lat: float) -> pyproj.Transformer:
    """Return the projection from WGS84 degrees to the LAEA plane centred on a position.

    Parameters
    ----------
    lon, lat : float
        Centre in degrees, WGS84.

    Returns
    -------
    pyproj.Transformer
        `transform(lon, lat)` gives x and y in metres from the centre.

    Examples
    --------
    >>> x, y = laea(121.47, 31.23).transform(121.48, 31.23)
    >>> round(x), round(y)
    (953, 0)
    """
    # NumPy's numbers write their type with them, which PROJ reads as 0.
    return pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=laea +lon_0={float(lon)!r} +lat_0={float(lat)!r} +ellps=WGS84"
    )


def stretch(metres: float) -> float:
    """Return how much longer a way may be in an LAEA plane than on the ground, as a factor.

    On a sphere ways across the direction to the centre are stretched most, by the secant of half
    the angle from it (Snyder 1987, Map projections: a working manual, U.S. Geological Survey
    Professional Paper 1395, p. 185). The flattening of the ellipsoid adds less than its own share
    of that angle.

    Parameters
    ----------
    metres : float
        From the centre to the farther end of the way, in the plane; less than the earth's radius.

    Examples
    --------
    >>> round(stretch(100_000), 5), round(stretch(1_000_000), 5)
    (1.00008, 1.00362)
    """
    angle = metres / EARTH_M
    return float((1 + sphere.WGS84.f * angle) / np.sqrt(1 - (angle / 2) ** 2))


def project(
    geometries: NDArray[np.object_], planes: list[pyproj.Transformer]
) -> NDArray[np.object_]:
    """Project each geometry with its own transformer.

    Parameters
    ----------
    geometries : ndarray of shapely geometries, shape (n,)
        In WGS84 degrees, none missing or empty.
    planes : list of pyproj.Transformer, length n
        From WGS84 degrees to metres. Neighbours that share a transformer share a call of PROJ.

    Returns
    -------
    ndarray of shapely geometries, shape (n,)
        In metres.
    """
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    changes = [i for i in range(len(planes)) if i == 0 or planes[i] is not planes[i - 1]]
    limits = np.searchsorted(owner, [*changes, len(planes)]).tolist()
    x, y = coordinates[:, 0].copy(), coordinates[:, 1].copy()
    for i, (first, last) in zip(changes, itertools.pairwise(limits), strict=True):
        planes[i].transform(x[first:last], y[first:last], inplace=True)
    return np.asarray(shapely.set_coordinates(geometries.copy(), np.column_stack([x, y])))


def grown(geometries: NDArray[np.object_], metres: float) -> NDArray[np.object_]:
    """Return small geometries with all that lies within a distance of them.

    Parameters
    ----------
    geometries : ndarray of shapely geometries, shape (n,)
        In WGS84 degrees, none missing or empty; each is grown in the plane centred on it.
    metres : float
        Distance above 0.

    Returns
    -------
    ndarray of shapely geometries, shape (n,)
        Polygons in WGS84 degrees; a quarter of a turn has 16 edges.

    Examples
    --------
    >>> import geopandas as gpd
    >>> disc = grown(np.array([shapely.Point(121.5, 31.2)]), 1000)
    >>> area_km2(gpd.GeoSeries(disc, crs="EPSG:4326")).round(2).to_list()
    [3.14]
    """
    west, south, east, north = shapely.bounds(geometries).T
    centres = np.column_stack([(west + east) / 2, (south + north) / 2]).tolist()
    planes = [laea(*centre) for centre in centres]
    flat = shapely.buffer(project(geometries, planes), metres, quad_segs=QUARTER_EDGES)
    coordinates, owner = shapely.get_coordinates(flat, return_index=True)
    for row, plane in enumerate(planes):
        own = owner == row
        x, y = coordinates[own].T
        coordinates[own] = np.column_stack(plane.transform(x, y, direction="INVERSE"))
    return np.asarray(shapely.set_coordinates(flat, coordinates))


class Rings(NamedTuple):
    """The rings of polygons, one after the other; each has its polygon on the left.

    Attributes
    ----------
    lon, lat
        Of each vertex, in degrees; a ring ends with its first.
    swept
        Of each vertex: square metres, the integral along its ring from the ring's first vertex.
    first, last, polygon
        Of each ring: its vertices, the row of its polygon.
    base
        Of each polygon: the parallel of its integrals, see `geo.geometry.sphere.swept_m2`.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    swept: NDArray[np.float64]
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    polygon: NDArray[np.intp]
    base: NDArray[np.float64]

    @property
    def area_m2(self) -> NDArray[np.float64]:
        """Area of each polygon on the ellipsoid."""
        return np.asarray(np.bincount(self.polygon, self.swept[self.last]), dtype=np.float64)


def rings(polygons: NDArray[np.object_]) -> Rings:
    """Return the rings of polygons, with short edges.

    Parameters
    ----------
    polygons : ndarray of shapely geometries, shape (n,)
        Valid polygons or multipolygons in WGS84 degrees, none missing or empty.
    """
    parts, of_part = shapely.get_parts(
        shapely.orient_polygons(_with_short_edges(polygons)), return_index=True
    )
    lines, of_line = shapely.get_rings(parts, return_index=True)
    corners, line = shapely.get_coordinates(lines, return_index=True)
    lon, lat = np.ascontiguousarray(corners.T)
    first = np.searchsorted(line, np.arange(len(lines)))
    last = np.append(first[1:], len(line)) - 1
    polygon = of_part[of_line]
    _, south, _, north = shapely.bounds(polygons).T
    base = sphere.zone_m2(np.radians((south + north) / 2))
    # What leads from one ring to the next is left out of the sums.
    steps = sphere.swept_m2(lon[:-1], lat[:-1], lon[1:], lat[1:], base[polygon[line[:-1]]])
    swept = np.zeros(len(lon))
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        np.cumsum(steps[begin:end], out=swept[begin + 1 : end + 1])
    return Rings(lon, lat, swept, first, last, polygon, base)


def on_both_sides(
    geometries: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Return geometries, those across the antimeridian a second time on its other side.

    Parameters
    ----------
    geometries : ndarray of shapely geometries, shape (n,)
        In WGS84 degrees, narrower than 360; longitudes may run on beyond 180.

    Returns
    -------
    ndarray of shapely geometries, shape (m,), m >= n
        First all as given. What is narrower than 180 degrees meets one of the two at most.
    ndarray of intp, shape (m,)
        Which of the given each is.
    """
    own = np.arange(len(geometries))
    west, _, east, _ = shapely.bounds(geometries).reshape(-1, 4).T
    across = own[(west < -180) | (east > 180)]
    turn = np.where(east[across] > 180, -360.0, 360.0)
    corners, owner = shapely.get_coordinates(geometries[across], return_index=True)
    corners[:, 0] += turn[owner]
    again = np.asarray(shapely.set_coordinates(geometries[across].copy(), corners), dtype=object)
    return np.concatenate([geometries, again]), np.concatenate([own, across])


def mended(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return polygons with those that cross themselves mended, by the even-odd rule.

    Parameters
    ----------
    polygons : ndarray of shapely geometries, shape (n,)
        Polygons or multipolygons, none missing or empty.

    Returns
    -------
    ndarray of shapely geometries, shape (n,)
        Valid polygons or multipolygons.

    Examples
    --------
    >>> bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    >>> mended(np.array([bow_tie]))[0].geom_type
    'MultiPolygon'
    """
    broken = np.flatnonzero(~shapely.is_valid(polygons))
    if len(broken):
        polygons = polygons.copy()
        # A mended outline may trail lines and points; buffer(0) keeps what has an area.
        polygons[broken] = shapely.buffer(shapely.make_valid(polygons[broken]), 0)
    return polygons


def area_km2(polygons: gpd.GeoDataFrame | gpd.GeoSeries) -> pd.Series:
    """Return the area of each polygon on the WGS84 ellipsoid.

    Parameters
    ----------
    polygons : GeoDataFrame or GeoSeries
        Polygons in any CRS that has one.

    Returns
    -------
    Series of float64
        Square kilometres, named ``area_km2``, on the index of `polygons`.

    Raises
    ------
    InputError
        For rows that are no polygons, and when there are no rows or no CRS; all faults at once.

    Examples
    --------
    >>> import geopandas as gpd
    >>> area_km2(gpd.GeoSeries([shapely.box(120, 30, 121, 31)], crs="EPSG:4326")).round(1).to_list()
    [10642.4]
    """
    faults: list[str] = []
    geometries = frames.polygons(polygons, faults)
    frames.refuse(faults)
    area = rings(mended(geometries)).area_m2
    return pd.Series(area / 1e6, index=polygons.index, name="area_km2")


def _with_short_edges(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    # A look at all vertices in a row also finds steps from one ring to the next, so a second
    # look, ring by ring, at the few polygons found spares the others from being copied.
    suspects = _rows_with_long_steps(*shapely.get_coordinates(polygons, return_index=True))
    parts, of_suspect = shapely.get_parts(polygons[suspects], return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    long = _rows_with_long_steps(*shapely.get_coordinates(rings, return_index=True))
    rows = suspects[np.unique(of_suspect[of_part[long]])]
    dense = polygons.copy()
    dense[rows] = shapely.segmentize(polygons[rows], LONGEST_EDGE_DEGREES)
    return dense


def _rows_with_long_steps(
    coordinates: NDArray[np.float64], owner: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return which owners have neighbouring vertices too far apart, each once, ascending."""
    step = np.diff(coordinates, axis=0)
    far = np.flatnonzero(step[:, 0] ** 2 + step[:, 1] ** 2 > LONGEST_EDGE_DEGREES**2)
    return np.unique(owner[far[owner[far] == owner[far + 1]]])
