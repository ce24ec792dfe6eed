"""The words of the pages: ``texts/``."""

from pathlib import Path

from geo import texts


class Texts(texts.Texts):
    """What the pages say in one language."""

    folder = Path(__file__).with_name("texts")
