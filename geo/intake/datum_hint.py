"""Which datum a file is in, as far as its own districts tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.china import county_units
from geo.china.datum import DATUMS, Datum
from geo.intake import faults, placing, positions
from geo.measures import containment

if TYPE_CHECKING:
    from geo.intake.plan import Plan
    from geo.intake.table import RawTable

LEAST_ROWS: Final = 10
LEAST_LEAD: Final = 0.05
"""A datum is proposed when this many rows can tell, and it leads by this share of them."""

MOST_ROWS: Final = 20_000
"""Rows that are looked at, evenly taken from the file: as exact as a share in per cent needs."""

COLUMNS: Final = ("rows", "in_district", "in_water", "moved_m")


def hint(table: RawTable, plan: Plan) -> pd.DataFrame:
    """Return how well each datum fits what the rows say of their districts.

    Parameters
    ----------
    table, plan
        The file and how it is understood; the datum of the plan does not count.

    Returns
    -------
    DataFrame
        Index ``datum``; ``rows`` with both a position and a district of their own words that
        were tried, ``in_district`` of them where they say to be, ``in_water`` in no district at
        all, and ``moved_m``, the median of what the datum moves them by, metres.
    """
    noted, units, table = faults.Faults(), county_units.units(), _thinned(table)
    given = positions.stated(table, plan.columns, noted)
    around = placing.cities_of(placing.holding(given[["lon", "lat"]].to_numpy(), units))
    named = placing.stated(table, plan, noted, around=around)["adcode"]
    usable = given["lon"].notna() & named.notna()
    given, named = given[usable], named[usable]
    counted = {}
    for kind in DATUMS:
        moved = positions.to_wgs84(given, kind)[["lon", "lat"]]
        rows = placing.holding(moved.to_numpy(), units)
        inside = rows != containment.NOWHERE
        agree = inside & (units.index.to_numpy()[rows] == named.to_numpy())
        metres = placing.distances_m(given[["lon", "lat"]], moved)
        median = float(np.median(metres)) if len(metres) else 0.0
        counted[kind] = (len(given), int(agree.sum()), int((~inside).sum()), median)
    return pd.DataFrame.from_dict(counted, orient="index", columns=list(COLUMNS)).rename_axis(
        "datum"
    )


def _thinned(table: RawTable) -> RawTable:
    """Return a table with rows evenly taken from one that has too many."""
    n = len(table.cells)
    if n <= MOST_ROWS:
        return table
    chosen = np.linspace(0, n - 1, MOST_ROWS).astype(np.intp)
    return table.rows(chosen)


def best(counts: pd.DataFrame) -> Datum | None:
    """Return the datum that fits clearly best, None where none does.

    Examples
    --------
    >>> columns = ["rows", "in_district", "in_water", "moved_m"]
    >>> rows = [[71, 55, 0, 0.0], [71, 58, 0, 500.0], [71, 69, 0, 1200.0]]
    >>> best(pd.DataFrame(rows, index=["wgs84", "gcj02", "bd09"], columns=columns))
    'bd09'
    """
    fits = counts["in_district"].sort_values(ascending=False, kind="stable")
    rows, lead = int(counts["rows"].max()), int(fits.iloc[0] - fits.iloc[1])
    clear = rows >= LEAST_ROWS and lead >= max(LEAST_LEAD * rows, 1)
    return next(kind for kind in DATUMS if kind == fits.index[0]) if clear else None
