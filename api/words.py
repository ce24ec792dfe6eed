"""What the API says to people: ``texts/``."""

from pathlib import Path

from api import limits
from geo import texts


class ApiTexts(texts.Texts):
    """What the API says in one language; the limits that it tells are filled in."""

    folder = Path(__file__).with_name("texts")

    def __call__(self, key: str, /, **blanks: object) -> str:
        """Return the text under `key`, its blanks filled in."""
        return super().__call__(key, **limits.TOLD, **blanks)

    def method(self, collection: str) -> str:
        """Return how the figures of a collection come about, by its id; nothing where none does."""
        key = f"collections.{collection}.method"
        return self(key) if self.has(key) else ""
