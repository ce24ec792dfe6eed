"""Filters in CQL2 text, answered from a collection's table; what is null is neither true nor false.

The text is read by the library cql2 (pygeofilter 0.4 reads ``a OR b AND c`` as ``(a OR b) AND c``,
and no name of one letter).
"""

from __future__ import annotations

import operator
import re
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import cql2
import numpy as np
import pandas as pd
import shapely

from api.collection import NOWHERE
from api.refusals import RefusedRequest, unusable
from geo.checks.written import shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from api.collection import Collection

    Column = pd.Series[Any]

LANGUAGES: Final = ("cql2-text", "cql-text")
"""CQL2, and the name that its draft had when GDAL learned it."""

DEEPEST: Final = 60
"""Brackets, and conditions within conditions, that are read."""

COMPARISONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

SYMMETRIC: Final = ("=", "<>")
"""Comparisons that say the same from either side."""

WRITTEN: Final = re.compile(
    r"""(?P<name>\b\w+|"[^"]+")\s+(?P<no>not\s+)?ilike\s+(?P<like>'(?:[^']|'')*')"""
    r"""|'(?:[^']|'')*'|"[^"]*\"""",
    re.IGNORECASE,
)
"""ILIKE, which GDAL sends, or a text or a name that may hold the word."""

PARTS: Final = {
    **dict.fromkeys((*COMPARISONS, "in", "like", "s_intersects"), 2),
    "not": 1,
    "isNull": 1,
    "casei": 1,
    "between": 3,
}
"""How many parts an operator has; one written as a function may have any number."""

GEOMETRY: Final = {"property": "geometry"}

Node = Any
"""A part of a filter as CQL2 JSON has it."""


def passing(text: str, collection: Collection) -> NDArray[np.bool_]:
    """Return which rows of a collection a filter is true of.

    Parameters
    ----------
    text
        The filter, CQL2 text.
    collection
        The collection.

    Raises
    ------
    RefusedRequest
        For a filter that cannot be read, that asks for what is not there, or that compares what
        cannot be compared.
    """
    if max(text.count("("), len(re.findall(r"\bnot\b", text, re.IGNORECASE))) > DEEPEST:
        raise unusable("filter", text)
    try:
        parsed = cql2.parse_text(WRITTEN.sub(_standard, text)).to_json()
    except (cql2.ParseError, cql2.ValidationError) as error:
        raise unusable("filter", text) from error
    truths = _Reader(collection).truth(parsed)
    return truths.fillna(value=False).to_numpy(dtype=bool)


def _standard(written: re.Match[str]) -> str:
    """Return in CQL2 what stands for it in the SQL of databases."""
    name, no, pattern = written["name"], written["no"] or "", written["like"]
    return f"CASEI({name}) {no}LIKE CASEI({pattern})" if name else written[0]


class _Reader:
    """Reads the parts of a filter; a truth is a column of true, false and unknown."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.rows = pd.RangeIndex(len(collection.features))
        self.conditions: dict[str, Callable[..., Column]] = {
            "and": lambda *parts: reduce(operator.and_, map(self.truth, parts)),
            "or": lambda *parts: reduce(operator.or_, map(self.truth, parts)),
            "not": lambda part: ~self.truth(part),
            "isNull": self._null,
            "between": self._between,
            "in": self._in,
            "like": self._like,
            "s_intersects": self._meeting,
        }

    def truth(self, node: Node) -> Column:
        """Return which rows a condition is true of."""
        if isinstance(node, bool):
            return self._every(node)
        if not isinstance(node, dict) or "op" not in node:
            raise unusable("filter", _written(node))
        name, parts = node["op"], node["args"]
        if len(parts) != PARTS.get(name, len(parts)):
            raise RefusedRequest("operator", name=shortened(name))
        if name in COMPARISONS:
            return self._compare(name, *parts)
        if name not in self.conditions:
            raise RefusedRequest("operator", name=shortened(name))
        return self.conditions[name](*parts)

    def _null(self, value: Node) -> Column:
        if value == GEOMETRY and self.collection.shape is not NOWHERE:
            return pd.Series(self._unplaced, dtype="boolean")
        if (known := self._codes(value)) is not None:
            return ~self._chosen(str(value["property"]), ",".join(known))
        return self._value(value).isna().astype("boolean")

    def _between(self, value: Node, least: Node, most: Node) -> Column:
        return self._compare(">=", value, least) & self._compare("<=", value, most)

    def _in(self, value: Node, choices: list[Node]) -> Column:
        return reduce(operator.or_, (self._compare("=", value, each) for each in choices))

    def _compare(self, name: str, left: Node, right: Node) -> Column:
        if name in SYMMETRIC and isinstance(right, dict) and not isinstance(left, dict):
            left, right = right, left
        asked = left.get("property") if isinstance(left, dict) else None
        if name in SYMMETRIC and isinstance(right, str) and self._is_code(asked, right):
            chosen = self._chosen(str(asked), right)
            return chosen if name == "=" else ~chosen
        one, other = self._value(left), self._value(right)
        if _kind(one) == "truth" and not isinstance(right, dict) and other.isin([0, 1]).all():
            other = other.astype("boolean")  # GDAL writes truths as 1 and 0
        if _kind(one) != _kind(other):
            raise RefusedRequest("comparison", left=_written(left), right=_written(right))
        compared: Column = COMPARISONS[name](one, other).astype("boolean")
        return compared

    def _is_code(self, name: object, value: str) -> bool:
        """Whether a value is for the filter of the address, as no row has it in a column."""
        if name not in self.collection.listed or not value.strip(" ,"):
            return False
        return name not in self.collection.table or not (self.collection.table[name] == value).any()

    def _codes(self, value: Node) -> tuple[str, ...] | None:
        """Return all codes of a filter of the address that no column is called like."""
        name = value.get("property") if isinstance(value, dict) else None
        if name not in self.collection.listed or name in self.collection.table:
            return None
        return tuple(map(str, self.collection.filters[name].choices))

    def _chosen(self, name: str, value: str) -> Column:
        """Return the rows that a filter of the address chooses: codes in a list, a city's code."""
        try:
            keep = self.collection.choose({name: value})
        except RefusedRequest as error:  # who sent a filter knows of no other parameter
            said = error.blanks | {"name": f"filter ({name})"}
            raise RefusedRequest(error.key, expected=error.expected, **said) from error
        chosen = pd.Series(keep, index=self.rows, dtype="boolean")
        table = self.collection.table
        return chosen.mask(table[name].isna()) if name in table else chosen

    def _like(self, value: Node, pattern: Node) -> Column:
        folded = isinstance(pattern, dict) and pattern.get("op") == "casei"
        literal = pattern["args"][0] if folded else pattern
        named = value["args"][0] if folded and _is_folded(value) else value
        known = self._codes(named)
        column = self._value(value) if known is None else pd.Series(known, dtype="string")
        if not isinstance(literal, str) or _kind(column) != "text":
            raise RefusedRequest("comparison", left=_written(value), right=_written(pattern))
        wanted = like(literal.casefold() if folded else literal)
        if known is not None:
            alike = ",".join(each for each in known if wanted.fullmatch(each))
            name = str(named["property"])
            return self._chosen(name, alike) if alike else self._every(value=False)
        likes = column.map(lambda each: bool(wanted.fullmatch(each)), na_action="ignore")
        return likes.astype("boolean")

    def _meeting(self, left: Node, right: Node) -> Column:
        named, shape = (right, left) if right == GEOMETRY else (left, right)
        if self.collection.shape is NOWHERE:
            raise self._no_property("geometry")
        if named != GEOMETRY or not isinstance(shape, dict) or "property" in shape:
            raise RefusedRequest("spatial")
        geometry = _shape(shape)
        rows = np.arange(len(self.rows))
        meets = self.collection.meeting(geometry, rows)
        return pd.Series(pd.arrays.BooleanArray(meets, self._unplaced))

    @property
    def _unplaced(self) -> NDArray[np.bool_]:
        """Which rows have no geometry."""
        return np.isnan(self.collection.bounds[:, 0])

    def _no_property(self, name: str) -> RefusedRequest:
        known = ", ".join(self.collection.table.columns)
        return RefusedRequest("no_property", name=shortened(name), known=known)

    def _value(self, node: Node) -> Column:
        if not isinstance(node, dict):
            return self._every(node)
        if "date" in node:  # days are text here, in the order of time
            return self._every(node["date"])
        if node.get("op") == "casei" and len(node["args"]) == PARTS["casei"]:
            column = self._value(node["args"][0])
            if _kind(column) != "text":
                raise RefusedRequest("comparison", left="CASEI", right=_written(node["args"][0]))
            return column.map(str.casefold, na_action="ignore").astype("string")
        if "property" not in node:
            raise RefusedRequest("operator", name=shortened(str(node.get("op", ""))))
        name = str(node["property"])
        if node == GEOMETRY and self.collection.shape is not NOWHERE:
            raise RefusedRequest("spatial")
        if (codes := self._codes(node)) is not None:
            raise RefusedRequest("codes_alone", name=name, known=", ".join(codes))
        if name not in self.collection.table:
            raise self._no_property(name)
        column = self.collection.table[name]
        # Categories have no order, texts have.
        categories = isinstance(column.dtype, pd.CategoricalDtype)
        return column.astype("string") if categories else column

    def _every(self, value: Node) -> Column:
        if not isinstance(value, bool | int | float | str):
            raise RefusedRequest("comparison", left=shortened(str(value)), right="")
        dtype = {bool: "boolean", str: "string"}.get(type(value), "Float64")
        return pd.Series(value, index=self.rows, dtype=dtype)


def _is_folded(node: Node) -> bool:
    return isinstance(node, dict) and node.get("op") == "casei" and len(node["args"]) == 1


def _shape(node: dict[str, Any]) -> BaseGeometry:
    """Return a geometry as it is written in a filter."""
    try:
        return shapely.box(*node["bbox"]) if "bbox" in node else shapely.geometry.shape(node)
    except (AttributeError, KeyError, TypeError, ValueError, shapely.GEOSException) as error:
        # A function in its place, a box of six numbers, a ring of two positions.
        raise unusable("filter", _written(node)) from error


def like(pattern: str) -> re.Pattern[str]:
    r"""Return the expression for a pattern with ``%`` (any), ``_`` (one) and ``\`` (as it is).

    What stands between two ``%`` is sought once and for all: without that, a pattern of many
    ``%`` takes for ever on a long text.
    """
    parts: list[str] = [""]
    for each in re.findall(r"\\.|.", pattern, re.DOTALL):
        if each == "%":
            parts.append("")
        else:
            parts[-1] += "." if each == "_" else re.escape(each[-1])
    first, *rest = parts
    if not rest:
        return re.compile(first, re.DOTALL)
    between = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(f"{first}{between}.*{rest[-1]}", re.DOTALL)


def _kind(column: Column) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "truth"
    return "number" if pd.api.types.is_numeric_dtype(column) else "text"


def _written(node: Node) -> str:
    value = node.get("property", node.get("op", "")) if isinstance(node, dict) else node
    return shortened(str(value))
