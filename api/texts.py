"""What the API says to people: ``texts.toml``, each text in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from geo import memory

if TYPE_CHECKING:
    from geo.settings import Language

Said = dict[str, str]
"""A text by language."""


@memory.by_facts
def everything() -> dict[str, dict[str, Said]]:
    """Return all texts: section, key, language; the collections' as ``collections.<id>``."""
    with Path(__file__).with_name("texts.toml").open("rb") as file:
        read = tomllib.load(file)
    collections = read.pop("collections")
    return read | {f"collections.{name}": texts for name, texts in collections.items()}


def said(section: str, key: str) -> Said:
    """Return a text in both languages.

    Raises
    ------
    KeyError
        If there is no such text.
    """
    return everything()[section][key]


def text(section: str, key: str, lang: Language, /, **blanks: object) -> str:
    """Return a text in one language, its blanks filled in."""
    return said(section, key)[lang].format(**blanks)


def other(lang: Language, /) -> Language:
    """Return the other language."""
    return "en" if lang == "zh" else "zh"
