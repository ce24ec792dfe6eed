"""The part of an address behind the question mark: read strictly, or refused with a reason."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from api import cql, limits, unit_figures
from api.refusals import Faults, RefusedRequest, unusable
from geo import settings
from geo.checks.written import shortened
from geo.facts import catalog
from geo.search import criteria

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

GENERAL: Final = ("f", "lang")
"""Parameters that every address takes."""

PAGING: Final = (
    "limit",
    "offset",
    "bbox",
    "crs",
    "bbox-crs",
    "datetime",
    "filter",
    "filter-lang",
    "filter-crs",
)
"""Parameters that the items of every collection take, beside the collection's own filters."""

WHOLE: Final = re.compile(r"[0-9]{1,18}")
NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
KILOMETRES: Final = re.compile(r"[0-9]{1,3}(\.[0-9])?")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = _DAY + r"([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?"
MOMENT: Final = re.compile(rf"{_TIME}|({_TIME}|\.\.|)/({_TIME}|\.\.|)")

OF_FIGURES: Final = ("radius", "scope")
"""What the figures of units rest on."""

OF_UNITS: Final = ("zoom", *OF_FIGURES)
"""Parameters that the items of districts and of cities take as well."""

Asked = tuple[tuple[str, str], ...]
"""A collection's own filters, names and values as written."""

Days = tuple[str, str]
"""The first and the last day of an interval in UTC, YYYY-MM-DD."""

EVER: Final[Days] = ("0001-01-01", "9999-12-31")

HALF_ROUND: Final = 180.0
POLE: Final = 90.0
"""Degrees of longitude and latitude at which the earth ends."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west beyond east crosses the antimeridian."""


@dataclass(frozen=True)
class ItemsQuery:
    """What is asked of the items of a collection.

    Parameters
    ----------
    limit, offset : int
        The page.
    bbox : Box, optional
        The window.
    asked : tuple of (str, str)
        The collection's own filters, as written.
    filter : str, optional
        A filter in CQL2 text.
    zoom : int, optional
        Zoom of the web map that the geometries are for; all of them is asked where omitted.
    basis : Basis
        What the figures of districts and cities rest on.
    days : Days, optional
        The interval in which something is to have happened.
    """

    limit: int = limits.DEFAULT_FEATURES
    offset: int = 0
    bbox: Box | None = None
    asked: Asked = ()
    filter: str | None = None
    zoom: int | None = None
    basis: unit_figures.Basis = unit_figures.USUAL
    days: Days | None = None


def pairs(query_string: str) -> tuple[tuple[str, str], ...]:
    """Return names and values in their order.

    Raises
    ------
    RefusedRequest
        For an address that is too long or not UTF-8.
    """
    if len(query_string) > limits.MOST_CHARACTERS:
        raise RefusedRequest("too_long")
    try:
        return tuple(parse_qsl(query_string, keep_blank_values=True, errors="strict"))
    except UnicodeError as error:
        raise RefusedRequest("encoding") from error


def sorted_out(
    params: Collection[tuple[str, str]], names: Collection[str], faults: Faults
) -> dict[str, str]:
    """Return the known parameters by name, and add what is wrong with the others to `faults`.

    Names of a release are read as what they are called now.
    """
    known: dict[str, str] = {}
    for written, value in params:
        now = criteria.FORMER_NAMES.get(written, written)
        name = now if now in names else written
        if name not in names:
            listed = ", ".join(names)
            faults.add(RefusedRequest("unknown_parameter", name=shortened(name), known=listed))
        elif name in known:
            faults.add(RefusedRequest("repeated", name=name))
        else:
            known[name] = value
    return known


def items(params: Mapping[str, str], filters: Collection[str]) -> ItemsQuery:
    """Read what is asked of a collection's items.

    Parameters
    ----------
    params
        All parameters; those of `GENERAL` are left alone.
    filters
        Names of the collection's own filters; their values are read by the collection.

    Raises
    ------
    RefusedRequest
        For all values that cannot be used.
    """
    faults = Faults()
    faults.of(check_systems, params)
    days = faults.of(_days, params["datetime"]) if "datetime" in params else None
    limit = faults.of(_whole, "limit", params.get("limit", str(limits.DEFAULT_FEATURES)), least=1)
    offset = faults.of(_whole, "offset", params.get("offset", "0"))
    box = faults.of(_box, params["bbox"]) if "bbox" in params else None
    if params.get("filter-lang", cql.LANGUAGES[0]) not in cql.LANGUAGES:
        faults.add(unusable("filter-lang", params["filter-lang"]))
    zoom = faults.of(_zoom, params["zoom"]) if "zoom" in params else None
    # A collection that has a filter of this name reads it by itself.
    basis = faults.of(basis_of, {k: v for k, v in params.items() if k not in filters})
    faults.settle()
    asked = given(params, filters)
    written = params.get("filter", "").strip() or None
    limit = min(limit or limits.MOST_FEATURES, limits.MOST_FEATURES)
    return ItemsQuery(
        limit, offset or 0, box, asked, written, zoom, basis or unit_figures.USUAL, days
    )


def basis_of(params: Mapping[str, str]) -> unit_figures.Basis:
    """Return what the figures of units are to rest on.

    Raises
    ------
    RefusedRequest
        For a radius or a scope that cannot be used.
    """
    value = params.get("radius", f"{limits.RADIUS_KM:g}")
    km = float(value) if KILOMETRES.fullmatch(value) else 0.0
    if not settings.LEAST_RADIUS_KM <= km <= settings.MOST_RADIUS_KM:
        raise unusable("radius", value)
    scope = params.get("scope", catalog.CORE)
    if scope not in criteria.SCOPES:
        raise unusable("scope", scope)
    return unit_figures.Basis(km, scope)


def given(params: Mapping[str, str], filters: Collection[str]) -> Asked:
    """Return the filters that ask something: an empty value or list asks nothing."""
    return tuple((name, params[name]) for name in filters if params.get(name, "").strip(" ,"))


def check_systems(params: Mapping[str, str]) -> None:
    """Refuse every reference system but CRS84, and one of a window that is not there.

    Raises
    ------
    RefusedRequest
        For all of them.
    """
    faults = Faults()
    for name in ("crs", "bbox-crs", "filter-crs"):
        if params.get(name, CRS84) != CRS84:
            faults.add(unusable(name, params[name]))
    if "bbox-crs" in params and "bbox" not in params:
        faults.add(unusable("bbox-crs", params["bbox-crs"]))
    faults.settle()


def _days(value: str) -> Days:
    """Return the days that a moment or an interval touches."""
    if not MOMENT.fullmatch(value):
        raise unusable("datetime", value)
    first, slash, last = value.upper().partition("/")
    try:
        begin, end = _moment(first), _moment(last if slash else first, whole_day=True)
    except (ValueError, OverflowError) as error:  # of the right form, but in no calendar
        raise unusable("datetime", value) from error
    if begin and end and begin > end:
        raise unusable("datetime", value)
    return (
        begin.date().isoformat() if begin else EVER[0],
        end.date().isoformat() if end else EVER[1],
    )


def _moment(text: str, *, whole_day: bool = False) -> datetime | None:
    """Return one end of an interval, None where it is open; a day's begin, or its end."""
    if text in {"", ".."}:
        return None
    moment = datetime.fromisoformat(text)
    if whole_day and "T" not in text:
        moment = datetime.combine(moment, time.max)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole(name: str, value: str, *, least: int = 0) -> int:
    if not WHOLE.fullmatch(value) or int(value) < least:
        raise unusable(name, value)
    return int(value)


def _zoom(value: str) -> int:
    zoom = _whole("zoom", value)
    if zoom > limits.MOST_ZOOM:
        raise unusable("zoom", value)
    return zoom


def _box(value: str) -> Box:
    parts = value.split(",")
    if len(parts) not in {4, 6} or not all(NUMBER.fullmatch(part.strip()) for part in parts):
        raise unusable("bbox", value)
    numbers = [float(part) for part in parts]
    half = len(numbers) // 2
    (west, south), (east, north) = numbers[:2], numbers[half : half + 2]
    upside_down = south > north or (half == 3 and numbers[2] > numbers[5])
    # Maps that show more than the earth ask for more, but not for nothing of it.
    beyond = west > HALF_ROUND or east < -HALF_ROUND or south > POLE or north < -POLE
    if upside_down or beyond or not all(map(math.isfinite, numbers)):
        raise unusable("bbox", value)
    return west, south, east, north
