"""What became of a file, as tables that people read: rejected rows, what was done to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.intake import faults
from geo.intake.words import IntakeTexts

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.intake.validation import Intake
    from geo.settings import Language


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


def unplaced(kept: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the kept rows without a position, without their geometry."""
    without = kept.geometry.isna() | kept.geometry.is_empty
    return kept[without].drop(columns="geometry")
