"""Remarks and sources of the catalogue in both languages.

The catalogue keeps a remark as it was written down, in Chinese, English or both.
``data/wording.csv`` holds the same remark in each language, keyed by the remark itself.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from geo import memory, settings

if TYPE_CHECKING:
    from geo.settings import Language

WORDING: Final = "wording.csv"


@memory.by_facts
def _wording() -> dict[str, dict[str, str]]:
    with (settings.current().data / WORDING).open(encoding="utf-8-sig", newline="") as file:
        return {row["text"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(file)}


def translate(text: str, *, lang: Language) -> str:
    """Return a remark in a language; one that has no translation as it stands.

    Parameters
    ----------
    text
        A value of ``source``, ``coord_source``, ``note`` or a like column of the catalogue.
    lang
        ``zh`` or ``en``.

    Returns
    -------
    str
        The remark; empty for an empty one.
    """
    return _wording().get(text, {}).get(lang, text)
