"""Numbers as callers give them: read, or refused by row and value. None is dropped in silence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.checks.written import shortened

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOTHING = ("", "nan", "None", "<NA>")
"""Texts that stand for an empty cell."""


def column(frame: pd.DataFrame, name: str, faults: list[str], *, of: str) -> pd.Series:
    """Return a column of amounts, NaN where nothing is known or there is no column.

    Parameters
    ----------
    frame : DataFrame
        Numbers, or text that is a number as Python writes it; empty cells are unknown.
    name : str
        Of the column.
    faults : list of str
        Takes what is wrong: text that is no number, what is below 0 or infinite, with its row.
    of : str
        How the faults name the frame.

    Returns
    -------
    Series of float64, on the index of `frame`
        Only to be used when no fault was added.
    """
    if name not in frame:
        return pd.Series(np.nan, index=frame.index)
    given = frame[name]
    numbers = _numbers(given)
    wrong = np.isinf(numbers) | (numbers < 0) | (np.isnan(numbers) & ~_empty(given))
    if wrong.any():
        found = shortened(repr(given[wrong].astype(object).iloc[0]))
        faults.append(
            f"{of}, column {name}: found {found} at {frames.rows(frame, wrong)}; expected a number "
            "from 0 up, without separators, or nothing where it is unknown"
        )
    return pd.Series(numbers, index=frame.index)


def within(value: object, *, least: float, most: float) -> bool:
    """Return whether a value is a number, no truth value and not NaN, within two limits."""
    real = isinstance(value, Real) and not isinstance(value, bool | np.bool_)
    return real and least <= float(value) <= most  # type: ignore[arg-type]


def check_radii(values: object, faults: list[str], *, name: str) -> None:
    """Add a fault unless every value is a finite distance above 0."""
    smallest, largest = math.nextafter(0, 1), math.nextafter(math.inf, 0)
    listed = (
        list(values) if isinstance(values, Iterable) and not isinstance(values, str) else [None]
    )
    if not all(within(each, least=smallest, most=largest) for each in listed):
        faults.append(f"{name}: found {shortened(repr(values))}, expected finite numbers above 0")


def check_position(value: object, faults: list[str], *, name: str) -> None:
    """Add a fault unless a value is a longitude and a latitude, WGS84 degrees."""
    pair = list(value) if isinstance(value, tuple | list) else []
    limits = (180.0, 90.0)
    if len(pair) != len(limits) or not all(
        within(each, least=-limit, most=limit) for each, limit in zip(pair, limits, strict=True)
    ):
        faults.append(
            f"{name}: found {shortened(repr(value))}, expected longitude and latitude in degrees"
        )


def _numbers(given: pd.Series) -> NDArray[np.float64]:
    if pd.api.types.is_bool_dtype(given):
        return np.full(len(given), np.nan)
    if pd.api.types.is_numeric_dtype(given) and not pd.api.types.is_complex_dtype(given):
        numbers = given.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
        return np.asarray(numbers, dtype=np.float64)
    return np.array([_number(value) for value in given], dtype=np.float64)


def _number(value: object) -> float:
    if isinstance(value, bool | np.bool_) or not isinstance(value, str | Real):
        return math.nan
    try:
        return float(value)
    except (ValueError, OverflowError):
        return math.nan


def _empty(given: pd.Series) -> NDArray[np.bool_]:
    if pd.api.types.is_numeric_dtype(given):
        return np.asarray(given.isna(), dtype=bool)
    text = given.astype(object).map(lambda value: isinstance(value, str) and value.strip())
    return np.asarray(given.isna() | text.isin(NOTHING), dtype=bool)
