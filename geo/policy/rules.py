"""What single values of a layout's file may be, and what they are held against."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

from pydantic import AfterValidator, Field, ValidationInfo

from geo.china import adcodes
from geo.facts import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

UNIT: Final = f"the adcode of a county-level unit of China (state of {adcodes.STATE})"
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of character that turn, break or hide what stands around them (Unicode, table 12)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What one file's values are held against.

    Attributes
    ----------
    stem
        Name of the file without its ending.
    documents, regions, sectors
        Ids and codes that are known; a document or region the file itself describes is one.
    sites, venues
        Ids of the sites and of the cultural venues of the layout's region.
    districts
        Adcodes an element may name, and what they should be, in words.
    units
        Adcodes of every county of China: what a region of the file's own may be made of.
    elements, repeated
        Ids of the file's elements, and those given more than once.
    contains
        Whether a position (longitude, latitude) lies in the layout's region.
    described
        Whether the catalogue has the file's region, and whether it has its document.
    cities
        City of each district that an element may name.
    relations
        Links given more than once, as `relation` writes them.
    """

    stem: str
    documents: frozenset[str]
    regions: frozenset[str]
    sectors: frozenset[str]
    sites: frozenset[str]
    venues: frozenset[str]
    districts: tuple[frozenset[str], str]
    units: frozenset[str]
    elements: frozenset[str]
    repeated: frozenset[str]
    contains: Callable[[float, float], bool]
    described: tuple[bool, bool] = (False, False)
    cities: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    relations: frozenset[tuple[str, ...]] = frozenset()


def reference(info: ValidationInfo) -> Reference | None:
    """Return what the file is held against; nothing where a model is made in code."""
    return info.context if isinstance(info.context, Reference) else None


def expect(holds: bool, expected: str) -> None:  # noqa: FBT001
    """Raise unless a rule holds; the message says what was expected."""
    if not holds:
        raise ValueError(f"expected {expected}")


def relation(source: str, target: str, kind: str) -> tuple[str, ...]:
    """Return what tells one link from another: the ends of a twin have no order."""
    ends = sorted((source, target)) if kind == "twin" else (source, target)
    return (*ends, kind)


def _plain(text: str) -> str:
    """Refuse what is no single line of visible text; an empty one is none."""
    expect(text == text.strip(), "text without spaces around it")
    expect(len(text.splitlines()) <= 1, "one line")
    unseen = [char for char in text if unicodedata.category(char) in UNSEEN]
    expect(not unseen, f"no control character such as U+{ord(unseen[0]):04X}" if unseen else "")
    return text


def _one_line(text: str) -> str:
    expect(bool(text.strip()), "text without spaces around it")
    return _plain(text)


def written(pattern: str, expected: str) -> AfterValidator:
    """Return a rule: the whole of a text matches a pattern."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        expect(bool(compiled.fullmatch(text)), expected)
        return text

    return AfterValidator(check)


def _dated(issued: str) -> str:
    expect(_exists(issued), "a date that exists")
    return issued


def _exists(issued: str) -> bool:
    # A year or month alone exists when its first day does.
    try:
        date.fromisoformat(issued + "-01-01"[len(issued) - len("YYYY") :])
    except ValueError:
        return False
    return True


def _known(allowed: Callable[[Reference], tuple[Collection[str], str]]) -> AfterValidator:
    """Return a rule: a value is one of those that the file may use; what they are, in words."""

    def check(value: str, info: ValidationInfo) -> str:
        known = reference(info)
        if known is not None:
            codes, expected = allowed(known)
            expect(value in codes, expected)
        return value

    return AfterValidator(check)


def inside(position: tuple[float, float], info: ValidationInfo) -> tuple[float, float]:
    """Refuse a position outside the layout's region."""
    known = reference(info)
    expected = "longitude and latitude (WGS84) inside the layout's region"
    expect(known is None or known.contains(*position), expected)
    return position


def _unlike(values: tuple[str, ...]) -> tuple[str, ...]:
    expect(len(set(values)) == len(values), "each value once")
    return values


def _apart(codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    """Refuse a district beside its own city: it would be there twice."""
    known = reference(info)
    own = known.cities if known is not None else {}
    twice = [code for code in codes if own.get(code, code) != code and own[code] in codes]
    expect(not twice, f"a city or its districts, not both: {', '.join(twice)}")
    return codes


Text = Annotated[str, AfterValidator(_plain)]
Line = Annotated[str, AfterValidator(_one_line)]
Issued = Annotated[
    str, written(schemas.ISSUED, "YYYY, YYYY-MM or YYYY-MM-DD as text"), AfterValidator(_dated)
]
Id = Annotated[str, written(schemas.SITE_ID, "lower-case letters, digits and hyphens")]
Longitude = Annotated[float, Field(strict=True, ge=schemas.LONGITUDES[0], le=schemas.LONGITUDES[1])]
Latitude = Annotated[float, Field(strict=True, ge=schemas.LATITUDES[0], le=schemas.LATITUDES[1])]
Position = Annotated[tuple[Longitude, Latitude], AfterValidator(inside)]
Each = TypeVar("Each")
Unlike = Annotated[tuple[Each, ...], AfterValidator(_unlike)]
"""A list of different values."""
Districts = Annotated[
    Unlike[Annotated[str, _known(lambda reference: reference.districts)]], AfterValidator(_apart)
]
Units = Unlike[Annotated[str, _known(lambda reference: (reference.units, UNIT))]]
Sectors = Unlike[
    Annotated[str, _known(lambda reference: (reference.sectors, "a code of data/sectors.csv"))]
]
Sites = Unlike[
    Annotated[str, _known(lambda reference: (reference.sites, "the id of a site of the region"))]
]
Venues = Unlike[
    Annotated[str, _known(lambda reference: (reference.venues, "the id of a venue of the region"))]
]
ElementId = Annotated[
    str, _known(lambda reference: (reference.elements, "the id of an element of this file"))
]
