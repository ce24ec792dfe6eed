"""Running text in lines of a width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from layers.printed.paper import Lettering

_PIECE: Final = re.compile(r"\s+|[ -⁯]+?(?=\s|[⺀-鿿＀-￯　-〿]|$)|.")
"""Where a line may end: behind a word, and behind a Chinese character."""

NOT_FIRST: Final = "，。、；：！？）》”’」』%,.;:!?)"
"""What no line begins with."""


SHARES: Final = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""Of a width that lines can be broken to, so that the last is no single word."""


def lines(text: str, lettering: Lettering, width: float) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    text
        One paragraph.
    lettering
        How it is set.
    width
        Of a line, mm.
    """
    done: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        longer = line + piece
        fits = lettering.width(longer.rstrip()) <= width
        if fits or not line.strip() or piece[0] in NOT_FIRST:
            line = longer
        else:
            done.append(line.strip())
            line = piece.lstrip()
    return [*done, line.strip()] if line.strip() else done


def balanced(text: str, lettering: Lettering, width: float) -> list[str]:
    """Break a text into as few lines as its width needs, about as long each."""
    least = len(lines(text, lettering, width))
    for share in SHARES:
        narrower = lines(text, lettering, share * width)
        if len(narrower) == least:
            return narrower
    return lines(text, lettering, width)
