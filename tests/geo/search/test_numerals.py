"""Numbers in Chinese characters and in figures are the same word to the search."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.facts import catalog
from geo.search import numerals, text_index

DIGITS = "〇一二三四五六七八九"


def spelt(n: int) -> str:
    """A number below 100,000 as it is read: 一百零五."""
    said, gap = "", False
    for unit, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // unit % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + name
        gap = not digit and bool(said)
    # 十二, and not 一十二, where nothing stands before it.
    return said.removeprefix("一") if 10 <= n < 20 else said


def row(n: int) -> str:
    """A number figure by figure: 一〇五."""
    return "".join(DIGITS[int(each)] for each in str(n))


@given(st.integers(1, 99_999))
def test_both_writings_are_read_as_figures(n: int) -> None:
    assert numerals.in_figures(f"第{spelt(n)}号") == f"第{n}号"
    assert numerals.in_figures(f"第{row(n)}号") == f"第{n}号"
    assert numerals.in_figures(f"第{n}号") == f"第{n}号"


@pytest.mark.parametrize("text", ["万达广场", "百货", "千厮门", "第三四十号", "", "M50", "十十"])
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    assert numerals.in_figures(text) == text


@given(
    st.integers(1, 99_999), st.sampled_from([spelt, row, str]), st.sampled_from([spelt, row, str])
)
def test_either_writing_finds_the_other(n: int, asked: object, written: object) -> None:
    assert callable(asked)
    assert callable(written)
    sites = pd.DataFrame({"name_zh": [f"老码头{written(n)}号桥", "无名处"]})
    ranks = text_index.ranks(sites, f"老码头{asked(n)}号")
    assert ranks.tolist() == [text_index.FIRST, text_index.ABSENT]
    places = pd.DataFrame({"name_zh": ["园", "院"], "address": [f"{written(n)}弄", "路"]})
    assert text_index.ranks(places, f"{asked(n)}弄").tolist() == [
        text_index.ADDRESSED,
        text_index.ABSENT,
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("八号桥", "8号桥(一期)"),
        ("8号桥1期", "8号桥(一期)"),
        ("八haoqiao", "8号桥(一期)"),
        ("4行仓库", "四行仓库(创意仓库)"),
        ("sihang", "四行仓库(创意仓库)"),
    ],
)
def test_names_of_the_catalogue(text: str, name: str) -> None:
    sites = catalog.sites()
    assert name in list(sites["name_zh"][text_index.matches(sites, text)])


def test_nothing_that_was_found_is_lost() -> None:
    sites = catalog.sites()
    for name in sites["name_zh"]:
        assert name in list(sites["name_zh"][text_index.matches(sites, numerals.in_figures(name))])
