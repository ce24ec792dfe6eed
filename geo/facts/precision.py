"""How far from its stated place a site may be."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo import memory
from geo.facts import catalog

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

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
    >>> import pandas as pd
    >>> uncertainty_m(pd.Series(["building", "district", None])).to_list()
    [50.0, 3000.0, inf]
    """
    stated = precision.astype("string").fillna(UNKNOWN).map(radii_m())
    return stated.astype("float64").fillna(math.inf)
