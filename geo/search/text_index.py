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
import pyarrow as pa
import pyarrow.compute as pc

from geo import memory
from geo.search import numerals, pinyin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]
    Numbers = NDArray[np.int32]

NAME: Final = "name_zh"
ENGLISH: Final = "name_en"
ADDRESS: Final = ("city", "district", "district_listed", "address")
COLUMNS: Final = (NAME, ENGLISH, *ADDRESS)

FIRST, NAMED, ADDRESSED, ABSENT = range(4)
"""How well a site matches: its name begins with the query, its name has all words, its name and
address have them, or it does not match."""

WORD: Final = re.compile(r"[^\W_]+")
END: Final = "\0"
"""Behind each of the texts that are made ready together."""

BETWEEN: Final = re.compile(rf"(?:[^\w{END}]|_)+")
"""What stands between words, but for the ends."""

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
    """Texts of n sites made ready for searching; what several sites have in common stands once.

    Attributes
    ----------
    numbers
        Number of each character that occurs, from 1.
    text : ndarray of int32, shape (m,)
        All Chinese texts as numbers of characters, names first, 0 after each text; behind the
        names, and behind the places, those again whose numbers are in characters, in figures.
    owner : ndarray of int32, shape (m,)
        Number of the text to which each character belongs.
    begin : ndarray of intp, shape (t,)
        Where each text begins.
    names_end
        Where the names end.
    named : ndarray of int32, shape (2, n)
        Number of each site's name, as it is and in figures.
    placed : ndarray of int32, shape (k, n)
        Numbers of each site's places, in both writings.
    syllables : dict of str to ndarray of intp
        Numbers of the characters that can be read so.
    english : Arrow array of string, shape (e,)
        English names, words with one space between, each once.
    in_english : ndarray of int32, shape (n,)
        Number of each site's English name.
    """

    numbers: dict[str, int]
    text: Numbers
    owner: Numbers
    begin: Rows
    names_end: int
    named: Numbers
    placed: Numbers
    syllables: dict[str, Rows]
    english: pa.Array
    in_english: Numbers

    @property
    def n(self) -> int:
        """How many sites."""
        return len(self.in_english)


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
        found[anywhere & _beginning(index, form, anywhere)] = FIRST
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
    frame = texts.frame
    english, in_english = _each_once(frame[ENGLISH])
    chinese: list[str] = []
    numbered, names = [], 0
    for column in (NAME, *ADDRESS):
        own, codes = _each_once(frame[column])
        joined = _joined(own)
        # What has no number is the same in figures: an empty text finds nothing.
        figures = _apart(numerals.in_figures(joined))
        other = ["" if now == before else now for now, before in zip(figures, own, strict=True)]
        for form in (own, other):
            numbered.append(codes + np.int32(len(chinese)))
            chinese += _apart(BETWEEN.sub("", _folded(_joined(form))))
        names = names or len(chinese)
    characters = _joined(chinese)
    numbers = {each: at for at, each in enumerate(sorted({*characters} - {END}), start=1)}
    lengths = np.fromiter(map(len, chinese), dtype=np.intp, count=len(chinese)) + 1
    ends = np.cumsum(lengths)
    return Index(
        numbers=numbers,
        text=_numbered(characters, numbers),
        owner=np.repeat(np.arange(len(chinese), dtype=np.int32), lengths),
        begin=ends - lengths,
        names_end=int(ends[names - 1]) if names else 0,
        named=np.array(numbered[:2]),
        placed=np.array(numbered[2:]),
        syllables=_syllables(numbers),
        english=pa.array(
            [each.strip() for each in _apart(BETWEEN.sub(" ", _folded(_joined(english))))],
            pa.large_string(),
        ),
        in_english=in_english,
    )


def _each_once(column: pd.Series) -> tuple[list[str], Numbers]:
    """Return the texts of a column, each once, and the number of each row's."""
    codes, found = pd.factorize(column)
    whole = map(str, np.asarray(found, dtype=object))
    texts = [*(each.replace(END, " ") if END in each else each for each in whole), ""]
    return texts, (codes % len(texts)).astype(np.int32)  # -1, what is missing, is the last


def _joined(texts: list[str]) -> str:
    """Return texts as one, each with its end: a million at once take a tenth of the time."""
    return END.join([*texts, ""])


def _apart(joined: str) -> list[str]:
    return joined.split(END)[:-1]


def _numbered(characters: str, numbers: dict[str, int]) -> Numbers:
    points = np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    of = np.zeros(int(points.max(initial=0)) + 1, dtype=np.int32)
    of[[ord(each) for each in numbers]] = [*numbers.values()]
    return of[points]


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
    texts = _holding(index, read) | _holding(index, letters)
    named = texts[index.named].any(axis=0)
    named |= _true(pc.match_substring(index.english, word))[index.in_english]
    return named, np.asarray(texts[index.placed].any(axis=0))


def _beginning(index: Index, query: str, among: Mask) -> Mask:
    """Return which sites' names begin with a query without spaces, of those in some rows."""
    there = pc.replace_substring(index.english, pattern=" ", replacement="")
    found = _true(pc.starts_with(there, query))[index.in_english]
    names = np.zeros(len(index.begin), dtype=bool)
    names[index.named[:, among]] = True
    start = index.begin[names]
    for steps in (_readings, _first_letters):
        found |= _holding(index, _reached(index, query, start, steps))[index.named].any(axis=0)
    return found


def _true(values: pa.Array) -> Mask:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=bool)


def _holding(index: Index, ends: Rows) -> Mask:
    """Return which texts have one of the places behind a character."""
    found = np.zeros(len(index.begin), dtype=bool)
    found[index.owner[ends - 1]] = True
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
