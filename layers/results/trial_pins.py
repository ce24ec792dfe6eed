"""Pins that a reader tries as new sites: squares with letters, and rings of what they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers import escape
from layers.results import cluster_hulls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Polygon

    Position = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class TrialPin:
    """A pin as the map draws it; positions are longitude and latitude, degrees, WGS84.

    Parameters
    ----------
    id
        Its letter.
    at
        Where it stands, or stood before it was removed.
    label
        What it is and adds, for screen readers; plain text, as all below.
    tag
        What its last change did; empty where another one was the last.
    was
        Where it stood before that; None where it was not moved.
    chosen
        Whether it is the selected one.
    reach
        What is reached from it, degrees, WGS84; None where that is the disc of the radius.
    """

    id: str
    at: Position
    label: str
    tag: str = ""
    was: Position | None = None
    chosen: bool = False
    reach: Polygon | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """An element of a layout that a pin may serve: a ring with its name."""

    name: str
    at: Position


@dataclass(frozen=True, kw_only=True)
class TrialTexts:
    """What the map says while pins are moved; plain texts.

    Parameters
    ----------
    hint
        How the first pin is set; empty where there are some.
    metres, km
        How far a pin is moved, with ``{n}``.
    outside
        Why a place outside the region is refused.
    """

    hint: str
    metres: str
    km: str
    outside: str


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Pins that can be set, dragged and removed, also by keys.

    A pin that is set is told as a click on a district, or of kind "place"; one that is moved as
    "pinned", removed as "unpinned", chosen as "pin".

    Parameters
    ----------
    pins, removed
        Those that count, and those that were taken away.
    marks
        Elements of a layout.
    radius_m
        What a pin reaches, metres.
    cell_m
        How far an arrow key moves it, metres; with Shift five times as far.
    texts
        The words.
    still
        Whether it takes no pins: the map of what they are compared with.
    """

    pins: Sequence[TrialPin]
    removed: Sequence[TrialPin]
    marks: Sequence[Mark]
    radius_m: float
    cell_m: float
    texts: TrialTexts
    still: bool = False

    def payload(self) -> dict[str, Any]:
        """Return the overlay's part for it."""
        return {
            "pins": [
                {
                    "id": escape.text(each.id),
                    "at": list(each.at),
                    "was": None if each.was is None else list(each.was),
                    "tag": escape.text(each.tag),
                    "label": escape.text(each.label),
                    "chosen": each.chosen,
                    "rim": [] if each.reach is None else cluster_hulls.rim(each.reach),
                }
                for each in self.pins
            ],
            "removed": [{"id": escape.text(each.id), "at": list(each.at)} for each in self.removed],
            "marks": [{"name": escape.text(each.name), "at": list(each.at)} for each in self.marks],
            "still": self.still,
            "radius": self.radius_m,
            "cell": self.cell_m,
            "hint": self.texts.hint,
            "metres": escape.around_blank(self.texts.metres),
            "km": escape.around_blank(self.texts.km),
            "outside": escape.text(self.texts.outside),
        }
