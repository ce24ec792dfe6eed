"""The corrections: those in hand, each with its way back, and those that were kept before."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.corrections import history as histories
from geo.corrections import reasons
from geo.corrections.correction import DEGREES
from geo.facts import precision
from layers import templates
from ui.blocks import grid, markup
from ui.cached import names
from ui.pinning import listed, work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from geo.corrections.correction import Correction
    from ui.pinning.holder import Holder
    from ui.state.pages import Data
    from ui.state.view import PageView

TEMPLATE: Final = "ui/pinning/pinning.html"
MOST: Final = 30
"""Corrections that are shown of each kind, the latest first."""

FOLLOW: Final = frozenset({"city", "city_adcode", "district", "district_listed", "coord_source"})
"""Cells that say again what another cell of the same correction says."""


UNSAID: Final = "…"
"""A degree that stayed as it was."""

Cell = tuple[str, str, str]
"""What a cell is called, what stood there, and what stands there now."""


def show(view: PageView[Data], holder: Holder) -> None:
    """Draw both lists; of none nothing."""
    t, now = view.t, work.of(holder.key)
    ids = {each.id for each in (*now.corrections, *holder.saved)}
    rows = holder.sites[holder.sites["id"].astype(str).isin(ids)]
    called = {str(row["id"]): listed.name_of(row, holder) for _, row in rows.iterrows()}
    steps = list(enumerate(now.history.done))[::-1]
    if steps:
        grid.write(markup.heading(t("pins.made", n=formats.whole(len(steps)))))
    for at, step in steps[:MOST]:
        with st.container(key=f"pin_made_{at}", horizontal=True):
            grid.write(_said(view, step, called))
            st.button(
                t("pins.take_back"),
                key=f"pin_back_{at}",
                type="tertiary",
                disabled=not histories.is_last(now.history, at),
                on_click=work.without,
                args=(holder.key, at),
            )
    saved = [
        tuple(step) for _, step in groupby(holder.saved, lambda one: (one.date, one.id, one.reason))
    ][::-1]
    if saved:
        grid.write(markup.heading(t("pins.saved", n=formats.whole(len(saved)))))
    for at, step in enumerate(saved[:MOST]):
        with st.container(key=f"pin_kept_{at}", horizontal=True):
            grid.write(_said(view, step, called))
            st.button(
                t("pins.take_back"),
                key=f"pin_kept_back_{at}",
                type="tertiary",
                on_click=work.take_back,
                args=(holder, step),
            )


def _said(view: PageView[Data], step: Sequence[Correction], called: dict[str, str]) -> Markup:
    """Return a correction in words: each row with its cells before and after."""
    t = view.t
    said: list[tuple[str, list[Cell]]] = []
    for id_, each in groupby(step, lambda one: one.id):
        cells = list(each)
        said.append((called.get(id_, id_), [*_position(view, cells), *_cells(view, cells)]))
    first = step[0]
    note = t("list.dot").join([first.date, reasons.told(first.reason, t.lang)])
    return templates.piece(TEMPLATE, "correction")(said, note)


def _position(view: PageView[Data], cells: Sequence[Correction]) -> list[Cell]:
    """Return the position before and after, where it changed."""
    held = {each.field: each for each in cells if each.field in DEGREES}
    if not held:
        return []
    sides = (
        _degrees(view, [getattr(held[each], side) if each in held else UNSAID for each in DEGREES])
        for side in ("old", "new")
    )
    old, new = sides
    return [(view.t("pins.position"), old, new)]


def _degrees(view: PageView[Data], pair: Sequence[str]) -> str:
    if not all(pair):
        return view.t("pins.no_position")
    return ", ".join(each if each == UNSAID else f"{float(each):.6f}" for each in pair)


def _cells(view: PageView[Data], cells: Sequence[Correction]) -> list[Cell]:
    t = view.t
    named = {
        precision.COLUMN: names.terms("precision", t.lang),
        "adcode": names.counties(t.lang),
    }
    said = []
    for each in cells:
        if each.field in {*DEGREES, *FOLLOW}:
            continue
        words = named.get(each.field, {})
        old, new = (words.get(text, text) or formats.MISSING for text in (each.old, each.new))
        key = f"pins.field_{each.field}"
        said.append((t(key) if t.has(key) else each.field, old, new))
    return said
