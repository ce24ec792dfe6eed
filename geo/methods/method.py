"""The methods: one table of the indicators, that pages, files and tests read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict

from geo import memory
from geo.facts import dictionary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.facts.dictionary import Words

TABLE: Final = Path(__file__).with_name("methods.toml")

Family = Literal["amount", "distance", "sector", "spread", "layout", "catalogue"]
Fate = Literal["none", "zero", "few", "left_out", "counted"]


class Check(BaseModel):
    """A published value.

    Attributes
    ----------
    call
        Of the method's first function, or what it returns.
    value
        What it gives, to the digits published.
    source
        Who published it; empty where the value is handed down without one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    call: str
    value: float
    source: str = ""


class Method(BaseModel):
    """What an indicator is.

    Attributes
    ----------
    id
        Its name in addresses and texts.
    family
        Of what kind it is.
    functions
        What computes it, by full name, the main one first.
    column
        Of the districts' file, whose unit it has; empty where it is in no file.
    scores
        Keys of `geo.policy.scorecard.MEASURES` that it explains.
    formula
        In TeX, one below the other.
    symbols
        Those of the formula, by the names of `symbols`.
    missing
        Pairs of a case and what becomes of it.
    sources
        Where the formula comes from: author and year, then the work.
    empty
        Calls of its functions that have no figure.
    check
        A published value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    family: Family
    functions: tuple[str, ...]
    column: str = ""
    scores: tuple[str, ...] = ()
    formula: tuple[str, ...]
    symbols: tuple[str, ...]
    missing: tuple[tuple[str, Fate], ...]
    sources: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    check: Check | None = None

    @property
    def unit(self) -> Words | None:
        """The unit that the files give its column; None where it is in no file."""
        return dictionary.columns("districts")[self.column].unit if self.column else None


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    symbols: dict[str, str]
    methods: tuple[Method, ...]


@memory.by_facts
def methods() -> Mapping[str, Method]:
    """Return the methods by their ids, in the order of the page.

    Examples
    --------
    >>> methods()["lq"].unit["en"], methods()["lq"].sources[0]
    ('ratio', 'Florence 1939')
    """
    return MappingProxyType({each.id: each for each in _table().methods})


@memory.by_facts
def symbols() -> Mapping[str, str]:
    """Return each symbol in TeX, by its name."""
    return MappingProxyType(_table().symbols)


def _table() -> _Table:
    return _Table.model_validate(tomllib.loads(TABLE.read_text("utf-8")))
