"""Sets a pack as PDF, as a program of its own: ``python -I typeset.py FOLDER FONTS ...``.

What Typst remembers of a document it keeps for the next ten, 100 MB after a few packs: it goes with
the process. This imports nothing of the project, so that it starts in a blink.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

SHEET, PDF = "pack.typ", "pack.pdf"


def main() -> int:
    """Write the PDF of a folder's sheet into the folder."""
    folder, *fonts = sys.argv[1:]
    typst.compile(
        str(Path(folder, SHEET)),
        output=str(Path(folder, PDF)),
        root=folder,
        font_paths=fonts,
        ignore_system_fonts=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
