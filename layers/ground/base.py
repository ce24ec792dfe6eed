"""The base map: the ground that stays, drawn once while the reader stays on it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.facts import precision
from layers import assets, escape, palette

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from layers.ground.base_document import Bounds


EQUATOR_M = 40_075_016.7
TILE_PX = 256
"""Width of the world on the map at zoom 0."""
SCALE_BAR_PX = 90
"""The longest scale bar, see js/transport/overlay.js."""


@dataclass(frozen=True, kw_only=True)
class FrameHeights:
    """Heights in px.

    Parameters
    ----------
    frame
        Of map and legend together where there is room for both.
    phone
        Of the map alone where it is narrower than 700 px; the legend adds its own.
    """

    frame: int = 740
    phone: int = 338


class AtlasMap(folium.Map):
    """A folium map that loads the listed assets alone and leaves pinch zoom to the reader."""

    base: Base
    """What calls chuangtu.base for it."""

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


class Base(MacroElement):
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


def finest_zoom(lat: float) -> float:
    """Return the zoom beyond which the data show nothing more.

    Parameters
    ----------
    lat
        Degrees.

    Returns
    -------
    float
        Where the circle of uncertainty of the positions known best is as wide as the scale bar.
    """
    radius_m = min(precision.radii_m().values())
    metres_per_pixel = 2 * radius_m / SCALE_BAR_PX
    return math.log2(EQUATOR_M * math.cos(math.radians(lat)) / TILE_PX / metres_per_pixel)


def base_map(
    document: str | bytes,
    *,
    bounds: Bounds,
    families: pd.DataFrame,
    links: assets.AssetLinks,
    heights: FrameHeights | None = None,
) -> AtlasMap:
    """Build the map that stays mounted while language, theme, filters and shading change.

    Parameters
    ----------
    document
        Address of the document as seen from the page, or its bytes, for a file that opens
        from disk.
    bounds
        West, south, east, north of the own districts, WGS84.
    families
        Sector families, see `palette.palette`.
    links
        What the map may load.
    heights
        Heights of map and legend.

    Returns
    -------
    AtlasMap
        Nothing in it may depend on language, theme or filters.
    """
    west, south, east, north = bounds
    atlas = AtlasMap(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=7,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0,
        max_bounds_viscosity=0.9,
        wheel_px_per_zoom_level=90,
        track_resize=False,  # the frame follows its container, in the page or out of it
    )
    atlas.options["max_zoom"] = finest_zoom((south + north) / 2)
    atlas.default_js = list(links.js)
    atlas.default_css = list(links.css)
    options = {
        "document": document if isinstance(document, str) else json.loads(document),
        "palettes": palette.palettes(families),
        "sizes": palette.sizes(),
        "heights": asdict(heights or FrameHeights()),
    }
    atlas.base = Base(options)
    atlas.add_child(atlas.base)
    assets.guard(atlas, links)
    return atlas
