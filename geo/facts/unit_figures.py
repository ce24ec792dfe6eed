"""Area and label point of every county-level unit, kept beside the code that computes them.

Both depend on the outline alone, and all of China's take six seconds. A row counts for the
outline that it was computed from: any other has its figures computed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo import memory
from geo.china import county_units
from geo.geometry import projection

if TYPE_CHECKING:
    import geopandas as gpd

KEPT: Final = Path(__file__).with_name("unit_figures.csv")
"""Written by scripts/measure_units.py."""

COLUMNS: Final = ("area_polygon_km2", "lon", "lat")
SHAPE: Final = "square_degrees"
"""Tells the outline that a row was computed from."""


def of(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the figures of units.

    Parameters
    ----------
    units : GeoDataFrame
        WGS84 polygons, index ``adcode``.

    Returns
    -------
    DataFrame
        ``area_polygon_km2`` on the ellipsoid; ``lon``, ``lat`` of a point well inside.
    """
    kept = _kept().reindex(units.index.astype(str)).set_axis(units.index)
    same = np.isclose(kept[SHAPE], shapely.area(units.geometry.to_numpy()), rtol=1e-12, atol=0)
    known = kept.loc[same, list(COLUMNS)]
    return known if same.all() else pd.concat([known, computed(units[~same])]).loc[units.index]


def computed(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the figures of units, from their outlines."""
    points = county_units.label_points(units.geometry)
    points.insert(0, "area_polygon_km2", projection.area_km2(units))
    return points


@memory.by_facts
def _kept() -> pd.DataFrame:
    return pd.read_csv(KEPT, dtype={"adcode": "str"}, index_col="adcode")
