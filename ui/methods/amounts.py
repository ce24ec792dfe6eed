"""Worked examples of number, density and distance, of a district and its region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from geo import formats
from geo.checks import frames
from geo.measures import access as mean_distance
from geo.measures import district_table, land_cells, nearest
from geo.methods.method import methods
from ui.cached import indicators, records
from ui.methods.example import Example, Line, Row, district, divided, equal, strong, tex

if TYPE_CHECKING:
    from ui.state.pages import Methods
    from ui.state.view import PageView

NEAREST = 3
"""Sites that are named with their distances."""


def count(view: PageView[Methods]) -> Example:
    """Return how many sites a district has."""
    row, n = _row(view), _n(view)
    located = Row("", view.t("methods.located"), formats.whole(row["n_located"]))
    return _of(view, n, located, worked=equal("n_d", n.value), value=n.value, unit=True)


def area(view: PageView[Methods]) -> Example:
    """Return a district's density by area."""
    row, n = _row(view), _n(view)
    kind = view.t(f"column.area_{row['area_source']}")
    land = formats.limit(row["area_km2"])
    value = formats.number(row["per_100_km2"])
    label = view.t("methods.land", place=_place(view), kind=kind)
    worked = divided(rf"100 \times {n.value}", land, value, name="D_d")
    return _of(view, n, Row("A_d", label, land), worked=worked, value=value, unit=True)


def people(view: PageView[Methods]) -> Example:
    """Return a district's density by people."""
    row, n, residents = _row(view), _n(view), _residents(view)
    if pd.isna(row["per_100k_residents"]):
        return _of(view, n, residents, note=view.t(f"reason.{row['per_100k_empty']}"))
    value = formats.number(row["per_100k_residents"])
    worked = divided(rf"100,000 \times {n.value}", residents.value, value, name="R_d")
    return _of(view, n, residents, worked=worked, value=value, unit=True)


def part(view: PageView[Methods]) -> Example:
    """Return what share of a region's sites a district has."""
    n, every = _n(view), indicators.overall(view.query).n
    total = Row("n", view.t("methods.n_region", region=view.region_short), formats.whole(every))
    if not every:
        return _of(view, n, total, note=view.t("methods.no_site"))
    value = formats.percent(_row(view)["n"] / every)
    return _of(view, n, total, worked=divided(n.value, total.value, value, name="p_d"), value=value)


def served(view: PageView[Methods]) -> Example:
    """Return how many districts of a region have a site."""
    overall, t = indicators.overall(view.query), view.t
    above, below = formats.whole(overall.n_served), formats.whole(overall.n_districts)
    value = formats.percent(overall.served)
    return Example(
        of=view.region_name,
        rows=[
            Row("", t("methods.n_served", region=view.region_short), above),
            Row("m", t("methods.districts", region=view.region_short), below),
        ],
        worked=[divided(above, below, value, name="S")],
        value=t("methods.of", value=above, total=below),
    )


def two_thirds(view: PageView[Methods]) -> Example:
    """Return the fewest districts that hold two thirds of a region's sites."""
    overall, t = indicators.overall(view.query), view.t
    held = overall.concentration
    names = [view.district_name(str(code)) for code in held.labels]
    k = formats.whole(len(held.labels)) if held.labels else formats.MISSING
    return Example(
        of=view.region_name,
        rows=[
            Row("n", t("methods.n_region", region=view.region_short), formats.whole(overall.n)),
            Row("", t("methods.share_sites"), formats.percent(held.share_of_sites)),
            Row("", t("methods.share_land"), formats.percent(held.share_of_land)),
        ],
        worked=[equal("k", k)],
        value=k if names else "",
        note=formats.joined(names, t=t, most=8) if names else t("methods.no_two_thirds"),
    )


def coverage(view: PageView[Methods]) -> Example:
    """Return how much of a district lies within the radius."""
    row, t = _row(view), view.t
    used = Row(
        "",
        t("methods.used", km=view.radius_km),
        t("methods.of", value=row["n_used"], total=row["n_sites"]),
    )
    if pd.isna(row["share"]):
        return _of(view, used, note=t("methods.no_position"))
    covered = formats.limit(row["covered_km2"])
    whole = formats.limit(_unit(view)["area_polygon_km2"])
    value = formats.percent(row["share"])
    rows = (
        Row("", t("methods.covered", place=_place(view), km=view.radius_km), covered),
        Row("a(d)", t("methods.polygon", place=_place(view)), whole),
        used,
    )
    return _of(view, *rows, worked=divided(covered, whole, value, name="C_d"), value=value)


def reached(view: PageView[Methods]) -> Example:
    """Return how many residents of a district live within the radius."""
    row, t, residents = _row(view), view.t, _residents(view)
    own = indicators.own_population(view.region)
    if own is not None and pd.notna(row[district_table.REACHED]):
        value = formats.limit(row[district_table.REACHED])
        label = t("methods.own_people", source=own.source)
        source = Row("", label, formats.whole(own.places))
        return _of(view, source, worked=equal("H_d", value), value=value, unit=True)
    share = formats.percent(row["share"])
    rows = (Row("C_d", t("methods.coverage", place=_place(view), km=view.radius_km), share),)
    if pd.isna(row[district_table.REACHED]):
        empty = row["per_100k_empty"]
        note = t("methods.no_position") if pd.isna(empty) else t(f"reason.{empty}")
        return _of(view, *rows, residents, note=note)
    value = formats.limit(row[district_table.REACHED])
    worked = Line(rf"H_d = {tex(share)} \times {tex(residents.value)} = {strong(value)}")
    return _of(view, *rows, residents, worked=worked, value=value, unit=True)


def access(view: PageView[Methods]) -> Example:
    """Return how far the nearest site is, on average over a district's ground."""
    t, units, here = view.t, indicators.units(view.query), district(view)
    squares = land_cells.land_cells(units, size_m=mean_distance.SIZE_M).district
    km = indicators.profile(view.query)["access_km"][here]
    basis = indicators.pattern(view.query).basis
    rows = (
        Row("m_d", t("methods.squares", place=_place(view)),
            formats.whole((squares == units.index.get_loc(here)).sum())),
        Row("", t("methods.n_exact"), formats.whole(basis.used)),
    )  # fmt: skip
    if pd.isna(km):
        return _of(view, *rows, note=t("methods.no_position"))
    value = formats.number(km)
    return _of(view, *rows, worked=equal(r"\bar t_d", value, unit="km"), value=value, unit=True)


def near(view: PageView[Methods]) -> Example:
    """Return the sites nearest to the middle of a district."""
    t, unit = view.t, _unit(view)
    place = gpd.GeoDataFrame(geometry=[shapely.Point(unit["lon"], unit["lat"])], crs=frames.WGS84)
    sites = records.counted_sites(view.region)
    found = nearest.nearest(place, sites, k=NEAREST).dropna()
    lonlat = f"{unit['lon']:.4f}, {unit['lat']:.4f}"
    start = Row("p", t("methods.middle", place=_place(view)), lonlat)
    rows = [
        Row("g(p, i)", _named(view, sites.loc[key]), formats.limit(metres))
        for key, metres in zip(found["site"], found["metres"], strict=True)
    ]
    if not rows:
        return _of(view, start, note=t("methods.no_position"))
    value = t("methods.metres", n=rows[0].value)
    worked = equal("t(p)", rows[0].value, unit="m")
    return _of(view, start, *rows, worked=worked, value=value)


def _named(view: PageView[Methods], site: pd.Series) -> str:
    """Return a site's name, and to what its position is known."""
    precision = view.term("precision", site["precision"])
    return view.t("methods.known_to", name=site[f"name_{view.t.lang}"], precision=precision)


def _row(view: PageView[Methods]) -> pd.Series:
    return pd.Series(indicators.table(view.query).loc[district(view)])


def _unit(view: PageView[Methods]) -> pd.Series:
    return pd.Series(indicators.units(view.query).loc[district(view)])


def _place(view: PageView[Methods]) -> str:
    return view.district_name(district(view))


def _n(view: PageView[Methods]) -> Row:
    return Row("n_d", view.t("methods.n", place=_place(view)), formats.whole(_row(view)["n"]))


def _residents(view: PageView[Methods]) -> Row:
    row = _row(view)
    year = formats.year(row["population_year"])
    label = view.t("methods.residents", place=_place(view), year=year)
    return Row("P_d", label, formats.whole(row["population"]))


def _of(
    view: PageView[Methods],
    *rows: Row,
    worked: Line | None = None,
    value: str = "",
    note: str = "",
    unit: bool = False,
) -> Example:
    """Return an example of the district in view; a value with `unit` has that of the files."""
    of_files = methods()[view.state.method].unit
    if unit and of_files is not None:
        value = f"{value} {of_files[view.t.lang]}"
    lines = [worked] if worked else []
    return Example(of=_place(view), rows=rows, worked=lines, value=value, note=note)
