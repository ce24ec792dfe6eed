"""The screen's legend on paper: its groups laid out in a width, and drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.printed import paragraph, signs
from layers.printed.paper import Box, Lettering, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.legend.strip import Entry, Group
    from layers.printed.press import Press

HEAD_MM: Final = 5.6
ROW_MM: Final = 5.2
COLUMN_GAP_MM: Final = 4.0
GROUP_GAP_MM: Final = 7.0
LINE_GAP_MM: Final = 3.0
"""Between groups below each other."""

SIGN_GAP_MM: Final = 0.4
BOX_MM: Final = (11.4, 4.6)
"""Least width and height of a box of the ramp."""

SIGN_SCALE: Final = 0.9
"""Size of signs in the legend, of those on the map."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """A group as it is laid out: its size, mm, and how many entries stand below each other."""

    group: Group
    width: float
    height: float
    rows: int


@dataclass(frozen=True, kw_only=True)
class Type:
    """The letters of a legend."""

    title: Lettering
    note: Lettering
    label: Lettering
    count: Lettering

    @classmethod
    def of(cls, press: Press) -> Type:
        """Return those of a sheet."""
        k, ink, quiet = press.letters, press.colours["ink"], press.colours["ink2"]
        return cls(
            title=Lettering(style="strong", size=3.1 * k, colour=ink),
            note=Lettering(style="plain", size=2.6 * k, colour=quiet),
            label=Lettering(style="plain", size=2.8 * k, colour=ink),
            count=Lettering(style="plain", size=2.6 * k, colour=quiet),
        )


def laid_out(press: Press, groups: Sequence[Group], width: float) -> list[list[Block]]:
    """Lay groups out in lines of a width, in their order."""
    rows: list[list[Block]] = [[]]
    left = width
    for group in groups:
        if not group.entries and not group.ramp:
            continue
        block = _block(press, group, width)
        gap = GROUP_GAP_MM * press.letters if rows[-1] else 0.0
        if rows[-1] and block.width + gap > left:
            rows.append([])
            left, gap = width, 0.0
        rows[-1].append(block)
        left -= block.width + gap
    return [row for row in rows if row]


def width(press: Press, row: Sequence[Block]) -> float:
    """Return how wide a line of groups is at least, mm."""
    gaps = max(len(row) - 1, 0) * GROUP_GAP_MM * press.letters
    return sum(block.width for block in row) + gaps


def height(press: Press, rows: Sequence[Sequence[Block]]) -> float:
    """Return how high lines of groups are, mm."""
    gaps = max(len(rows) - 1, 0) * LINE_GAP_MM * press.letters
    return sum(max(block.height for block in row) for row in rows) + gaps


def draw(press: Press, rows: Sequence[Sequence[Block]], x: float, y: float, width: float) -> None:
    """Draw lines of groups from a point on, spread over a width."""
    for row in rows:
        free = width - sum(block.width for block in row)
        gap = min(free / max(len(row) - 1, 1), 4 * GROUP_GAP_MM * press.letters)
        left = x
        for block in row:
            _draw_block(press, block, left, y)
            left += block.width + gap
        y += max(block.height for block in row) + LINE_GAP_MM * press.letters


def _block(press: Press, group: Group, width: float) -> Block:
    k, own = press.letters, Type.of(press)
    head = HEAD_MM * k if group.title else 0.0
    titles = own.title.width(group.title) + 2 * k + own.note.width(group.note)
    if group.ramp:
        boxes = len(group.ramp) * _box_width(press, group, width)
        title = titles if titles <= max(boxes, 0.45 * width) else own.title.width(group.title)
        above = head if title == titles else head + 3.8 * k
        return Block(
            group=group,
            width=max(boxes, title, 0 if title == titles else own.note.width(group.note)),
            height=above + (BOX_MM[1] + 8.2) * k,
            rows=1 if title == titles else 2,
        )
    cell = _cell(press, group.entries)
    most = max(1, int((width + COLUMN_GAP_MM * k) / cell))
    wanted = math.ceil(len(group.entries) / (group.rows or 3))
    columns = min(wanted, most, len(group.entries))
    rows = math.ceil(len(group.entries) / columns)
    columns = math.ceil(len(group.entries) / rows)
    across = columns * cell - COLUMN_GAP_MM * k
    if titles > max(across, 0.3 * width):
        titles = own.title.width(group.title)
    return Block(
        group=group, width=max(across, titles), height=head + rows * _row(press, group), rows=rows
    )


def _row(press: Press, group: Group) -> float:
    """Return the height of a row of entries: its signs do not touch."""
    tallest = max(signs.read(str(entry.sign)).height for entry in group.entries)
    return max(ROW_MM * press.letters, tallest * press.pixel * SIGN_SCALE + SIGN_GAP_MM)


def _cell(press: Press, entries: Sequence[Entry]) -> float:
    """Return the width of a column of entries, with the gap behind it."""
    k, own = press.letters, Type.of(press)
    label = max(own.label.width(entry.label) for entry in entries)
    count = max(own.count.width(entry.count) for entry in entries)
    return (
        _sign_width(press, entries) + label + (2.4 * k if count else 0) + count + COLUMN_GAP_MM * k
    )


def _sign_width(press: Press, entries: Sequence[Entry]) -> float:
    scale = press.pixel * SIGN_SCALE
    return max(signs.read(str(entry.sign)).width for entry in entries) * scale + 1.2 * press.letters


def _box_width(press: Press, group: Group, width: float) -> float:
    """Return the width of a box of the ramp; one with a long text may lend some of the next's."""
    own = Type.of(press)
    texts = [max(own.count.width(each.limits), own.count.width(each.units)) for each in group.ramp]
    wanted = max(BOX_MM[0] * press.letters, max(texts) + 1.6 * press.letters)
    return min(wanted, width / len(group.ramp))


def _draw_block(press: Press, block: Block, x: float, y: float) -> None:
    k, own, group = press.letters, Type.of(press), block.group
    paper = press.paper
    if group.title:
        paper.text(group.title, x, y + 3.2 * k, own.title)
        beside = x + own.title.width(group.title) + 2 * k
        wide = beside + own.note.width(group.note) <= x + block.width + 0.1
        if group.note and wide:
            paper.text(group.note, beside, y + 3.2 * k, own.note)
        y += HEAD_MM * k
        if group.ramp and block.rows == 2:
            paper.text(group.note, x, y + 1.6 * k, own.note)
            y += 3.8 * k
    if group.ramp:
        _draw_ramp(press, block, x, y)
        return
    cell, tall = _cell(press, group.entries), _row(press, group)
    sign = _sign_width(press, group.entries)
    for i, entry in enumerate(group.entries):
        column, row = divmod(i, block.rows)
        left, middle = x + column * cell, y + (row + 0.5) * tall - 0.2 * k
        signs.centred(
            press, str(entry.sign), left + (sign - 1.2 * k) / 2, middle,
            scale=press.pixel * SIGN_SCALE,
        )  # fmt: skip
        baseline = middle + 1.05 * k
        paper.text(entry.label, left + sign, baseline, own.label)
        end = left + cell - COLUMN_GAP_MM * k
        paper.text(entry.count, end, baseline, own.count, align=1)


def _draw_ramp(press: Press, block: Block, x: float, y: float) -> None:
    k, own, group = press.letters, Type.of(press), block.group
    width = _box_width(press, group, block.width)
    for i, each in enumerate(group.ramp):
        box = Box(x + i * width, y, width, BOX_MM[1] * k)
        edge = press.colours["rampline"]
        press.paper.box(box, Look(fill=press.colours[each.token], edge=edge, width=0.2))
        middle = box.x + width / 2
        ink = Lettering(style="plain", size=own.count.size, colour=press.colours["ink"])
        press.paper.text(each.limits, middle, box.bottom + 3.2 * k, ink, align=0.5)
        press.paper.text(each.units, middle, box.bottom + 6.6 * k, own.count, align=0.5)


def text_height(press: Press, texts: Sequence[str], width: float) -> float:
    """Return how high paragraphs are set in a width, mm."""
    note = Type.of(press).note
    return sum(len(paragraph.lines(text, note, width)) for text in texts) * 4.0 * press.letters


def draw_text(press: Press, texts: Sequence[str], x: float, y: float, width: float) -> float:
    """Set paragraphs from a point on, and return where they end, mm."""
    note, k = Type.of(press).note, press.letters
    for text in texts:
        for line in paragraph.lines(text, note, width):
            press.paper.text(line, x, y + 2.9 * k, note)
            y += 4.0 * k
    return y
