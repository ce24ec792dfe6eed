"""Numbers in Chinese characters written in figures: 八号桥 is 8号桥, 一五〇 is 150, 十二 is 12."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = {each: digit for digit, each in enumerate("〇一二三四五六七八九")} | {"零": 0}
UNITS: Final = {"十": 10, "百": 100, "千": 1000}
MYRIAD: Final = "万"

RUN: Final = re.compile(f"[{''.join((*DIGITS, *UNITS, MYRIAD))}]+")
BELOW_MYRIAD: Final = re.compile(
    "(?:([一二三四五六七八九])千)?零?(?:([一二三四五六七八九])百)?零?"
    "(?:([一二三四五六七八九])?(十))?零?([一二三四五六七八九])?"
)
"""Thousands, hundreds, tens (whose 一 may be left out), ones; 零 where some are skipped."""


def in_figures(text: str) -> str:
    """Return a text with every number in Chinese characters written in figures.

    A run of digits is taken figure by figure, one with units by its value; what is no number, as
    the 万 of a name, stays.

    Examples
    --------
    >>> in_figures("八号桥"), in_figures("一五〇创意园"), in_figures("十二街坊")
    ('8号桥', '150创意园', '12街坊')
    """
    return RUN.sub(lambda found: _figures(found[0]), text)


def _figures(run: str) -> str:
    if all(each in DIGITS for each in run):
        return "".join(str(DIGITS[each]) for each in run)
    high, myriad, low = run.rpartition(MYRIAD)
    values = [_below_myriad(part) if part else 0 for part in (high, low)]
    if None in values or (myriad and not high):
        return run
    return str(10_000 * (values[0] or 0) + (values[1] or 0))


def _below_myriad(part: str) -> int | None:
    found = BELOW_MYRIAD.fullmatch(part)
    if found is None:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    amounts = ((thousands, 1000), (hundreds, 100), (tens or (ten and "一"), 10), (ones, 1))
    return sum(DIGITS[digit] * unit for digit, unit in amounts if digit)
