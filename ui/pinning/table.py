"""Several rows at once: a table whose cells are typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from geo import formats
from geo.corrections import making
from geo.facts import precision
from ui.blocks import grid, markup
from ui.cached import names
from ui.pinning import in_hand, listed, work

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from ui.pinning.holder import Holder
    from ui.state.pages import Data
    from ui.state.view import PageView

MOST: Final = 500
"""Rows of the table; a search finds the others."""

HEIGHT: Final = 560


def show(view: PageView[Data], holder: Holder, sites: gpd.GeoDataFrame) -> None:
    """Draw the table of the rows that the reader looks for."""
    t, now = view.t, work.of(holder.key)
    listed.search(view)
    rows = listed.found(holder, sites).head(MOST)
    called = _districts(view, holder)
    known = names.terms("precision", t.lang)
    frame = cells(holder, rows, called, known)
    key = f"{work.TABLE}_{now.turn}_{len(rows)}_{t.lang}"
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    select = st.column_config.SelectboxColumn
    named = {
        "name": text(t("pins.field_name"), disabled=True, width="medium"),
        making.DISTRICT: select(t("pins.field_adcode"), options=list(called.values())),
        "address": text(t("pins.field_address"), width="medium"),
        "lon": number(t("pins.field_lon"), format="%.6f"),
        "lat": number(t("pins.field_lat"), format="%.6f"),
        precision.COLUMN: select(
            t("pins.field_precision"), options=[known[code] for code in making.PRECISIONS]
        ),
    }
    st.data_editor(
        frame,
        key=key,
        column_config=named,
        hide_index=True,
        num_rows="fixed",
        height=HEIGHT,
        width="stretch",
    )
    typed: Mapping[int, Mapping[str, Any]] = st.session_state[key]["edited_rows"]
    edits = edited(holder, frame, typed, called, known)
    if len(sites) > MOST:
        grid.write(markup.paragraph(t("pins.table_more", n=formats.whole(MOST))))
    with st.container(key="pin_table_said"):
        in_hand.why(view)
        st.button(
            t("pins.record_table", n=formats.whole(len(edits))),
            key="pin_record_table",
            type="primary",
            disabled=not edits or not st.session_state.get(work.REASON),
            on_click=work.record_table,
            args=(holder, edits, t.lang),
        )


def _districts(view: PageView[Data], holder: Holder) -> dict[str, str]:
    """Return districts by adcode under names that tell them apart."""
    every = names.counties(view.t.lang)
    called = {code: every[code] for code in holder.units}
    twice = pd.Series(called).duplicated(keep=False)
    return {code: f"{name} {code}" if twice[code] else name for code, name in called.items()}


def cells(
    holder: Holder,
    rows: gpd.GeoDataFrame,
    called: Mapping[str, str],
    known: Mapping[str, str],
) -> pd.DataFrame:
    """Return the cells that can be typed into, by the rows' ids."""
    points = rows.geometry
    frame = pd.DataFrame(
        {
            "name": [listed.name_of(row, holder) for _, row in rows.iterrows()],
            making.DISTRICT: rows["adcode"].astype("string").map(dict(called)).to_numpy(object),
        },
        index=pd.Index(rows["id"].astype(str), name="id"),
    )
    if holder.address:
        frame["address"] = rows[holder.address].astype("string").to_numpy(object)
    frame["lon"], frame["lat"] = points.x.to_numpy(), points.y.to_numpy()
    codes = rows[precision.COLUMN].astype("string")
    frame[precision.COLUMN] = (
        codes.where(codes.isin(making.PRECISIONS)).map(dict(known)).to_numpy(object)
    )
    return frame


def edited(
    holder: Holder,
    frame: pd.DataFrame,
    typed: Mapping[int, Mapping[str, Any]],
    called: Mapping[str, str],
    known: Mapping[str, str],
) -> dict[str, dict[str, object]]:
    """Return what was typed as `geo.corrections.making.edited` takes it."""
    codes = {
        making.DISTRICT: {name: code for code, name in called.items()},
        precision.COLUMN: {name: code for code, name in known.items()},
    }
    edits: dict[str, dict[str, object]] = {}
    for at, values in typed.items():
        row = edits.setdefault(str(frame.index[int(at)]), {})
        for column, value in values.items():
            field = holder.address if column == "address" else column
            row[field] = codes[column].get(value, "") if column in codes else value
    return edits
