"""One of the maps of 换划分 on paper: districts in classes, or squares on plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import formats
from layers.ground import shading
from layers.legend.strip import Group, Legend, RampClass
from layers.results import result_view, squares
from layers.scene import Scene
from ui.cached import indicators
from ui.districts.units import sheet
from ui.districts.units.division import NONE
from ui.map import page_map

if TYPE_CHECKING:
    from ui.districts.units.division import Shown


def scene(shown: Shown, row: int) -> Scene:
    """Return the map of a division, as far as districts reach that hold something.

    Parameters
    ----------
    shown
        What the page shows.
    row
        Which of its divisions.
    """
    view, division, tokens = shown.view, shown.found.divisions[row], shown.tokens
    units, classed = indicators.units(view.query), shown.classed[row]
    bare = {"fill": "", "sign": "none"} if shown.sparse else {"fill": tokens[0]}
    looks, drawn = shading.plain(units.index).assign(**bare), None
    if division.cells is None:
        known = pd.Series(classed, units.index, dtype="Int64")
        looks = shading.shading(known.mask(known == NONE), ramp=tokens)
    else:
        held = shown.drawn(row)
        drawn = squares.of_land(division.cells, held, classed[held], tokens)
    own = shown.found.divisions[0].n > 0
    west, south, east, north = units[own if own.any() else ~own].total_bounds
    label = view.t(
        "areal.map_label", region=view.region_name, unit=shown.names()[row], n=len(division.n)
    )
    return Scene(
        sites=None,
        look=None,
        units=looks,
        legend=Legend(groups=[_classes(shown, row, classed)]),
        texts=page_map.texts(view, label),
        language=view.t.lang,
        theme=view.theme,
        short_names=page_map.short_names(view),
        view=result_view.result_window([west, east], [south, north]),
        squares=drawn,
    )


def _classes(shown: Shown, row: int, classed: np.ndarray) -> Group:
    """Return the classes with how many units of the division are in each."""
    t = shown.view.t
    counts = np.bincount(classed[classed != NONE], minlength=len(shown.labels))
    boxes = [
        RampClass(token=token, limits=label, units=t("legend.units", n=formats.whole(n)))
        for token, label, n in zip(shown.tokens, shown.labels, counts, strict=True)
    ]
    title = t("list.dot").join([sheet.quantity(shown), shown.names()[row]])
    return Group(
        name="shading",
        title=formats.capitalised(title),
        note=t(f"unit.{shown.name}") if t.has(f"unit.{shown.name}") else "",
        ramp=boxes,
    )
