"""Every text is there in both languages, and every text is used."""

from __future__ import annotations

import re
from pathlib import Path

from api import filters, query, sources, texts
from geo import settings

FOLDER = Path(texts.__file__).parent
BLANK = re.compile(r"\{(\w*)\}")


def test_every_text_is_in_both_languages_with_the_same_blanks() -> None:
    for section, told in texts.everything().items():
        for key, said in told.items():
            assert set(said) == set(settings.LANGUAGES), (section, key)
            assert set(BLANK.findall(said["zh"])) == set(BLANK.findall(said["en"])), key


def test_everything_that_is_asked_has_a_text() -> None:
    told = texts.everything()
    known = {each.key for name in sources.NAMES for each in sources.collection(name).filters}
    assert known == set(told["filters"])
    assert {*query.GENERAL, *query.PAGING, *query.OF_UNITS, "featureId"} == set(told["parameters"])


def test_templates_use_the_texts_of_pages_and_no_others() -> None:
    written = "".join(path.read_text("utf-8") for path in FOLDER.glob("templates/**/*.html"))
    used = set(re.findall(r"\bt\.(\w+)", written)) | set(re.findall(r"\bt\['(\w+)'\]", written))
    assert used == set(texts.everything()["pages"])


def test_templates_hold_no_words_of_their_own() -> None:
    for path in FOLDER.glob("templates/**/*.html"):
        assert not re.search(r"[\u4e00-\u9fff]", path.read_text("utf-8")), path


def test_faults_are_the_ones_that_are_raised() -> None:
    code = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.py"))
    raised = set(re.findall(r"Refused\(\s*\"(\w+)\"", code))
    assert raised == set(texts.everything()["faults"])


def test_filters_offer_what_the_catalogue_has() -> None:
    offered = {each.name: each for each in filters.of_sites()}
    assert offered["region"].choices[:2] == ("harbin", "shanghai")
    assert offered["kind"].many
    assert not offered["text"].choices
