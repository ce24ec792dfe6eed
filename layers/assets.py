"""What the map loads, and from where; anything else is refused."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from branca.colormap import ColorMap
from folium.elements import JSCSSMixin

if TYPE_CHECKING:
    from collections.abc import Iterator

STATIC = Path(__file__).with_name("static")
LEAFLET_VERSION = "1.9.4"
SCRIPTS = (
    "datum.js",
    "symbols.js",
    "results.js",
    "place.js",
    "outline.js",
    "labels.js",
    "inset.js",
    "layouts.js",
    "notes.js",
    "frame.js",
    "ground.js",
    "selection.js",
    "lettering.js",
    "position.js",
    "bring.js",
    "view.js",
    "paper.js",
    "chuangtu.js",
    "mount.js",
)
STYLES = ("chuangtu.css", "layouts.css", "results.css", "paper.css")

_ROOT = Path(__file__).resolve().parent.parent
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


def leaflet_dist() -> Path | None:
    """Folder with leaflet.js and leaflet.css, or None when the web assets are not installed.

    The environment variable CHUANGTU_NODE_MODULES names another node_modules folder than the
    project's own.
    """
    dist = _leaflet_folder()
    return dist if (dist / "leaflet.js").is_file() and (dist / "leaflet.css").is_file() else None


def _leaflet_folder() -> Path:
    modules = Path(os.environ.get("CHUANGTU_NODE_MODULES") or _ROOT / "node_modules")
    return modules / "leaflet" / "dist"


def mounts() -> dict[str, Path]:
    """Folders to serve below the assets address, by their name in it.

    Leaflet's is served whether it is there yet or not: installed later, it is found at once.
    """
    return {"chuangtu": STATIC, "leaflet": _leaflet_folder()}


def links(*, base: str = _FROM_PAGE, leaflet: str | None = None) -> AssetLinks:
    """Links to Leaflet and to our own scripts and styles.

    Parameters
    ----------
    base
        Address of the assets as seen from the page.
    leaflet
        Address of Leaflet's folder. Default: below `base` where the web assets are installed,
        else the public CDN.

    Returns
    -------
    AssetLinks
        Our own files carry a hash of their content in the query, so that they can be cached
        for ever.
    """
    local = leaflet is not None or leaflet_dist() is not None
    folder = leaflet or (f"{base}leaflet/" if local else CDN)
    version = f"?v={LEAFLET_VERSION}"

    def own(name: str) -> tuple[str, str]:
        return name, f"{base}chuangtu/{name}?v={_digest(name)}"

    return AssetLinks(
        js=(("leaflet", f"{folder}leaflet.js{version}"), *map(own, SCRIPTS)),
        css=(("leaflet_css", f"{folder}leaflet.css{version}"), *map(own, STYLES)),
        local=local,
    )


@cache
def _digest_at(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _digest(name: str) -> str:
    path = STATIC / name
    return _digest_at(path, path.stat().st_mtime_ns)


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
    for child in getattr(element, "_children", {}).values():
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
