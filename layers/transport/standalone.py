"""A page's map as one HTML file that opens from disk on a machine without a network."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from layers import bundle, escape, templates
from layers.transport import message

if TYPE_CHECKING:
    from pathlib import Path

    import folium

_ADDRESS = re.compile(r"url\(\s*(['\"]?)(?!#|data:)[^)]*\)")


class NotStandaloneError(ValueError):
    """A map cannot be written into one file; the message says what is missing."""


def standalone_html(
    atlas: folium.Map,
    group: folium.FeatureGroup,
    *,
    title: str,
    subtitle: str = "",
) -> str:
    """Write a map, its legend and its notes into one HTML file.

    Parameters
    ----------
    atlas
        From `base.base_map`, built with the document's bytes, not with its address.
    group
        From `overlay.overlay`; an online base map in it is left out.
    title
        Title of the page and heading above the map, plain text.
    subtitle
        Line below it: date, sources, plain text.

    Returns
    -------
    str
        HTML with Leaflet, our scripts and styles, the ground and the paint in it; fonts are those
        of the reader's machine. Its own policy forbids it to load anything.

    Raises
    ------
    NotStandaloneError
        If the ground is given by its address or the web assets are not installed.
    """
    payload = message.shown(atlas, group)
    base = json.loads(payload.base)
    if not isinstance(base["document"], dict):
        raise NotStandaloneError(
            "The ground is given by an address; build the map with the document's bytes."
        )
    paint = json.loads(payload.paint)
    if not bundle.built():
        raise NotStandaloneError("The map's scripts are not bundled; run `make assets`.")
    script, style = (_read(bundle.folder() / name) for name in (bundle.SCRIPT, bundle.STYLE))
    page = templates.html(
        "layers/transport/standalone.html",
        language="en" if paint["lang"] == "en" else "zh-Hans",
        title=title,
        subtitle=subtitle,
        style=inline_style(style),
        script=inline_script(script),
        options=payload.options,
        base=payload.base,
        paint=escape.script_json(paint | {"basemap": None, "position": None}),
    )
    return str(page)  # a document of its own: in a page's attribute it is escaped as any text


def inline_script(source: str) -> str:
    """Script that may stand between script tags.

    Parameters
    ----------
    source
        JavaScript in which ``</script``, ``<script`` and ``<!--`` stand in strings, patterns or
        comments alone.

    Returns
    -------
    str
        The same program: the sign ``<`` of those is written as an escape, source maps are dropped.
    """
    source = re.sub(r"^//# sourceMappingURL=.*$", "", source, flags=re.MULTILINE)
    return re.sub(r"<(?=/?script|!--)", r"\\x3C", source, flags=re.IGNORECASE)


def inline_style(source: str) -> str:
    """Style sheet that may stand between style tags and loads nothing: images become none."""
    loaded_nothing = re.sub(r"@import[^;]*;", "", _ADDRESS.sub("none", source))
    return re.sub(r"<(?=/style|!--)", r"\\3C ", loaded_nothing, flags=re.IGNORECASE)


def _read(path: Path) -> str:
    return path.read_text("utf-8")
