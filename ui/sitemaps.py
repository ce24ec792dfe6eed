"""Maps of sites by themselves: one with what stands round it, and those of a shortlist."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geo import catalog, matching, profile
from layers import (
    assets,
    base,
    ground,
    message,
    overlay,
    result_legend,
    result_view,
    shading,
    standalone,
)
from ui import basedocuments, fields, finding, mapframe, names, position, results, sitefacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import folium
    import geopandas as gpd
    import pandas as pd

    from layers.inset import Window
    from ui.view import View

MOST_NEAREST = 10
"""Neighbours that are numbered on the map and listed."""


LEAST_M = 6000.0
"""Half the side of the smallest window of a printed map."""

EXCERPT = 4.4
"""Side of the ground of a printed map, in sides of the window that holds its sites."""


def nearest(site: pd.Series) -> gpd.GeoDataFrame:
    """Return the nearest sites of a site's sector families, as `geo.profile.neighbours`."""
    near = profile.neighbours(site, results.all_sites(str(site["region"])))
    return near[near["same_sector"]].head(MOST_NEAREST)


def show(view: View, site: pd.Series, *, chooses: Callable[[message.Clicked], None]) -> None:
    """Draw a site with what stands round it."""
    mapframe.show(around(view, site), region=str(site["region"]), unit="district", chooses=chooses)


def around(view: View, site: pd.Series) -> folium.FeatureGroup:
    """Return the overlay of one site, circles round it, and the others of its sectors."""
    t = view.t
    every = results.all_sites(view.region)
    own = matching.families(site.to_frame().T).to_numpy()[0]
    same = every[(matching.families(every).to_numpy() & own).any(axis=1)]
    order = {str(key): i + 1 for i, key in enumerate(nearest(site)["id"])}
    look = overlay.SiteLook(
        families=finding.families(view, same),
        captions=mapframe.site_captions(view, same),
        name=f"name_{t.lang}",
        radii=mapframe.radii(),
        numbers=order,
    )
    error = sitefacts.uncertainty(view, site)
    located = not site.geometry.is_empty
    selection = overlay.Selection(
        site=str(site["id"]) if located else None,
        compared=() if located else _districts(site),
        uncertainty=t("find.error_caption", number="", error=error),
    )
    rings = _rings(view, site)
    words = _words(view, t("site.sign_other"), unnumbered=t("site.sign_same"), rings=rings)
    return overlay.overlay(
        sites=same,
        look=look,
        units=shading.plain(results.places(sitefacts.query(view.region, "district")).index),
        legend=result_legend.result_legend_html(
            words,
            sites=same,
            look=look,
            selection=selection,
            others=every,
            rings=rings is not None,
        ),
        texts=_texts(view, t("site.map_label", name=site[f"name_{t.lang}"])),
        language=t.lang,
        theme="dark" if view.dark else "light",
        selection=selection,
        short_names=mapframe.short_names(_of_districts(view)),
        others=every,
        view=_window(site, rings),
        place=rings,
        position=position.shown(view, "site", fields.MAP_SITE),
    )


def _of_districts(view: View) -> View:
    """Return the view at the level that these maps are drawn at."""
    return dataclasses.replace(view, values={**view.values, "unit": "district"})


def _rings(view: View, site: pd.Series) -> result_view.Rings | None:
    """Return the circles within which the site's neighbours count; None where none is."""
    counted = sitefacts.neighbours(str(site["id"]))
    known = counted.index[counted["empty"].isna()]
    if known.empty:
        return None
    # Where the circle of uncertainty is the same, it has words of its own.
    own_m = mapframe.radii()[str(site["precision"])]
    said = {
        1000.0 * km: "" if own_m == 1000.0 * km else view.t("site.km", km=f"{km:g}") for km in known
    }
    return result_view.Rings(lon=float(site["lon"]), lat=float(site["lat"]), radii=said)


def _window(site: pd.Series, rings: result_view.Rings | None) -> Window | None:
    """Return what the map shows: the circles; else where it is said to be."""
    if rings is not None:
        place = (rings.lon, rings.lat, max(rings.radii))
        return result_view.result_window([rings.lon], [rings.lat], place=place)
    within = _districts(site)
    if not within:
        return None
    places = results.places(sitefacts.query(str(site["region"]), "district"))
    west, south, east, north = places.loc[list(within)].total_bounds
    return result_view.result_window([west, east], [south, north])


def _districts(site: pd.Series) -> tuple[str, ...]:
    """Return the district of a site, or the districts of its city where no more is known."""
    found = sitefacts.home(site)
    if found is None:
        return ()
    unit, code = found
    if unit == "district":
        return (code,)
    places = results.places(sitefacts.query(str(site["region"]), "district"))
    return tuple(places.index[places["city_adcode"] == code])


def shortlisted(view: View, region: str, numbers: Mapping[str, int]) -> str | None:
    """Return the map of a shortlist's sites in one region as an HTML page of its own.

    Parameters
    ----------
    view : View
        The reader's language.
    region : str
        Region id.
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
    every = results.all_sites(region)
    picked = every[every["id"].isin(list(numbers)) & ~every.geometry.is_empty]
    if picked.empty:
        return None
    window = _window_of(picked)
    document = basedocuments.base_document(region, "district")
    excerpt = document.bounds if window is None else _excerpt(window)
    # Half a pixel of a map whose shorter side shows the window.
    tolerance = (excerpt[2] - excerpt[0]) / EXCERPT / 800
    atlas = base.base_map(
        ground.clipped(document.content, excerpt, tolerance=tolerance),
        bounds=excerpt,
        families=catalog.families(),
        links=assets.links(),
    )
    group = _group(view, picked, every, numbers)
    return standalone.standalone_html(atlas, group, title=names.regions(view.t.lang)[region])


def _window_of(picked: gpd.GeoDataFrame) -> Window | None:
    """Return the window of some sites, wide enough for borders and names of districts."""
    lon, lat = picked["lon"].astype(float), picked["lat"].astype(float)
    middle = ((lon.min() + lon.max()) / 2, (lat.min() + lat.max()) / 2, LEAST_M)
    return result_view.result_window(lon, lat, place=middle)


def _excerpt(window: Window) -> ground.Bounds:
    """Return what a map of a window is cut from: enough for a wide or a tall frame round it."""
    lon, lat = (window.west + window.east) / 2, (window.south + window.north) / 2
    half = EXCERPT / 2 * max(window.east - window.west, window.north - window.south)
    return lon - half, lat - half, lon + half, lat + half


def _group(
    view: View, picked: gpd.GeoDataFrame, every: gpd.GeoDataFrame, numbers: Mapping[str, int]
) -> folium.FeatureGroup:
    t = view.t
    region = str(picked["region"].iloc[0])
    look = overlay.SiteLook(
        families=finding.families(view, picked),
        captions=mapframe.site_captions(view, picked),
        name=f"name_{t.lang}",
        numbers=numbers,
        picked=tuple(picked["id"]),
    )
    return overlay.overlay(
        sites=picked,
        look=look,
        units=shading.plain(results.places(sitefacts.query(region, "district")).index),
        legend=result_legend.result_legend_html(
            _words(view, t("find.sign_other")), sites=picked, look=look, others=every
        ),
        texts=_texts(view, t("report.map_label", region=names.regions(t.lang)[region])),
        language=t.lang,
        theme="light",
        others=every,
        view=_window_of(picked),
    )


def _words(
    view: View, others: str, *, unnumbered: str = "", rings: result_view.Rings | None = None
) -> result_legend.ResultLegend:
    t = view.t
    date = catalog.catalogue_date().isoformat()
    radii: Sequence[float] = () if rings is None else tuple(rings.radii)
    return result_legend.ResultLegend(
        families={key: view.family(key, short=True) for key in names.families("zh")},
        kinds=names.terms("kind", t.lang),
        numbered=t("find.sign_number"),
        unnumbered=unnumbered,
        approximate=t("legend.approximate"),
        picked=t("find.sign_picked"),
        others=others,
        uncertainty=t("site.sign_error"),
        rings=t("site.km", km=t("list.comma").join(f"{metres / 1000:g}" for metres in radii)),
        sources=(t("legend.sources"), [t("layouts.catalogue", date=date)]),
        more=t("legend.button"),
    )


def _texts(view: View, label: str) -> overlay.MapTexts:
    t = view.t
    return overlay.MapTexts(
        map=label,
        note=t("map.boundary"),
        zoom_in=t("map.zoom_in"),
        zoom_out=t("map.zoom_out"),
        reset=t("map.reset"),
        failed=t("map.failed"),
    )
