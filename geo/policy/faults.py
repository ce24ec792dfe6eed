"""The faults of a layout's file in words: file, element or link, field, found and expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHOWN: Final = 60
"""Characters of a faulty value that a message repeats."""

EXPECTED: Final = {
    "string_type": "text",
    "bool_type": "true or false",
    "float_type": "a number",
    "finite_number": "a number",
    "tuple_type": "a list",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "greater_than_equal": "a number not below {ge:g}",
    "less_than_equal": "a number not above {le:g}",
    "literal_error": "{expected}",
    "string_pattern_mismatch": "lower-case letters",
}
"""What each kind of fault asks for, in the file's own terms: a file knows no tuples."""


def line(name: str, raw: dict[str, Any], error: Mapping[str, Any]) -> str:
    """Return one fault as a line.

    Parameters
    ----------
    name
        The file, as a reader finds it.
    raw
        What the file holds.
    error
        As from ``pydantic.ValidationError.errors``.
    """
    where = _where(raw, error["loc"])
    at = f"{name}, {where}" if where else name
    if error["type"] == "missing":
        return f"{at}: is missing, expected a value"
    if error["type"] == "extra_forbidden":
        return f"{at}: is not known, expected no such field"
    return f"{at}: found {_found(error['input'])}, {_expected(error)}"


def _found(value: object) -> str:
    try:
        found = repr(value)
    except ValueError:
        # A number of thousands of digits is read from a file but not written.
        return "a number too long to show"
    return found if len(found) <= SHOWN else f"{found[:SHOWN]}..."


def _expected(error: Mapping[str, Any]) -> str:
    given = error.get("ctx", {})
    if "error" in given:
        return str(given["error"])
    if error["type"] in {"too_short", "too_long"}:
        least = "min_length" in given
        number = given["min_length" if least else "max_length"]
        what = "character" if isinstance(error["input"], str) else "entry"
        return f"expected {'at least' if least else 'at most'} {number} {what}"
    words = EXPECTED.get(error["type"])
    return f"expected {words.format(**given)}" if words else str(error["msg"])


def _where(raw: dict[str, Any], loc: Sequence[int | str]) -> str:
    """Name the element or link by its id or number, then the field."""
    parts = list(loc)
    if len(parts) > 1 and parts[0] in {"elements", "links"} and isinstance(parts[1], int):
        kind, number = str(parts[0])[:-1], parts[1]
        rows = raw[str(parts[0])]
        row = rows[number] if isinstance(rows, list) else {}
        own = row.get("id") if isinstance(row, dict) else None
        label = f"{kind} {own if isinstance(own, str) else number + 1}"
        field = ".".join(map(str, parts[2:]))
        return f"{label}, {field}" if field else label
    return ".".join(map(str, parts))
