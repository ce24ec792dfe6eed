"""Positions that rows get after their file was read: from a geocoder, or a table filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.facts.schemas import Located

LOCATED_BY: Final = "located_by"
"""Column of the kept rows: what told a position that the file does not have itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A position that a row was given.

    Attributes
    ----------
    row
        Of the file.
    lon, lat
        WGS84 degrees.
    precision
        Class of the position.
    source
        What told it: a service with its match level and the day, or a file.
    """

    row: int
    lon: float
    lat: float
    precision: Located
    source: str


def table(found: Iterable[Found]) -> pd.DataFrame:
    """Return positions on the numbers of their rows; of several of one row the last."""
    columns = ["lon", "lat", "precision", "source"]
    rows = {each.row: (each.lon, each.lat, each.precision, each.source) for each in found}
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def added(placed: pd.DataFrame, found: Iterable[Found]) -> pd.DataFrame:
    """Return the positions of rows with those that were found in their place.

    Parameters
    ----------
    placed : DataFrame
        ``lon``, ``lat`` (WGS84) and ``precision`` on the rows of a file.
    found
        What was found; rows that the file does not have are passed over.
    """
    given = table(found)
    given = given[given.index.isin(placed.index)]
    if given.empty:
        return placed
    result = placed.copy()
    for name in ("lon", "lat", "precision"):
        result.loc[given.index, name] = given[name]
    return result
