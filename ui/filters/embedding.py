"""The view as a widget for a page elsewhere: what to copy, and the line below the widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo import settings
from geo.facts import catalog
from layers import templates
from ui.state import fields, pages, session
from ui.state.address import render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ui.state.view import View

ASPECTS: Final = {"view": "16 / 10", "map": "4 / 3", "chart": "1 / 1"}
"""Width to height of a widget, whatever the width of its place."""


def offer(view: View, page: str, here: str, values: Mapping[str, Any]) -> None:
    """Show the code that puts this view into another page.

    Parameters
    ----------
    view
        The page's.
    page
        Its name.
    here
        Its address without what it asks.
    values
        What it asks, by the names of the address.
    """
    t = view.t
    st.caption(t("embed.note"))
    widget = st.segmented_control(
        t("embed.widget"),
        pages.OF_PAGE[page].widgets,
        default=fields.USUAL_WIDGET,
        required=True,
        key="embedded_widget",
        format_func=lambda each: t(f"embed.{each}"),
        label_visibility="collapsed",
        width="content",
    )
    query = render({**values, fields.WIDGET.name: widget}, view.state.fields())
    code = templates.html(
        "ui/filters/iframe.html",
        address=f"{here}?{urlencode(query, safe=',:')}",
        aspect=ASPECTS[widget],
        title=t("app.title"),
    )
    st.code(code, language=None, wrap_lines=True)
    if not settings.current().embed_origins:
        st.caption(t("embed.closed"))


def foot(view: View) -> None:
    """Write the line below a widget: whose it is, how old, and where all of it is."""
    known = view.state.fields()
    whole = render({**session.everything(), fields.WIDGET.name: ""}, known)
    st.html(
        templates.html(
            "ui/filters/widget_foot.html",
            t=view.t,
            address=f"?{urlencode(whole, safe=',:')}",
            date=catalog.catalogue_date().isoformat(),
        )
    )
