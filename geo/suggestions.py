"""Sites that a search may have meant, where nothing is called what was typed."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo import pinyin, search

if TYPE_CHECKING:
    import pandas as pd

LEAST_ALIKE: Final = 0.6
"""Twice the letters in common over all letters of both (Ratcliff and Metzener 1988, Pattern
matching: the Gestalt approach); difflib's documentation calls 0.6 close."""

LEAST_LETTERS: Final = 2


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
        not alike by `LEAST_ALIKE`.
    """
    query = search.compact(text)
    if len(query) < LEAST_LETTERS:
        return []
    # All at once: the dictionary of characters is large, and not kept.
    pinyin.readings({each for name in sites["name_zh"] for each in search.compact(str(name))})
    english = sites["name_en"] if "name_en" in sites else sites["name_zh"]
    alike = [
        max(_alike(query, form) for form in _forms(str(zh), str(en)))
        for zh, en in zip(sites["name_zh"], english, strict=True)
    ]
    order = sorted(range(len(alike)), key=lambda row: -alike[row])
    return [row for row in order[:most] if alike[row] >= LEAST_ALIKE]


@lru_cache(maxsize=4096)
def _forms(chinese: str, english: str) -> tuple[str, ...]:
    """Return the ways in which a name is typed: as it is, in English, in Pinyin."""
    name = search.compact(chinese)
    readings = pinyin.readings(name)
    spelt = "".join(readings[each][0] if each in readings else each for each in name)
    return tuple(dict.fromkeys((name, search.compact(english), spelt)))


def _alike(query: str, form: str) -> float:
    """Return how alike a text is to a name or to the beginning of it, 0 to 1."""
    matcher = SequenceMatcher(None, "", query, autojunk=False)
    best = 0.0
    for length in {len(query) - 1, len(query), len(query) + 1, len(form)}:
        matcher.set_seq1(form[:length])
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
            best = max(best, matcher.ratio())
    return best
