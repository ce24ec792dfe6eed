"""What the tables of ``data/`` must say about each other.

Each rule is one function that adds its faults to the tables it looks at. A rule is left out
where a table it needs could not be read: that fault is already on the list.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, get_args

import numpy as np
import pandas as pd

from geo.china import county_units
from geo.facts import changes, evidence, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.facts.tables import Table

    Tables = Mapping[str, Table]

PLACE_TABLES: Final = ("sites", "aggregates", "venues")
VOCABULARY: Final = get_args(schemas.PlaceField)
OF_SITES: Final = get_args(schemas.SiteField)
MEASURED: Final = get_args(schemas.TargetField)
CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "precision": (*get_args(schemas.Located), "none"),
    "evidence": evidence.GRADES,
    "reason": get_args(schemas.Reason),
    "table": changes.RECORDED,
}
"""Fields whose codes the program knows by name: all of them have a word, and no others."""

COUNTED: Final = {
    **dict.fromkeys(("regions", "cities"), ("population_year", "population_source")),
    "census": ("population_year", "population_comparable", "source_id"),
    "census_zones": ("population_year", "source_id"),
}
"""Tables of residents, and the columns that a figure of each must have beside it."""

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
        if not any(tables[name].frame.empty for name in needed):
            rule(tables)


def _among(table: Table, column: str, allowed: pd.Series | pd.Index, *, file: str) -> None:
    """Every value of ``column`` is one of ``allowed``."""
    known = [str(code) for code in allowed.dropna().unique()]
    shown = "one of " + ", ".join(known) if len(known) <= 20 else f"one that {file} lists"
    stated = table.frame[column].dropna()
    table.fault_where(~stated.isin(known), column, shown)


def _together(table: Table, first: str, second: str) -> None:
    """Two columns are filled both or not at all."""
    for given, other in ((first, second), (second, first)):
        lone = table.frame[given].notna() & table.frame[other].isna()
        table.fault_where(lone, other, f"a value, as {given} has")


def _split(cells: pd.Series) -> pd.Series:
    """Return the parts of the cells that have any."""
    return cells.dropna().str.split(schemas.SEPARATOR)


def _outside(values: pd.Series, lists: pd.Series) -> pd.Series:
    """Mark the values that are not in the lists beside them, where both are known."""
    pairs = pd.DataFrame({"value": values, "known": lists}).dropna()
    outside = [value not in known for value, known in pairs.itertuples(index=False)]
    return pd.Series(outside, pairs.index, dtype=bool)


def regions(tables: Tables) -> None:
    """Check regions: those named are in ``regions.csv``, with outlines; units are in theirs."""
    table, frame = tables["regions"], tables["regions"].frame
    for name in (*PLACE_TABLES, "districts", "cities", "documents", "targets"):
        _among(tables[name], "region", frame["id"], file=table.name)
    apart = _outside(frame["default_level"], _split(frame["levels"]))
    table.fault_where(apart, "default_level", "one of levels")
    named, units = frame["id"].dropna(), tables["districts"]
    without = ~named.isin(units.frame["region"])
    table.fault_where(without, "id", f"a region of units in {units.name}")
    prefectures = _split(frame["prefectures"])
    known = frozenset(county_units.codes().values())
    expected = "prefectures of the boundary layer, separated by ';'"
    table.fault_where(~prefectures.map(known.issuperset), "prefectures", expected)
    members = frame["id"][prefectures.explode().index].set_axis(prefectures.explode())
    members = members[~members.index.duplicated(keep="last")]
    for name, column in (("districts", "city_adcode"), ("cities", "adcode")):
        units = tables[name]
        elsewhere = units.frame[column].map(members).fillna("") != units.frame["region"]
        units.fault_where(elsewhere, column, f"a prefecture of its region in {table.name}")


def vocabulary(tables: Tables) -> None:
    """A precision of the vocabulary, and only it, has a radius."""
    table, frame = tables["vocabulary"], tables["vocabulary"].frame
    precision = frame["field"] == "precision"
    table.fault_where(precision & frame["radius_m"].isna(), "radius_m", "metres, or inf")
    table.fault_where(~precision & frame["radius_m"].notna(), "radius_m", "nothing")
    without = frame["code"] == "none"
    unlike = precision & (np.isinf(frame["radius_m"]) != without)
    table.fault_where(unlike, "radius_m", "metres; inf for none, and for it alone")
    for field, codes in CLOSED.items():
        own = frame["field"] == field
        table.fault_where(own & ~frame["code"].isin(codes), "code", f"one of {', '.join(codes)}")
        for code in sorted({*codes} - set(frame.loc[own, "code"])):
            fault = f"{table.name}, column code: found no {field} {code}, expected it"
            table.faults.append(fault)
    kind = frame["field"] == "kind"
    table.fault_where(kind & frame["many_en"].isna(), "many_en", "the word for several of them")
    table.fault_where(~kind & frame["many_en"].notna(), "many_en", "nothing: not a kind")
    unit = frame["field"] == "unit"
    table.fault_where(~unit & frame["name_en"].isna(), "name_en", "a value")
    unlike = ~frame["field"].isin(FREE) & ~frame["code"].str.fullmatch("[a-z_]+").fillna(value=True)
    table.fault_where(unlike, "code", "lower-case letters and '_'")
    for field in schemas.FIELDS:
        if field not in set(frame["field"]):
            table.faults.append(f"{table.name}, column field: found no {field}, expected its codes")


def sectors(tables: Tables) -> None:
    """Every sector belongs to a family, and every site's sectors are known."""
    table, families = tables["sectors"], tables["families"]
    _among(table, "family", families.frame["key"], file=families.name)
    known = frozenset(table.frame["code"].dropna())
    for name in PLACE_TABLES:
        stated = _split(tables[name].frame["sectors"])
        wrong = stated.map(lambda own: len({*own} & known) < len(own))
        expected = f"different codes of {table.name} separated by ';'"
        tables[name].fault_where(wrong, "sectors", expected)


def codes(tables: Tables) -> None:
    """Kind, level, status, precision and evidence are codes of the vocabulary."""
    for field in VOCABULARY:
        for name in PLACE_TABLES:
            _among(tables[name], field, _field(tables, field), file=tables["vocabulary"].name)
    for field in OF_SITES:
        _among(tables["sites"], field, _field(tables, field), file=tables["vocabulary"].name)


def grades(tables: Tables) -> None:
    """Evidence is what the sources of a place amount to, by the rule of `geo.facts.evidence`."""
    known = tables["evidence"].frame.dropna(subset=["source", "form"])
    listed = dict(zip(known["source"], known["form"], strict=True))
    documents = frozenset(tables["documents"].frame["id"].dropna())
    for name in PLACE_TABLES:
        frame = tables[name].frame
        stated = frame[["source", "evidence"]].dropna()
        due = stated["source"].map(partial(evidence.grade, documents=documents, listed=listed))
        for best in evidence.GRADES:
            wrong = (due == best) & (stated["evidence"] != best)
            tables[name].fault_where(wrong, "evidence", f"{best}, as its sources are")


def milestones(tables: Tables) -> None:
    """A milestone is a site's, and a recognition, only it, has a level."""
    table, frame = tables["milestones"], tables["milestones"].frame
    _among(table, "site", tables["sites"].frame["id"], file=tables["sites"].name)
    _among(table, "level", _field(tables, "level"), file=tables["vocabulary"].name)
    recognised = frame["event"] == "recognised"
    table.fault_where(recognised & frame["level"].isna(), "level", "the level of the recognition")
    table.fault_where(~recognised & frame["level"].notna(), "level", "nothing: no recognition")


def _field(tables: Tables, field: str) -> pd.Series:
    """Return the codes of a field of the vocabulary."""
    words = tables["vocabulary"].frame
    return words.loc[words["field"] == field, "code"]


def positions(tables: Tables) -> None:
    """A position is complete, has a precision and a source; no position has neither."""
    for name in PLACE_TABLES:
        table, frame = tables[name], tables[name].frame
        _together(table, "lon", "lat")
        located = frame["lon"].notna() & frame["lat"].notna()
        vague = frame["precision"] == "none"
        table.fault_where(located & vague, "precision", "a precision, as there are coordinates")
        table.fault_where(~located & ~vague, "precision", "none, as there are no coordinates")
        unsourced = located & frame["coord_source"].isna()
        table.fault_where(unsourced, "coord_source", "a source, as there are coordinates")


def units(tables: Tables) -> None:
    """Every unit with figures has an outline, and lies in the prefecture of that outline."""
    table, codes = tables["districts"], pd.Series(county_units.codes(), dtype="string")
    for name in ("districts", "census", "areas"):
        stated = tables[name].frame["adcode"].dropna()
        expected = "a county-level unit of the boundary layer"
        tables[name].fault_where(~stated.isin(codes.index), "adcode", expected)
    _among(table, "adcode", tables["census"].frame["adcode"], file=tables["census"].name)
    outlined, city = table.frame["adcode"].map(codes), table.frame["city_adcode"]
    table.fault_where(city != outlined, "city_adcode", outlined + ", as in the boundary layer")
    twice = tables["areas"].frame["adcode"].isin(table.frame["adcode"])
    tables["areas"].fault_where(twice, "adcode", f"a unit that {table.name} does not have")
    cities = tables["cities"].frame["adcode"].dropna()
    known = cities.isin(codes)
    tables["cities"].fault_where(~known, "adcode", "a prefecture of the boundary layer")


def membership(tables: Tables) -> None:
    """A site's district, city and region are one and the same place."""
    listed = tables["districts"]
    known = listed.frame.dropna(subset=["adcode", "name_zh", "city_adcode", "city"])
    units = known.drop_duplicates("adcode", keep="last").set_index("adcode")
    cities = known.drop_duplicates("city_adcode", keep="last").set_index("city_adcode")["city"]
    names = units["name_zh"] + (";" + units["listed_as"]).fillna("")
    for name in PLACE_TABLES:
        table, frame = tables[name], tables[name].frame
        _together(table, "district", "adcode")
        _together(table, "city", "city_adcode")
        _among(table, "adcode", units.index, file=listed.name)
        _among(table, "city_adcode", cities.index, file=listed.name)
        city = frame["city_adcode"].map(cities)
        table.fault_where(frame["city"] != city, "city", city + ", as city_adcode says")
        called = frame["adcode"].map(names)
        expected = called.str.replace(";", " or ") + ", as adcode says"
        table.fault_where(_outside(frame["district"], _split(called)), "district", expected)
        for column in ("region", "city_adcode"):
            own = frame["adcode"].map(units[column]).dropna()
            elsewhere = (frame[column][own.index] != own).fillna(value=True)
            expected = own + ", as adcode " + frame["adcode"] + " says"
            table.fault_where(elsewhere, column, expected)


def figures(tables: Tables) -> None:
    """A figure has its year and source; the official area is used only where there is one."""
    for name, columns in COUNTED.items():
        for column in columns:
            _together(tables[name], "population", column)
    sources = tables["sources"]
    for name in ("census", "census_zones", "areas", "former_units"):
        _among(tables[name], "source_id", sources.frame["id"], file=sources.name)
    _together(tables["areas"], "area_land_km2", "area_year")
    for name in ("districts", "cities"):
        table, frame = tables[name], tables[name].frame
        _together(table, "area_land_km2", "area_source")
        without = (frame["area_use"] == "official") & frame["area_land_km2"].isna()
        table.fault_where(without, "area_use", "polygon, as there is no official area")


def former_units(tables: Tables) -> None:
    """A former unit lies in units that there are today."""
    table, codes = tables["former_units"], county_units.codes()
    known = frozenset(codes) | frozenset(codes.values())
    lies_in = _split(table.frame["adcodes"])
    expected = "counties or prefectures of the boundary layer"
    table.fault_where(~lies_in.map(known.issuperset), "adcodes", expected)


def zones(tables: Tables) -> None:
    """A zone lies in units that the census table has, and is added to one of them or to none."""
    table, census = tables["census_zones"], tables["census"]
    lies_in = _split(table.frame["lies_in"].str.replace(r":\d+", "", regex=True))
    known = frozenset(census.frame["adcode"].dropna())
    table.fault_where(~lies_in.map(known.issuperset), "lies_in", f"units that {census.name} lists")
    elsewhere = _outside(table.frame["added_to"], lies_in)
    table.fault_where(elsewhere, "added_to", "one of lies_in")


def targets(tables: Tables) -> None:
    """A target's words are known, it has a source, and a range has two ends."""
    table, frame = tables["targets"], tables["targets"].frame
    for field in MEASURED:
        _among(table, field, _field(tables, field), file=tables["vocabulary"].name)
    _among(table, "document", tables["documents"].frame["id"], file=tables["documents"].name)
    _together(table, "value", "comparator")
    ranged = frame["comparator"] == "range"
    open_ended = ~(frame["value_max"] > frame["value"]).fillna(value=False)
    table.fault_where(ranged & open_ended, "value_max", "the upper end of the range")
    table.fault_where(~ranged & frame["value_max"].notna(), "value_max", "nothing: not a range")


def reported(tables: Tables) -> None:
    """A reported number is a target's or its own, of a region, kind and level that there are."""
    table, frame = tables["reported"], tables["reported"].frame
    known = tables["targets"].frame.dropna(subset=["id"]).drop_duplicates("id").set_index("id")
    _among(table, "region", tables["regions"].frame["id"], file=tables["regions"].name)
    units = tables["districts"].frame.dropna(subset=["city_adcode"])
    cities = units.drop_duplicates("city_adcode").set_index("city_adcode")["region"]
    outside = frame["city_adcode"].map(cities) != frame["region"]
    named = frame["city_adcode"].notna() & outside.fillna(value=True)
    table.fault_where(named, "city_adcode", "a city of the region that districts.csv lists")
    for field in ("kind", "level"):
        _among(table, field, _field(tables, field), file=tables["vocabulary"].name)
    usable = known.index[
        (known["kind"] == "actual") & known["value"].notna() & known["year"].notna()
    ]
    _among(table, "target", usable.to_series(), file="targets.csv, with value and year,")
    elsewhere = frame["target"].map(known["region"])
    differs = (elsewhere != frame["region"]) & elsewhere.notna()
    table.fault_where(differs, "region", elsewhere + ", as the target says")
    for column in ("name_zh", "name_en", "value", "year", "source"):
        twice = frame["target"].notna() & frame[column].notna()
        table.fault_where(twice, column, "nothing: the target says it")
        neither = frame["target"].isna() & frame[column].isna()
        table.fault_where(neither, column, "a value, as there is no target")


def record(tables: Tables) -> None:
    """A line of the record of changes tells of a table of facts, or of a release alone."""
    table, frame = tables["changes"], tables["changes"].frame
    _among(table, "table", pd.Index(changes.RECORDED), file="data/README.md")
    days = pd.to_datetime(frame["date"], format="%Y-%m-%d", errors="coerce")
    table.fault_where(days.isna(), "date", "a day of the calendar")
    table.fault_where(days < days.cummax(), "date", "a day not before those above")
    rows = frame["id"].notna() & frame["field"].isna()
    for side in ("old", "new"):
        unread = ~frame[side].fillna("").map(changes.is_row)
        table.fault_where(rows & unread, side, "a row as a JSON object of texts")
    release = frame["reason"] == "released"
    table.fault_where(~release & frame["table"].isna(), "table", "a table")
    for column in ("table", "id", "field", "old"):
        table.fault_where(release & frame[column].notna(), column, "nothing: a release")
    table.fault_where(release & frame["new"].isna(), "new", "the version of the release")


def explanations(tables: Tables) -> None:
    """A column is explained once, in both languages, and every column of the sites is."""
    table, frame = tables["columns"], tables["columns"].frame
    _together(table, "unit_zh", "unit_en")
    explained = set(frame.loc[frame["table"] == "sites", "name"].dropna())
    for column in schemas.SCHEMAS["sites"].columns:
        if column not in explained:
            expected = f"one that explains {column} of sites"
            table.faults.append(f"{table.name}, column name: found no row, expected {expected}")


RULES: Final[tuple[tuple[tuple[str, ...], Callable[[Tables], None]], ...]] = (
    (("regions", *PLACE_TABLES, "districts", "cities", "documents", "targets"), regions),
    (("vocabulary",), vocabulary),
    (("sectors", "families", *PLACE_TABLES), sectors),
    (("vocabulary", *PLACE_TABLES), codes),
    (("evidence", "documents", *PLACE_TABLES), grades),
    (("milestones", "sites", "vocabulary"), milestones),
    (PLACE_TABLES, positions),
    (("districts", "cities", "census", "areas"), units),
    (("districts", *PLACE_TABLES), membership),
    (("districts", "sources", "areas", "former_units", *COUNTED), figures),
    (("former_units",), former_units),
    (("census_zones", "census"), zones),
    (("targets", "documents", "vocabulary"), targets),
    (("reported", "targets", "regions", "districts", "vocabulary"), reported),
    (("changes",), record),
    (("columns",), explanations),
)
