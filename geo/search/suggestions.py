"""Sites that a search may have meant, where nothing is called what was typed."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz import fuzz

from geo.search import pinyin, text_index

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

LEAST_ALIKE: Final = 60
"""Twice the letters in common, in their order, over all letters of both, in percent."""

LEAST_WITHIN: Final = 70
"""The same for what begins within a name: there are many such places, and few are meant."""

WITHIN: Final = 0.95
"""What a likeness within a name counts for: its beginning is what people type first."""

NAMES: Final = ("name_zh", "name_en")
LEAST_LETTERS: Final = 2
MOST_LETTERS: Final = 40
"""Longer texts are no names; comparing them would take long."""

MOST_COMPARED: Final = 10_000
"""Sites whose names are compared: of a million it would take half a minute."""


def nearest(sites: pd.DataFrame, text: str, *, most: int = 3) -> list[int]:
    """Return the sites whose names, or their beginnings, are spelt most like a text.

    Parameters
    ----------
    sites : DataFrame, n rows
        Columns ``name_zh`` and ``name_en``, the latter where there is one.
    text
        What was looked for, in Chinese, English or Pinyin.
    most
        How many to return.

    Returns
    -------
    list of int
        Rows counted from 0, the most alike first, then in the order of `sites`; none that is
        not alike by `LEAST_ALIKE`. Of more than `MOST_COMPARED` sites those are compared that
        have the most letters of the text.

    Examples
    --------
    >>> from geo import catalog
    >>> sites = catalog.sites("shanghai")
    >>> sites.iloc[nearest(sites, "tianzifan", most=1)]["name_zh"].to_list()
    ['田子坊']
    """
    query = text_index.compact(text)
    if not LEAST_LETTERS <= len(query) <= MOST_LETTERS:
        return []
    rows = _likeliest(sites, query)
    few = sites.iloc[rows]
    named = [
        [str(each) if isinstance(each, str) else "" for each in few[name]]
        if name in few
        else [""] * len(few)
        for name in NAMES
    ]
    readings = pinyin.readings({each for name in named[0] for each in text_index.compact(name)})
    alike = [
        max((_alike(query, form) for form in _forms(zh, en, readings)), default=0.0)
        for zh, en in zip(*named, strict=True)
    ]
    order = sorted(range(len(alike)), key=lambda row: -alike[row])
    return [int(rows[row]) for row in order[:most] if alike[row] >= LEAST_ALIKE]


def _likeliest(sites: pd.DataFrame, query: str) -> NDArray[np.intp]:
    """Return the rows whose names have the most letters of a query, at most `MOST_COMPARED`."""
    if len(sites) <= MOST_COMPARED:
        return np.arange(len(sites))
    letters = np.zeros(len(sites), dtype=np.int64)
    for name in set(NAMES) & {*sites}:
        folded = sites[name].astype("str").str.lower()
        for letter in set(query):
            letters += folded.str.contains(letter, regex=False, na=False).to_numpy(dtype=bool)
    return np.sort(np.argsort(-letters, kind="stable")[:MOST_COMPARED])


def _forms(
    chinese: str, english: str, readings: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which a name is typed, in parts: as it is, in English, in Pinyin."""
    name = tuple(text_index.compact(chinese))
    spelt = tuple(readings[each][0] if each in readings else each for each in name)
    words = tuple(text_index.words(english))
    return tuple(dict.fromkeys(filter(None, (name, words, spelt))))


def _alike(query: str, form: tuple[str, ...]) -> float:
    """Return how alike a query is to a name, to its beginning, or to what begins within it.

    0 where that is less than `LEAST_ALIKE`.
    """
    whole, letters = "".join(form), len(query)
    return max(
        *(
            fuzz.ratio(query, whole[:length], score_cutoff=LEAST_ALIKE)
            for length in {letters - 1, letters, letters + 1, len(whole)}
        ),
        *(
            WITHIN * fuzz.ratio(query, whole[start : start + letters], score_cutoff=LEAST_WITHIN)
            for start in accumulate(map(len, form[:-1]))
        ),
    )
