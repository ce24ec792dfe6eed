"""What a sheet is printed with: paper, colours, and how large a pixel of the screen is on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layers.printed.paper import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.printed.paper import Box, Paper

_VARIABLE: Final = re.compile(r"var\(--([\w-]+)(?:,(.*))?\)")
_MIXED: Final = re.compile(r"color-mix\(in srgb,\s*(.*) ([\d.]+)%,\s*(.*)\)")


@dataclass(frozen=True, kw_only=True)
class Press:
    """A sheet and what it is printed with.

    Parameters
    ----------
    paper
        The sheet.
    colours
        Of the light theme, by token.
    pixel
        Millimetres on paper for a pixel of the screen's signs and lines.
    letters
        Factor on the sizes of letters, which are those of A3.
    """

    paper: Paper
    colours: Mapping[str, str]
    pixel: float
    letters: float

    def within(self, box: Box) -> Press:
        """Return the same for what is seen within a frame alone."""
        return replace(self, paper=replace(self.paper, clip=box))

    def colour(self, told: str) -> str:
        """Return a colour of a style sheet as ``#RRGGBB``; "" for none and for patterns."""
        if mixed := _MIXED.fullmatch(told):
            return blend(self.colour(mixed[1]), self.colour(mixed[3]), float(mixed[2]) / 100)
        if variable := _VARIABLE.fullmatch(told):
            token, instead = variable[1].replace("-rim", "_rim"), variable[2]
            known = self.colours.get(token)
            return known if known is not None else self.colour(instead or "")
        return told if told.startswith("#") else ""

    def look(self, said: Mapping[str, str], *, scale: float | None = None) -> Look:
        """Return a look from what a style sheet says.

        Parameters
        ----------
        said
            Names and values.
        scale
            Millimetres to a pixel, where they are others than `pixel`.
        """
        size = self.pixel if scale is None else scale
        dashes = said.get("stroke-dasharray", "none").split()
        alpha = float(said.get("opacity", 1))
        return Look(
            fill=self.colour(said.get("fill", "#000000")),
            edge=self.colour(said.get("stroke", "none")),
            width=size * float(said.get("stroke-width", 1)),
            dashes=() if dashes == ["none"] else tuple(size * float(each) for each in dashes),
            fill_alpha=alpha * float(said.get("fill-opacity", 1)),
            edge_alpha=alpha * float(said.get("stroke-opacity", 1)),
            round=said.get("stroke-linecap") == "round",
        )


def blend(one: str, other: str, share: float) -> str:
    """Return a colour of which one has a share and another the rest.

    >>> blend("#000000", "#FFFFFF", 0.25)
    '#BFBFBF'
    """
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)
