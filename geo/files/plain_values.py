"""Values as files hold them: no NaN, no infinity, no types of NumPy or pandas, no formulas."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMULA_START = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r＝＋－＠])")
"""Where a cell, or a part of it that some spreadsheet splits off, would begin a formula."""

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0, and so Excel and KML, cannot hold."""

REPLACEMENT = "\ufffd"


def plain(value: object) -> object:
    """Return a value as JSON has it.

    Parameters
    ----------
    value
        Anything a frame may hold, mappings and lists included.

    Returns
    -------
    object
        ``None`` for what is missing or no finite number; dates in ISO 8601; the text of what
        JSON does not know.
    """
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def values(column: pd.Series) -> list[object]:
    """Return the values of a column as `plain` has them."""
    return [plain(value) for value in column.array]


def is_text(column: pd.Series) -> bool:
    """Whether all values of a column are text by its type, categories of texts among them."""
    dtype = column.dtype
    kind = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
    return isinstance(kind, pd.StringDtype)


def to_json(value: object) -> str:
    """Return plain values as one line of JSON, Chinese text as it is."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def writable(text: str) -> str:
    """Return a text without what UTF-8 or XML cannot hold, each such character replaced."""
    return UNWRITABLE.sub(REPLACEMENT, text.encode("utf-8", "replace").decode("utf-8"))


def neutral(text: str) -> str:
    """Return a text with an apostrophe wherever a spreadsheet would begin a formula."""
    return FORMULA_START.sub(r"\1'", text)


def columns(
    table: pd.DataFrame, *, metadata: Mapping[str, object] | None = None
) -> dict[str, list[object]]:
    """Return the columns of a frame that a table holds.

    Parameters
    ----------
    table : DataFrame
        Any columns; a named index comes first, geometries are left out.
    metadata : mapping, optional
        Further columns, the same in every row; ``metadata_`` is put before a name that is taken.

    Returns
    -------
    dict of str to list
        Plain values, see `plain`.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    found = {name: values(column) for name, column in series(table).items()}
    for name, value in (metadata or {}).items():
        free = name if name not in found else f"metadata_{name}"
        found[free] = [plain(value)] * len(table)
    return found


def series(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of a frame that a table holds, as they are: those of `columns`.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    refuse_repeated(table)
    frame = pd.DataFrame(table)
    if frame.index.name is not None and frame.index.name not in frame:
        frame = frame.reset_index()
    geometries = [name for name, kind in frame.dtypes.items() if str(kind) == "geometry"]
    return {str(name): column for name, column in frame.drop(columns=geometries).items()}


def refuse_repeated(frame: pd.DataFrame) -> None:
    """Raise `InputError` when column names, as text, are repeated."""
    names = pd.Index([str(name) for name in frame.columns])
    if names.has_duplicates:
        raise InputError(
            f"repeated columns: {', '.join(names[names.duplicated()].unique())}; "
            "expected each name once"
        )
