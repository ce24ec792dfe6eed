"""The signs of policy layouts, drawn once for map and legend: policy is ink."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from layers import templates

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from markupsafe import Markup

Stroke = Literal["solid", "dashed", "dotted"]
Mark = Literal["", "area", "elsewhere"]
Standing = Literal["", "planned", "illustrative", "own"]
"""Whether an element is planned, drawn to show the pattern, or added by a reader."""

SIGNS = "layers/policy/signs.html"
ELEMENT_KINDS = ("core", "node", "zone", "corridor", "carrier", "candidate", "found")
"""Shapes there are; "found" stands outside the document."""

STROKES: Final[Mapping[Standing, Stroke]] = MappingProxyType(
    {"": "solid", "planned": "dashed", "illustrative": "dotted", "own": "dashed"}
)

_HALF = {
    "core": (22.0, 22.0),
    "node": (14.5, 14.5),
    "zone": (14.5, 11.0),
    "corridor": (13.0, 11.0),
    "carrier": (12.5, 11.0),
    "candidate": (11.5, 11.5),
    "found": (14.5, 14.5),
}
_RING = {"core": 21.0, "node": 13.3, "zone": 14.0}


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign: its SVG, half its width and height, and the radius at which links end (px)."""

    svg: Markup
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
        "dashed" where planned or a reader's own, "dotted" where illustrative.
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
    drawn = templates.piece(SIGNS, "element")
    return Sign(
        svg=drawn(kind, letters, half, stroke, mark, fill, scale),
        half=(half[0] * scale, half[1] * scale),
        ring=_RING.get(kind, max(half)) * scale,
    )


def standing(element: pd.Series) -> Standing:
    """How far an element is more than a statement of what exists."""
    if element["certainty"] in {"illustrative", "own"}:
        return "own" if element["certainty"] == "own" else "illustrative"
    return "planned" if element["status"] == "planned" else ""


def line_of(element: pd.Series) -> Stroke:
    """Line of an element: dotted where illustrative, dashed where planned or a reader's own."""
    return STROKES[standing(element)]
