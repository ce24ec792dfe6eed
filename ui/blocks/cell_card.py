"""The card of a selected cell: its number, its four parts, its first sites, and a closer view."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from markupsafe import Markup

from geo import formats
from geo.measures import cells
from ui.blocks import markup
from ui.cached import points, records
from ui.state import fields, links, pages
from ui.state.address import render
from ui.state.selection import Selection

if TYPE_CHECKING:
    from geo.measures.cells import Cell
    from ui.state.pages import Figures
    from ui.state.view import PageView, View

LISTED: Final = 8
"""Sites that the card names."""

CLOSER_PX: Final = 256
"""Width of the cell on the map once the reader has zoomed to it."""

TILE_PX: Final = 256


def card(view: PageView[Figures], cell: Cell) -> Markup:
    """Return the card."""
    t = view.t
    chosen = points.chosen(view.region, view.state.criteria)
    n, close = cells.total(chosen, cell), links.leave(view, fields.SELECTED)
    if not n:
        return markup.card(
            t("cells.card_none"),
            subtitle=_line(view, cell),
            rows=[],
            close=links.leave(view, fields.SELECTED),
        )
    parts = [formats.whole(cells.total(chosen, part)) for part in cell.parts]
    sum_ = t("cells.parts_sum", parts=" + ".join(parts), n=formats.whole(n))
    return markup.card(
        t("cells.card", n=formats.whole(n)),
        subtitle=Markup.escape(_line(view, cell)) + " " + _closer(view, cell),
        rows=[(t("cells.parts"), sum_), (t("cells.first", n=min(n, LISTED)), _first(view, cell))],
        close=close,
    )


def _line(view: PageView[Figures], cell: Cell) -> str:
    return view.t("cells.card_line", size=size(view, cell), zoom=cell.zoom, x=cell.x, y=cell.y)


def size(view: View, cell: Cell) -> str:
    """Return how wide and high a cell is on the ground."""
    key, width = ("km", cell.width_m / 1000) if cell.width_m >= 1000 else ("m", cell.width_m)
    return view.t(f"cells.size_{key}", size=f"{width:.0f}" if width >= 10 else f"{width:.1f}")


def _first(view: PageView[Figures], cell: Cell) -> Markup:
    """Return links that select the first sites of a cell, in the order of the list."""
    chosen = points.chosen(view.region, view.state.criteria)
    rows = np.sort(cells.rows(chosen, np.array([cell.x]), np.array([cell.y]), cell.zoom))[:LISTED]
    sites = records.all_sites(view.region).iloc[rows]
    named = [
        links.to(view, text=str(name), at=Selection("site", str(key)))
        for key, name in zip(sites["id"], sites[f"name_{view.t.lang}"], strict=True)
    ]
    return markup.lines(named)


def _closer(view: PageView[Figures], cell: Cell) -> Markup:
    """Return a link to the map as it stands once a cell fills its middle."""
    west, south, east, north = cell.bounds
    zoom = cell.zoom + math.log2(CLOSER_PX / TILE_PX)
    at = f"{(west + east) / 2:.5f},{(south + north) / 2:.5f},{zoom:g}"
    state = view.state
    params = render({**state.values, fields.MAP.name: fields.MAP.read(at)}, state.fields())
    page = next(name for name, each in pages.OF_PAGE.items() if isinstance(state, each))
    return links.to_page(pages.address(page, params), view.t("cells.zoom"), name="ct-go")
