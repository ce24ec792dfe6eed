"""Headers in which a client weighs what it takes: Accept, Accept-Language, Accept-Encoding."""

from __future__ import annotations

import re
from typing import Final

MOST_HEADER: Final = 1000
"""Characters of a header that are read."""

_WEIGHT = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def weighed(header: str) -> list[tuple[str, float]]:
    """Return the values of a header in lower case, each with its weight: 0 refuses it."""
    values = []
    for part in header[:MOST_HEADER].split(","):
        weight = _WEIGHT.search(part)
        if value := part.partition(";")[0].strip().lower():
            values.append((value, float(weight[1]) if weight else 1.0))
    return values


def ranked(header: str) -> list[str]:
    """Return the values of a header, the dearest first, refused ones left out."""
    taken = [each for each in weighed(header) if each[1] > 0]
    return [value for value, _ in sorted(taken, key=lambda each: -each[1])]
