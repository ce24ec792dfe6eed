"""Remarks and sources of the catalogue in both languages.

The catalogue keeps a remark as it was written down, in Chinese, English or both.
``data/wording.csv`` holds the same remark in each language, keyed by the remark itself.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from geo import memory
from geo.facts import catalog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.settings import Language


@memory.by_facts
def _wording(lang: Language) -> Mapping[str, str]:
    return MappingProxyType(
        {str(text): str(words) for text, words in catalog.wording()[lang].items()}
    )


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
