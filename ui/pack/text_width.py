"""About how wide a text is, whatever its font, and how many lines it takes."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_WIDE: Final = 0x2E80
"""Code point from which letters are as wide as they are high: the Chinese ones."""
NARROW: Final = 0.56
"""About how wide the others are, in their size."""
SPACED: Final = 0.2
"""What programs put between a Chinese letter and a Latin one or a figure, in their size."""
BOLD: Final = 1.12
"""How much wider titles are, which are bold and have serifs."""
WORD: Final = 4.0
"""What the lines of words may differ by, in their size; Chinese breaks at any letter but a few."""
LETTERS: Final = 1.5


_WORD: Final = re.compile(r"[^ \n\u2e80-\uffff]+|[\u2e80-\uffff]")
"""What is not broken: a word, or one Chinese character; two words with a space that is none."""
_WORDS: Final = re.compile(rf"(?:{_WORD.pattern})\s*")
"""The same with the space behind it."""
_MET: Final = re.compile(
    r"(?<=[\u2e80-\uffff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u2e80-\uffff])"
)
"""Between a Chinese letter and a Latin one or a figure."""
_CHINESE: Final = re.compile(r"[\u2e80-\uffff]")
_AMONG: Final = frozenset("“”‘’…—·")
"""As wide as Chinese letters among these."""
NAME: Final = 7.0
"""How wide a name is at most that is not broken between its words, in its size."""
USUAL: Final = 0.51
"""About how wide they are in sentences, with the spaces between words."""
BROAD: Final = 0.64
"""How wide they may be in a font that stands for another, or where they are bold."""

KEPT: Final = 0.6
"""Of its width, what a column keeps for itself when words of others need room."""


def wide(text: str, narrow: float = NARROW) -> float:
    """Return about how wide a text is, in its size, as are letters that are not Chinese.

    >>> wide("上海"), round(wide("Shanghai"), 1), round(wide("上海16"), 2)
    (2.0, 4.5, 3.32)
    """
    among = _AMONG if _CHINESE.search(text) else ()
    letters = sum(1.0 if ord(each) >= FIRST_WIDE or each in among else narrow for each in text)
    return letters + SPACED * len(_MET.findall(text))


def lines(text: str, width: float, size: float) -> int:
    """Return about how many lines of so many points a text takes; words are not broken.

    >>> lines("一" * 21, 200.0, 10.0), lines("word " * 4, 60.0, 10.0), lines("", 50.0, 10.0)
    (2, 2, 1)
    """
    room = max(width / size, 1.0)
    n, left = 1, room
    for word in _WORDS.findall(text):
        own = wide(word.rstrip())
        if own > left and left < room:
            n, left = n + 1, room
        broken = max(math.ceil(own / room) - 1, 0)
        n += broken
        left -= wide(word) - broken * room
    return n


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


def longest(text: str) -> float:
    """Return how wide the longest word of a text is at most, in its size.

    >>> round(longest("上海 172"), 2), longest("")
    (1.92, 0.0)
    """
    return max((wide(each, BROAD) for each in _WORD.findall(text)), default=0.0)


def unbroken(text: str) -> float:
    """Return how wide a text is at most, of a long one its longest word, in its size.

    >>> unbroken("±500 米"), unbroken("Shanghai Opera House")
    (4.2, 5.12)
    """
    own = wide(text, BROAD)
    return own if wide(text) <= NAME else longest(text)


def wrapped(text: str, width: float, size: float) -> int:
    """Return how many lines of so many points a text takes where no word is broken.

    >>> wrapped("ten letters, ten letters", 70.0, 10.0)
    2
    """
    n, used = 1, 0.0
    for word in _WORDS.findall(text):
        own = wide(word.rstrip(), USUAL) * size
        if used and used + own > width:
            n, used = n + 1, 0.0
        n, used = n + int(own // width), used + wide(word, USUAL) * size
    return n


def columns(
    shares: Sequence[float], least: Sequence[float], most: Sequence[float], width: float
) -> tuple[float, ...]:
    """Return widths of columns by shares; what one needs at least others spare, as far as they can.

    Parameters
    ----------
    shares
        Of the width, in any unit.
    least
        How wide each is at least.
    most
        How wide each is where nothing of it is broken: more is of no use to it.
    width
        Of all together.

    >>> columns([1, 1, 2], [40.0, 0.0, 0.0], [40.0, 50.0, 90.0], 120.0)
    (40.0, 26.7, 53.3)
    >>> columns([1, 1, 2], [40.0, 0.0, 0.0], [40.0, 10.0, 90.0], 120.0)
    (40.0, 25.5, 54.5)
    """
    wanted = [width * each / sum(shares) for each in shares]
    kept = [
        max(low, min(KEPT * own, high)) for own, low, high in zip(wanted, least, most, strict=True)
    ]
    lacking = sum(max(low - own, 0.0) for own, low in zip(wanted, least, strict=True))
    spare = [max(own - each, 0.0) for own, each in zip(wanted, kept, strict=True)]
    given = min(lacking, sum(spare))
    raised, lowered = given / (lacking or 1.0), given / (sum(spare) or 1.0)
    return tuple(
        round(own + raised * max(low - own, 0.0) - lowered * own_spare, 1)
        for own, low, own_spare in zip(wanted, least, spare, strict=True)
    )
