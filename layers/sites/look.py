"""How sites are named and coloured on a map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class SiteLook:
    """How sites are named and coloured.

    Parameters
    ----------
    families
        Family key of each site, on the sites' index.
    captions
        Second line of each tooltip, on the sites' index.
    name
        Column with the name.
    radii
        Radius of uncertainty in metres by precision.
    plain
        Draw all of them as small grey dots, as ground for a layout.
    marked
        Ids of the sites that stand out among them.
    doubtful
        Ids of the sites whose position is doubtful: drawn with a ring of warning.
    numbers
        Number of each site that has one in the list beside the map, by id: drawn as a disc with
        that number; sites without one are drawn as usual.
    picked
        Ids of the sites chosen for comparison or a shortlist: drawn as dark discs.
    ringed
        Sites that something is asked about, by id: drawn as usual within a ring, a strong one
        where true.
    hollow
        Ids of the sites that take no part in what the map shows: drawn as small hollow discs.
    """

    families: pd.Series
    captions: pd.Series | None = None
    name: str = "name_zh"
    radii: Mapping[str, float] | None = None
    plain: bool = False
    marked: Collection[str] = ()
    doubtful: Collection[str] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    picked: Collection[str] = ()
    ringed: Mapping[str, bool] = field(default_factory=dict)
    hollow: Collection[str] = ()
