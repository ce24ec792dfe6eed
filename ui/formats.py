"""Numbers and names as a reader of either language expects them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from ui.language import Language, Texts

MISSING = "—"


def number(value: object) -> str:
    """Two significant digits below ten, whole and grouped by thousands from there.

    >>> number(0.5512), number(2.07), number(67.9), number(1210.41), number(None)
    ('0.55', '2.1', '68', '1,210', '—')
    """
    if _absent(value):
        return MISSING
    amount = float(value)  # type: ignore[arg-type]
    if amount == 0 or abs(amount) >= 9.95:
        return f"{amount:,.0f}"
    rounded = float(f"{amount:.1e}")
    digits = 1 - math.floor(math.log10(abs(rounded)))
    return f"{rounded:.{max(digits, 0)}f}"


def whole(value: object) -> str:
    """Return a count, grouped by thousands."""
    return MISSING if _absent(value) else f"{float(value):,.0f}"  # type: ignore[arg-type]


def percent(value: object, *, digits: int = 1) -> str:
    """Return a share of 0-1 in percent; a small share that is not nothing is never 0.

    >>> percent(0.105), percent(0.7, digits=0), percent(0.0002), percent(1.0)
    ('10.5%', '70%', '<0.1%', '100%')
    """
    if _absent(value):
        return MISSING
    share = 100 * float(value)  # type: ignore[arg-type]
    if share == 0:
        return "0%"
    least = 10.0**-digits
    if 0 < share < least / 2:
        return f"<{least:g}%"
    if 100 - least / 2 <= share < 100:
        return f">{100 - least:g}%"
    text = f"{share:.{digits}f}"
    return f"{float(text):g}%" if float(text) == 100 else f"{text}%"


def year(value: object) -> str:
    """Return a year."""
    return MISSING if _absent(value) else str(int(value))  # type: ignore[call-overload]


def ratio(value: object) -> str:
    """Return a ratio with two decimals."""
    return MISSING if _absent(value) else f"{float(value):.2f}"  # type: ignore[arg-type]


def people(value: object, *, lang: Language) -> str:
    """Return residents: in 万人 (ten thousands) in Chinese, in thousands in English."""
    if _absent(value):
        return MISSING
    unit = 10_000 if lang == "zh" else 1_000
    return number(float(value) / unit)  # type: ignore[arg-type]


def capitalised(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def joined(names: list[str], *, t: Texts, most: int = 6) -> str:
    """List names in running text, the rest counted."""
    shown = t("list.comma").join(names[:most])
    rest = len(names) - most
    return shown if rest <= 0 else t("list.more", names=shown, n=rest)


def _absent(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))
