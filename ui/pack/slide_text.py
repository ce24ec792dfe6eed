"""Text on slides: runs with their look, and about how much of it fits into a place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from pptx.dml.color import RGBColor
from pptx.util import Pt

from ui.pack import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, INK2 = "1D2329", "525C66"
EMU_A_POINT: Final = 12_700
LINE: Final = 1.3
"""Height of a line, in its size, whatever the font says."""
APART: Final = 7.0
"""Points between paragraphs."""


def run(
    paragraph: Any,  # noqa: ANN401 - of the library, as are frames and boxes below
    text: str,
    size: float,
    colour: str = INK,
    *,
    bold: bool = False,
) -> None:
    """Add text to a paragraph."""
    # A line without letters is as high as its end says, where nothing stands before that.
    paragraph._p.get_or_add_endParaRPr().set("sz", str(round(100 * size)))  # noqa: SLF001
    if not text:
        return
    added = paragraph.add_run()
    added.text = text
    added.font.size, added.font.bold = Pt(size), bold
    added.font.color.rgb = RGBColor.from_string(colour)


def paragraph(frame: Any, number: int) -> Any:  # noqa: ANN401
    """Return a paragraph of a frame: the first is there already."""
    return frame.paragraphs[0] if number == 0 else frame.add_paragraph()


def paragraphs(frame: Any, texts: Sequence[str], size: float, colour: str = INK) -> None:  # noqa: ANN401
    """Fill a frame."""
    for number, text in enumerate(texts):
        added = paragraph(frame, number)
        run(added, text, size, colour)
        added.line_spacing, added.space_after = Pt(LINE * size), Pt(APART)


def bare(box: Any) -> None:  # noqa: ANN401
    """Set text at the very edge of its box."""
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def height(texts: Sequence[str], width: float, size: float) -> float:
    """Return about how high paragraphs are in a width, points."""
    return sum(text_width.lines(text, width, size) * size * LINE + APART for text in texts)


def shares(texts: Sequence[str], room: tuple[float, float], size: float, first: float) -> int:
    """Return how many paragraphs stand in a box of points, so that no later one is nearly empty.

    Parameters
    ----------
    texts
        All that are left.
    room
        Width and height of each box.
    size
        Of the letters.
    first
        Height of the first box, which may have less room.
    """
    n, boxes = fitting(texts, (room[0], first), size), 1
    rest = texts[n:]
    while rest:
        rest, boxes = rest[fitting(rest, room, size) :], boxes + 1
    return min(n, math.ceil(len(texts) / boxes))


def fitting(texts: Sequence[str], room: tuple[float, float], size: float) -> int:
    """Return how many paragraphs fit into a box of points, one at least."""
    width, left = room
    for number, text in enumerate(texts):
        left -= text_width.lines(text, width, size) * size * LINE + APART
        if left < 0:
            return max(number, 1)
    return len(texts)
