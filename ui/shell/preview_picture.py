"""The map of a view as a small picture: for previews of links, and for browsers of old."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from geo import memory
from ui.pack import view_map
from ui.siting import wording
from ui.state import address, fields, pages
from ui.state.view import PageView, View

if TYPE_CHECKING:
    from ui.state.address import Values

PATH: Final = "/picture"
"""Path below which pictures are, by the page's name."""

PIXELS: Final = (2400, 1260)
"""Twice what programs that preview links expect at least, in the same shape."""

WITHIN_S: float = 25.0
"""In which the plan of a picture has to be known."""

_MM: Final = 25.4 / 300
"""Of a pixel."""


def shown(page: str, query: str) -> tuple[tuple[str, str], ...] | None:
    """Return what the picture of a view depends on; None where the view has no map.

    Parameters
    ----------
    page : str
        Name of the page.
    query : str
        The query of its address.
    """
    state = pages.OF_PAGE.get(page)
    if state is None or not view_map.has_map(state):
        return None
    values = address.parse(dict(parse_qsl(query)), state.fields()).values
    kept: Values = {**values, fields.WIDGET.name: "", "at": fields.SELECTED.default}
    if page == "site" and not values["id"]:
        return None
    if page == "layouts" and not values["layout"]:
        return None
    own = [item for item in state.fields() if not item.within]
    return tuple(address.render(kept, own).items())


def link(page: str, query: str) -> str:
    """Return the address of a view's picture below that of the app; nothing without a map."""
    asked = shown(page, query)
    if asked is None:
        return ""
    ending = f"?{urlencode(asked, safe=',:')}" if asked else ""
    return f"{PATH}/{page}.png{ending}"


@memory.by_view(latest=32)
def picture(page: str, asked: tuple[tuple[str, str], ...]) -> bytes:
    """Return the picture as PNG: of a page, as `shown` has it.

    Raises
    ------
    BusyError
        Where its plan is not known soon: it is looked for meanwhile.
    """
    state = pages.OF_PAGE[page]
    values = address.parse(dict(asked), state.fields()).values
    width, height = (pixels * _MM for pixels in PIXELS)
    asks = state.of(values)
    view: View = PageView(asks)
    if isinstance(asks, pages.Siting):
        view = wording.complete(PageView(asks), within_s=WITHIN_S)
    return view_map.map_picture(view, width, height, "png")
