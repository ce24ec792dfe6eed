"""Since when the sites are known: a chart by year, and the slider that leaves out later ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo import formats
from geo.facts import years
from ui.blocks import grid, markup
from ui.cached import indicators, records
from ui.state import fields, session

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from ui.state.pages import Districts, Overview
    from ui.state.view import PageView, View

LABELLED = 5
"""Years between two labels of the axis."""


def show(view: PageView[Overview] | PageView[Districts]) -> None:
    """Draw chart and slider; nothing where no year of any site of the region is known."""
    if not records.dated(view.region).any():
        return
    t = view.t
    with st.container(key="years"):
        grid.write(chart(view, indicators.per_year(view.query), dated=indicators.dated(view.query)))
        st.select_slider(
            t("control.until"),
            fields.UNTIL.choices({}),
            key=session.widget_key(fields.UNTIL),
            format_func=lambda year: (
                t("control.until_value", value=year) if year else t("control.until_any")
            ),
            label_visibility="collapsed",
        )


def chart(view: View, counts: pd.DataFrame, *, dated: tuple[int, int]) -> Markup:
    """Return sites opened and recognised by year; how many have one and have none beside."""
    t, (known, unknown) = view.t, dated
    note, caption = (
        (
            t("overview.years_note", known=formats.whole(known), unknown=formats.whole(unknown)),
            "years_caption",
        )
        if unknown
        else (t("overview.years_note_all", known=formats.whole(known)), "years_caption_all")
    )
    return markup.heading(t("overview.years"), note=note) + markup.years(
        _bars(view, counts),
        caption=t(f"overview.{caption}", region=view.region_short, n=formats.whole(unknown)),
        heads=[t("overview.years_year"), *(t(f"overview.years_{each}") for each in years.EVENTS)],
        totals=[
            t(f"overview.years_{each}_n", n=formats.whole(counts[each].sum()))
            for each in years.EVENTS
        ],
    )


def _bars(view: View, counts: pd.DataFrame) -> list[markup.Year]:
    """Return every year, heights as shares of the fullest one."""
    t, last = view.t, view.state.criteria.until
    most = max(int(counts.sum(axis=1).max()), 1)
    bars = []
    for year, row in zip(counts.index, counts.itertuples(index=False), strict=True):
        events = zip(counts, row, strict=True)
        words = t("list.stop").join(
            t(f"overview.years_{name}_n", n=formats.whole(n)) for name, n in events if n
        )
        bars.append(
            markup.Year(
                name=str(year),
                counts=tuple(row),
                height=tuple(n / most for n in row),
                words=t("overview.years_bar", year=year, text=words) if words else "",
                label="" if year % LABELLED else str(year),
                later=last is not None and year > last,
            )
        )
    return bars
