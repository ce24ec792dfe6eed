from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from geo.checks import toml

if TYPE_CHECKING:
    from pathlib import Path


class Sheet(BaseModel):
    """A file of two fields, each written in its own way."""

    code: Annotated[str, Field(pattern=r"^[0-9]{3}$")]
    other: Annotated[str, Field(pattern=r"^[A-Z]+$")]


def test_a_fault_says_what_its_own_field_expects(tmp_path: Path) -> None:
    """Both patterns were answered with "lower-case letters", which neither takes."""
    path = tmp_path / "sheet.toml"
    path.write_text('code = "12a"\nother = "Ab"\n', encoding="utf-8")
    assert toml.read(path, Sheet, name="sheet.toml") == [
        "sheet.toml, code: found '12a', expected text like ^[0-9]{3}$",
        "sheet.toml, other: found 'Ab', expected text like ^[A-Z]+$",
    ]
