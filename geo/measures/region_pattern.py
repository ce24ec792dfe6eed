"""How the sites of a region are spread: over its districts, and over its land."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.geometry import projection
from geo.measures import (
    concentration,
    containment,
    hot_spots,
    point_pattern,
    site_nearness,
    site_places,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import geopandas as gpd

    from geo.measures.autocorrelation import Moran
    from geo.measures.concentration import Theil
    from geo.measures.emptiness import Empty
    from geo.measures.point_pattern import Ellipse, NearestNeighbour
    from geo.measures.site_places import Basis

TOP: Final = 0.1
"""The share of the districts that is the top of them."""


class Pattern(NamedTuple):
    """The figures of a region; NaN is a figure that cannot be had.

    Attributes
    ----------
    gini, theil
        Of the sites by district; Theil's parts between and within cities.
    n_cities
        How many of these there are.
    n_top, top_share
        How many districts are the top tenth, and what share (0-1) of the sites they have.
    nearest
        Nearest-neighbour index of the sites' places on the land of the region.
    ellipse
        Of the sites, metres in the plane that is centred on the region's bounds.
    centre
        The district that the mean centre lies in; None where it lies in none.
    moran
        Moran's I of the density of the districts.
    n_places
        Places that `nearest` is of: many sites in one place are one.
    basis
        How many sites stand at these, and why others are left out.
    empty
        Why there is no figure, by its name among "gini", "nearest", "ellipse", "moran"; None where
        there is one.
    """

    gini: float
    theil: Theil
    n_cities: int
    n_top: int
    top_share: float
    nearest: NearestNeighbour
    ellipse: Ellipse
    centre: Hashable | None
    moran: Moran
    n_places: int
    basis: Basis
    empty: Mapping[str, Empty | None]


def pattern(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, table: pd.DataFrame
) -> Pattern:
    """Return how the sites of a region are spread.

    Parameters
    ----------
    sites : GeoDataFrame
        Points in any CRS, empty or missing where unlocated, with a column ``precision``.
    districts : GeoDataFrame, m rows
        Polygons in any CRS; a column ``city_adcode`` says which are of one city, all where there
        is none.
    table : DataFrame, m rows, on the index of `districts`
        With ``n``, ``per_100_km2`` and ``area_km2`` of `density.density` for the same.

    Raises
    ------
    InputError
        For geometries of the wrong kind, a missing CRS and a missing column; all faults at once.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> from geo import density
    >>> halves = [shapely.box(120, 30, 121, 31), shapely.box(121, 30, 122, 31)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> points = shapely.points([[120.5, 30.5], [120.6, 30.5], [121.5, 30.6], [120.5, 30.6]])
    >>> sites = gpd.GeoDataFrame({"precision": ["street"] * 4}, geometry=points, crs="EPSG:4326")
    >>> found = pattern(sites, districts, table=density.density(sites, districts))
    >>> found.gini, round(found.nearest.ratio, 2), found.centre, found.empty["moran"].value
    (0.25, 0.8, 'west', 'too_few')
    """
    faults: list[str] = []
    polygons = frames.polygons(districts, faults)
    places = site_places.of_sites(sites, faults)
    n = table["n"].astype("float64")
    cities = districts.get("city_adcode", pd.Series(0, index=districts.index))
    west, south, east, north = (float(each) for each in districts.to_crs(frames.WGS84).total_bounds)
    plane = projection.laea((west + east) / 2, (south + north) / 2)
    used = places.of[places.of != site_places.NONE]
    xy = np.column_stack(plane.transform(*places.lonlat[used].T))
    near = site_nearness.nearness(sites, districts, area_km2=float(table["area_km2"].sum()))
    spots = hot_spots.hot_spots(table["per_100_km2"].astype("float64"), districts)
    middle = plane.transform(*point_pattern.mean_centre(xy), direction="INVERSE")
    lon, lat = (np.array([each]) for each in middle)
    held = containment.rows(lon, lat, polygons, districts.index)[0]
    n_top = max(1, math.ceil(TOP * len(districts)))
    return Pattern(
        gini=concentration.gini(n),
        theil=concentration.theil(n, groups=cities.fillna("")),
        n_cities=int(cities.nunique()),
        n_top=n_top,
        top_share=concentration.top_share(n, k=n_top),
        nearest=near.nearest,
        ellipse=point_pattern.ellipse(xy),
        centre=None if held == containment.NOWHERE else districts.index[held],
        moran=spots.moran,
        n_places=near.places,
        basis=places.basis,
        empty=MappingProxyType(
            {
                "gini": concentration.why_empty(n),
                "nearest": near.empty,
                "ellipse": point_pattern.why_no_ellipse(xy),
                "moran": spots.empty,
            }
        ),
    )
