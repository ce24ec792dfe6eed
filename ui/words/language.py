"""The words of the pages: ``texts/``."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo import formats, memory, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.settings import Language


class PageTexts(texts.Texts):
    """What the pages say in one language.

    Parameters
    ----------
    lang
        The language.
    variants
        Of what the texts speak, how one gets there: a text that has another one of its key and
        ``_variant`` says that, the last first.
    demand
        Whom new sites are to serve, in words; residents where omitted.
    """

    folder = Path(__file__).with_name("texts")

    def __init__(self, lang: Language, *, variants: Sequence[str] = (), demand: str = "") -> None:
        super().__init__(lang)
        if variants:
            self.texts = _varied(lang, *variants)
        served = demand or self.texts["demand.residents"]
        self._served = {"demand": served, "Demand": formats.capitalised(served)}

    def __call__(self, key: str, /, **blanks: object) -> str:
        """Return the text under `key`, its blanks filled in; those of whom it serves by itself."""
        return super().__call__(key, **{**self._served, **blanks})

    def of(self, thing: object, field: str) -> str:
        """Return what a thing says in this language: of ``name_zh`` and ``name_en``, its name."""
        return str(getattr(thing, f"{field}_{self.lang}"))


@memory.by_facts
def _varied(lang: Language, *variants: str) -> Mapping[str, str]:
    every = dict(PageTexts(lang).texts)
    for variant in variants:
        every |= {key: every[f"{key}_{variant}"] for key in every if f"{key}_{variant}" in every}
    return MappingProxyType(every)
