"""A scenario: new sites that somebody set by hand, under a name, to be opened again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from geo.checks import amounts, frames
from geo.checks.written import place, shortened
from geo.facts import own_regions

LONGEST_NAME: Final = 60
"""Characters of a name."""

LONGEST_ASKED: Final = 1_000
"""Characters of what else an address asks."""

MOST_PINS: Final = 30

LETTER: Final = re.compile("A?[A-Z]")

DIGITS: Final = 5
"""Decimals of degrees: a metre."""

BETWEEN: Final = ";"
"""Pins of an address."""


class Pin(NamedTuple):
    """A new site.

    Attributes
    ----------
    letter
        What it is called: A to Z, AA to AZ.
    lon, lat
        Degrees, WGS84.
    """

    letter: str
    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """New sites that somebody set.

    Attributes
    ----------
    name
        What it is called, in one line.
    pins
        The sites, each of another letter; their degrees are kept to five decimals.
    radius_m
        Metres within which a site serves residents.
    asked
        What the address asks beside them, as it is written there: the filters, and the region
        where it is one of the catalogue. The id of any other region would hold a key.

    Raises
    ------
    InputError
        For a name that is empty, cannot be printed in one line or has more than 60 characters; no
        pin, or more than 30; a letter that is none or is there twice; a position that is none; a
        radius that is no distance; more than 1,000 characters of what is asked, or such that are
        no query, or that name a region of somebody's own; all faults at once.

    Examples
    --------
    >>> Scenario(name="西边三处", pins=(Pin("A", 121.123456, 31.1),), radius_m=3000).pins
    (Pin(letter='A', lon=121.12346, lat=31.1),)
    """

    name: str
    pins: tuple[Pin, ...]
    radius_m: float
    asked: str = ""

    def __post_init__(self) -> None:
        faults: list[str] = []
        if not 0 < len(self.name.strip()) <= len(self.name) <= LONGEST_NAME or not (
            self.name.isprintable()
        ):
            faults.append(
                f"name: found {shortened(repr(self.name))}, expected 1 to {LONGEST_NAME} "
                "characters that can be printed in one line"
            )
        check_pins(self.pins, faults)
        amounts.check_radii([self.radius_m], faults, name="radius_m")
        if not _is_query(self.asked):
            faults.append(
                f"asked: found {shortened(repr(self.asked))}, expected names and values as an "
                f"address has them, at most {LONGEST_ASKED:,} characters, and no region of "
                "somebody's own"
            )
        frames.refuse(faults)
        pins = (Pin(*each) for each in self.pins)
        rounded = (Pin(letter, _rounded(lon), _rounded(lat)) for letter, lon, lat in pins)
        object.__setattr__(self, "pins", tuple(rounded))
        object.__setattr__(self, "radius_m", float(self.radius_m))


def written(pins: tuple[Pin, ...]) -> str:
    """Return pins as an address has them.

    Examples
    --------
    >>> written((Pin("A", 121.5, 31.2), Pin("B", 121.4, 31)))
    'A:121.50000,31.20000;B:121.40000,31.00000'
    """
    return BETWEEN.join(f"{letter}:{lon:.{DIGITS}f},{lat:.{DIGITS}f}" for letter, lon, lat in pins)


def read(text: str) -> tuple[Pin, ...]:
    """Return the pins of an address, the inverse of `written`.

    Raises
    ------
    InputError
        For every pin that has no letter or no position; all at once. What `Scenario` refuses
        beside these is not looked for.

    Examples
    --------
    >>> read("A:121.5,31.2;B:121.4,31")
    (Pin(letter='A', lon=121.5, lat=31.2), Pin(letter='B', lon=121.4, lat=31.0))
    """
    faults: list[str] = []
    pins: list[Pin] = []
    for each in text.split(BETWEEN) if text else ():
        letter, _, position = each.partition(":")
        found, bad = place(position)
        if found is None or bad or not LETTER.fullmatch(letter):
            faults.append(f"pins: found {shortened(repr(each))}, expected as A:121.47000,31.23000")
        else:
            pins.append(Pin(letter, *found))
    frames.refuse(faults)
    return tuple(pins)


def check_pins(pins: tuple[Pin, ...], faults: list[str]) -> None:
    """Note pins that are none or too many, letters that are none or there twice, bad positions."""
    if not 1 <= len(pins) <= MOST_PINS:
        faults.append(f"pins: found {len(pins)}, expected 1 to {MOST_PINS}")
    letters = [letter for letter, *_ in pins]
    for letter, *position in pins:
        if not LETTER.fullmatch(letter):
            faults.append(f"pins: found the letter {shortened(repr(letter))}, expected A to AZ")
        amounts.check_position(position, faults, name=f"pins, {shortened(letter)}")
    twice = sorted({each for each in letters if letters.count(each) > 1})
    faults += [f"pins: found the letter {shortened(each)} more than once" for each in twice]


def _is_query(text: str) -> bool:
    if not text:
        return True
    if len(text) > LONGEST_ASKED or not text.isprintable():
        return False
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return False
    return not any(own_regions.is_own(value.strip()) for _, value in pairs)


def _rounded(degrees: float) -> float:
    return round(float(degrees), DIGITS) + 0.0  # no -0.0
