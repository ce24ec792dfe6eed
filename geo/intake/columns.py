"""Which column of a file holds what: by its heading, then by what stands in it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from geo import memory
from geo.china import datum
from geo.china.characters import simplified
from geo.intake import cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

Field = Literal[
    "name", "lon", "lat", "position", "geometry", "datum", "address", "district", "city",
    "province", "adcode", "kind", "sectors", "status", "level", "opened_year", "area_m2",
    "precision", "note", "id",
]  # fmt: skip
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
POSITIONS: Final[tuple[Field, ...]] = ("lon", "lat", "position")
Columns = dict[Field, str]
"""The file's column of each field that it has."""

SAMPLE: Final = 500
"""Rows that are looked at where a heading says nothing."""

MOSTLY: Final = 0.8
"""Share of a column's cells that must be of a kind for the column to be taken for it."""

IN_BRACKETS: Final = re.compile(r"\([^)]*\)|（[^）]*）|\[[^]]*\]|【[^】]*】")
BETWEEN: Final = re.compile(r"[\s\W]+")
UNIT_NAME: Final = re.compile(r".*(?:区|县|市|旗)")
ADDRESS: Final = re.compile(r".*(?:路|街|道|号|巷|弄|镇|乡|村|大厦|road|street)", re.IGNORECASE)


@memory.by_facts
def headings() -> Mapping[str, tuple[Field, int]]:
    """Return the field that each known heading names, and how certain it is (0 is the most)."""
    table = _words()["headings"]
    known: dict[str, tuple[Field, int]] = {}
    for field in FIELDS:
        for rank, heading in enumerate(table[field]):
            known.setdefault(plain(heading), (field, rank))
    return MappingProxyType(known)


def headings_of(field: Field) -> tuple[str, ...]:
    """Return the headings that name a field, the most certain first."""
    return tuple(_words()["headings"][field])


@memory.by_facts
def datums() -> Mapping[str, datum.Datum]:
    """Return the datum that each known word stands for."""
    words = _words()["datums"]
    return MappingProxyType({plain(word): kind for kind in datum.DATUMS for word in words[kind]})


@memory.by_facts
def words_for(field: str) -> Mapping[str, str]:
    """Return the codes that further words of a field stand for, as `plain` has these."""
    table = _words()[field]
    return MappingProxyType({plain(word): code for code, words in table.items() for word in words})


@memory.by_facts
def of_areas() -> Mapping[str, tuple[str, ...]]:
    """Return the headings of name, population and area in a file of areas, as `plain` has them."""
    table = _words()["areas"]
    return MappingProxyType({field: tuple(map(plain, table[field])) for field in table})


@memory.by_facts
def same_words() -> tuple[tuple[str, str], ...]:
    """Return words of names and what each is short for or says as well, in order."""
    return tuple((word, short) for short, words in _words()["same"].items() for word in words)


@memory.by_facts
def company_ends() -> tuple[str, ...]:
    """Return ends of names that say what a company is and not which, the longest first."""
    return tuple(sorted(_words()["ends"]["company"], key=len, reverse=True))


def _words() -> dict[str, dict[str, list[str]]]:
    with Path(__file__).with_name("headings.toml").open("rb") as file:
        return tomllib.load(file)


def datum_named(held: Columns) -> datum.Datum | None:
    """Return the datum that the headings of the positions name; None where they name none.

    Examples
    --------
    >>> datum_named({"lon": "经度（高德）", "lat": "纬度（高德）"})
    'gcj02'
    """
    headings_ = [held[field] for field in POSITIONS if field in held]
    text = unicodedata.normalize("NFKC", " ".join(headings_)).casefold()
    named = {kind for word, kind in datums().items() if len(word) > 1 and word in text}
    return named.pop() if len(named) == 1 else None


def plain(heading: str) -> str:
    """Return a heading as it is compared.

    Half-width, lower case, simplified, without brackets and spaces.

    Examples
    --------
    >>> plain("名　称"), plain("建築面積（平方米）"), plain("Lon.")
    ('名称', '建筑面积', 'lon')
    """
    text = simplified(unicodedata.normalize("NFKC", heading).casefold())
    return BETWEEN.sub("", IN_BRACKETS.sub("", text)) or BETWEEN.sub("", text)


def recognise(table: pd.DataFrame) -> Columns:
    """Return which column holds what, each column for one field at most.

    Parameters
    ----------
    table : DataFrame
        The cells of a file, see `geo.intake.table.RawTable`.

    Returns
    -------
    dict
        The column of each field; a field that no column holds is absent. Longitude and latitude
        only both.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"名 称": ["东湖园"], "X": [114.3], "Y": [30.5], "所在区": ["武昌区"]}
    >>> recognise(pd.DataFrame(row))
    {'name': '名 称', 'lon': 'X', 'lat': 'Y', 'district': '所在区'}
    """
    sample = table.head(SAMPLE)
    best: dict[Field, tuple[int, int, str]] = {}
    for place, column in enumerate(table.columns):
        named = headings().get(plain(str(column)))
        if named and _fits(named[0], sample[column]):
            field, rank = named
            best[field] = min(
                best.get(field, (rank, place, str(column))), (rank, place, str(column))
            )
    found: Columns = {field: column for field, (_, _, column) in best.items()}
    if "kind" in found and "sectors" not in found and _names_sectors(sample[found["kind"]]):
        found["sectors"] = found.pop("kind")
    _by_content(found, sample)
    if ("lon" in found) != ("lat" in found):
        found.pop("lon", None)
        found.pop("lat", None)
    return {field: found[field] for field in FIELDS if field in found}


def _fits(field: Field, column: pd.Series) -> bool:
    """Return whether a column can hold what its heading says: "X" can be a person's remark."""
    if field in {"lon", "lat"}:
        return _share(cells.angles(column).notna(), column) > 1 - MOSTLY or _empty(column)
    if field == "position":
        return _share(cells.positions(column)["lon"].notna(), column) > 1 - MOSTLY or _empty(column)
    if field == "geometry":
        return _share(cells.text(column).str.contains(r"\(|^0[01]", na=False), column) > 1 - MOSTLY
    return True


def _names_sectors(column: pd.Series) -> bool:
    """Return whether what a heading calls a kind or category names sectors rather."""
    words = cells.text(column).dropna().map(plain)
    of = {field: words.isin(words_for(field)).sum() for field in ("kind", "sectors")}
    return bool(of["sectors"] > of["kind"])


def _by_content(found: Columns, sample: pd.DataFrame) -> None:
    """Add fields that no heading named, from columns that no field has, by their cells."""
    taken = set(found.values())
    free = [str(column) for column in sample if column not in taken and not _empty(sample[column])]
    if not found.keys() & {"lon", "lat", "position", "geometry"}:
        pairs = [
            c for c in free if _share(cells.positions(sample[c])["lon"].notna(), sample[c]) > MOSTLY
        ]
        angles = {c: cells.angles(sample[c]) for c in free}
        east = [c for c in free if _share(angles[c].between(73, 136), sample[c]) > MOSTLY]
        north = [c for c in free if _share(angles[c].between(17, 54), sample[c]) > MOSTLY]
        fine = [c for c in (*east, *north) if _has_decimals(angles[c])]
        east, north = ([c for c in side if c in fine] for side in (east, north))
        if pairs:
            found["position"] = pairs[0]
        elif east and north:
            found["lon"], found["lat"] = east[0], north[0]
    texts = {c: cells.text(sample[c]) for c in free if c not in found.values()}
    words = {c: t for c, t in texts.items() if cells.numbers(sample[c]).isna().mean() > MOSTLY}
    _datum_by_content(found, words)
    if not found.keys() & {"district", "adcode"}:
        units = [
            c for c, t in words.items()
            if _share(t.str.fullmatch(UNIT_NAME.pattern) & (t.str.len() <= 12), sample[c]) > MOSTLY
        ]  # fmt: skip
        if units:
            found["district"] = units[0]
            words.pop(units[0])
    if "address" not in found:
        streets = [
            c for c, t in words.items()
            if _share(t.str.match(ADDRESS.pattern) & (t.str.len() > 5), sample[c]) > MOSTLY
        ]  # fmt: skip
        if streets:
            found["address"] = streets[0]
            words.pop(streets[0])
    if "name" not in found and words:
        different = {c: t.nunique() / max(len(t), 1) for c, t in words.items()}
        likeliest = max(words, key=lambda c: (different[c] > 1 - MOSTLY, -list(words).index(c)))
        if different[likeliest] > 1 - MOSTLY:
            found["name"] = likeliest


def _datum_by_content(found: Columns, words: dict[str, pd.Series]) -> None:
    """Add the column that says what each position comes from; `words` no longer has it."""
    if "datum" in found or not found.keys() & {*POSITIONS, "geometry"}:
        return
    sources = [c for c, t in words.items() if _share(_names_datum(t), t) > MOSTLY]
    if sources:
        found["datum"] = sources[0]
        words.pop(sources[0])


def _names_datum(written: pd.Series) -> pd.Series:
    """Return which cells are the name of a datum, or of what it comes from."""
    return written.map(plain, na_action="ignore").isin(datums())


def _has_decimals(angles: pd.Series) -> bool:
    known = angles.dropna()
    return bool(((known % 1) != 0).mean() > 1 - MOSTLY)


def _empty(column: pd.Series) -> bool:
    return bool(cells.text(column).isna().all())


def _share(fulfilled: pd.Series, column: pd.Series) -> float:
    """Return the share of the cells in use that fulfil something."""
    used = cells.text(column).notna()
    return float(fulfilled[used].fillna(value=False).mean()) if used.any() else 0.0
