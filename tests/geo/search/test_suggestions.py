from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.facts import catalog
from geo.search import suggestions, text_index

SITES = catalog.sites()


def first(text: str) -> str:
    return str(SITES["name_zh"].iloc[suggestions.nearest(SITES, text)[0]])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tonlefang", "同乐坊"),
        ("同乐访", "同乐坊"),
        ("New Factoris", "同乐坊"),
        ("田子芳", "田子坊"),
        ("8hoaqiao", "8号桥(一期)"),
        ("chongqing desgn park", "重庆设计公园"),
        ("zhangjinag", "上海张江文化产业园区(国家级文化和科技融合示范基地)"),
        ("fashoin center", "上海国际时尚中心"),
        ("设计公圆", "重庆设计公园"),
    ],
)
def test_misspelt_names_are_recognised(text: str, name: str) -> None:
    assert not text_index.matches(SITES, text).any()
    assert first(text) == name


@pytest.mark.parametrize("text", ["", "x", "，。", "zzzzqqq"])
def test_what_is_like_nothing_suggests_nothing(text: str) -> None:
    assert suggestions.nearest(SITES, text) == []


def test_the_most_alike_come_first_and_no_more_than_asked_for() -> None:
    sites = pd.DataFrame({"name_zh": ["田子方坊", "同乐坊", "田子坊", "田子坊"]})
    assert suggestions.nearest(sites, "田子坊") == [2, 3, 0]
    assert suggestions.nearest(sites, "田子坊", most=1) == [2]


@settings(max_examples=25)  # each compares a name with all others
@given(row=st.integers(0, len(SITES) - 1))
def test_every_site_is_most_like_its_own_name(row: int) -> None:
    name = str(SITES["name_zh"].iloc[row])
    assert first(name) in set(SITES["name_zh"][SITES["name_zh"].str.startswith(name)]) | {name}


def test_no_sites_suggest_nothing() -> None:
    assert suggestions.nearest(SITES[:0], "M50") == []


def test_names_that_are_missing_are_like_nothing() -> None:
    sites = pd.DataFrame({"name_zh": ["同乐坊", None], "name_en": [None, float("nan")]})
    for text in ("nonee", "nanx", "none", "nan"):
        assert suggestions.nearest(sites, text) == []
    assert suggestions.nearest(sites[["name_zh"]], "tonglefan") == [0]


def test_a_text_that_is_no_name_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(suggestions, "fuzz")
    # One character that stands for eighteen.
    assert suggestions.nearest(SITES, "\ufdfa" * 100) == []


def test_of_many_names_those_with_the_letters_of_the_text_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"企业{number}" for number in range(200)]
    names[150] = "田子坊"
    sites = pd.DataFrame({"name_zh": names, "name_en": [None] * len(names)}, dtype="str")
    monkeypatch.setattr(suggestions, "MOST_COMPARED", 20)
    assert suggestions.nearest(sites, "田子芳") == [150]
