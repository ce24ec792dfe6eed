"""A map as a sheet: title, frames, legend, sources, and what else a map to be handed out has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.path import Path

from layers.printed import furniture, greys, legend, map_frame, paragraph
from layers.printed import sheet as sheets
from layers.printed.paper import Box, Lettering, Look, Paper
from layers.printed.press import Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.printed.frame import Frame
    from layers.printed.paper import FileFormat
    from layers.printed.plate import Plate, Words
    from layers.printed.sheet import Sheet

TITLE_MM: Final = (9.6, 6.4)
"""Largest and smallest letters of a title in one line; it is broken into two rather."""

UNEVEN: Final = 1.12
"""How much longer than half a title its longer line may be."""


TOGETHER: Final = 0.9
"""Size of the letters of maps that share a sheet, of those on one of their own."""


def printed(plates: Sequence[Plate], sheet: Sheet, file_format: FileFormat) -> bytes:
    """Return maps on a sheet as a file: one, or some beside each other along its longer side."""
    (width, height), n = sheet.size, len(plates)
    paper = Paper(width=width, height=height, grey=sheet.grey)
    letters = sheets.LETTERS[sheet.paper] * (1.0 if n == 1 else TOGETHER)
    across, down = (width / n, height) if sheet.landscape else (width, height / n)
    for row, plate in enumerate(plates):
        press = Press(
            paper=paper,
            colours=greys.colours(plate.colours) if sheet.grey else plate.colours,
            pixel=sheets.PIXEL[sheet.paper],
            letters=letters,
        )
        x, y = (row * across, 0.0) if sheet.landscape else (0.0, row * down)
        _draw(press, plate, Box(x, y, across, down))
    return paper.file(file_format)


def _draw(press: Press, plate: Plate, area: Box) -> None:
    """Draw a map with title and legend on a part of a sheet."""
    margin = sheets.MARGIN_MM * press.letters
    column = Box(area.x + margin, area.y, area.width - 2 * margin, area.height)
    top = _title(press, plate.words, column)
    view, region = plate.view, plate.region
    second = plate.close
    if plate.words.locator and view is not None:
        second = region
    division = sheets.divide(
        Box(column.x, top, column.width, area.bottom - top - 0.8 * margin),
        sheets.Shown(whole=view or region, second=second, enlarged=plate.close is not None),
        letters=press.letters,
        legend_height=lambda wide: _legend_height(press, plate, wide),
    )
    main, inset = division.main, division.second
    enlarged = inset if plate.close is not None else None
    step = map_frame.main(press, plate, main, inset=enlarged)
    if enlarged is not None:
        map_frame.enlarged(press, plate, enlarged)
        _leaders(press, main, enlarged)
    elif inset is not None:
        map_frame.locator(press, plate, inset, view=main)
    _legend(press, plate, division.legend, step)


def _broken(title: str, one: Lettering, width: float, letters: float) -> tuple[float, list[str]]:
    """Return the size of a title's letters, mm, and its lines: as few as its letters allow."""
    largest, smallest = (letters * each for each in TITLE_MM)
    whole = one.width(title)
    for n in (1, 2):
        size = min(largest, n * width / (whole * (1 if n == 1 else UNEVEN)))
        if size >= smallest:
            break
    size = max(size, smallest)
    return size, paragraph.balanced(title, replace(one, size=size), width)


def _leaders(press: Press, main: Frame, inset: Frame) -> None:
    """Draw thin lines from what an inset shows to its frame, on the side that faces it."""
    west, south, east, north = inset.bounds
    (left, bottom), (right, top) = main.place(np.array([(west, south), (east, north)]))
    box = inset.box
    if box.x >= main.box.right:
        pairs = [((right, top), (box.x, box.y)), ((right, bottom), (box.x, box.bottom))]
    else:
        pairs = [((left, bottom), (box.x, box.y)), ((right, bottom), (box.right, box.y))]
    look = Look(edge=press.colours["ink2"], width=0.22)
    for pair in pairs:
        press.paper.draw(Path(np.array(pair)), look)


def _title(press: Press, words: Words, column: Box) -> float:
    """Set the title at the head of a column, and return where the rest begins, mm."""
    k, paper, left, width = press.letters, press.paper, column.x, column.width
    ink, quiet = press.colours["ink"], press.colours["ink2"]
    one = Lettering(style="title", size=1.0, colour=ink)
    size, lines = _broken(words.title, one, width, k)
    y = column.y + 0.75 * sheets.MARGIN_MM * k
    for line in lines:
        y += 1.25 * size
        paper.text(line, left, y, replace(one, size=size))
    y += 6.0 * k
    small = Lettering(style="plain", size=3.2 * k, colour=quiet)
    paper.text(words.subtitle, left, y, small)
    if small.width(words.subtitle) + small.width(words.credits) + 6 < width:
        paper.text(words.credits, column.right, y, small, align=1)
    else:
        y += 4.6 * k
        paper.text(words.credits, left, y, small)
    y += 2.6 * k
    paper.box(Box(left, y, width, 0.7 * k), Look(fill=ink))
    return y + 3.2 * k


def _approval_size(press: Press, words: Words) -> tuple[float, float]:
    """Return width and height of the box for the approval number."""
    text = furniture.approval_width(press, word=words.approval, blank=words.approval_blank)
    return max(46 * press.letters, text), 8.4 * press.letters


def _notes_width(press: Press, words: Words, width: float) -> tuple[float, bool]:
    """Return how wide the notes are, and whether the box for the number stands beside them."""
    box, _ = _approval_size(press, words)
    beside = width >= 3.2 * box
    return (width - box - 6 * press.letters if beside else width), beside


def _legend_height(press: Press, plate: Plate, width: float) -> float:
    rows = legend.laid_out(press, plate.groups, width)
    notes, beside = _notes_width(press, plate.words, width)
    below = legend.text_height(press, plate.words.notes, notes)
    number = _approval_size(press, plate.words)[1]
    below = max(below, number) if beside else below + number + 2 * press.letters
    return legend.height(press, rows) + below + 9 * press.letters


def _legend(press: Press, plate: Plate, box: Box, step: int) -> None:
    k, paper = press.letters, press.paper
    paper.box(Box(box.x, box.y, box.width, 0.4 * k), Look(fill=press.colours["ink"]))
    rows = legend.laid_out(press, plate.groups, box.width)
    legend.draw(press, rows, box.x, box.y + 2.4 * k, box.width)
    y = box.y + 5 * k + legend.height(press, rows)
    paper.box(Box(box.x, y, box.width, 0.2), Look(fill=press.colours["hair2"]))
    width, beside = _notes_width(press, plate.words, box.width)
    notes = [note.replace("{step}", furniture.angle(step)) for note in plate.words.notes]
    end = legend.draw_text(press, notes, box.x, y + 2 * k, width)
    across, tall = _approval_size(press, plate.words)
    top = y + 3 * k if beside else end + 2 * k
    furniture.approval(
        press,
        Box(box.right - across if beside else box.x, top, across, tall),
        word=plate.words.approval,
        blank=plate.words.approval_blank,
    )
