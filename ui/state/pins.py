"""Pins as the address has them, see `geo.planning.scenario`: by letter, each with its place."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.planning import scenario
from geo.planning.scenario import DIGITS, Pin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LETTERS: Final = (*ascii_uppercase, *(f"A{each}" for each in ascii_uppercase))
"""More than there can be pins: one that was removed keeps its own for a while."""


def pins(text: str) -> tuple[Pin, ...] | None:
    """Return the pins that a text names, by letter; nothing where it is no list of pins.

    >>> pins("B:121.5,31.2;A:121.473701,31.2304")
    (Pin(letter='A', lon=121.4737, lat=31.2304), Pin(letter='B', lon=121.5, lat=31.2))
    """
    try:
        found = [placed(*each) for each in scenario.read(text)]
    except InputError:
        return None
    if len({each.letter for each in found}) < len(found):
        return None
    return tuple(sorted(found, key=_rank))


def placed(letter: str, lon: float, lat: float) -> Pin:
    """Return a pin as exactly as the address can say where it is."""
    return Pin(letter, round(lon, DIGITS) + 0.0, round(lat, DIGITS) + 0.0)  # no -0.0


def code(text: str) -> str:
    """Return pins as the address has them; what is none, as it is."""
    found = pins(text)
    return text if found is None else written(found)


def written(every: Iterable[Pin]) -> str:
    """Return pins as the address has them."""
    return scenario.written(tuple(sorted(every, key=_rank)))


def free_letter(taken: Collection[str]) -> str:
    """Return the first letter that no pin has; of those all taken none."""
    return next((each for each in LETTERS if each not in taken), "")


def _rank(pin: Pin) -> int:
    return LETTERS.index(pin.letter)
