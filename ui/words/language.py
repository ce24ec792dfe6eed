"""All words a reader sees, one TOML file per language, looked up by key."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo import memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.settings import Language

_FOLDER = Path(__file__).with_name("texts")


class _Counted(string.Formatter):
    """Fills blanks in; of two wordings with a bar between them, the one that fits the count."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a blank's text; counts come as numbers or already written."""
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(format(value, format_spec))
        return one if str(value) == "1" else many


_COUNTED = _Counted()


class Texts:
    """The words of one language.

    Calling it looks a key up and fills its blanks: ``t("overview.served", n=15, total=16)``.
    What depends on a count names it, one before many: ``{n} {n:site is|sites are}``.
    An unknown key or a missing blank raises: a page never shows a key.
    """

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang
        self._texts = texts(lang)

    def __call__(self, key: str, /, **blanks: object) -> str:
        """Return the text under `key`, its blanks filled in."""
        return _COUNTED.vformat(self._texts[key], (), blanks)

    def has(self, key: str) -> bool:
        """Whether there is a text under `key`."""
        return key in self._texts


@memory.by_facts
def texts(lang: Language) -> Mapping[str, str]:
    """Read one language's file as a flat table of dotted keys."""
    with (_FOLDER / f"{lang}.toml").open("rb") as file:
        return MappingProxyType(dict(_flatten(tomllib.load(file))))


def _flatten(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, str(value)))
    return rows
