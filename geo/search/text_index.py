"""Finding sites by words: Chinese, English, or Pinyin, spelt out or by its first letters.

Case, width, accents, tone marks and punctuation do not matter. All words must be found, each in
the Chinese name, in the English name, or in the address with its city and district. Pinyin
matches Chinese from the beginning of a syllable, with any reading of a character; the last
syllable may be begun only. First letters are looked for in names alone. Numbers match in either
writing, in characters or in figures.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo import memory
from geo.search import numerals, pinyin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

NAME: Final = "name_zh"
ENGLISH: Final = "name_en"
ADDRESS: Final = ("city", "district", "district_listed", "address")
COLUMNS: Final = (NAME, ENGLISH, *ADDRESS)

FIRST, NAMED, ADDRESSED, ABSENT = range(4)
"""How well a site matches: its name begins with the query, its name has all words, its name and
address have them, or it does not match."""

WORD: Final = re.compile(r"[^\W_]+")
APOSTROPHE: Final = re.compile("['`’‘ʼ]")
LONGEST: Final = 6
"""Letters of the longest syllable: zhuang."""

ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "center": ("centre",),
    "centre": ("center",),
    "road": ("路",),
    "street": ("街",),
    "avenue": ("大道",),
    "district": ("区", "县"),
    "county": ("县",),
    "city": ("市",),
}
"""Words that say the same: another spelling, or what stands in Chinese addresses."""

KEPT: Final = 8
"""Indexes that are kept: the catalogue's, one a region, one to spare."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Texts of n sites made ready for searching.

    Attributes
    ----------
    n
        How many sites.
    numbers
        Number of each character that occurs, from 1.
    text : ndarray of intp, shape (m,)
        All Chinese texts as numbers of characters, names first, 0 after each text; behind the
        names, and behind the places, those again whose numbers are in characters, in figures.
    site : ndarray of intp, shape (m,)
        Row of the site to which each character belongs.
    begin : ndarray of intp, shape (2, n)
        Where each name begins, as it is and in figures.
    names_end
        Where the names end.
    syllables : dict of str to ndarray of intp
        Numbers of the characters that can be read so.
    english
        English names, words with one space between.
    """

    n: int
    numbers: dict[str, int]
    text: Rows
    site: Rows
    begin: Rows
    names_end: int
    syllables: dict[str, Rows]
    english: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared, each once.

    ``Xi'an Ｍ50`` gives ``xian`` and ``m50``.
    """
    return tuple(dict.fromkeys(WORD.findall(_folded(text))))


def matches(sites: pd.DataFrame, text: str) -> Mask:
    """Return which sites have all words of a text.

    Parameters
    ----------
    sites : DataFrame, n rows
        Columns ``name_zh``, ``name_en``, ``city``, ``district``, ``address``, as far as there.
    text
        Any words; a blank text is in every site, one of punctuation alone in none.

    Returns
    -------
    ndarray of bool, shape (n,)
        In the order of `sites`.

    Examples
    --------
    >>> from geo import catalog
    >>> sites = catalog.sites("shanghai")
    >>> sites[matches(sites, "tianzifang")]["name_zh"].to_list()
    ['田子坊']
    """
    return np.asarray(ranks(sites, text) != ABSENT)


def ranks(sites: pd.DataFrame, text: str) -> NDArray[np.int8]:
    """Return how well each site matches a text. Parameters as for `matches`.

    Returns
    -------
    ndarray of int8, shape (n,)
        `FIRST` (0) where the Chinese name, its Pinyin, its first letters or the English name
        begin with the text, `NAMED` (1) where the name has all words, `ADDRESSED` (2) where the
        address has some of them, `ABSENT` (3) where one is missing.
    """
    return rank(index(sites), text)


def index(sites: pd.DataFrame) -> Index:
    """Return the index of sites, kept for frames with the same texts. Columns as `matches`."""
    return _index(_Texts(pd.DataFrame(sites).reindex(columns=list(COLUMNS))))


def rank(index: Index, text: str) -> NDArray[np.int8]:
    """Return how well each site of an index matches a text, as `ranks` does."""
    if not text.strip():
        return np.full(index.n, NAMED, dtype=np.int8)
    asked = words(text)
    in_names = np.full(index.n, bool(asked))
    anywhere = in_names.copy()
    everywhere = np.arange(len(index.text))
    for word in asked:
        same = (*_writings(word), *ALSO.get(word, ()))
        forms = [_containing(index, form, everywhere) for form in same]
        named, placed = (np.logical_or.reduce(masks) for masks in zip(*forms, strict=True))
        in_names &= named
        anywhere &= named | placed
    found = np.where(in_names, NAMED, np.where(anywhere, ADDRESSED, ABSENT)).astype(np.int8)
    for form in map(compact, _writings(text)):
        found[_beginning(index, form, np.flatnonzero(anywhere))] = FIRST
    return found


def _writings(text: str) -> tuple[str, ...]:
    """Return a text as it is and, where that is another, with its numbers in figures."""
    return tuple(dict.fromkeys((text, numerals.in_figures(text))))


class _Texts:
    """The texts of a frame as a key: equal when all texts are."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame.reset_index(drop=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Texts) and self.frame.equals(other.frame)

    def __hash__(self) -> int:
        return len(self.frame)


@memory.by_view(latest=KEPT)
def _index(texts: _Texts) -> Index:
    frame = texts.frame.astype(object).where(texts.frame.notna(), "")
    english = tuple(" ".join(WORD.findall(_folded(str(each)))) for each in frame[ENGLISH])
    chinese = [
        compact(each)
        for columns in ([NAME], ADDRESS)
        for each in [*_column(frame, columns), *map(_otherwise, _column(frame, columns))]
    ]
    numbers = {each: number for number, each in enumerate(sorted(set("".join(chinese))), start=1)}
    lengths = np.array([len(each) + 1 for each in chinese], dtype=np.intp)
    ends = np.cumsum(lengths)
    n = len(frame)
    return Index(
        n=n,
        numbers=numbers,
        text=np.array([n for each in chinese for n in (*map(numbers.get, each), 0)], dtype=np.intp),
        site=np.repeat(np.tile(np.arange(n), 2 * (1 + len(ADDRESS))), lengths),
        begin=(ends - lengths)[: 2 * n].reshape(2, n),
        names_end=int(ends[2 * n - 1]) if n else 0,
        syllables=_syllables(numbers),
        english=english,
    )


def _column(frame: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    """Return the texts of columns, one column after the other."""
    return [str(each) for name in columns for each in frame[name]]


def _otherwise(text: str) -> str:
    """Return a text with its numbers in figures; nothing where that is the text itself."""
    written = numerals.in_figures(text)
    return "" if written == text else written


def _syllables(numbers: dict[str, int]) -> dict[str, Rows]:
    read_as: dict[str, list[int]] = {}
    for character, syllables in pinyin.readings(numbers).items():
        for syllable in syllables:
            read_as.setdefault(syllable, []).append(numbers[character])
    return {each: np.array(chars, dtype=np.intp) for each, chars in read_as.items()}


def _folded(text: str) -> str:
    plain = pinyin.without_marks(unicodedata.normalize("NFKC", text).casefold())
    return APOSTROPHE.sub("", plain)


def compact(text: str) -> str:
    """Return a text as it is compared, without anything between its words."""
    return "".join(WORD.findall(_folded(text)))


def _containing(index: Index, word: str, everywhere: Rows) -> tuple[Mask, Mask]:
    """Return which sites have a word in their names, and which in their addresses."""
    read = _reached(index, word, everywhere, _readings)
    letters = _reached(index, word, everywhere[: index.names_end], _first_letters)
    named = _sites(index, read[read <= index.names_end]) | _sites(index, letters)
    named |= np.fromiter((word in each for each in index.english), dtype=bool, count=index.n)
    return named, _sites(index, read[read > index.names_end])


def _beginning(index: Index, query: str, rows: Rows) -> Mask:
    """Return which sites' names begin with a query without spaces, of those in some rows."""
    found = np.zeros(index.n, dtype=bool)
    found[rows] = [index.english[row].replace(" ", "").startswith(query) for row in rows]
    for steps in (_readings, _first_letters):
        found |= _sites(index, _reached(index, query, index.begin[:, rows].ravel(), steps))
    return found


def _sites(index: Index, ends: Rows) -> Mask:
    """Return which sites have one of the places behind a character."""
    found = np.zeros(index.n, dtype=bool)
    found[index.site[ends - 1]] = True
    return found


def _reached(
    index: Index,
    word: str,
    start: Rows,
    steps: Callable[[Index, str, int], Iterator[tuple[int, Mask]]],
) -> Rows:
    """Return the places in the text behind all characters that stand for a word together.

    From each place, one character at a time, along all ways of dividing the word at once: the
    work grows with the length of the word, not with the number of ways.
    """
    arrived: list[list[Rows]] = [[] for _ in range(len(word) + 1)]
    arrived[0] = [start]
    for done in range(len(word)):
        if not any(len(each) for each in arrived[done]):
            continue
        here = arrived[done][0] if len(arrived[done]) == 1 else np.unique(_join(arrived[done]))
        characters = index.text[here]
        for letters, standing in steps(index, word, done):
            arrived[done + letters].append(here[standing[characters]] + 1)
    return _join(arrived[-1])


def _join(places: list[Rows]) -> Rows:
    return np.concatenate([np.empty(0, dtype=np.intp), *places])


def _marked(index: Index, *characters: Rows) -> Mask:
    marks = np.zeros(len(index.numbers) + 1, dtype=bool)
    for each in characters:
        marks[each] = True
    return marks


def _itself(index: Index, word: str, done: int) -> Iterator[tuple[int, Mask]]:
    number = index.numbers.get(word[done])
    if number is not None:
        yield 1, _marked(index, np.array([number]))


def _readings(index: Index, word: str, done: int) -> Iterator[tuple[int, Mask]]:
    """Yield what a character can stand for: itself, a syllable, the beginning of the last one."""
    yield from _itself(index, word, done)
    rest = word[done:]
    for letters in range(1, min(LONGEST, len(rest)) + 1):
        if rest[:letters] in index.syllables:
            yield letters, _marked(index, index.syllables[rest[:letters]])
    if len(rest) < LONGEST:
        begun = [chars for each, chars in index.syllables.items() if each.startswith(rest)]
        if begun:
            yield len(rest), _marked(index, *begun)


def _first_letters(index: Index, word: str, done: int) -> Iterator[tuple[int, Mask]]:
    yield from _itself(index, word, done)
    initial = [chars for each, chars in index.syllables.items() if each[0] == word[done]]
    if initial:
        yield 1, _marked(index, *initial)
