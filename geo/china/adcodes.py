"""Administrative codes of China: six digits of GB/T 2260, two each for province, city, county."""

from __future__ import annotations

from typing import Final

ADCODE: Final = r"[1-8][0-9]{5}"
"""Pattern of a code; the first digit is the part of the country."""

STATE: Final = "2025-11"
"""The administrative divisions that codes and boundaries are of (`data/catalogue.toml`)."""

PART_OF: Final = {"440499": "440402"}
"""Units that are no county-level divisions of their own, by the unit they belong to: the campus
of the University of Macau on Hengqin has no statistics."""


def agree(first: str, second: str) -> bool:
    """Return whether two codes can both be true of one place: one contains the other.

    440106 (a county) and 440100 (its city) agree, 440106 and 440111 do not.

    Examples
    --------
    >>> agree("440106", "440100"), agree("440106", "440111")
    (True, False)
    """
    outer, inner = sorted((_stem(first), _stem(second)), key=len)
    return inner.startswith(outer)


def _stem(code: str) -> str:
    """Return the digits that all units inside a unit begin with."""
    code = PART_OF.get(code, code)
    while code.endswith("00"):
        code = code.removesuffix("00")
    return code
