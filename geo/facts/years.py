"""Since when a site is known: the year it opened or, where nobody published that, was recognised.

A year of recognition is no year of opening: it says that the site existed by then. So each year
says which it is, and a site with neither has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo import memory
from geo.checks import amounts, frames
from geo.facts import catalog

if TYPE_CHECKING:
    from collections.abc import Collection

OPENED: Final = "opened"
RECOGNISED: Final = "recognised"
EVENTS: Final = (OPENED, RECOGNISED)
NO_YEAR: Final = -(2**31)
COLUMNS: Final = ("id", "opened_year")
"""The columns that tell of which site a year is, and which it is."""


def known(sites: pd.DataFrame) -> pd.DataFrame:
    """Return since when each site is known.

    Parameters
    ----------
    sites : DataFrame, n rows
        With ``id`` and ``opened_year``.

    Returns
    -------
    DataFrame, n rows
        On the index of `sites`: ``year``, and ``event``, a categorical of :data:`EVENTS`; both
        missing where neither year is known. The year of the first recognition counts.

    Raises
    ------
    InputError
        Without these columns, or with a year that is none; all faults at once.
    """
    faults: list[str] = []
    frames.require(sites, COLUMNS, faults, name="sites")
    frames.refuse(faults)
    opened = amounts.column(sites, "opened_year", faults, of="sites")
    frames.refuse(faults)
    recognised = sites["id"].map(_recognised()).astype("Float64")
    events = pd.Categorical.from_codes(
        np.select([opened.notna(), recognised.notna()], [0, 1], default=-1),
        categories=pd.Index(EVENTS),
    )
    year = opened.astype("Float64").fillna(recognised).astype("Int64")
    return pd.DataFrame({"year": year, "event": pd.Series(events, index=sites.index)})


def per_year(since: pd.DataFrame, years: Collection[int]) -> pd.DataFrame:
    """Return how many sites opened and how many were recognised in each year.

    Parameters
    ----------
    since : DataFrame
        As :func:`known` returns it.
    years : collection of int
        The years asked for.

    Returns
    -------
    DataFrame
        Index the years, a column for each of :data:`EVENTS`.
    """
    asked = pd.Index(list(years), name="year")
    row = asked.get_indexer(pd.Index(since["year"].fillna(NO_YEAR)))
    of_a_year = row >= 0
    cell = row[of_a_year] * len(EVENTS) + since["event"].cat.codes.to_numpy()[of_a_year]
    counts = np.bincount(cell, minlength=len(asked) * len(EVENTS)).reshape(-1, len(EVENTS))
    return pd.DataFrame(counts, index=asked, columns=pd.Index(EVENTS, name="event"))


@memory.by_facts
def span() -> range:
    """Return the years from the first to the last that is known of any site; none, none."""
    year = known(catalog.sites(scope=catalog.WIDE))["year"].dropna()
    return range(int(year.min()), int(year.max()) + 1) if len(year) else range(0)


@memory.by_facts
def _recognised() -> dict[str, int]:
    """Return the year of the first recognition by site."""
    events = catalog.milestones()
    first = events[events["event"] == RECOGNISED].groupby("site")["year"].min()
    return {str(site): int(year) for site, year in first.items()}
