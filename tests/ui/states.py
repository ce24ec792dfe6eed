"""States of pages for properties: any region, level, radius and any filters that its page has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from geo.settings import LANGUAGES
from ui.state.address import settled
from ui.state.pages import Page
from ui.state.view import PageView

if TYPE_CHECKING:
    from geo.settings import Language

P = TypeVar("P", bound=Page)

FREE = {
    "opened_since": ["2000", "2015"],
    "until": ["2010", "2020"],
    "area_min": ["10000", "500000"],
    "near": ["121.4737,31.2304", "113.2644,23.1291"],
    "within_km": ["1", "20"],
    "text": ["M50", "设计", "road", "八号桥"],
}
"""What a reader types or clicks."""


def view(page: type[P], lang: Language = "zh", **asked: object) -> PageView[P]:
    """The view of an address; what it does not say is as at first."""
    return PageView(page.of(settled({"lang": lang, **asked}, page.fields())))


@st.composite
def views(draw: st.DrawFn, page: type[P], lang: Language | None = None) -> PageView[P]:
    """A view with up to three values in each list, often none."""
    values: dict[str, Any] = {}
    for item in page.fields():
        if item.name in {
            "lang",
            "at",
            "pick",
            "versus",
            "compare",
            "from",
            "base",
            "page",
            "map",
            "mark",
            "view",
            "subject",
            "set",
            "peer",
        }:
            continue
        options = FREE.get(item.name) or sorted(item.choices(values))
        if item.many:
            chosen = st.lists(st.sampled_from(options), unique=True, max_size=3).map(tuple)
            values[item.name] = draw(st.just(()) | chosen)
        elif item.name in FREE:
            values[item.name] = draw(st.just("") | st.sampled_from(options))
        else:
            values[item.name] = draw(st.sampled_from(options))
    spoken: Language = draw(st.sampled_from(LANGUAGES)) if lang is None else lang
    return view(page, spoken, **values)
