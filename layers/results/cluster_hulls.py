"""Clusters of sites on the map: a hull round each, its number and its name outside all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely

from layers import escape

if TYPE_CHECKING:
    from shapely import Polygon

DECIMALS: Final = 5
"""Of a degree: about a metre."""


def rims(area: shapely.Geometry) -> list[list[list[list[float]]]]:
    """Return the rings of each polygon of an area, the outer one first, as the overlay has them."""
    return [
        [
            shapely.get_coordinates(ring).round(DECIMALS).tolist()[:-1]
            for ring in shapely.get_rings(part)
        ]
        for part in shapely.get_parts(area)
        if not part.is_empty
    ]


def rim(outline: Polygon) -> list[list[float]]:
    """Return the outer ring of an outline as the overlay has it."""
    ring = shapely.get_coordinates(shapely.get_exterior_ring(outline))
    found: list[list[float]] = ring[:-1].round(DECIMALS).tolist()
    return found


@dataclass(frozen=True, kw_only=True)
class Hull:
    """A cluster as the map draws it; plain texts.

    Parameters
    ----------
    id
        What a click on it is told as, see `message.Clicked`.
    number
        Its number in the list beside the map.
    name, size
        What it is called, and how many sites it has: written beside the number where there is
        room.
    caption
        Second line of its tooltip.
    outline
        Where it lies, degrees, WGS84.
    chosen
        Whether it is the selected one; the map moves to it where a list chose it.
    centred
        Whether the number stands in its middle, where a site would be.
    beside
        Whether something else is set beside it: it is drawn quietly, its number alone.
    """

    id: str
    number: int
    name: str
    size: str
    caption: str
    outline: Polygon
    chosen: bool = False
    centred: bool = False
    beside: bool = False

    def payload(self) -> dict[str, Any]:
        """Return the overlay's part for it."""
        return {
            "id": escape.text(self.id),
            "number": self.number,
            "name": escape.text(self.name),
            "size": escape.text(self.size),
            "caption": escape.text(self.caption),
            "rim": rim(self.outline),
            "chosen": self.chosen,
            "centred": self.centred,
            "beside": self.beside,
        }
