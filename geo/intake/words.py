"""What is said about a file that somebody brings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NoReturn

from geo.errors import RefusedFileError
from geo.texts import Texts

if TYPE_CHECKING:
    from geo.settings import Language


class IntakeTexts(Texts):
    """Faults, refusals and what is expected, in one language."""

    folder: ClassVar[Path] = Path(__file__).parent / "texts"


REFUSED: Final = "refused"
"""Table of the texts that refuse a whole file; `geo.errors.RefusedFileError` names their keys."""


def refuse(code: str, **blanks: object) -> NoReturn:
    """Raise that a file is refused.

    Raises
    ------
    RefusedFileError
        With the text of `code` in English, and what says it in another language.
    """
    raise RefusedFileError(code, IntakeTexts("en")(f"{REFUSED}.{code}", **blanks), blanks)


def refusal(error: RefusedFileError, lang: Language) -> str:
    """Return why a file is refused: what, where, what was expected, how to mend it."""
    return IntakeTexts(lang)(f"{REFUSED}.{error.code}", **error.blanks)
