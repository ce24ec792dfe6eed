"""The order in which sites are listed: ties keep the order of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.checks import amounts, frames
from geo.errors import InputError
from geo.facts import catalog
from geo.search import matching, text_index

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    Keys = NDArray[np.float64]

ORDERS: Final = ("level", "name", "opened", "area", "distance")

RANKED: Final = ("level", "precision")
"""What decides where nothing else does."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "level": RANKED,
    "name": ("name_zh",),
    "opened": ("opened_year", *RANKED),
    "area": ("area_m2", *RANKED),
    "distance": RANKED,
}
"""The columns of each order."""


def ordered(
    sites: gpd.GeoDataFrame,
    *,
    by: str = "level",
    text: str = "",
    near: tuple[float, float] | None = None,
) -> gpd.GeoDataFrame:
    """Return sites in an order that a reader asked for; what is unknown comes last.

    Parameters
    ----------
    sites : GeoDataFrame
        Columns as `catalog.sites` has them.
    by : str
        ``level`` the highest level first, then the most exact position; ``name`` by the Chinese
        name's Pinyin (the order of GB 2312, rarer characters after it); ``opened`` the newest
        first; ``area`` the largest first; ``distance`` the nearest to `near` first.
    text : str
        With the order ``level``: sites whose name begins with it, then those whose name has it,
        come before the others.
    near : tuple of float, optional
        Longitude and latitude, WGS84; without it ``distance`` is as ``level``.

    Returns
    -------
    GeoDataFrame
        The rows of `sites`, with their index.

    Raises
    ------
    InputError
        For another order, or columns that it needs and that are absent.
    """
    rows = order(sites, by=by, text=text, near=near)
    return sites.iloc[rows]


def order(
    sites: gpd.GeoDataFrame, *, by: str, text: str, near: tuple[float, float] | None
) -> NDArray[np.intp]:
    """Return the rows of sites in an order, counted from 0; otherwise as `ordered`."""
    if by not in ORDERS:
        raise InputError(f"order: found {by!r}, expected one of {', '.join(ORDERS)}")
    faults: list[str] = []
    frames.require(sites, NEEDED[by], faults, name="sites")
    frames.refuse(faults)
    if by == "name":
        names = [str(name).encode("gb18030") for name in sites["name_zh"]]
        return np.array(sorted(range(len(sites)), key=names.__getitem__), dtype=np.intp)
    keys: list[Keys] = [_place("level", sites["level"]), _place("precision", sites["precision"])]
    if by == "opened":
        keys.insert(0, _largest(sites, "opened_year"))
    elif by == "area":
        keys.insert(0, _largest(sites, "area_m2"))
    elif by == "distance" and near is not None:
        keys.insert(0, np.nan_to_num(matching.distances_m(sites, near), nan=np.inf))
    elif text:
        keys.insert(0, text_index.ranks(sites, text).astype(np.float64))
    # lexsort is stable and takes the first key last.
    return np.asarray(np.lexsort(keys[::-1]))


def _place(field: catalog.Field, column: pd.Series) -> Keys:
    """Return each code's place in the vocabulary, which begins with the highest, the most exact."""
    codes = catalog.vocabulary(field).index
    places = codes.get_indexer(pd.Index(column)).astype(np.float64)
    return np.asarray(np.where(places < 0, np.inf, places), dtype=np.float64)


def _largest(sites: pd.DataFrame, name: str) -> Keys:
    faults: list[str] = []
    values = amounts.column(sites, name, faults, of="sites")
    frames.refuse(faults)
    return np.asarray(-values.fillna(-np.inf), dtype=np.float64)
