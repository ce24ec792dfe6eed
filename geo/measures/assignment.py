"""Which district a site belongs to, and how many each has.

Every site belongs to one district or to none, so ``sum(counts) + unassigned == len(sites)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.china import adcodes
from geo.facts import boundaries, catalog
from geo.measures import containment
from geo.measures.containment import NOWHERE

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Homes:
    """Where sites belong: what `locate` and `located` return of them, which takes a while of many.

    Attributes
    ----------
    rows
        Row of each site's district, or -1.
    located
        Whether each has a position.
    outside
        Whether each is elsewhere than in the region that the districts make up. One of no district
        is within where its city is, and where nothing at all says where it is.
    """

    rows: NDArray[np.intp]
    located: NDArray[np.bool_]
    outside: NDArray[np.bool_]

    def of(self, kept: NDArray[np.bool_]) -> Homes:
        """Return those of the sites that are kept."""
        return Homes(self.rows[kept], self.located[kept], self.outside[kept])


def homes(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> Homes:
    """Return where sites belong; otherwise as `assign`."""
    rows, placed = locate(sites, districts), located(sites)
    outside = rows == NOWHERE
    outside[outside] = ~_in_region(_where_said(sites)[outside], districts, located=placed[outside])
    return Homes(rows, placed, outside)


def _where_said(sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the columns that say where sites are: of many, taking all columns is what costs."""
    named = [name for name in ("adcode", "city_adcode") if name in sites]
    return pd.DataFrame({name: sites[name] for name in named}, index=sites.index)


def _in_region(
    sites: pd.DataFrame, districts: gpd.GeoDataFrame, *, located: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which sites of no district still belong to the region by what is known of them."""
    adcode, city = codes(sites, "adcode"), codes(sites, "city_adcode")
    by_city = city.isin(codes(districts, "city_adcode").dropna()).to_numpy(dtype=bool)
    stated = (adcode.notna() | city.notna()).to_numpy(dtype=bool)
    return np.asarray(by_city | (~stated & ~located))


def assign(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.Series:
    """Return the district of each site.

    What a source states goes before what a coordinate suggests. Where the districts are labelled
    with adcodes, a site's ``adcode`` decides, else its ``city_adcode``. A located site of whose
    codes none is a label here belongs to the polygon it lies in, on a shared border to the smaller
    label, unless the two contradict: a point in 440106 of which only the city 440100 is stated
    belongs to 440106, one that is stated to be in 440111 to none.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated. Columns ``adcode`` and
        ``city_adcode`` are optional.
    districts : GeoDataFrame, m rows
        Polygons in any CRS; the index holds the labels, each once.

    Returns
    -------
    Series, n rows
        Label of the district or NA, named ``district``, on the index of `sites`.

    Raises
    ------
    InputError
        For geometries of the wrong kind, a missing CRS, repeated labels; all faults at once.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> halves = [shapely.box(120, 30, 121, 31), shapely.box(121, 30, 122, 31)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> points = shapely.points([[120.5, 30.5], [121, 30.5], [119, 30.5]])
    >>> assign(gpd.GeoDataFrame(geometry=points, crs="EPSG:4326"), districts).to_list()
    ['west', 'east', <NA>]
    """
    rows = locate(sites, districts)
    labels = districts.index.to_series().convert_dtypes().array
    taken = pd.api.extensions.take(labels, rows, allow_fill=True)
    return pd.Series(taken, index=sites.index, name="district")


def catalogued(area: boundaries.Region) -> gpd.GeoDataFrame:
    """Return the sites that the catalogue has within the districts of an area, often none.

    Parameters
    ----------
    area
        Id of a region, or of one that somebody brought, or any county-level adcodes.

    Returns
    -------
    GeoDataFrame
        Rows of `geo.facts.catalog.sites` of any scope.

    Examples
    --------
    >>> sorted(catalogued(["310101", "420106"])["adcode"].unique())
    ['310101']
    """
    every = catalog.sites(scope=catalog.WIDE)
    inside = assign(every, boundaries.districts(area)).notna()
    return every[inside].reset_index(drop=True)


def locate(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Return the row of each site's district, counted from 0, or -1; otherwise as `assign`."""
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    polygons = frames.polygons(districts, faults)
    frames.refuse(faults)
    stated = _stated(sites, districts.index)
    rows = _by_code(stated, districts.index)
    open_ = np.flatnonzero((rows == NOWHERE) & ~np.isnan(lonlat[:, 0]))
    found = containment.rows(lonlat[open_, 0], lonlat[open_, 1], polygons, districts.index)
    found[_contradicted(stated.iloc[open_], found, districts.index)] = NOWHERE
    rows[open_] = found
    return rows


def by_position(sites: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Return the area that each site lies in, by its position alone.

    Codes of administrative units say nothing of areas that are none. On a shared border, and
    where areas overlap, it is the one with the smaller label.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated.
    areas : GeoDataFrame, m rows
        Polygons in any CRS; the index holds the labels, each once.

    Returns
    -------
    Series, n rows
        Label of the area or NA, named ``area``, on the index of `sites`.

    Raises
    ------
    InputError
        As `assign`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> areas = gpd.GeoDataFrame(
    ...     index=["310101", "310104"],
    ...     geometry=shapely.box([120, 121], 30, [121, 122], 31),
    ...     crs="EPSG:4326",
    ... )
    >>> site = gpd.GeoDataFrame(
    ...     {"adcode": ["310101"]}, geometry=[shapely.Point(121.5, 30.5)], crs="EPSG:4326"
    ... )
    >>> assign(site, areas).to_list(), by_position(site, areas).to_list()
    (['310101'], ['310104'])
    """
    return assign(sites[[sites.geometry.name]], areas).rename("area").astype("string")


def located(sites: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which sites have a position."""
    return ~np.isnan(positions(sites)[:, 0])


def positions(sites: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return longitude and latitude (WGS84 degrees) of each site, NaN where it has no position."""
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    frames.refuse(faults)
    return lonlat


def codes(sites: pd.DataFrame, column: str) -> pd.Series:
    """Return a column of codes as text, NA where it is absent or empty.

    Codes read from a spreadsheet may have become numbers: 310101 and 310101.0 are ``"310101"``.

    Examples
    --------
    >>> import pandas as pd
    >>> codes(pd.DataFrame({"adcode": ["310101", 310101.0, ""]}), "adcode").to_list()
    ['310101', '310101', <NA>]
    """
    if column not in sites:
        return pd.Series(pd.NA, index=sites.index, dtype="string")
    text = sites[column].astype("string").str.strip().str.removesuffix(".0")
    return text.mask(text.isin(["", "nan", "None", "<NA>"]))


def _stated(sites: pd.DataFrame, labels: pd.Index) -> pd.DataFrame:
    """Return the codes that sites state, the one that decides first; none about other labels."""
    columns = [column for column in ("adcode", "city_adcode") if column in sites]
    if not labels.map(str).str.fullmatch(adcodes.ADCODE).all():
        # The districts are no administrative units; the sites' codes say nothing about them.
        columns = []
    return pd.DataFrame({column: codes(sites, column) for column in columns}, index=sites.index)


def _by_code(stated: pd.DataFrame, labels: pd.Index) -> NDArray[np.intp]:
    """Return the row that each site's codes name, or -1."""
    rows = np.full(len(stated), NOWHERE, dtype=np.intp)
    known = pd.Index(labels.map(str))
    for column in stated:
        code = stated[column].astype("string").fillna("").astype(str)
        for name in (code, code.replace(adcodes.PART_OF)):
            rows = np.where(rows == NOWHERE, known.get_indexer(pd.Index(name)), rows)
    return rows


def _contradicted(
    stated: pd.DataFrame, rows: NDArray[np.intp], labels: pd.Index
) -> NDArray[np.bool_]:
    """Return which sites state a code of another place than the row they were found in."""
    wrong = np.zeros(len(rows), dtype=bool)
    found = pd.Series(labels.map(str).to_numpy()[rows], index=stated.index)
    for column in stated:
        asked = (rows != NOWHERE) & stated[column].notna().to_numpy(dtype=bool)
        # Few codes and labels occur in many sites: each pair is compared once.
        pairs = pd.MultiIndex.from_arrays([stated[column][asked].astype(str), found[asked]])
        pair, different = pairs.factorize()
        wrong[asked] |= np.array([not adcodes.agree(*each) for each in different], bool)[pair]
    return wrong
