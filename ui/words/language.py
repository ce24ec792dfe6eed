"""The words of the pages: ``texts/``."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo import memory, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.settings import Language


class PageTexts(texts.Texts):
    """What the pages say in one language.

    Parameters
    ----------
    lang
        The language.
    variant, way
        Of what the texts speak, and how one gets there: a text that has another one of its key and
        ``_variant`` says that.
    """

    folder = Path(__file__).with_name("texts")

    def __init__(self, lang: Language, *, variant: str = "", way: str = "") -> None:
        super().__init__(lang)
        if variant or way:
            self.texts = _varied(lang, variant, way)

    def of(self, thing: object, field: str) -> str:
        """Return what a thing says in this language: of ``name_zh`` and ``name_en``, its name."""
        return str(getattr(thing, f"{field}_{self.lang}"))


@memory.by_facts
def _varied(lang: Language, *variants: str) -> Mapping[str, str]:
    every = dict(PageTexts(lang).texts)
    for variant in filter(None, variants):
        every |= {key: every[f"{key}_{variant}"] for key in every if f"{key}_{variant}" in every}
    return MappingProxyType(every)
