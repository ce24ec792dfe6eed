"""Pins as the address has them: for each a letter with longitude and latitude."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MOST: Final = 30
LETTERS: Final = (*ascii_uppercase, *(f"A{each}" for each in ascii_uppercase))
"""More than there can be pins: one that was removed keeps its own for a while."""

DECIMALS: Final = 5
"""Of a degree: about a metre."""

_NUMBER: Final = r"-?\d{1,3}(?:\.\d{1,15})?"
_PIN: Final = re.compile(rf"([A-Z]{{1,2}})({_NUMBER}),({_NUMBER})(?:,|\Z)", re.ASCII)


class Pin(NamedTuple):
    """A place that somebody tries: its letter, longitude and latitude in degrees, WGS84."""

    letter: str
    lon: float
    lat: float


def pins(text: str) -> tuple[Pin, ...] | None:
    """Return the pins that a text names, by letter; nothing where it is no list of pins.

    >>> pins("B121.5,31.2,A121.473701,31.2304")
    (Pin(letter='A', lon=121.4737, lat=31.2304), Pin(letter='B', lon=121.5, lat=31.2))
    """
    found, end = [], 0
    for match in _PIN.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        letter, lon, lat = match.groups()
        found.append(placed(letter, float(lon), float(lat)))
    letters = [each.letter for each in found]
    known = set(letters) <= set(LETTERS) and len(set(letters)) == len(letters)
    if end != len(text) or text.endswith(",") or not known:
        return None
    return tuple(sorted(found, key=lambda pin: LETTERS.index(pin.letter)))


def placed(letter: str, lon: float, lat: float) -> Pin:
    """Return a pin as exactly as the address can say where it is."""
    return Pin(letter, round(lon, DECIMALS) + 0.0, round(lat, DECIMALS) + 0.0)  # no -0.0


def code(text: str) -> str:
    """Return pins as the address has them; what is none, as it is."""
    found = pins(text)
    return text if found is None else written(found)


def written(every: Iterable[Pin]) -> str:
    """Return pins as the address has them."""
    ordered = sorted(every, key=lambda pin: LETTERS.index(pin.letter))
    return ",".join(f"{each.letter}{each.lon:.5f},{each.lat:.5f}" for each in ordered)


def free_letter(taken: Collection[str]) -> str:
    """Return the first letter that no pin has; of those all taken none."""
    return next((each for each in LETTERS if each not in taken), "")
