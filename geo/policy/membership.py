"""What stands in the places of a layout today, and which strong districts it does not name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyproj
import shapely

from geo.checks import frames
from geo.facts import precision
from geo.geometry import projection
from geo.measures import assignment, containment, coverage

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geo.policy.model import Element, Layout, Point

    Mask = NDArray[np.bool_]

REACH_M: Final = 1000.0
"""A site belongs to an element's point within this distance and the point's uncertainty."""

SIDES: Final = 1024
"""Of the disc round a point: what it covers of a true circle differs by less than a millionth."""

CORRIDOR_M: Final = 5000.0
"""A site lies on a corridor within this distance of its axis."""

STRONG: Final = 0.1
"""Share of the districts, those with the most sites, that count as strong."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Sites and districts as the scores look at them.

    Attributes
    ----------
    ids : ndarray of str, shape (n,)
        Id of each site; its index label where there is no column ``id``.
    lonlat : ndarray of float64, shape (n, 2)
        WGS84 degrees, NaN where unlocated.
    uncertainty_m : ndarray of float64, shape (n,)
        Radius of uncertainty of each site in metres, infinite where nothing is known.
    codes : tuple of frozenset of str, length n
        Adcodes each site stands under: those it states, its district and its district's city.
    labels : tuple of str, length n
        District of each site, empty where it has none here.
    districts : GeoDataFrame, m rows
        The districts in WGS84, the index as text.
    district_codes : tuple of frozenset of str, length m
        Adcodes each district answers to: its own and its city's.
    """

    ids: NDArray[np.object_]
    lonlat: NDArray[np.float64]
    uncertainty_m: NDArray[np.float64]
    codes: tuple[frozenset[str], ...]
    labels: tuple[str, ...]
    districts: gpd.GeoDataFrame
    district_codes: tuple[frozenset[str], ...]

    @property
    def located(self) -> Mask:
        """Which sites have a position."""
        return ~np.isnan(self.lonlat[:, 0])


def survey(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> Ground:
    """Return sites and districts made ready for any number of questions.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        All sites of the region with ``precision``; columns ``id``, ``adcode`` and
        ``city_adcode`` are optional.
    districts : GeoDataFrame, m rows
        Polygons; the index holds adcodes, ``city_adcode`` is optional.

    Raises
    ------
    InputError
        As `assignment.assign`.
    """
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    polygons = frames.polygons(districts, faults)
    frames.refuse(faults)
    own = districts.set_geometry(polygons, crs=frames.WGS84)
    own.index = own.index.map(str)
    city = assignment.codes(own, "city_adcode").fillna("").to_dict()
    answers = {str(label): _some(str(label), str(city[label])) for label in own.index}
    labels = tuple(assignment.assign(sites, own).astype("string").fillna(""))
    stated = zip(
        assignment.codes(sites, "adcode").fillna(""),
        assignment.codes(sites, "city_adcode").fillna(""),
        labels,
        strict=True,
    )
    return Ground(
        ids=np.array([str(each) for each in sites.get("id", sites.index)], dtype=object),
        lonlat=lonlat,
        uncertainty_m=precision.uncertainty_m(sites["precision"]).to_numpy(),
        codes=tuple(
            _some(adcode, city_adcode) | answers.get(label, frozenset())
            for adcode, city_adcode, label in stated
        ),
        labels=labels,
        districts=own,
        district_codes=tuple(answers.values()),
    )


def _some(*codes: str) -> frozenset[str]:
    return frozenset(code for code in codes if code)


def members(element: Element, ground: Ground) -> Mask:
    """Return which sites stand in an element today.

    The element's own ``sites`` where it names any, none in a venue; else those in its districts,
    near its point (see `near_point`), within 5 km of its axis, or within its outline; none where
    its place is unpublished.
    """
    if element.sites or element.venues:
        return np.isin(ground.ids, element.sites)
    extent = element.extent
    if extent.districts:
        wanted = set(extent.districts)
        return np.array([bool(codes & wanted) for codes in ground.codes], dtype=bool)
    if extent.point is not None:
        return near_point(extent.point, ground) & (ground.uncertainty_m <= reach_m(extent.point))
    if extent.outline:
        return within_outline(extent.outline, ground)
    return near_axis(extent.axis, ground) if extent.axis else np.zeros(len(ground.ids), dtype=bool)


def within_outline(outline: tuple[tuple[float, float], ...], ground: Ground) -> Mask:
    """Return which sites have a position within an outline, on its rim included."""
    area = shapely.Polygon(outline)
    lon, lat = ground.lonlat.T
    return np.asarray(np.logical_and(ground.located, shapely.intersects_xy(area, lon, lat)))


def reach_m(point: Point) -> float:
    """Return how far from a point its sites are looked for: 1 km and its uncertainty, metres."""
    return REACH_M + precision.radii_m()[point.precision]


def too_vague(element: Element, ground: Ground) -> Mask:
    """Return which sites may stand near an element's point, but nobody knows: left out of it."""
    point = element.extent.point
    if element.sites or element.venues or point is None:
        return np.zeros(len(ground.ids), dtype=bool)
    return near_point(point, ground) & (ground.uncertainty_m > reach_m(point))


def near_point(point: Point, ground: Ground) -> Mask:
    """Return which sites have a position within the reach of a point, however exact it is."""
    near = ground.located
    lon, lat = ground.lonlat[near].T
    start = np.full(len(lon), point.lon), np.full(len(lon), point.lat)
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(*start, lon, lat)
    near[near] = np.asarray(metres) <= reach_m(point)
    return near


def near_axis(axis: tuple[tuple[float, float], ...], ground: Ground) -> Mask:
    """Return which sites have a position within 5 km of an axis.

    Distances are taken in the equal-area plane centred on the axis (see
    `geo.geometry.projection`), which is true to a few metres along an axis of 200 km.
    """
    line = shapely.segmentize(shapely.LineString(axis), projection.LONGEST_EDGE_DEGREES)
    west, south, east, north = line.bounds
    plane = projection.laea((west + east) / 2, (south + north) / 2)
    near = ground.located
    points = np.atleast_1d(np.asarray(shapely.points(ground.lonlat[near]), dtype=object))
    flat = projection.project(np.array([*points, line], dtype=object), [plane] * (len(points) + 1))
    near[near] = shapely.distance(flat[-1], flat[:-1]) <= CORRIDOR_M
    return near


def territory(element: Element, ground: Ground) -> shapely.Geometry:
    """Return an element's area in WGS84 degrees: districts, outline, or disc round its point.

    Outline and disc are cut off where the region ends. Empty for an axis, an unpublished place, and
    districts that are not among those given.
    """
    extent = element.extent
    if extent.point is not None:
        centre = np.array([[extent.point.lon, extent.point.lat]])
        reach = reach_m(extent.point)
        return _cut(coverage.geodesic_discs(centre, radius_m=reach, sides=SIDES)[0], ground)
    if extent.outline:
        return _cut(shapely.Polygon(extent.outline), ground)
    return shapely.union_all(ground.districts.geometry.to_numpy()[_rows(extent.districts, ground)])


def _cut(area: shapely.Geometry, ground: Ground) -> shapely.Geometry:
    """Return an area as far as the coast or the border: nothing of the region lies beyond."""
    polygons = ground.districts.geometry.to_numpy()
    met = shapely.intersects(polygons, area)
    return shapely.union_all(shapely.intersection(polygons[met], area))


def _rows(adcodes: tuple[str, ...], ground: Ground) -> Mask:
    wanted = set(adcodes)
    return np.array([bool(codes & wanted) for codes in ground.district_codes], dtype=bool)


def within(element: Element, ground: Ground) -> tuple[str, ...]:
    """Return the districts an element is made of, or the one its point lies in."""
    rows = _rows(element.extent.districts, ground)
    point = element.extent.point
    if point is not None:
        polygons, labels = ground.districts.geometry.to_numpy(), ground.districts.index
        lon, lat = np.array([point.lon]), np.array([point.lat])
        row = containment.rows(lon, lat, polygons, labels)[0]
        rows |= np.arange(len(labels)) == row
    return tuple(str(label) for label in ground.districts.index[rows])


def element_sites(
    layout: Layout, sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> dict[str, tuple[str, ...]]:
    """Return what stands in each element today.

    Parameters
    ----------
    layout
        The layout.
    sites, districts : GeoDataFrame
        As for `survey`.

    Returns
    -------
    dict of str to tuple of str
        Ids of sites by element id, in the order of `sites`; see `members`.
    """
    ground = survey(sites, districts)
    return {each.id: tuple(ground.ids[members(each, ground)].tolist()) for each in layout.elements}


def left_out(
    layout: Layout, sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> dict[str, int]:
    """Return how many sites near each element are known too vaguely to count, where any are.

    Parameters as for `element_sites`; see `too_vague`.
    """
    ground = survey(sites, districts)
    counts = {each.id: int(too_vague(each, ground).sum()) for each in layout.elements}
    return {element: n for element, n in counts.items() if n}


def strong_districts(ground: Ground) -> tuple[str, ...]:
    """Return the tenth of the districts (rounded up) with the most sites, most first.

    Districts that tie with the last of them count too; one without sites never does.
    """
    counts = _counts(ground)
    last = counts.iloc[math.ceil(STRONG * len(counts)) - 1]
    return tuple(str(label) for label in counts.index[(counts >= last) & (counts > 0)])


def _counts(ground: Ground) -> pd.Series:
    counts = ground.districts.index.to_series().map(
        {label: ground.labels.count(label) for label in set(ground.labels)}
    )
    return counts.fillna(0).astype(int).sort_values(ascending=False, kind="stable")


def unnamed(layout: Layout, ground: Ground) -> tuple[str, ...]:
    """Return the strong districts that the document does not name, most sites first.

    It names the districts of its elements, and the district that a core or node given as a point
    lies in. The district of a single carrier is not named by it, and an element that only another
    source knows names none.
    """
    named = {
        label
        for each in layout.elements
        if each.in_document and (each.extent.districts or each.kind in {"core", "node"})
        for label in within(each, ground)
    }
    return tuple(label for label in strong_districts(ground) if label not in named)


def strong(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> list[str]:
    """Return the adcodes of `strong_districts`. Parameters as for `element_sites`."""
    return list(strong_districts(survey(sites, districts)))


def strongholds(layout: Layout, sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> list[str]:
    """Return the adcodes of `unnamed` strong districts. Parameters as for `element_sites`."""
    return list(unnamed(layout, survey(sites, districts)))
