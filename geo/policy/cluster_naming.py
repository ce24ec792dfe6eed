"""Which elements of layouts name the place where sites cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.facts import precision
from geo.geometry import projection
from geo.policy import layouts
from geo.policy.membership import CORRIDOR_M
from geo.policy.phases import repeats
from geo.policy.site_profile import Naming

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    import geopandas as gpd

    from geo.policy.model import Element, Layout
    from geo.policy.site_profile import Reason

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
    rows = [
        _namings(every, outline, members=members, districts=districts, cities=cities)
        for outline, members, districts, cities in zip(
            profiles.geometry,
            *(profiles[name] for name in ("members", "districts", "cities")),
            strict=True,
        )
    ]
    return pd.Series(rows, index=profiles.index, name="named_by", dtype=object)


def _namings(
    every: list[tuple[Layout, Element]],
    outline: shapely.Geometry,
    *,
    members: Codes,
    districts: Codes,
    cities: Codes,
) -> tuple[Naming, ...]:
    radii = precision.radii_m()
    tests: dict[Reason, Callable[[Layout, Element], bool]] = {
        "site": lambda _, element: not set(element.sites).isdisjoint(members),
        "place": lambda layout, element: _lies_on(layout, element, outline),
        "near": lambda layout, element: _lies_on(layout, element, outline, within=radii),
        "district": lambda _, element: _holds(element, districts),
        "city": lambda _, element: _holds(element, cities),
    }
    found: dict[tuple[str, str], Naming] = {}
    for reason, names in tests.items():
        for layout, element in every:
            if (layout.id, element.id) not in found and names(layout, element):
                found[layout.id, element.id] = Naming(layout, element, reason)
    return tuple(found.values())


def _holds(element: Element, codes: Codes) -> bool:
    return not set(element.extent.districts).isdisjoint(codes)


def _lies_on(
    layout: Layout,
    element: Element,
    outline: shapely.Geometry,
    *,
    within: Mapping[str, float] | None = None,
) -> bool:
    """Return whether an element with a place of its own lies on an outline, or a point near it."""
    extent = element.extent
    if not (extent.point or extent.axis or extent.outline):
        return False
    metres = CORRIDOR_M if extent.axis else 0.0
    if within and extent.point:
        metres = within[extent.point.precision]
    centre = shapely.centroid(outline)
    both = np.array([outline, layouts.geometry(layout, element)], dtype=object)
    own, other = projection.project(both, [projection.laea(centre.x, centre.y)] * 2)
    return bool(shapely.distance(own, other) <= metres)
