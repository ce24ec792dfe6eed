"""Which sites meet each criterion: one mask of rows a criterion, made in one pass over a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyproj

from geo import memory
from geo.checks import amounts, frames
from geo.errors import InputError
from geo.facts import catalog, sectors, years
from geo.measures import assignment
from geo.search import text_index
from geo.search.criteria import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.search.criteria import Criteria

    Mask = NDArray[np.bool_]

DISTRICT_COLUMNS: Final = ("adcode", "city_adcode")
AT_LEAST: Final = {"opened_since": "opened_year", "area_min": "area_m2"}
"""Least values, with the column that each is of."""


def select(sites: gpd.GeoDataFrame, criteria: Criteria) -> gpd.GeoDataFrame:
    """Return the sites that meet all criteria.

    Parameters
    ----------
    sites : GeoDataFrame
        The columns that the criteria ask for, as `catalog.sites` has them.
    criteria
        What is asked.

    Returns
    -------
    GeoDataFrame
        Rows of `sites` in their order, with their index and columns.

    Raises
    ------
    InputError
        When columns that are asked for are absent; all of them at once.

    Examples
    --------
    >>> from geo import catalog
    >>> from geo.search.criteria import Criteria
    >>> select(catalog.sites(), Criteria(text="tianzifang"))["name_zh"].to_list()
    ['田子坊']
    """
    met = meeting(sites, criteria)
    return sites.copy(deep=False) if met.all() else sites[met]


def meeting(sites: gpd.GeoDataFrame, criteria: Criteria) -> Mask:
    """Return which sites meet all criteria: a tenth of the time that it takes to select them.

    Parameters, and errors, as of `select`.
    """
    met = masks(sites, criteria).values()
    return np.asarray(np.logical_and.reduce([np.ones(len(sites), dtype=bool), *met]))


def masks(sites: gpd.GeoDataFrame, criteria: Criteria) -> dict[str, Mask]:
    """Return which sites meet each criterion that asks for anything.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        The columns that the criteria ask for.
    criteria
        What is asked.

    Returns
    -------
    dict of str to ndarray of bool, shape (n,)
        By name of the criterion; ``sector`` answers for ``match``, ``near`` for ``within_km``.

    Raises
    ------
    InputError
        When columns that are asked for are absent; all of them at once.
    """
    _refuse_absent(sites, criteria)
    found: dict[str, Mask] = {}
    if criteria.scope == catalog.CORE and "scope" in sites:
        found["scope"] = (sites["scope"] != catalog.WIDE).to_numpy(dtype=bool)
    if criteria.sector:
        wanted = np.isin(_every_family(), criteria.sector)
        n = _members(sites)[:, wanted].sum(axis=1)
        # A family that does not exist is one that no site is in.
        found["sector"] = n >= (len(set(criteria.sector)) if criteria.match == "all" else 1)
    for name in VOCABULARY:
        chosen = getattr(criteria, name)
        if chosen:
            found[name] = _among(sites[name], chosen)
    if criteria.district:
        found["district"] = np.any(
            [assignment.codes(sites, name).isin(criteria.district) for name in DISTRICT_COLUMNS],
            axis=0,
        )
    found |= _numbers(sites, criteria)
    if criteria.near is not None:
        with np.errstate(invalid="ignore"):
            found["near"] = distances_m(sites, criteria.near) <= 1000 * criteria.distance_km
    if criteria.text.strip():
        found["text"] = text_index.matches(sites, criteria.text)
    return found


def _among(column: pd.Series, chosen: Collection[str]) -> Mask:
    """Return which cells hold one of some texts; of few different texts each is looked at once."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.isin(chosen).to_numpy(dtype=bool)
    # The last is for cells that hold nothing, whose code is -1.
    wanted = np.append(column.cat.categories.isin(chosen), False)
    return np.asarray(wanted[column.cat.codes.to_numpy()])


def families(sites: pd.DataFrame) -> pd.DataFrame:
    """Return in which sector families each site is.

    Parameters
    ----------
    sites : DataFrame, n rows
        With a column ``sectors``.

    Returns
    -------
    DataFrame of bool, n rows
        On the index of `sites`, a column for each key of `catalog.families`, in display order.
    """
    return pd.DataFrame(_members(sites), index=sites.index, columns=_every_family(), copy=False)


def _members(sites: pd.DataFrame) -> Mask:
    families, of = _every_family(), sectors.family_by_sector()
    rows, combinations = pd.factorize(sites["sectors"])
    stated = [{of.get(code) for code in sectors.listed(str(each))} for each in combinations]
    table = [[each in own for each in families] for own in (*stated, ())]  # -1: none stated
    return np.array(table, dtype=bool)[rows]


@memory.by_facts
def _every_family() -> tuple[str, ...]:
    return tuple(catalog.families().index)


def distances_m(sites: gpd.GeoDataFrame, place: tuple[float, float]) -> NDArray[np.float64]:
    """Return the geodesic distance of each site's position to a place.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated.
    place : tuple of float
        Longitude and latitude, WGS84 degrees.

    Returns
    -------
    ndarray of float64, shape (n,)
        Metres on the WGS84 ellipsoid (Karney 2013, Algorithms for geodesics, Journal of Geodesy
        87, 43-55; computed by PROJ), NaN where a site is unlocated.

    Raises
    ------
    InputError
        For geometries that are no points or have no CRS, and a place that is none; all faults
        at once.
    """
    faults: list[str] = []
    amounts.check_position(place, faults, name="near")
    lonlat = frames.locations(sites, faults)
    frames.refuse(faults)
    metres = np.full(len(lonlat), np.nan)
    located = ~np.isnan(lonlat[:, 0])
    lon, lat = lonlat[located].T
    start = np.full(len(lon), place[0]), np.full(len(lat), place[1])
    metres[located] = pyproj.Geod(ellps="WGS84").inv(*start, lon, lat)[2]
    return metres


def _numbers(sites: pd.DataFrame, criteria: Criteria) -> dict[str, Mask]:
    """Return which sites meet each limit of a number or a year."""
    found = {
        name: _at_least(sites, column, getattr(criteria, name))
        for name, column in AT_LEAST.items()
        if getattr(criteria, name) is not None
    }
    if criteria.until is not None:
        by_then = years.known(sites)["year"].le(criteria.until)
        found["until"] = by_then.fillna(value=False).to_numpy(dtype=bool)
    return found


def _at_least(sites: pd.DataFrame, name: str, least: float) -> Mask:
    faults: list[str] = []
    known = amounts.column(sites, name, faults, of="sites")
    frames.refuse(faults)
    return np.asarray(known.ge(least), dtype=bool)


def _refuse_absent(sites: pd.DataFrame, criteria: Criteria) -> None:
    faults: list[str] = []
    frames.require(sites, (), faults, name="sites")
    frames.refuse(faults)
    needed = [("sector", "sectors"), *AT_LEAST.items()]
    needed += [(str(name), name) for name in VOCABULARY]
    needed += [("until", column) for column in years.COLUMNS]
    absent = [
        column
        for name, column in needed
        if getattr(criteria, name) not in ((), None) and column not in sites
    ]
    either = ((criteria.text.strip(), text_index.COLUMNS), (criteria.district, DISTRICT_COLUMNS))
    for asked, names in either:
        if asked and not any(name in sites for name in names):
            absent.append(" or ".join(names))
    if absent:
        raise InputError(f"sites: no column {', '.join(absent)}; it was asked for by a filter")
