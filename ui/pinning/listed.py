"""The list beside the map: rows without a position first, then all, with a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from ui.blocks import grid, markup
from ui.cached import names
from ui.pinning import work
from ui.words import markdown

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ui.pinning.holder import Holder
    from ui.state.pages import Data
    from ui.state.view import PageView

MOST: Final = 25
"""Rows that are listed at once; a search finds the others."""


def located(sites: gpd.GeoDataFrame) -> pd.Series:
    """Return which rows have a position."""
    return ~(sites.geometry.isna() | sites.geometry.is_empty)


def found(holder: Holder, sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that the reader looks for, those without a position first."""
    asked = str(st.session_state.get(work.SEARCH, "")).strip().casefold()
    rows = sites
    if asked:
        texts = rows[holder.name].astype("string").fillna("").str.casefold()
        for column in filter(None, ["district", holder.address]):
            texts = texts.str.cat(rows[column].astype("string").fillna("").str.casefold(), " ")
        rows = rows[texts.str.contains(asked, regex=False).to_numpy(dtype=bool)]
    order = located(rows).astype(int).sort_values(kind="stable").index
    return rows.loc[order]


def search(view: PageView[Data]) -> None:
    """Draw the search."""
    st.text_input(
        view.t("pins.search"),
        key=work.SEARCH,
        placeholder=view.t("pins.search"),
        label_visibility="collapsed",
        max_chars=60,
    )


def show(view: PageView[Data], holder: Holder, sites: gpd.GeoDataFrame) -> None:
    """Draw the list."""
    t, now = view.t, work.of(holder.key)
    rows = found(holder, sites)
    away = int((~located(rows)).sum())
    title = t("pins.list", n=formats.whole(len(rows)))
    grid.write(markup.heading(title, note=t("pins.list_note", n=formats.whole(away))))
    search(view)
    corrected = {each.id for each in now.corrections}
    with st.container(key="pin_list"):
        for _, row in rows.head(MOST).iterrows():
            id_ = str(row["id"])
            st.button(
                _label(view, holder, row, corrected=id_ in corrected),
                key=f"pin_row_{id_}",
                type="primary" if id_ == now.chosen else "tertiary",
                width="stretch",
                on_click=work.choose,
                args=(holder.key, id_),
            )
    if len(rows) > MOST:
        grid.write(markup.paragraph(t("pins.more", n=formats.whole(len(rows) - MOST))))
    if rows.empty:
        grid.write(markup.paragraph(t("pins.none_found")))


def _label(view: PageView[Data], holder: Holder, row: pd.Series, *, corrected: bool) -> str:
    """Return a row's name, where it is said to be, and how well that is known."""
    t = view.t
    known = names.terms("precision", t.lang).get(str(row["precision"]), "")
    tags = [names.home(row, t.lang), t("pins.corrected") if corrected else known]
    name = markdown.as_it_is(name_of(row, holder))
    said = markdown.as_it_is(t("list.dot").join(filter(None, tags)))
    return f"{name} :small[{said}]"


def name_of(row: pd.Series, holder: Holder) -> str:
    """Return what a row is called."""
    name = row[holder.name]
    return str(row["id"]) if name is None or name != name else str(name)  # noqa: PLR0124 - NaN
