"""A pack as a PDF, set by Typst: fonts of a package, tables with their heads, tagged."""

from __future__ import annotations

import json
import shutil
import string
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from layers.printed import fonts
from layers.printed.sheet import SIZES
from ui.pack import measures, paging, text_width, view_map
from ui.pack.content import Facts, Figures, Map, Table
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.printed.sheet import Sheet
    from ui.pack.content import Block, Front, Section

KEYBOARD, SIGNS = string.printable.strip() + " ", "•—…\u3000"
"""Characters of every document, whatever it says."""
SHEET: Final = Path(__file__).with_name("pack.typ")
PROGRAM: Final = Path(__file__).with_name("typeset.py")
PDF: Final = "pack.pdf"
"""What the program writes, beside the sheet."""
MARGIN: Final = 24.0
"""Left and right of a page, mm."""
TITLE: Final = 24.0
"""Size of the title, points."""
POINTS: Final = 72 / 25.4
"""Of a millimetre."""
A4_LINE: Final = (SIZES["a4"][0] - 2 * MARGIN) * POINTS
"""Length of a line of A4, points; on other paper all is larger or smaller with it."""


def pdf(front: Front, sections: Iterable[Section], *, sheet: Sheet) -> bytes:
    """Write a PDF; parameters as of `ui.pack.word.word`."""
    t, (width, height) = PageTexts(front.lang), sheet.size
    enlarged = width / SIZES["a4"][0]
    margin = MARGIN * enlarged
    wide = width - 2 * margin
    with TemporaryDirectory(prefix="chuangtu-pack-") as name:
        folder = Path(name)
        told = {
            "front": asdict(front),
            "paper": {"width": width, "height": height, "margin": margin},
            "title_width": text_width.balanced(front.title, wide * POINTS, TITLE * enlarged),
            "together": paging.TEXTS,
            "labels": {kind: t(f"pack.{kind}", n="\0") for kind in ("figure", "table")},
            "sections": [
                {
                    "title": section.title,
                    "breaks": begins,
                    "blocks": [_block(each, folder, width=wide) for each in section.blocks],
                }
                for section, begins in paging.paged(front, sections, charts=True)
            ],
        }
        written = json.dumps(told, ensure_ascii=False)
        (folder / "pack.json").write_text(written, "utf-8")
        shutil.copyfile(SHEET, folder / SHEET.name)
        # Typst reads a face as a whole: 50 MB, of which a document needs a hundredth.
        used = {*KEYBOARD, *SIGNS, *written}
        for style in fonts.FILES:
            (folder / f"{style}.ttf").write_bytes(fonts.cut(style, used))
        program = [sys.executable, "-I", str(PROGRAM), name, name]
        subprocess.run(program, check=True, stdin=subprocess.DEVNULL)  # noqa: S603 - our own
        return (folder / PDF).read_bytes()


def _block(block: Block, folder: Path, *, width: float) -> dict[str, Any]:
    """Return a block as data, a map as the file that is drawn of it."""
    if isinstance(block, Map):
        return _map(block, folder, width=width)
    if isinstance(block, Facts) and block.map is not None:
        drawn = _map(block.map, folder, width=width)
        listed = None if block.listed is None else _fitted(block.listed, width * POINTS)
        own = replace(block, map=None, listed=listed)
        return {"kind": "Facts", **asdict(own), "map": drawn}
    if isinstance(block, Table):
        return {"kind": "Table", **asdict(_fitted(block, width * POINTS))}
    if isinstance(block, Figures):
        widths = measures.figure_widths(block.figures) if block.figures else ()
        return {"kind": "Figures", **asdict(block), "widths": widths}
    return {"kind": type(block).__name__, **asdict(block)}


def _fitted(block: Table, width: float) -> Table:
    """Return a table with the widths of its columns on a line of so many points."""
    by = width / A4_LINE
    wide = measures.widths(block)
    columns = (replace(each, width=by * own) for each, own in zip(block.columns, wide, strict=True))
    return replace(block, columns=tuple(columns))


def _map(block: Map, folder: Path, *, width: float) -> dict[str, str]:
    picture = view_map.map_picture(block.view, width, block.height * width, "svg", of=block.of)
    name = f"map{len(list(folder.glob('map*')))}.svg"
    (folder / name).write_bytes(picture)
    words = {each: getattr(block, each) for each in ("title", "caption", "note")}
    return {"kind": "Map", "file": name, **words}
