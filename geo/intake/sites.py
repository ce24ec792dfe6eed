"""Kept rows as sites of the catalogue's form: what every page, figure and file works on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.facts import catalog, schemas
from geo.geometry.lonlat import with_empty_points
from geo.intake import cells, columns, found, validation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.intake.columns import Columns, Field

USUAL: Final[Mapping[Field, str]] = {
    "kind": "park",
    "level": "none",
    "status": "unknown",
    "sectors": "mixed",
}
"""Codes of rows that say nothing of the sort, or something that no code stands for."""

BETWEEN: Final = r"\s*[;；、,，/|]\s*"
"""What stands between several sectors of one cell."""


def of_kept(
    kept: gpd.GeoDataFrame, held: Columns, *, region: str, source: str, bare_area: str = "headed"
) -> gpd.GeoDataFrame:
    """Return kept rows as sites.

    Parameters
    ----------
    kept
        See `geo.intake.validation.Intake`.
    held
        Which of the file's columns holds what.
    region
        Id of the region that the sites are of.
    source
        The file, as the source of every row.
    bare_area
        What areas without a unit are in, see `geo.intake.treatments`.

    Returns
    -------
    GeoDataFrame
        The columns of `geo.facts.catalog.sites`, points empty where unknown, then those of the
        file that no field took, under their own names; a fresh index. What the file does not say
        of kind, level, status and sectors is as :data:`USUAL`; of all else empty.
    """
    named = _own_columns(kept, held)
    text = {field: cells.text(kept[column]) for field, column in named.items()}
    none = pd.Series(pd.NA, kept.index, dtype="string")
    points = kept.geometry
    name = kept["name"].astype("string").fillna(kept["id"])
    sites = pd.DataFrame(
        {
            "id": kept["id"].astype("string"),
            "region": region,
            "name_zh": name,
            "name_en": name,  # nobody gave another one
            "kind": _codes(text.get("kind"), "kind", none),
            "scope": catalog.CORE,
            "level": _codes(text.get("level"), "level", none),
            "city": kept["city"],
            "city_adcode": kept["city_adcode"],
            "district": kept["district"],
            "district_listed": text.get("district", none),
            "adcode": kept["adcode"],
            "address": text.get("address", none),
            "sectors": _sectors(text.get("sectors", none)),
            "status": _codes(text.get("status"), "status", none),
            "opened_year": _amount(kept, named, "opened_year").astype("Int64"),
            "area_m2": _amount(kept, named, "area_m2", bare=bare_area),
            "lon": points.x,
            "lat": points.y,
            "precision": kept["precision"],
            "evidence": "unverified",
            "source": source,
            "coord_source": _told(kept, none).fillna(none.mask(points.notna().to_numpy(), source)),
            "note": text.get("note", none),
            "row": kept["row"],
        }
    )
    taken = {*named.values(), *validation.DERIVED, found.LOCATED_BY, "geometry"}
    rest = kept[[column for column in kept.columns if column not in taken]]
    rest = rest.rename(columns={each: f"{each}_" for each in rest if each in sites})
    placed = with_empty_points(points)
    return gpd.GeoDataFrame(sites.join(pd.DataFrame(rest)), geometry=placed).reset_index(drop=True)


def _told(kept: gpd.GeoDataFrame, none: pd.Series) -> pd.Series:
    """Return what told the position of each row that its file did not place."""
    return kept.get(found.LOCATED_BY, none)


def _own_columns(kept: gpd.GeoDataFrame, held: Columns) -> Columns:
    """Return the columns by field as `kept` names them."""
    return {
        field: f"{column}_" if column in validation.DERIVED and f"{column}_" in kept else column
        for field, column in held.items()
        if column in kept or f"{column}_" in kept
    }


def _codes(
    written: pd.Series | None, field: Literal["kind", "level", "status"], none: pd.Series
) -> pd.Series:
    """Return the code of the vocabulary that each cell names, whole or as its last word."""
    usual = USUAL[field]
    if written is None:
        return none.fillna(usual)
    words = catalog.vocabulary(field)
    known = {columns.plain(code): code for code in words.index}
    for name in ("name_zh", "name_en"):
        known |= {columns.plain(word): str(code) for code, word in words[name].items()}
    known |= columns.words_for(field)

    def code(text: str) -> str:
        plain = columns.plain(text)
        ends = (
            known[word] for word in sorted(known, key=len, reverse=True) if plain.endswith(word)
        )
        return known.get(plain) or next(ends, usual)

    codes = {each: code(each) for each in written.dropna().unique()}
    return written.map(codes).astype("string").fillna(usual)


def _sectors(written: pd.Series) -> pd.Series:
    """Return the sectors that cells name, joined as the catalogue has them."""
    table = catalog.sectors()
    known = {columns.plain(str(code)): str(code) for code in table.index}
    for name in ("name_zh", "name_en"):
        known |= {columns.plain(word): str(code) for code, word in table[name].items()}
    known |= columns.words_for("sectors")

    def codes(text: str) -> str:
        parts = [columns.plain(part) for part in re.split(BETWEEN, text)]
        named = [known.get(part) or _within(part, known) for part in parts]
        return schemas.SEPARATOR.join(dict.fromkeys(filter(None, named))) or USUAL["sectors"]

    said = {each: codes(each) for each in written.dropna().unique()}
    return written.map(said).astype("string").fillna(USUAL["sectors"])


def _within(text: str, known: Mapping[str, str]) -> str:
    """Return the code whose longest word stands in a text; nothing where none does."""
    inside = [word for word in known if len(word) > 1 and word in text]
    return known[max(inside, key=len)] if inside else ""


def _amount(
    kept: gpd.GeoDataFrame, named: Columns, field: Field, *, bare: str = "headed"
) -> pd.Series:
    if field not in named:
        return pd.Series(np.nan, kept.index)
    column = kept[named[field]]
    amounts = validation.amount(column, field, bare=bare)
    return amounts.mask(validation.failing(amounts, validation.AMOUNTS[field]))
