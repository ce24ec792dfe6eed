"""What stands out on a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """What is marked: a site, a district, and the districts compared (adcodes).

    Parameters
    ----------
    site
        Id of the selected site. The map moves to it, as to the district, where it was not chosen
        by a click and is out of view or not to be told from its neighbours.
    district
        Adcode of the selected district.
    compared
        Adcodes of the districts compared.
    uncertainty
        Words at the selected site's circle of uncertainty ("±3 km"), plain text.
    cell
        Zoom, x and y of the selected cell, where sites are counted in cells.
    family
        Key of the family that alone is drawn in full, until the reader chooses another.
    """

    site: str | None = None
    district: str | None = None
    compared: Iterable[str] = ()
    uncertainty: str = ""
    cell: tuple[int, int, int] | None = None
    family: str = ""
