"""The words of the pages: ``texts/``."""

from pathlib import Path

from geo import texts


class PageTexts(texts.Texts):
    """What the pages say in one language."""

    folder = Path(__file__).with_name("texts")

    def of(self, thing: object, field: str) -> str:
        """Return what a thing says in this language: of ``name_zh`` and ``name_en``, its name."""
        return str(getattr(thing, f"{field}_{self.lang}"))
