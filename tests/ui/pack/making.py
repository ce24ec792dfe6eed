"""Files of views for tests: one of a kind is made once, in the smallest region."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ui.pack import making
from ui.pack.asked import asked

if TYPE_CHECKING:
    from geo.settings import Language
    from ui.pack.making import FileFormat

DISTRICTS = "/districts?region=jinan&parts=cover,findings,maps,ranking,comparison,districts,sources"
LAYOUTS = "/layouts?region=chongqing&parts=scorecard,ranking"


@cache
def made(address: str, file_format: FileFormat, lang: Language = "zh") -> bytes:
    """A file of a view."""
    return making.make(making.Order(asked=asked(address, lang=lang), file_format=file_format))
