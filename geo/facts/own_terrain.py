"""Streets, barriers, forbidden areas and candidates that somebody brought, packed as text."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CORNERS: Final = 3_000_000
"""Of a street network, its ends included: those of a large city are two million."""

MOST_SHAPED: Final = 500_000
"""Corners of barriers, and of areas where nothing may be built."""

MOST_PLACES: Final = 2_000
"""Candidates for new sites: among so many a plan is found in seconds."""

LEAST_CORNERS: Final = 2
"""Of each street, line and area: its ends."""

REASONS: Final = ("motorway", "closed", "unbuilt")
"""Why lines of a street network are not walked, as the rules have them."""


@dataclass(frozen=True, kw_only=True)
class OwnStreets:
    """A street network, of a file that somebody brought.

    Attributes
    ----------
    source
        Whose it is, in the owner's words.
    file
        Its name.
    edges
        Streets from one corner to the next.
    corners
        Of all courses, ends included.
    km
        Of all streets.
    motorway_km, closed_km, unbuilt_km
        Of lines in the file that are not walked.
    packed
        The courses, see `geo.networks.packed`.

    Raises
    ------
    InputError
        For numbers that are no amounts, too many corners, and more streets than these can have.
    """

    source: str
    file: str
    edges: int
    corners: int
    km: float
    motorway_km: float
    closed_km: float
    unbuilt_km: float
    packed: str = field(repr=False)

    def __post_init__(self) -> None:
        km = (self.km, *self.left_out_km.values())
        _check("streets", self.edges, self.corners, km, most=MOST_CORNERS)

    @property
    def left_out_km(self) -> Mapping[str, float]:
        """What is not walked, in km, by `REASONS`."""
        return {reason: getattr(self, f"{reason}_km") for reason in REASONS}


@dataclass(frozen=True, kw_only=True)
class OwnShapes:
    """Lines and areas of a file that somebody brought: not to be crossed, or not to be built on.

    Attributes
    ----------
    source
        Whose they are, in the owner's words.
    file
        Its name.
    parts
        Lines and areas.
    corners
        Of all of them.
    packed
        The courses, see `geo.networks.packed`.

    Raises
    ------
    InputError
        For numbers that are no amounts, too many corners, and more parts than these can have.
    """

    source: str
    file: str
    parts: int
    corners: int
    packed: str = field(repr=False)

    def __post_init__(self) -> None:
        _check("shapes", self.parts, self.corners, most=MOST_SHAPED)


@dataclass(frozen=True, kw_only=True)
class OwnPlaces:
    """Places of a file that somebody brought: where new sites may stand.

    Attributes
    ----------
    source
        Whose they are, in the owner's words.
    file
        Its name.
    places
        How many there are.
    outside
        Rows of the file that are none: outside the region, without a position, or there twice.
    packed
        Their positions and names, see `geo.networks.packed`.

    Raises
    ------
    InputError
        For numbers that are no amounts, and too many places.
    """

    source: str
    file: str
    places: int
    outside: int
    packed: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 < self.places <= MOST_PLACES or self.outside < 0:
            raise InputError(
                f"candidates: found {self.places:,} places and {self.outside:,} rows that are "
                f"none; expected 1 to {MOST_PLACES:,} places"
            )


def deflate(raw: bytes) -> str:
    """Return bytes as text that takes little room.

    Examples
    --------
    >>> inflate(deflate(b"street"), 6)
    b'street'
    """
    return base64.b64encode(zlib.compress(raw)).decode("ascii")


def inflate(packed: str, most: int) -> bytes:
    """Return the bytes of such a text.

    Raises
    ------
    InputError
        Where it is none, or has more bytes than `most`.
    """
    unpacking = zlib.decompressobj()
    try:
        # No more is unpacked than is expected, whatever the text holds; a limit of 0 would be none.
        raw = unpacking.decompress(base64.b64decode(packed, validate=True), most + 1)
    except (ValueError, zlib.error) as error:
        raise InputError(f"packed: cannot be unpacked ({error})") from error
    if len(raw) > most or not unpacking.eof:
        raise InputError(f"packed: more than {most:,} bytes")
    return raw


def _check(
    what: Literal["streets", "shapes"],
    parts: int,
    corners: int,
    km: tuple[float, ...] = (),
    *,
    most: int,
) -> None:
    amounts = (parts, corners, *km)
    if (
        not all(0 <= each < float("inf") for each in amounts)
        or corners > most
        or LEAST_CORNERS * parts > corners
    ):
        raise InputError(
            f"{what}: found {', '.join(f'{each:g}' for each in amounts)}; expected amounts, "
            f"{LEAST_CORNERS} corners or more each, and at most {most:,} corners"
        )
