"""Venues: libraries, theatres, museums and sights, drawn on request beside sites and no sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from layers import escape
from layers.sites.symbols import DECIMALS, located, named

if TYPE_CHECKING:
    import geopandas as gpd


def venues(places: gpd.GeoDataFrame, *, name: str = "name_zh") -> list[dict[str, Any]]:
    """Turn located venues into the overlay's features.

    Parameters
    ----------
    places
        WGS84 points with `name_zh`; empty points are left out.
    name
        Column with the name; `name_zh` stands in where it is missing.

    Returns
    -------
    list
        GeoJSON points. Properties: n name, v 1; without an id, so that none is a site.
    """
    drawn = located(places)
    points = shapely.get_coordinates(drawn.geometry.to_numpy()).round(DECIMALS).tolist()
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": point},
            "properties": {"n": escape.text(label), "v": 1},
        }
        for label, point in zip(named(drawn, name), points, strict=True)
    ]
