"""A map as a sheet: title, frames, legend, sources, and what else a map to be handed out has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from layers import palette
from layers.ground.inset import Window
from layers.printed import (
    choropleth,
    furniture,
    hulls,
    layout_elements,
    legend,
    names,
    paragraph,
    places,
    symbols,
)
from layers.printed import frame as frames
from layers.printed import ground as grounds
from layers.printed import (
    sheet as sheets,
)
from layers.printed.paper import Box, Lettering, Look, Paper
from layers.printed.placing import Room
from layers.printed.press import Press

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.legend.strip import Group
    from layers.printed.frame import Frame
    from layers.printed.ground import Ground
    from layers.printed.paper import FileFormat
    from layers.printed.sheet import Division, Sheet
    from layers.scene import Scene

CORNER_MM2: Final = 260.0
"""Of a district whose name's place lies elsewhere, an inset shows at least so much to name it."""

TITLE_MM: Final = (9.6, 6.4)
"""Largest and smallest letters of a title in one line; it is broken into two rather."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a sheet says, in the reader's language; plain texts.

    Parameters
    ----------
    title
        What the map tells.
    subtitle
        What it shows, and of where.
    credits
        Who made it of what, and when.
    north, km
        At the arrow, and at the scale bars.
    inset
        Title of the inset.
    approval, approval_blank
        Name of the number that an authority gives a map, and what stands in its place.
    notes
        Sources, projection, boundaries; a paragraph each. ``{step}`` in one is replaced by the
        step of the graticule.
    """

    title: str
    subtitle: str
    credits: str
    north: str
    km: str
    inset: str
    approval: str
    approval_blank: str
    notes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Plate:
    """A map that is to be printed.

    Parameters
    ----------
    scene
        What the screen's map shows.
    ground
        Of its region.
    colours
        Of the light theme, by token.
    words
        What the sheet says.
    more
        Groups of the legend behind the scene's own.
    """

    scene: Scene
    ground: Ground
    colours: Mapping[str, str]
    words: Words
    more: Sequence[Group] = ()

    @property
    def groups(self) -> list[Group]:
        """All groups of the legend."""
        return [*self.scene.legend.groups, *self.more]


def printed(plate: Plate, sheet: Sheet, file_format: FileFormat) -> bytes:
    """Return a map on a sheet as a file."""
    width, height = sheet.size
    press = Press(
        paper=Paper(width=width, height=height, grey=sheet.grey),
        colours=plate.colours,
        pixel=sheets.PIXEL[sheet.paper],
        letters=sheets.LETTERS[sheet.paper],
    )
    margin = sheets.MARGIN_MM * press.letters
    top = _title(press, plate.words, margin)
    room = Box(margin, top, width - 2 * margin, height - top - 0.8 * margin)
    division = sheets.divide(
        room,
        _shown(plate),
        letters=press.letters,
        legend_height=lambda wide: _legend_height(press, plate, wide),
    )
    step = _main(press, plate, division)
    if division.inset is not None:
        _inset(press, plate, division)
    _legend(press, plate, division.legend, step)
    return press.paper.file(file_format)


def _shown(plate: Plate) -> sheets.Shown:
    scene, ground = plate.scene, plate.ground
    focus = scene.view
    if scene.layout is not None and scene.layout.payload["focus"] is not None:
        (south, west), (north, east) = scene.layout.payload["focus"]["bounds"]
        focus = Window(west=west, south=south, east=east, north=north)
    if focus is not None:
        return sheets.Shown(whole=frames.window_bounds(focus, ground.central), close=None)
    west, south, east, north = ground.own.total_bounds
    whole = (float(west), float(south), float(east), float(north))
    if scene.inset is None or scene.layout is not None:
        return sheets.Shown(whole=whole, close=None)
    return sheets.Shown(whole=whole, close=frames.window_bounds(scene.inset, ground.central))


def _title(press: Press, words: Words, margin: float) -> float:
    """Set the title, and return where the rest of the sheet begins, mm."""
    k, paper, width = press.letters, press.paper, press.paper.width - 2 * margin
    ink, quiet = press.colours["ink"], press.colours["ink2"]
    largest, smallest = (each * k for each in TITLE_MM)
    one = Lettering(style="title", size=1.0, colour=ink)
    size = min(largest, width / max(one.width(words.title), 1e-9))
    lines = [words.title]
    if size < smallest:
        size = smallest
        broken = Lettering(style="title", size=size, colour=ink)
        lines = paragraph.lines(words.title, broken, width)
    y = 0.75 * margin
    for line in lines:
        y += 1.25 * size
        paper.text(line, margin, y, Lettering(style="title", size=size, colour=ink))
    y += 6.0 * k
    small = Lettering(style="plain", size=3.2 * k, colour=quiet)
    paper.text(words.subtitle, margin, y, small)
    if margin + small.width(words.subtitle) + small.width(words.credits) + 6 < paper.width - margin:
        paper.text(words.credits, paper.width - margin, y, small, align=1)
    else:
        y += 4.6 * k
        paper.text(words.credits, margin, y, small)
    y += 2.6 * k
    paper.box(Box(margin, y, width, 0.7 * k), Look(fill=ink))
    return y + 3.2 * k


def _ground(press: Press, plate: Plate, frame: Frame) -> Ground:
    """Draw the ground of a frame, and return it as light as the frame shows it."""
    light = grounds.drawn(plate.ground, frame.scale)
    layout = plate.scene.layout
    choropleth.draw(
        press,
        light,
        frame,
        units=plate.scene.units,
        areas={} if layout is None else layout_elements.fills(layout),
        water="water" if layout is None else "layoutwater",
    )
    chosen = plate.scene.selection
    if chosen is not None:
        choropleth.mark(press, light, frame, list(chosen.compared), "ink")
        if chosen.district is not None:
            choropleth.mark(press, light, frame, [chosen.district], "acc")
    return light


def _main(press: Press, plate: Plate, division: Division) -> int:
    """Draw the main frame, and return the step of its graticule, minutes."""
    frame, scene = division.main, plate.scene
    ground = _ground(press, plate, frame)
    step = furniture.graticule(press, ground, frame, labelled=division.labelled)
    room = Room(within=frame.box, land=_land(ground, frame))
    _furnish(press, plate, frame, room)
    hulls_drawn = hulls.draw(press, ground, frame, clusters=scene.clusters, room=room)
    places.below(press, ground, frame, scene, room)
    if scene.layout is not None:
        layout_elements.below(press, ground, frame, scene.layout)
    if scene.others is not None:
        symbols.others(press, ground, frame, _besides(scene))
    texts = _names(plate)
    if division.inset is not None:
        texts = _enlarged(press, ground, division, texts, room)
    _sites(press, plate, ground, frame, room, size="overview", hidden=division.inset)
    places.above(press, ground, frame, scene, room)
    if scene.layout is not None:
        placed = layout_elements.put(press, ground, frame, scene.layout, room)
        layout_elements.links(press, frame, scene.layout, placed, room)
        layout_elements.draw(press, frame, placed)
        layout_elements.letter(press, placed, room)
    hulls.letter(press, frame, clusters=scene.clusters, shapes=hulls_drawn, room=room)
    names.districts(press, ground, frame, units=_units(scene), texts=texts, room=room)
    names.waters(press, ground, frame, language=scene.language, room=room)
    names.neighbours(press, ground, frame, language=scene.language, room=room)
    press.paper.box(frame.box, Look(edge=press.colours["ink"], width=0.4))
    return step


def _sites(
    press: Press,
    plate: Plate,
    ground: Ground,
    frame: Frame,
    room: Room,
    *,
    size: str,
    hidden: Frame | None = None,
) -> None:
    """Draw the sites; those that an inset shows are dots."""
    scene = plate.scene
    if scene.sites is None or scene.look is None:
        return
    dotted = None
    if hidden is not None:
        inside = hidden.shows(_plane(ground, scene.sites))
        dotted = pd.Series(inside, index=scene.sites.index)
    marks = symbols.draw(
        press,
        ground,
        frame,
        sites=scene.sites,
        look=scene.look,
        radius_px=palette.sizes()[size],
        dotted=dotted,
    )
    room.points = marks.to_numpy()


def _plane(ground: Ground, sites: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return where sites lie in the plane; those without a position nowhere."""
    lon, lat = (sites.geometry.x.to_numpy(), sites.geometry.y.to_numpy())
    return ground.place(lon, lat)


def _besides(scene: Scene) -> gpd.GeoDataFrame:
    """Return the other sites that are not drawn as sites of their own."""
    others = scene.others
    return others if scene.sites is None else others[~others["id"].isin(scene.sites["id"])]


def _units(scene: Scene) -> pd.DataFrame:
    """Return what the districts are lettered with: on a layout the strong ones alone."""
    if scene.layout is None:
        return scene.units
    values = pd.Series(layout_elements.strong(scene.layout), dtype=object)
    return scene.units.assign(value=values.reindex(scene.units.index).fillna(""))


def _enlarged(
    press: Press,
    ground: Ground,
    division: Division,
    texts: dict[str, str],
    room: Room,
) -> dict[str, str]:
    """Frame what the inset shows, and return the names of the districts outside of it."""
    frame, inset = division.main, division.inset
    at = shapely.get_coordinates(ground.own["at"].to_numpy())
    inside = set(ground.own.index[inset.shows(at)])
    west, south, east, north = inset.bounds
    (left, bottom), (right, top) = frame.place(np.array([(west, south), (east, north)]))
    box = Box(left, top, right - left, bottom - top)
    edge = Look(edge=press.colours["ink"], width=0.35)
    press.paper.box(box, edge, clip=frame.box)
    room.take((left, top, right, bottom))
    return {code: text for code, text in texts.items() if code not in inside}


def _names(plate: Plate) -> dict[str, str]:
    own, scene = plate.ground.own, plate.scene
    texts = names.named(own, scene.language, short=scene.short_names)
    return dict(zip(map(str, own.index), texts, strict=True))


def _visible(plate: Plate, ground: Ground, frame: Frame) -> dict[str, str]:
    """Return the names of the districts of which an inset shows more than a corner."""
    at = shapely.get_coordinates(ground.own["at"].to_numpy())
    west, south, east, north = frame.bounds
    seen = shapely.area(
        shapely.clip_by_rect(ground.own.geometry.to_numpy(), west, south, east, north)
    )
    large = seen > CORNER_MM2 * frame.metres**2
    kept = ground.own.index[frame.shows(at) | large]
    return {code: text for code, text in _names(plate).items() if code in kept}


def _land(ground: Ground, frame: Frame) -> shapely.Geometry:
    every = [*ground.own.geometry, *ground.context.geometry, ground.abroad]
    land = shapely.union_all(choropleth.cut(frame, np.array(every)))
    shapely.prepare(land)
    return land


def _furnish(press: Press, plate: Plate, frame: Frame, room: Room) -> None:
    """Put scale and arrow into the corners that show least of the region."""
    k, words = press.letters, plate.words
    own = choropleth.cut(frame, plate.ground.own.geometry.to_numpy())
    region = shapely.union_all(own)
    longest = min(48 * k, 0.4 * frame.box.width)
    sizes = {"bar": (longest + 18 * k, 15 * k), "north": (13 * k, 25 * k)}
    taken: list[Box] = []
    for name, (width, height) in sizes.items():
        box = _corner(frame.box, width, height, region, taken)
        taken.append(box)
        room.take((box.x, box.y, box.right, box.bottom))
        if name == "north":
            furniture.north_arrow(press, box.x + width / 2, box.y + 3 * k, word=words.north)
            continue
        press.paper.box(box, Look(fill=press.colours["surf"], fill_alpha=0.9))
        ink = Lettering(style="strong", size=3.3 * k, colour=press.colours["ink"])
        press.paper.text(furniture.ratio(frame.scale), box.x + 4 * k, box.y + 4.8 * k, ink)
        furniture.scale_bar(
            press, frame, box.x + 5 * k, box.y + 10.8 * k, longest=longest, km=words.km
        )


def _corner(
    frame: Box, width: float, height: float, region: shapely.Geometry, taken: Sequence[Box]
) -> Box:
    corners = [
        Box(x, y, width, height)
        for y in (frame.bottom - height - 2, frame.y + 2)
        for x in (frame.x + 2, frame.right - width - 2)
    ]
    free = [
        box
        for box in corners
        if not any(
            box.x < other.right
            and box.right > other.x
            and box.y < other.bottom
            and box.bottom > other.y
            for other in taken
        )
    ]
    return min(
        free,
        key=lambda box: shapely.area(
            shapely.intersection(region, shapely.box(box.x, box.y, box.right, box.bottom))
        ),
    )


def _inset(press: Press, plate: Plate, division: Division) -> None:
    frame, scene, k = division.inset, plate.scene, press.letters
    if frame is None:
        return
    ground = _ground(press, plate, frame)
    furniture.graticule(press, ground, frame, labelled=False)
    room = Room(within=frame.box, land=_land(ground, frame))
    title = f"{plate.words.inset}　{furniture.ratio(frame.scale)}"
    strong = Lettering(style="strong", size=3.3 * k, colour=press.colours["ink"])
    head = Box(frame.box.x, frame.box.y, strong.width(title) + 5 * k, 7.2 * k)
    longest = min(44 * k, 0.35 * frame.box.width)
    bar = Box(
        frame.box.right - longest - 19 * k, frame.box.bottom - 10 * k, longest + 18 * k, 9 * k
    )
    for box in (head, bar):
        room.take((box.x, box.y, box.right, box.bottom))
    _sites(press, plate, ground, frame, room, size="close")
    texts = _visible(plate, ground, frame)
    names.districts(press, ground, frame, units=scene.units, texts=texts, room=room)
    surf, ink = press.colours["surf"], press.colours["ink"]
    press.paper.box(head, Look(fill=surf, edge=ink, width=0.25))
    press.paper.text(title, head.x + 2.5 * k, head.y + 4.8 * k, strong)
    press.paper.box(bar, Look(fill=surf, fill_alpha=0.9))
    furniture.scale_bar(
        press, frame, bar.x + 4 * k, bar.y + 5.6 * k, longest=longest, km=plate.words.km
    )
    press.paper.box(frame.box, Look(edge=ink, width=0.4))


def _approval_size(press: Press) -> tuple[float, float]:
    return 46 * press.letters, 8.4 * press.letters


def _notes_width(press: Press, width: float) -> tuple[float, bool]:
    """Return how wide the notes are, and whether the box for the number stands beside them."""
    box, _ = _approval_size(press)
    beside = width >= 3.2 * box
    return (width - box - 6 * press.letters if beside else width), beside


def _legend_height(press: Press, plate: Plate, width: float) -> float:
    rows = legend.laid_out(press, plate.groups, width)
    notes, beside = _notes_width(press, width)
    below = legend.text_height(press, plate.words.notes, notes)
    number = _approval_size(press)[1]
    below = max(below, number) if beside else below + number + 2 * press.letters
    return legend.height(press, rows) + below + 9 * press.letters


def _legend(press: Press, plate: Plate, box: Box, step: int) -> None:
    k, paper = press.letters, press.paper
    paper.box(Box(box.x, box.y, box.width, 0.4 * k), Look(fill=press.colours["ink"]))
    rows = legend.laid_out(press, plate.groups, box.width)
    legend.draw(press, rows, box.x, box.y + 2.4 * k, box.width)
    y = box.y + 5 * k + legend.height(press, rows)
    paper.box(Box(box.x, y, box.width, 0.2), Look(fill=press.colours["hair2"]))
    width, beside = _notes_width(press, box.width)
    notes = [note.replace("{step}", f"{step}′") for note in plate.words.notes]
    end = legend.draw_text(press, notes, box.x, y + 2 * k, width)
    across, tall = _approval_size(press)
    top = y + 3 * k if beside else end + 2 * k
    furniture.approval(
        press,
        Box(box.right - across if beside else box.x, top, across, tall),
        word=plate.words.approval,
        blank=plate.words.approval_blank,
    )


def picture(plate: Plate, width_mm: float, height_mm: float, file_format: FileFormat) -> bytes:
    """Return a map's frame with a small legend as a file."""
    letters = max(0.7, min(1.0, width_mm / 230))
    press = Press(
        paper=Paper(width=width_mm, height=height_mm),
        colours=plate.colours,
        pixel=0.32 * letters,
        letters=letters,
    )
    box = Box(0.3, 0.3, width_mm - 0.6, height_mm - 0.6)
    main = frames.fitted(_shown(plate).whole, box, air=sheets.AIR_MM * letters)
    _main(press, plate, sheets.Division(main=main, inset=None, legend=box, labelled=False))
    return press.paper.file(file_format)
