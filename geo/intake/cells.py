"""What a cell says: numbers, angles, positions, years and areas as people write them.

Each function takes a column of a file (str, int, float, bool, date or None) and returns what its
cells say on the same index, missing where they say nothing that can be read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NUMBER: Final = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?"
ANGLE: Final = re.compile(
    r"(?P<before>[NSEW]|[东西南北][经纬]:?)?\s*(?P<sign>[+-]?)(?P<degrees>\d+(?:\.\d+)?)\s*[°度º]?\s*"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)\s*['′’分]\s*)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)\s*(?:\"|″|”|''|′′|’’|秒)\s*)?"
    r"(?P<after>[NSEW]|[东西南北][经纬]?)?",
    re.IGNORECASE,
)
NEGATIVE: Final = ("S", "W", "南", "西")
NORTHING: Final = ("N", "S", "北", "南")
APART: Final = re.compile(r"\s*[,;、/|]\s*|\s+")
YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
AREA: Final = re.compile(
    r"(?:约|近|逾|超)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<ten_thousand>万)?\s*(?P<unit>.*)"
)
PEOPLE: Final = re.compile(
    r"(?:约|近|逾|超)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<ten_thousand>万)?\s*(?P<unit>人|persons?|people)?"
)
SQUARE_METRES: Final[Mapping[str, float]] = {
    "": 1, "平方米": 1, "平米": 1, "平": 1, "㎡": 1, "m2": 1, "m²": 1, "sqm": 1, "方": 1,
    "亩": 2000 / 3, "公顷": 1e4, "ha": 1e4, "平方公里": 1e6, "平方千米": 1e6,
    "km2": 1e6, "km²": 1e6,
}  # fmt: skip
"""The units in which areas of sites are written, in square metres."""


def text(column: pd.Series) -> pd.Series:
    """Return cells as text without spaces round it; missing where a cell is empty.

    Whole numbers that a spreadsheet keeps as 310101.0 are "310101".
    """
    if not isinstance(column.dtype, pd.StringDtype):
        column = column.astype(object).map(_written, na_action="ignore")
    plain = column.astype("string").str.strip()
    return plain.mask(plain.eq(""))


def _written(value: object) -> str:
    if isinstance(value, float):
        return "" if np.isnan(value) else str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def half_width(column: pd.Series) -> pd.Series:
    """Return texts with full-width digits, letters and signs as usual ones."""
    known = text(column)
    wide = ~known.str.isascii().fillna(value=True)
    return known.where(~wide, known[wide].map(lambda each: unicodedata.normalize("NFKC", each)))


def _by_text(column: pd.Series, read: Callable[[str], float]) -> pd.Series:
    """Return what each different text says, read once."""
    known = half_width(column)
    said = {each: read(each) for each in known.dropna().unique()}
    return known.map(said).astype("float64")


def numbers(column: pd.Series) -> pd.Series:
    """Return the numbers that cells are, thousands separated or not.

    Examples
    --------
    >>> import pandas as pd
    >>> numbers(pd.Series(["18,600", "１２", 3, "3 floors", None])).to_list()
    [18600.0, 12.0, 3.0, nan, nan]
    """
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return column.astype("float64")
    plain = pd.to_numeric(text(column), errors="coerce").astype("float64")
    left = plain.isna() & column.notna()
    plain[left] = _by_text(column[left], _number)
    return plain


def _number(written: str) -> float:
    return (
        float(written.replace(",", ""))
        if re.fullmatch(NUMBER, written) and written.strip("+-")
        else np.nan
    )


def angles(column: pd.Series) -> pd.Series:
    r"""Return degrees, written as a number or in degrees, minutes and seconds.

    Examples
    --------
    >>> import pandas as pd
    >>> angles(pd.Series(["121.47", "121°28'12\"E", "１２１．４７°E", "西经30度", 31])).to_list()
    [121.47, 121.47, 121.47, -30.0, 31.0]
    """
    plain = numbers(column)
    left = plain.isna() & column.notna()
    plain[left] = _by_text(column[left], lambda each: _angle(each)[0])
    return plain


def _angle(written: str) -> tuple[float, bool | None]:
    """Return degrees, and whether they are said to be a latitude; None where that is not said."""
    parts = ANGLE.fullmatch(written.strip())
    if parts is None or (parts["before"] and parts["after"]):
        return np.nan, None
    minutes, seconds = float(parts["minutes"] or 0), float(parts["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        return np.nan, None
    degrees = float(parts["degrees"]) + minutes / 60 + seconds / 3600
    side = (parts["before"] or parts["after"] or "").upper()
    negative = side.startswith(NEGATIVE) or parts["sign"] == "-"
    return -degrees if negative else degrees, side.startswith(NORTHING) if side else None


def positions(column: pd.Series) -> pd.DataFrame:
    """Return longitude and latitude of cells that hold both, in either order.

    Which is which is said by letters (N, E, 北纬 ...), else the first is the longitude unless
    only the other way round is a position.

    Returns
    -------
    DataFrame
        ``lon`` and ``lat`` in degrees, on the index of `column`.

    Examples
    --------
    >>> import pandas as pd
    >>> positions(pd.Series(["121.47,31.23", "31.23°N 121.47°E", "(121.47；31.23)"]))
          lon    lat
    0  121.47  31.23
    1  121.47  31.23
    2  121.47  31.23
    """
    known = half_width(column)
    said = {each: _position(each) for each in known.dropna().unique()}
    pairs = [said.get(each, (np.nan, np.nan)) for each in known]
    return pd.DataFrame(pairs, columns=["lon", "lat"], index=column.index, dtype="float64")


def _position(written: str) -> tuple[float, float]:
    parts = [each for each in APART.split(written.strip("()[]（） ")) if each]
    if len(parts) != 2:
        # Degrees, minutes and seconds with spaces between them: each half has its letter.
        halves = re.findall(r"[^NSEW北南东西]+[NSEW]", written.upper())
        parts = [each.strip(" ,;") for each in halves]
    if len(parts) != 2:
        return np.nan, np.nan
    (first, first_north), (second, second_north) = map(_angle, parts)
    if first_north is True or second_north is False or (abs(second) > 90 >= abs(first)):
        return second, first
    return first, second


def people(column: pd.Series, *, heading: str = "") -> pd.Series:
    """Return numbers of people; ten thousands are told by the cell or its heading.

    Examples
    --------
    >>> import pandas as pd
    >>> people(pd.Series(["12.3万", "18,600人", 9500])).to_list()
    [123000.0, 18600.0, 9500.0]
    >>> people(pd.Series([12.5, "3万人"]), heading="常住人口（万人）").to_list()
    [125000.0, 30000.0]
    """
    usual = 1e4 if "万" in heading else 1.0

    def number(written: str) -> float:
        parts = PEOPLE.fullmatch(written)
        if parts is None:
            return np.nan
        own = 1e4 if parts["ten_thousand"] else 1.0 if parts["unit"] else usual
        return float(parts["number"].replace(",", "")) * own

    return _by_text(column, number).round()


def years(column: pd.Series) -> pd.Series:
    """Return the year of a date however it is written; missing where there are none or several.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> dates = ["2021年5月", 2014.0, date(2019, 3, 1), "2008/6", "2008-12 至 2012"]
    >>> years(pd.Series(dates)).to_list()
    [2021.0, 2014.0, 2019.0, 2008.0, nan]
    """
    return _by_text(column, _year)


def _year(written: str) -> float:
    named = set(YEAR.findall(written))
    return float(named.pop()) if len(named) == 1 else np.nan


def with_unit(column: pd.Series) -> pd.Series:
    """Return which cells are a number with a unit behind it, or ten thousands.

    Examples
    --------
    >>> import pandas as pd
    >>> with_unit(pd.Series(["2.4万", "18,600", "30亩", 9500, None])).to_list()
    [True, False, True, False, False]
    """
    found = half_width(column).str.contains(r"\d\s*[^\d\s.,]", na=False)
    return found.astype(bool)


def areas_m2(column: pd.Series, *, heading: str = "", bare: float | None = None) -> pd.Series:
    """Return areas in square metres; a unit in the cell goes before one in the heading.

    A `bare` unit, in square metres, is that of cells without one, whatever the heading says.

    Examples
    --------
    >>> import pandas as pd
    >>> areas_m2(pd.Series(["2.4万", "18,600", "30亩", 9500])).to_list()
    [24000.0, 18600.0, 20000.0, 9500.0]
    >>> areas_m2(pd.Series([2.4, "18600平方米"]), heading="建筑面积（万平方米）").to_list()
    [24000.0, 18600.0]
    """
    unit = re.search(r"[(（\[]\s*(万)?\s*([^)）\]]*)", heading)
    usual = (1e4 if unit and unit[1] else 1.0) * SQUARE_METRES.get(
        unit[2].strip().lower() if unit else "", 1.0
    )
    usual = usual if bare is None else bare

    def area(written: str) -> float:
        parts = AREA.fullmatch(written)
        if parts is None:
            return np.nan
        factor = SQUARE_METRES.get(parts["unit"].strip().lower().replace(" ", ""), np.nan)
        number = float(parts["number"].replace(",", ""))
        own = parts["ten_thousand"] or parts["unit"].strip()
        return number * ((1e4 if parts["ten_thousand"] else 1.0) * factor if own else usual)

    return _by_text(column, area)
