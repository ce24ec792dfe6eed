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

    from layers.printed.canvas import Canvas
    from layers.printed.press import Press


class Lines(NamedTuple):
    """Widths of borders, px of the screen."""

    neighbour: float = 0.6
    unit: float = 0.7
    city: float = 1.1
    outline: float = 1.7
    marked: float = 2.4


WIDTHS: Final = Lines()


def draw(
    canvas: Canvas,
    *,
    units: pd.DataFrame,
    areas: Mapping[str, str],
    water: str,
) -> None:
    """Draw the ground of a frame, without the borders of its districts.

    Parameters
    ----------
    canvas
        The frame.
    units
        Fill and sign of each district, as from `shading.shading`.
    areas
        Fill of the districts that have one of their own, as the style sheet writes it, by adcode.
    water
        Token of the colour of water.
    """
    press, ground, frame, _ = canvas
    colours, clip = press.colours, frame.box
    line = _pens(press)

    def put(geometries: NDArray[np.object_], look: Look) -> None:
        press.paper.draw(outlines.polygons(canvas.cut(geometries)), look)

    put(np.array([ground.mapped]), Look(fill=colours[water]))
    frame_box = shapely.box(clip.x, clip.y, clip.right, clip.bottom)
    if lines := hatches.pattern_of(f"var(--{water})", grey=press.paper.grey):
        hatches.fill(press, frame_box, lines, scale=press.pixel)
    put(np.array([ground.abroad]), Look(fill=colours["neigh"]))
    around = ground.context.geometry.to_numpy()
    put(around, Look(fill=colours["neigh"], edge=colours["neighline"], width=line.neighbour))
    own = canvas.cut(ground.own.geometry.to_numpy())
    whole = shapely.intersection(own, frame_box)
    for fill, rows in _by_fill(ground.own.index, units, areas).items():
        pattern = hatches.pattern_of(fill)
        if pattern is None:
            path = outlines.polygons(own[rows])
            press.paper.draw(path, Look(fill=press.colour(fill)))
        else:
            hatches.fill(press, shapely.union_all(whole[rows]), pattern, scale=press.pixel)


def borders(canvas: Canvas, *, units: pd.DataFrame) -> None:
    """Draw the borders of districts and cities, over all that fills the ground."""
    press, ground, _, _ = canvas
    colours, line = press.colours, _pens(press)
    own = canvas.cut(ground.own.geometry.to_numpy())
    faint = units["fill"].eq("neigh").any()  # where one district alone is meant
    cities = ground.level == "city" and not faint
    edge = Look(
        edge=colours["cityline" if cities else "line"], width=line.city if cities else line.unit
    )
    press.paper.draw(outlines.polygons(own), edge)
    strong = Look(edge=colours["cityline"], width=line.city, edge_alpha=0.75)
    if ground.borders is not None:
        of_cities = canvas.cut(np.array([ground.borders]))
        press.paper.draw(outlines.lines(of_cities), strong)
    rim = Look(edge=colours["cityline"], width=line.outline)
    press.paper.draw(outlines.polygons(canvas.cut(np.array([ground.outline]))), rim)


def mark(canvas: Canvas, codes: list[str], colour: str) -> None:
    """Draw a strong border round districts."""
    own = canvas.cut(canvas.ground.own.loc[codes].geometry.to_numpy())
    press = canvas.press
    look = Look(edge=press.colours[colour], width=_pens(press).marked)
    press.paper.draw(outlines.polygons(own), look)


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
