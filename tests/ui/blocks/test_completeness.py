"""A blank district is not an empty one: pages and files say what authorities report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.facts import completeness as facts
from geo.facts import remarks
from geo.settings import LANGUAGES
from tests.ui.states import view
from ui.blocks import completeness
from ui.downloads import files
from ui.state.pages import Find, Overview

if TYPE_CHECKING:
    from geo.facts import dictionary
    from geo.settings import Language


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            ("市级园区 36 处", "未定级的 220 处", "公布 160 处（2022 年）", "空白的区不等于没有"),
        ),
        ("en", ("36 municipal parks", "220 more", "160 (2022)", "blank district is not an empty")),
    ],
)
def test_the_page_says_what_is_on_record_and_what_is_reported(
    lang: Language, words: tuple[str, ...]
) -> None:
    said = str(completeness.note(view(Overview, lang, region="shanghai")))
    for each in words:
        assert each in said
    assert said.count("<tr>") == 1 + 6
    assert 'href="https://shjs.cc/post/4635.html"' in said


@pytest.mark.parametrize(("lang", "least"), [("zh", "公布至少 21 处"), ("en", "at least 21")])
def test_a_batch_is_a_least_number(lang: Language, least: str) -> None:
    assert least in completeness.sentence(view(Overview, lang, region="harbin"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_no_number_was_found_that_is_said(lang: Language) -> None:
    shown = view(Overview, lang, region="jinan")
    said = completeness.note(shown)
    assert completeness.sentence(shown) in said
    assert "<table" not in said


def test_a_filter_changes_nothing() -> None:
    plain, filtered = view(Overview), view(Overview, kind=("street",), scope="wide")
    assert completeness.note(plain) == completeness.note(filtered)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", ["sites", "districts"])
def test_files_have_every_number_with_its_year_and_source(
    lang: Language, table: dictionary.Table
) -> None:
    shown = view(Find, lang, region="shanghai")
    about, known = files.about(shown, table), facts.compared("shanghai")
    assert len(known) > 3
    assert {about.sources[each] for each in known["id"]} <= {text for _, text in about.lines()}
    for _, row in known.iterrows():
        said = about.sources[str(row["id"])]
        assert all(name in said for name in row[f"name_{lang}"])
        assert str(row["year"]) in said
        assert f"{row['reported']}" in said
        assert all(remarks.translate(each, lang=lang) in said for each in row["source"])
    assert files.columns(shown, table)["completeness"] == completeness.sentence(shown)
    assert "completeness" not in files.columns(shown, "shortlist")


def test_files_of_sites_say_it_and_a_list_made_by_hand_does_not() -> None:
    shown = view(Find, region="chongqing")
    said = completeness.sentence(shown)
    assert files.about(shown, "sites").sources["completeness"] == said
    assert any(text == said for _, text in files.about(shown, "districts").lines())
    assert said in str(files.metadata(shown, "sites")["sources"])
    assert "completeness" not in files.about(shown, "shortlist").sources
