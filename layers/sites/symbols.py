"""Sites as one compact GeoJSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import shapely

from layers import escape

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from layers.sites.look import SiteLook

DECIMALS = 6  # of a degree: about 0.1 m
APPROXIMATE = "district"  # the precision drawn pale: known to a few kilometres only


def located(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that have a position."""
    return sites[~sites.geometry.isna() & ~sites.geometry.is_empty]


def named(sites: gpd.GeoDataFrame, column: str) -> pd.Series:
    """Return the names in a column; `name_zh` stands in where one is missing."""
    return sites["name_zh"] if column not in sites else sites[column].fillna(sites["name_zh"])


def site_collection(
    sites: gpd.GeoDataFrame, look: SiteLook, *, selected: str | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Turn located sites into the overlay's feature collection.

    Parameters
    ----------
    sites
        WGS84 points with `id`, `kind`, `precision`, `name_zh`; empty points are left out.
    look
        Their names, colours, captions, numbers and marks.
    selected
        Id of the selected site: its radius of uncertainty is drawn.

    Returns
    -------
    tuple
        The collection and the table of captions its properties point into. Properties: i id,
        n name, k kind, f family, p 1 where only the area is known, m 1 where marked, w 1 where
        doubtful, t caption, u radius, o number, c 1 where picked, r 1 where ringed (2 strongly),
        h 1 where hollow.
    """
    drawn = located(sites)
    points = shapely.get_coordinates(drawn.geometry.to_numpy()).round(DECIMALS).tolist()
    lines: dict[str, int] = {}
    texts = (
        [None] * len(drawn)
        if look.captions is None
        else [escape.text(c) for c in look.captions.reindex(drawn.index)]
    )
    rows = zip(
        drawn["id"],
        named(drawn, look.name),
        drawn["kind"],
        look.families.reindex(drawn.index),
        drawn["precision"],
        texts,
        points,
        strict=True,
    )
    picked = frozenset(look.picked)
    given = {"m": look.marked, "w": look.doubtful, "h": look.hollow}
    standing_out = {name: frozenset(ids) for name, ids in given.items()}
    features = []
    for identity, label, kind, family, precision, caption, point in rows:
        properties: dict[str, Any] = {
            "i": escape.text(identity),
            "n": escape.text(label),
            "k": escape.text(kind),
            "f": escape.text(family),
        }
        if precision == APPROXIMATE:
            properties["p"] = 1
        for name, those in standing_out.items():
            if identity in those:
                properties[name] = 1
        if identity in look.ringed:
            properties["r"] = 1 + bool(look.ringed[identity])
        if identity in look.numbers:
            properties["o"] = int(look.numbers[identity])
        if identity in picked:
            properties["c"] = 1
        if caption:
            properties["t"] = lines.setdefault(caption, len(lines))
        radius = (look.radii or {}).get(precision, math.inf) if identity == selected else math.inf
        if math.isfinite(radius):
            properties["u"] = float(radius)
        geometry = {"type": "Point", "coordinates": point}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}, list(lines)
