"""What people are told: one TOML file per language and reader, looked up by key."""

from __future__ import annotations

import re
import string
import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from geo import memory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.settings import Language


TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of all that follows them, beyond the text they stand in."""


class _Counted(string.Formatter):
    """Fills blanks in; of two wordings with a bar between them, the one that fits the count."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a blank's text; counts come as numbers or already written.

        What a stranger wrote does not turn the words behind it round.
        """
        one, bar, many = format_spec.partition("|")
        if not bar:
            return TURNING.sub("", str(format(value, format_spec)))
        return one if str(value) == "1" else many


_COUNTED = _Counted()


class Texts:
    """The words of one language; who has texts to say names their folder in a subclass.

    Calling it looks a key up and fills its blanks: ``t("overview.served", n=15, total=16)``.
    What depends on a count names it, one before many: ``{n} {n:site is|sites are}``.
    An unknown key or a missing blank raises: nobody is shown a key.

    Attributes
    ----------
    folder
        Has ``zh.toml`` and ``en.toml``.
    lang
        The language.
    texts
        All texts as they are written, by key.
    """

    folder: ClassVar[Path]

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang
        self.texts = read(self.folder / f"{lang}.toml")

    def __call__(self, key: str, /, **blanks: object) -> str:
        """Return the text under `key`, its blanks filled in."""
        return _COUNTED.vformat(self.texts[key], (), blanks)

    def has(self, key: str) -> bool:
        """Whether there is a text under `key`."""
        return key in self.texts

    @property
    def other(self) -> Language:
        """The other language."""
        return "en" if self.lang == "zh" else "zh"


@memory.by_facts
def read(path: Path) -> Mapping[str, str]:
    """Read a file of texts as a flat table of dotted keys."""
    with path.open("rb") as file:
        return MappingProxyType(dict(_flatten(tomllib.load(file))))


def _flatten(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, str(value)))
    return rows
