"""The pack of 布局 calls nothing existing that the page calls planned, and divides as it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.settings import LANGUAGES
from tests.ui.pack.making import LAYOUTS
from ui.layouts import layout_words, present_sites, scores
from ui.pack import of_layouts
from ui.pack.asked import Asked, asked
from ui.pack.content import Bars, Table
from ui.state import sides
from ui.state.pages import Layouts
from ui.state.view import PageView

if TYPE_CHECKING:
    from geo.settings import Language


@pytest.fixture(params=LANGUAGES)
def pack(request: pytest.FixtureRequest) -> Asked[Layouts]:
    lang: Language = request.param
    made = asked(LAYOUTS, lang=lang)
    assert isinstance(made.view.state, Layouts)
    return Asked(page=made.page, view=PageView(made.view.state), base=made.base)


def test_sites_that_are_planned_are_said_to_be(pack: Asked[Layouts]) -> None:
    (side,) = sides.sides(pack.view)
    (section,) = of_layouts.ranking(pack)
    bars, table = section.blocks
    assert isinstance(bars, Bars)
    assert isinstance(table, Table)
    assert {"zh": "规划", "en": "planned"}[pack.view.t.lang] in bars.note
    shown = layout_words.in_phase(pack.view, side.layout)
    held = present_sites.present(side.layout)
    planned = present_sites.planned(side.layout)
    some = [len(planned.intersection(held.get(each.id, ()))) for each in shown]
    rows = [(n, row[4]) for n, row in zip(some, table.rows, strict=True) if row[4] != "—"]
    assert any(n for n, _ in rows)
    for n, text in rows:
        assert [int(each) for each in re.findall(r"\d+", text)][1:] == ([n] if n else [])


def test_what_was_divided_reads_as_on_the_page(pack: Asked[Layouts]) -> None:
    (side,) = sides.sides(pack.view)
    (section,) = of_layouts.scorecards(pack.view)
    table = section.blocks[0]
    assert isinstance(table, Table)
    divided = [row[2] for row in table.rows]
    assert all(" / " in each for each in divided if each)
    assert [bool(each) for each in divided] == [bool(each.of) for each in scores.lines(side)]
