"""Remarks and sources of the catalogue in both languages.

The catalogue keeps a remark as it was written down, in Chinese, English or both.
``data/wording.csv`` holds the same remark in each language, keyed by the remark itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import memory
from geo.facts import catalog

if TYPE_CHECKING:
    from geo.settings import Language


@memory.by_facts
def _wording(lang: Language) -> dict[str, str]:
    return {str(text): str(said) for text, said in catalog.wording()[lang].items()}


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
    return _wording(lang).get(text, text)
