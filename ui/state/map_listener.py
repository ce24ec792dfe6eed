"""Where the reader has moved a map to: in the address, in the session, and on the map.

The map says where it stands (layers/js/transport/position.js). The page's listener writes that
into the address, in its place: a movement runs nothing, and what the session writes without it is
mended. The session hears of it only when the reader copies a link. What is said by itself may
come together with what the reader does, and Streamlit makes one run of what is set at once: of
the fragment alone where one part is a fragment's, or of the page that was left.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from layers.transport.overlay import Position
from ui.state import fields, map_position, pages, session
from ui.state.address import render

if TYPE_CHECKING:
    from collections.abc import Collection

    from ui.state.address import Field, Values
    from ui.state.view import View

KEY = "positions"
COPIES = "copy_link"
"""Key of what shows the link: before it is read, the session hears where the maps stand."""

_LISTENER = Path(__file__).with_name("map_listener.js").read_text("utf-8")

_listener = st.components.v2.component("chuangtu_positions", js=_LISTENER)


def shown(view: View, page: str, item: Field = fields.MAP) -> Position:
    """Return where a map of a page is to stand, and as what it says where it stands."""
    at = map_position.parts(item.of(view.state))
    return Position(
        name=item.name, of=_owner(view.state.values, page, item), at=at, arrival=session.arrivals()
    )


def positions(page: str) -> Values:
    """Return where the page's maps stand now."""
    return {item.name: session.value(item) for item in _maps(page)}


def listen(view: View, page: str) -> None:
    """Hear where the page's maps are moved to; once a page."""
    owners = {item: _owner(view.state.values, page, item) for item in _maps(page)}
    if not owners:
        return
    with st.container(key=f"{KEY}_place"):
        # With the address it runs anew, and mends it when it was written without the positions.
        _listener(
            key=KEY,
            data={
                "positions": positions(page),
                "copies": COPIES,
                "address": session.address_of_state(),
            },
            on_positions_change=partial(_take, owners, view.state.values),
        )


def _take(owners: dict[Field, str], values: Values) -> None:
    """Take over what the maps say, unless the page has gone to another place since."""
    known = getattr(st.session_state.get(KEY), "positions", None) or {}
    for item, owner in owners.items():
        position = known.get(item.name) or {}
        at = item.read(str(position.get("at")))
        if position.get("of") == owner and item.allows(values)(at):
            session.put(item, at)


def _maps(page: str) -> Collection[Field]:
    return [item for item in pages.OF_PAGE[page].fields() if item.within]


def _owner(values: Values, page: str, item: Field) -> str:
    """Return the part of the address that a position goes with: the page, and what it shows."""
    written = render(
        values, [each for each in pages.OF_PAGE[page].fields() if each.name in item.within]
    )
    query = urlencode({name: written.get(name, "") for name in item.within}, safe=",:")
    return f"{pages.path(page)}?{query}"
