"""What a map shows, whichever way it is drawn: on a screen or on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.ground.inset import Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely
    from numpy.typing import NDArray

    from geo.settings import Language
    from layers.ground.basemaps import OfferedBasemap
    from layers.highlight import Highlight
    from layers.legend.strip import Legend
    from layers.palette import Theme
    from layers.policy.drafting import Drafting
    from layers.policy.layout_drawing import Drawing
    from layers.results.cluster_hulls import Hull
    from layers.results.pinning import Pinning
    from layers.results.result_view import Place, Rings
    from layers.results.squares import Squares
    from layers.results.trial_pins import Trial
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
class Scene:
    """What a map shows.

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
        it, and after a view None keeps it there too. While pins are tried that is the first view
        alone.
    together
        What maps are called that a page sets beside each other for the same extent: moved as one.
    place
        Longitude, latitude (WGS84) and radius in metres of a place the reader chose: a crosshair
        in a circle (none where the radius is 0); or circles that are lettered, without a cross.
    pinning
        A row whose position the reader puts right.
    trial
        Pins that the reader tries as new sites.
    clusters
        Hulls round clusters of sites, from the largest on.
    reach
        What lies within reach of today's sites, degrees, WGS84: white under what is drawn.
    walked
        What is reached on foot, likewise: its outline alone, so that the colours below are seen.
    forbidden
        Where nothing may be built, degrees, WGS84: grey, under what is drawn.
    moves
        Where proposed places may move, degrees, WGS84: faint squares.
    counted
        Address, as seen from the page and with a query, at which the map asks what lies in its
        view, see `layers.sites.counted`; `sites` are then those that are drawn wherever it stands.
    squares
        On paper what is counted there, or sites in units of other kinds than districts.
    """

    sites: gpd.GeoDataFrame | None
    look: SiteLook | None
    units: pd.DataFrame
    legend: Legend
    texts: MapTexts
    language: Language
    theme: Theme
    selection: Highlight | None = None
    inset: Window | None = None
    basemap: OfferedBasemap | None = None
    short_names: bool = False
    layout: Drawing | None = None
    drafting: Drafting | None = None
    others: gpd.GeoDataFrame | None = None
    shifts: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
    venues: Sequence[Mapping[str, Any]] = ()
    view: Window | None = None
    together: str = ""
    place: Place | Rings | None = None
    pinning: Pinning | None = None
    trial: Trial | None = None
    clusters: Sequence[Hull] = ()
    reach: shapely.Geometry | None = None
    walked: shapely.Geometry | None = None
    forbidden: shapely.Geometry | None = None
    moves: shapely.Geometry | None = None
    counted: str = ""
    squares: Squares | None = None

    @property
    def window(self) -> Window | None:
        """What it shows instead of the whole region: the view, or where a layout's elements are."""
        focus = None if self.layout is None else self.layout.payload["focus"]
        if focus is None:
            return self.view
        (south, west), (north, east) = focus["bounds"]
        return Window(west=west, south=south, east=east, north=north)
