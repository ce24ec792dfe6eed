"""The screen's signs on paper: their SVG read once, and drawn at any size."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo import memory
from layers.printed import greys, hatches, outlines, style_sheets
from layers.printed.paper import Lettering

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layers.printed.paper import Look
    from layers.printed.press import Press

_TRANSLATED: Final = re.compile(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)")
_SIZE: Final = re.compile(r"([\d.]+)px")
_WEIGHT: Final = 600
"""From here on a text is set strong."""


class Shape(NamedTuple):
    """An outline of a sign, px from its origin, and what is said of it."""

    outline: Path
    said: Mapping[str, str]


class Letters(NamedTuple):
    """A text of a sign: where its baseline is, px, whether that is its middle, and its look."""

    text: str
    x: float
    y: float
    middle: bool
    said: Mapping[str, str]


class Sign(NamedTuple):
    """A sign: where it lies about its origin, its size on the screen, and its parts, lowest first.

    Where it lies and its parts are in units of its own, of which `unit` px are one.
    """

    left: float
    top: float
    width: float
    height: float
    unit: float
    parts: tuple[Shape | Letters, ...]


@memory.by_view(latest=2048)
def read(svg: str) -> Sign:
    """Read a sign's SVG."""
    root = ET.fromstring(svg)  # noqa: S314 - our own templates
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    box = root.get("viewBox")
    left, top, across, _ = map(float, box.split()) if box else (0.0, 0.0, width, 0.0)
    return Sign(left, top, width, height, width / across, tuple(_parts(root, {}, (0.0, 0.0))))


def _parts(
    element: ET.Element, inherited: dict[str, str], origin: tuple[float, float]
) -> Iterator[Shape | Letters]:
    before: ET.Element | None = None
    for child in element:
        moved = _TRANSLATED.search(child.get("transform", ""))
        x, y = origin
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        said = {**inherited, **_said(child, before)}
        if child.tag == "g":
            yield from _parts(child, said, (x, y))
        elif child.tag == "text":
            at = x + float(child.get("x", 0)), y + float(child.get("y", 0))
            middle = child.get("text-anchor") == "middle"
            yield Letters("".join(child.itertext()), *at, middle, MappingProxyType(said))
        else:
            yield Shape(
                _outline(child).transformed(Affine2D().translate(x, y)), MappingProxyType(said)
            )
        before = child


def _said(element: ET.Element, before: ET.Element | None) -> dict[str, str]:
    """Return what attributes, classes and styles say of an element."""
    names = ("fill", "stroke", "opacity", "stroke-width")
    said = {name: element.get(name, "") for name in names if element.get(name)}
    if element.tag == "text" and before is not None:
        said |= style_sheets.of(before.get("class", ""), text=True)
    said |= style_sheets.of(element.get("class", ""))
    return said | dict(style_sheets.declarations(element.get("style", "")))


def _outline(element: ET.Element) -> Path:
    def number(name: str) -> float:
        return float(element.get(name, 0))

    if element.tag == "circle":
        return Path.circle((number("cx"), number("cy")), number("r"))
    if element.tag == "rect":
        return rounded(number("x"), number("y"), number("width"), number("height"), number("rx"))
    if element.tag == "path":
        return outlines.svg(element.get("d", ""))
    raise ValueError(f"A sign with <{element.tag}>: paper knows circles, rectangles and paths.")


def rounded(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Path:
    """Return a rectangle with round corners."""
    r = min(radius, width / 2, height / 2)
    right, bottom = x + width, y + height
    if r <= 0:
        corners = [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]
        return Path(np.array(corners), closed=True)
    d = (
        f"M{x + r} {y}H{right - r}A{r} {r} 0 0 1 {right} {y + r}V{bottom - r}"
        f"A{r} {r} 0 0 1 {right - r} {bottom}H{x + r}A{r} {r} 0 0 1 {x} {bottom - r}"
        f"V{y + r}A{r} {r} 0 0 1 {x + r} {y}Z"
    )
    return outlines.svg(d)


def draw(press: Press, svg: str, x: float, y: float, *, scale: float) -> None:
    """Draw a sign with its origin at a point.

    Parameters
    ----------
    press
        What it is drawn with.
    svg
        The sign.
    x, y
        Where its origin is, mm.
    scale
        Millimetres to a pixel of it.
    """
    sign = read(svg)
    scale *= sign.unit
    way = Affine2D().scale(scale).translate(x, y)
    for part in sign.parts:
        if isinstance(part, Letters):
            _letters(press, part, x, y, scale)
            continue
        outline = part.outline.transformed(way)
        pattern = hatches.pattern_of(part.said.get("fill", ""), grey=press.paper.grey)
        if pattern:
            hatches.fill_outline(press, outline, pattern, scale=scale)
        look = press.look(part.said, scale=scale)
        if pattern:
            look = replace(look, fill="")
        family = greys.family(part.said) if press.paper.grey else ""
        if family:
            greys.draw(press, outline, look, family, way)
        else:
            press.paper.draw(outline, look)


def centred(press: Press, svg: str, x: float, y: float, *, scale: float) -> None:
    """Draw a sign with its middle at a point, see `draw`."""
    sign = read(svg)
    right, down = sign.left * sign.unit + sign.width / 2, sign.top * sign.unit + sign.height / 2
    draw(press, svg, x - scale * right, y - scale * down, scale=scale)


def rimmed(press: Press, svg: str, x: float, y: float, *, scale: float, rim: Look) -> None:
    """Draw a sign on a rim round its lowest part, see `draw`."""
    sign = read(svg)
    lowest = sign.parts[0]
    if isinstance(lowest, Shape):
        way = Affine2D().scale(scale * sign.unit).translate(x, y)
        press.paper.draw(lowest.outline.transformed(way), rim)
    draw(press, svg, x, y, scale=scale)


def _letters(press: Press, part: Letters, x: float, y: float, scale: float) -> None:
    font = part.said.get("font", "")
    size = _SIZE.search(part.said.get("font-size", "") or font)
    weight = part.said.get("font-weight", "") or font.split(" ", 1)[0]
    lettering = Lettering(
        style="strong" if weight.isdigit() and int(weight) >= _WEIGHT else "plain",
        size=scale * (float(size[1]) if size else 11.0),
        colour=press.colour(part.said.get("fill", "var(--ink)")),
    )
    at = x + scale * part.x, y + scale * part.y
    press.paper.text(part.text, *at, lettering, align=0.5 if part.middle else 0.0)
