"""A view as a file from the shell: ``python -m ui.pack "/districts?region=guangdong" ...``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo import settings
from geo.errors import ChuangtuError
from layers.printed.sheet import SIZES, Sheet
from ui.pack import asked, making

if TYPE_CHECKING:
    from collections.abc import Sequence

MADE, REFUSED = 0, 2
"""Exit statuses."""

ADDRESS: Final = "/districts?region=guangdong&unit=city"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file of a view, the same as the page's button makes.

    Parameters
    ----------
    arguments
        Of the command line.

    Returns
    -------
    int
        0 where it was written, 2 where the address is no view or nothing could be written.
    """
    wanted = _parser().parse_args(arguments)
    try:
        base = settings.current().public_base or ""
        view = asked.asked(wanted.address, lang=wanted.lang, base=base)
        sheet = Sheet(paper=wanted.paper, landscape=not wanted.upright, grey=wanted.grey)
        order = making.Order(asked=view, file_format=wanted.format, sheet=sheet)
        wanted.out.write_bytes(making.make(order))
    except ChuangtuError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"{wanted.out}: {error.strerror}", file=sys.stderr)
        return REFUSED
    return MADE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui.pack", description=__doc__)
    parser.add_argument("address", help=f"the address of a page, for example {ADDRESS!r}")
    formats = "png, svg and map are the map alone, map as a PDF"
    parser.add_argument("--format", choices=making.FILE_FORMATS, default="docx", help=formats)
    parser.add_argument("--lang", choices=settings.LANGUAGES, help="else that of the address")
    parser.add_argument("--paper", choices=SIZES, default="a4")
    parser.add_argument("--upright", action="store_true", help="a map on an upright sheet")
    parser.add_argument("--grey", action="store_true", help="a map without colour")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
