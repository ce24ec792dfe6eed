"""Residents by place that somebody brought: kept packed, unpacked for the latest that are asked."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from geo import memory
from geo.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Basis = Literal["points", "raster"]
LATEST: Final = 128
"""Populations that are unpacked at once, fewer where they have many places."""

MOST_PLACES: Final = 2_000_000
"""Of one population; a file of our own may say anything of how many it holds."""

AXES: Final = 3
"""Longitude, latitude and residents of a place."""


@dataclass(frozen=True, kw_only=True)
class OwnPopulation:
    """Residents by place, of a file that somebody brought.

    Attributes
    ----------
    source
        Whose figures they are, in the owner's words.
    file
        Its name.
    basis
        ``points``, or ``raster`` where each place is the middle of a cell.
    places
        How many there are.
    residents
        Of all of them.
    outside
        Residents of the file that live outside the region, and are in no place.
    packed
        The places, see `pack`.

    Raises
    ------
    InputError
        For an unknown basis, and numbers that are no amounts.
    """

    source: str
    file: str
    basis: Basis
    places: int
    residents: float
    outside: float
    packed: str = field(repr=False)

    def __post_init__(self) -> None:
        if self.basis not in get_args(Basis):
            raise InputError(f"population, basis: found {self.basis!r}, expected points or raster")
        amounts = np.array([self.places, self.residents, self.outside])
        if not ((amounts >= 0) & (amounts < np.inf)).all() or self.places > MOST_PLACES:
            raise InputError(
                f"population: found {self.places} places, {self.residents} and {self.outside} "
                f"residents; expected amounts, and at most {MOST_PLACES:,} places"
            )


def pack(lon: Floats, lat: Floats, residents: Floats) -> str:
    """Return places as text that takes little room: of a million cells some megabytes.

    Examples
    --------
    >>> unpack(pack(np.array([121.5]), np.array([31.25]), np.array([40.0])), 1)[2].tolist()
    [40.0]
    """
    # Bytes of one rank beside each other: on a grid they repeat.
    columns = np.stack([lon, lat, residents]).astype("<f8").view(np.uint8)
    ranked = columns.reshape(AXES, -1, 8).transpose(0, 2, 1)
    return base64.b64encode(zlib.compress(ranked.tobytes())).decode("ascii")


@memory.by_view(LATEST, rows=lambda unpacked: len(unpacked[0]))
def unpack(packed: str, places: int) -> tuple[Floats, Floats, Floats]:
    """Return longitudes, latitudes (degrees, WGS84) and residents of so many packed places.

    Raises
    ------
    InputError
        Where it is not what `pack` made of so many.
    """
    size = AXES * 8 * places
    try:
        # No more is unpacked than is expected, whatever the text holds.
        raw = zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), size + 1)
    except (ValueError, zlib.error) as error:
        raise InputError(f"population: cannot be unpacked ({error})") from error
    if len(raw) != size:
        raise InputError(f"population: not the {places} places that it says")
    ranked = np.frombuffer(raw, np.uint8).reshape(AXES, 8, -1).transpose(0, 2, 1)
    lon, lat, residents = ranked.copy().view("<f8")[..., 0]
    return _frozen(lon), _frozen(lat), _frozen(residents)


def _frozen(column: Floats) -> Floats:
    own = column.astype(np.float64)
    own.flags.writeable = False
    return own
