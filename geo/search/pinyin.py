"""How Chinese characters are read: every reading of each, without tones.

The readings are those of pypinyin's dictionary of single characters, read as a file: importing
the package would load its phrases as well, which take 55 MB of memory. Whoever searches does not
need them, for a character is found by any of its readings.
"""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo import memory
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DICTIONARY: Final = "pinyin_dict.json"

KEPT: Final = 8
"""Sets of characters whose readings are kept: the catalogue's names, those of a region."""


def readings(characters: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the readings of characters.

    Parameters
    ----------
    characters : collection of str
        Single characters, Chinese or not.

    Returns
    -------
    mapping of str to tuple of str
        Syllables in lower-case letters a to z, each once, for the characters that the dictionary
        knows: 长 is ``chang`` and ``zhang``. A syllable with ü is given as it is typed, with ``v``
        and with ``u``.

    Raises
    ------
    DataError
        When the dictionary is not where pypinyin keeps it.

    Examples
    --------
    >>> readings({"长"})["长"]
    ('zhang', 'chang')
    """
    return _readings(frozenset(characters))


@memory.by_view(latest=KEPT)
def _readings(characters: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    dictionary = _dictionary()
    read = {each: _syllables(dictionary.get(str(ord(each)), "")) for each in sorted(characters)}
    return MappingProxyType({each: syllables for each, syllables in read.items() if syllables})


def without_marks(text: str) -> str:
    """Return a text without the accents and tone marks over its letters.

    Examples
    --------
    >>> without_marks("Hā'ěrbīn")
    "Ha'erbin"
    """
    apart = unicodedata.normalize("NFD", text)
    marks = [ord(each) for each in {*apart} if unicodedata.combining(each)]
    bare = apart.translate(dict.fromkeys(marks)) if marks else apart
    return unicodedata.normalize("NFC", bare)


def _dictionary() -> Mapping[str, str]:
    """Return the readings with tone marks by code point in decimals; not kept."""
    path = _path()
    try:
        content: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            [f"{path}: cannot be read ({error}), expected pypinyin's dictionary of characters"]
        ) from error
    return content


@memory.by_facts
def _path() -> Path:
    package = importlib.util.find_spec("pypinyin")
    folders = (package.submodule_search_locations if package else None) or []
    return next((Path(each) / DICTIONARY for each in folders), Path("pypinyin") / DICTIONARY)


def _syllables(marked: str) -> tuple[str, ...]:
    """Return readings as they are typed: ``lǜ,lù`` is lv and lu."""
    typed: dict[str, None] = {}
    for each in marked.split(","):
        apart = unicodedata.normalize("NFD", each)
        if "u\u0308" in apart:
            typed[without_marks(apart.replace("u\u0308", "v"))] = None
        typed[without_marks(each)] = None
    return tuple(each for each in typed if each.isascii() and each.isalpha())
