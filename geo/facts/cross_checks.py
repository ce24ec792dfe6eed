"""What the tables of ``data/`` must say about each other.

Each rule is one function that adds its faults to the tables it looks at. A rule is left out
where a table it needs could not be read: that fault is already on the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.china import county_units
from geo.facts import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from geo.facts.tables import Table

    Tables = Mapping[str, Table]

PLACES: Final = ("sites", "aggregates", "venues")
VOCABULARY: Final = ("kind", "level", "status", "precision", "existence")
"""Fields of the vocabulary that tell of places."""

PRECISIONS: Final = ("building", "street", "district", "none")
"""Precisions that there must be: layouts have the first three, a site without position the last."""

MEASURED: Final = ("theme", "unit", "period")
"""Fields of the vocabulary that tell of targets."""

FREE: Final = ("unit", "period")
"""Fields whose codes are written as documents write them, and stand in no address."""


def check(tables: Tables) -> None:
    """Apply every rule whose tables could be read; faults are added to the tables.

    Parameters
    ----------
    tables
        All tables by name, as read and validated one by one.
    """
    for needed, rule in RULES:
        if all(tables[name].frame is not None for name in needed):
            rule(tables)


def _frame(tables: Tables, name: str) -> pd.DataFrame:
    frame = tables[name].frame
    if frame is None:  # RULES names every table a rule looks at
        message = f"rule looks at {name} without declaring it"
        raise AssertionError(message)
    return frame


def _codes(tables: Tables, name: str, column: str) -> list[str]:
    return [str(code) for code in _frame(tables, name)[column].dropna().unique()]


def _among(table: Table, column: str, allowed: Iterable[str], *, file: str) -> None:
    """Every value of ``column`` is one of ``allowed``."""
    known = list(allowed)
    shown = "one of " + ", ".join(known) if len(known) <= 20 else f"one that {file} lists"
    frame = table.frame
    if frame is None:
        return
    for row, value in enumerate(frame[column]):
        if not pd.isna(value) and value not in known:
            table.fault(row, column, value, shown)


def _where(table: Table, rows: pd.Series, column: str, expected: str) -> None:
    """Every row marked in ``rows`` is a fault of ``column``."""
    frame = table.frame
    if frame is None:
        return
    for row in frame.index[rows.fillna(value=False).astype(bool)]:
        table.fault(int(row), column, frame[column].iloc[int(row)], expected)


def _together(table: Table, first: str, second: str) -> None:
    """Two columns are filled both or not at all."""
    frame = table.frame
    if frame is None:
        return
    _where(table, frame[first].notna() & frame[second].isna(), second, f"a value, as {first} has")
    _where(table, frame[first].isna() & frame[second].notna(), first, f"a value, as {second} has")


def regions(tables: Tables) -> None:
    """Check regions: those named are in ``regions.csv``, with outlines; units are in theirs."""
    table = tables["regions"]
    known = _codes(tables, "regions", "id")
    for name in (*PLACES, "districts", "cities", "documents", "targets"):
        _among(tables[name], "region", known, file=tables["regions"].name)
    frame = _frame(tables, "regions")
    for number, row in frame.iterrows():
        if pd.isna(row["default_level"]) or pd.isna(row["levels"]):
            continue
        if row["default_level"] not in str(row["levels"]).split(";"):
            table.fault(int(str(number)), "default_level", row["default_level"], "one of levels")
    with_units = set(_codes(tables, "districts", "region"))
    for number, region in frame["id"].dropna().items():
        if region not in with_units:
            expected = f"a region of units in {tables['districts'].name}"
            table.fault(int(str(number)), "id", region, expected)
    prefectures = set(county_units.codes().values())
    for number, cell in frame["prefectures"].dropna().items():
        if not prefectures.issuperset(str(cell).split(";")):
            expected = "prefectures of the boundary layer, separated by ';'"
            table.fault(int(str(number)), "prefectures", cell, expected)
    members = {
        prefecture: str(row["id"])
        for _, row in frame.iterrows()
        for prefecture in str(row["prefectures"]).split(";")
    }
    for name, column in (("districts", "city_adcode"), ("cities", "adcode")):
        units = _frame(tables, name)
        elsewhere = units[column].map(members).astype("string").fillna("") != units["region"]
        _where(tables[name], elsewhere, column, f"a prefecture of its region in {table.name}")


def vocabulary(tables: Tables) -> None:
    """Check vocabulary: codes are unique in their field, and a precision, only it, has a radius."""
    table, frame = tables["vocabulary"], _frame(tables, "vocabulary")
    schemas.unique_together(table, ["field", "code"])
    precision = frame["field"] == "precision"
    _where(table, precision & frame["radius_m"].isna(), "radius_m", "metres, or inf")
    _where(table, ~precision & frame["radius_m"].notna(), "radius_m", "nothing")
    without = frame["code"] == "none"
    unlike = precision & (np.isinf(frame["radius_m"]) != without)
    _where(table, unlike, "radius_m", "metres; inf for none, and for it alone")
    for code in sorted({*PRECISIONS} - set(frame.loc[precision, "code"])):
        table.faults.append(f"{table.name}, column code: found no precision {code}, expected it")
    kind = frame["field"] == "kind"
    _where(table, kind & frame["many_en"].isna(), "many_en", "the word for several of them")
    _where(table, ~kind & frame["many_en"].notna(), "many_en", "nothing: not a kind")
    unit = frame["field"] == "unit"
    _where(table, ~unit & frame["name_en"].isna(), "name_en", "a value")
    told = ~frame["field"].isin(FREE) & ~frame["code"].str.fullmatch("[a-z_]+").fillna(value=True)
    _where(table, told, "code", "lower-case letters and '_'")
    for field in (*VOCABULARY, *MEASURED):
        if field not in set(frame["field"]):
            table.faults.append(f"{table.name}, column field: found no {field}, expected its codes")


def sectors(tables: Tables) -> None:
    """Every sector belongs to a family, and every site's sectors are known."""
    _among(
        tables["sectors"], "family", _codes(tables, "families", "key"), file=tables["families"].name
    )
    known = set(_codes(tables, "sectors", "code"))
    for name in PLACES:
        for row, cell in enumerate(_frame(tables, name)["sectors"]):
            codes = [] if pd.isna(cell) else str(cell).split(";")
            unknown = [code for code in codes if code not in known]
            if unknown or len(set(codes)) < len(codes):
                expected = f"different codes of {tables['sectors'].name} separated by ';'"
                tables[name].fault(row, "sectors", cell, expected)


def codes(tables: Tables) -> None:
    """Kind, level, status, precision and existence are codes of the vocabulary."""
    for field in VOCABULARY:
        for name in PLACES:
            _among(tables[name], field, _field(tables, field), file=tables["vocabulary"].name)


def _field(tables: Tables, field: str) -> list[str]:
    """Return the codes of a field of the vocabulary."""
    words = _frame(tables, "vocabulary")
    return [str(code) for code in words.loc[words["field"] == field, "code"].dropna()]


def positions(tables: Tables) -> None:
    """A position is complete, has a precision and a source; no position has neither."""
    for name in PLACES:
        table, frame = tables[name], _frame(tables, name)
        _together(table, "lon", "lat")
        located = frame["lon"].notna() & frame["lat"].notna()
        vague = frame["precision"] == "none"
        _where(table, located & vague, "precision", "a precision, as there are coordinates")
        _where(table, ~located & ~vague, "precision", "none, as there are no coordinates")
        unsourced = located & frame["coord_source"].isna()
        _where(table, unsourced, "coord_source", "a source, as there are coordinates")


def units(tables: Tables) -> None:
    """Every unit with figures has an outline, and lies in the prefecture of that outline."""
    codes = county_units.codes()
    for row, unit in enumerate(_frame(tables, "districts").to_dict("records")):
        adcode, city = unit["adcode"], unit["city_adcode"]
        if pd.isna(adcode):
            continue
        if adcode not in codes:
            expected = "a county-level unit of the boundary layer"
            tables["districts"].fault(row, "adcode", adcode, expected)
        elif not pd.isna(city) and city != codes[adcode]:
            expected = f"{codes[adcode]}, as in the boundary layer"
            tables["districts"].fault(row, "city_adcode", city, expected)
    prefectures = set(codes.values())
    for row, adcode in enumerate(_frame(tables, "cities")["adcode"]):
        if not pd.isna(adcode) and adcode not in prefectures:
            tables["cities"].fault(row, "adcode", adcode, "a prefecture of the boundary layer")


def membership(tables: Tables) -> None:
    """A site's district, city and region are one and the same place."""
    units = _frame(tables, "districts").dropna(subset=["adcode", "name_zh", "city_adcode", "city"])
    cities = dict(zip(map(str, units["city_adcode"]), map(str, units["city"]), strict=True))
    districts = {str(unit["adcode"]): unit for unit in units.to_dict("records")}
    for name in PLACES:
        table, frame = tables[name], _frame(tables, name)
        _together(table, "district", "adcode")
        _together(table, "city", "city_adcode")
        _among(table, "adcode", districts, file=tables["districts"].name)
        _among(table, "city_adcode", cities, file=tables["districts"].name)
        for row, site in enumerate(frame.to_dict("records")):
            _placed(table, row, site, districts=districts, cities=cities)


def _placed(
    table: Table,
    row: int,
    site: dict[Hashable, Any],
    *,
    districts: dict[str, dict[Hashable, Any]],
    cities: dict[str, str],
) -> None:
    """Check one place's city against its code, and its names and codes against its district."""
    city = cities.get(site["city_adcode"])
    if city is not None and not pd.isna(site["city"]) and site["city"] != city:
        table.fault(row, "city", site["city"], f"{city}, as city_adcode says")
    unit = districts.get(site["adcode"])
    if unit is None:
        return
    names = [str(unit["name_zh"])]
    if not pd.isna(unit["listed_as"]):
        names += str(unit["listed_as"]).split(";")
    if not pd.isna(site["district"]) and site["district"] not in names:
        table.fault(row, "district", site["district"], f"{' or '.join(names)}, as adcode says")
    for column in ("region", "city_adcode"):
        if pd.isna(unit[column]):
            continue
        if pd.isna(site[column]) or site[column] != unit[column]:
            expected = f"{unit[column]}, as adcode {site['adcode']} says"
            table.fault(row, column, site[column], expected)


def figures(tables: Tables) -> None:
    """A figure has its year and source; the official area is used only where there is one."""
    for name in ("districts", "cities"):
        table, frame = tables[name], _frame(tables, name)
        for column in ("population_year", "population_source"):
            _together(table, "population", column)
        _together(table, "area_land_km2", "area_source")
        without = (frame["area_use"] == "official") & frame["area_land_km2"].isna()
        _where(table, without, "area_use", "polygon, as there is no official area")
    table, frame = tables["regions"], _frame(tables, "regions")
    for figure in ("population", "districts_total"):
        for column in (f"{figure}_year", f"{figure}_source"):
            _together(table, figure, column)


def targets(tables: Tables) -> None:
    """A target's words are known, it has a source, and a range has two ends."""
    table, frame = tables["targets"], _frame(tables, "targets")
    for field in MEASURED:
        _among(table, field, _field(tables, field), file=tables["vocabulary"].name)
    _among(table, "document", _codes(tables, "documents", "id"), file=tables["documents"].name)
    _together(table, "value", "comparator")
    ranged = frame["comparator"] == "range"
    open_ended = ~(frame["value_max"] > frame["value"]).fillna(value=False)
    _where(table, ranged & open_ended, "value_max", "the upper end of the range")
    _where(table, ~ranged & frame["value_max"].notna(), "value_max", "nothing: not a range")


def names(tables: Tables) -> None:
    """A name has one romanisation in its province."""
    schemas.unique_together(tables["romanisation"], ["province_zh", "name_zh"])


def explanations(tables: Tables) -> None:
    """A column is explained once, in both languages, and every column of the sites is."""
    table, frame = tables["columns"], _frame(tables, "columns")
    schemas.unique_together(table, ["table", "name"])
    _together(table, "unit_zh", "unit_en")
    explained = set(frame.loc[frame["table"] == "sites", "name"].dropna())
    for column in schemas.SCHEMAS["sites"].columns:
        if column not in explained:
            expected = f"one that explains {column} of sites"
            table.faults.append(f"{table.name}, column name: found no row, expected {expected}")


RULES: Final[tuple[tuple[tuple[str, ...], Callable[[Tables], None]], ...]] = (
    (("regions", *PLACES, "districts", "cities", "documents", "targets"), regions),
    (("vocabulary",), vocabulary),
    (("sectors", "families", *PLACES), sectors),
    (("vocabulary", *PLACES), codes),
    (PLACES, positions),
    (("districts", "cities"), units),
    (("districts", *PLACES), membership),
    (("districts", "cities", "regions"), figures),
    (("targets", "documents", "vocabulary"), targets),
    (("romanisation",), names),
    (("columns",), explanations),
)
