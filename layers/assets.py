"""What the map loads, and from where; anything else is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from branca.colormap import ColorMap
from folium.elements import JSCSSMixin

from layers import bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEAFLET_VERSION = "1.9.4"
STYLE_SHEETS = ("chuangtu.css", "layouts.css", "results.css", "paper.css")

CDN = f"https://cdn.jsdelivr.net/npm/leaflet@{LEAFLET_VERSION}/dist/"
_FROM_PAGE = "assets/"


class UnlistedLinkError(ValueError):
    """A map element asks for a file that is not on the list of assets."""


@dataclass(frozen=True, kw_only=True)
class AssetLinks:
    """Links for the map, as (name, address) in the order of loading.

    Parameters
    ----------
    js
        Scripts.
    css
        Style sheets.
    local
        Whether all of them come from the app's own server.
    """

    js: tuple[tuple[str, str], ...]
    css: tuple[tuple[str, str], ...]
    local: bool


def mounts() -> dict[str, Path]:
    """Folders to serve below the assets address, by their name in it.

    The bundle's is served whether it is there yet or not: made later, it is found at once.
    """
    return {"built": bundle.folder(), "js": bundle.SCRIPT_FOLDER, "css": bundle.STYLE_FOLDER}


def links(*, base: str = _FROM_PAGE) -> AssetLinks:
    """Links to scripts and styles of the map.

    Parameters
    ----------
    base
        Address of the assets as seen from the page.

    Returns
    -------
    AssetLinks
        The bundle, with the checksum of its sources in the query so that it can be cached for
        ever. Where it has not been made: our sources as they are, and Leaflet from the public CDN.
    """
    if bundle.built():
        version = f"?v={bundle.checksum()[:12]}"
        return AssetLinks(
            js=(("atlas", f"{base}built/{bundle.SCRIPT}{version}"),),
            css=(("atlas_css", f"{base}built/{bundle.STYLE}{version}"),),
            local=True,
        )
    return AssetLinks(
        js=(("leaflet", f"{CDN}leaflet.js"), ("atlas", f"{base}js/atlas.js")),
        css=(
            ("leaflet_css", f"{CDN}leaflet.css"),
            *((name, f"{base}css/{name}") for name in STYLE_SHEETS),
        ),
        local=False,
    )


def requested(element: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - folium's own tree
    """Addresses that an element and all below it would make the page load.

    Parameters
    ----------
    element
        A folium or branca element.

    Yields
    ------
    tuple of str
        Kind of the element and the address.
    """
    kind = type(element).__name__
    if isinstance(element, ColorMap):
        yield kind, "d3 (every branca colour map adds it)"
    if isinstance(element, JSCSSMixin):
        for _, address in (*element.default_js, *element.default_css):
            yield kind, address
    for child in element._children.values():  # noqa: SLF001 - branca's own templates walk it so
        yield from requested(child)


def guard(element: Any, allowed: AssetLinks) -> None:  # noqa: ANN401 - folium's own tree
    """Refuse a map that would load anything that is not listed.

    Parameters
    ----------
    element
        A folium or branca element with its children.
    allowed
        The only addresses it may ask for.

    Raises
    ------
    UnlistedLinkError
        Naming every element and address that is not on the list.
    """
    known = {address for _, address in (*allowed.js, *allowed.css)}
    wrong = sorted(
        {f"{kind}: {address}" for kind, address in requested(element) if address not in known}
    )
    if wrong:
        raise UnlistedLinkError(
            "The map would load files that are not among the app's assets; add them there or "
            "use an element without them.\n" + "\n".join(wrong)
        )
