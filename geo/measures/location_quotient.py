"""How far a district specialises in a sector, against the area that it is compared with.

``LQ = (x_ds / x_d) / (x_s / x)``: the sector's share of the district's sites over its share of the
reference area's (Florence 1939; Isard 1960, Methods of Regional Analysis, p. 124). A ratio: 1 is
the same share, 0 a sector that the district has no site of. NaN where x_d or x_s is 0: of nothing
there is no share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from geo.checks import amounts, frames
from geo.errors import InputError
from geo.facts import sectors
from geo.measures import assignment, containment

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64] | np.float64

FEW_SITES = 5
"""Below this many sites a quotient says little, and is flagged."""

SPECIALISED: Final = 2.0
"""The quotient from which on a district is specialised, for its star."""

TOP: Final = 0.1
"""The share of the districts that is the top of them, for the other two stars."""

ROUNDING: Final = 1e-9
"""Of a limit: five sites in three sectors each add up to a little less than 5."""

LEVEL: Final = 0.95
"""How often an interval holds its quotient at least."""

ALL: Final = "all districts"
"""The reference area where none is named."""


class Interval(NamedTuple):
    """The limits of what a quotient may be.

    Attributes
    ----------
    low, high
        Ratios; NaN where there is no quotient.
    """

    low: Floats
    high: Floats


def location_quotient(x_ds: ArrayLike, x_d: ArrayLike, x_s: ArrayLike, x: ArrayLike) -> Floats:
    """Return location quotients.

    Parameters
    ----------
    x_ds, x_d : array_like of float
        Sites of the sector in the district, and of all sectors.
    x_s, x : array_like of float
        The same of the reference area. All four are scalars, or of shapes that NumPy broadcasts.

    Returns
    -------
    float64 or ndarray of float64
        Ratio, NaN where x_d or x_s is 0.

    Raises
    ------
    InputError
        For what is below 0 or no number.

    Examples
    --------
    >>> float(round(location_quotient(1714, 79006, 879213, 15593224), 7))
    0.3847623
    >>> location_quotient([2, 0, 0], [4, 6, 0], 2, 10).round(2).tolist()
    [2.5, 0.0, nan]
    """
    of_sector, of_district, reference = _shares(x_ds, x_d, x_s, x)
    return _ratio(_ratio(of_sector, of_district), reference)[()]


def interval(
    x_ds: ArrayLike, x_d: ArrayLike, x_s: ArrayLike, x: ArrayLike, *, level: float = LEVEL
) -> Interval:
    """Return the exact interval of location quotients.

    The sites of a sector among the x_d of a district are taken as binomial; the limits of their
    share (Clopper and Pearson 1934, Biometrika 26, pp. 404-413: quantiles of beta distributions)
    are divided by the reference's share, which is taken as known. Where sites count 1/k in
    a sector, x_ds is no whole number; the beta distributions are those of its value.

    Parameters
    ----------
    x_ds, x_d, x_s, x : array_like of float
        As of `location_quotient`.
    level : float, optional
        How often the interval holds the quotient at least, above 0 and below 1.

    Raises
    ------
    InputError
        As `location_quotient`, and for an impossible level.

    Examples
    --------
    >>> low, high = interval(2, 4, 20, 100)
    >>> float(round(low, 2)), float(round(high, 2))
    (0.34, 4.66)
    """
    if not amounts.within(level, least=0, most=1) or level in {0, 1}:
        raise InputError(f"level: found {level!r}, expected a number above 0 and below 1")
    of_sector, of_district, reference = _shares(x_ds, x_d, x_s, x)
    # Fractions of sites, added up, may be above the district's by a rounding.
    hits = np.minimum(of_sector, of_district)
    misses = of_district - hits
    tail = (1 - level) / 2
    low = np.where(hits > 0, special.betaincinv(np.where(hits > 0, hits, 1), misses + 1, tail), 0)
    high = special.betaincinv(hits + 1, np.where(misses > 0, misses, 1), 1 - tail)
    high = np.where(misses > 0, high, 1)
    known = of_district > 0
    return Interval(
        _ratio(np.where(known, low, np.nan), reference)[()],
        _ratio(np.where(known, high, np.nan), reference)[()],
    )


def table(counts: pd.DataFrame, *, reference: pd.Series | None = None) -> pd.DataFrame:
    """Return the location quotients of districts and sectors.

    Parameters
    ----------
    counts : DataFrame, shape (m, k)
        Sites of each district (rows) in each sector (columns), fractions of sites included.
    reference : Series, optional
        Sites of the area to compare with in each sector, under its name; the sums over the rows
        where omitted. Needs every sector of `counts`, and may have others.

    Returns
    -------
    DataFrame of float64, shape (m, k)
        Ratios, on the index and columns of `counts`, NaN where a district has no site, or the
        area none of the sector; ``attrs["reference"]`` names the area.

    Raises
    ------
    InputError
        For counts that are missing, below 0 or no numbers, a label that comes twice, a sector
        that the reference lacks, and a reference without a name; all faults at once.

    Examples
    --------
    >>> counts = pd.DataFrame({"film": [3, 1], "fashion": [1, 3]}, index=["west", "east"])
    >>> table(counts)
          film  fashion
    west   1.5      0.5
    east   0.5      1.5
    >>> city = pd.Series({"film": 10, "fashion": 30}, name="the city")
    >>> table(counts, reference=city).loc["west"].round(2).to_list()
    [3.0, 0.33]
    """
    x_ds, x_s, x, name = _against(counts, reference)
    x_d = x_ds.sum(axis=1, keepdims=True)
    quotients = np.atleast_2d(location_quotient(x_ds, x_d, x_s, x))
    frame = pd.DataFrame(quotients, index=counts.index, columns=counts.columns)
    frame.attrs["reference"] = name
    return frame


def specialisation(
    counts: pd.DataFrame, *, reference: pd.Series | None = None, level: float = LEVEL
) -> pd.DataFrame:
    """Return a row for each district and sector: quotient, interval, count and stars.

    The stars are those of the European Cluster Observatory (Soelvell, Ketels and Lindqvist 2008,
    Industrial specialisation and regional clusters in the European Union, Competitiveness Review
    18, pp. 104-130), by the limits in use here. Of the districts with at least 5 sites one star
    each goes to the top tenth by sites in the sector (size), to a quotient from 2 on
    (specialisation), and to the top tenth by the sector's share of the district's sites (focus);
    those that tie with the last of a tenth belong to it, no site earns no star.

    Parameters
    ----------
    counts, reference
        As of `table`.
    level : float, optional
        As of `interval`.

    Returns
    -------
    DataFrame, m k rows, on an index of district and sector
        ``lq``, ``low`` and ``high`` (float64, ratios), ``x_ds`` and ``x_d`` (float64, sites),
        ``few`` (bool, x_d < 5) and ``stars`` (Int64, 0 to 3, NA where few);
        ``attrs["reference"]`` names the area.

    Raises
    ------
    InputError
        As `table` and `interval`.

    Examples
    --------
    >>> counts = pd.DataFrame({"film": [8, 2], "fashion": [2, 38]}, index=["west", "east"])
    >>> specialisation(counts).loc["west", ["lq", "low", "high", "stars"]].round(2)
               lq   low  high  stars
    sector
    film     4.00  2.22  4.87      3
    fashion  0.25  0.03  0.70      0
    """
    x_ds, x_s, x, name = _against(counts, reference)
    x_d = np.broadcast_to(x_ds.sum(axis=1, keepdims=True), x_ds.shape)
    lq = np.atleast_2d(location_quotient(x_ds, x_d, x_s, x))
    low, high = interval(x_ds, x_d, x_s, x, level=level)
    many = x_d >= FEW_SITES * (1 - ROUNDING)
    share = np.divide(x_ds, x_d, out=np.zeros_like(x_ds), where=x_d > 0)
    special = lq >= SPECIALISED * (1 - ROUNDING)
    tests = [_top(x_ds, many), special, _top(share, many)]
    stars = pd.array(np.sum(tests, axis=0).ravel(), dtype="Int64")
    stars[~many.ravel()] = pd.NA
    rows = pd.MultiIndex.from_product([counts.index, counts.columns], names=["district", "sector"])
    long = pd.DataFrame(
        {
            "lq": lq.ravel(),
            "low": np.ravel(low),
            "high": np.ravel(high),
            "x_ds": x_ds.ravel(),
            "x_d": x_d.ravel(),
            "few": ~many.ravel(),
            "stars": stars,
        },
        index=rows,
    )
    long.attrs["reference"] = name
    return long


def by_district(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    sector: str | None = None,
    family: str | None = None,
    family_of: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the location quotient of a sector, or of a family of sectors, in each district.

    The reference area is the region of `sites`. A site with k sectors counts 1/k in each; a family
    counts the sum of its sectors. Sites without a stated sector are left out; sites without a
    district count in the region's share.

    Parameters
    ----------
    sites : GeoDataFrame
        All sites of the region, with a column ``sectors`` (codes separated by ";").
    districts : GeoDataFrame, m rows
        Polygons in any CRS.
    sector, family : str
        Exactly one of the two: a sector's code or a family's key.
    family_of : mapping of str to str, optional
        Family of each sector; the catalogue's own where omitted.

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        ``lq`` (float64, ratio, NaN where x_d or x_s is 0), ``x_ds`` (float64, sites of the sector,
        fractions included), ``n`` (int64, x_d, sites with a stated sector), ``few`` (bool,
        n < 5).

    Raises
    ------
    InputError
        Unless exactly one of `sector` and `family` is given and there is a column ``sectors``;
        and as `assignment.assign`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> halves = [shapely.box(120, 30, 121, 31), shapely.box(121, 30, 122, 31)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> sites = gpd.GeoDataFrame(
    ...     {"sectors": ["fashion", "film_tv;fashion", "film_tv", "film_tv"]},
    ...     geometry=shapely.points([120.5, 120.6, 121.5, 121.6], 30.5),
    ...     crs="EPSG:4326",
    ... )
    >>> by_district(sites, districts, sector="fashion")
           lq  x_ds  n   few
    west  2.0   1.5  2  True
    east  0.0   0.0  2  True
    """
    if (sector is None) == (family is None):
        raise InputError("by_district: expected either sector=... or family=..., not both")
    faults: list[str] = []
    frames.require(sites, ["sectors"], faults, name="sites")
    frames.refuse(faults)
    rows = assignment.locate(sites, districts)
    pairs = sectors.shares(sites)
    wanted = {sector} if family is None else sectors.of_families({family}, family_of=family_of)
    if not wanted:
        raise InputError(f"family: found {family!r}, expected one that a sector belongs to")
    in_sector = _per_site(pairs[pairs["sector"].isin(wanted)], len(sites))
    counted = np.isin(np.arange(len(sites)), pairs["site"])
    placed = rows != containment.NOWHERE
    x_ds = np.zeros(len(districts))
    np.add.at(x_ds, rows[placed], in_sector[placed])
    n = np.bincount(rows[placed & counted], minlength=len(districts))
    return pd.DataFrame(
        {
            "lq": location_quotient(x_ds, n, in_sector.sum(), counted.sum()),
            "x_ds": x_ds,
            "n": n,
            "few": n < FEW_SITES,
        },
        index=districts.index,
    )


def _shares(
    x_ds: ArrayLike, x_d: ArrayLike, x_s: ArrayLike, x: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return x_ds and x_d in one shape, and the reference's share, NaN where it has no site."""
    faults: list[str] = []
    given = {"x_ds": x_ds, "x_d": x_d, "x_s": x_s, "x": x}
    values = [_amounts(value, name, faults) for name, value in given.items()]
    frames.refuse(faults)
    try:
        of_sector, of_district, *area = np.broadcast_arrays(*values)
    except ValueError as error:
        raise InputError(f"x_ds, x_d, x_s, x: {error}; expected shapes that fit") from error
    return of_sector, of_district, _ratio(*area)


def _amounts(value: ArrayLike, name: str, faults: list[str]) -> NDArray[np.float64]:
    try:
        numbers = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        faults.append(f"{name}: found {error}, expected numbers")
        return np.empty(0)
    wrong = np.isinf(numbers) | (numbers < 0)
    if wrong.any():
        faults.append(f"{name}: found {numbers[wrong][0]}, expected finite numbers from 0 up")
    return numbers


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a quotient, NaN where what it is divided by is 0 or unknown."""
    quotients = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=quotients, where=below > 0)
    return quotients


def _against(
    counts: pd.DataFrame, reference: pd.Series | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], np.float64, str]:
    """Return counts, those of the reference area in the same sectors and in all, and its name."""
    faults: list[str] = []
    if counts.index.has_duplicates or counts.columns.has_duplicates:
        faults.append("counts: labels that come twice; expected each district and sector once")
    x_ds = _complete(counts, "counts", faults)
    if reference is None:
        frames.refuse(faults)
        return x_ds, x_ds.sum(axis=0), x_ds.sum(), ALL
    absent = [str(sector) for sector in counts.columns if sector not in reference.index]
    if absent:
        faults.append(f"reference: no count of {', '.join(absent)}; expected one of each sector")
    if not isinstance(reference.name, str):
        faults.append("reference: has no name; expected that of the area, see Series.rename")
    everything = _complete(reference, "reference", faults)
    frames.refuse(faults)
    in_order = reference.loc[counts.columns].to_numpy(dtype=np.float64)
    return x_ds, in_order, everything.sum(), str(reference.name)


def _complete(given: pd.DataFrame | pd.Series, name: str, faults: list[str]) -> NDArray[np.float64]:
    numbers = _amounts(given, name, faults)
    if np.isnan(numbers).any():
        faults.append(f"{name}: found a missing value, expected a count, 0 where there is no site")
    return numbers


def _top(values: NDArray[np.float64], many: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which values are in the top tenth of their column, among the rows that count."""
    among = np.where(many, values, np.nan)
    ascending = np.sort(among, axis=0)  # NaN last
    n = int(many[:, :1].sum())
    above = [
        n - np.searchsorted(column[:n], own, side="right")
        for column, own in zip(ascending.T, among.T, strict=True)
    ]
    return (np.column_stack(above) < TOP * n) & (values > 0) & many


def _per_site(pairs: pd.DataFrame, n_sites: int) -> NDArray[np.float64]:
    """Return each site's share in the sectors of `pairs`; 1.0 exactly when it has no others."""
    total = np.bincount(pairs["site"], weights=pairs["share"], minlength=n_sites)
    return np.asarray(np.minimum(total, 1.0), dtype=np.float64)
