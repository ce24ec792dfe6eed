"""The maps of a shortlist, for paper: a region each, its ground no larger than what is in view."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from geo import memory
from geo.facts import catalog
from layers import assets, templates
from layers.ground import base, base_document, shading
from layers.results import result_legend, result_view
from layers.scene import Scene
from layers.transport import overlay, standalone
from layers.transport.standalone import NotStandaloneError
from ui.blocks import site_facts
from ui.cached import base_documents, indicators, names, records
from ui.map import legends, page_map
from ui.state import pages
from ui.state.address import parse
from ui.state.view import PageView
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.settings import Language
    from layers.ground.inset import Window
    from ui.state.view import View

LEAST_M = 6000.0
"""Half the side of the smallest window of a printed map."""

EXCERPT = 4.4
"""Side of the ground of a printed map, in sides of the window that holds its sites."""

MOST: Final = 32
"""Shortlists whose maps are kept, packed: they take a second or two, and are often asked for."""


def maps(lang: Language, region: str, picked: tuple[str, ...]) -> Markup:
    """Return each region's map, or why it has none; nothing where the map's scripts are missing."""
    try:
        return Markup(gzip.decompress(packed_maps(lang, region, picked)).decode())  # noqa: S704 - ours
    except NotStandaloneError:  # and not kept: they may be installed meanwhile
        return Markup("")


@memory.by_view(latest=MOST)
def packed_maps(lang: Language, region: str, picked: tuple[str, ...]) -> bytes:
    """Draw a shortlist's maps in a language."""
    state = pages.Report.of(parse({"lang": lang}, pages.Report.fields()).values)
    numbers = {key: i + 1 for i, key in enumerate(picked)}
    regions = dict.fromkeys(records.listed(picked, region)["region"].astype(str))
    views = [PageView(replace(state, region=each)) for each in regions]
    drawn = [(view.region_name, shortlisted(view, numbers)) for view in views]
    page = templates.html("ui/report/maps.html", t=PageTexts(lang), maps=drawn)
    return gzip.compress(page.encode(), compresslevel=4, mtime=0)


def shortlisted(view: View, numbers: Mapping[str, int]) -> str | None:
    """Return the map of a shortlist's sites in one region as an HTML page of its own.

    Parameters
    ----------
    view : View
        Language and region.
    numbers : mapping of str to int
        The shortlist: number of each site by its id; those elsewhere are left out.

    Returns
    -------
    str or None
        None where no site of the shortlist has a position there.

    Raises
    ------
    NotStandaloneError
        When the map's scripts are not installed.
    """
    region = view.region
    every = records.all_sites(region)
    picked = every[every["id"].isin(list(numbers)) & ~every.geometry.is_empty]
    if picked.empty:
        return None
    window = _window_of(picked)
    document = base_documents.base_document(region, "district")
    excerpt = document.bounds if window is None else _excerpt(window)
    # Half a pixel of a map whose shorter side shows the window.
    tolerance = (excerpt[2] - excerpt[0]) / EXCERPT / 800
    atlas = base.base_map(
        base_document.clipped(document.content, excerpt, tolerance=tolerance),
        bounds=excerpt,
        families=catalog.families(),
        links=assets.links(),
    )
    drawn = overlay.overlay(_scene(view, picked, every, numbers))
    return standalone.standalone_html(atlas, drawn, title=names.region(region, view.t.lang))


def _window_of(picked: gpd.GeoDataFrame) -> Window | None:
    """Return the window of some sites, wide enough for borders and names of districts."""
    lon, lat = picked["lon"].astype(float), picked["lat"].astype(float)
    middle = ((lon.min() + lon.max()) / 2, (lat.min() + lat.max()) / 2, LEAST_M)
    return result_view.result_window(lon, lat, place=middle)


def _excerpt(window: Window) -> base_document.Bounds:
    """Return what a map of a window is cut from: enough for a wide or a tall frame round it."""
    lon, lat = (window.west + window.east) / 2, (window.south + window.north) / 2
    half = EXCERPT / 2 * max(window.east - window.west, window.north - window.south)
    return lon - half, lat - half, lon + half, lat + half


def _scene(
    view: View, picked: gpd.GeoDataFrame, every: gpd.GeoDataFrame, numbers: Mapping[str, int]
) -> Scene:
    t = view.t
    region = str(picked["region"].iloc[0])
    look = page_map.site_look(view, picked, preferred=view.state.sector)
    look = replace(look, radii=None, numbers=numbers, picked=tuple(picked["id"]))
    return Scene(
        sites=picked,
        look=look,
        units=shading.plain(indicators.units(site_facts.query(region, "district")).index),
        legend=result_legend.result_legend(
            legends.result_words(view, others=t("find.sign_other")),
            sites=picked,
            look=look,
            others=every,
        ),
        texts=page_map.texts(view, t("report.map_label", region=names.region(region, t.lang))),
        language=t.lang,
        theme="light",
        others=every,
        view=_window_of(picked),
    )
