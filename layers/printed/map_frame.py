"""What stands in a frame: ground, sites and all that a scene has, letters, and furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from layers import palette
from layers.printed import (
    choropleth,
    counted,
    furniture,
    hulls,
    layout_elements,
    names,
    places,
    symbols,
    trial_pins,
)
from layers.printed import ground as grounds
from layers.printed.canvas import Canvas
from layers.printed.paper import Box, Lettering, Look
from layers.printed.placing import Room
from layers.results.result_legend import ROUND
from layers.sites.symbols import located

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.printed.frame import Frame
    from layers.printed.plate import Plate
    from layers.printed.press import Press
    from layers.scene import Scene

BAR_MM: Final = 48.0
"""The longest scale bar."""


def main(
    press: Press,
    plate: Plate,
    frame: Frame,
    *,
    inset: Frame | None,
    kept: Sequence[Box] | None = None,
) -> int:
    """Draw the main frame, and return the step of its graticule, minutes.

    Parameters
    ----------
    press, plate, frame
        With what, what, and where.
    inset
        What is shown enlarged beside it: its sites are dots here, its districts are named there.
    kept
        What stands in the frame already, in a picture: then it has no degrees, scale and arrow,
        and its sites are dots. None for a sheet.
    """
    scene = plate.scene
    canvas = _opened(press, plate, frame)
    step = furniture.graticule(canvas, labelled=kept is None)
    if kept is None:
        _furnish(canvas, plate)
    for box in kept or ():
        canvas.room.take((box.x, box.y, box.right, box.bottom))
    if scene.squares is not None:
        counted.draw(canvas, scene.squares)
    shapes = hulls.draw(canvas, scene.clusters)
    places.below(canvas, scene)
    if scene.layout is not None:
        layout_elements.below(canvas, scene.layout)
    if scene.others is not None:
        symbols.others(canvas, scene.others, besides=scene.sites)
    _sites(canvas, scene, size="overview", hidden=inset, dotted=kept is not None)
    places.above(canvas, scene)
    if scene.layout is not None:
        layout_elements.draw(canvas, scene.layout)
    if scene.trial is not None:
        trial_pins.draw(canvas, scene.trial)
    hulls.letter(canvas, scene.clusters, shapes)
    texts = plate.names if inset is None else _outside(canvas, plate, inset)
    _letter(canvas, plate, texts)
    press.paper.box(frame.box, Look(edge=press.colours["ink"], width=0.4))
    return step


def enlarged(press: Press, plate: Plate, frame: Frame, *, dotted: bool = False) -> None:
    """Draw the inset: the dense middle of the region at a larger scale.

    Parameters
    ----------
    press, plate, frame
        With what, what, and where.
    dotted
        Whether its sites are dots, as in a picture, which has one scale bar.
    """
    k, scene = press.letters, plate.scene
    canvas = _opened(press, plate, frame)
    furniture.graticule(canvas, labelled=False)
    title = f"{plate.words.inset}　{furniture.ratio(frame.scale)}"
    head = _head(canvas, title)
    longest = min(44 * k, 0.35 * frame.box.width)
    bar = Box(
        frame.box.right - longest - 19 * k, frame.box.bottom - 10 * k, longest + 18 * k, 9 * k
    )
    if not dotted:
        canvas.room.take((bar.x, bar.y, bar.right, bar.bottom))
    _sites(canvas, scene, size="close", dotted=dotted)
    names.districts(canvas, units=scene.units, texts=plate.names)
    _title(press, title, head)
    if not dotted:
        press.paper.box(bar, Look(fill=press.colours["surf"], fill_alpha=0.9))
        left, top = bar.x + 4 * k, bar.y + 5.6 * k
        furniture.scale_bar(press, frame, left, top, longest=longest, km=plate.words.km)
    press.paper.box(frame.box, Look(edge=press.colours["ink"], width=0.4))


def locator(press: Press, plate: Plate, frame: Frame, *, view: Frame) -> None:
    """Draw the small map that shows where in the region a view lies."""
    canvas = _opened(press, plate, frame)
    west, south, east, north = view.bounds
    (left, bottom), (right, top) = frame.place(np.array([(west, south), (east, north)]))
    edge = Look(edge=press.colours["ink"], width=0.4, dashes=(1.2, 0.7))
    canvas.press.paper.box(Box(left, top, right - left, bottom - top), edge)
    _title(press, plate.words.locator, _head(canvas, plate.words.locator))
    press.paper.box(frame.box, Look(edge=press.colours["ink"], width=0.4))


def _opened(press: Press, plate: Plate, frame: Frame) -> Canvas:
    """Draw the ground of a frame."""
    light = grounds.drawn(plate.ground, frame.scale)
    canvas = Canvas(press.within(frame.box), light, frame, Room(within=frame.box))
    scene, layout = plate.scene, plate.scene.layout
    choropleth.draw(
        canvas,
        units=scene.units,
        areas={} if layout is None else layout_elements.fills(layout),
        water="water" if layout is None else "layoutwater",
    )
    for area, name in (
        (scene.reach, "ct-reach"),
        (scene.walked, "ct-walked"),
        (scene.forbidden, "ct-forbidden"),
        (scene.moves, "ct-move"),
    ):
        if area is not None:
            hulls.area(canvas, area, name)
    choropleth.borders(canvas, units=scene.units)
    chosen = scene.selection
    if chosen is not None:
        choropleth.mark(canvas, list(chosen.compared), "ink")
        if chosen.district is not None:
            choropleth.mark(canvas, [chosen.district], "acc")
    every = [*light.own.geometry, *light.context.geometry, light.abroad]
    canvas.room.land = shapely.union_all(canvas.cut(np.array(every)))
    shapely.prepare(canvas.room.land)
    return canvas


def _letter(canvas: Canvas, plate: Plate, texts: dict[str, str]) -> None:
    scene, units = plate.scene, plate.scene.units
    quiet = set(map(str, units.index[units["fill"] == "neigh"]))  # ground, of one district's map
    if scene.layout is not None:
        # On a layout the strong districts alone have a figure; signs bear the names of some.
        strong = layout_elements.strong(scene.layout)
        quiet |= set(texts) - strong.keys() - scene.layout.payload["areas"].keys()
        values = pd.Series(strong, dtype=object)
        units = units.assign(value=values.reindex(units.index).fillna(""))
        lettered = scene.layout.payload["lettered"]
        texts = {code: text for code, text in texts.items() if code not in lettered}
    names.districts(canvas, units=units, texts=texts, quiet=quiet)
    names.waters(canvas, language=scene.language)
    names.neighbours(canvas, language=scene.language)


def _sites(
    canvas: Canvas,
    scene: Scene,
    *,
    size: str,
    hidden: Frame | None = None,
    dotted: bool = False,
) -> None:
    """Draw venues and sites; those that an inset shows are dots.

    In a picture, `dotted`, all are: on shaded districts dark ones, else discs in their colours.
    """
    symbols.venues(canvas, scene.venues)
    if scene.sites is None or scene.look is None:
        return
    shaded = any(group.ramp for group in scene.legend.groups)
    small = pd.Series(dotted and shaded, index=scene.sites.index)
    if hidden is not None:
        x, y = (
            np.asarray(each, dtype=np.float64)
            for each in (scene.sites.geometry.x, scene.sites.geometry.y)
        )
        small |= pd.Series(hidden.shows(canvas.ground.place(x, y)), index=small.index)
    sites, radius = scene.sites, palette.sizes()[size]
    if dotted and not shaded:
        sites, radius = sites.assign(kind=ROUND), palette.sizes()["phone"]
    symbols.draw(canvas, sites=sites, look=scene.look, radius_px=radius, dotted=small)


def _outside(canvas: Canvas, plate: Plate, inset: Frame) -> dict[str, str]:
    """Frame what an inset shows, and return the names of the districts outside of it."""
    at = shapely.get_coordinates(canvas.ground.own["at"].to_numpy())
    inside = set(canvas.ground.own.index[inset.shows(at)])
    west, south, east, north = inset.bounds
    (left, bottom), (right, top) = canvas.frame.place(np.array([(west, south), (east, north)]))
    edge = Look(edge=canvas.press.colours["ink"], width=0.35)
    canvas.press.paper.box(Box(left, top, right - left, bottom - top), edge)
    canvas.room.take((left, top, right, bottom))
    return {code: text for code, text in plate.names.items() if code not in inside}


def _head(canvas: Canvas, title: str) -> Box:
    """Return the box of a title in the upper left corner, and keep labels off it."""
    k, box = canvas.press.letters, canvas.frame.box
    head = Box(box.x, box.y, _strong(canvas.press).width(title) + 5 * k, 7.2 * k)
    canvas.room.take((head.x, head.y, head.right, head.bottom))
    return head


def _title(press: Press, title: str, head: Box) -> None:
    k = press.letters
    edge = Look(fill=press.colours["surf"], edge=press.colours["ink"], width=0.25)
    press.paper.box(head, edge)
    press.paper.text(title, head.x + 2.5 * k, head.y + 4.8 * k, _strong(press))


def _strong(press: Press) -> Lettering:
    return Lettering(style="strong", size=3.3 * press.letters, colour=press.colours["ink"])


def _furnish(canvas: Canvas, plate: Plate) -> None:
    """Put scale and arrow into the corners that show least of the region, and no site."""
    press, _, frame, room = canvas
    k, words = press.letters, plate.words
    shown = _shown(canvas, plate.scene)
    longest = min(BAR_MM * k, 0.4 * frame.box.width)
    bar = _corner(frame.box, longest + 18 * k, 15 * k, shown, ())
    arrow = _corner(frame.box, 13 * k, 25 * k, shown, (bar,))
    for box in (bar, arrow):
        room.take((box.x, box.y, box.right, box.bottom))
    furniture.north_arrow(press, arrow.x + arrow.width / 2, arrow.y + 3 * k, word=words.north)
    press.paper.box(bar, Look(fill=press.colours["surf"], fill_alpha=0.9))
    scale = furniture.ratio(frame.scale)
    press.paper.text(scale, bar.x + 4 * k, bar.y + 4.8 * k, _strong(press))
    left, top = bar.x + 5 * k, bar.y + 10.8 * k
    furniture.scale_bar(press, frame, left, top, longest=longest, km=words.km)


def _shown(canvas: Canvas, scene: Scene) -> tuple[shapely.Geometry, NDArray[np.float64]]:
    """Return the region, and the sites, as they lie on the sheet, mm."""
    region = shapely.union_all(canvas.cut(canvas.ground.own.geometry.to_numpy()))
    if scene.sites is None:
        return region, np.empty((0, 2))
    degrees = shapely.get_coordinates(located(scene.sites).geometry.to_numpy())
    return region, canvas.place(*degrees.T)


def _corner(
    frame: Box,
    width: float,
    height: float,
    shown: tuple[shapely.Geometry, NDArray[np.float64]],
    taken: Sequence[Box],
) -> Box:
    """Return the free corner of a frame that shows no site, or few, and least of the region."""
    corners = [
        Box(x, y, width, height)
        for y in (frame.bottom - height - 2, frame.y + 2)
        for x in (frame.x + 2, frame.right - width - 2)
    ]
    areas = np.array([shapely.box(box.x, box.y, box.right, box.bottom) for box in corners])
    region, sites = shown
    cost = shapely.area(shapely.intersection(region, areas))
    for row, area in enumerate(areas):
        cost[row] += width * height * int(shapely.contains_xy(area, sites).sum())
    for box in taken:
        other = shapely.box(box.x, box.y, box.right, box.bottom)
        cost[shapely.intersects(areas, other)] = np.inf
    return corners[int(cost.argmin())]
