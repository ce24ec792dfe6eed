"""How many sites each choice of a filter would leave."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.facts import catalog
from geo.measures import assignment
from geo.search import matching
from geo.search.criteria import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.search.criteria import Criteria

    Mask = NDArray[np.bool_]


def counts(sites: gpd.GeoDataFrame, criteria: Criteria) -> dict[str, Mapping[str, int]]:
    """Return how many sites would be left if a choice were made, for each choice of each list.

    The other filters stay as they are. The choice replaces what its own list has; only with
    ``match="all"`` is a family added to the families chosen.

    Parameters
    ----------
    sites : GeoDataFrame
        Columns as `catalog.sites` has them.
    criteria
        The filters in force.

    Returns
    -------
    dict of str to mapping of str to int
        By field of `geo.search.criteria.LISTS`, then by code: families and vocabulary in display
        order, with 0 where nothing would be left; for ``district`` the districts and cities that
        any of `sites` state, in the order of their codes.

    Raises
    ------
    InputError
        When columns that are asked for are absent.
    """
    faults: list[str] = []
    frames.require(sites, ("sectors", *VOCABULARY), faults, name="sites")
    frames.refuse(faults)
    found = matching.masks(sites, criteria)
    failed = np.zeros(len(sites), dtype=np.intp)
    for mask in found.values():
        failed += ~mask

    def left(field: str) -> Mask:
        """Return which sites meet all criteria but that of a field."""
        return np.asarray(failed == (~found[field] if field in found else 0))

    kept = failed == 0 if criteria.match == "all" else left("sector")
    members = matching.families(sites)
    by_family = members.to_numpy()[kept].sum(axis=0)
    table = {"sector": {str(key): int(n) for key, n in zip(members, by_family, strict=True)}}
    for field in VOCABULARY:
        table[field] = _by_code(sites[field], left(field), catalog.vocabulary(field).index)
    table["district"] = _by_district(sites, left("district"))
    return {field: MappingProxyType(n) for field, n in table.items()}


def _by_code(column: pd.Series, kept: Mask, codes: pd.Index) -> dict[str, int]:
    rows = codes.get_indexer(pd.Index(column))[kept]
    n = np.bincount(rows[rows >= 0], minlength=len(codes))
    return {str(code): int(each) for code, each in zip(codes, n, strict=True)}


def _by_district(sites: pd.DataFrame, kept: Mask) -> dict[str, int]:
    """Count sites under their district and under their city, once where these are the same."""
    district, city = (assignment.codes(sites, name) for name in matching.DISTRICT_COLUMNS)
    same = (city == district).fillna(value=False)
    stated = pd.concat([district, city.mask(same)])
    codes = pd.Index(sorted(stated.dropna().unique()))
    return _by_code(stated, np.tile(kept, 2), codes)
