"""The type of printed maps: faces from a package, cut down to the characters in use.

A face for Chinese has 31,000 glyphs and 10 to 15 MB, most of which nobody asks for: its file is
mapped, not read. What a file embeds, and what matplotlib reads, is made of its own tables: the
outlines of the characters asked for, without layout rules or hints.
"""

from __future__ import annotations

import io
import mmap
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from matplotlib.ft2font import FT2Font

from geo import memory
from layers import bundle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

Style = Literal["plain", "strong", "title", "water"]

FOLDER: Final = bundle.ROOT / "node_modules" / "@expo-google-fonts"
FILES: Final[Mapping[Style, str]] = {
    "plain": "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "strong": "noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf",
    "title": "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    "water": "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
}

WEIGHTS: Final[Mapping[Style, int]] = {"plain": 400, "strong": 600, "title": 700, "water": 400}

UNKNOWN: Final = "〓"
"""What Chinese printers set for a character that they do not have."""

CAPITALS: Final = 0.733
"""Height of capitals, in ems; Chinese characters reach a little higher and lower."""


class FontsMissingError(RuntimeError):
    """The faces of printed maps are not installed."""


@dataclass(frozen=True, eq=False)
class Face:
    """A face as its package has it.

    Parameters
    ----------
    name
        For programs: ``NotoSansSC-Regular``.
    units
        Of an em.
    ascent, descent
        Of a line, in those units.
    glyphs
        Number of the glyph of each character, by code point; 0 for none.
    advances, bearings
        Of each glyph, in units.
    ends
        Where each glyph's outline ends in `file`; it begins where that before it ends.
    file
        Where the outlines are.
    """

    name: str
    units: int
    ascent: int
    descent: int
    glyphs: NDArray[np.uint16]
    advances: NDArray[np.uint16]
    bearings: NDArray[np.int16]
    ends: NDArray[np.uint32]
    file: mmap.mmap

    def row(self, sign: str) -> int:
        """Return the number of a character's glyph; 0 for none."""
        point = ord(sign)
        return int(self.glyphs[point]) if point < len(self.glyphs) else 0

    def outline(self, row: int) -> Glyph:
        """Return the outline of a glyph."""
        return Glyph(self.file[int(self.ends[row]) : int(self.ends[row + 1])])


@memory.by_facts
def face(style: Style) -> Face:
    """Read a face, once.

    Raises
    ------
    FontsMissingError
        When its package is not installed.
    """
    path = FOLDER / FILES[style]
    if not path.is_file():
        raise FontsMissingError(
            f"{path} is missing: the faces of printed maps come with the web assets; "
            "run make, or .venv/bin/python scripts/install_assets.py"
        )
    with TTFont(path, lazy=True) as font:
        head, horizontal = font["head"], font["hhea"]
        count, wide = font["maxp"].numGlyphs, horizontal.numberOfHMetrics
        metrics = font.reader["hmtx"]
        pairs = np.frombuffer(metrics, dtype=">u2", count=2 * wide).reshape(-1, 2)
        # The last width is that of all glyphs behind it, which have bearings alone.
        rest = np.frombuffer(metrics, dtype=">u2", offset=4 * wide, count=count - wide)
        advances = np.append(pairs[:, 0], np.repeat(pairs[-1:, 0], count - wide))
        long = bool(head.indexToLocFormat)
        ends = np.frombuffer(font.reader["loca"], dtype=">u4" if long else ">u2")
        begin = font.reader.tables["glyf"].offset
        known = FT2Font(path).get_charmap()
        glyphs = np.zeros(max(known) + 1, dtype=np.uint16)
        glyphs[list(known)] = list(known.values())
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return Face(
            name=str(font["name"].getDebugName(6)),
            units=head.unitsPerEm,
            ascent=horizontal.ascent,
            descent=horizontal.descent,
            glyphs=glyphs,
            advances=advances.astype(np.uint16),
            bearings=np.append(pairs[:, 1], rest).astype(np.uint16).view(np.int16),
            ends=ends.astype(np.uint32) * (1 if long else 2) + begin,
            file=mapped,
        )


CHINESE: Final = re.compile(r"[\u2e80-\uffff]")
STRAIGHT: Final = str.maketrans("“”‘’", "\"\"''")


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """Return a text with what cannot be set replaced: one line, no box for what is missing."""
    own = face("plain")
    line = " ".join(text.split())
    if not CHINESE.search(line):  # whose quotation marks are as wide as its letters
        line = line.translate(STRAIGHT)
    return "".join(sign if own.row(sign) else UNKNOWN for sign in line)


@lru_cache(maxsize=8192)
def width(text: str, style: Style) -> float:
    """Return how wide a printable text is, in ems."""
    own = face(style)
    return float(own.advances[[own.row(sign) for sign in text]].sum()) / own.units


def cut(style: Style, characters: Iterable[str]) -> bytes:
    """Return a face with the glyphs of some characters alone, as a TrueType font.

    Parameters
    ----------
    style
        Which face.
    characters
        Those of printable texts; others are left out.
    """
    own = face(style)
    points = sorted(ord(each) for each in set(characters) if own.row(each))
    names = [".notdef", *(f"u{point:04X}" for point in points)]
    rows = [0, *(own.row(chr(point)) for point in points)]
    font = FontBuilder(own.units, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(dict(zip(points, names[1:], strict=True)))
    outlines = [own.outline(row) for row in rows]
    for outline in outlines:
        outline.expand(None)
    font.setupGlyf(dict(zip(names, outlines, strict=True)), calcGlyphBounds=False)
    metrics = zip(own.advances[rows].tolist(), own.bearings[rows].tolist(), strict=True)
    font.setupHorizontalMetrics(dict(zip(names, metrics, strict=True)))
    font.setupHorizontalHeader(ascent=own.ascent, descent=own.descent)
    family, _, weight = own.name.partition("-")
    font.setupNameTable({"familyName": family, "styleName": weight, "psName": own.name})
    font.setupOS2(
        sTypoAscender=own.ascent, sTypoDescender=own.descent, usWeightClass=WEIGHTS[style]
    )
    font.setupPost(keepGlyphNames=False)
    font.font.recalcTimestamp = False  # the same characters always give the same bytes
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
