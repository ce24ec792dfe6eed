"""What holds the rows that are put right: a file in hand, a workspace, or the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.corrections.correction import corrected
from geo.corrections.making import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from geo.corrections.correction import Correction
    from geo.policy.model import Area

Kind = Literal["file", "workspace", "catalogue"]


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Rows, and what becomes of their corrections.

    Attributes
    ----------
    key
        What tells it from others in a session.
    kind
        Whose rows they are.
    title
        What the page calls them.
    sites
        The rows as they are without what the reader has in hand.
    units
        Adcodes of the districts that they may be in.
    area
        What the map shows: a region, or districts.
    name, address
        Columns with their name and their address; no address where it is empty.
    degrees
        See `geo.corrections.correction.corrected`.
    saved
        Corrections that were made and kept before.
    save
        Keeps those in hand; None where the reader may not, or where it is done elsewhere.
    """

    key: str
    kind: Kind
    title: str
    sites: gpd.GeoDataFrame
    units: tuple[str, ...]
    area: Area
    name: str
    address: str = ""
    degrees: bool = True
    saved: tuple[Correction, ...] = ()
    save: Callable[[], None] | None = None

    def rows(self, corrections: tuple[Correction, ...]) -> Rows:
        """Return the rows with corrections made.

        Raises
        ------
        RefusedCorrectionError
            Where they do not fit the rows.
        """
        sites = self.sites
        if corrections:
            sites = corrected(sites, corrections, degrees=self.degrees)
        return Rows(sites=sites, units=self.units, degrees=self.degrees)
