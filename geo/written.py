"""Values as users write them: lists in an address, and how a message repeats what it refuses."""

from __future__ import annotations

from typing import Final

MAX_SHOWN: Final = 40
"""Characters of a refused value that a message repeats."""


def listed(text: str) -> tuple[str, ...]:
    """Return the codes of a comma-separated list: trimmed, each once, in their order."""
    return tuple(dict.fromkeys(code for each in text.split(",") if (code := each.strip())))


def toggled(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    """Return a list with a code at its end, or without it where it was there."""
    without = tuple(each for each in codes if each != code)
    return (*codes, code) if without == codes else without


def shortened(value: str) -> str:
    """Return a value as a message repeats it."""
    return value if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]}…"
