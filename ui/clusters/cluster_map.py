"""The map of 集聚: hulls round clusters, their members in colour, and what takes no part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo import formats
from geo.measures import hot_spots
from layers.ground import inset, shading
from layers.highlight import Highlight
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend
from layers.results import result_view
from layers.results.cluster_hulls import Hull
from layers.scene import Scene
from ui.cached import base_documents, clustering, indicators, names
from ui.clusters import wording
from ui.map import legends, page_map
from ui.state import fields, map_listener, session
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from markupsafe import Markup

    from layers.ground.inset import Window
    from layers.sites.look import SiteLook
    from layers.transport.message import Clicked
    from ui.state.pages import Clusters
    from ui.state.view import PageView


LEAST_M = 5_000
"""Round the middle of all clusters so much is seen at least."""


def show(view: PageView[Clusters]) -> None:
    """Draw the map; a click selects a cluster, a site or a district."""
    page_map.show(
        scene(view),
        region=view.region,
        unit=view.unit,
        chooses=_choose,
        position=map_listener.shown(view, "clusters"),
    )


def _choose(clicked: Clicked) -> None:
    if clicked.kind in {"site", "district", "cell", "cluster"}:
        session.put(fields.AT_CLUSTER, Selection(clicked.kind, clicked.id))


def scene(view: PageView[Clusters]) -> Scene:
    """Return what the map shows."""
    return _counted(view) if clustering.too_many(view.query) else _clustered(view)


def _clustered(view: PageView[Clusters]) -> Scene:
    """Return the clusters with their members."""
    t = view.t
    sites, clusters = indicators.sites(view.query), wording.found(view)
    members = frozenset(key for ids in clusters["members"] for key in ids)
    chosen = _highlight(view)
    look = replace(
        page_map.site_look(view, sites, preferred=(*view.state.sector, chosen.family)),
        hollow=frozenset(sites["id"]) - members,
    )
    return Scene(
        sites=sites,
        look=look,
        units=_units(view),
        legend=legend(view, sites, look),
        texts=page_map.texts(view, t("clusters.map_label", n=len(clusters))),
        language=t.lang,
        theme=view.theme,
        selection=chosen,
        basemap=page_map.basemap(view),
        short_names=page_map.short_names(view),
        view=_window(view, sites[sites["id"].isin(members)]),
        clusters=hulls(view),
    )


def _units(view: PageView[Clusters]) -> pd.DataFrame:
    """Return the districts, of which the hot and cold ones say so under their name."""
    words = {spot: view.t(f"clusters.sign_{spot}") for spot in (hot_spots.HOT, hot_spots.COLD)}
    spots = clustering.spots(view.query).table["spot"]
    units = shading.plain(indicators.units(view.query).index)
    return units.assign(value=spots.map(words).fillna(""))


def _counted(view: PageView[Clusters]) -> Scene:
    """Return sites too many to look for clusters among: counted in cells."""
    sites = page_map.selected_alone(view)
    return Scene(
        sites=sites,
        look=page_map.site_look(view, sites),
        units=shading.plain(indicators.units(view.query).index),
        legend=legends.counted_legend(view, (), sources=()),
        texts=page_map.texts(view, view.t("clusters.map_label", n=0)),
        language=view.t.lang,
        theme=view.theme,
        selection=_highlight(view),
        basemap=page_map.basemap(view),
        short_names=page_map.short_names(view),
        counted=page_map.counted_at(view),
    )


def hulls(view: PageView[Clusters]) -> list[Hull]:
    """Return the clusters as the map draws them."""
    chosen = wording.chosen(view)
    dot = view.t("list.dot")
    return [
        Hull(
            id=row["site"],
            number=row["cluster"],
            name=wording.name(view, row),
            size=wording.size(view, row),
            caption=dot.join([wording.where(view, row), wording.sector(view, row)]),
            outline=row["geometry"],
            chosen=row["cluster"] == chosen,
        )
        for row in wording.rows(view)
    ]


def _window(view: PageView[Clusters], members: gpd.GeoDataFrame) -> Window | None:
    """Return where most members lie close together, else where all of them are."""
    document = base_documents.base_document(view.region, view.unit)
    lon, lat = members["lon"], members["lat"]
    dense = inset.densest_window(lon, lat, bounds=document.bounds)
    around = (float(lon.mean()), float(lat.mean()), LEAST_M)
    return dense or result_view.result_window(lon, lat, place=around)


def _highlight(view: PageView[Clusters]) -> Highlight:
    chosen = view.state.at
    adcode, _, family = (chosen.of("sector") or "").rpartition(fields.JOINT)
    return Highlight(
        site=chosen.of("site"),
        district=chosen.of("district") or adcode or None,
        cell=page_map.cell_of(view),
        family=family,
    )


def legend(view: PageView[Clusters], sites: gpd.GeoDataFrame, look: SiteLook) -> Legend:
    """Return the legend: the parts of the sites add up to all of them."""
    t = view.t
    member = ~sites["id"].isin(look.hollow)
    clusters = wording.found(view)
    drawn = [
        ("hull", strip.sign("hull"), len(clusters)),
        ("number", strip.sign("cluster"), 0),
    ]
    basis = clusters.attrs
    families = look.families[member].value_counts()
    first = next((key for key in names.families("zh") if key in families), "mix")
    parts = [
        ("member", strip.symbol("park", first), int(member.sum())),
        ("single", strip.sign("hollow"), basis["used"] - int(member.sum())),
        ("vague", strip.sign("hollow", "vague"), basis["vague"]),
        ("unlocated", strip.symbol("park", "art", "none"), basis["unlocated"]),
    ]
    return Legend(
        groups=[
            Group(
                name="clusters",
                title=t("clusters.title"),
                note=t("clusters.by_size"),
                entries=_entries(view, drawn if len(clusters) else []),
                rows=2,
            ),
            Group(
                name="taking",
                title=t("clusters.sites"),
                entries=_entries(view, [part for part in parts if part[2]]),
                rows=2,
            ),
            Group(
                name="families",
                title=t("legend.sector"),
                note=t("clusters.sector_note"),
                entries=legends.family_entries(view, families, short=True),
                rows=legends.ROWS,
                folded=True,
            ),
        ],
        sources=(t("legend.sources"), [wording.source(view)]),
        paper=True,
        more=t("legend.button"),
    )


def _entries(view: PageView[Clusters], signs: Sequence[tuple[str, Markup, int]]) -> list[Entry]:
    """Return signs in use, each with how many there are where that is told."""
    return [
        Entry(
            sign=sign,
            label=view.t(f"clusters.sign_{key}"),
            count=formats.whole(n) if n else "",
        )
        for key, sign, n in signs
    ]
