"""Values as users write them: lists in an address, and how a message repeats what it refuses."""

from __future__ import annotations

import re
from typing import Final

NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
MAX_NUMBER: Final = 40

Bad = list[tuple[str, str]]
"""Refused values, each with the code of its fault."""

MAX_SHOWN: Final = 40
"""Characters of a refused value that a message repeats."""


def listed(text: str) -> tuple[str, ...]:
    """Return the codes of a comma-separated list: trimmed, each once, in their order."""
    return tuple(dict.fromkeys(code for each in text.split(",") if (code := each.strip())))


def shortened(value: str) -> str:
    """Return a value as a message repeats it."""
    return value if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]}…"


def number(raw: str, *, least: float, most: float) -> tuple[float | None, Bad]:
    """Return the number a text is, within limits; else nothing, and the text with its fault."""
    if len(raw) > MAX_NUMBER or not NUMBER.fullmatch(raw):
        return None, [(raw, "no_number")]
    value = float(raw) + 0.0  # no -0.0
    return (value, []) if least <= value <= most else (None, [(raw, "out_of_range")])


def place(raw: str) -> tuple[tuple[float, float] | None, Bad]:
    """Return a longitude and a latitude; else nothing, and the text with its fault."""
    parts = raw.split(",")
    if len(parts) != 2:
        return None, [(raw, "no_place")]
    lon, bad_lon = number(parts[0].strip(), least=-180, most=180)
    lat, bad_lat = number(parts[1].strip(), least=-90, most=90)
    if lon is None or lat is None:
        code = "no_place" if "no_number" in {c for _, c in bad_lon + bad_lat} else "out_of_range"
        return None, [(raw, code)]
    return (lon, lat), []
