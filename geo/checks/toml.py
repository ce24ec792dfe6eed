"""TOML files read into pydantic models: every fault at once, in a person's words."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Model = TypeVar("Model", bound=BaseModel)

SHOWN: Final = 60
"""Characters of a faulty value that a message repeats."""

EXPECTED: Final = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "date_type": "a date as YYYY-MM-DD",
    "tuple_type": "a list",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "greater_than_equal": "a number not below {ge:g}",
    "less_than_equal": "a number not above {le:g}",
    "literal_error": "{expected}",
    "string_pattern_mismatch": "text like {pattern}",
}
"""What each kind of fault asks for, in the file's own terms: a file knows no tuples."""


def read(
    path: Path,
    model: type[Model],
    *,
    name: str,
    context: Callable[[dict[str, Any]], object] | None = None,
) -> Model | list[str]:
    """Return what a file holds, or everything that is wrong with it.

    Parameters
    ----------
    path
        The file; UTF-8, with a byte order mark or without.
    model
        What it must be.
    name
        How faults name the file.
    context : callable, optional
        From what the file holds to the context of the validation.

    Returns
    -------
    model or list of str
        One line a fault: file, table, field, what was found and what was expected.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [f"{name}: cannot be read ({reason}), expected a TOML file"]
    return parse(content, model, name=name, context=context)


def parse(
    content: bytes,
    model: type[Model],
    *,
    name: str,
    context: Callable[[dict[str, Any]], object] | None = None,
) -> Model | list[str]:
    """Return what the bytes of a file hold, or everything that is wrong with it; see `read`."""
    raw = tables(content, name=name)
    return raw if isinstance(raw, list) else check(raw, model, name=name, context=context)


def tables(content: bytes, *, name: str) -> dict[str, Any] | list[str]:
    """Return the tables of a file, whatever they mean, or why it is no TOML."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        # Not TOML, not UTF-8, or a number of more digits than Python reads.
        return [f"{name}: is not TOML ({error}), expected a file saved as UTF-8"]


def check(
    raw: dict[str, Any],
    model: type[Model],
    *,
    name: str,
    context: Callable[[dict[str, Any]], object] | None = None,
) -> Model | list[str]:
    """Return what the tables of a file mean, or everything that is wrong with them; see `read`."""
    try:
        return model.model_validate(raw, context=context(raw) if context else None)
    except ValidationError as error:
        return [_line(name, raw, dict(each)) for each in error.errors(include_url=False)]


def _line(name: str, raw: dict[str, Any], error: Mapping[str, Any]) -> str:
    at = f"{name}, {_where(raw, error['loc'])}"
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
    """Name the field; a table of a list by its id or number."""
    if len(loc) > 1 and isinstance(loc[1], int):
        kind, number = str(loc[0]), loc[1]
        row = raw[kind][number] if isinstance(raw[kind], list) else None
        own = row.get("id") if isinstance(row, dict) else None
        label = f"{kind.removesuffix('s')} {own if isinstance(own, str) else number + 1}"
        field = ".".join(map(str, loc[2:]))
        return f"{label}, {field}" if field else label
    return ".".join(map(str, loc))
