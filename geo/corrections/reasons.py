"""Why something was put right: one of a few usual reasons, and words of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from geo.errors import RefusedCorrectionError
from geo.files.plain_values import writable
from geo.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.facts.schemas import Reason
    from geo.settings import Language

OTHER: Final = "other"
BACK: Final = "back"
BETWEEN: Final = "; "
LONGEST: Final = 200
"""Characters of the words of one's own."""

OF_RECORD: Final[Mapping[str, Reason]] = {
    "address": "corrected",
    "seen": "corrected",
    "document": "better_source",
    "moved": "moved",
    "mistake": "corrected",
    OTHER: "corrected",
    BACK: "corrected",
}
"""The usual reasons, each with what the record of changes calls it."""

OFFERED: Final = tuple(code for code in OF_RECORD if code != BACK)

_ENGLISH: Final = str.maketrans(
    dict(zip("，。；：（）？", (", ", ". ", "; ", ": ", " (", ") ", "? "), strict=True))
)


class CorrectionTexts(Texts):
    """What is written of a correction, in one language."""

    folder: ClassVar[Path] = Path(__file__).parent / "texts"


def joined(code: str, words: str = "") -> str:
    """Return a reason as a correction holds it.

    Raises
    ------
    RefusedCorrectionError
        ``reason``: none is given, or words are missing that only the reader has.

    Examples
    --------
    >>> joined("document", " list of 2026 ")
    'document; list of 2026'
    """
    plain = line(words)[:LONGEST]
    if code not in OF_RECORD or (code == OTHER and not plain):
        raise RefusedCorrectionError("reason")
    return BETWEEN.join(filter(None, [code, plain]))


def split(reason: str) -> tuple[str, str]:
    """Return the code and the words of a reason; one that has no code is all words."""
    code, _, words = reason.partition(BETWEEN)
    return (code, words) if code in OF_RECORD else (OTHER, reason)


def told(reason: str, lang: Language) -> str:
    """Return a reason in words.

    Examples
    --------
    >>> told("document; list of 2026", "en")
    'a page or document says so, list of 2026'
    """
    t, (code, words) = CorrectionTexts(lang), split(reason)
    if code == OTHER and words:
        return words
    said = t(f"reason.{code}")
    return t("source.detailed", reason=said, detail=words) if words else said


def source(reason: str, date: str, lang: Language) -> str:
    """Return where a position comes from that somebody put right."""
    said = told(reason, lang)
    said = said.replace(BETWEEN, "；") if lang == "zh" else line(said.translate(_ENGLISH))
    return CorrectionTexts(lang)("source.placed", date=date, reason=said)


def line(text: str) -> str:
    """Return a text as one line that any file can hold."""
    return " ".join(writable(text).split())
