"""Both lists on maps of one extent and scale: what differs has a sign and a shape of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely
import streamlit as st

from geo import formats
from layers.ground import shading
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend
from layers.results import result_view
from layers.scene import Scene
from layers.sites.look import SiteLook
from ui.blocks import grid, markup
from ui.intake import area, point_map
from ui.intake.comparing import tables
from ui.map import page_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.ground.inset import Window
    from ui.intake.comparing.outcome import Kind, Outcome
    from ui.state.view import View

SIGNS: Final[Mapping[Kind, tuple[str, str]]] = {
    "moved": ("service_center", "ind"),
    "changed": ("base", "fas"),
    "only_one": ("design_center", "ani"),
    "only_other": ("design_center", "ani"),
    "unclear": ("park", "mix"),
}
"""Shape and colour of what differs; what is the same is a small grey dot."""

HEIGHT: Final = 470


def show(view: View, outcome: Outcome) -> None:
    """Draw both maps."""
    cities = pd.concat([outcome.one["city_adcode"], outcome.other["city_adcode"]])
    shown = area.of(cities, outcome.units)
    if shown is None:
        return
    points = [sites.geometry for sites in (outcome.one, outcome.other)]
    window = result_view.result_window(
        np.concatenate([each.x for each in points]), np.concatenate([each.y for each in points])
    )
    with st.container(key="compare_maps"):
        columns = st.columns(2)
    for column, side in zip(columns, ("one", "other"), strict=True):
        with column:
            title = outcome.titles[0 if side == "one" else 1]
            sites = outcome.one if side == "one" else outcome.other
            note = view.t("unit.n_sites", n=formats.whole(len(sites)))
            letter = view.t(f"compare.letter_{side}")
            grid.write(markup.heading(f"{letter} {title}", note=note))
            _map(view, outcome, side=side, shown=shown, window=window)
    grid.write(markup.paragraph(view.t("compare.map_note")))


def _map(
    view: View, outcome: Outcome, *, side: str, shown: area.Area, window: Window | None
) -> None:
    first = side == "one"
    sites = outcome.one if first else outcome.other
    kinds = outcome.kinds()[0 if first else 1].to_numpy()
    sites = sites.assign(id=[f"{side}{at}" for at in range(len(sites))], at=range(len(sites)))
    differs = area.spread(sites[kinds != "same"])
    alike = area.spread(sites[kinds == "same"])
    own = kinds[differs["at"]]
    drawn = differs.assign(kind=[SIGNS[kind][0] for kind in own])
    scene = Scene(
        sites=drawn,
        look=SiteLook(
            families=pd.Series([SIGNS[kind][1] for kind in own], index=drawn.index, dtype=object),
            captions=pd.Series(
                tables.captions(view, outcome, side=side, rows=drawn["at"]),
                index=drawn.index,
                dtype=object,
            ),
            name=f"name_{view.t.lang}",
        ),
        others=alike,
        units=shading.plain(shown.districts().index),
        legend=_legend(view, sites, kinds),
        texts=page_map.texts(view, view.t(f"compare.map_{side}", n=formats.whole(len(sites)))),
        language=view.t.lang,
        theme=view.theme,
        short_names=shown.short_names(),
        shifts=_shifts(outcome),
        view=window,
    )
    page_map.show(
        scene, region=shown.units, unit="district", key=f"compare_{side}_map",
        chooses=point_map.nothing, height=HEIGHT,
    )  # fmt: skip


def _shifts(outcome: Outcome) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where what moved was, and where it is."""
    moved = outcome.rows("moved").head(area.MOST_POINTS)
    before, after = (
        shapely.get_coordinates(points.to_numpy()[moved[side].to_numpy()])
        for side, points in (("one", outcome.one.geometry), ("other", outcome.other.geometry))
    )
    return before, after


def _legend(view: View, sites: gpd.GeoDataFrame, kinds: NDArray[np.object_]) -> Legend:
    """Return what the signs mean, with how many of each are on this map."""
    t = view.t
    located = sites.geometry.x.notna().to_numpy()
    entries = []
    for kind in ("same", *SIGNS):
        n = int((located & (kinds == kind)).sum())
        if n:
            sign = strip.sign("others") if kind == "same" else strip.symbol(*SIGNS[kind])
            label = t(f"compare.kind_{kind}")
            entries.append(Entry(code=kind, sign=sign, label=label, count=formats.whole(n)))
            if kind == "moved":
                entries.append(Entry(sign=strip.sign("shift"), label=t("compare.sign_shift")))
    return Legend(groups=[Group(name="kinds", entries=entries)])
