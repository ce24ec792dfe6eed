"""What became of a file, as tables that people read: rejected rows, what was done to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.files import rows
from geo.intake import cells, faults
from geo.intake.words import IntakeTexts

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.intake.validation import Intake
    from geo.settings import Language


ADDED: Final = frozenset({"id", "row", "name", "adcode", "district", "city_adcode", "city"})
"""Columns of the kept rows that are codes or words of ours, never numbers."""

PLAIN: Final = r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?"
"""A number as it is written that loses nothing as a number."""


def rejected(intake: Intake, lang: Language) -> pd.DataFrame:
    """Return the rejected rows with everything that is wrong with them, as a file holds them.

    ``reason`` names each fault of a row with its column and value, ``expected`` what belongs there.
    """
    t = IntakeTexts(lang)
    frame = intake.rejected.reset_index().drop(columns="reason")
    found = intake.faults[intake.faults["row"].isin(frame["row"])]
    known = faults.described(found.drop_duplicates(), lang)
    cells = zip(known["column"], known["value"], known["fault"], strict=True)
    known["reason"] = [
        t("say.cell", column=column, value=value, fault=fault) if column and value else fault
        for column, value, fault in cells
    ]
    joined = known.groupby("row")[["reason", "expected"]].agg(t("say.between").join)
    frame.insert(1, "reason", frame["row"].map(joined["reason"]))
    frame.insert(2, "expected", frame["row"].map(joined["expected"]))
    return frame


def record(intake: Intake, lang: Language) -> pd.DataFrame:
    """Return every fault with its words: row, column, value, what was expected, what was done."""
    return faults.described(intake.faults, lang).drop(columns="code")


def for_people(kept: gpd.GeoDataFrame, lang: Language) -> gpd.GeoDataFrame:
    """Return kept rows as a workbook shows them.

    What was added to the file is headed in words, and columns of the file that hold numbers alone
    are numbers, not text: a spreadsheet can reckon with them. Codes with zeros in front stay.
    """
    t, taken = IntakeTexts(lang), [str(name) for name in kept]
    heads = {
        name: rows.free(t(f"heading.{name}"), taken=taken)
        for name in taken
        if t.has(f"heading.{name}")
    }
    own = [name for name in kept if name not in {*ADDED, "geometry"}]
    numbers = {str(name): _numbers(kept[name]) for name in own}
    return kept.assign(**numbers).rename(columns=heads)


def _numbers(column: pd.Series) -> pd.Series:
    written = cells.text(column)
    known = written.dropna()
    if known.empty or not known.str.fullmatch(PLAIN).all():
        return column
    return pd.to_numeric(written, errors="coerce").astype("float64")


def unplaced(kept: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the kept rows without a position, without their geometry."""
    without = kept.geometry.isna() | kept.geometry.is_empty
    return kept[without].drop(columns="geometry")
