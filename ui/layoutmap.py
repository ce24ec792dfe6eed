"""A policy layout on the map of its region."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from geo import catalog, layouts, scorecard
from layers import (
    assets,
    base,
    layout_focus,
    layout_legend,
    overlay,
    shading,
    sites,
    standalone,
)
from layers import layouts as drawn_layouts
from ui import basedocuments, fields, mapframe, names, results
from ui.results import Query, Selection

if TYPE_CHECKING:
    import folium
    import geopandas as gpd

    from geo import boundaries
    from geo.layout_model import Layout
    from geo.score import Score
    from layers.layout_focus import Focus
    from ui.view import View

NAMED_IN_NOTE = 4
"""Elements without a published place that the note on the map names; the list has all."""


def unit(layout: Layout) -> boundaries.Level:
    """Return the level a layout's region is drawn at."""
    return fields.level(names.default_levels()[layout.region])


def query(layout: Layout, *, radius_m: float) -> Query:
    """Return the query of a layout's region at its first level, all sites, no filter."""
    return Query(layout.region, unit(layout), Selection(), radius_m)


@cache
def elements(layout_id: str) -> gpd.GeoDataFrame:
    """Return a layout's elements with their places; do not change it."""
    return layouts.elements_frame(layouts.layout(layout_id))


@st.cache_data(max_entries=64, show_spinner=False)
def scores(layout_id: str, radius_m: float) -> tuple[Score, ...]:
    """Return a layout's scorecard."""
    layout = layouts.layout(layout_id)
    asked = query(layout, radius_m=radius_m)
    return scorecard.scorecard(
        layout, results.sites(asked), results.places(asked), radius_m=radius_m
    )


@cache
def present(layout_id: str) -> dict[str, tuple[str, ...]]:
    """Return the ids of the sites that stand in each element today; do not change it."""
    layout = layouts.layout(layout_id)
    asked = query(layout, radius_m=3000.0)
    return dict(scorecard.element_sites(layout, results.sites(asked), results.places(asked)))


@cache
def strongholds(layout_id: str) -> tuple[str, ...]:
    """Return the strong districts that a layout does not name."""
    layout = layouts.layout(layout_id)
    asked = query(layout, radius_m=3000.0)
    return tuple(scorecard.strongholds(layout, results.sites(asked), results.places(asked)))


def focus(layout: Layout) -> Focus | None:
    """Return the window of a layout's elements."""
    places = results.places(query(layout, radius_m=3000.0))
    return layout_focus.focus(elements(layout.id), places)


def same_scale(one: Layout, other: Layout) -> tuple[Focus, ...]:
    """Return windows for two layouts side by side that show as many kilometres each."""
    windows = [
        focus(shown) or layout_focus.whole(results.places(query(shown, radius_m=3000.0)))
        for shown in (one, other)
    ]
    return layout_focus.same_scale(*windows)


def show(view: View, layout: Layout, *, key: str, window: Focus | None) -> None:
    """Draw a layout over the present sites of its region."""
    asked = query(layout, radius_m=view.query.radius_m)
    mapframe.show(paint(view, layout, window=window), region=asked.region, unit=asked.unit, key=key)


def as_file(view: View, layout: Layout) -> bytes:
    """Return the map as one HTML file that opens without a network."""
    asked = query(layout, radius_m=view.query.radius_m)
    document = basedocuments.base_document(asked.region, asked.unit)
    atlas = base.base_map(
        document.content,
        bounds=document.bounds,
        families=catalog.families(),
        links=assets.links(),
    )
    t = view.t
    cited = layouts.citation(layout)
    title = t("layouts.title", region=names.regions(t.lang)[layout.region], name=name(view, layout))
    subtitle = t(
        "layouts.file_note",
        document=getattr(cited, f"title_{t.lang}"),
        date=catalog.catalogue_date().isoformat(),
    )
    return standalone.standalone_html(
        atlas, paint(view, layout, window=focus(layout)), title=title, subtitle=subtitle
    ).encode()


def name(view: View, layout: Layout) -> str:
    """Return a layout's name in the reader's language."""
    return str(getattr(layout, f"name_{view.t.lang}"))


def paint(view: View, layout: Layout, *, window: Focus | None) -> folium.FeatureGroup:
    """Return the overlay of a layout."""
    t = view.t
    asked = query(layout, radius_m=view.query.radius_m)
    found, places, table = results.sites(asked), results.places(asked), results.table(asked)
    frame = elements(layout.id)
    counts = {code: t.many("unit.n_sites", int(n), text=int(n)) for code, n in table["n"].items()}
    look = drawn_layouts.LayoutLook(
        name=f"name_{t.lang}",
        values={
            element: t.many("unit.n_sites", len(ids), text=len(ids))
            for element, ids in present(layout.id).items()
            if frame["kind"][element] in {"core", "node"}
        },
        captions={each.id: getattr(each, f"role_{t.lang}") for each in layout.elements},
        letters=letters(view, layout),
        radii=mapframe.radii(),
        strongholds={
            code: t("layouts.stronghold", sites=counts[code]) for code in strongholds(layout.id)
        },
        illustrative=t("layouts.illustrative"),
        notes=_notes(view, layout),
        locator=t("layouts.locator"),
        selected=view.values["element"] or None,
    )
    drawing = drawn_layouts.drawing(
        frame,
        layout.links,
        units=places,
        look=look,
        phase=view.values["phase"],
        focus=window,
    )
    return overlay.overlay(
        sites=found,
        look=overlay.SiteLook(
            families=sites.first_family(found["sectors"], names.family_of_sector()),
            plain=True,
            name=f"name_{t.lang}",
        ),
        units=shading.plain(places.index),
        legend=layout_legend.layout_legend_html(drawing, _words(view, layout), sites=True),
        texts=overlay.MapTexts(
            map=t("layouts.map_label", name=name(view, layout)),
            note=t("map.boundary"),
            zoom_in=t("map.zoom_in"),
            zoom_out=t("map.zoom_out"),
        ),
        language=t.lang,
        theme="dark" if view.dark else "light",
        short_names=t.lang == "zh",
        layout=drawing,
    )


def letters(view: View, layout: Layout) -> dict[str, str]:
    """Return the letter of each element without a number: in English the first of its name."""
    if view.t.lang == "zh":
        return {}
    return {each.id: each.name_en[:1].upper() for each in layout.elements if each.sign}


def _notes(view: View, layout: Layout) -> list[drawn_layouts.Note]:
    """Return what the document names without a place, in words."""
    t = view.t
    unknown = [str(getattr(e, f"name_{t.lang}")) for e in layout.elements if not e.located]
    if not unknown:
        return []
    listed = t("list.comma").join(unknown[:NAMED_IN_NOTE])
    rest = len(unknown) - NAMED_IN_NOTE
    line = listed if rest <= 0 else t("list.more", names=listed, n=rest)
    return [drawn_layouts.Note(title=t("layouts.unpublished"), lines=[line])]


def _words(view: View, layout: Layout) -> layout_legend.LayoutLegend:
    t = view.t
    keys = (
        *layout_legend.ELEMENT_SIGNS,
        *layout_legend.EXTENT_SIGNS,
        *layout_legend.LINK_SIGNS,
    )
    cited = layouts.citation(layout)
    date = catalog.catalogue_date().isoformat()
    lines = [getattr(cited, f"title_{t.lang}"), t("layouts.catalogue", date=date)]
    return layout_legend.LayoutLegend(
        elements=t("layouts.elements"),
        extents=t("layouts.extents"),
        links=t("layouts.links"),
        labels={key: _label(view, key) for key in keys},
        sources=(t("legend.sources"), lines),
        more=t("legend.button"),
    )


def _label(view: View, key: str) -> str:
    """Return a sign's name: its own, or that of the plain sign with the status behind it."""
    t = view.t
    if t.has(f"sign.{key}"):
        return t(f"sign.{key}")
    for status in ("planned", "illustrative"):
        plain = key.removesuffix(f"_{status}")
        if plain != key:
            return t(f"sign.with_{status}", name=t(f"sign.{plain}"))
    raise KeyError(key)
