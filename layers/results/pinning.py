"""A row whose position is put right on the map: its pin, where it was, what is said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers import escape

if TYPE_CHECKING:
    Position = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class PinTexts:
    """What the map says of a pin; plain texts.

    Parameters
    ----------
    label
        What the pin is, and how it is moved, for screen readers.
    hint
        What a click on the map does.
    metres, km
        How far it is from where it was, with ``{n}``.
    unplaced
        Of a row without a position.
    outside
        In place of a district's name, where there is none of the region.
    """

    label: str
    hint: str
    metres: str
    km: str
    unplaced: str
    outside: str


@dataclass(frozen=True, kw_only=True)
class Pinning:
    """A row in hand: a click on a district puts it there, its pin can be dragged.

    Both are told as `message.Clicked`, a click as a district's, the pin as "pinned".

    Parameters
    ----------
    id
        Of the row.
    at
        Where its pin stands: longitude and latitude, degrees, WGS84.
    was
        Where it was; None for a row without a position.
    placed
        Whether it stands where somebody said; else only where a search may begin.
    texts
        The words.
    """

    id: str
    at: Position
    was: Position | None
    placed: bool
    texts: PinTexts

    def payload(self) -> dict[str, Any]:
        """Return the overlay's part for it."""
        return {
            "id": self.id,
            "at": list(self.at),
            "was": None if self.was is None else list(self.was),
            "placed": self.placed,
            "label": escape.text(self.texts.label),
            "hint": self.texts.hint,
            "metres": escape.around_blank(self.texts.metres),
            "km": escape.around_blank(self.texts.km),
            "unplaced": escape.text(self.texts.unplaced),
            "outside": escape.text(self.texts.outside),
        }
