"""Units that a text names one inside the other: 湖北省|武汉市|洪山区, then 珞喻路1号."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.china.unit_index import Meaning, UnitIndex

FILLERS: Final = re.compile(
    r"(?:中华人民共和国|中国|市辖区|(?:省|自治区)直辖(?:县级)?行政(?:区划|单位)|县(?=.{1,14}县))+"
)
"""What may stand in front of units and says nothing."""

ROAD: Final = re.compile(
    r"[东西南北中上下前后内外新老环一二三四五六七八九十]{0,3}"
    r"(?:路|公路|街|大道|道|巷|弄|胡同|里|村|镇|乡|桥|站|公园|广场|大厦|大学|学院|中学|小学|医院|商场|"
    r"机场|码头|立交|隧道|高速|社区|小区|花园|山|湖|河)"
)
"""What makes of a short name in front of it a road or another thing of that name."""

ZONE: Final = re.compile(
    r"(?:高新|经济|经开|技术|科技|开发|工业|产业|保税|综合保税|旅游|风景|生态|新区|新城)"
)
"""How the generic part of a development zone begins: what is in front of it is no county."""

LEAST_INSIDE: Final = 3
"""Characters of a name that is found inside a text: 东区 may be the eastern part of a park."""


class State(NamedTuple):
    """Where a place can be: in these units, or in those that once belonged to what was named."""

    units: int
    formerly: int

    @property
    def one(self) -> bool:
        """Whether a single unit is left."""
        return self.units.bit_count() == 1

    def narrowed(self, units: int) -> State | None:
        """Return what is left in some units; None where nothing is."""
        left = self.units & units or self.formerly & units
        return State(left, left) if left else None


class Chain(NamedTuple):
    """Units read one after the other.

    Attributes
    ----------
    state
        Where the last one leaves the place.
    meant
        What the last name may mean there; nothing where no name was read.
    end
        Where the text goes on.
    """

    state: State
    meant: tuple[Meaning, ...]
    end: int

    @property
    def county(self) -> bool:
        """Whether the last name is one of county units alone."""
        return bool(self.meant) and all(each.county for each in self.meant)


class Step(NamedTuple):
    """What a name means in a place of which something is known.

    Attributes
    ----------
    state
        Where it leaves the place.
    meant
        What it may mean there.
    full
        Whether the name has its generic part.
    """

    state: State
    meant: tuple[Meaning, ...]
    full: bool


class ChainReader:
    """Reads units from texts in their plain form.

    Parameters
    ----------
    index
        What names mean.
    """

    def __init__(self, index: UnitIndex) -> None:
        self._index = index
        self.anywhere = State(index.everything, index.everything)
        self._step = cache(self._fitting)

    def start(self, text: str, state: State, start: int = 0) -> Chain:
        """Return the units that a text begins with, read so that most of it is.

        So 济南市中区 is 济南|市中区, as 济南市 leaves a 中区 that no unit is called.

        Parameters
        ----------
        text
            See `geo.china.characters.plain`.
        state
            What is known of the place; names that mean nothing there are none.
        start
            Where to begin.
        """
        fillers = FILLERS.match(text, start)
        begin = fillers.end() if fillers else start
        best = Chain(state, (), begin)
        for end, name in self._names(text, begin):
            step = self._step(name, state)
            if step is None:
                continue
            chain = self._on(text, end, step)
            if chain and chain.end > best.end:
                best = chain
            if step.full and best.state.one:
                break
        return best

    def _on(self, text: str, end: int, step: Step) -> Chain | None:
        """Return what follows a name; None where the name itself is one of another thing."""
        chain = Chain(step.state, step.meant, end)
        if not step.state.one or step.state.formerly != step.state.units:
            behind = self.start(text, step.state, end)
            if behind.meant:
                return behind
        if step.full:
            return chain
        if ROAD.match(text, end):
            return None
        if not ZONE.match(text, end):
            return chain
        cities = tuple(each for each in step.meant if not each.county)
        return Chain(_union(cities, step.state), cities, end) if cities else None

    def anywhere_in(self, text: str, state: State) -> Chain:
        """Return the units of an address: those it begins with, else full names further on.

        A short name at the start (南京江宁织造博物馆) yields to a county's full name behind it.
        """
        first = self.start(text, state)
        if first.county and any(each.full for each in first.meant):
            return first
        city = self._around(first, state)
        for start in range(first.end, len(text) - LEAST_INSIDE + 1):
            if self._full_at(text, start):
                chain = self.start(text, city.state, start)
                if chain.county:
                    return chain
                if chain.meant and not first.county:
                    city = chain
        return first if first.county else city

    def _around(self, chain: Chain, state: State) -> Chain:
        """Return where a county's full name may be sought: in the city of a short one."""
        if not chain.county:
            return chain
        units = 0
        for place in _bits(chain.state.units):
            units |= self._index.city_units[place]
        return Chain(state.narrowed(units) or state, (), chain.end)

    def _names(self, text: str, start: int) -> Iterator[tuple[int, str]]:
        """Yield where each name at a place ends, and the name, the longest first."""
        for length in self._index.lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            if name in self._index.names:
                yield start + len(name), name

    def _full_at(self, text: str, start: int) -> bool:
        return any(
            len(name) >= LEAST_INSIDE and any(each.full for each in self._index.names[name])
            for _, name in self._names(text, start)
        )

    def _fitting(self, name: str, state: State) -> Step | None:
        """Return what a name means in a place of which something is known; None for nothing.

        A unit of today goes before a former city of its name (巢湖市), whose counties are known
        all the same; before a former county only once something is known of the place.
        """
        meant = self._index.names[name]
        possible = state
        fitting = tuple(each for each in meant if each.units & state.units)
        if not fitting:
            possible = State(state.formerly, state.formerly)
            fitting = tuple(each for each in meant if each.units & state.formerly)
        if not fitting:
            return None
        chosen = fitting
        if any(each.named != "former_name" for each in fitting):
            rivals = state == self.anywhere
            chosen = tuple(
                each for each in fitting if each.named != "former_name" or (rivals and each.county)
            )
        left = State(_union(chosen, possible).units, _union(fitting, possible).formerly)
        return Step(left, chosen, any(each.full for each in chosen))


def _union(meant: tuple[Meaning, ...], state: State) -> State:
    named = once = 0
    for each in meant:
        named |= each.units
        once |= each.formerly
    return State(named & state.units, once & state.formerly)


def _bits(units: int) -> Iterator[int]:
    while units:
        lowest = units & -units
        yield lowest.bit_length() - 1
        units ^= lowest
