"""The ground of a map as one document: what a frame fetches once and keeps."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo import memory
from layers import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geo.facts import boundaries

DECIMALS = 5  # of a degree in the document: about 1 m
INNER_STEPS = 1200  # across the window: how finely borders between neighbours are drawn
_WATERS = Path(__file__).with_name("waters.toml")

Bounds = tuple[float, float, float, float]


def document(
    districts: gpd.GeoDataFrame,
    context: gpd.GeoDataFrame,
    *,
    level: boundaries.Level = "district",
    abroad: shapely.Geometry | None = None,
    cities: gpd.GeoDataFrame | None = None,
) -> bytes:
    """Everything of the ground that a frame fetches once.

    Parameters
    ----------
    districts
        Own units, WGS84, index adcode; `name_zh`, and where present `name_en`, `short_zh`, `lon`
        and `lat` (label point) and `city_adcode`. Best the simplified, coverage-valid copy.
    context
        Neighbouring units, same columns. The reader cannot leave their bounds.
    level
        What a unit is; at "district" level the borders of their cities are drawn stronger.
    abroad
        Land beyond all units, WGS84: drawn like neighbours, without borders or names.
    cities
        Names of the cities that the districts belong to, index `city_adcode`: they are lettered
        where there are many districts.

    Returns
    -------
    bytes
        Compact JSON, UTF-8, coordinates to 5 decimals, names escaped; the same input always
        gives the same bytes.
    """
    ground: dict[str, Any] = {
        "level": level,
        "districts": _features(districts, of_city=cities is not None),
        "context": _with_land(_features(_lighter(context)), abroad),
        "outline": _geometry(union(districts.geometry)),
        "cities": _city_lines(districts) if level == "district" else None,
        "names": {} if cities is None else _names_by_code(cities),
        "window": _corners(_bounds(context)),
        "waters": [
            {"zh": escape.text(water.zh), "en": escape.text(water.en), "at": water.at}
            for water in waters()
            if _near(water.at, _bounds(context) or _bounds(districts))
        ],
    }
    return json.dumps(ground, ensure_ascii=False, separators=(",", ":")).encode()


def clipped(content: bytes, bounds: Bounds, *, tolerance: float = 0.0) -> bytes:
    """Cut a document down to what lies within bounds: for a file that shows no more than that.

    Parameters
    ----------
    content
        From `document`.
    bounds
        West, south, east, north, WGS84: what the reader can look at.
    tolerance
        Degrees by which borders may be moved to make them simpler: half a pixel of the map.

    Returns
    -------
    bytes
        A document of the same form. Units are cut at the bounds, borders are not drawn there.
    """
    read = _parsed(content)
    ground, shapes = read.ground, read.shapes
    cut: dict[str, Any] = {**ground, "window": _corners(bounds)}
    for part in ("districts", "context"):
        left = shapely.clip_by_rect(shapes[part], *bounds)
        lighter = shapely.simplify(left, tolerance, preserve_topology=False)
        kept = np.flatnonzero(~shapely.is_empty(lighter))
        inner = shapely.get_coordinates(shapely.point_on_surface(left[kept])).round(DECIMALS)
        properties = [
            _inside(ground[part][i], at, bounds) for i, at in zip(kept, inner, strict=True)
        ]
        features = [
            {"type": "Feature", "properties": each, "geometry": geometry}
            for each, geometry in zip(
                properties, _geometries(gpd.GeoSeries(lighter[kept])), strict=True
            )
        ]
        cut[part] = {"type": "FeatureCollection", "features": features}
    for part in set(shapes) & {"outline", "cities"}:
        lines = shapely.clip_by_rect(shapes[part], *bounds)
        cut[part] = _geometry(shapely.simplify(lines, tolerance, preserve_topology=False))
    return json.dumps(cut, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class _Parsed:
    """A document as read: all but its geometries (of units, their properties), and these."""

    ground: Mapping[str, Any]
    shapes: Mapping[str, Any]


@memory.by_view(latest=8)
def _parsed(content: bytes) -> _Parsed:
    """Read a document once: reading takes longer than cutting."""
    ground = json.loads(content)
    shapes: dict[str, Any] = {}
    for part in ("districts", "context"):
        shapes[part] = shapely.get_parts(shapely.from_geojson(json.dumps(ground[part])))
        ground[part] = [feature["properties"] for feature in ground[part]["features"]]
    # As lines: the edge of an area that was cut would be drawn as a border.
    shapes["outline"] = shapely.boundary(shapely.from_geojson(json.dumps(ground.pop("outline"))))
    if ground["cities"]:
        shapes["cities"] = shapely.from_geojson(json.dumps(ground["cities"]))
    return _Parsed(MappingProxyType(ground), MappingProxyType(shapes))


def _inside(properties: dict[str, Any], inner: NDArray[Any], bounds: Bounds) -> dict[str, Any]:
    """Properties of a unit that was cut, its label at a point that is left of it."""
    if "at" not in properties or _near(properties["at"], bounds):
        return properties
    return {**properties, "at": inner.tolist()}


def file_name(stem: str, content: bytes) -> str:
    """File name for a document: the content's hash is in it, so it may be cached for ever."""
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.json"


def _lighter(context: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Neighbours with their inner borders generalised; coast and the region's border as given."""
    polygons = context.geometry.to_numpy()
    bounds = _bounds(context)
    if bounds is None or not shapely.coverage_is_valid(polygons):
        return context
    tolerance = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / INNER_STEPS
    lighter = shapely.coverage_simplify(polygons, tolerance, simplify_boundary=False)
    return context.set_geometry(gpd.GeoSeries(lighter, index=context.index, crs=context.crs))


def _with_land(features: dict[str, Any], land: shapely.Geometry | None) -> dict[str, Any]:
    """Put land without units under the neighbours: first is lowest."""
    if land is None or shapely.is_empty(land):
        return features
    nameless = {"type": "Feature", "properties": {}, "geometry": _geometry(land)}
    return {**features, "features": [nameless, *features["features"]]}


def _names_by_code(units: pd.DataFrame) -> dict[str, dict[str, str]]:
    names = _names(units)
    return {
        str(escape.text(code)): {key: texts[i] for key, texts in names.items() if texts[i]}
        for i, code in enumerate(units.index)
    }


def _names(units: pd.DataFrame) -> dict[str, list[str]]:
    """Names of units, escaped, by their key in the document."""
    return {
        short: units[column].map(escape.text).tolist()
        for short, column in (("zh", "name_zh"), ("en", "name_en"), ("short", "short_zh"))
        if column in units
    }


def _features(units: gpd.GeoDataFrame, *, of_city: bool = False) -> dict[str, Any]:
    geometries = _geometries(units.geometry)
    columns = _names(units)
    if of_city:
        columns["city"] = units["city_adcode"].map(escape.text).tolist()
    points = label_points(units)
    features = []
    for i, (index, geometry) in enumerate(zip(units.index, geometries, strict=True)):
        properties: dict[str, Any] = {"id": escape.text(index), "at": points[i]}
        properties |= {short: texts[i] for short, texts in columns.items() if texts[i]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def label_points(units: gpd.GeoDataFrame) -> list[list[float]]:
    """Return longitude and latitude of each unit's name.

    They are the stated ones where these lie in their unit, else a point on its surface.
    """
    polygons = units.geometry.to_numpy()
    points = shapely.get_coordinates(shapely.point_on_surface(polygons))
    if {"lon", "lat"} <= set(units.columns):
        stated = units[["lon", "lat"]].to_numpy(dtype=float)
        inside = shapely.contains_xy(polygons, stated[:, 0], stated[:, 1])
        points = np.where(inside[:, np.newaxis], stated, points)
    rounded: list[list[float]] = points.round(DECIMALS).tolist()
    return rounded


def _geometries(geometries: gpd.GeoSeries) -> list[dict[str, Any]]:
    rounded = shapely.transform(geometries.to_numpy(), lambda xy: xy.round(DECIMALS))
    return [json.loads(text) for text in shapely.to_geojson(rounded)]


def _geometry(geometry: shapely.Geometry) -> dict[str, Any]:
    return _geometries(gpd.GeoSeries([geometry]))[0]


def union(geometries: gpd.GeoSeries) -> shapely.Geometry:
    """Return the union of a coverage; of any polygons where they are none."""
    values = geometries.to_numpy()
    if shapely.coverage_is_valid(values):
        return shapely.coverage_union_all(values)
    return shapely.union_all(values)


def _city_lines(districts: gpd.GeoDataFrame) -> dict[str, Any] | None:
    borders = city_borders(districts)
    return None if borders is None else _geometry(borders)


def city_borders(districts: gpd.GeoDataFrame) -> shapely.Geometry | None:
    """Return borders between prefecture-level cities, as lines; None where there is but one."""
    if "city_adcode" not in districts or districts["city_adcode"].nunique() < 2:
        return None
    cities = districts.geometry.groupby(districts["city_adcode"].fillna("")).agg(union)
    borders = shapely.union_all(shapely.boundary(cities.to_numpy()))
    return shapely.line_merge(borders)


def _bounds(units: gpd.GeoDataFrame) -> Bounds | None:
    if units.empty:
        return None
    west, south, east, north = (round(float(v), DECIMALS) for v in units.total_bounds)
    return west, south, east, north


def _corners(bounds: Bounds | None) -> list[list[float]] | None:
    if bounds is None:
        return None
    west, south, east, north = bounds
    return [[south, west], [north, east]]


def _near(at: Sequence[float], bounds: Bounds | None) -> bool:
    return bounds is not None and bool(
        bounds[0] <= at[0] <= bounds[2] and bounds[1] <= at[1] <= bounds[3]
    )


@dataclass(frozen=True)
class Water:
    """A sea or lake: its names and where they stand, longitude and latitude."""

    zh: str
    en: str
    at: tuple[float, float]


@memory.by_facts
def waters() -> tuple[Water, ...]:
    """Seas and bays that maps letter."""
    with _WATERS.open("rb") as file:
        waters = tomllib.load(file)["water"]
    return tuple(Water(each["zh"], each["en"], tuple(each["at"])) for each in waters)
