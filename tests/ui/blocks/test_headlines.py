"""Every headline says every filter that is on, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from hypothesis import given

from geo import formats
from geo.facts import catalog
from geo.settings import LANGUAGES
from tests.ui.states import view, views
from ui.blocks import sentences
from ui.cached import indicators, names
from ui.clusters import sentence
from ui.districts.peers import comparison, plots
from ui.districts.peers import sentence as peers_sentence
from ui.districts.units import division, sheet
from ui.downloads import files
from ui.filters import wording
from ui.report import document
from ui.state import fields, pages
from ui.targets import goal_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.settings import Language
    from ui.state.view import PageView, View

OF_ONE = re.compile(r"\b1 (?:sites|parks|bases|centres|streets|districts|cities|have|are)\b")


def headline(shown: PageView[Any], page: str) -> str:
    if page == "find":
        return sentences.find(shown)
    if page == "clusters":
        return sentence.headline(shown)
    if page == "units":
        return sheet.sentence(division.shown(shown))
    return (sentences.overview if page == "overview" else sentences.districts)(shown)


def expected(shown: View) -> list[str]:
    """What a headline must have in it: the words of every value of every filter."""
    t = shown.t
    units = [
        names.districts(shown.region, unit, t.lang) for unit in fields.unit_choices(shown.region)
    ]
    words: dict[str, Callable[[str], str]] = {
        "sector": shown.family,
        "kind": names.counted("kind", t.lang, one=True).__getitem__,
        "district": lambda code: next(table[code] for table in units if code in table),
        "precision": lambda code: t(f"find.precision_{code}"),
        "level": lambda code: shown.term("level", code),
        "status": lambda code: shown.term("status", code),
        "evidence": lambda code: shown.term("evidence", code),
        "area_min": lambda code: formats.whole(float(code)),
        "scope": lambda _: "含科技与创业园" if t.lang == "zh" else "technology and start-up parks",
        "match": lambda _: "兼" if t.lang == "zh" else "together",
        "near": lambda code: ", ".join(f"{float(part):.4f}" for part in code.split(",")),
    }
    return [
        words.get(name, str)(code) for name, codes in wording.codes(shown).items() for code in codes
    ]


def check(shown: View, page: str) -> None:
    sentence = headline(shown, page)
    for each in expected(shown):
        assert each.casefold() in sentence.casefold(), (each, sentence)
    assert not OF_ONE.search(sentence), sentence
    assert "{" not in sentence


@hypothesis.settings(max_examples=80)
@given(views(pages.Find))
def test_headline_of_find_says_every_filter(shown: View) -> None:
    check(shown, "find")


@hypothesis.settings(max_examples=50)
@given(views(pages.Overview))
def test_headline_of_the_overview_says_every_filter(shown: View) -> None:
    check(shown, "overview")


@hypothesis.settings(max_examples=50)
@given(views(pages.Districts))
def test_headline_of_the_districts_says_every_filter(shown: View) -> None:
    check(shown, "districts")


@hypothesis.settings(max_examples=30)
@given(views(pages.Clusters))
def test_headline_of_the_clusters_says_every_filter(shown: View) -> None:
    check(shown, "clusters")


@hypothesis.settings(max_examples=15)
@given(views(pages.Districts))
def test_headline_of_other_units_says_every_filter(shown: PageView[pages.Districts]) -> None:
    asked = {**shown.state.values, "view": "units"}
    check(view(pages.Districts, **asked), "units")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_of_peers_says_the_filter_and_no_median_that_nobody_has(lang: Language) -> None:
    shown = view(pages.Districts, lang, view="peers", subject="310110", sector=("fas",))
    compared = comparison.comparison(shown)
    headline = peers_sentence.headline(compared, plots.measures(compared))
    assert expected(shown)[0].casefold() in headline.casefold()
    assert formats.MISSING not in headline


@hypothesis.settings(max_examples=30)
@given(views(pages.Targets))
def test_headline_of_the_targets_says_every_filter(shown: PageView[pages.Targets]) -> None:
    t, asked = shown.t, shown.state
    measures = goal_table.chosen(asked.place, asked.theme, asked.state)
    sentence = sentences.targets(shown, measures)
    said = [names.regions(t.lang)[code] for code in asked.place]
    said += [names.terms("theme", t.lang)[code] for code in asked.theme]
    said += [t(f"targets.is_{code}") for code in asked.state]
    assert [each for each in said if each.casefold() not in sentence.casefold()] == []


@pytest.mark.parametrize(
    ("lang", "asked", "sentence"),
    [
        ("zh", {"text": "田子坊"}, "上海有 1 处与“田子坊”相符的地点，在黄浦区"),
        ("en", {"text": "田子坊"}, "Shanghai has 1 site matching “田子坊”: in Huangpu"),
        (
            "zh",
            {"sector": ("fas", "arc"), "kind": ("park",), "opened_since": "2010"},
            "2010 年以来开放、做时尚或建筑与规划的园区",
        ),
        (
            "en",
            {"sector": ("fas", "arc"), "kind": ("park",), "opened_since": "2010"},
            "park in fashion or architecture and planning, opened since 2010",
        ),
    ],
)
def test_headlines_read_as_people_write(
    lang: Language, asked: dict[str, object], sentence: str
) -> None:
    assert sentence in sentences.find(view(pages.Find, lang, region="shanghai", **asked))


@pytest.mark.parametrize(
    ("region", "unit", "code"),
    [("shanghai", "district", "310101"), ("guangdong", "city", "440100")],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_one_district_that_was_asked_for_is_named_once(
    lang: Language, region: str, unit: str, code: str
) -> None:
    shown = view(pages.Find, lang, region=region, unit=unit, district=(code,))
    assert sentences.find(shown).count(shown.district_name(code)) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_long_lists_are_named_in_part_and_counted(lang: Language) -> None:
    chosen = tuple(names.districts("shanghai", "district", "zh"))
    said = sentences.find(view(pages.Find, lang, region="shanghai", district=chosen))
    assert names.districts("shanghai", "district", lang)[chosen[0]] in said
    assert ("另外 12 个" if lang == "zh" else "12 more") in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_per_resident_says_of_which_year_the_residents_are(lang: Language) -> None:
    for region in catalog.regions().index:
        shown = view(pages.Districts, lang, region=str(region), by="people")
        assert "2020" in headline(shown, "districts")


def test_leaders_that_are_level_are_all_named() -> None:
    shown = view(pages.Districts, region="chongqing", by="count", sector=("ind",))
    assert "并列最多" in headline(shown, "districts")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_are_titled_by_what_is_in_them(lang: Language) -> None:
    shown = view(pages.Find, lang, region="shanghai", text="M50", kind=("park",))
    what = wording.noun(shown, 2)
    assert "M50" in what
    assert what in files.about(shown, "sites").title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_says_what_it_was_chosen_from(lang: Language) -> None:
    asked = {"pick": "sh-m50", "lang": lang, "from": "kind=park&text=M50"}
    told = document.report(asked, here="http://localhost/report").html
    search = view(pages.Find, lang, region="shanghai", kind=("park",), text="M50")
    assert sentences.find(search) in told
    assert sentences.find(search) not in document.report({**asked, "from": ""}, here="/report").html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_of_targets_says_the_headline(lang: Language) -> None:
    shown = view(pages.Targets, lang, place=("jinan",))
    rows = goal_table.chosen(("jinan",), (), ())
    told = goal_table.as_csv(shown.t, rows, title=sentences.targets(shown, rows)).decode(
        "utf-8-sig"
    )
    assert told.count(sentences.targets(shown, rows)) == len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("asked", [{}, {"sector": ("fas",)}, {"until": "2010"}])
@pytest.mark.parametrize("region", catalog.regions().index)
def test_the_most_per_resident_are_of_all_whose_figure_is_known(
    region: str, asked: dict[str, Any], lang: Language
) -> None:
    shown = view(pages.Districts, lang, region=region, by="people", **asked)
    figures = indicators.values(indicators.table(shown.query), "people")
    said = {"zh": "有 2020 年人口的 {} 个里", "en": "of {} with residents of 2020"}[lang]
    assert (said.format(figures.notna().sum()) in headline(shown, "districts")) == (
        figures > 0
    ).any()


@pytest.mark.parametrize(("lang", "said"), [("zh", "其中没有一个"), ("en", "none of these")])
def test_a_figure_missing_where_the_sites_are_is_not_said_of_all(lang: Language, said: str) -> None:
    # Those sites are in 历下区 and 历城区, whose residents were counted in another outline.
    shown = view(pages.Districts, lang, region="jinan", by="people", evidence=("official",))
    table = indicators.table(shown.query)
    assert (table["per_100k_residents"] == 0).any()
    assert said in headline(shown, "districts")
