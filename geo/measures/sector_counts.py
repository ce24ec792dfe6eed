"""How many sites of each sector a district has: what location quotients are made of.

A site with k sectors counts 1/k in each, one without a stated sector in none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from geo.facts import catalog, sectors
from geo.measures import assignment, containment

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

By = Literal["sector", "family"]

REGION: Final = "region"


def counts(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    by: By = "family",
    family_of: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return how many sites of each sector, or family of sectors, each district has.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        With a column ``sectors`` (codes separated by ";"), located or not.
    districts : GeoDataFrame, m rows
        Polygons in any CRS.
    by : "sector" or "family", optional
        What the columns are.
    family_of : mapping of str to str, optional
        Family of each sector; the catalogue's own where omitted.

    Returns
    -------
    DataFrame of float64, shape (m, k)
        On the index of `districts`; a column for each sector or family in the catalogue's order,
        those that no site is of among them, as `location_quotient.table` takes it. ``attrs`` says
        how many sites there are (``n``), are ``used``, state no sector (``unstated``), and state
        one but are in no district (``unplaced``).

    Raises
    ------
    InputError
        Without a column ``sectors``, and as `assignment.assign`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> halves = [shapely.box(120, 30, 121, 31), shapely.box(121, 30, 122, 31)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> sites = gpd.GeoDataFrame(
    ...     {"sectors": ["fashion", "film_tv;fashion", "film_tv", None]},
    ...     geometry=shapely.points([120.5, 120.6, 121.5, 121.6], 30.5),
    ...     crs="EPSG:4326",
    ... )
    >>> counts(sites, districts)[["fas", "film"]].to_dict("index")
    {'west': {'fas': 1.5, 'film': 0.5}, 'east': {'fas': 0.0, 'film': 1.0}}
    """
    pairs = sectors.shares(sites)
    rows = assignment.locate(sites, districts)
    frame = _table(pairs, rows, districts.index, by=by, family_of=family_of)
    stated = np.isin(np.arange(len(sites)), pairs["site"])
    used = int((stated & (rows != containment.NOWHERE)).sum())
    frame.attrs = {
        "n": len(sites),
        "used": used,
        "unstated": int((~stated).sum()),
        "unplaced": int(stated.sum()) - used,
    }
    return frame


def of_rows(sites: pd.DataFrame, rows: NDArray[np.intp], units: pd.Index) -> pd.DataFrame:
    """Return how many sites of each family units have, where it is known in which each one is.

    Parameters
    ----------
    sites : DataFrame, n rows
        As of `counts`.
    rows : ndarray of int, shape (n,)
        The unit of each, by its row.
    units : Index
        Labels of the units.

    Examples
    --------
    >>> sites = pd.DataFrame({"sectors": ["fashion", "film_tv;fashion"]})
    >>> of_rows(sites, np.array([1, 1]), pd.Index(["a", "b"]))[["fas", "film"]].to_dict("index")
    {'a': {'fas': 0.0, 'film': 0.0}, 'b': {'fas': 1.5, 'film': 0.5}}
    """
    return _table(sectors.shares(sites), rows, units, by="family", family_of=None)


def totals(
    sites: pd.DataFrame,
    *,
    by: By = "family",
    name: str = REGION,
    family_of: Mapping[str, str] | None = None,
) -> pd.Series:
    """Return how many sites of each sector or family there are, in a district or not.

    Parameters
    ----------
    sites, by
        As of `counts`.
    name : str, optional
        Of the area, as `location_quotient.table` takes it for reference.
    family_of
        As of `counts`.

    Returns
    -------
    Series of float64
        Sites, on the columns of `counts`.

    Examples
    --------
    >>> sites = pd.DataFrame({"sectors": ["fashion", "film_tv;fashion"]})
    >>> totals(sites).loc[["fas", "film"]].to_dict()
    {'fas': 1.5, 'film': 0.5}
    """
    pairs = sectors.shares(sites)
    label, columns = _columns(pairs["sector"], by, family_of)
    column = columns.get_indexer(label)
    sums = np.bincount(column, weights=pairs["share"], minlength=len(columns))
    return pd.Series(sums.astype(np.float64), index=columns, name=name)


def groups(codes: pd.Series, *, family_of: Mapping[str, str] | None = None) -> pd.Series:
    """Return the family of each sector's code, "mix" for one that is in none.

    Examples
    --------
    >>> groups(pd.Series(["fashion", "of no family"])).to_list()
    ['fas', 'mix']
    """
    known = sectors.family_by_sector() if family_of is None else family_of
    return codes.map(dict(known)).fillna(sectors.MIXED)


def _table(
    pairs: pd.DataFrame,
    rows: NDArray[np.intp],
    units: pd.Index,
    *,
    by: By,
    family_of: Mapping[str, str] | None,
) -> pd.DataFrame:
    """Return counts by unit of sites in a unit each, or in none."""
    label, columns = _columns(pairs["sector"], by, family_of)
    column = columns.get_indexer(label)
    row = rows[pairs["site"]]
    placed = row != containment.NOWHERE
    table = np.zeros((len(units), len(columns)))
    np.add.at(table, (row[placed], column[placed]), pairs["share"].to_numpy()[placed])
    return pd.DataFrame(table, index=units, columns=columns)


def _columns(
    codes: pd.Series, by: By, family_of: Mapping[str, str] | None
) -> tuple[pd.Index, pd.Index]:
    """Return the column of each code, and all columns: what no catalogue has comes last."""
    if by == "sector":
        own, known = codes, catalog.sectors().index
    else:
        own = groups(codes, family_of=family_of)
        known = catalog.families().index if family_of is None else pd.Index([*family_of.values()])
    return pd.Index(own), known.append(pd.Index(own)).unique().rename(by)
