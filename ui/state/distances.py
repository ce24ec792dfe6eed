"""A distance as a reader writes it: 2, 2.0, ２ 公里 and 2 km are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_WRITTEN = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)\s*(?:km|公里|千米)?", re.ASCII | re.IGNORECASE)


def code(text: str) -> str:
    """Return a distance as the address has it, in km; what is none, as it is."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"{float(found[1]):g}" if found else text


@dataclass(frozen=True)
class Distances(Collection[str]):
    """All distances from `least` to `most` km, to 10 m; only `usual` ones are listed."""

    least: float
    most: float
    usual: tuple[str, ...] = ()

    def __contains__(self, each: object) -> bool:
        text = str(each)
        if not _WRITTEN.fullmatch(text) or text != code(text):
            return False
        return self.least <= float(text) <= self.most

    def __iter__(self) -> Iterator[str]:
        yield from self.usual

    def __len__(self) -> int:
        return len(self.usual)
