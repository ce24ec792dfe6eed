"""All words a reader sees, one TOML file per language, looked up by key."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).with_name("texts")


class Texts:
    """The words of one language.

    Calling it looks a key up and fills its blanks: ``t("overview.served", n=15, total=16)``.
    An unknown key or a missing blank raises: a page never shows a key.
    """

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang
        self._texts = texts(lang)

    def __call__(self, key: str, /, **blanks: object) -> str:
        """Return the text under `key`, its blanks filled in."""
        return self._texts[key].format(**blanks)

    def has(self, key: str) -> bool:
        """Whether there is a text under `key`."""
        return key in self._texts

    def many(self, key: str, count: int, /, **blanks: object) -> str:
        """Return the text for a count: ``key_one`` where the language has one, else ``key``.

        The blank ``n`` is the count, where it is not given as it is to be written.
        """
        one = f"{key}_one"
        return self(one if count == 1 and one in self._texts else key, **{"n": count, **blanks})


@cache
def texts(lang: Language) -> dict[str, str]:
    """Read one language's file as a flat table of dotted keys."""
    with (_FOLDER / f"{lang}.toml").open("rb") as file:
        return dict(_flatten(tomllib.load(file)))


def _flatten(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, str(value)))
    return rows
