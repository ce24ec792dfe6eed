"""Addresses in sources: those of the web are links, whatever else stands there is text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.facts import catalog
from tests.reading import read
from tests.reading import text as said
from ui.blocks.citations import linked

LINK = {"rel": "noopener noreferrer", "target": "_blank"}


def links(text: str) -> list[str]:
    """Where the links of a text lead; nothing stands there but them and text."""
    anchors = list(read(linked(text)))
    for each in anchors:
        assert each.tag == "a"
        assert not len(each)
        assert each.attrib == {**LINK, "href": each.attrib["href"]}
    return [each.attrib["href"] for each in anchors]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("jfdaily.com/news/detail?id=121103", ["https://jfdaily.com/news/detail?id=121103"]),
        ("见jfdaily.com/a.html（2023）", ["https://jfdaily.com/a.html"]),
        ("a.cn/x.php?id=1&si=2; b.cn/y, c.cn/z.", ["https://a.cn/x.php?id=1&si=2", "https://b.cn/y",
                                                   "https://c.cn/z"]),
        ("http://a.cn/x https://b.cn/", ["http://a.cn/x", "https://b.cn/"]),
        ("github.com/ni1o1/pygeo-tutorial data/food.csv", ["https://github.com/ni1o1/pygeo-tutorial"]),
    ],
)  # fmt: skip
def test_addresses_are_links(text: str, wanted: list[str]) -> None:
    assert links(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "food.csv", "a.csv/b.csv", "shao168.com", "3.5/4", "1.2.3.4/x", "ftp://a.cn/x",
     "javascript:alert(1)", "data:text/html,x", "https://user@a.cn/x", "me@a.cn/x", "//a.cn/x",
     "https://a.cn:8080/x", "../a.cn/x", "https:///x", "例子.cn"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_text(text: str) -> None:
    assert links(text) == []
    assert said(read(linked(text))) == text


@pytest.mark.parametrize(
    "text",
    ['a.cn/"onmouseover="alert(1)', "a.cn/'><script>alert(1)</script>", "<a href=//e.cn>x</a>",
     "a.cn/&quot;onclick=x", "<img src=x onerror=alert(1)>a.cn/<b>", "{0}a.cn/%s{}",
     "a.cn/\x00\n\u202e", "a." * 5_000 + "cn/x"],
)  # fmt: skip
def test_hostile_text_stays_text(text: str) -> None:
    assert said(read(linked(text))) == text
    assert all(urlsplit(each).scheme == "https" for each in links(text))


@given(st.text(alphabet=st.sampled_from(list("a.c/:@?&=<>\"'#%; 园-")), max_size=60))
def test_readers_see_the_text_as_it_was(text: str) -> None:
    assert said(read(linked(text))) == text
    assert all(each.startswith(("https://", "http://")) for each in links(text))


def test_sources_of_the_catalogue_lead_to_hosts() -> None:
    found = {each for text in set(catalog.sites()["source"].dropna()) for each in links(text)}
    assert "https://jfdaily.com/news/detail?id=121103" in found
    assert len(found) > 50
    assert all(re.fullmatch(r"[a-z0-9.-]+\.[a-z]+", str(urlsplit(each).netloc)) for each in found)
