from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from geo.facts import catalog
from geo.search import pinyin, text_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

SITES = catalog.sites(scope="wide")
CHINESE = SITES["name_zh"].str.fullmatch("[一-龥]+")


def names(*chinese: str, **columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({"name_zh": list(chinese), **columns})


def found(sites: gpd.GeoDataFrame | pd.DataFrame, text: str) -> list[str]:
    ranks = text_index.ranks(sites, text)
    order = np.argsort(ranks, kind="stable")
    return [str(name) for name in sites["name_zh"].iloc[order[ranks[order] != text_index.ABSENT]]]


@pytest.mark.parametrize(
    "text",
    [
        "四行仓库", "四行", "仓库 四行", "四行仓库(创意", "四行CK", "四行cangku",
        "sihangcangku", "sihang", "sihan", "si hang cang ku", "SiHang CangKu", "ＳＩＨＡＮＧ",
        "sìháng", "shck", "SHCK", "sihang warehouse", "Sihang Ware", "warehouse sihang",
    ],
)  # fmt: skip
def test_ways_to_one_warehouse(text: str) -> None:
    assert found(SITES, text)[0] == "四行仓库(创意仓库)"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("chongqing shejigongyuan", "重庆设计公园"),
        ("cqsjgy", "重庆设计公园"),
        ("changning", "长宁区创业园"),
        ("zhangning", "长宁区创业园"),
        ("m50", "M50创意园"),
        ("Ｍ５０", "M50创意园"),
        ("8haoqiao", "8号桥(一期)"),
        ("8号桥一期", "8号桥(一期)"),
        ("8hqyq", "8号桥(一期)"),
        ("shangjieloft", "尚街LOFT时尚生活园区"),
    ],
)
def test_names_of_the_catalogue(text: str, name: str) -> None:
    assert name in found(SITES, text)


@pytest.mark.parametrize(
    ("english", "same"),
    [
        ("design centre", "design center"),
        ("huangpu district", "黄浦区"),
        ("Moganshan Road 50", "莫干山路50"),
    ],
)
def test_words_of_english_addresses_and_other_spellings(english: str, same: str) -> None:
    assert set(found(SITES, english)) >= set(found(SITES, same)) != set()


def test_a_house_number() -> None:
    sites = names("四行仓库", address=["光复路 1号"])
    for text in ("光复路1号", "光复路 1 号", "guangfulu", "Guāngfù Lù", "sihang guangfu"):
        assert found(sites, text) == ["四行仓库"]
    assert found(sites, "gfl") == []


def missed(texts: Mapping[int, Iterable[str]]) -> list[tuple[str, str]]:
    """Names of sites, given by their rows, and those texts that do not lead to each."""
    return [
        (SITES["name_zh"].iloc[row], text)
        for row, each in texts.items()
        for text in each
        if text_index.ranks(SITES, text)[row] == text_index.ABSENT
    ]


def test_every_name_is_found_as_a_dictionary_of_phrases_reads_it() -> None:
    read = {
        row: lazy_pinyin(SITES["name_zh"].iloc[row]) for row in np.flatnonzero(CHINESE).tolist()
    }
    assert len(read) > 500
    assert (
        missed(
            {
                row: ("".join(each), " ".join(each), "".join(syllable[0] for syllable in each))
                for row, each in read.items()
            }
        )
        == []
    )


def test_every_site_is_found_by_its_names() -> None:
    named = zip(SITES["name_zh"], SITES["name_en"], strict=True)
    assert missed({row: (zh, en, en.upper()) for row, (zh, en) in enumerate(named)}) == []


def written(query: str, name: str, read: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a name begins with a query, character by character: the plain way."""
    if not query:
        return True
    if not name:
        return False
    for each in (name[0], *read.get(name[0], ())):
        if each.startswith(query) or (
            query.startswith(each) and written(query[len(each) :], name[1:], read)
        ):
            return True
    return False


def abbreviated(query: str, name: str, read: Mapping[str, tuple[str, ...]]) -> bool:
    if len(query) > len(name):
        return False
    return all(
        letter in {character, *(each[0] for each in read.get(character, ()))}
        for letter, character in zip(query, name, strict=False)
    )


@given(
    st.lists(st.text("长宁广安西行8a", max_size=6), min_size=1, max_size=4),
    st.text("changxingyes8广", min_size=1, max_size=7),
)
def test_pinyin_is_matched_as_by_trying_every_way(chinese: list[str], query: str) -> None:
    read = pinyin.readings("长宁广安西行8a")
    ranks = [
        text_index.FIRST
        if written(query, name, read) or abbreviated(query, name, read)
        else text_index.NAMED
        if any(
            written(query, name[at:], read) or abbreviated(query, name[at:], read)
            for at in range(len(name))
        )
        else text_index.ABSENT
        for name in chinese
    ]
    assert text_index.ranks(names(*chinese), query).tolist() == ranks


@given(st.text(max_size=40), st.text(max_size=20))
def test_all_words_must_match(first: str, second: str) -> None:
    if not text_index.words(first) or not text_index.words(second):
        return
    both = text_index.matches(SITES, f"{first} {second}")
    each = text_index.matches(SITES, first) & text_index.matches(SITES, second)
    assert both.tolist() == each.tolist()


@pytest.mark.parametrize("text", ["an" * 50, "xian" * 25, "a" * 100, "长" * 100])
def test_a_text_that_can_be_divided_in_very_many_ways(text: str) -> None:
    sites = names("西安" * 60, "长" * 99)
    assert text_index.matches(sites, text).tolist() == [text == "xian" * 25, False]


def test_names_that_begin_with_the_query_come_first() -> None:
    sites = names(
        "园区之设计",
        "无关",
        "设计之都",
        "某某大厦",
        name_en=["", "", "", "Design tower"],
        address=[None, "设计路1号", None, None],
    )
    assert text_index.ranks(sites, "设计").tolist() == [
        text_index.NAMED,
        text_index.ADDRESSED,
        text_index.FIRST,
        text_index.ABSENT,
    ]
    assert found(sites, "sheji") == ["设计之都", "园区之设计", "无关"]
    assert found(sites, "design") == ["某某大厦"]


def test_a_blank_text_is_everywhere_and_punctuation_nowhere() -> None:
    assert text_index.matches(SITES, " \t").all()
    assert not text_index.matches(SITES, "（·）").any()
    assert found(SITES, "") == SITES["name_zh"].tolist()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Xi'an Ｍ50", ("xian", "m50")),
        ("xi’an", ("xian",)),
        ("四行·仓库（创意）", ("四行", "仓库", "创意")),
        ("a_b-c a", ("a", "b", "c")),
        ("STRASSE straße", ("strasse",)),
        ("%'; DROP", ("drop",)),
        ("\x00 ★", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert text_index.words(text) == words


def test_texts_that_are_missing_match_nothing() -> None:
    sites = pd.DataFrame({"name_zh": ["园", None], "name_en": [None, pd.NA]})
    assert text_index.matches(sites, "nan").tolist() == [False, False]
    assert text_index.matches(sites, "none").tolist() == [False, False]
    assert text_index.matches(sites, "yuan").tolist() == [True, False]


def test_words_do_not_run_from_one_text_into_the_next() -> None:
    sites = names("北京", "上海", address=["广", "州"])
    assert not text_index.matches(sites, "京上").any()
    assert not text_index.matches(sites, "广州").any()
    assert not text_index.matches(sites, "haiguang").any()


def test_a_frame_without_rows_or_columns() -> None:
    assert text_index.matches(SITES[:0], "a").shape == (0,)
    assert text_index.matches(pd.DataFrame(index=[1, 2]), "a").tolist() == [False, False]


def test_an_index_is_built_once_for_the_same_texts() -> None:
    assert text_index.index(catalog.sites()) is text_index.index(catalog.sites())
    changed = catalog.sites().assign(name_zh="四行")
    assert text_index.index(changed) is not text_index.index(SITES)
    assert text_index.matches(changed, "sihang").all()
