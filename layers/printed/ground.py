"""The ground of a printed map: the outlines of the screen's, in the plane of their own meridian."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo import memory
from layers.ground import base_document
from layers.printed import frame

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from pyproj import CRS

    from geo.facts import boundaries

WGS84: Final = "EPSG:4326"

FINEST_MM: Final = 0.1
"""What an outline may be moved on paper to make it simpler."""

STEP_DEGREES: Final = 0.1
"""Between the vertices of a parallel, which is no straight line in a plane."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """The ground of a region, metres.

    Parameters
    ----------
    central
        Central meridian of its plane, degrees.
    level
        What a unit is.
    own
        The region's units, index adcode; `name_zh`, `name_en`, `short_zh`, `city_adcode`, and
        `at`, the point of the name.
    context
        Those round it, with the same columns but for the city.
    abroad
        Land without units.
    mapped
        What is mapped at all: outside of it there is paper, not sea.
    outline
        The rim of the region.
    borders
        Between its cities, where the units are districts of several.
    cities
        Names of the cities, index `city_adcode`; None where they are not lettered.
    """

    central: float
    level: boundaries.Level
    own: gpd.GeoDataFrame
    context: gpd.GeoDataFrame
    abroad: shapely.Geometry
    mapped: shapely.Geometry
    outline: shapely.Geometry
    borders: shapely.Geometry | None
    cities: pd.DataFrame | None

    @property
    def crs(self) -> CRS:
        """The plane."""
        return frame.plane(self.central)

    def place(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return easting and northing of positions in degrees, as two columns."""
        return np.column_stack(frame.way(self.central).transform(lon, lat))


def ground(
    own: gpd.GeoDataFrame,
    context: gpd.GeoDataFrame,
    *,
    level: boundaries.Level,
    abroad: shapely.Geometry,
    cities: gpd.GeoDataFrame | None,
) -> Ground:
    """Project what `base_document.document` is made of.

    Parameters
    ----------
    own, context, level, abroad, cities
        As there.
    """
    west, _, east, _ = own.total_bounds
    central = frame.meridian(west, east)
    crs = frame.plane(central)
    both = (shapely.box(*each.total_bounds) for each in (context, own) if len(each))
    window = shapely.union_all([*both]).envelope
    others = gpd.GeoSeries([abroad, shapely.segmentize(window, STEP_DEGREES)], crs=WGS84)
    land, mapped = others.to_crs(crs)
    units = _lettered(own, crs)
    return Ground(
        central=central,
        level=level,
        own=units,
        context=_lettered(context, crs),
        abroad=land,
        mapped=mapped,
        outline=base_document.union(units.geometry),
        borders=base_document.city_borders(units) if level == "district" else None,
        cities=None if cities is None else cities.drop(columns="geometry"),
    )


def _lettered(units: gpd.GeoDataFrame, crs: CRS) -> gpd.GeoDataFrame:
    points = np.array(base_document.label_points(units)).reshape(-1, 2)
    flat = units.to_crs(crs)
    lon, lat = points.T
    return flat.assign(at=gpd.points_from_xy(lon, lat, crs=WGS84).to_crs(crs))


def drawn(full: Ground, scale: float) -> Ground:
    """Return a ground as light as a scale shows it; borders stay one line where they are shared."""
    # Maps of several scales share one, the finer one: each takes half a second.
    return _simplified(full, 2.0 ** math.floor(math.log2(FINEST_MM * scale / frame.MM)))


@memory.by_view(latest=24)
def _simplified(full: Ground, metres: float) -> Ground:
    own, context = full.own.geometry.to_numpy(), full.context.geometry.to_numpy()
    every = np.concatenate([own, context])
    if shapely.coverage_is_valid(every):
        every = shapely.coverage_simplify(every, metres)
    else:
        every = shapely.simplify(every, metres)
    light = np.split(every, [len(own)])
    units = full.own.set_geometry(gpd.GeoSeries(light[0], full.own.index, crs=full.crs))
    around = full.context.set_geometry(gpd.GeoSeries(light[1], full.context.index, crs=full.crs))
    return replace(
        full,
        own=units,
        context=around[~around.geometry.is_empty],
        abroad=shapely.simplify(full.abroad, metres),
        outline=base_document.union(units.geometry),
        borders=None if full.borders is None else base_document.city_borders(units),
    )
