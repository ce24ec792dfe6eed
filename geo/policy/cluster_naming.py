"""Which elements of layouts name the place where sites cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pandas as pd
import shapely

from geo.facts import precision
from geo.geometry import projection
from geo.policy import layouts
from geo.policy.membership import CORRIDOR_M
from geo.policy.phases import repeats
from geo.policy.site_profile import Naming, Reason

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.policy.model import Element, Layout

    Codes = tuple[Hashable, ...]


def named_by(profiles: gpd.GeoDataFrame, *, known: Mapping[str, Layout] | None = None) -> pd.Series:
    """Return the elements of layouts that name the place of each cluster.

    An element names one of its sites; or it is a point or an area on the cluster's outline, or
    an axis within 5 km of it; or a point near it, within the radius of its own precision; or it is
    made of districts that the sites are in, or of these districts' cities. What only repeats the
    districts of another element (see `geo.policy.phases.repeats`) names no place.

    Parameters
    ----------
    profiles : GeoDataFrame, n rows
        As `geo.measures.cluster_profiles.profiles` returns them.
    known : mapping of str to Layout, optional
        Layouts by id; those of the project where omitted.

    Returns
    -------
    Series of tuple of Naming, named ``named_by``, on the index of `profiles`
        First what names a site, then the place, one near it, a district, a city; each in the order
        of the layouts and their files. An element stands once, with the first of its reasons.

    Examples
    --------
    >>> from geo import boundaries, catalog, clusters
    >>> from geo.measures import cluster_profiles
    >>> sites, districts = catalog.sites("shanghai"), boundaries.districts("shanghai")
    >>> found = clusters.clusters(sites, min_sites=3)
    >>> table = cluster_profiles.profiles(found, sites, districts)
    >>> first = named_by(table).iloc[0][0]
    >>> first.element.name_en, first.reason
    ('Show Life performing arts cluster', 'near')
    """
    every = [
        (layout, element)
        for layout in (layouts.all_layouts() if known is None else known).values()
        for element in layout.elements
        if not repeats(element, layout.elements)
    ]
    shapes = [_own_place(layout, element) for layout, element in every]
    rows = [
        _namings(every, _metres(outline, shapes), members=members, places=(districts, cities))
        for outline, members, districts, cities in zip(
            profiles.geometry,
            *(profiles[name] for name in ("members", "districts", "cities")),
            strict=True,
        )
    ]
    return pd.Series(rows, index=profiles.index, name="named_by", dtype=object)


def places_named_by(
    places: gpd.GeoDataFrame, cities: pd.Series, *, known: Mapping[str, Layout] | None = None
) -> pd.Series:
    """Return which elements of layouts name each of some places, as `named_by`.

    Parameters
    ----------
    places
        Points in WGS84 with ``district``, the adcode of the one that each is in.
    cities
        Adcode of the city of each district, on the districts' adcodes.
    known
        As of `named_by`.
    """
    home = places["district"].astype("str")
    rows = places.assign(
        members=home.map(lambda _: ()),
        districts=home.map(lambda code: (code,)),
        cities=home.map(lambda code: (str(cities[code]),)),
    )
    return named_by(rows, known=known)


def _namings(
    every: list[tuple[Layout, Element]],
    metres: NDArray[np.float64],
    *,
    members: Codes,
    places: tuple[Codes, Codes],
) -> tuple[Naming, ...]:
    radii = precision.radii_m()
    reasons = [
        _reason(element, far, members=members, places=places, radii=radii)
        for (_, element), far in zip(every, metres.tolist(), strict=True)
    ]
    return tuple(
        Naming(*every[row], reason)
        for reason in get_args(Reason)
        for row, own in enumerate(reasons)
        if own == reason
    )


def _reason(
    element: Element,
    metres: float,
    *,
    members: Codes,
    places: tuple[Codes, Codes],
    radii: Mapping[str, float],
) -> Reason | None:
    """Return the first reason for which an element names a cluster that far away."""
    extent, (districts, cities) = element.extent, places
    if not set(element.sites).isdisjoint(members):
        return "site"
    if metres <= (CORRIDOR_M if extent.axis else 0.0):
        return "place"
    if extent.point and metres <= radii[extent.point.precision]:
        return "near"
    if not set(extent.districts).isdisjoint(districts):
        return "district"
    return None if set(extent.districts).isdisjoint(cities) else "city"


def _own_place(layout: Layout, element: Element) -> shapely.Geometry:
    """Return the place of an element that is no district's; empty where it has none."""
    extent = element.extent
    placed = extent.point or extent.axis or extent.outline
    return layouts.geometry(layout, element) if placed else shapely.Point()


def _metres(outline: shapely.Geometry, shapes: list[shapely.Geometry]) -> NDArray[np.float64]:
    """Return how far places are from an outline; infinitely where there is none."""
    given = np.asarray(shapes, dtype=object)
    placed = ~np.asarray(shapely.is_empty(given))
    centre = shapely.centroid(outline)
    both = np.asarray([outline, *given[placed]], dtype=object)
    flat = projection.project(both, [projection.laea(centre.x, centre.y)] * len(both))
    metres = np.full(len(given), np.inf)
    metres[placed] = shapely.distance(flat[0], flat[1:])
    return metres
