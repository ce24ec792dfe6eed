"""Sites as one compact GeoJSON, and what a click on the map says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import shapely

from layers import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

DECIMALS = 6  # of a degree: about 0.1 m
APPROXIMATE = "district"  # the precision drawn pale: known to a few kilometres only


@dataclass(frozen=True, kw_only=True)
class Clicked:
    """What was clicked: a site, a district or an element of a layout, and its id."""

    what: Literal["site", "district", "element"]
    id: str


def clicked(tooltip: str | None) -> Clicked | None:
    """Read st_folium's `last_object_clicked_tooltip`.

    Parameters
    ----------
    tooltip
        Text content of the clicked object's tooltip.

    Returns
    -------
    Clicked or None
        None when it is no tooltip of ours.
    """
    first = (tooltip or "").split("\n", 1)[0]
    what, separator, identity = first.partition(":")
    if not separator or not identity:
        return None
    if what == "site":
        return Clicked(what="site", id=identity)
    if what == "district":
        return Clicked(what="district", id=identity)
    if what == "element":
        return Clicked(what="element", id=identity)
    return None


def first_family(sectors: pd.Series, families: Mapping[str, str]) -> pd.Series:
    """Family of the first sector listed, which gives a site its colour.

    Parameters
    ----------
    sectors
        Sector codes, several separated by ";".
    families
        Sector code to family key.

    Returns
    -------
    Series of str
        On the same index; "mix" where there is no known sector.
    """
    first = sectors.astype("string").str.split(";").str[0].str.strip()
    return first.map(dict(families)).astype("string").fillna("mix").astype(object)


def site_collection(
    sites: gpd.GeoDataFrame,
    *,
    families: pd.Series,
    captions: pd.Series | None = None,
    name: str = "name_zh",
    radii: Mapping[str, float] | None = None,
    selected: str | None = None,
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

    Returns
    -------
    tuple
        The collection and the table of captions its properties point into. Properties: i id,
        n name, k kind, f family, p 1 where only the area is known, t caption, u radius.
    """
    located = sites[~sites.geometry.isna() & ~sites.geometry.is_empty]
    points = located.geometry.to_numpy()
    lon = shapely.get_x(points).round(DECIMALS).tolist()
    lat = shapely.get_y(points).round(DECIMALS).tolist()
    names = located["name_zh"] if name not in located else located[name].fillna(located["name_zh"])
    lines: dict[str, int] = {}
    told = (
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
        told,
        lon,
        lat,
        strict=True,
    )
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
        if caption:
            properties["t"] = lines.setdefault(caption, len(lines))
        radius = (radii or {}).get(precision, math.inf) if identity == selected else math.inf
        if math.isfinite(radius):
            properties["u"] = float(radius)
        geometry = {"type": "Point", "coordinates": [x, y]}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}, list(lines)
