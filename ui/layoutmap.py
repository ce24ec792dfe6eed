"""A policy layout on the map of its region."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from geo import catalog, layouts, scorecard, sectors
from layers import (
    assets,
    base,
    layout_focus,
    layout_legend,
    message,
    overlay,
    shading,
    standalone,
)
from layers import layouts as drawn_layouts
from ui import (
    basedocuments,
    fields,
    layoutpresent,
    layoutwords,
    mapframe,
    names,
    position,
    results,
    session,
)
from ui.layoutpresent import query

if TYPE_CHECKING:
    import folium
    import geopandas as gpd

    from geo.layout_model import Layout
    from layers.layout_focus import Focus
    from ui.layoutside import Side
    from ui.view import View


@cache
def elements(layout_id: str) -> gpd.GeoDataFrame:
    """Return a layout's elements with their places; do not change it."""
    return layouts.elements_frame(layouts.layout(layout_id))


def zone_fill(layout_id: str, element: str) -> str:
    """Return the fill of a zone on the map: every other one has the second."""
    frame = elements(layout_id)
    zones = list(frame.index[frame["kind"].eq("zone") & frame["located"]])
    return "zone2" if zones.index(element) % 2 else "zone"


def methods(view: View) -> dict[str, str]:
    """Return the formula of each score in words."""
    return {key: view.t(f"score.{key}_formula", km=view.radius_km) for key in scorecard.KEYS}


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


def show(side: Side, *, key: str, window: Focus | None) -> None:
    """Draw a layout over the present sites of its region."""
    asked = query(side.layout, radius_m=side.view.query.radius_m)
    mapframe.show(
        paint(side, window=window),
        region=asked.region,
        unit=asked.unit,
        key=key,
        chooses=partial(_choose, side),
    )


def _choose(side: Side, clicked: message.Clicked) -> None:
    """Choose the element or mark the sites that were clicked; a plain district has none."""
    if clicked.kind == "element":
        session.put(fields.ELEMENT, side.named(clicked.id))
        session.put(fields.MARKED, "")
    elif clicked.kind == "site":
        session.put(fields.MARKED, f"site:{clicked.id}")
    elif clicked.id in layoutpresent.strongholds(side.layout.id, layoutpresent.phase(side.view)):
        session.put(fields.ELEMENT, "")
        session.put(fields.MARKED, f"district:{clicked.id}")


def as_file(side: Side) -> bytes:
    """Return the map as one HTML file that opens without a network."""
    view, layout = side.view, side.layout
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
    subtitle = t(
        "layouts.file_note",
        document=getattr(cited, f"title_{t.lang}"),
        date=catalog.catalogue_date().isoformat(),
    )
    return standalone.standalone_html(
        atlas,
        paint(side, window=focus(layout)),
        title=full_name(view, layout),
        subtitle=subtitle,
    ).encode()


def full_name(view: View, layout: Layout) -> str:
    """Return a layout's region and name."""
    return view.t("layouts.title", region=names.place(layout, view.t.lang), name=name(view, layout))


def name(view: View, layout: Layout) -> str:
    """Return a layout's name in the reader's language."""
    return str(getattr(layout, f"name_{view.t.lang}"))


def paint(side: Side, *, window: Focus | None) -> folium.FeatureGroup:
    """Return the overlay of a layout."""
    view, layout = side.view, side.layout
    t = view.t
    asked = query(layout, radius_m=view.query.radius_m)
    when = layoutpresent.phase(view)
    found, places = layoutpresent.sites(layout, when), results.places(asked)
    frame = elements(layout.id)
    standing_out = layoutpresent.marked(side)
    unnamed = layoutwords.unnamed(layout)
    look = drawn_layouts.LayoutLook(
        name=f"name_{t.lang}",
        values={
            element: layoutwords.count(view, layout, ids)
            for element, ids in layoutpresent.present(layout.id, when).items()
            # Of a region without a recorded site nobody knows the number: not 0.
            if len(found) and frame["kind"][element] in {"core", "node"}
        },
        captions={each.id: getattr(each, f"role_{t.lang}") for each in layout.elements},
        letters=layoutwords.letters(view, layout),
        radii=mapframe.radii(),
        strongholds={
            code: t(unnamed, sites=t("unit.n_sites", n=len(ids)))
            for code, ids in layoutpresent.strongholds(layout.id, when).items()
        },
        illustrative=t("layouts.illustrative"),
        notes=layoutwords.notes(view, layout),
        locator=t("layouts.locator"),
        selected=side.element or None,
    )
    drawing = drawn_layouts.drawing(
        frame,
        layout.links,
        units=places,
        look=look,
        phase=when,
        focus=window,
    )
    return overlay.overlay(
        sites=found,
        look=overlay.SiteLook(
            families=sectors.main_families(found),
            plain=True,
            name=f"name_{t.lang}",
            captions=mapframe.site_captions(view, found),
            radii=mapframe.radii(),
            marked=standing_out,
        ),
        selection=_one(view, found),
        units=shading.plain(places.index),
        legend=layout_legend.layout_legend_html(
            drawing,
            layoutwords.legend(view, layout),
            sites=not found.empty,
            marked=bool(standing_out),
        ),
        texts=overlay.MapTexts(
            map=t("layouts.map_label", name=name(view, layout)),
            note=t("map.boundary"),
            zoom_in=t("map.zoom_in"),
            zoom_out=t("map.zoom_out"),
            reset=t("map.reset"),
            failed=t("map.failed"),
        ),
        language=t.lang,
        theme="dark" if view.dark else "light",
        short_names=t.lang == "zh",
        layout=drawing,
        position=position.shown(
            view, "layouts", fields.MAP_BESIDE if side.second else fields.MAP_LAYOUT
        ),
    )


def _one(view: View, found: gpd.GeoDataFrame) -> overlay.Selection:
    """Return the one site that is marked, if it stands in this region, or the one district."""
    of, _, key = str(view.values["mark"]).partition(":")
    if of == "district":
        return overlay.Selection(district=key)
    return overlay.Selection(site=key if (found["id"] == key).any() else None)
