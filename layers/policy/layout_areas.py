"""Which districts a layout tints, hatches and edges, and its corridors with a published route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from layers import escape
from layers.ground.base_document import DECIMALS
from layers.policy.layout_signs import line_of, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from layers.policy.layout_signs import Standing

_TINTED = ("core", "node", "zone", "corridor")


@dataclass(frozen=True, kw_only=True)
class Areas:
    """What `areas` finds.

    Parameters
    ----------
    fills
        Fill by adcode.
    edges
        Each round all districts of an element.
    lettered
        Districts whose name an element's sign bears.
    zones
        Fill of each zone by element, so that neighbouring zones differ.
    """

    fills: dict[str, str]
    edges: list[dict[str, Any]]
    lettered: list[str]
    zones: dict[str, str]


def sign_key(kind: str, standing: Standing) -> str:
    """Key of a sign in the legend: kind, and whether it is planned or the like."""
    return f"{kind}_{standing}" if standing else kind


def areas(
    elements: gpd.GeoDataFrame,
    *,
    units: gpd.GeoDataFrame,
    strongholds: Mapping[str, str],
    used: dict[str, str],
) -> Areas:
    """Find the districts that a layout's elements and its unnamed strongholds tint.

    Parameters
    ----------
    elements
        Elements to draw, see `layout_drawing.drawing`.
    units
        Districts of the ground, index adcode.
    strongholds
        Strong districts that no element names, by adcode.
    used
        Signs in use; those of areas are added.

    Returns
    -------
    Areas
        Cores win over nodes, nodes over zones and corridors; what is known by a point tints
        nothing: the district it lies in is not all its own. Zones have two fills in turn; an
        illustrative area has an edge only.
    """
    fills: dict[str, str] = {}
    edges = []
    lettered = []
    zones: dict[str, str] = {}
    ranked = sorted(elements.iterrows(), key=lambda item: _rank(item[1]))
    for key, row in ranked:
        if row["kind"] not in _TINTED:
            continue
        codes = _codes(row, units)
        if not codes:
            continue
        line = line_of(row)
        # What a reader adds is tinted like the document's: its edge says whose it is.
        fill = str(row["kind"]) if standing(row) in {"", "own"} else "planned"
        if fill == "zone":
            fill = zones.setdefault(str(key), "zone2" if len(zones) % 2 else "zone")
        if line != "dotted" and [c for c in codes if fills.setdefault(c, fill) == fill]:
            used.setdefault(f"area_{fill}", "")
        kind = "zone" if row["kind"] == "corridor" else str(row["kind"])
        edged = {"illustrative": "area_illustrative", "own": "area_own"}.get(standing(row))
        if edged:
            used.setdefault(edged, "")
        edges.append(
            {"e": escape.text(key), "k": kind, "line": line, "units": list(map(escape.text, codes))}
        )
        if len(codes) == 1 and row["adcodes"] and row["kind"] in {"core", "node"}:
            lettered += codes
    for code in strongholds:
        if code in units.index:
            fills[str(code)] = "strong"
            used.setdefault("strong", "")
    return Areas(
        fills={escape.text(code): fill for code, fill in fills.items()},
        edges=edges[::-1],  # cores last, on top
        lettered=[escape.text(code) for code in lettered],
        zones=zones,
    )


def axes(elements: gpd.GeoDataFrame, *, used: dict[str, str]) -> list[dict[str, Any]]:
    """Corridors whose route is published, as lines (longitude, latitude)."""
    routes = []
    for key, row in elements.iterrows():
        if row.geometry.geom_type not in {"LineString", "MultiLineString"}:
            continue
        parts = shapely.get_parts(row.geometry)
        lines = [shapely.get_coordinates(part).round(DECIMALS).tolist() for part in parts]
        own = standing(row) == "own"
        used.setdefault(sign_key("axis", standing(row)), "")
        if own:
            used.setdefault("band", "")
        planned = line_of(row) != "solid"
        routes.append({"e": escape.text(key), "lines": lines, "planned": planned, "own": own})
    return routes


def outlines(elements: gpd.GeoDataFrame, *, used: dict[str, str]) -> list[dict[str, Any]]:
    """Areas that are no districts, as rims (longitude, latitude)."""
    rims = []
    for key, row in elements.iterrows():
        if row["adcodes"] or row.geometry.geom_type != "Polygon":
            continue
        used.setdefault(sign_key("outline", standing(row)), "")
        rim = shapely.get_coordinates(row.geometry.exterior).round(DECIMALS).tolist()
        rims.append({"e": escape.text(key), "rim": rim[:-1], "line": line_of(row)})
    return rims


def label_point(code: str, units: gpd.GeoDataFrame) -> list[float] | None:
    """Label point of a district or of a city made of districts; None where it is not mapped."""
    mapped = _expanded([code], units)
    if not mapped:
        return None
    if len(mapped) == 1 and {"lon", "lat"} <= set(units.columns):
        point = [float(value) for value in units.loc[mapped, ["lon", "lat"]].to_numpy()[0]]
    else:
        union = shapely.union_all(units.loc[mapped].geometry.to_numpy())
        point = shapely.get_coordinates(shapely.point_on_surface(union))[0].tolist()
    return [round(value, DECIMALS) for value in point]


def _rank(row: pd.Series) -> int:
    kind = str(row["kind"])
    return _TINTED.index(kind) if kind in _TINTED else len(_TINTED)


def _codes(row: pd.Series, units: gpd.GeoDataFrame) -> list[str]:
    if row["adcodes"]:
        return _expanded(list(row["adcodes"]), units)
    return []


def _expanded(codes: list[str], units: gpd.GeoDataFrame) -> list[str]:
    """Districts of the ground for adcodes; a city's are all that belong to it."""
    districts: list[str] = []
    for code in codes:
        if code in units.index:
            districts.append(code)
        elif "city_adcode" in units:
            districts += [str(each) for each in units.index[units["city_adcode"] == code]]
    return list(dict.fromkeys(districts))
