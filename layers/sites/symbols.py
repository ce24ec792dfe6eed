"""Sites as one compact GeoJSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import shapely

from layers import escape

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd
    import pandas as pd

DECIMALS = 6  # of a degree: about 0.1 m
APPROXIMATE = "district"  # the precision drawn pale: known to a few kilometres only


def site_collection(  # noqa: PLR0913 - one argument for each thing that tells sites apart
    sites: gpd.GeoDataFrame,
    *,
    families: pd.Series,
    captions: pd.Series | None = None,
    name: str = "name_zh",
    radii: Mapping[str, float] | None = None,
    selected: str | None = None,
    marked: Collection[str] = (),
    numbers: Mapping[str, int] | None = None,
    picked: Collection[str] = (),
) -> tuple[dict[str, Any], list[str]]:
    """Turn located sites into the overlay's feature collection.

    Parameters
    ----------
    sites
        WGS84 points with `id`, `kind`, `precision`, `name_zh`; empty points are left out.
    families
        Family key of each site, on the index of `sites`.
    captions
        Second line of each tooltip, plain text, on the same index.
    name
        Column with the name; `name_zh` stands in where it is missing.
    radii
        Radius of uncertainty in metres by precision, drawn round the selected site.
    selected
        Id of the selected site.
    marked
        Ids of the sites that stand out.
    numbers
        Number in the list, by id.
    picked
        Ids of the sites chosen for comparison.

    Returns
    -------
    tuple
        The collection and the table of captions its properties point into. Properties: i id,
        n name, k kind, f family, p 1 where only the area is known, m 1 where marked, t caption,
        u radius, o number, c 1 where picked.
    """
    located = sites[~sites.geometry.isna() & ~sites.geometry.is_empty]
    points = located.geometry.to_numpy()
    lon = shapely.get_x(points).round(DECIMALS).tolist()
    lat = shapely.get_y(points).round(DECIMALS).tolist()
    names = located["name_zh"] if name not in located else located[name].fillna(located["name_zh"])
    lines: dict[str, int] = {}
    texts = (
        [None] * len(located)
        if captions is None
        else [escape.text(c) for c in captions.reindex(located.index)]
    )
    rows = zip(
        located["id"],
        names,
        located["kind"],
        families.reindex(located.index),
        located["precision"],
        texts,
        lon,
        lat,
        strict=True,
    )
    standing_out, chosen = frozenset(marked), frozenset(picked)
    order = numbers or {}
    features = []
    for identity, label, kind, family, precision, caption, x, y in rows:
        properties: dict[str, Any] = {
            "i": escape.text(identity),
            "n": escape.text(label),
            "k": escape.text(kind),
            "f": escape.text(family),
        }
        if precision == APPROXIMATE:
            properties["p"] = 1
        if identity in standing_out:
            properties["m"] = 1
        if identity in order:
            properties["o"] = int(order[identity])
        if identity in chosen:
            properties["c"] = 1
        if caption:
            properties["t"] = lines.setdefault(caption, len(lines))
        radius = (radii or {}).get(precision, math.inf) if identity == selected else math.inf
        if math.isfinite(radius):
            properties["u"] = float(radius)
        geometry = {"type": "Point", "coordinates": [x, y]}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}, list(lines)
