"""Kept rows without a position, by district."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.intake import outcome
from layers import templates
from ui.blocks import grid, markup
from ui.cached import names
from ui.intake import filling, lookup, pinned
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.view import View

PLACES: Final = 12
NAMES: Final = 6
"""Districts, and rows of each, that are named."""


def show(view: View, draft: Draft, intake: Intake, kept: gpd.GeoDataFrame) -> None:
    """Draw them with the ways to place them, and what came of these; of none nothing."""
    t = view.t
    rows = outcome.unplaced(kept)
    if rows.empty and not draft.found and draft.lookup is None:
        return
    grid.write(markup.heading(t("intake.unplaced_rows", n=formats.whole(len(rows)))))
    if len(rows):
        _by_place(view, rows)
        with st.container(key="intake_unplaced_ways", horizontal=True):
            st.button(t("pins.way"), key="intake_pin", on_click=pinned.open_sheet, type="tertiary")
            filling.hand_out(view, draft, rows)
            filling.take_back(view, draft)
    lookup.offer(view, draft, intake)
    lookup.outcome(view, draft)
    filling.told(view, draft)
    filling.way_back(view, draft)


def _by_place(view: View, rows: pd.DataFrame) -> None:
    """Name the rows by district."""
    t = view.t
    places = rows["adcode"].map(names.counties(t.lang)).astype("string")
    places = places.fillna(rows["city_adcode"].map(names.cities(t.lang)))
    places = places.fillna(t("intake.nowhere"))
    groups = list(rows["name"].groupby(places, sort=False))
    groups.sort(key=lambda each: -len(each[1]))
    named = [(str(place), _called(view, rows)) for place, rows in groups[:PLACES]]
    rest = sum(len(rows) for _, rows in groups[PLACES:])
    more = t("intake.unplaced_more", n=formats.whole(rest)) if rest else ""
    grid.write(templates.piece(TEMPLATE, "unplaced")(named, more))


def _called(view: View, rows: pd.Series) -> str:
    t = view.t
    text = t("list.comma").join(rows.dropna().head(NAMES).astype(str))
    if len(rows) > NAMES:
        return t("list.more", names=text, n=formats.whole(len(rows) - NAMES))
    return text
