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
    """Return the rejected rows with the words of their reasons, as a file holds them."""
    t = IntakeTexts(lang)
    frame = intake.rejected.reset_index()
    frame["reason"] = frame["reason"].map(lambda code: t(f"fault.{code}"))
    return frame


def record(intake: Intake, lang: Language) -> pd.DataFrame:
    """Return every fault with its words: row, column, value, what was expected, what was done."""
    return faults.described(intake.faults, lang).drop(columns="code")


def unplaced(kept: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the kept rows without a position, without their geometry."""
    without = kept.geometry.isna() | kept.geometry.is_empty
    return kept[without].drop(columns="geometry")
