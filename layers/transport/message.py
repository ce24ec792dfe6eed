"""What passes between page and map: what to draw, and clicks, read and written here alone.

Where a reader has moved the map to goes another way: `ui.state.map_listener`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from folium.utilities import camelize

from layers import escape
from layers.ground.base import AtlasMap
from layers.transport.overlay import Overlay

if TYPE_CHECKING:
    import folium

Kind = Literal[
    "site",
    "district",
    "cell",
    "cluster",
    "element",
    "place",
    "pin",
    "pinned",
    "unpinned",
    "stroke",
    "reshaped",
]
"""What can be clicked; an element is one of a layout, the id of a cell its zoom, x and y. A stroke
draws a new element, with the tool that its id names; an element that is reshaped has its corners
elsewhere. What is pinned is a row, or a pin of a trial, that was moved to a place; of a trial a pin
is also chosen, or taken away."""

DRAWN: Final = frozenset({"stroke", "reshaped"})
MOST_CORNERS: Final = 500
"""Of a line or an area that is drawn."""


@dataclass(frozen=True, kw_only=True)
class Clicked:
    """What the reader clicked, and where.

    Parameters
    ----------
    kind
        What it is.
    id
        Its id; empty for a place.
    lon, lat
        Degrees, WGS84; of what is drawn, where it ends.
    line
        What is drawn: longitude and latitude of each corner.
    """

    kind: Kind
    id: str
    lon: float
    lat: float
    line: tuple[tuple[float, float], ...] = ()


def clicked(payload: object) -> Clicked | None:
    """Read what the map sends of a click.

    Parameters
    ----------
    payload
        ``{"kind": ..., "id": ..., "lon": ..., "lat": ...}`` from
        layers/js/transport/overlay.js, with ``"line": [[lon, lat], ...]`` of what is drawn; any
        client can send anything.

    Returns
    -------
    Clicked or None
        None for everything that is no such message.
    """
    if not isinstance(payload, dict) or set(payload) != _keys(payload.get("kind")):
        return None
    kind, identity, lon, lat = (payload[key] for key in ("kind", "id", "lon", "lat"))
    if kind not in get_args(Kind) or not isinstance(identity, str):
        return None
    if (kind == "place") != (identity == ""):
        return None
    line = payload.get("line", [])
    if not _position([lon, lat]) or not _is_line(line):
        return None
    return Clicked(
        kind=cast("Kind", kind),
        id=identity,
        lon=float(lon),
        lat=float(lat),
        line=tuple((float(x), float(y)) for x, y in line),
    )


def _keys(kind: object) -> set[str]:
    """Return what a message of a kind holds."""
    drawn = isinstance(kind, str) and kind in DRAWN
    return {"kind", "id", "lon", "lat"} | ({"line"} if drawn else set())


def _is_line(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_CORNERS and all(map(_position, value))


def _position(value: object) -> bool:
    """Return whether it is a longitude and a latitude."""
    if not isinstance(value, list) or len(value) != 2:
        return False
    return _degrees(value[0], 180) and _degrees(value[1], 90)


def _degrees(value: object, most: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= most


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the map is sent: texts of JSON that may stand in a script.

    Parameters
    ----------
    options
        Leaflet's options.
    base
        For chuangtu.base.
    paint
        For chuangtu.paint.
    """

    options: str
    base: str
    paint: str


def shown(atlas: folium.Map, group: folium.FeatureGroup) -> Shown:
    """Return what a map is sent to show an overlay.

    Parameters
    ----------
    atlas
        From `base.base_map`.
    group
        From `overlay.overlay`.

    Raises
    ------
    ValueError
        If one of them is not of these makers.
    """
    if not isinstance(atlas, AtlasMap) or not isinstance(group, Overlay):
        raise ValueError(  # noqa: TRY004 - maps, but of another maker
            f"A {type(atlas).__name__} with a {type(group).__name__} has no Base or no Paint; "
            "build them with base.base_map and overlay.overlay."
        )
    options = {camelize(key): value for key, value in atlas.options.items()}
    return Shown(
        options=escape.script_json({"center": atlas.location, **options}),
        base=atlas.base.options,
        paint=group.paint.payload,
    )
