"""The map on a page: a base that stays mounted, and an overlay for everything that changes."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import pandas as pd
import shapely
import streamlit as st

from geo import memory
from geo.china import adcodes
from geo.facts import catalog, precision, sectors
from geo.measures import classes
from geo.measures.cells import Cell
from geo.measures.indicator_list import INDICATORS
from layers import assets
from layers.ground import base, basemaps, shading
from layers.highlight import Highlight
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend
from layers.results import result_view
from layers.scene import MapTexts, Scene
from layers.sites.look import SiteLook
from layers.sites.venues import venues
from layers.transport import message, overlay
from ui.blocks import leftout, rankings
from ui.cached import base_documents, indicators, names, points, records, walking
from ui.map import legends
from ui.state import fields, pages, session
from ui.state.address import render
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import geopandas as gpd

    from geo.facts import boundaries
    from geo.policy.model import Area
    from layers.ground import inset
    from layers.transport.overlay import Position
    from ui.state.address import Field
    from ui.state.pages import Districts, Figures, Overview, Walked
    from ui.state.view import PageView, View

HEIGHTS = base.FrameHeights()
COUNTED: Final = "cells"
"""Path at which maps ask what lies in their view."""

LONG_NAME = 5
"""Characters; 石柱土家族自治县 would cover its neighbours."""

_COMPONENT = Path(__file__).with_name("map.js").read_text("utf-8")

_map = st.components.v2.component("chuangtu_map", js=_COMPONENT, isolate_styles=False)


def with_sites(view: PageView[Overview]) -> Scene:
    """Return the sites over districts shaded by an indicator."""
    table, indicator = indicators.table(view.query), view.state.shade
    many = points.many(view.region)
    sites = selected_alone(view) if many else indicators.sites(view.query)
    look = site_look(view, sites)
    drawn = _classes(view, table, indicator)
    figures = indicators.values(table, indicator)
    shaded = legends.shading_groups(view, drawn, figures=figures, indicator=indicator)
    return Scene(
        sites=sites,
        look=look,
        units=shading.shading(
            drawn,
            ramp=indicators.ramp(view.query, indicator, view.state.classes),
            unlocated=table["n"] - table["n_located"],
            captions=_unit_captions(view, table, indicator),
        ),
        legend=_with_walk(
            view,
            legends.counted_legend(view, shaded, sources=_sources(view))
            if many
            else legends.sites_legend(
                view,
                sites,
                look.families,
                shaded,
                sources=_sources(view),
                venues=view.state.venues == "shown",
            ),
        ),
        venues=venues_of(view),
        texts=texts(view, _label(view, int(table["n_located"].sum()))),
        language=view.t.lang,
        theme=view.theme,
        selection=_highlight(view),
        inset=None if many else _centre(view),
        basemap=basemap(view),
        short_names=short_names(view),
        counted=counted_at(view) if many else "",
        walked=_walked(view),
    )


def _with_walk(view: PageView[Walked], legend: Legend) -> Legend:
    """Return a legend that says what the outline of a walk is, where one is drawn."""
    walk, area = view.state.walk, _walked(view)
    if walk is None or area is None or shapely.is_empty(area):
        return legend
    label = view.t("onfoot.sign", n=f"{walk.limit:g}")
    sign = Group(name="walked", entries=[Entry(sign=strip.sign("walked"), label=label)])
    return replace(legend, groups=[*legend.groups, sign])


def _walked(view: PageView[Walked]) -> shapely.Geometry | None:
    """Return the outline of what is reached on foot; None where reach is told by discs alone."""
    walk = view.state.walk
    return None if walk is None else walking.outline(view.query, walk)


def selected_alone(view: PageView[Figures]) -> gpd.GeoDataFrame:
    """Return the selected site, or none: all that a page draws of many."""
    chosen = view.state.at.of("site")
    return records.listed((chosen,) if chosen else (), view.region)


def counted_at(view: View, *, region: str = "") -> str:
    """Return the address at which the map asks what lies in its view, with the page's filters.

    Of another region than the page's, where one is given.
    """
    values = {**view.state.values, "region": region or view.region}
    asked = render(values, pages.Counted.fields())
    return f"{COUNTED}?{urlencode(asked, safe=',')}"


def of_districts(view: PageView[Districts]) -> Scene:
    """Return districts shaded and lettered by an indicator, without sites."""
    table, indicator = (
        indicators.with_quotients(view.query, focus=view.state.focus),
        view.state.ranked,
    )
    drawn = _classes(view, table, indicator)
    few = (table["few"] & drawn.notna()) if INDICATORS[indicator].quotient else None
    figures = indicators.values(table, indicator)
    values = figures.map(INDICATORS[indicator].written)
    values = values.where(figures.notna() & ((table["n"] > 0) | (figures > 0)), "")
    shaded = legends.shading_groups(view, drawn, figures=figures, indicator=indicator, few=few)
    return Scene(
        sites=None,
        look=None,
        units=shading.shading(
            drawn,
            ramp=indicators.ramp(view.query, indicator, view.state.classes),
            few=few,
            values=values,
            captions=_unit_captions(view, table, indicator),
        ),
        legend=_with_walk(view, legends.districts_legend(view, shaded, _sources(view))),
        texts=texts(view, _label(view, 0)),
        language=view.t.lang,
        theme=view.theme,
        selection=_highlight(view),
        inset=_centre(view) if view.unit == "district" else None,
        basemap=basemap(view),
        short_names=short_names(view),
        walked=_walked(view),
    )


def of_one_district(view: PageView[Districts], code: str) -> Scene:
    """Return one district with its sites; all others are ground."""
    every = indicators.units(view.query)
    own = selected_alone(view)
    if not points.many(view.region):
        sites = indicators.sites(view.query)
        own = sites[[indicators.home(view.query, str(key)) == code for key in sites["id"]]]
    look = site_look(view, own, preferred=view.state.sector)
    units = shading.plain(every.index)
    units.loc[units.index != code, "fill"] = "neigh"
    west, south, east, north = every.geometry[code].bounds
    return Scene(
        sites=own,
        look=look,
        units=units,
        legend=legends.sites_legend(view, own, look.families, (), sources=()),
        texts=texts(view, view.district_name(code)),
        language=view.t.lang,
        theme=view.theme,
        selection=Highlight(district=code),
        short_names=short_names(view),
        view=result_view.result_window([west, east], [south, north]),
    )


def show(
    scene: Scene,
    *,
    region: Area,
    unit: boundaries.Level,
    key: str = "map",
    chooses: Field | Callable[[message.Clicked], None] = fields.SELECTED,
    height: int = HEIGHTS.frame,
    position: Position | None = None,
    placing: bool = False,
) -> None:
    """Show a scene on a region's map.

    A click on a thing puts it into the field `chooses`, or is handed to it. The map tells where
    it is moved to as `position`; `placing` as for `overlay.overlay`.
    """
    document = base_documents.base_document(region, unit)
    group = overlay.overlay(scene, position=position, placing=placing)
    links = assets.links()
    atlas = base.base_map(
        f"assets/map/{document.name}",
        bounds=document.bounds,
        families=_families(),
        links=links,
        heights=base.FrameHeights(frame=height),
    )
    mounted = f"{key}_map"
    with st.container(key=key):
        _map(
            key=mounted,
            data={
                "js": [address for _, address in links.js],
                "css": [address for _, address in links.css],
                **asdict(message.shown(atlas, group)),
            },
            on_clicked_change=partial(_select, mounted, chooses),
        )


def _select(key: str, chooses: Field | Callable[[message.Clicked], None]) -> None:
    """Select what was clicked, before the next run draws it."""
    clicked = message.clicked(st.session_state[key].clicked)
    if clicked is None:
        return
    if callable(chooses):
        chooses(clicked)
    elif clicked.kind in {"site", "district", "cell"}:
        session.put(chooses, Selection(clicked.kind, clicked.id))


@memory.by_facts
def _families() -> pd.DataFrame:
    return catalog.families()


def _classes(view: PageView[Figures], table: pd.DataFrame, indicator: str) -> pd.Series:
    values = indicators.values(table, indicator)
    limits = indicators.breaks(view.query, indicator, view.state.classes)
    return classes.classify(values, limits, zero_class=not INDICATORS[indicator].quotient)


def _centre(view: PageView[Figures]) -> inset.Window | None:
    """Return the window of the inset: small districts in the middle of a large region."""
    document = base_documents.base_document(view.region, view.unit)
    return indicators.window(view.region, document.bounds)


def venues_of(view: PageView[Overview]) -> list[dict[str, Any]]:
    """Return the venues that the reader asks for."""
    if view.state.venues != "shown":
        return []
    return venues(catalog.venues(view.region), name=f"name_{view.t.lang}")


def _highlight(view: PageView[Figures]) -> Highlight:
    chosen = view.state.at
    return Highlight(
        site=chosen.of("site"),
        district=chosen.of("district"),
        compared=view.state.compare,
        cell=cell_of(view),
    )


def cell_of(view: PageView[Figures]) -> Cell | None:
    """Return the selected cell."""
    return Cell.read(view.state.at.of("cell") or "")


def basemap(view: PageView[Figures]) -> basemaps.OfferedBasemap | None:
    """Return the online base map of the view, if any."""
    return basemaps.basemaps().get(view.state.base)


def short_names(view: View) -> bool:
    """Whether the map letters units with short names: cities, and where some are very long."""
    known = names.districts(view.region, view.unit, "zh").values()
    return view.unit == "city" or max(map(len, known)) > LONG_NAME


def _label(view: PageView[Figures], n: int) -> str:
    return view.t("map.label", region=view.region_name, n=n, unit=view.noun())


def texts(view: View, label: str, *, placing: str = "") -> MapTexts:
    """Return the map's own words; `label` says what it shows."""
    t = view.t
    return MapTexts(
        map=t("map.with_key", label=label),
        note=t("map.boundary", state=adcodes.STATE),
        zoom_in=t("map.zoom_in"),
        zoom_out=t("map.zoom_out"),
        inset=t("map.inset", factor="{factor}"),
        reset=t("map.reset"),
        failed=t("map.failed"),
        placing=placing,
    )


def site_look(view: View, sites: gpd.GeoDataFrame, *, preferred: Collection[str] = ()) -> SiteLook:
    """Return names, captions and colours of sites: those of preferred sectors before others."""
    return SiteLook(
        families=sectors.main_families(sites, preferred=preferred),
        captions=_site_captions(view, sites),
        name=f"name_{view.t.lang}",
        radii=precision.radii_m(),
    )


def _site_captions(view: View, sites: gpd.GeoDataFrame) -> pd.Series:
    """Return the second line of each site's tooltip: kind and level."""
    kinds, levels = names.terms("kind", view.t.lang), names.terms("level", view.t.lang)
    dot = view.t("list.dot")
    lines = [
        f"{kinds[kind]}{dot}{levels[level]}"
        for kind, level in zip(sites["kind"], sites["level"], strict=True)
    ]
    return pd.Series(lines, index=sites.index, dtype=object)


def _unit_captions(view: PageView[Figures], table: pd.DataFrame, indicator: str) -> pd.Series:
    t = view.t
    column = INDICATORS[indicator].column
    lines = []
    for row in table.to_dict("records"):
        undecided = pd.isna(row["n"])
        line = t("reason.years_unknown") if undecided else rankings.sites_text(t, row["n"])
        if not INDICATORS[indicator].counted and pd.notna(row[column]):
            year = row["population_year"]
            figure = rankings.with_unit(view, indicator, row[column], year=year)
            line = f"{t(f'shade.{indicator}')} {figure}{t('list.dot')}{line}"
        lines.append(line)
    return pd.Series(lines, index=table.index)


def _sources(view: PageView[Figures]) -> list[str]:
    overall = indicators.overall(view.query)
    t = view.t
    date = catalog.catalogue_date().isoformat()
    lines = [view.say("legend.catalogue", date=date, n=overall.n, list=view.region_name)]
    if view.state.quotient:
        lines[0] += t("list.sentence") + t("legend.split")
    return [*lines, *leftout.in_none(view, overall)]


def finder(view: PageView[Figures]) -> None:
    """Offer every site and district by name: the keyboard's way to what a click selects."""
    t = view.t
    own, foreign = (names.districts(view.region, view.unit, lang) for lang in (t.lang, t.other))
    # Both names, so that a search in either language finds it.
    options_by_code = {
        str(Selection("district", code)): f"{name}　{foreign[code]}" for code, name in own.items()
    }
    # Of many no reader looks one up in a list: 选园 searches.
    sites = selected_alone(view) if points.many(view.region) else indicators.sites(view.query)
    columns = (sites["id"], sites[f"name_{t.lang}"], sites[f"name_{t.other}"])
    options_by_code |= {
        str(Selection("site", key)): f"{name}　{also}"
        for key, name, also in zip(*columns, strict=True)
    }
    chosen = view.state.at
    if chosen.kind == "cell":
        options_by_code = {str(chosen): t("cells.chosen"), **options_by_code}
    elif chosen and str(chosen) not in options_by_code:
        # Selected, but the filters leave it out.
        every = records.all_sites(view.region).set_index("id")[f"name_{t.lang}"]
        options_by_code = {
            str(chosen): t("control.left_out", name=every[chosen.id]),
            **options_by_code,
        }
    options = ["", *options_by_code]
    st.selectbox(
        t("control.find"),
        options,
        key=session.widget_key(fields.SELECTED),
        format_func=lambda code: options_by_code.get(code, t("control.find_placeholder")),
        label_visibility="collapsed",
    )
