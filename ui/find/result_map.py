"""The map of 选园: results with their numbers, the shortlist, and what the filters leave out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from layers.ground import shading
from layers.highlight import Highlight
from layers.results import result_legend, result_view
from layers.scene import Scene
from ui.blocks import site_facts
from ui.cached import indicators, points, records
from ui.filters import finding
from ui.find import filter_bar
from ui.map import legends, page_map
from ui.state import fields, map_listener, session
from ui.state.selection import Selection

if TYPE_CHECKING:
    from layers.results.result_view import Place
    from layers.transport.message import Clicked
    from ui.state.pages import Find
    from ui.state.view import PageView


HEIGHT = 600
"""Of map and legend, px: the comparison stands below, in view."""


def show(view: PageView[Find]) -> None:
    """Draw the map; a click selects a site, or chooses the place that distances start from."""
    page_map.show(
        scene(view),
        region=view.region,
        unit=view.unit,
        chooses=_choose,
        height=HEIGHT,
        position=map_listener.shown(view, "find"),
        placing=bool(st.session_state.get(filter_bar.PLACING)),
    )


def _choose(clicked: Clicked) -> None:
    """Take a click: on a site, on a cell, or on the place that distances start from."""
    if clicked.kind == "place":
        filter_bar.choose_place(clicked.lon, clicked.lat)
    elif clicked.kind in {"site", "cell"}:
        session.put(fields.AT_SITE, Selection(clicked.kind, clicked.id))


def scene(view: PageView[Find]) -> Scene:
    """Return the results on the map."""
    t = view.t
    many = points.many(view.region)
    sites, others = finding.drawn(view), finding.others(view)
    key = view.state.at.of("site") or ""
    selection = Highlight(
        site=key or None, uncertainty=_caption(view, key), cell=page_map.cell_of(view)
    )
    picked = view.state.pick
    numbers = finding.numbers(view)
    look = replace(
        page_map.site_look(view, sites, preferred=view.state.sector), numbers=numbers, picked=picked
    )
    place = _place(view)
    located = finding.results(view)
    located = located[~located.geometry.is_empty]
    legend = result_legend.result_legend(
        words(view),
        sites=sites,
        look=look,
        selection=selection,
        others=others,
        place=place is not None,
    )
    return Scene(
        sites=sites,
        look=look,
        units=shading.plain(indicators.units(view.query).index),
        legend=replace(legend, counted=True, outside="") if many else legend,
        texts=page_map.texts(view, t("find.map_label"), placing=t("map.placing")),
        language=t.lang,
        theme=view.theme,
        selection=selection,
        basemap=page_map.basemap(view),
        short_names=page_map.short_names(view),
        others=others,
        view=result_view.result_window(located["lon"], located["lat"], place=place),
        place=place,
        counted=page_map.counted_at(view) if many else "",
    )


def words(view: PageView[Find]) -> result_legend.ResultWords:
    """Return the words of the legend."""
    t = view.t
    return legends.result_words(
        view,
        unnumbered=t("find.sign_result"),
        others=t("find.sign_other"),
        uncertainty=t("find.sign_error"),
        place=t("find.sign_place"),
        outside=t("find.outside", n="{n}"),
    )


def _caption(view: PageView[Find], key: str) -> str:
    """Return what stands at the selected site's circle: No. 9 known to ±3 km."""
    if not key:
        return ""
    number = finding.numbers(view).get(key)
    number_text = "" if number is None else view.t("find.error_number", n=number)
    error = site_facts.uncertainty(view, records.site(key, view.region))
    return view.t("find.error_caption", number=number_text, error=error)


def _place(view: PageView[Find]) -> Place | None:
    """Return the place that distances start from, with the distance in force, in metres."""
    wanted = view.state.criteria
    if wanted.near is None:
        return None
    return (*wanted.near, 1000.0 * wanted.distance_km)
