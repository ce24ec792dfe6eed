"""How each district is filled and lettered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS: Final = ("fill", "sign", "value", "badge", "caption")
"""Of a district's look, in the order in which the map is sent them."""


def shading(
    classes: pd.Series,
    *,
    ramp: Sequence[str],
    few: pd.Series | None = None,
    values: pd.Series | None = None,
    unlocated: pd.Series | None = None,
    captions: pd.Series | None = None,
) -> pd.DataFrame:
    """Describe the districts' look, one row each.

    Parameters
    ----------
    classes
        Class number of each district from 0, missing where there is no figure; index adcode.
    ramp
        Colour token of each class.
    few
        True where the figure rests on too few sites.
    values
        Formatted figure written below the name; plain text.
    unlocated
        Number of sites known by district only: shown in a dashed badge, never as points.
    captions
        Second line of the tooltip; plain text.

    Returns
    -------
    DataFrame
        On the same index: `fill` (colour token, "" without a figure), `sign` ("none", "few" or
        ""), `value`, `badge`, `caption` (texts, "" where there is nothing to write).

    Raises
    ------
    ValueError
        If a class lies outside the ramp.
    """
    known = classes.notna()
    numbers = classes[known].astype(int)
    if len(numbers) and (numbers.min() < 0 or numbers.max() >= len(ramp)):
        raise ValueError(
            f"Classes of this ramp go from 0 to {len(ramp) - 1}; "
            f"got {numbers.min()} to {numbers.max()}."
        )
    frame = pd.DataFrame(index=classes.index)
    frame["fill"] = numbers.map(lambda n: ramp[n]).reindex(classes.index).fillna("")
    frame["sign"] = ""
    if few is not None:
        frame.loc[few.reindex(classes.index).fillna(value=False).astype(bool), "sign"] = "few"
    frame.loc[~known, "sign"] = "none"
    counts = None if unlocated is None else unlocated.map(lambda n: str(int(n)) if n > 0 else "")
    for name, texts in (("value", values), ("badge", counts), ("caption", captions)):
        frame[name] = "" if texts is None else texts.reindex(frame.index).fillna("").astype(str)
    return frame


def plain(index: pd.Index) -> pd.DataFrame:
    """Describe districts that are named and not shaded, by their adcodes: as from `shading`."""
    return pd.DataFrame(dict.fromkeys(COLUMNS, ""), index=index)
