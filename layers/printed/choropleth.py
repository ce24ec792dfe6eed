"""Sea, neighbours and districts with their fills and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from layers.printed import hatches, outlines
from layers.printed.paper import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from layers.printed.frame import Frame
    from layers.printed.ground import Ground
    from layers.printed.press import Press

AIR_MM: Final = 3.0
"""How far beyond a frame its ground is cut, so that no border runs along its sides."""


class Lines(NamedTuple):
    """Widths of borders, px of the screen."""

    neighbour: float = 0.6
    unit: float = 0.7
    city: float = 1.1
    outline: float = 1.7
    marked: float = 2.4


WIDTHS: Final = Lines()


def draw(
    press: Press,
    ground: Ground,
    frame: Frame,
    *,
    units: pd.DataFrame,
    areas: Mapping[str, str],
    water: str,
) -> None:
    """Draw the ground of a frame.

    Parameters
    ----------
    press, ground, frame
        With what, what, and where.
    units
        Fill and sign of each district, as from `shading.shading`.
    areas
        Fill of the districts that have one of their own, as the style sheet writes it, by adcode.
    water
        Token of the colour of water.
    """
    colours, clip = press.colours, frame.box
    line = _pens(press)

    def put(geometries: NDArray[np.object_], look: Look) -> None:
        press.paper.draw(outlines.polygons(cut(frame, geometries)), look, clip=clip)

    put(np.array([ground.mapped]), Look(fill=colours[water]))
    put(np.array([ground.abroad]), Look(fill=colours["neigh"]))
    around = ground.context.geometry.to_numpy()
    put(around, Look(fill=colours["neigh"], edge=colours["neighline"], width=line.neighbour))
    own = cut(frame, ground.own.geometry.to_numpy())
    whole = shapely.intersection(own, shapely.box(clip.x, clip.y, clip.right, clip.bottom))
    for fill, rows in _by_fill(ground.own.index, units, areas).items():
        pattern = hatches.pattern_of(fill)
        if pattern is None:
            path = outlines.polygons(own[rows])
            press.paper.draw(path, Look(fill=press.colour(fill)), clip=clip)
        else:
            hatches.fill(press, shapely.union_all(whole[rows]), pattern, scale=press.pixel)
    cities = ground.level == "city"
    edge = Look(
        edge=colours["cityline" if cities else "line"], width=line.city if cities else line.unit
    )
    press.paper.draw(outlines.polygons(own), edge, clip=clip)
    strong = Look(edge=colours["cityline"], width=line.city, edge_alpha=0.75)
    if ground.borders is not None:
        borders = cut(frame, np.array([ground.borders]))
        press.paper.draw(outlines.lines(borders), strong, clip=clip)
    rim = Look(edge=colours["cityline"], width=line.outline)
    put(np.array([ground.outline]), rim)


def mark(press: Press, ground: Ground, frame: Frame, codes: list[str], colour: str) -> None:
    """Draw a strong border round districts."""
    own = cut(frame, ground.own.geometry[codes].to_numpy())
    look = Look(edge=press.colours[colour], width=_pens(press).marked)
    press.paper.draw(outlines.polygons(own), look, clip=frame.box)


def _pens(press: Press) -> Lines:
    return Lines(*(press.pixel * width for width in WIDTHS))


def _by_fill(
    index: pd.Index, units: pd.DataFrame, areas: Mapping[str, str]
) -> dict[str, list[int]]:
    """Return the rows of the districts of each fill."""
    rows: dict[str, list[int]] = {}
    looks = units.reindex(index)[["fill", "sign"]].fillna("")
    for row, (code, fill, sign) in enumerate(looks.itertuples(name=None)):
        told = areas.get(str(code), "") or _told(fill, sign)
        rows.setdefault(told, []).append(row)
    return rows


def _told(fill: str, sign: str) -> str:
    """Return the fill of a district as a style sheet writes it."""
    if sign == "none":
        return "url(#ct-none)"
    return f"url(#ct-few-{fill})" if sign == "few" else f"var(--{fill or 'own'})"


def cut(frame: Frame, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return what a frame shows of geometries of the plane, mm on the sheet."""
    west, south, east, north = frame.bounds
    air = AIR_MM * frame.metres
    inside = shapely.clip_by_rect(geometries, west - air, south - air, east + air, north + air)
    placed = shapely.transform(inside, frame.place)
    return np.asarray(placed, dtype=object)
