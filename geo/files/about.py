"""What a file says about itself: title, date, filters, method, sources, licence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.facts import dictionary
from geo.files import plain_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.settings import Language

COLON: Final[Mapping[Language, str]] = {"zh": "：", "en": ": "}
COLONS: Final = ("：", ":")


@dataclass(frozen=True, kw_only=True)
class About:
    """What a file says about itself, in one language.

    Attributes
    ----------
    title
        Of the file.
    date
        Of the catalogue: when its facts were last looked through.
    language
        Of the words, here and in the dictionary of the file.
    filters
        What the rows were chosen by, as name and value.
    method
        How figures are computed, by figure.
    sources
        Where the facts come from, by what comes from there.
    boundaries
        Where the boundaries come from, of when, and what they may be used for.
    licence
        Under which the file may be used; empty where nothing is said.
    """

    title: str
    date: date
    language: Language
    filters: Mapping[str, str] = field(default_factory=dict)
    method: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    boundaries: str = ""
    licence: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Return heading and text of everything there is to say, for people."""
        found = [
            ("title", self.title),
            ("date", self.date.isoformat()),
            *(
                ("filter", f"{name}{COLON[self.language]}{value}")
                for name, value in self.filters.items()
            ),
            *(("method", text) for text in self.method.values()),
            *(("source", text) for text in self.sources.values()),
            ("boundaries", self._alone("boundaries", self.boundaries)),
            ("licence", self._alone("licence", self.licence)),
        ]
        return [
            (dictionary.word(name, lang=self.language), plain_values.writable(text))
            for name, text in found
            if text
        ]

    def _alone(self, name: str, text: str) -> str:
        """Return a text without the heading that `lines` gives it, where it has that already."""
        heading = dictionary.word(name, lang=self.language)
        rest = text.removeprefix(heading)
        return rest[1:].lstrip() if rest != text and rest[:1] in COLONS else text

    def paragraph(self) -> str:
        """Return `lines` as one text, a line each, without the title."""
        colon = COLON[self.language]
        return "\n".join(f"{heading}{colon}{text}" for heading, text in self.lines()[1:])

    def metadata(
        self, columns: Mapping[str, Mapping[str, object]] | None = None
    ) -> dict[str, object]:
        """Return the same as plain values, for a file that carries it as JSON.

        Parameters
        ----------
        columns : mapping, optional
            What the columns mean, see `dictionary.explained`.
        """
        content: dict[str, object] = {
            "title": self.title,
            "date": self.date.isoformat(),
            "language": self.language,
            "filters": dict(self.filters),
            "method": dict(self.method),
            "sources": dict(self.sources),
            "boundaries": self._alone("boundaries", self.boundaries),
            "licence": self._alone("licence", self.licence),
        }
        if columns is not None:
            content["columns"] = {name: dict(entry) for name, entry in columns.items()}
        return {name: value for name, value in content.items() if value != ""}
