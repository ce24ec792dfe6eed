"""The map of 选园: results with their numbers, the shortlist, and what the filters leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo import catalog
from layers import overlay, result_legend, result_view, shading
from ui import (
    fields,
    findcontrols,
    finding,
    mapframe,
    names,
    position,
    results,
    session,
    sitefacts,
)

if TYPE_CHECKING:
    import folium
    import geopandas as gpd

    from layers.message import Clicked
    from layers.result_view import Place
    from ui.view import View


HEIGHT = 600
"""Of map and legend, px: the comparison stands below, in view."""


def show(view: View) -> None:
    """Draw the map; a click selects a site, or chooses the place that distances start from."""
    mapframe.show(
        paint(view),
        region=view.region,
        unit=view.unit,
        chooses=_choose,
        height=HEIGHT,
    )


def _choose(clicked: Clicked) -> None:
    """Take a click: on a site, or on the place that distances start from."""
    if clicked.kind == "place":
        findcontrols.choose_place(clicked.lon, clicked.lat)
    elif clicked.kind == "site":
        session.put(fields.AT_SITE, f"site:{clicked.id}")


def paint(view: View) -> folium.FeatureGroup:
    """Return the overlay of the results."""
    t = view.t
    found, others = finding.found(view), finding.others(view)
    key = str(view.values["at"]).removeprefix("site:")
    selection = overlay.Selection(site=key or None, uncertainty=_caption(view, key))
    look = site_look(view, found)
    place = _place(view)
    located = found[~found.geometry.is_empty]
    return overlay.overlay(
        sites=found,
        look=look,
        units=shading.plain(results.places(view.query).index),
        legend=result_legend.result_legend_html(
            words(view),
            sites=found,
            look=look,
            selection=selection,
            others=others,
            place=place is not None,
        ),
        texts=overlay.MapTexts(
            map=t("find.map_label"),
            note=t("map.boundary"),
            zoom_in=t("map.zoom_in"),
            zoom_out=t("map.zoom_out"),
            reset=t("map.reset"),
            placing=t("map.placing"),
            failed=t("map.failed"),
        ),
        language=t.lang,
        theme="dark" if view.dark else "light",
        selection=selection,
        basemap=mapframe.basemap(view),
        short_names=mapframe.short_names(view),
        others=others,
        view=result_view.result_window(located["lon"], located["lat"], place=place),
        place=place,
        placing=bool(st.session_state.get(findcontrols.PLACING)),
        position=position.shown(view, "find"),
    )


def site_look(view: View, found: gpd.GeoDataFrame) -> overlay.SiteLook:
    """Return colours, captions, numbers and marks of sites."""
    return overlay.SiteLook(
        families=finding.families(view, found),
        captions=mapframe.site_captions(view, found),
        name=f"name_{view.t.lang}",
        radii=mapframe.radii(),
        numbers=finding.numbers(view),
        picked=view.values["pick"],
    )


def words(view: View) -> result_legend.ResultLegend:
    """Return the words of the legend."""
    t = view.t
    date = catalog.catalogue_date().isoformat()
    return result_legend.ResultLegend(
        families={key: view.family(key, short=True) for key in names.families("zh")},
        kinds=names.terms("kind", t.lang),
        numbered=t("find.sign_number"),
        unnumbered=t("find.sign_result"),
        approximate=t("legend.approximate"),
        picked=t("find.sign_picked"),
        others=t("find.sign_other"),
        uncertainty=t("find.sign_error"),
        place=t("find.sign_place"),
        outside=t("find.outside", n="{n}"),
        sources=(t("legend.sources"), [t("layouts.catalogue", date=date)]),
        more=t("legend.button"),
    )


def _caption(view: View, key: str) -> str:
    """Return what stands at the selected site's circle: No. 9 known to ±3 km."""
    if not key:
        return ""
    number = finding.numbers(view).get(key)
    said = "" if number is None else view.t("find.error_number", n=number)
    error = sitefacts.uncertainty(view, finding.site(key))
    return view.t("find.error_caption", number=said, error=error)


def _place(view: View) -> Place | None:
    """Return the place that distances start from, with the distance in force, in metres."""
    asked = finding.asked(view.values)
    if asked.near is None:
        return None
    return (*asked.near, 1000.0 * asked.distance_km)
