"""In which district each row is: by its position, else by what it says of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyproj

from geo.china import county_units, places
from geo.facts import boundaries
from geo.intake import cells
from geo.measures import containment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.intake.columns import Field
    from geo.intake.faults import Faults
    from geo.intake.plan import Plan
    from geo.intake.table import RawTable

WORDS: Final[tuple[Field, ...]] = ("adcode", "district", "city", "province", "address")
"""Columns that say in words or codes where a row is."""

SAYING: Final[tuple[Field, ...]] = ("adcode", "district", "address", "city", "province")
"""The same in the order in which a row without a position is placed by them."""

LEAST_SHARE: Final = 0.01

FAULTS: Final[Mapping[places.How, str]] = {
    "short_name": "short_district",
    "former_name": "former_district",
    "former_code": "former_district",
    "zone": "zone",
    "ambiguous": "ambiguous_district",
    "unknown": "no_district",
}
"""What is told of a district by how it was recognised; of all others nothing is."""


def place(placed: pd.DataFrame, table: RawTable, plan: Plan, noted: Faults) -> pd.DataFrame:
    """Return the district of each row.

    Parameters
    ----------
    placed : DataFrame
        ``lon``, ``lat`` in WGS84 degrees and ``precision``, on the rows of the file.
    table, plan
        The file and how it is to be understood.
    noted
        Takes what is wrong.

    Returns
    -------
    DataFrame
        `placed`, the position emptied where it is none in China, with ``adcode``, ``district``
        (its name), ``city_adcode`` and ``city``. A row that has neither
        a position nor a city that is known gets a fault that it is rejected with.
    """
    units = county_units.units()
    lonlat = placed[["lon", "lat"]].to_numpy()
    here = holding(lonlat, units)
    located = pd.Series(here != containment.NOWHERE, placed.index)
    named = stated(table, plan, noted, around=cities_of(here), located=located)
    located = ~np.isnan(lonlat[:, 0])
    column = _position_column(plan)
    pair = _pair(placed)
    adrift = pd.Series(located & (here == containment.NOWHERE), placed.index)
    known = named["adcode"].notna()
    noted.note(adrift & known, column, "adrift", pair)
    noted.note(adrift & ~known, column, "nowhere", pair)
    frame = placed.assign(lon=placed["lon"].mask(adrift), lat=placed["lat"].mask(adrift))
    codes = pd.Series(pd.NA, placed.index, dtype="string")
    inside = here != containment.NOWHERE
    codes[inside] = units.index.to_numpy()[here[inside]]
    elsewhere = codes.notna() & known & codes.ne(named["adcode"])
    noted.note(elsewhere, column, plan.treatments.code("conflict"), _names(codes, units))
    if plan.treatments.conflict == "words":
        codes = codes.mask(elsewhere)
        frame = frame.assign(lon=frame["lon"].mask(elsewhere), lat=frame["lat"].mask(elsewhere))
    frame["adcode"] = codes.fillna(named["adcode"])
    city = frame["adcode"].map(units["city_adcode"]).astype("string")
    frame["city_adcode"] = city.fillna(named["city_adcode"])
    nothing = frame["city_adcode"].isna() & ~adrift
    noted.note(nothing, "", "no_place", named["written"])
    lost = frame["lon"].isna() & frame["city_adcode"].notna() & ~elsewhere
    noted.note(lost & frame["adcode"].notna(), "", "district_only", named["written"])
    noted.note(lost & frame["adcode"].isna(), "", "city_only", named["written"])
    frame["district"] = _names(frame["adcode"], units)
    cities = county_units.prefectures()["name_zh"]
    frame["city"] = frame["city_adcode"].map(cities).astype("string")
    _check_region(frame, table, plan, noted)
    return frame


def cities_of(here: NDArray[np.intp]) -> list[str]:
    """Return the cities that at least a hundredth of the positions lie in, as adcodes.

    Parameters
    ----------
    here : ndarray of intp
        Row of the county-level unit that holds each position, or -1.
    """
    inside = here[here != containment.NOWHERE]
    cities = county_units.units()["city_adcode"].iloc[inside].value_counts(normalize=True)
    return [str(code) for code in cities.index[cities >= LEAST_SHARE]]


def stated(
    table: RawTable,
    plan: Plan,
    noted: Faults,
    *,
    around: Collection[str],
    located: pd.Series | None = None,
) -> pd.DataFrame:
    """Return what rows say of their district.

    Parameters
    ----------
    table, plan, noted
        See `place`.
    around
        Adcodes of where the file is from: they decide between districts of one name, where the
        plan names no region.
    located : Series of bool
        Rows whose position tells their district: what only their address says is not told then.

    Returns
    -------
    DataFrame
        ``adcode`` of the county-level unit of today and ``city_adcode``, NA where none is said
        or known, and ``written``: the words; on the rows of the file.
    """
    said = {
        field: cells.text(table.cells[plan.columns[field]])
        for field in WORDS
        if field in plan.columns
    }
    none = pd.Series(pd.NA, table.cells.index, dtype="string")
    if not said:
        return pd.DataFrame({"adcode": none, "city_adcode": none, "written": none})
    coded = said.get("adcode", none).fillna(said.get("district", none))
    written = coded.fillna(said.get("address", none)).fillna(said.get("city", none))
    above = [said[field] for field in ("province", "city") if field in said]
    within = plan.region or around or None
    read = places.adcodes_of(coded, said.get("address"), *above, within=within)
    column = plan.columns.get("district") or plan.columns.get("address", "")
    told = coded.notna() if located is None else coded.notna() | ~located
    short = plan.treatments.code("short_name")
    for how, code in FAULTS.items():
        rows = read["how"].eq(how) & told
        noted.note(rows, column, short if how == "short_name" else code, written)
    if plan.treatments.short_name == "unread":
        read = read.assign(adcode=read["adcode"].mask(read["how"].eq("short_name")))
    return read[["adcode", "city_adcode"]].assign(written=written)


def holding(lonlat: NDArray[np.float64], areas: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Return the row of the area that holds each position, see `geo.measures.containment`."""
    rows = np.full(len(lonlat), containment.NOWHERE, dtype=np.intp)
    located = np.flatnonzero(~np.isnan(lonlat[:, 0]))
    polygons = np.asarray(areas.geometry.array)
    rows[located] = containment.rows(lonlat[located, 0], lonlat[located, 1], polygons, areas.index)
    return rows


def distances_m(one: pd.DataFrame, other: pd.DataFrame) -> NDArray[np.float64]:
    """Return the metres between the positions of rows, on the ellipsoid."""
    lon, lat, to_lon, to_lat = (
        frame[side].to_numpy() for frame in (one, other) for side in ("lon", "lat")
    )
    return np.asarray(pyproj.Geod(ellps="WGS84").inv(lon, lat, to_lon, to_lat)[2])


def _names(codes: pd.Series, units: gpd.GeoDataFrame) -> pd.Series:
    return codes.map(units["name_zh"]).astype("string")


def _pair(placed: pd.DataFrame) -> pd.Series:
    return placed["lon"].map("{:.6g}".format) + ", " + placed["lat"].map("{:.6g}".format)


def _position_column(plan: Plan) -> str:
    fields: tuple[Field, ...] = ("lon", "position", "geometry")
    return next((plan.columns[field] for field in fields if field in plan.columns), "")


def _check_region(frame: pd.DataFrame, table: RawTable, plan: Plan, noted: Faults) -> None:
    """Note the rows that lie outside the region, by the column that says where they are."""
    if not plan.region:
        return
    cities = county_units.units().loc[list(plan.region), "city_adcode"].unique()
    inside = frame["adcode"].isin(plan.region)
    inside |= frame["adcode"].isna() & frame["city_adcode"].isin(cities)
    left = frame["city_adcode"].notna() & ~inside
    code = plan.treatments.code("outside")
    where = frame["city"].str.cat(frame["district"], na_rep="")
    behind = " (" + where + ")"  # what a region is widened by, see `geo.intake.regions.widened`
    located = left & frame["lon"].notna()
    noted.note(located, _position_column(plan), code, _pair(frame) + behind)
    left &= ~located
    for field in SAYING:
        if field in plan.columns:
            written = cells.text(table.cells[plan.columns[field]])
            told = written.where(written == where, written + behind)
            noted.note(left & written.notna(), plan.columns[field], code, told)
            left &= written.isna()


def region_of(code: str) -> tuple[str, ...]:
    """Return the county-level units of a province, a city, a county or a region of the catalogue.

    Parameters
    ----------
    code
        Six digits, or the id of a region.

    Raises
    ------
    InputError
        Where there is no such unit.
    """
    return county_units.within(code) or tuple(boundaries.districts(code).index)
