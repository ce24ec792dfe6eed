"""The signs of policy layouts, drawn once for map, legend and lists: policy is ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from layers import escape

if TYPE_CHECKING:
    import pandas as pd

Stroke = Literal["solid", "dashed", "dotted"]
Mark = Literal["", "area", "elsewhere"]

ELEMENT_KINDS = ("core", "node", "zone", "corridor", "carrier", "candidate", "found", "listed")
"""Shapes there are; "found" stands outside the document, "listed" is in lists only."""

_HALF = {
    "core": (22.0, 22.0),
    "node": (14.5, 14.5),
    "zone": (14.5, 11.0),
    "corridor": (13.0, 11.0),
    "carrier": (12.5, 11.0),
    "candidate": (11.5, 11.5),
    "found": (14.5, 14.5),
    "listed": (13.0, 10.5),
}
_RING = {"core": 21.0, "node": 13.3, "zone": 14.0}
_DASHES = {"solid": "", "dashed": "4 3", "dotted": "0.1 4"}


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign: its SVG, half its width and height, and the radius at which links end (px)."""

    svg: str
    half: tuple[float, float]
    ring: float


def sign(
    kind: str,
    letters: str,
    *,
    stroke: Stroke = "solid",
    mark: Mark = "",
    fill: str = "",
    scale: float = 1.0,
) -> Sign:
    """Draw the sign of an element.

    Parameters
    ----------
    kind
        One of `ELEMENT_KINDS`.
    letters
        Number or character in it; plain text.
    stroke
        "dashed" where planned, "dotted" where illustrative.
    mark
        Small mark at the corner: "area" where only the district is known, "elsewhere" where the
        place is known from another source than the document.
    fill
        "zone2" gives a zone's sign the second fill of zones.
    scale
        Factor on the size; 1 is the map's.

    Returns
    -------
    Sign
        Colours follow the theme by CSS variables (ink, ink2, surf, nodefill, zonefill).

    Raises
    ------
    KeyError
        For an unknown kind.
    """
    half = _HALF[kind]
    shape = _SHAPES[kind](stroke)
    if fill == "zone2":
        shape = shape.replace("var(--nodefill)", "var(--zonefill)")
    body = shape + _text(letters, kind) + _mark(mark, half)
    width, height = 2 * half[0], 2 * half[1]
    return Sign(
        svg=(
            f'<svg class="ct-sign-svg" width="{width * scale:g}" height="{height * scale:g}"'
            f' viewBox="{-half[0]:g} {-half[1]:g} {width:g} {height:g}" aria-hidden="true"'
            f' style="overflow:visible">{body}</svg>'
        ),
        half=(half[0] * scale, half[1] * scale),
        ring=_RING.get(kind, max(half)) * scale,
    )


def line_of(element: pd.Series) -> Stroke:
    """Line of an element: dotted where illustrative, dashed where planned."""
    if element["certainty"] == "illustrative":
        return "dotted"
    return "dashed" if element["status"] == "planned" else "solid"


def _style(*, fill: str, line: str = "none", width: float = 0, stroke: Stroke = "solid") -> str:
    dashes = _DASHES[stroke]
    broken = f";stroke-dasharray:{dashes}" if dashes else ""
    cap = ";stroke-linecap:round" if stroke == "dotted" else ""
    return f'style="fill:{fill};stroke:{line};stroke-width:{width:g}{broken}{cap}"'


def _core(stroke: Stroke) -> str:
    paper = _style(fill="var(--surf)", line="var(--surf)", width=4)
    ring = _style(fill="var(--surf)", line="var(--ink)", width=3, stroke=stroke)
    disc = _style(fill="var(--ink)")
    return f'<circle r="20" {paper}/><circle r="19.5" {ring}/><circle r="13.5" {disc}/>'


def _node(stroke: Stroke) -> str:
    paper = _style(fill="var(--surf)")
    rim = _style(fill="var(--surf)", line="var(--ink)", width=2.6, stroke=stroke)
    return f'<circle r="14.5" opacity=".9" {paper}/><circle r="12" {rim}/>'


def _rectangle(half: tuple[float, float], *, radius: float = 0) -> str:
    x, y = half
    return (
        f'<rect x="{-x:g}" y="{-y:g}" width="{2 * x:g}" height="{2 * y:g}" rx="{radius:g}"'
        ' style="fill:var(--surf);stroke:var(--surf);stroke-width:5"/>'
        f'<rect x="{-x:g}" y="{-y:g}" width="{2 * x:g}" height="{2 * y:g}" rx="{radius:g}"'
        " %s/>"
    )


def _zone(stroke: Stroke) -> str:
    fill = "var(--nodefill)" if stroke == "solid" else "var(--surf)"
    return _rectangle((13, 9.5), radius=9.5) % _style(
        fill=fill, line="var(--ink)", width=1.8, stroke=stroke
    )


def _corridor(stroke: Stroke) -> str:
    return _rectangle((12, 9.5), radius=3) % _style(
        fill="var(--surf)", line="var(--ink)", width=2, stroke=stroke
    )


def _carrier(stroke: Stroke) -> str:
    return _rectangle((11, 9.5)) % _style(
        fill="var(--surf)", line="var(--ink)", width=2.2, stroke=stroke
    )


def _candidate(stroke: Stroke) -> str:
    return _rectangle((10, 10)) % _style(
        fill="var(--surf)", line="var(--ink)", width=2, stroke=stroke
    )


def _found(stroke: Stroke) -> str:
    rim = _style(fill="var(--surf)", line="var(--ink2)", width=2, stroke=stroke)
    paper = _style(fill="var(--surf)", line="var(--surf)", width=5)
    diamond = "M0 -13L13 0L0 13L-13 0Z"
    return f'<path d="{diamond}" {paper}/><path d="{diamond}" {rim}/>'


def _listed(_: Stroke) -> str:
    return (
        '<rect x="-12" y="-9.5" width="24" height="19" rx="2" style="fill:none;'
        'stroke:var(--ink2);stroke-width:1.4;stroke-dasharray:2 2.6"/>'
    )


_SHAPES = {
    "core": _core,
    "node": _node,
    "zone": _zone,
    "corridor": _corridor,
    "carrier": _carrier,
    "candidate": _candidate,
    "found": _found,
    "listed": _listed,
}
_LETTER = {"core": (17, "var(--surf)"), "node": (15, "var(--ink)"), "found": (12, "var(--ink)")}


def _text(letters: str, kind: str) -> str:
    if not letters:
        return ""
    full, colour = _LETTER.get(kind, (13, "var(--ink)"))
    size = full if len(letters) == 1 else 0.86 * full
    return (
        f'<text y="{0.36 * size:.2f}" text-anchor="middle" style="font:700 {size:g}px'
        f' var(--ct-sans,sans-serif);fill:{colour}">{escape.text(letters)}</text>'
    )


def _mark(mark: Mark, half: tuple[float, float]) -> str:
    """Draw the small disc at the upper right corner: a wave, or a diamond."""
    if not mark:
        return ""
    within = {
        "area": '<path d="M-3.2 .8q1.6 -2.6 3.2 -.8t3.2 -.8" style="fill:none;'
        'stroke:var(--ink);stroke-width:1.5"/>',
        "elsewhere": '<path d="M0 -3.2L3.2 0L0 3.2L-3.2 0Z" style="fill:var(--ink)"/>',
    }[mark]
    x, y = half[0] - 2, -half[1] + 2
    return (
        f'<g transform="translate({x:g} {y:g})"><circle r="5.5" style="fill:var(--surf);'
        f'stroke:var(--ink);stroke-width:1.1"/>{within}</g>'
    )
