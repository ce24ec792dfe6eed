"""About how wide a text is, whatever its font, and how many lines it takes."""

from __future__ import annotations

import math
from typing import Final

FIRST_WIDE: Final = 0x2E80
"""Code point from which letters are as wide as they are high: the Chinese ones."""
NARROW: Final = 0.54
"""About how wide the others are, in their size."""
WORD: Final = 4.0
"""What the lines of words may differ by, in their size; Chinese breaks at any letter but a few."""
LETTERS: Final = 1.5


def wide(text: str) -> float:
    """Return about how wide a text is, in its size.

    >>> wide("上海"), round(wide("Shanghai"), 1)
    (2.0, 4.3)
    """
    return sum(1.0 if ord(each) >= FIRST_WIDE else NARROW for each in text)


def lines(text: str, width: float, size: float) -> int:
    """Return about how many lines of so many points a text takes."""
    return max(1, math.ceil(wide(text) * size / max(width, size)))


def balanced(text: str, width: float, size: float) -> float:
    """Return the width, at most the given one, in which all lines of a text are about as long.

    >>> balanced("二十个字分成两行以后各行都是十个字的标题", 300.0, 20.0)
    230.0
    >>> balanced("一行", 300.0, 20.0)
    300.0
    """
    n = lines(text, width, size)
    if n == 1:
        return width
    chinese = sum(ord(each) >= FIRST_WIDE for each in text) > len(text) / 3
    return min(width, (wide(text) / n + (LETTERS if chinese else WORD)) * size)
