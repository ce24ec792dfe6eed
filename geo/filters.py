"""The sites that a reader asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo import sectors as sector_codes
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd


def select(
    sites: gpd.GeoDataFrame,
    *,
    families: Collection[str] | None = None,
    sectors: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
    levels: Collection[str] | None = None,
    statuses: Collection[str] | None = None,
    existences: Collection[str] | None = None,
    family_of: Mapping[str, str] | None = None,
) -> gpd.GeoDataFrame:
    """Return the sites that meet every condition.

    Parameters
    ----------
    sites : GeoDataFrame
        Columns ``sectors``, ``kind``, ``level``, ``status``, ``existence``, as far as asked for.
    families : collection of str, optional
        Families of sectors; a site matches when any of its sectors is in any of them.
    sectors : collection of str, optional
        Sectors; a site matches when it has any of them.
    kinds, levels, statuses, existences : collection of str, optional
        Codes of the column. None lets all pass, an empty collection nothing; a missing value
        passes only where nothing was asked of it.
    family_of : mapping of str to str, optional
        Family of each sector; the catalogue's own where omitted.

    Returns
    -------
    GeoDataFrame
        Rows of `sites` in their order, with their index and columns.

    Raises
    ------
    InputError
        When a column that was asked for is absent; all of them at once.
    """
    wanted = {"kind": kinds, "level": levels, "status": statuses, "existence": existences}
    asked = {column: set(codes) for column, codes in wanted.items() if codes is not None}
    by_sector = [] if sectors is None else [set(sectors)]
    if families is not None:
        by_sector.append(sector_codes.of_families(families, family_of=family_of))
    needed = [*asked, *(["sectors"] if by_sector else [])]
    absent = [column for column in needed if column not in sites]
    if absent:
        raise InputError(f"sites: no column {', '.join(absent)}; it was asked for by a filter")
    keep = np.ones(len(sites), dtype=bool)
    for column, codes in asked.items():
        keep &= sites[column].isin(codes).to_numpy(dtype=bool)
    for codes in by_sector:
        pairs = sector_codes.shares(sites)
        keep &= np.isin(np.arange(len(sites)), pairs.loc[pairs["sector"].isin(codes), "site"])
    return sites[keep]
