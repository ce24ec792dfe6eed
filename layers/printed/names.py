"""What is lettered on a map: districts with their figures, neighbours, waters, cities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.path import Path

from layers.ground import base_document
from layers.printed import placing, signs, style_sheets
from layers.printed.paper import Lettering, Look
from layers.printed.placing import Wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

    from geo.settings import Language
    from layers.printed.canvas import Canvas
    from layers.printed.placing import Found, Room
    from layers.printed.press import Press

LINE: Final = 1.18
"""From baseline to baseline, and a label's height, in ems."""

MIDDLE: Final = 0.37
"""How far below the middle of a line of text its baseline is, in ems."""

DISC_MM: Final = 5.2
"""Width of the disc with a cluster's number, with the gap behind it."""

MANY: Final = 40
"""With more districts than this, those without a site are lettered quietly."""

BADGE_MM: Final = (4.2, 3.9)
"""Width and height of the badge with the sites that are known by their district alone."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A label: its lines from the top, and the number in its badge.

    Parameters
    ----------
    lines
        Each with how it is set.
    badge
        Of sites known by district alone; empty for none.
    disc
        Number of a cluster, in a disc before the lines; empty for none.
    """

    lines: tuple[tuple[str, Lettering], ...]
    badge: str = ""
    disc: str = ""

    def size(self, press: Press) -> tuple[float, float]:
        """Return its width and height, mm."""
        widths = [lettering.width(text) for text, lettering in self.lines]
        if self.badge:
            widths[0] += press.letters * (BADGE_MM[0] + 0.6)
        tall = sum(LINE * lettering.size for text, lettering in self.lines if text)
        if self.disc:
            return max(widths) + DISC_MM * press.letters, max(tall, DISC_MM * press.letters)
        return max(widths), tall


def draw(press: Press, label: Label, found: Found) -> None:
    """Set a label at its place, with the line to what it names."""
    if found.lead is not None:
        _lead(press, found.lead)
    x, top = found.middle
    width, height = label.size(press)
    if label.disc:
        across = DISC_MM * press.letters - 0.5
        disc(press, label.disc, (x - width / 2 + across / 2, top))
        x += DISC_MM * press.letters / 2
        height = sum(LINE * lettering.size for text, lettering in label.lines if text)
    top -= height / 2
    for i, (text, lettering) in enumerate(label.lines):
        if not text:
            continue
        tall = LINE * lettering.size
        baseline = top + tall / 2 + MIDDLE * lettering.size
        if label.badge and not i:
            left = x - width / 2
            press.paper.text(text, left, baseline, lettering)
            _badge(press, label.badge, left + lettering.width(text), top + tall / 2)
        else:
            press.paper.text(text, x, baseline, lettering, align=0.5)
        top += tall


def disc(press: Press, number: str, at: tuple[float, float]) -> None:
    """Draw the disc with a cluster's number round a middle, mm."""
    across = DISC_MM * press.letters - 0.5
    x, middle = at
    said = style_sheets.of("ct-cluster-disc")
    look = press.look({**said, "stroke": "var(--halo)", "stroke-width": "1.6"})
    press.paper.draw(Path.circle((x, middle), across / 2), look)
    size = 0.6 * across
    lettering = Lettering(style="strong", size=size, colour=press.colours["surf"])
    press.paper.text(number, x, middle + 0.36 * size, lettering, align=0.5)


def tie(press: Press, line: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Draw a line from a thing to its label."""
    path = _segment(line)
    press.paper.draw(path, Look(edge=press.colours["halo"], width=3 * press.pixel, edge_alpha=0.7))
    press.paper.draw(path, Look(edge=press.colours["ink"], width=0.8 * press.pixel))


def _lead(press: Press, line: tuple[tuple[float, float], tuple[float, float]]) -> None:
    colours, pixel = press.colours, press.pixel
    tie(press, line)
    foot = Path.circle(line[0], 1.6 * pixel)
    press.paper.draw(foot, Look(fill=colours["ink"], edge=colours["halo"], width=0.8 * pixel))


def _segment(line: tuple[tuple[float, float], tuple[float, float]]) -> Path:
    return Path(np.array(line))


def _badge(press: Press, text: str, left: float, middle: float) -> None:
    width, height = (press.letters * each for each in BADGE_MM)
    size = 2.5 * press.letters
    lettering = Lettering(style="plain", size=size, colour=press.colours["ink"])
    width = max(width, lettering.width(text) + 0.45 * height)
    left += 0.6 * press.letters
    pill = signs.rounded(left, middle - height / 2, width, height, height / 2)
    dash = 0.85 * press.letters
    edge = Look(
        fill=press.colours["surf"], edge=press.colours["ink2"], width=0.3, dashes=(dash, 0.6 * dash)
    )
    press.paper.draw(pill, edge)
    press.paper.text(text, left + width / 2, middle + 0.36 * size, lettering, align=0.5)


def named(units: pd.DataFrame, language: Language, *, short: bool) -> list[str]:
    """Return the names that units are lettered with."""
    if language == "en" and "name_en" in units:
        return list(units["name_en"].fillna(units["name_zh"]))
    if short and "short_zh" in units:
        return list(units["short_zh"].fillna(units["name_zh"]))
    return list(units["name_zh"])


def districts(
    canvas: Canvas,
    *,
    units: pd.DataFrame,
    texts: Mapping[str, str],
    quiet: Collection[str] = (),
) -> list[str]:
    """Letter the districts of a frame.

    Parameters
    ----------
    canvas
        The frame.
    units
        Value, badge and sign of each district, as from `shading.shading`.
    texts
        The names of those to be lettered, by adcode.
    quiet
        Those that are ground for something else.

    Returns
    -------
    list of str
        The districts that are in the frame and found no place.
    """
    press, ground, _, room = canvas
    shown = _shown(canvas, ground.own.loc[ground.own.index.isin(list(texts))])
    looks = units.reindex(shown.index).fillna("")
    ink, halo = press.colours["ink"], press.colours["halo"]
    figure = Lettering(style="plain", size=3.1 * press.letters, colour=ink, halo=halo)
    labels, many = [], len(ground.own) > MANY
    for code, look in looks.iterrows():
        empty = many and look["fill"] == "r0" and not look["badge"]
        name = _district(press, quiet=look["sign"] == "none" or code in quiet, empty=empty)
        lettered = look["badge"] if look["sign"] == "peer" else ""
        lines = [(f"{lettered} {texts[str(code)]}".strip(), name)]
        lines += [(look["value"], figure)] if look["value"] else []
        badge = "" if lettered else look["badge"]
        labels.append(Label(lines=tuple(lines), badge=badge))
    wanted = [
        Wanted(size=label.size(press), at=(row["x"], row["y"]), area=row["shape"], led=row["held"])
        for label, (_, row) in zip(labels, shown.iterrows(), strict=True)
    ]
    found = placing.place(wanted, room)
    draw_all(press, labels, found)
    return [str(code) for code, where in zip(shown.index, found, strict=True) if where is None]


def neighbours(canvas: Canvas, *, language: Language) -> None:
    """Letter what lies round the region, and its waters, where there is room."""
    press, ground, _, room = canvas
    shown = _shown(canvas, ground.context)
    quiet = Lettering(
        style="plain",
        size=2.9 * press.letters,
        colour=press.colours["neighlab"],
        halo=press.colours["neigh"],
    )
    labels = [Label(lines=((text, quiet),)) for text in named(shown, language, short=False)]
    wanted = [
        Wanted(size=label.size(press), at=(x, y), area=shape, crowd=0)
        for label, x, y, shape in zip(labels, shown["x"], shown["y"], shown["shape"], strict=True)
    ]
    draw_all(press, labels, placing.place(wanted, room))


def waters(canvas: Canvas, *, language: Language) -> None:
    """Letter seas and bays where no land is under the name."""
    press, ground, frame, room = canvas
    known = base_document.waters()
    lon, lat = np.array([each.at for each in known]).T
    plane = ground.place(lon, lat)
    seen = frame.shows(plane)
    space = "\u2002" if language == "zh" else " "
    style = Lettering(style="water", size=4.2 * press.letters, colour=press.colours["waterlab"])
    labels = [
        Label(lines=((space.join(each.zh) if language == "zh" else each.en, style),))
        for each, inside in zip(known, seen, strict=True)
        if inside
    ]
    sea = _sea(room)
    wanted = [
        Wanted(size=label.size(press), at=(x, y), area=sea, crowd=0, within=0.99)
        for label, (x, y) in zip(labels, frame.place(plane[seen]), strict=True)
    ]
    draw_all(press, labels, placing.place(wanted, room))


def _sea(room: Room) -> shapely.Geometry:
    frame = room.within
    every = shapely.box(frame.x, frame.y, frame.right, frame.bottom)
    sea = every if room.land is None else shapely.difference(every, room.land)
    shapely.prepare(sea)
    return sea


def draw_all(press: Press, labels: Sequence[Label], found: Sequence[Found | None]) -> None:
    """Set the labels that found a place."""
    for label, where in zip(labels, found, strict=True):
        if where is not None:
            draw(press, label, where)


def _district(press: Press, *, quiet: bool, empty: bool) -> Lettering:
    """Return how a district's name is set: quietly without a figure, and small where empty."""
    colours = press.colours
    strong = not quiet and not empty
    return Lettering(
        style="strong" if strong else "plain",
        size=(3.6 if strong else 2.8 if empty else 3.3) * press.letters,
        colour=colours["ink2" if quiet else "ink"],
        halo=colours["halo"],
    )


def _shown(canvas: Canvas, units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what a frame shows of units.

    `shape`, mm; where its name is best, `x` and `y`; and whether that is the unit's own place for
    it, `held`: else only a part of it is shown.
    """
    frame = canvas.frame
    shapes, box = canvas.cut(units.geometry.to_numpy()), frame.box
    shapes = shapely.intersection(shapes, shapely.box(box.x, box.y, box.right, box.bottom))
    left = ~shapely.is_empty(shapes)
    shapes, own = shapes[left], units[left]
    shapely.prepare(shapes)
    points = frame.place(shapely.get_coordinates(own["at"].to_numpy()))
    held = shapely.contains_xy(shapes, points[:, 0], points[:, 1])
    inner = shapely.get_coordinates(shapely.point_on_surface(shapes))
    x, y = np.where(held[:, np.newaxis], points, inner).T
    return own.drop(columns=["geometry", "at"]).assign(shape=shapes, x=x, y=y, held=held)
