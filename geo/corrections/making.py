"""What somebody does to rows becomes corrections: a position placed, cells of a table edited."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

import numpy as np
import pandas as pd

from geo.china import county_units
from geo.corrections import reasons
from geo.corrections.correction import DEGREES, LAT, LON, Correction, cell, written
from geo.errors import RefusedCorrectionError
from geo.facts import precision, schemas
from geo.intake import cells as read
from geo.intake import placing
from geo.measures import containment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd

    from geo.settings import Language

DECIMALS: Final = 6
"""Of degrees: a decimetre."""

PRECISIONS: Final[tuple[str, ...]] = get_args(schemas.Located)
"""How well a position can be known."""

POSITION: Final = frozenset({*DEGREES, precision.COLUMN})
SOURCE: Final = "coord_source"
DISTRICT: Final = "adcode"
"""The column that says in which district a row is; names follow it."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows that are put right.

    Attributes
    ----------
    sites
        As they stand, see `geo.corrections.correction.corrected`.
    units
        Adcodes of the districts that they may be in: those of their region.
    degrees
        Whether columns hold the position as well.
    """

    sites: gpd.GeoDataFrame
    units: Collection[str]
    degrees: bool = True


@dataclass(frozen=True, kw_only=True)
class Why:
    """What goes with every correction.

    Attributes
    ----------
    date
        Day, YYYY-MM-DD.
    reason
        See `geo.corrections.reasons.joined`.
    lang
        Language in which a position says where it comes from.
    """

    date: str
    reason: str
    lang: Language


def typed(text: str) -> tuple[float, float]:
    """Return the longitude and latitude that somebody typed, in any spelling that files have.

    Raises
    ------
    RefusedCorrectionError
        ``unread``.

    Examples
    --------
    >>> typed("121.4737, 31.2304")
    (121.4737, 31.2304)
    """
    found = read.positions(pd.Series([reasons.line(text)], dtype="string")).iloc[0]
    lon, lat = float(found["lon"]), float(found["lat"])
    if math.isnan(lon) or math.isnan(lat):
        raise RefusedCorrectionError("unread", text=reasons.line(text)[:60])
    return lon, lat


def district_at(lon: float, lat: float, units: Collection[str]) -> str:
    """Return the adcode of the district that holds a position.

    Raises
    ------
    RefusedCorrectionError
        ``abroad`` or ``elsewhere``, with the name of the district there.
    """
    every = county_units.units()
    known = every.loc[every.index.isin([*units])]
    point = np.array([[lon, lat]], dtype=float)
    for areas in (known, every):
        (row,) = placing.holding(point, areas)
        if row != containment.NOWHERE and areas is known:
            return str(areas.index[row])
    if row == containment.NOWHERE:
        raise RefusedCorrectionError("abroad", at=f"{lon:.5f}, {lat:.5f}")
    there = every.iloc[row]
    raise RefusedCorrectionError("elsewhere", zh=str(there["name_zh"]), en=str(there["name_en"]))


def placed(
    rows: Rows, id_: str, at: tuple[float, float], known_to: str, why: Why
) -> tuple[Correction, ...]:
    """Return the corrections that put a row at a position; its district follows.

    Parameters
    ----------
    rows
        The rows as they stand.
    id_
        Of the row.
    at
        Longitude and latitude, degrees, WGS84.
    known_to
        How well the position is known, of :data:`PRECISIONS`.
    why
        Date and reason.

    Raises
    ------
    RefusedCorrectionError
        ``abroad``, ``elsewhere``, ``precision``, ``reason``, ``unknown``.
    """
    return edited(rows, {id_: {LON: at[0], LAT: at[1], precision.COLUMN: known_to}}, why)


def edited(
    rows: Rows, edits: Mapping[str, Mapping[str, object]], why: Why
) -> tuple[Correction, ...]:
    """Return the corrections that give rows other cells.

    Parameters
    ----------
    rows
        The rows as they stand.
    edits
        New cells by column, by the id of the row; :data:`DISTRICT` brings the names of the
        district along, a position its district, unless that is among the edits.
    why
        Date and reason.

    Returns
    -------
    tuple of Correction
        One for each cell that is another then; none where all stays as it is.

    Raises
    ------
    RefusedCorrectionError
        As `placed`; ``half`` a position, a ``district`` of no region of these, ``empty`` name.
    """
    reasons.joined(*reasons.split(why.reason))
    at = {str(id_): place for place, id_ in enumerate(rows.sites["id"])}
    made: list[Correction] = []
    for id_, cells in edits.items():
        if id_ not in at:
            raise RefusedCorrectionError("unknown", id=id_)
        for field, text in _new(rows, at[id_], cells, why).items():
            old = _cell(rows, at[id_], field)
            if old != text:
                made.append(Correction(why.date, id_, field, old, text, why.reason))
    return tuple(made)


def _new(rows: Rows, at: int, cells: Mapping[str, object], why: Why) -> dict[str, str]:
    """Return the cells of a row as they are to be."""
    texts = {field: _text(value) for field, value in cells.items()}
    new: dict[str, str] = {}
    if POSITION & texts.keys():
        new |= _position(rows, at, texts, why)
    code = texts.get(DISTRICT, "")
    if DISTRICT in texts and code not in rows.units:
        raise RefusedCorrectionError("district", text=code)
    if {*DEGREES} & texts.keys() and new[LON]:
        there = district_at(float(new[LON]), float(new[LAT]), rows.units)
        code = code or there
    if code:
        new |= _names(rows, at, code)
    for field in texts.keys() - {*POSITION, DISTRICT}:
        if not texts[field] and field.partition("_")[0] == "name":
            raise RefusedCorrectionError("empty")
        new[field] = texts[field]
    return new


def _text(value: object) -> str:
    """Return what somebody put into a cell, as one line."""
    text = written(value)
    return reasons.line(text) if isinstance(value, str) else text


def _position(rows: Rows, at: int, texts: Mapping[str, str], why: Why) -> dict[str, str]:
    """Return where a row is to be, how well that is known, and where it is known from."""
    pair = [texts[side] if side in texts else _cell(rows, at, side) for side in DEGREES]
    if any(pair) and not all(pair):
        raise RefusedCorrectionError("half")
    if all(pair) and {*DEGREES} & texts.keys():
        pair = [written(round(degree, DECIMALS)) for degree in _degrees(pair)]
    known_to = texts.get(precision.COLUMN) or _cell(rows, at, precision.COLUMN)
    if all(pair) and known_to not in PRECISIONS:
        raise RefusedCorrectionError("precision")
    new = {LON: pair[0], LAT: pair[1]}
    new[precision.COLUMN] = known_to if all(pair) else precision.UNKNOWN
    same = all(_cell(rows, at, field) == text for field, text in new.items())
    if SOURCE in rows.sites and not same:
        new[SOURCE] = reasons.source(why.reason, why.date, why.lang) if all(pair) else ""
    return new


def _cell(rows: Rows, at: int, field: str) -> str:
    return cell(rows.sites, at, field, degrees=rows.degrees)


def _degrees(pair: list[str]) -> tuple[float, float]:
    try:
        lon, lat = map(float, pair)
    except ValueError as error:
        raise RefusedCorrectionError("unread", text=", ".join(pair)[:60]) from error
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise RefusedCorrectionError("unread", text=", ".join(pair)[:60])
    return lon, lat


def _names(rows: Rows, at: int, code: str) -> dict[str, str]:
    """Return the cells that say in which district a row is; none where it is in that one."""
    if _cell(rows, at, DISTRICT) == code:
        return {}
    unit = county_units.units().loc[code]
    named = {
        DISTRICT: code,
        "district": unit["name_zh"],
        "district_listed": unit["name_zh"],
        "city": unit["city"],
        "city_adcode": unit["city_adcode"],
    }
    return {field: str(text) for field, text in named.items() if field in rows.sites}
