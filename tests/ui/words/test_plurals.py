"""Every English text agrees with its counts: 1 site is, 2 sites are, 0 sites are."""

from __future__ import annotations

import re
import string

from ui.words.language import PageTexts

COUNTS = {
    "n", "m", "k", "total", "served", "used", "located", "unlocated", "planned", "sourced",
    "unverified", "official", "polygon", "goals", "actuals", "enough", "top", "all", "same",
}  # fmt: skip
"""Blanks that hold how many of something there are."""

LINKS = "of|in|with|for|by|from|without|is|has|was|fits|belongs|rests"
OF_ONE = re.compile(
    rf"\b1 (?:(?!(?:{LINKS})\b)[a-z]+ )?(?!(?:{LINKS}|this|its)\b)[a-z]+s\b|"
    r"\b1 (?:[a-z]+ )?(?:have|are|were|do|rest|belong|fit|stand)\b",
    re.IGNORECASE,
)
"""One thing written as several: "1 sites", "1 layout files", "1 have"."""

OF_MANY = re.compile(r"\b[02] (?:[a-z]+ )?(?:site|district|city|row|is|has|was|file)\b")


def written(key: str, count: str) -> str:
    """A text with the same number in all its counts, and its noun as a page gives it."""
    noun = "district" if count == "1" else "districts"
    blanks = {
        name: count if name in COUNTS else noun if name == "unit" else "Some"
        for name in names(PageTexts("en").texts[key])
    }
    return PageTexts("en")(key, **blanks)


def names(text: str) -> set[str]:
    """Blanks of a text, those in the words of a count too."""
    found = set()
    for _, name, spec, _ in string.Formatter().parse(text):
        if name:
            found |= {name} | names(spec or "")
    return found


def test_every_text_agrees_with_its_counts() -> None:
    wrong = {"0": OF_MANY, "1": OF_ONE, "2": OF_MANY}
    assert [
        (key, text)
        for key in PageTexts("en").texts
        for count, fault in wrong.items()
        if fault.search(text := written(key, count))
    ] == []


def test_a_count_is_read_as_it_is_written() -> None:
    t = PageTexts("en")
    said = [t("unit.n_sites", n=n) for n in (0, 1, "1", 2, "1,001")]
    assert said == ["0 sites", "1 site", "1 site", "2 sites", "1,001 sites"]


def test_chinese_needs_no_plural() -> None:
    assert [PageTexts("zh")("unit.n_sites", n=n) for n in (0, 1, 2)] == ["0 处", "1 处", "2 处"]
