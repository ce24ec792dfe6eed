"""Clusters on paper: a hull round each, its number and its name outside all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.printed import names, outlines, placing, style_sheets
from layers.printed.names import Label
from layers.printed.paper import Lettering
from layers.printed.placing import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.printed.canvas import Canvas
    from layers.printed.frame import Frame
    from layers.results.cluster_hulls import Hull

REACH_MM: Final = 22.0
"""How far from its hull a name stands at most."""

STEP_MM: Final = 2.0
TIED_MM: Final = 2.6
"""From here on a line ties a name to its hull."""

MISTAKEN: Final = (35.0, 4.0)
"""What it costs to be nearly as near to another hull, and within how many mm that is."""


def draw(canvas: Canvas, clusters: Sequence[Hull]) -> list[shapely.Geometry]:
    """Draw hulls, keep labels off them, and return those that are in the frame, mm."""
    press, ground, _, room = canvas
    flat = []
    for hull in clusters:
        rim = shapely.get_coordinates(hull.outline)
        flat.append(shapely.polygons(ground.place(*rim.T)))
    shapes = canvas.cut(np.array(flat, dtype=object))
    for hull, shape in zip(clusters, shapes, strict=True):
        looks = (("ct-chosen", hull.chosen), ("ct-beside", hull.beside))
        said = style_sheets.of(" ".join(["ct-hull", *(name for name, on in looks if on)]))
        drawn = outlines.polygons(np.array([shape]))
        press.paper.draw(drawn, press.look(said))
    room.solid = shapely.union_all(shapes)
    return list(shapes)


def area(canvas: Canvas, area: shapely.Geometry, name: str) -> None:
    """Draw an area as the screen's style sheet has it: what sites reach, where they may move."""
    press, ground, _, _ = canvas
    flat = shapely.transform(area, lambda at: np.asarray(ground.place(*at.T)))
    (shape,) = canvas.cut(np.array([flat], dtype=object))
    if not shapely.is_empty(shape):
        parts = outlines.polygons(np.array([shape], dtype=object))
        press.paper.draw(parts, press.look(style_sheets.of(name)))


def letter(canvas: Canvas, clusters: Sequence[Hull], shapes: Sequence[shapely.Geometry]) -> None:
    """Letter hulls: number, name and size, or the number alone where there is no room."""
    press, _, frame, room = canvas
    k, colours = press.letters, press.colours
    name = Lettering(style="strong", size=3.1 * k, colour=colours["ink"], halo=colours["halo"])
    size = Lettering(style="plain", size=2.7 * k, colour=colours["ink2"], halo=colours["halo"])
    every = np.array(shapes, dtype=object)
    for row, (hull, shape) in enumerate(zip(clusters, shapes, strict=True)):
        if shapely.is_empty(shape):
            continue
        disc = "" if hull.centred else str(hull.number)
        if hull.centred:
            names.disc(press, str(hull.number), shapely.get_coordinates(shapely.centroid(shape))[0])
        whole = Label(lines=((hull.name, name), (hull.size, size)), disc=disc)
        alone = (Label(lines=(("", name),), disc=disc),) if disc else ()
        for label in alone if hull.beside else (whole, *alone):
            across, up = label.size(press)
            spots = _spots(frame, every, row, (across, up))
            wanted = Wanted(size=(across, up), at=(0, 0), spots=spots, crowd=6, cover=1.5)
            (found,) = placing.place([wanted], room)
            if found is None:
                continue
            x, y = found.middle
            own = shapely.box(x - across / 2, y - up / 2, x + across / 2, y + up / 2)
            if shapely.distance(own, shape) > TIED_MM:
                line = shapely.get_coordinates(shapely.shortest_line(shape, own))
                names.tie(press, (tuple(line[0]), tuple(line[1])))
            names.draw(press, label, found)
            break


def _spots(
    frame: Frame, shapes: NDArray[np.object_], row: int, size: tuple[float, float]
) -> NDArray[np.float64]:
    """Return middles round a hull: x, y and their cost."""
    west, north, east, south = shapely.bounds(shapes[row])
    across, up = size[0] / 2, size[1] / 2
    reach = REACH_MM
    columns = np.arange(
        max(frame.box.x + across, west - across - reach),
        min(frame.box.right - across, east + across + reach),
        STEP_MM,
    )
    rows = np.arange(
        max(frame.box.y + up, north - up - reach),
        min(frame.box.bottom - up, south + up + reach),
        STEP_MM * 0.8,
    )
    x, y = (each.ravel() for each in np.meshgrid(columns, rows))
    boxes = shapely.box(x - across, y - up, x + across, y + up)
    far = shapely.distance(boxes, shapes[row])
    near = (far <= reach) & (far > 0)
    x, y, boxes, far = x[near], y[near], boxes[near], far[near]
    others = np.delete(shapes, row)
    others = others[~shapely.is_empty(others)]
    cost = 2.2 * far + 0.12 * np.abs(x - (west + east) / 2)
    if len(others) and len(x):
        other = shapely.distance(boxes[:, np.newaxis], others).min(axis=1)
        cost = cost + MISTAKEN[0] * (other < far + MISTAKEN[1])
    return np.column_stack([x, y, cost])
