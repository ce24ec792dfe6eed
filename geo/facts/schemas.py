"""What a valid table of ``data/`` looks like: one pandera schema a file, checked lazily.

The schemas say what one table may hold; what tables say about each other is in
:mod:`geo.facts.cross_checks`. ``data/README.md`` explains the same columns in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from geo.china.adcodes import ADCODE
from geo.facts import tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.facts.tables import Table

TEXT: Final = "string"
WHOLE: Final = "Int64"
REAL: Final = "float64"

# Codes. What the vocabulary holds is checked against data/vocabulary.csv by geo.facts.cross_checks.
PlaceField = Literal["kind", "level", "status", "precision", "evidence"]
"""Fields of the vocabulary that tell of all places."""

SiteField = Literal["scope"]
"""Fields of the vocabulary that tell of sites alone."""

TargetField = Literal["theme", "unit", "period"]
"""Fields of the vocabulary that tell of targets."""

RecordField = Literal["reason", "table"]
"""Fields of the vocabulary that tell of the record of changes."""

Located = Literal["building", "street", "district"]
"""Precisions of a position."""

PLACE: Final[tuple[str, ...]] = (
    "lon",
    "lat",
    "precision",
    "coord_source",
    "adcode",
    "district",
    "district_listed",
    "city",
    "city_adcode",
)
"""Columns that say where a site is, beside its geometry: each is true of that position alone."""

YEARS: Final = (1850, 2100)
# All of China with a margin. A swapped pair always falls out of it: its longitudes exceed 73.
LONGITUDES: Final = (73.0, 136.0)
LATITUDES: Final = (3.0, 54.0)
FIELDS: Final[tuple[str, ...]] = sum(
    map(get_args, (PlaceField, SiteField, TargetField, RecordField)), ()
)
"""Fields of the vocabulary."""

COLOUR: Final = r"#[0-9A-F]{6}"
SITE_ID: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SEPARATOR: Final = ";"
"""What stands between the codes of a list in a cell."""

ColumnType = Literal["text", "code", "list", "integer", "year", "number", "boolean", "date"]
Reason = Literal[
    "opened",
    "closed",
    "moved",
    "renamed",
    "redefined",
    "corrected",
    "better_source",
    "added",
    "removed",
    "released",
]
"""Why a line of the record of changes was written; the last three tell of rows, columns, tables."""

SHARE: Final = rf"{ADCODE}:(?:100|[1-9][0-9]?)"
DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ISSUED: Final = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"


def matches(pattern: str, expected: str) -> pa.Check:
    """Return a check that the whole of a text matches ``pattern``."""
    compiled = re.compile(pattern)
    return pa.Check(lambda text: bool(compiled.fullmatch(text)), element_wise=True, error=expected)


def among(*allowed: str) -> pa.Check:
    """Return a check that a text is one of ``allowed``."""
    return pa.Check.isin(allowed, error="one of " + ", ".join(allowed))


def between(limits: tuple[float, float], what: str) -> pa.Check:
    """Return a check that a number lies within ``limits``, both allowed."""
    low, high = limits
    return pa.Check.in_range(low, high, error=f"{what} between {low:g} and {high:g}")


def text(*checks: pa.Check, empty: bool = False, unique: bool = False) -> pa.Column:
    """Return a text column; ``empty`` allows missing cells."""
    trimmed = pa.Check(
        lambda cells: cells == cells.str.strip(), error="text without spaces around it"
    )
    return pa.Column(TEXT, [trimmed, *checks], nullable=empty, unique=unique)


def adcode(*, empty: bool = False, unique: bool = False) -> pa.Column:
    """Return a column of six-digit administrative codes (GB/T 2260)."""
    return text(matches(ADCODE, "a six-digit adcode"), empty=empty, unique=unique)


def _texts(*names: str, empty: bool = False) -> dict[str, pa.Column]:
    return {name: text(empty=empty) for name in names}


def year(*, empty: bool = True) -> pa.Column:
    """Return a column of years."""
    return pa.Column(WHOLE, between(YEARS, "a year"), nullable=empty)


def amount(dtype: str = REAL) -> pa.Column:
    """Return a column of positive amounts that may be missing."""
    positive = pa.Check.in_range(
        0, 1e12, include_min=False, error="a finite number above 0 (unknown stays empty)"
    )
    return pa.Column(dtype, positive, nullable=True)


def _place_columns() -> dict[str, pa.Column]:
    sectors = matches(r"[a-z_]+(?:;[a-z_]+)*", "sector codes separated by ';'")
    return {
        "id": text(matches(SITE_ID, "lower-case letters, digits and hyphens"), unique=True),
        **_texts("region", "name_zh", "name_en", "kind", "level"),
        "city": text(empty=True),
        "city_adcode": adcode(empty=True),
        "district": text(empty=True),
        "adcode": adcode(empty=True),
        "address": text(empty=True),
        "sectors": text(sectors),
        "status": text(),
        "opened_year": year(),
        "area_m2": amount(),
        "lon": pa.Column(REAL, between(LONGITUDES, "a WGS84 longitude"), nullable=True),
        "lat": pa.Column(REAL, between(LATITUDES, "a WGS84 latitude"), nullable=True),
        "precision": text(),
        "evidence": text(),
        "source": text(),
        "coord_source": text(empty=True),
        "note": text(empty=True),
    }


def _spelling() -> dict[str, pa.Column]:
    return {"province_zh": text(empty=True), **_texts("name_zh", "name_en")}


TABLES_EXPLAINED: Final = (
    "every", "sites", "districts", "clusters", "plans", "scenarios", "quotients", "tests", "peers",
    "completeness", "layouts", "changes", "workbook",
)  # fmt: skip


def _explained_columns() -> dict[str, pa.Column]:
    return {
        "table": text(among(*TABLES_EXPLAINED)),
        "name": text(matches(r"[a-z0-9]+(?:_[a-z0-9]+)*", "lower-case letters, digits and '_'")),
        "type": text(among(*get_args(ColumnType))),
        **_texts("unit_zh", "unit_en", empty=True),
        **_texts("title_zh", "title_en", "meaning_zh", "meaning_en"),
    }


def _with_own(after: str, **own: pa.Column) -> dict[str, pa.Column]:
    """Return the columns of places with those that only one table has, after one of them."""
    columns: dict[str, pa.Column] = {}
    for name, column in _place_columns().items():
        columns[name] = column
        if name == after:
            columns |= own
    return columns


def _unit_columns() -> dict[str, pa.Column]:
    return {
        "adcode": adcode(unique=True),
        "region": text(),
        "name_zh": text(),
        "name_en": text(matches(r"[A-Z][A-Za-zü' ]*", "a name in Pinyin")),
        "name_en_source": text(),
    }


def _counted_columns() -> dict[str, pa.Column]:
    return {"population": amount(WHOLE), "population_year": year()}


def _population_columns() -> dict[str, pa.Column]:
    return {**_counted_columns(), "population_source": text(empty=True)}


def _area_columns() -> dict[str, pa.Column]:
    return {
        "area_land_km2": amount(),
        "area_year": year(),
        "area_source": text(empty=True),
        "area_use": text(among("official", "polygon")),
    }


SCHEMAS: Final[dict[str, pa.DataFrameSchema]] = {
    name: pa.DataFrameSchema(columns, strict=True, ordered=True)
    for name, columns in {
        "regions": {
            "id": text(matches(r"[a-z]+", "lower-case letters"), unique=True),
            **_texts("name_zh", "name_en", "province_zh"),
            "prefectures": text(matches(rf"{ADCODE}(?:;{ADCODE})*", "adcodes separated by ';'")),
            "levels": text(among("district", "city;district")),
            "default_level": text(among("district", "city")),
            **_population_columns(),
            "population_note": text(empty=True),
        },
        "districts": {
            **_unit_columns(),
            "city": text(),
            "city_adcode": adcode(),
            "listed_as": text(empty=True),
            **_area_columns(),
            "area_note": text(empty=True),
            "note": text(empty=True),
        },
        "cities": {
            **_unit_columns(),
            **_population_columns(),
            "population_note": text(empty=True),
            **_area_columns(),
            "note": text(empty=True),
        },
        "areas": {
            "adcode": adcode(unique=True),
            "name_zh": text(),
            "area_land_km2": amount(),
            "area_year": year(),
            "area_use": text(among("official", "polygon")),
            "source_id": text(),
        },
        "census": {
            "adcode": adcode(unique=True),
            "name_zh": text(),
            **_counted_columns(),
            "population_comparable": text(among("yes", "no", "uncertain"), empty=True),
            "population_note": text(empty=True),
            "source_id": text(empty=True),
        },
        "census_zones": {
            **_texts("name_zh", "province_zh", "city_zh"),
            **_counted_columns(),
            "lies_in": text(matches(rf"{SHARE}(?:;{SHARE})*", "adcode:percent separated by ';'")),
            "added_to": adcode(empty=True),
            "source_id": text(),
        },
        "former_units": {
            "code": adcode(),
            "name_zh": text(),
            "city_zh": text(empty=True),
            "province_zh": text(),
            "until": year(empty=False),
            "adcodes": text(matches(rf"{ADCODE}(?:;{ADCODE})*", "adcodes separated by ';'")),
            "source_id": text(),
        },
        "sources": {
            "id": text(matches(r"[a-z0-9]+", "lower-case letters and digits"), unique=True),
            "source": text(),
        },
        "families": {
            "key": text(matches(r"[a-z]+", "lower-case letters"), unique=True),
            **_texts("name_zh", "name_en", "short_zh", "short_en"),
            **{
                tone: text(matches(COLOUR, "a colour as #RRGGBB"))
                for tone in ("light", "dark", "rim_light", "rim_dark")
            },
        },
        "sectors": {
            "code": text(matches(r"[a-z_]+", "lower-case letters and '_'"), unique=True),
            **_texts("name_zh", "name_en", "family"),
        },
        "vocabulary": {
            "field": text(among(*FIELDS)),
            "code": text(matches(r"[^\s;,|]+", "no space, ';', ',' or '|'")),
            "name_zh": text(),
            **_texts("name_en", "many_en", empty=True),
            "radius_m": pa.Column(REAL, pa.Check.gt(0, error="metres above 0"), nullable=True),
        },
        "documents": {
            "id": text(matches(SITE_ID, "lower-case letters, digits and hyphens"), unique=True),
            **_texts("region", "place_zh", "title_zh", "title_en"),
            "issued": text(matches(ISSUED, "a date as YYYY, YYYY-MM or YYYY-MM-DD")),
            **_texts("issuer", "kind"),
        },
        "sites": _with_own("kind", scope=text()),
        "aggregates": _with_own("id", role=text(among("layout_node", "aggregate", "generic"))),
        "venues": _place_columns(),
        "evidence": {
            "source": text(unique=True),
            "form": text(among("official", "documented", "listed", "unverified")),
            "issuer": text(empty=True),
            "year": year(),
            "note": text(),
        },
        "milestones": {
            "site": text(),
            "event": text(among("recognised", "opening_announced", "conversion_began")),
            "level": text(empty=True),
            "year": year(empty=False),
            "source": text(),
        },
        "targets": {
            "id": text(matches(SITE_ID, "lower-case letters, digits and hyphens"), unique=True),
            "region": text(),
            "document": text(empty=True),
            "section": text(empty=True),
            **_texts("theme", "indicator_zh", "indicator_en"),
            "value": amount(),
            "value_max": amount(),
            "comparator": text(among("exact", "at_least", "about", "range"), empty=True),
            "unit": text(empty=True),
            "year": year(),
            "period": text(empty=True),
            "kind": text(among("goal", "actual")),
            "source": text(),
            "note": text(empty=True),
        },
        "reported": {
            "id": text(matches(SITE_ID, "lower-case letters, digits and hyphens"), unique=True),
            "region": text(),
            "city_adcode": adcode(empty=True),
            "kind": text(),
            "level": text(empty=True),
            "covers": text(among("total", "batch", "part")),
            "target": text(empty=True, unique=True),
            **_texts("name_zh", "name_en", empty=True),
            "value": amount(WHOLE),
            "year": year(),
            "source": text(empty=True),
            "note": text(empty=True),
        },
        "changes": {
            "date": text(matches(DAY, "a date as YYYY-MM-DD")),
            **_texts("table", "id", "field", "old", "new", empty=True),
            "reason": text(among(*get_args(Reason))),
            "source": text(empty=True),
        },
        "romanisation": {**_spelling(), "source": text()},
        "unit_names": _spelling(),
        "wording": {"text": text(unique=True), "zh": text(), "en": text()},
        "columns": _explained_columns(),
    }.items()
}

_UNTYPED: Final = {
    name: schema.update_columns({column: {"dtype": None} for column in schema.columns})
    for name, schema in SCHEMAS.items()
}
"""The same without dtypes: a table is read with them, and pandera takes long to see it."""

IDENTIFIED_BY: Final[Mapping[str, tuple[str, ...]]] = dict.fromkeys(SCHEMAS, ("id",)) | {
    **dict.fromkeys(("districts", "cities", "areas", "census"), ("adcode",)),
    "families": ("key",),
    "sectors": ("code",),
    "vocabulary": ("field", "code"),
    **dict.fromkeys(("romanisation", "unit_names", "census_zones"), ("province_zh", "name_zh")),
    "columns": ("table", "name"),
    "wording": ("text",),
    "evidence": ("source",),
    "milestones": ("site", "event", "level"),
    "former_units": ("code", "name_zh", "until"),
}
"""The columns that tell a table's rows apart (of ``changes``: what a line tells of).

A schema sees to one column, `validate` to several.
"""


def dtypes(name: str) -> dict[str, str]:
    """Return the columns of a table in order, each with its pandas dtype."""
    rules = SCHEMAS[name].columns.items()
    return {column: _dtype(str(rule.dtype)) for column, rule in rules}


def _dtype(name: str) -> str:
    """Return the dtype of a column, whichever storage pandera names for text."""
    return TEXT if name.startswith("str") else name


def read(path: Path, *, name: str, shown: str) -> Table:
    """Read one table, with every fault that it has by itself.

    Parameters
    ----------
    path
        Its file.
    name
        Key of :data:`SCHEMAS`.
    shown
        How faults name the folder of the file.

    Returns
    -------
    Table
        What rows of several tables say together is not looked at.
    """
    table = tables.read(
        path, name=f"{shown}/{name}.csv", key=IDENTIFIED_BY[name], dtypes=dtypes(name)
    )
    validate(name, table)
    return table


def validate(name: str, table: Table) -> None:
    """Add to ``table`` every fault its schema finds.

    Parameters
    ----------
    name
        Key of :data:`SCHEMAS`.
    table
        The table as read; nothing is done where its form is broken.
    """
    if table.frame.empty:
        return
    columns = list(IDENTIFIED_BY[name])
    if len(columns) > 1:
        for row in table.frame.index[table.frame.duplicated(columns)]:
            found = " / ".join(map(str, table.frame.loc[row, columns]))
            table.fault(int(row), columns[-1], found, f"{' and '.join(columns)} no other row has")
    try:
        _UNTYPED[name].validate(table.frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        for column, check, found, row in cases[
            ["column", "check", "failure_case", "index"]
        ].itertuples(index=False):
            if pd.isna(row):
                table.faults.append(f"{table.name}, column {column}: {check}")
            else:
                table.fault(int(row), str(column), found, _expected(str(check)))


def _expected(check: str) -> str:
    """Turn pandera's own rule names into words; our checks carry theirs."""
    rules = {"not_nullable": "a value", "field_uniqueness": "a value no other row has"}
    return rules.get(check, check)
