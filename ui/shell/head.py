"""The head of the sheet: name, tagline, and the pages, each with the address it opens at."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from geo.workspaces import region
from layers import templates
from ui.blocks import grid
from ui.state import fields, pages, session
from ui.state.address import render, settled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ui.state.view import View


def show(view: View, here: str) -> None:
    """Draw the head of a page."""
    t, values = view.t, session.everything()
    if region.key_of(str(values.get(fields.REGION.name, ""))) is not None:
        # Of a workspace, 数据 is its own page.
        values = {**values, fields.SHOW.name: "workspace"}
    links = {name: (address(name, values), t(f"nav.{name}")) for name in pages.IN_NAVIGATION}
    with st.container(key="head"):
        grid.write(templates.html("ui/shell/head.html", t=t, links=links, here=here))


def address(name: str, values: Mapping[str, Any]) -> str:
    """Return the address at which a page opens: all that the reader has chosen and it can show."""
    # A page opens on all that it shows, wherever the map of another stands.
    known = [item for item in pages.OF_PAGE[name].fields() if not item.within]
    query = urlencode(render(settled(values, known), known), safe=",:")
    path = pages.path(name)
    return f"{path}?{query}" if query else path
