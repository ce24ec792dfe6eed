"""A worked example: the numbers that go in, the formula filled in with them, what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from geo import formats
from ui.cached import indicators
from ui.state import fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.state.pages import Methods
    from ui.state.view import PageView


MINUS: Final = "\N{MINUS SIGN}"


class Row(NamedTuple):
    """A number that goes in: its symbol in TeX or none, what it is, and how it is written."""

    symbol: str
    label: str
    value: str


class Line(NamedTuple):
    """A line of the calculation in TeX, and what it is where there are several."""

    tex: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A figure between its limits on an axis.

    All but `words` are places on the axis from 0 to 1; `ticks` and `ends` have their labels.
    `mark` is where nothing is to be seen: the share of the region, or chance.
    """

    low: float
    value: float
    high: float
    ends: tuple[str, str]
    ticks: Sequence[tuple[float, str]]
    mark: float | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """A worked example.

    Attributes
    ----------
    of
        What it is of: a district, a region, a layout.
    rows
        What goes in.
    worked
        The formula with the numbers, one line below the other.
    value
        The figure in words, for a citation; empty where there is none.
    interval
        Between its limits, where it has some.
    note
        What is to be said of it, or why there is no figure.
    """

    of: str
    rows: Sequence[Row]
    worked: Sequence[Line] = ()
    value: str = ""
    interval: Interval | None = None
    note: str = ""


def district(view: PageView[Methods]) -> str:
    """Return the code of the district that the example is of."""
    return view.state.example or busiest(view)


def busiest(view: PageView[Methods]) -> str:
    """Return the code of the district that an example is of where none is chosen."""
    return indicators.busiest(view.region, str(fields.FOCUS.default))


def tex(written: str) -> str:
    """Return a number as it is written in TeX."""
    if written == formats.MISSING:
        return r"\text{—}"
    for sign, set_ in ((",", "{,}"), ("%", r"\%"), ("<", r"\lt "), (MINUS, "-")):
        written = written.replace(sign, set_)
    return written


def signed(written: str) -> str:
    """Return a number with the sign that running text has."""
    return written.replace("-", MINUS)


def divided(above: str, below: str, result: str, *, name: str = "", label: str = "") -> Line:
    """Return a fraction of two written numbers and what it gives."""
    left = rf"{name} = " if name else ""
    return Line(left + rf"\frac{{{tex(above)}}}{{{tex(below)}}} = {strong(result)}", label)


def equal(name: str, result: str, *, unit: str = "", label: str = "") -> Line:
    """Return a symbol, where there is one, and its value."""
    left = rf"{name} = " if name else ""
    right = rf"\ \mathrm{{{unit}}}" if unit else ""
    return Line(left + strong(result) + right, label)


def strong(result: str) -> str:
    """Return a result in TeX, as it stands out."""
    return rf"\mathbf{{{tex(result)}}}"
