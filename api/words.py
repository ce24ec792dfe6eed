"""What the API says to people: ``texts/``."""

from pathlib import Path

from geo import texts


class ApiTexts(texts.Texts):
    """What the API says in one language."""

    folder = Path(__file__).with_name("texts")
