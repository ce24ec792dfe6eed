"""How far from its stated place a site may be."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import memory
from geo.facts import catalog

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

COLUMN = "precision"
UNKNOWN = "none"
"""The precision of a site without a position."""


@memory.by_facts
def radii_m() -> Mapping[str, float]:
    """Return the radius of uncertainty in metres of each precision of ``vocabulary.csv``.

    Examples
    --------
    >>> dict(radii_m())
    {'building': 50.0, 'street': 500.0, 'district': 3000.0, 'none': inf}
    """
    radii = catalog.vocabulary("precision")["radius_m"]
    return MappingProxyType({str(code): float(metres) for code, metres in radii.items()})


def uncertainty_m(precision: pd.Series) -> pd.Series:
    """Return the radius of uncertainty of each row, metres; infinite where nothing is known.

    Parameters
    ----------
    precision
        Codes of ``vocabulary.csv``, or nothing.

    Returns
    -------
    Series of float64
        Metres, on the index of `precision`.

    Examples
    --------
    >>> uncertainty_m(pd.Series(["building", "district", None])).to_list()
    [50.0, 3000.0, inf]
    """
    stated = precision.astype("string").fillna(UNKNOWN).map(radii_m())
    return stated.astype("float64").fillna(math.inf)


def of_sites(sites: gpd.GeoDataFrame, faults: list[str]) -> NDArray[np.float64]:
    """Return the radius of uncertainty of each site, metres.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        With a column ``precision``.
    faults : list of str
        Takes what is wrong: no such column, codes that ``vocabulary.csv`` has not.

    Returns
    -------
    ndarray of float64, shape (n,)
        Only to be used when no fault was added.
    """
    given: object = sites
    if not isinstance(given, pd.DataFrame | pd.Series):
        return np.empty(0)  # refused with its geometry
    known = radii_m()
    if COLUMN not in sites:
        faults.append(
            "sites: no column precision; expected one of "
            f"{', '.join(known)} for each site, for surveyed points "
            "sites.assign(precision='building')"
        )
        return np.full(len(sites), np.inf)
    unknown = sorted(set(sites[COLUMN].dropna().map(str)) - set(known))
    if unknown:
        faults.append(
            f"sites, column precision: {', '.join(map(repr, unknown))} not known; "
            f"expected {', '.join(known)}, or nothing"
        )
    return uncertainty_m(sites[COLUMN]).to_numpy()
