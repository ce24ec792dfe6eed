"""What a reader draws or types for a layout, as the place of an element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from geo.measures import containment
from geo.policy import shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.facts.schemas import Located
    from geo.policy.model import Layout

    Position = tuple[float, float]

Tool = Literal["core", "node", "corridor", "zone", "carrier"]
"""What can be drawn: cores and nodes take the district they are put on."""

Fault = Literal["outside", "crossing", "short", "unread", "named"]

DECIMALS: Final = 5
"""Of degrees: about a metre."""

FEWEST: Final = {"corridor": 2, "zone": shapes.FEWEST}

_PAIR = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)[\s,，]+(-?\d{1,3}(?:\.\d+)?)\s*")


class RefusedStrokeError(Exception):
    """A stroke that gives no place.

    Parameters
    ----------
    code
        ``outside`` the region, ``crossing`` itself, too ``short``, ``unread`` (typed, and no
        coordinates), ``named`` (the district is such an element already).
    at
        Where, as longitude and latitude.
    text
        What could not be read.
    """

    def __init__(self, code: Fault, *, at: Position | None = None, text: str = "") -> None:
        self.code, self.at, self.text = code, at, text
        super().__init__(code)


def typed(text: str) -> tuple[Position, ...]:
    """Read positions that a reader typed: longitude and latitude, a line or a semicolon apart.

    Raises
    ------
    RefusedStrokeError
        ``unread``, with the first piece that is none.

    Examples
    --------
    >>> typed("121.47, 31.23; 121.5 31.2")
    ((121.47, 31.23), (121.5, 31.2))
    """
    positions = []
    for piece in re.split(r"[;；\n]+", text.strip()):
        pair = _PAIR.fullmatch(piece)
        if pair is None:
            raise RefusedStrokeError("unread", text=piece.strip())
        positions.append((float(pair[1]), float(pair[2])))
    return tuple(positions)


def written(positions: Sequence[Position]) -> str:
    """Return positions as `typed` reads them."""
    return "\n".join(f"{lon:.{DECIMALS}f}, {lat:.{DECIMALS}f}" for lon, lat in positions)


def extent(
    tool: Tool,
    positions: Sequence[Position],
    units: gpd.GeoDataFrame,
    *,
    precision: Located = "street",
) -> dict[str, Any]:
    """Return the place that a stroke gives, as a layout's file has it.

    Parameters
    ----------
    tool
        What is drawn.
    positions
        Longitude and latitude of each click, WGS84.
    units
        Districts or cities of the region, index adcode.
    precision
        Of a carrier's point.

    Raises
    ------
    RefusedStrokeError
        If it gives none; the first reason found.
    """
    line = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in positions]
    line = [each for at, each in enumerate(line) if not at or each != line[at - 1]]
    if tool == "zone" and len(line) > 1 and line[0] == line[-1]:
        line.pop()
    if len(line) < FEWEST.get(tool, 1):
        raise RefusedStrokeError("short")
    lon, lat = np.array(line).T
    rows = containment.rows(lon, lat, units.geometry.to_numpy(), units.index)
    if (rows < 0).any():
        raise RefusedStrokeError("outside", at=line[int(np.argmax(rows < 0))])
    if tool == "zone":
        met = shapes.crossing(line)
        if met is not None:
            raise RefusedStrokeError("crossing", at=met)
        return {"outline": [list(each) for each in line]}
    if tool == "corridor":
        return {"axis": [list(each) for each in line]}
    lon, lat = line[0]
    if tool == "carrier":
        return {"point": {"lon": lon, "lat": lat, "precision": precision}}
    return {"districts": [str(units.index[rows[0]])]}


def of_district(layout: Layout, code: str) -> str:
    """Return the id of the core or node that is just one district; empty where there is none."""
    return next(
        (
            each.id
            for each in layout.elements
            if each.kind in {"core", "node"} and each.extent.districts == (code,)
        ),
        "",
    )
