"""Kept rows without a position, by district."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.china import county_units
from geo.files import csv_file
from geo.intake import outcome
from layers import templates
from ui.blocks import grid, markup
from ui.intake import pinned
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ui.state.view import View

PLACES: Final = 12
NAMES: Final = 6
"""Districts, and rows of each, that are named."""


def show(view: View, kept: gpd.GeoDataFrame) -> None:
    """Draw them; of none nothing."""
    t = view.t
    rows = outcome.unplaced(kept)
    if rows.empty:
        return
    grid.write(markup.heading(t("intake.unplaced_rows", n=formats.whole(len(rows)))))
    names_of = county_units.units()[f"name_{t.lang}"]
    cities = county_units.prefectures()[f"name_{t.lang}"]
    places = rows["adcode"].map(names_of).fillna(rows["city_adcode"].map(cities))
    places = places.fillna(t("intake.nowhere"))
    groups = list(rows["name"].groupby(places, sort=False))
    groups.sort(key=lambda each: -len(each[1]))
    named = [(str(place), _names(view, names)) for place, names in groups[:PLACES]]
    rest = sum(len(names) for _, names in groups[PLACES:])
    more = t("intake.unplaced_more", n=formats.whole(rest)) if rest else ""
    grid.write(templates.piece(TEMPLATE, "unplaced")(named, more))
    st.button(t("pins.way"), key="intake_pin", on_click=pinned.open_sheet, type="tertiary")
    st.download_button(
        t("intake.unplaced_csv"),
        data=lambda: csv_file.csv(rows),
        file_name="chuangtu-unplaced.csv",
        mime="text/csv",
        on_click="ignore",
        key="intake_unplaced_csv",
        type="tertiary",
    )


def _names(view: View, names: pd.Series) -> str:
    t = view.t
    text = t("list.comma").join(names.dropna().head(NAMES).astype(str))
    if len(names) > NAMES:
        return t("list.more", names=text, n=formats.whole(len(names) - NAMES))
    return text
