"""Every text is there in both languages, and every text is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api import filters, limits, query, sources, words
from api.words import ApiTexts
from geo import settings

FOLDER = Path(words.__file__).parent
README = FOLDER.parent / "README.md"
BLANK = re.compile(r"\{(\w*)\}")


def told(section: str) -> set[str]:
    """The keys of a section."""
    keys = (key.partition(".") for key in ApiTexts("en").texts)
    return {rest for head, _, rest in keys if head == section}


def test_every_text_is_in_both_languages_with_the_same_blanks() -> None:
    zh, en = ApiTexts("zh").texts, ApiTexts("en").texts
    assert zh.keys() == en.keys()
    for key, text in zh.items():
        assert set(BLANK.findall(text)) == set(BLANK.findall(en[key])), key


@pytest.mark.parametrize("lang", settings.LANGUAGES)
def test_no_text_writes_a_limit_itself(lang: settings.Language) -> None:
    for key, text in ApiTexts(lang).texts.items():
        written = set(re.findall(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w.,]*\d)", text))
        assert not written & set(limits.TOLD.values()), key


def test_the_readme_tells_the_limit_of_a_page() -> None:
    readme = README.read_text("utf-8")
    assert f"At most {limits.MOST_FEATURES:,} features a page" in readme
    asked = re.findall(r"/items\?\S*\blimit=(\d+)", readme)
    assert {*map(int, asked)} == {limits.MOST_FEATURES}


def test_everything_that_is_asked_has_a_text() -> None:
    known = {
        each.key for name in sources.NAMES for each in sources.collection(name).filters.values()
    }
    of_workspaces = (filters.of_scenarios(), filters.of_plans(own=True))
    known |= {each.key for some in of_workspaces for each in some.values()}
    assert known == told("filters")
    assert {*query.GENERAL, *query.PAGING, *query.OF_UNITS, "featureId"} == told("parameters")


def test_templates_use_the_texts_of_pages_and_no_others() -> None:
    written = "".join(path.read_text("utf-8") for path in FOLDER.glob("templates/**/*.html"))
    used = set(re.findall(r'\bt\("pages\.(\w+)"', written))
    assert used == told("pages")


def test_templates_hold_no_words_of_their_own() -> None:
    for path in FOLDER.glob("templates/**/*.html"):
        assert not re.search(r"[\u4e00-\u9fff]", path.read_text("utf-8")), path


def test_faults_are_the_ones_that_are_raised() -> None:
    code = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.py"))
    raised = set(re.findall(r"RefusedRequest\(\s*\"(\w+)\"", code))
    assert raised == told("faults")


def test_filters_offer_what_the_catalogue_has() -> None:
    offered = filters.of_sites()
    assert offered["region"].choices[:2] == ("harbin", "shanghai")
    assert offered["kind"].many
    assert not offered["text"].choices
