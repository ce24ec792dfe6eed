"""The row in hand: where it goes to, how well that is known, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.corrections import making, reasons
from geo.corrections.correction import written
from geo.corrections.reasons import CorrectionTexts
from ui.blocks import grid, markup
from ui.cached import names
from ui.pinning import listed, work

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ui.pinning.holder import Holder
    from ui.pinning.work import Work
    from ui.state.pages import Data
    from ui.state.view import PageView

LONGEST: Final = 60
"""Characters of coordinates that are typed."""

_SHOWN: Final = "pin_shown"
"""The row and the position that the field of coordinates shows."""


def show(view: PageView[Data], holder: Holder, sites: gpd.GeoDataFrame) -> None:
    """Draw the form of the row in hand, or how to take one."""
    t, now = view.t, work.of(holder.key)
    rows = sites[sites["id"].astype(str) == now.chosen]
    if rows.empty:
        grid.write(markup.paragraph(t("pins.pick"), kind="lead"))
        return
    row = rows.iloc[0]
    stands = bool(listed.located(rows).iloc[0])
    at = now.moves[-1] if now.moves else (row.geometry.x, row.geometry.y) if stands else None
    with st.container(key="pin_card"):
        grid.write(markup.heading(listed.name_of(row, holder), note=_where(view, holder, row)))
        grid.write(markup.paragraph(_moved(view, holder, row, now, stands=stands)))
        _coordinates(view, holder, now, at)
        _precision(view, row, stands=stands)
        why(view)
        with st.container(key="pin_acts", horizontal=True):
            st.button(
                t("pins.record"),
                key="pin_record",
                type="primary",
                disabled=not _ready(row, now, stands=stands),
                on_click=work.record,
                args=(holder, t.lang),
            )
            st.button(
                t("pins.lay_down"),
                key="pin_lay_down",
                type="tertiary",
                on_click=work.choose,
                args=(holder.key, now.chosen),
            )


def _where(view: PageView[Data], holder: Holder, row: pd.Series) -> str:
    """Return the district that a row names, and its address."""
    address = written(row[holder.address]) if holder.address else ""
    return view.t("list.dot").join(filter(None, [names.home(row, view.t.lang), address]))


def _moved(view: PageView[Data], holder: Holder, row: pd.Series, now: Work, *, stands: bool) -> str:
    """Return where the row is moved to, and whether that is the district that it names."""
    t = view.t
    if not now.moves:
        return t("pins.how_placed" if stands else "pins.how_unplaced")
    lon, lat = now.moves[-1]
    there = making.district_at(lon, lat, holder.units)
    name = names.counties(t.lang)[there]
    before = written(row["adcode"])
    key = "moved" if before in {"", there} else "moved_other"
    return t(f"pins.{key}", district=name, before=names.home(row, view.t.lang))


def _coordinates(
    view: PageView[Data], holder: Holder, now: Work, at: tuple[float, float] | None
) -> None:
    """Show where the pin is, and take what is typed in its place.

    The field follows the pin. What is typed counts once it is handed over, so a browser that
    has not yet seen the pin move cannot move it back; what is refused stays, to be put right.
    """
    text = "" if at is None else f"{at[0]:.6f}, {at[1]:.6f}"
    shown = (holder.key, now.chosen, text)
    if work.TYPED not in st.session_state or st.session_state.get(_SHOWN) != shown:
        st.session_state[work.TYPED] = text
        st.session_state[_SHOWN] = shown
    with st.form("pin_typing", border=False), grid.row("pin_typed_row"):
        st.text_input(view.t("pins.coordinates"), key=work.TYPED, max_chars=LONGEST)
        st.form_submit_button(
            view.t("pins.move"), key="pin_move", on_click=work.type_in, args=(holder,)
        )


def _precision(view: PageView[Data], row: pd.Series, *, stands: bool) -> None:
    """Ask how well the position is known: as it is, else as the reader said last."""
    if work.PRECISION not in st.session_state:
        usual = str(row["precision"]) if stands else work.said(work.PRECISION)
        st.session_state[work.PRECISION] = usual if usual in making.PRECISIONS else None
    known = names.terms("precision", view.t.lang)
    st.selectbox(
        view.t("pins.precision"),
        making.PRECISIONS,
        key=work.PRECISION,
        index=None,
        format_func=known.__getitem__,
        placeholder=view.t("pins.choose"),
    )


def why(view: PageView[Data]) -> None:
    """Ask for the reason: a usual one, and words of one's own."""
    t, words = view.t, CorrectionTexts(view.t.lang)
    for key in (work.REASON, work.WORDS):
        if key not in st.session_state and work.said(key):
            st.session_state[key] = work.said(key)
    st.selectbox(
        t("pins.reason"),
        reasons.OFFERED,
        key=work.REASON,
        index=None,
        format_func=lambda code: words(f"reason.{code}"),
        placeholder=t("pins.choose"),
    )
    st.text_input(t("pins.words"), key=work.WORDS, max_chars=reasons.LONGEST)


def _ready(row: pd.Series, now: Work, *, stands: bool) -> bool:
    """Return whether there is something to record, with all that goes with it."""
    known_to = st.session_state.get(work.PRECISION)
    changed = bool(now.moves) or (stands and known_to != row["precision"])
    return changed and bool(known_to) and bool(st.session_state.get(work.REASON))
