"""One filter for pages, files and the API: which sites a reader asks for, and how it is written.

The names of the fields are the names in an address and in a query of the API. Whatever a user
writes there is read without an exception: what cannot be used is left out and reported.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, fields
from numbers import Integral
from typing import TYPE_CHECKING, Final

from geo import memory
from geo.checks import amounts, frames
from geo.checks.written import Bad, listed, number, place, shortened
from geo.china.adcodes import PART_OF
from geo.facts import catalog, cross_checks, evidence
from geo.facts.schemas import YEARS
from geo.search import text_index

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

ANY: Final = "any"
ALL: Final = "all"
MATCHES: Final = (ANY, ALL)
SCOPES: Final = catalog.SCOPES
VOCABULARY: Final = cross_checks.VOCABULARY

LISTS: Final = ("sector", *VOCABULARY, "district")
"""Fields that hold several codes; an empty one lets everything pass."""

DEFAULT_KM: Final = 3.0
"""Distance to a place where none is given."""

MOST_KM: Final = 500.0
MOST_M2: Final = 1e9
MOST_TEXT: Final = 100
MOST_VALUES: Final = 256

FORMER_NAMES: Final[Mapping[str, str]] = {"existence": "evidence"}
"""What a filter was called at ``/api`` in a release, and what it is called now."""

FORMER_CODES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "evidence": {"sourced": (evidence.OFFICIAL, evidence.DOCUMENTED, evidence.LISTED)}
}
"""By filter, a code of a release and the codes that now say the same: old addresses are read."""

LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "opened_since": YEARS,
    "until": YEARS,
    "area_min": (0, MOST_M2),
    "within_km": (math.nextafter(0, 1), MOST_KM),
}
"""Least and greatest value of each number."""

YEAR: Final = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What sites must be; without any, all of the scope pass.

    Attributes
    ----------
    sector : tuple of str
        Keys of `catalog.families`.
    match : str
        Whether a site is to be in ``any`` or ``all`` of those families.
    scope : str
        ``core``, or ``wide`` for technology and start-up parks as well; sites that do not say
        which they are pass.
    kind, level, status, precision, evidence : tuple of str
        Codes of `catalog.vocabulary`.
    district : tuple of str
        Adcodes; a city's code stands for all its districts and for sites known by city only.
    opened_since : int, optional
        First year of opening; unknown years do not pass.
    until : int, optional
        Last year of opening or, where that is not known, of recognition
        (:func:`geo.facts.years.known`); unknown years do not pass.
    area_min : float, optional
        Smallest area in m2; unknown areas do not pass.
    near : tuple of float, optional
        Longitude and latitude of a place, WGS84 degrees.
    within_km : float, optional
        Greatest distance of a site's position to `near`, kilometres; 3 where omitted, without
        meaning where `near` is.
    text : str
        Words, as :func:`geo.search.text_index.matches` looks for them.

    Raises
    ------
    InputError
        For a value that no address could hold.

    Examples
    --------
    >>> asked = Criteria(sector=("fas", "arc"), kind=("park",), opened_since=2010)
    >>> render(asked)
    {'sector': 'fas,arc', 'kind': 'park', 'opened_since': '2010'}
    """

    sector: tuple[str, ...] = ()
    match: str = ANY
    scope: str = catalog.CORE
    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    opened_since: int | None = None
    until: int | None = None
    area_min: float | None = None
    near: tuple[float, float] | None = None
    within_km: float | None = None
    text: str = ""

    def __post_init__(self) -> None:
        faults: list[str] = []
        if self.match not in MATCHES:
            faults.append(f"match: found {self.match!r}, expected one of {', '.join(MATCHES)}")
        if self.scope not in SCOPES:
            faults.append(f"scope: found {self.scope!r}, expected one of {', '.join(SCOPES)}")
        for name in LISTS:
            codes = getattr(self, name)
            listed_ = isinstance(codes, tuple) and all(isinstance(each, str) for each in codes)
            _expect(listed_, self, name, "a tuple of codes", faults)
        if self.near is not None:
            amounts.check_position(self.near, faults, name="near")
        for name, (least, most) in LIMITS.items():
            value = getattr(self, name)
            inside = value is None or amounts.within(value, least=least, most=most)
            _expect(inside, self, name, f"a number from {least:g} to {most:g}", faults)
        for name in ("opened_since", "until"):
            whole = isinstance(getattr(self, name), Integral | None)
            _expect(whole, self, name, "a whole year", faults)
        _expect(isinstance(self.text, str), self, "text", "words", faults)
        frames.refuse(faults)

    @property
    def distance_km(self) -> float:
        """The greatest distance in force."""
        return DEFAULT_KM if self.within_km is None else self.within_km


def _expect(holds: bool, asked: Criteria, name: str, expected: str, faults: list[str]) -> None:  # noqa: FBT001
    if not holds:
        found = shortened(repr(getattr(asked, name)))
        faults.append(f"{name}: found {found}, expected {expected}")


NAMES: Final = tuple(each.name for each in fields(Criteria))
"""Names of the filters, in the order in which addresses have them."""


@dataclass(frozen=True)
class Fault:
    """A value that was left out.

    Attributes
    ----------
    name
        Its name in the address.
    value
        The value, shortened.
    code
        Why: ``unknown`` (no such code), ``too_many`` (codes), ``no_number``, ``out_of_range``,
        ``no_place`` (not two numbers), ``too_long``, ``no_words`` (neither letters nor digits),
        ``needs_near`` (a distance to no place).
    """

    name: str
    value: str
    code: str


def parse(
    params: Mapping[str, str],
    *,
    districts: Collection[str] | None = None,
) -> tuple[Criteria, tuple[Fault, ...]]:
    """Read criteria from an address.

    Parameters
    ----------
    params : mapping of str to str
        Raw values; lists are comma-separated. Other names are left alone.
    districts : collection of str, optional
        Adcodes that ``district`` may name; all of the catalogue where omitted.

    Returns
    -------
    Criteria
        What could be read.
    tuple of Fault
        What could not, at most two a field.

    Examples
    --------
    >>> parse({"sector": "fas", "near": "121.47,31.23"})[0].distance_km
    3.0
    >>> parse({"area_min": "large"})[1]
    (Fault(name='area_min', value='large', code='no_number'),)
    """
    faults: list[Fault] = []
    found: dict[str, object] = {}
    for name in NAMES:
        raw = params.get(name, "").strip()
        if not raw:
            continue
        value, bad = _read(name, raw, districts)
        faults += [Fault(name, shortened(each), code) for each, code in bad]
        if value is not None:
            found[name] = value
    if "within_km" in found and "near" not in found:
        del found["within_km"]
        if not any(each.name == "near" for each in faults):
            faults.append(Fault("within_km", shortened(params["within_km"].strip()), "needs_near"))
    return Criteria(**found), tuple(faults)  # type: ignore[arg-type]


def present(codes: Collection[str], former: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return codes with those of a release as they are called now.

    Parameters
    ----------
    codes : collection of str
        Codes of one filter, as written.
    former : mapping of str to tuple of str
        Its part of `FORMER_CODES`.

    Examples
    --------
    >>> present(["unverified", "sourced"], FORMER_CODES["evidence"])
    ('unverified', 'official', 'documented', 'listed')
    """
    return tuple(dict.fromkeys(now for each in codes for now in former.get(each, (each,))))


def render(criteria: Criteria) -> dict[str, str]:
    """Write criteria as an address: the inverse of `parse`, defaults left out.

    Examples
    --------
    >>> render(Criteria(near=(121.47, 31.23), within_km=2.5))
    {'near': '121.47,31.23', 'within_km': '2.5'}
    """
    default = Criteria()
    return {
        name: _write(value)
        for name in NAMES
        if (value := getattr(criteria, name)) != getattr(default, name)
    }


def _read(name: str, raw: str, districts: Collection[str] | None) -> tuple[object, Bad]:
    """Return the value of a field, None where there is none, and what of it was refused."""
    if name in LISTS:
        known = districts if name == "district" and districts is not None else _known(name)
        return _codes(raw, known, FORMER_CODES.get(name, {}))
    readers: dict[str, Callable[[str], tuple[object, Bad]]] = {
        "match": lambda text: (text, []) if text in MATCHES else (None, [(text, "unknown")]),
        "scope": lambda text: (text, []) if text in SCOPES else (None, [(text, "unknown")]),
        "opened_since": _year,
        "until": _year,
        "area_min": lambda text: number(text, least=LIMITS["area_min"][0], most=MOST_M2),
        "near": place,
        "within_km": lambda text: number(text, least=LIMITS["within_km"][0], most=MOST_KM),
        "text": _words,
    }
    return readers[name](raw)


@memory.by_facts
def _known(name: str) -> frozenset[str]:
    if name == "sector":
        return frozenset(catalog.families().index)
    if name == "district":
        units = catalog.district_facts()
        cities = [each for many in catalog.regions()["prefectures"] for each in many]
        return frozenset(units.index) | frozenset(units["city_adcode"].dropna()) | set(cities)
    return frozenset(catalog.vocabulary(next(each for each in VOCABULARY if each == name)).index)


def _codes(
    raw: str, known: Collection[str], former: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...] | None, Bad]:
    asked = dict.fromkeys(PART_OF.get(each, each) for each in present(listed(raw), former))
    good = [each for each in asked if each in known]
    unknown = [each for each in asked if each not in known]
    bad = [(",".join(unknown), "unknown")] if unknown else []
    if len(good) > MOST_VALUES:
        bad.append((",".join(good[MOST_VALUES:]), "too_many"))
    return tuple(good[:MOST_VALUES]) or None, bad


def _year(raw: str) -> tuple[int | None, Bad]:
    if not YEAR.fullmatch(raw):
        return None, [(raw, "no_number")]
    first, last = YEARS
    return (int(raw), []) if first <= int(raw) <= last else (None, [(raw, "out_of_range")])


def _words(raw: str) -> tuple[str | None, Bad]:
    if len(raw) > MOST_TEXT:
        return None, [(raw, "too_long")]
    return (raw, []) if text_index.words(raw) else (None, [(raw, "no_words")])


def _write(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_write, value))
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
