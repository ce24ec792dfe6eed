"""A distance as a reader writes it: 2, 2.0, ２ 公里 and 2 km are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WRITTEN = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)\s*(?:km|公里|千米)?", re.ASCII | re.IGNORECASE)


def code(text: str) -> str:
    """Return a distance as the address has it, in km; what is none, as it is."""
    match = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"{float(match[1]):g}" if match else text


@dataclass(frozen=True)
class Distances:
    """All distances from `least` to `most` km, to 10 m; `usual` ones are on offer."""

    least: float
    most: float
    usual: tuple[str, ...] = ()

    def include(self, text: str) -> bool:
        """Return whether a text is the code of one of them."""
        if not _WRITTEN.fullmatch(text) or text != code(text):
            return False
        return self.least <= float(text) <= self.most
