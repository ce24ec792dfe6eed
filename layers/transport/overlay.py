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
from layers.results import result_view
from layers.sites.symbols import site_collection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from geo.settings import Language
    from layers.ground.inset import Window
    from layers.legend.strip import Legend
    from layers.palette import Theme
    from layers.policy.drafting import Drafting
    from layers.policy.layout_drawing import Drawing
    from layers.results.cluster_hulls import Hull
    from layers.results.pinning import Pinning
    from layers.results.result_view import Place, Rings
    from layers.sites.look import SiteLook


@dataclass(frozen=True, kw_only=True)
class MapTexts:
    """The map's own words, in the reader's language; plain texts.

    Parameters
    ----------
    map
        What the map shows, for screen readers.
    note
        Boundary note at the bottom left.
    zoom_in, zoom_out
        Names of the zoom buttons.
    inset
        Title of the inset, with {factor} for how much larger it is drawn.
    reset, failed, placing
        The button back to the first view; no ground; a click chooses a place. Empty: not shown.
    """

    map: str
    note: str
    zoom_in: str
    zoom_out: str
    inset: str = "{factor}×"
    reset: str = ""
    failed: str = ""
    placing: str = ""


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


def overlay(  # noqa: PLR0913 - one argument for each thing that changes
    *,
    sites: gpd.GeoDataFrame | None,
    look: SiteLook | None,
    units: pd.DataFrame,
    legend: Legend,
    texts: MapTexts,
    language: Language,
    theme: Theme,
    selection: Highlight | None = None,
    inset: Window | None = None,
    basemap: OfferedBasemap | None = None,
    short_names: bool = False,
    layout: Drawing | None = None,
    drafting: Drafting | None = None,
    others: gpd.GeoDataFrame | None = None,
    shifts: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    venues: Sequence[Mapping[str, Any]] = (),
    view: Window | None = None,
    place: Place | Rings | None = None,
    placing: bool = False,
    pinning: Pinning | None = None,
    clusters: Sequence[Hull] = (),
    position: Position | None = None,
    counted: str = "",
) -> Overlay:
    """Build the feature group that repaints a mounted map.

    Parameters
    ----------
    sites
        Sites to draw, WGS84, see `symbols.site_collection`; None draws none.
    look
        Their colours and tooltips; needed where there are sites.
    units
        Look of the districts, from `shading.shading`.
    legend
        What its signs mean.
    texts
        The map's words.
    language, theme
        Of the reader.
    selection
        What is marked.
    inset
        Window of the inset, from `inset.densest_window`; hidden on narrow frames, when zoomed
        in and over an online base map.
    basemap
        Online base map under the districts; None for the districts alone.
    short_names
        Letter districts with their short names.
    layout
        Policy layout from `layout_drawing.drawing`; with one there is no inset.
    drafting
        The tools with which the reader draws a layout: what they draw is told as
        `message.Clicked` of kind "stroke", moved corners as "reshaped".
    others
        Sites that a filter leaves out, WGS84, as small grey dots; those of `sites` do not count.
    shifts
        Longitude and latitude (two columns, WGS84) of points before and after they were moved: a
        thin line each.
    venues
        Venues from `venues.venues`: hollow, under the sites, named by a tooltip, chosen by no
        click.
    view
        What the map shows, from `result_view.result_window`, instead of the whole region and
        without an inset: fitted again when it changes, else the map stays where the reader moved
        it, and after a view None keeps it there too.
    place
        Longitude, latitude (WGS84) and radius in metres of a place the reader chose: a crosshair
        in a circle (none where the radius is 0); or circles that are lettered, without a cross.
    placing
        Whether the next click, wherever on the map, is to choose such a place: it is reported
        as `message.Clicked` of kind "place".
    pinning
        A row whose position the reader puts right.
    clusters
        Hulls round clusters of sites, from the largest on.
    position
        Where the map stands, and as what it tells the page where it is moved to; None for a map
        that tells nothing.
    counted
        Address, as seen from the page and with a query, at which the map asks what lies in its
        view, see `layers.sites.counted`; `sites` are then those that are drawn wherever it stands.

    Returns
    -------
    Overlay
        With one element, which repaints the map it is added to.

    Raises
    ------
    ValueError
        If there are sites and no look.
    """
    chosen = selection or Highlight()
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    captions: list[str] = []
    if sites is not None:
        if look is None:
            raise ValueError("Sites need a look: give look=SiteLook(families=...).")
        collection, captions = site_collection(sites, look, selected=chosen.site)
    payload = {
        "lang": language,
        "theme": theme,
        "short_names": short_names,
        "units": _units(units),
        "sites": collection,
        "captions": captions,
        "legend": strip.html(legend),
        "texts": {
            "map": escape.text(texts.map),
            "note": escape.text(texts.note),
            "zoom_in": texts.zoom_in,
            "zoom_out": texts.zoom_out,
            "reset": texts.reset,
            "failed": texts.failed,
            "placing": texts.placing,
        },
        "inset": None if layout or view else _inset(inset, texts.inset),
        "plain": look is not None and look.plain,
        "marking": look is not None and bool(look.marked),
        "layout": None if layout is None else layout.payload,
        "drafting": None if drafting is None else drafting.payload(),
        "basemap": _basemap(basemap),
        "selected_site": None if chosen.site is None else escape.text(chosen.site),
        "selected_district": None if chosen.district is None else escape.text(chosen.district),
        "compared": [escape.text(adcode) for adcode in chosen.compared],
        "uncertainty": escape.text(chosen.uncertainty),
        "others": result_view.compact(others, besides=sites),
        "shifts": None if shifts is None else result_view.shifts(*shifts),
        "venues": list(venues),
        "view": result_view.corners(view),
        "place": result_view.placed(place),
        "placing": placing,
        "pinning": None if pinning is None else pinning.payload(),
        "clusters": [each.payload() for each in clusters],
        "isolated": escape.text(chosen.family),
        "position": None if position is None else asdict(position),
        "counted": counted,
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
