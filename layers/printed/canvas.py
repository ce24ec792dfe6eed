"""A frame while it is drawn: with what, on which ground, where, and what room is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.printed.frame import Frame
    from layers.printed.ground import Ground
    from layers.printed.placing import Room
    from layers.printed.press import Press

AIR_MM = 3.0
"""How far beyond a frame its ground is cut, so that no border runs along its sides."""


class Canvas(NamedTuple):
    """A frame while it is drawn.

    Attributes
    ----------
    press
        With what: what lies beyond the frame is not seen.
    ground
        As light as the frame shows it.
    frame
        Where.
    room
        Where labels still can stand.
    """

    press: Press
    ground: Ground
    frame: Frame
    room: Room

    def place(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where positions in degrees lie on the sheet, mm, two columns."""
        return self.frame.place(self.ground.place(lon, lat))

    def cut(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return what the frame shows of geometries of the plane, mm on the sheet."""
        west, south, east, north = self.frame.bounds
        air = AIR_MM * self.frame.metres
        inside = shapely.clip_by_rect(geometries, west - air, south - air, east + air, north + air)
        return np.asarray(shapely.transform(inside, self.frame.place), dtype=object)
