"""The base map: the ground that stays, drawn once per frame."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import folium
import geopandas as gpd
import numpy as np
import shapely
from branca.element import MacroElement
from folium.template import Template

from layers import assets, escape, palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

DECIMALS = 5  # of a degree in the document: about 1 m
INNER_STEPS = 1200  # across the window: how finely borders between neighbours are drawn
_WATERS = Path(__file__).with_name("waters.toml")

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class FontFace:
    """A font the app serves itself.

    Parameters
    ----------
    family
        Name in the styles: "Source Sans" or "Source Serif".
    url
        Address as seen from the map frame.
    weight
        CSS weight or range.
    style
        "normal" or "italic".
    """

    family: str
    url: str
    weight: str = "200 900"
    style: str = "normal"


@dataclass(frozen=True, kw_only=True)
class FrameHeights:
    """Heights in px.

    Parameters
    ----------
    frame
        Of the whole frame, map and legend, on wide screens; the height given to st_folium.
    phone
        Of the map alone on frames narrower than 700 px; the legend adds its own.
    """

    frame: int = 740
    phone: int = 338


class _AtlasMap(folium.Map):
    """A folium map that loads the listed assets alone and leaves pinch zoom to the reader."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <meta name="viewport" content="width=device-width, initial-scale=1.0" />
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                {center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}}
            );
        {% endmacro %}
        """
    )


class _Base(MacroElement):
    """Calls chuangtu.base for the map it is in."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            chuangtu.base({{ this._parent.get_name() }}, {{ this.options }});
        {% endmacro %}
        """
    )

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Base"
        self.options = escape.script_json(dict(options))


def base_document(
    districts: gpd.GeoDataFrame,
    context: gpd.GeoDataFrame,
    *,
    level: Literal["district", "city"] = "district",
    window: Bounds | None = None,
) -> bytes:
    """Everything of the ground that a frame fetches once.

    Parameters
    ----------
    districts
        Own units, WGS84, index adcode; `name_zh`, and where present `name_en`, `short_zh`, `lon`
        and `lat` (label point) and `city_adcode`. Best the simplified, coverage-valid copy.
    context
        Neighbouring units, same columns.
    level
        What a unit is; at "district" level the borders of their cities are drawn stronger.
    window
        West, south, east, north of what is mapped at all; the reader cannot leave it. Default:
        the bounds of `context`, or free where there is none.

    Returns
    -------
    bytes
        Compact JSON, UTF-8, coordinates to 5 decimals, names escaped; the same input always
        gives the same bytes.
    """
    document: dict[str, Any] = {
        "level": level,
        "districts": _features(districts),
        "context": _features(_lighter(context)),
        "outline": _geometry(_union(districts.geometry)),
        "cities": _city_lines(districts) if level == "district" else None,
        "window": _corners(window if window is not None else _bounds(context)),
        "waters": [
            {"zh": escape.text(w["zh"]), "en": escape.text(w["en"]), "at": w["at"]}
            for w in _waters()
            if _near(w["at"], _bounds(context) or _bounds(districts))
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def document_name(name: str, document: bytes) -> str:
    """File name for a document: the content's hash is in it, so it may be cached for ever."""
    return f"{name}-{hashlib.sha256(document).hexdigest()[:16]}.json"


def base_map(
    document: str | bytes,
    *,
    bounds: Bounds,
    families: pd.DataFrame,
    links: assets.AssetLinks,
    fonts: Iterable[FontFace] = (),
    heights: FrameHeights | None = None,
) -> folium.Map:
    """Build the map that stays mounted while language, theme, filters and shading change.

    Parameters
    ----------
    document
        Address of the document as seen from the frame, or its bytes, for a file that opens
        from disk.
    bounds
        West, south, east, north of the own districts, WGS84.
    families
        Sector families, see `palette.palette`.
    links
        What the frame may load.
    fonts
        Fonts served by the app.
    heights
        Heights of the frame.

    Returns
    -------
    folium.Map
        Give it to st_folium as `fig`; nothing in it may depend on language, theme or filters.
    """
    west, south, east, north = bounds
    atlas = _AtlasMap(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=7,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        max_zoom=18,
        zoom_snap=0,
        max_bounds_viscosity=0.9,
        wheel_px_per_zoom_level=90,
    )
    atlas.default_js = list(links.js)
    atlas.default_css = list(links.css)
    options = {
        "document": document if isinstance(document, str) else json.loads(document),
        "palettes": palette.palettes(families),
        "sizes": palette.sizes(),
        "fonts": [asdict(font) for font in fonts],
        "heights": asdict(heights or FrameHeights()),
    }
    atlas.add_child(_Base(options))
    assets.guard(atlas, links)
    return atlas


def _lighter(context: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Neighbours with their inner borders generalised; coast and the region's border as given."""
    polygons = context.geometry.to_numpy()
    bounds = _bounds(context)
    if bounds is None or not shapely.coverage_is_valid(polygons):
        return context
    tolerance = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / INNER_STEPS
    lighter = shapely.coverage_simplify(polygons, tolerance, simplify_boundary=False)
    return context.set_geometry(gpd.GeoSeries(lighter, index=context.index, crs=context.crs))


def _features(units: gpd.GeoDataFrame) -> dict[str, Any]:
    geometries = _geometries(units.geometry)
    columns = {
        short: units[column].map(escape.text).tolist()
        for short, column in (("zh", "name_zh"), ("en", "name_en"), ("short", "short_zh"))
        if column in units
    }
    points = _label_points(units)
    features = []
    for i, (index, geometry) in enumerate(zip(units.index, geometries, strict=True)):
        properties: dict[str, Any] = {"id": escape.text(index), "at": points[i]}
        properties |= {short: texts[i] for short, texts in columns.items() if texts[i]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def _label_points(units: gpd.GeoDataFrame) -> list[list[float]]:
    """Stated label points where they lie in their unit, else a point on its surface."""
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


def _union(geometries: gpd.GeoSeries) -> shapely.Geometry:
    """Union of a coverage; of any polygons where they are none."""
    values = geometries.to_numpy()
    if shapely.coverage_is_valid(values):
        return shapely.coverage_union_all(values)
    return shapely.union_all(values)


def _city_lines(districts: gpd.GeoDataFrame) -> dict[str, Any] | None:
    """Borders between prefecture-level cities, as lines; None where there is but one."""
    if "city_adcode" not in districts or districts["city_adcode"].nunique() < 2:
        return None
    cities = districts.geometry.groupby(districts["city_adcode"].fillna("")).agg(_union)
    return _geometry(shapely.union_all(shapely.boundary(cities.to_numpy())))


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


def _near(at: list[float], bounds: Bounds | None) -> bool:
    return bounds is not None and bool(
        bounds[0] <= at[0] <= bounds[2] and bounds[1] <= at[1] <= bounds[3]
    )


@cache
def _waters() -> tuple[dict[str, Any], ...]:
    with _WATERS.open("rb") as file:
        return tuple(tomllib.load(file)["water"])
