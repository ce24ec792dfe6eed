"""The overlay: all that changes without a new frame."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement
from folium.template import Template

from layers import escape
from layers.ground import shading
from layers.ground.basemaps import OfferedBasemap, gcj02_area
from layers.highlight import Highlight
from layers.legend import strip
from layers.results import cluster_hulls, result_view
from layers.sites.symbols import site_collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from layers.ground.inset import Window
    from layers.scene import Scene


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where the map stands, for an address.

    Parameters
    ----------
    name
        What the map calls it when it tells where the reader has moved it to.
    of
        What it goes with, told along.
    at
        Longitude, latitude (WGS84) and zoom; None for the view that the map opens with.
    arrival
        Another number than before whenever the map is to go there; else it stays where it is.
    """

    name: str
    of: str
    at: tuple[float, float, float] | None = None
    arrival: int = 0


class Paint(MacroElement):
    """Calls chuangtu.paint for the feature group it is in."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            chuangtu.paint(
                {{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }},
                {{ this.payload }}
            );
        {% endmacro %}
        """
    )

    def __init__(self, payload: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Paint"
        self.payload = escape.script_json(dict(payload))


class Overlay(folium.FeatureGroup):
    """A feature group that repaints the map it is added to."""

    paint: Paint
    """What calls chuangtu.paint for it."""


def overlay(scene: Scene, *, position: Position | None = None, placing: bool = False) -> Overlay:
    """Build the feature group that repaints a mounted map.

    Parameters
    ----------
    scene
        What it shows.
    position
        Where the map stands, and as what it tells the page where it is moved to; None for a map
        that tells nothing.
    placing
        Whether the next click, wherever on the map, is to choose the scene's `place`: it is
        reported as `message.Clicked` of kind "place".

    Returns
    -------
    Overlay
        With one element, which repaints the map it is added to.

    Raises
    ------
    ValueError
        If there are sites and no look.
    """
    chosen = scene.selection or Highlight()
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    captions: list[str] = []
    if scene.sites is not None:
        if scene.look is None:
            raise ValueError("Sites need a look: give look=SiteLook(families=...).")
        collection, captions = site_collection(scene.sites, scene.look, selected=chosen.site)
    payload = {
        "lang": scene.language,
        "theme": scene.theme,
        "short_names": scene.short_names,
        "units": _units(scene.units),
        "sites": collection,
        "captions": captions,
        "legend": strip.html(scene.legend),
        "texts": {
            "map": scene.texts.map,
            "note": escape.text(scene.texts.note),
            "zoom_in": scene.texts.zoom_in,
            "zoom_out": scene.texts.zoom_out,
            "reset": scene.texts.reset,
            "failed": scene.texts.failed,
            "placing": scene.texts.placing,
        },
        "inset": None if scene.layout or scene.view else _inset(scene.inset, scene.texts.inset),
        "plain": scene.look is not None and scene.look.plain,
        "marking": scene.look is not None and bool(scene.look.marked),
        "layout": None if scene.layout is None else scene.layout.payload,
        "drafting": None if scene.drafting is None else scene.drafting.payload(),
        "basemap": _basemap(scene.basemap),
        "selected_site": None if chosen.site is None else escape.text(chosen.site),
        "selected_district": None if chosen.district is None else escape.text(chosen.district),
        "compared": [escape.text(adcode) for adcode in chosen.compared],
        "uncertainty": escape.text(chosen.uncertainty),
        "others": result_view.compact(scene.others, besides=scene.sites),
        "shifts": None if scene.shifts is None else result_view.shifts(*scene.shifts),
        "venues": list(scene.venues),
        "view": result_view.corners(scene.view),
        "together": scene.together,
        "place": result_view.placed(scene.place),
        "placing": placing,
        "pinning": None if scene.pinning is None else scene.pinning.payload(),
        "trial": None if scene.trial is None else scene.trial.payload(),
        "reach": [] if scene.reach is None else cluster_hulls.rims(scene.reach),
        "walked": [] if scene.walked is None else cluster_hulls.rims(scene.walked),
        "forbidden": [] if scene.forbidden is None else cluster_hulls.rims(scene.forbidden),
        "moves": [] if scene.moves is None else cluster_hulls.rims(scene.moves),
        "clusters": [each.payload() for each in scene.clusters],
        "isolated": escape.text(chosen.family),
        "position": None if position is None else asdict(position),
        "counted": scene.counted,
        "selected_cell": None if chosen.cell is None else list(chosen.cell),
    }
    group = Overlay(name="overlay", control=False)
    group.paint = Paint(payload)
    group.add_child(group.paint)
    return group


def _units(units: pd.DataFrame) -> dict[str, list[str]]:
    """Rows of the shading by adcode, trailing empty cells left out."""
    rows = {}
    for index, *cells in units[list(shading.COLUMNS)].itertuples(name=None):
        row = [escape.text(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        rows[escape.text(index)] = row
    return rows


def _inset(window: Window | None, title: str) -> dict[str, Any] | None:
    if window is None:
        return None
    before, _, after = title.partition("{factor}")
    return {
        "bounds": [[window.south, window.west], [window.north, window.east]],
        "title": f"{escape.text(before)}%FACTOR%{escape.text(after)}",
    }


def _basemap(basemap: OfferedBasemap | None) -> dict[str, Any] | None:
    if basemap is None:
        return None
    return {
        "name": basemap.key,
        "url": basemap.url,
        "attribution": escape.text(basemap.attribution),
        "attribution_url": basemap.attribution_url,
        "datum": basemap.datum,
        "max_zoom": basemap.max_zoom,
        "subdomains": list(basemap.subdomains),
        "area": gcj02_area() if basemap.datum == "gcj02" else [],
    }
