"""A policy layout on the map of its region."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from geo import formats, settings
from geo.china import adcodes
from geo.facts import catalog, precision
from geo.policy import layouts, scorecard
from layers import assets
from layers.ground import base, shading
from layers.highlight import Highlight
from layers.policy import layout_drawing, layout_focus, layout_legend
from layers.scene import Scene
from layers.sites.counted import MOST_DRAWN
from layers.transport import message, overlay, standalone
from ui.cached import base_documents, indicators, names, points, scorecards
from ui.layouts import layout_words, present_sites
from ui.map import page_map
from ui.state import fields, map_listener, session
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from geo.policy.model import Layout
    from layers.policy.drafting import Drafting
    from layers.policy.layout_focus import Focus
    from ui.state.pages import Layouts
    from ui.state.sides import Side
    from ui.state.view import PageView


@present_sites.by_layout
def elements(layout: Layout) -> gpd.GeoDataFrame:
    """Return a layout's elements with their places."""
    return layouts.elements_frame(layout)


def zone_fill(layout: Layout, element: str) -> str:
    """Return the fill of a zone on the map: every other one of districts has the second."""
    frame = elements(layout)
    zones = list(frame.index[frame["kind"].eq("zone") & frame["adcodes"].map(bool)])
    return "zone2" if element in zones and zones.index(element) % 2 else "zone"


def methods(view: PageView[Layouts]) -> dict[str, str]:
    """Return the formula of each score in words."""
    return {key: view.t(f"score.{key}_formula", km=view.radius_km) for key in scorecard.KEYS}


def focus(layout: Layout) -> Focus | None:
    """Return the window of a layout's elements."""
    units = indicators.units(scorecards.query(layout, radius_m=settings.RADIUS_M))
    return layout_focus.focus(elements(layout), units)


def same_scale(one: Layout, other: Layout) -> tuple[Focus, ...]:
    """Return windows for two layouts side by side that show as many kilometres each."""
    windows = [
        focus(shown)
        or layout_focus.whole(indicators.units(scorecards.query(shown, radius_m=settings.RADIUS_M)))
        for shown in (one, other)
    ]
    return layout_focus.same_scale(*windows)


def show(
    side: Side,
    *,
    key: str,
    window: Focus | None,
    drafting: Drafting | None = None,
    chooses: Callable[[message.Clicked], None] | None = None,
) -> None:
    """Draw a layout over the present sites of its region, with tools where the reader drafts."""
    region_query = scorecards.query(side.layout, radius_m=side.view.query.radius_m)
    page_map.show(
        scene(side, window=window, drafting=drafting),
        region=region_query.region,
        unit=region_query.unit,
        key=key,
        chooses=chooses or partial(choose, side),
        position=map_listener.shown(
            side.view, "layouts", fields.MAP_BESIDE if side.second else fields.MAP_LAYOUT
        ),
    )


def choose(side: Side, clicked: message.Clicked) -> None:
    """Choose the element or mark the sites that were clicked; a plain district has none."""
    if clicked.kind == "element":
        session.put(fields.ELEMENT, side.named(clicked.id))
        session.put(fields.MARKED, Selection())
    elif clicked.kind == "site":
        session.put(fields.MARKED, Selection("site", clicked.id))
    elif clicked.id in present_sites.strongholds(side.layout, side.view.state.phase):
        session.put(fields.ELEMENT, "")
        session.put(fields.MARKED, Selection("district", clicked.id))


def as_file(side: Side) -> bytes:
    """Return the map as one HTML file that opens without a network."""
    view, layout = side.view, side.layout
    region_query = scorecards.query(layout, radius_m=view.query.radius_m)
    document = base_documents.base_document(region_query.region, region_query.unit)
    atlas = base.base_map(
        document.content,
        bounds=document.bounds,
        families=catalog.families(),
        links=assets.links(),
    )
    t = view.t
    cited = layouts.citation(layout)
    subtitle = t(
        "layouts.file_note",
        document=t.of(cited, "title"),
        date=catalog.catalogue_date().isoformat(),
        state=adcodes.STATE,
    )
    if points.many(layout.area):
        subtitle += t("list.sentence") + t("layouts.file_many", n=formats.whole(MOST_DRAWN))
    return standalone.standalone_html(
        atlas,
        overlay.overlay(scene(side, window=focus(layout), alone=True)),
        title=names.layout_with_region(layout, t),
        subtitle=subtitle,
    ).encode()


def scene(
    side: Side, *, window: Focus | None, drafting: Drafting | None = None, alone: bool = False
) -> Scene:
    """Return a layout on the map; `alone` in a file, which can ask nobody what to count."""
    view, layout = side.view, side.layout
    t = view.t
    region_query = scorecards.query(layout, radius_m=view.query.radius_m)
    phase = view.state.phase
    every, units = present_sites.sites(layout, phase), indicators.units(region_query)
    frame = elements(layout)
    standing_out = present_sites.standing_out(side)
    many = points.many(layout.area)
    asked = page_map.counted_at(view, region=layout.region) if many and not alone else ""
    sites = every[every["id"].isin(standing_out)] if many else every
    unnamed = layout_words.unnamed(layout)
    look = layout_drawing.LayoutLook(
        name=f"name_{t.lang}",
        values={
            element: layout_words.count(view, layout, ids)
            for element, ids in present_sites.present(layout, phase).items()
            # Of a region without a recorded site nobody knows the number: not 0.
            if len(every) and frame["kind"][element] in {"core", "node"}
        },
        captions={each.id: t.of(each, "role") for each in layout.elements},
        letters=layout_words.letters(view, layout),
        radii=precision.radii_m(),
        strongholds={
            code: t(unnamed, sites=t("unit.n_sites", n=formats.whole(len(ids))))
            for code, ids in present_sites.strongholds(layout, phase).items()
        },
        illustrative=t("layouts.illustrative"),
        # Where the reader draws, the tools take their corner; the list beside says the same.
        notes=() if drafting else layout_words.notes(view, layout),
        locator="" if drafting else t("layouts.locator"),
        selected=side.element or None,
    )
    drawing = layout_drawing.drawing(
        frame,
        layout.links,
        units=units,
        look=look,
        phase=phase,
        focus=window,
    )
    return Scene(
        sites=sites,
        look=replace(page_map.site_look(view, sites), plain=True, marked=standing_out),
        selection=_one(view, sites),
        units=shading.plain(units.index),
        legend=layout_legend.layout_legend(
            drawing,
            layout_words.legend(view, layout),
            sites=bool(asked) if many else not sites.empty,
            marked=bool(standing_out),
            counted=bool(asked),
        ),
        texts=page_map.texts(view, t("layouts.map_label", name=t.of(layout, "name"))),
        language=t.lang,
        theme=view.theme,
        short_names=t.lang == "zh",
        layout=drawing,
        drafting=drafting,
        counted=asked,
    )


def _one(view: PageView[Layouts], sites: gpd.GeoDataFrame) -> Highlight:
    """Return the one site that is marked, if it stands in this region, or the one district."""
    mark = view.state.mark
    site = mark.id if (sites["id"] == mark.id).any() else None
    return Highlight(site=site, district=mark.of("district"))
