"""Numbers and names as a reader of either language expects them."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.settings import Language
    from geo.texts import Texts

MISSING = "—"
RATIO_DECIMALS = 2

WAN: Final = 10_000
LEAST_TOLD = Decimal("1e-4")
ROUNDING = Decimal("1e-12")
"""Of a percentage: what its floating point may be off by."""


def number(value: object, *, significant: int = 2) -> str:
    """Two significant digits, or more, and whole from where they are; grouped by thousands.

    >>> number(0.5512), number(2.07), number(67.9), number(1210.41), number(None)
    ('0.55', '2.1', '68', '1,210', '—')
    """
    if _absent(value):
        return MISSING
    amount = float(value)  # type: ignore[arg-type]
    rounded = float(f"{amount:.{significant - 1}e}")
    if rounded == 0 or abs(rounded) >= 10 ** (significant - 1):
        return f"{amount:,.0f}"
    return f"{rounded:.{significant - 1 - math.floor(math.log10(abs(rounded)))}f}"


def limit(value: object) -> str:
    """Return a limit of a class: three significant digits, and no zeros behind them.

    >>> [limit(each) for each in (24_870_895, 1703.4, 33.81, 0.7408, 3.0, None)]
    ['24,870,895', '1,703', '33.8', '0.741', '3', '—']
    """
    text = number(value, significant=3)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: float) -> str:
    """Return a number with every digit it has, grouped by thousands.

    >>> exact(20404.48), exact(5.999), exact(0.004), exact(8000.0)
    ('20,404.48', '5.999', '0.004', '8,000')
    """
    return whole(value) if float(value).is_integer() else f"{Decimal(repr(float(value))):,f}"


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
    if share in {0, 100}:
        return f"{share:.0f}%"
    return f"{_bounded(share, digits, most=100)}%"


def points(low: float, high: float) -> str:
    """Return how many percentage points lie between shares of 0-1, as `percent` writes these.

    >>> points(0.0746, 0.0854), points(0.5, 0.5002), points(0.25, None)
    ('1.0', '<0.1', '—')
    """
    if _absent(low) or _absent(high):
        return MISSING
    first, second = (Decimal(f"{100 * share:.1f}") for share in (low, high))
    if first == second and low != high:
        return "<0.1"
    return f"{second - first}".replace("-", "−")


def between(low: float, high: float) -> str:
    """Return the bounds of a share of 0-1 in percent: rounded outwards, and told apart.

    >>> between(0.99937, 0.9994), between(0.2, 0.31), between(0.0, 1.0)
    ('99.937–99.940%', '20.0–31.0%', '0.0–100.0%')
    """
    width = 100 * (high - low)
    decimals = max(1, math.ceil(-math.log10(width))) if width > 0 else 1
    step = Decimal(1).scaleb(-decimals)
    least = (_percentage(low) + ROUNDING).quantize(step, ROUND_FLOOR)
    most = (_percentage(high) - ROUNDING).quantize(step, ROUND_CEILING)
    return f"{least}–{most}%"


def at_most(share: float) -> str:
    """Return a share of 0-1 in percent, with one digit, rounded up; from 0.0001 % on.

    Of nothing no share is known: it is infinite.

    >>> at_most(0.00123), at_most(0.003), at_most(1e-14), at_most(0.12)
    ('0.2%', '0.3%', '0.0001%', '20%')
    """
    if _absent(share):
        return MISSING
    percentage = max(_percentage(share) - ROUNDING, LEAST_TOLD)
    step = Decimal(1).scaleb(percentage.adjusted())
    return f"{percentage.quantize(step, ROUND_CEILING):f}%"


def _percentage(share: float) -> Decimal:
    # Frames hold numbers of NumPy's, which write themselves otherwise.
    return Decimal(repr(float(100 * share)))


def _bounded(amount: float, decimals: int, *, most: float = math.inf) -> str:
    """Return a number with so many decimals: what is not nothing, or not all, does not read so."""
    least = 10.0**-decimals
    if 0 < amount < least / 2:
        return f"<{least:.{decimals}f}"
    if most - least / 2 <= amount < most:
        return f">{most - least:.{decimals}f}"
    return f"{amount:,.{decimals}f}"


def aligned(
    values: Iterable[object], *, share: bool = False, decimals: int | None = None
) -> list[str]:
    """Return a column of figures, all with as many decimals as two digits of its least need.

    `decimals` says how many where that is settled.

    Two at most, so that a few low ones do not make all the others look exact: what is lower still
    is less than the least that they can tell. A share is in percent with one, without the sign,
    which the heading has.

    >>> aligned([12, 3, None]), aligned([0.034, 25.8, 0.0])
    (['12', '3', '—'], ['0.03', '25.80', '0.00'])
    >>> aligned([0.004, 1.2]), aligned([1, 2], decimals=2)
    (['<0.01', '1.20'], ['1.00', '2.00'])
    >>> aligned([1.0, 0.9794, 0.0002], share=True)
    ['100.0', '97.9', '<0.1']
    """
    numbers = [None if _absent(each) else float(each) for each in values]  # type: ignore[arg-type]
    if share:
        return [MISSING if each is None else _bounded(100 * each, 1, most=100) for each in numbers]
    if decimals is None:
        above = [each for each in numbers if each]
        whole_numbers = all(each.is_integer() for each in above)
        needed = 0 if whole_numbers else 1 - math.floor(math.log10(min(above)))
        decimals = min(2, max(0, needed))
    return [MISSING if each is None else _bounded(each, decimals) for each in numbers]


def year(value: object) -> str:
    """Return a year."""
    return MISSING if _absent(value) else str(int(value))  # type: ignore[call-overload]


def ratio(value: object) -> str:
    """Return a ratio with as many decimals as ratios have.

    >>> ratio(0.5), ratio(-0.014), ratio(-0.001)
    ('0.50', '−0.01', '0.00')
    """
    if _absent(value):
        return MISSING
    rounded = f"{float(value):z.{RATIO_DECIMALS}f}"  # type: ignore[arg-type]
    return rounded.replace("-", "−")


def signed(value: object) -> str:
    """Return standard errors, or what else lies on both sides of 0, with one decimal.

    >>> signed(-14.23), signed(3.0), signed(-0.04)
    ('−14.2', '3.0', '0.0')
    """
    if _absent(value):
        return MISSING
    rounded = round(float(value), 1) + 0.0  # type: ignore[arg-type]
    return f"{rounded:.1f}".replace("-", "−")


def probability(value: object) -> str:
    """Return a p with three decimals.

    >>> probability(0.0423), probability(0.0002), probability(1.0)
    ('0.042', '<0.001', '1.000')
    """
    if _absent(value):
        return MISSING
    return "<0.001" if float(value) < 0.0005 else f"{float(value):.3f}"  # type: ignore[arg-type]


def people(value: object, *, lang: Language) -> str:
    """Return residents, in two digits or more: in 万 (ten thousands) in Chinese from one on.

    >>> people(454_321, lang="zh"), people(990, lang="zh"), people(0.2, lang="zh")
    ('45 万', '990', '<1')
    >>> people(454_321, lang="en"), people(1234, lang="en"), people(990, lang="en")
    ('454,000', '1,200', '990')
    """
    if _absent(value):
        return MISSING
    amount = float(value)  # type: ignore[arg-type]
    if 0 < amount < 1:
        return "<1"
    if lang == "zh" and round(amount) >= WAN:
        return f"{number(amount / WAN)} 万"
    thousands = 3 if amount >= WAN else 2
    return whole(amount if lang == "zh" or round(amount) < 1000 else round(amount, -thousands))


def people_in_text(value: object, *, lang: Language) -> str:
    """Return `people` for a Chinese text that goes on with its unit: digits stand apart from it.

    >>> people_in_text(454_321, lang="zh"), people_in_text(990, lang="zh")
    ('45 万', '990 ')
    """
    text = people(value, lang=lang)
    return f"{text} " if lang == "zh" and text[-1:].isdigit() else text


def people_on_axis(value: object, *, lang: Language) -> str:
    """Return residents where an axis has their unit: 万人 in Chinese, thousands in English."""
    unit = WAN if lang == "zh" else 1_000
    return MISSING if _absent(value) else number(float(value) / unit)  # type: ignore[arg-type]


def capitalised(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def joined(names: list[str], *, t: Texts, most: int = 6) -> str:
    """List names in running text, the rest counted."""
    shown = t("list.comma").join(names[:most])
    rest = len(names) - most
    return shown if rest <= 0 else t("list.more", names=shown, n=rest)


def _absent(value: object) -> bool:
    return (
        value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value))
    )
