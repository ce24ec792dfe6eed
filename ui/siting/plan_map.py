"""The map of 选址: who is not yet reached, what today's sites reach, and the proposed places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo import formats
from geo.geometry import projection
from geo.measures import assignment, classes
from geo.measures.breaks import amount_breaks
from geo.planning.taking_part import staying
from layers import palette
from layers.ground import inset, shading
from layers.highlight import Highlight
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend, RampClass
from layers.results import result_view
from layers.results.cluster_hulls import Hull
from layers.scene import Scene
from ui.cached import base_documents, indicators, plans, walking
from ui.map import page_map
from ui.siting import wording
from ui.state import fields, map_listener, session
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geo.planning import Proposal
    from geo.planning.account import Totals
    from layers.ground.inset import Window
    from layers.transport.message import Clicked
    from ui.state.pages import Siting
    from ui.state.view import PageView

SQUARE: Final = 0.9
"""Of the way from one candidate to the next: the side of the square that stands for it."""

OWN: Final = frozenset({"own", "pins"})
"""Candidates that the reader brought or set: the map shows all of them."""

SPOT: Final = 8
"""Of the radius: the side of the square that stands for one of these."""

ROUND: Final = 2.5
"""Radii round the places that are seen at least."""


def show(view: PageView[Siting]) -> None:
    """Draw the map; a click selects a place or a district."""
    page_map.show(
        scene(view),
        region=view.region,
        unit=view.unit,
        chooses=_choose,
        position=map_listener.shown(view, "siting"),
    )


def _choose(clicked: Clicked) -> None:
    if clicked.kind == "cluster":
        session.put(fields.AT_PLACE, Selection("place", clicked.id))
    elif clicked.kind == "district":
        session.put(fields.AT_PLACE, Selection("district", clicked.id))


def scene(view: PageView[Siting]) -> Scene:
    """Return what the map shows."""
    t, plan = view.t, wording.found(view)
    sites = indicators.sites(view.query)
    fixed = sites[staying(sites, view.query.radius_m)]
    few = len(fixed) <= plans.DRAWN
    places = None if plan is None else plan.places
    return Scene(
        sites=None,
        look=None,
        units=shaded(view, None if plan is None else plan.districts),
        legend=legend(view, plan),
        texts=page_map.texts(view, t("siting.map_label", n=0 if places is None else len(places))),
        language=t.lang,
        theme=view.theme,
        selection=Highlight(district=view.state.at.of("district")),
        basemap=page_map.basemap(view),
        short_names=page_map.short_names(view),
        others=fixed if few else None,
        reach=plans.reached_area(view.query, view.state.question),
        forbidden=plans.forbidden_area(view.region),
        moves=_moves(view),
        clusters=discs(view),
        view=_window(view, fixed),
    )


def discs(view: PageView[Siting]) -> list[Hull]:
    """Return the reach of each place as the map draws it."""
    rows, t, plan = wording.rows(view)[: wording.LISTED], view.t, wording.found(view)
    if plan is None:
        return []
    places = plan.places.head(wording.LISTED)
    outlines = plans.outlines(view.query, view.state.question, places)
    number = view.state.at.of("place")
    return [
        Hull(
            id=str(row["number"]),
            number=row["number"],
            name=wording.name(view, row),
            size=t("siting.more", n=wording.people(view, row["residents"])),
            caption=wording.added(view, row),
            outline=outline,
            chosen=str(row["number"]) == number,
            centred=True,
        )
        for row, outline in zip(rows, outlines, strict=True)
    ]


def _moves(view: PageView[Siting]) -> shapely.Geometry | None:
    """Return the squares to which places may move; of the reader's own candidates all of them."""
    plan, known = wording.found(view), wording.moves(view)
    if plan is None:
        return None
    if view.state.candidates in OWN:
        lonlat = shapely.get_coordinates(plans.candidates(view.query, view.state.question))
        return _squares(lonlat, view.query.radius_m / SPOT)
    if known is None or known.empty or np.isnan(plan.basis.spacing_m):
        return None
    return _squares(wording.squares(known).to_numpy(), SQUARE * plan.basis.spacing_m)


def _squares(lonlat: NDArray[np.float64], side_m: float) -> shapely.Geometry:
    discs = projection.grown(np.asarray(shapely.points(lonlat)), side_m / 2)
    return shapely.MultiPolygon([*shapely.envelope(discs)])


def _open(table: pd.DataFrame) -> pd.Series:
    """Return residents who are not reached today, per km² that is not; 0 where all are."""
    left = (table["km2"] - table["km2_before"]).clip(lower=0)
    density = (table["residents"] - table["before"]).div(left.where(left > 0))
    return density.mask(table["residents"].notna() & density.isna(), 0.0)


def shaded(view: PageView[Siting], table: pd.DataFrame | None) -> pd.DataFrame:
    """Return the districts by who is not reached, with their shares; plain where nobody lives."""
    if table is None:
        return shading.plain(indicators.units(view.query).index)
    open_ = _open(table)
    limits = amount_breaks(open_.dropna())
    before, after = (table[f"share_{when}"].map(formats.percent) for when in ("before", "after"))
    same = before == after
    values = after.where(same, before.str.cat(after, sep=" → "))
    return shading.shading(
        classes.classify(open_, limits),
        ramp=palette.amounts(len(limits) + 1),
        values=values,
        captions=values.map(lambda value: view.t("siting.unit", value=value, km=view.radius_km)),
    )


def _window(view: PageView[Siting], fixed: gpd.GeoDataFrame) -> Window | None:
    return window(view, fixed, [(row["lon"], row["lat"]) for row in wording.rows(view)])


def window(
    view: PageView[Siting], fixed: gpd.GeoDataFrame, places: Sequence[tuple[float, float]]
) -> Window | None:
    """Return what holds the places and where most of today's sites lie close together."""
    if not places:
        return None
    lon, lat = np.array(places).T
    at = assignment.positions(fixed)
    document = base_documents.base_document(view.region, view.unit)
    dense = inset.densest_window(at[:, 0], at[:, 1], bounds=document.bounds) if len(at) else None
    if dense is not None:
        lon = np.append(lon, [dense.west, dense.east])
        lat = np.append(lat, [dense.south, dense.north])
    middle = (float(lon.mean()), float(lat.mean()), ROUND * view.query.radius_m)
    return result_view.result_window(lon, lat, place=middle)


def legend(view: PageView[Siting], plan: Proposal | None) -> Legend:
    """Return the legend: signs in use, each with how many there are."""
    if plan is None:
        closed = forbidden(view)
        return legend_of(view, [Group(name="clusters", entries=closed)]) if closed else Legend()
    n = len(plan.places)
    known = wording.moves(view)
    movable = 0 if known is None or np.isnan(plan.basis.spacing_m) else len(wording.squares(known))
    own = plan.basis.candidates if view.state.candidates in OWN else 0
    counts = {"proposed": n, "move": movable, "candidate": own}
    signs = {"candidate": "move"}
    proposed = [
        Entry(
            sign=strip.sign(signs.get(key, key)),
            label=view.t(f"siting.sign_{key}", km=view.radius_km),
            count=formats.whole(count),
        )
        for key, count in counts.items()
        if count
    ]
    group = Group(
        name="clusters",
        title=view.t("siting.title"),
        entries=[*proposed, *of_today(view, plan.basis.fixed, plan.totals)],
        rows=3,
    )
    return legend_of(
        view,
        [group, need(view, plan.districts), no_part(view, plan.basis.vague, plan.basis.unlocated)],
    )


def legend_of(view: PageView[Siting], groups: Sequence[Group]) -> Legend:
    """Return a legend with the page's source."""
    t = view.t
    return Legend(
        groups=groups,
        sources=(t("legend.sources"), [wording.source(view)]),
        paper=True,
        more=t("legend.button"),
    )


def of_today(view: PageView[Siting], fixed: int, totals: Totals) -> list[Entry]:
    """Return the signs of today's sites, if there are any, and of what they reach."""
    t = view.t
    counts = {
        "reach": t("siting.area", n=formats.number(totals.km2_before)),
        "fixed": formats.whole(fixed),
    }
    signs = {"reach": "reach", "fixed": "others"}
    own = [
        Entry(
            sign=strip.sign(signs[key]),
            label=t(f"siting.sign_{key}", km=view.radius_km),
            count=count,
        )
        for key, count in counts.items()
        if fixed
    ]
    return [*own, *forbidden(view)]


def forbidden(view: PageView[Siting]) -> list[Entry]:
    """Return the sign of where nothing may be built, if anybody said where."""
    closed = walking.forbidden(view.region)
    if closed is None:
        return []
    sign, label = strip.sign("forbidden"), view.t("siting.sign_forbidden")
    return [Entry(sign=sign, label=label, count=formats.whole(closed.parts))]


def need(view: PageView[Siting], table: pd.DataFrame) -> Group:
    """Return the ramp of who is not reached."""
    t, open_ = view.t, _open(table)
    limits = amount_breaks(open_.dropna())
    drawn = classes.classify(open_, limits)
    labels = classes.labels(limits, values=open_)
    counts = [int((drawn == number).sum()) for number in range(len(labels))]
    return Group(
        name="need",
        title=t("siting.open"),
        note=t("siting.open_note"),
        ramp=[
            RampClass(
                token=token,
                limits=label,
                units=t("siting.open_units", n=n, unit=view.noun(n)),
            )
            for token, label, n in zip(
                palette.amounts(len(limits) + 1), labels, counts, strict=True
            )
        ],
    )


def no_part(view: PageView[Siting], vague: int, unlocated: int) -> Group:
    """Return the signs of sites that take no part."""
    t = view.t
    return Group(
        name="taking",
        title=t("siting.no_part"),
        entries=[
            Entry(
                sign=strip.sign("hollow"),
                label=t(f"siting.sign_{key}"),
                count=formats.whole(each),
            )
            for key, each in (("vague", vague), ("unlocated", unlocated))
            if each
        ],
        rows=2,
        folded=True,
    )
