"""What a map needs to let a reader draw a layout: tools, words, corners of one element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers import escape
from layers.policy.layout_legend import swatch
from layers.policy.layout_signs import sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Position = tuple[float, float]

SELECT = "select"
TOOLS = (SELECT, "core", "node", "corridor", "zone", "carrier")
"""In the order of their keys, 1 to 6."""

_SCALE = {"core": 0.5, "node": 0.72, "carrier": 0.8}
_DRAWN = {"corridor": "axis_own", "zone": "outline_own"}
"""Tools that draw what has no sign of its own form."""
_ARROW = (
    '<svg width="14" height="18" aria-hidden="true">'
    '<path d="M2 1V15L6 11.5L8.5 17L11 16L8.5 10.5H13Z" style="fill:var(--ink)"/></svg>'
)


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """A reader draws.

    Parameters
    ----------
    label
        Name of the tools for screen readers; plain text, as all below.
    names
        Name of each tool.
    hints
        What a click does with each tool.
    finish
        Name of the button that ends a stroke.
    element
        Id of the element whose corners can be moved; empty for none.
    corners
        Its positions, longitude and latitude (WGS84).
    closed
        Whether they enclose an area.
    """

    label: str
    names: Mapping[str, str]
    hints: Mapping[str, str]
    finish: str
    element: str = ""
    corners: Sequence[Position] = ()
    closed: bool = False

    def payload(self) -> dict[str, Any]:
        """Return the overlay's part for it."""
        return {
            "label": escape.text(self.label),
            "tools": [
                {
                    "key": key,
                    "name": escape.text(self.names[key]),
                    "hint": self.hints.get(key, ""),
                    "svg": _icon(key),
                }
                for key in TOOLS
            ],
            "finish": escape.text(self.finish),
            "element": escape.text(self.element),
            "corners": [list(each) for each in self.corners],
            "closed": self.closed,
        }


def _icon(tool: str) -> str:
    if tool == SELECT:
        return _ARROW
    return swatch(_DRAWN[tool]) if tool in _DRAWN else sign(tool, "", scale=_SCALE[tool]).svg
