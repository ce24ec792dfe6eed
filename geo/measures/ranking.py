"""Which districts are ranked by a figure, and why each of the others is not.

The parts make the whole: every district is either listed or stands under one reason. Figures per
resident are compared within one year of the population; those of other years stand apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEOPLE: Final = "per_100k_residents"
QUOTIENT: Final = "lq"
COVERAGE: Final = "share"

NO_SITES: Final = "no_sites"
OUT_OF_REACH: Final = "out_of_reach"
OTHER_YEAR: Final = "other_year"
NOTHING_KNOWN: Final = "nothing_known"
NO_SECTOR_SITES: Final = "no_sector_sites"
NO_FIGURE: Final = "no_figure"
STATED: Final = {PEOPLE: "per_100k_empty", COVERAGE: "share_empty"}
"""The column that says why a figure is empty; of the others ``n_empty`` may say it."""


def common_year(table: pd.DataFrame) -> int | None:
    """Return the year of the population that most figures per resident rest on.

    Parameters
    ----------
    table : DataFrame
        As of `density.density`.

    Returns
    -------
    int or None
        The later year where two are as frequent; None where no year is stated.

    Examples
    --------
    >>> import pandas as pd
    >>> per_100k, years = [1.2, 0.4, 3.0, None], [2020, 2020, 2022, 2022]
    >>> common_year(pd.DataFrame({"per_100k_residents": per_100k, "population_year": years}))
    2020
    """
    years = table["population_year"].where(table[PEOPLE].notna()).dropna()
    n = years.value_counts()
    return None if n.empty else int(n[n == n.max()].index.max())


def compared(table: pd.DataFrame, figure: str) -> pd.Series:
    """Return the values of a figure that may be ranked and shaded together, the others NaN.

    Parameters
    ----------
    table : DataFrame
        Figures of districts, as of `district_table.table`.
    figure : str
        A column of it.

    Returns
    -------
    Series of float64
        On the index of `table`.
    """
    values = pd.to_numeric(table[figure], errors="coerce").astype("float64")
    return values.mask(_of_other_year(table)) if figure == PEOPLE else values


def left_out(table: pd.DataFrame, figure: str) -> pd.Series:
    """Return why each district has no place in a ranking; NA where it has one.

    Parameters as for `compared`.

    Returns
    -------
    Series of str
        "no_sites" (the figure is 0, or a quotient of nothing), "out_of_reach" (no part of it is
        covered), "other_year" (population of another year than most), the reason that `table`
        states for an empty figure ("years_unknown" among them), "nothing_known" (no site of the
        region is known to the radius of a coverage), "no_sector_sites" (the region has no site of
        the sector), "no_figure" (there is none, and nobody says why).
    """
    values = compared(table, figure)
    reason = pd.Series(pd.NA, index=table.index, dtype="str")
    if figure == QUOTIENT:
        empty = values.isna()
        reason = reason.mask(empty, NO_SECTOR_SITES).mask(empty & (table["n"] == 0), NO_SITES)
        return _stated(reason, empty, table, figure)
    reason = reason.mask(values == 0, OUT_OF_REACH if figure == COVERAGE else NO_SITES)
    reason = reason.mask(values.isna(), NOTHING_KNOWN if figure == COVERAGE else NO_FIGURE)
    reason = _stated(reason, values.isna(), table, figure)
    return reason.mask(_of_other_year(table), OTHER_YEAR) if figure == PEOPLE else reason


def _stated(reason: pd.Series, empty: pd.Series, table: pd.DataFrame, figure: str) -> pd.Series:
    """Return reasons with those that the table states for empty figures."""
    column = STATED.get(figure, "n_empty")
    if column not in table:
        return reason
    return reason.mask(empty & table[column].notna(), table[column])


def _of_other_year(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which figures per resident rest on another year than most, or on none stated."""
    year = common_year(table) if "population_year" in table else None
    if year is None:
        return np.zeros(len(table), dtype=bool)
    same = (table["population_year"] == year).fillna(value=False)
    return np.asarray(table[PEOPLE].notna() & ~same.astype(bool), dtype=bool)
