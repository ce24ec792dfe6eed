"""A map that is to be printed: what it shows, on which ground, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.printed import frame as frames
from layers.printed import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.ground.base_document import Bounds
    from layers.legend.strip import Group
    from layers.printed.ground import Ground
    from layers.scene import Scene


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
    inset, locator
        Title of the inset, and of the small map that shows where a view lies.
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
    locator: str
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
    groups
        Of the legend: the scene's own, or those of them that there is room for, and more.
    """

    scene: Scene
    ground: Ground
    colours: Mapping[str, str]
    words: Words
    groups: Sequence[Group]

    @property
    def region(self) -> Bounds:
        """Bounds of the region in the plane, metres."""
        west, south, east, north = map(float, self.ground.own.total_bounds)
        return west, south, east, north

    @property
    def view(self) -> Bounds | None:
        """What the map shows instead of the whole region, metres."""
        window = self.scene.window
        return None if window is None else frames.window_bounds(window, self.ground.central)

    @property
    def close(self) -> Bounds | None:
        """What is shown enlarged beside the whole region, metres."""
        if self.scene.inset is None or self.scene.layout is not None or self.view is not None:
            return None
        return frames.window_bounds(self.scene.inset, self.ground.central)

    @property
    def names(self) -> dict[str, str]:
        """Names of the region's units, by adcode."""
        own, scene = self.ground.own, self.scene
        texts = names.named(own, scene.language, short=scene.short_names)
        return dict(zip(map(str, own.index), texts, strict=True))
