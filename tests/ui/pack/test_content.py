"""Which parts of a pack begin a page: none is left nearly empty, no heading stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from ui.pack import of_site, text_width
from ui.pack.asked import asked
from ui.pack.content import (
    Block,
    Column,
    Facts,
    Map,
    Section,
    Sentences,
    Table,
    paged,
    widths,
)
from ui.pack.contents import front

if TYPE_CHECKING:
    from ui.pack.content import Front
    from ui.state.pages import Site
    from ui.state.view import PageView

VIEW = asked("/site?id=hrb-hrbnu-park")


@pytest.fixture(scope="module")
def cover() -> Front:
    return front(VIEW)


def parts(*blocks: Block) -> list[Section]:
    return [Section(title=str(number), blocks=(block,)) for number, block in enumerate(blocks)]


def table(n: int, text: str = "1") -> Table:
    return Table(title="", columns=(Column(head=""),), rows=((text,),) * n)


MAP = Map(title="", caption="", note="", view=of_site.opened(cast("PageView[Site]", VIEW.view)))
FEW, MANY = Sentences(texts=("Few.",)), Sentences(texts=("A line or more. " * 12,) * 20)


def test_a_map_is_low_below_a_few_lines_and_has_its_own_page_below_many(cover: Front) -> None:
    (_, _), (low, below) = paged(cover, parts(FEW, MAP))
    (_, _), (high, alone) = paged(cover, parts(MANY, MAP))
    assert (below, alone) == (False, True)
    assert isinstance(low.blocks[0], Map)
    assert 0 < low.blocks[0].height < 1
    assert high.blocks[0] == MAP


def test_a_map_takes_what_facts_and_what_is_listed_leave_of_a_page() -> None:
    rows = (("Density", "5.0"),) * 12

    def height(listed: Table | None) -> float:
        filled = Facts(title="", note="", rows=rows, map=MAP, listed=listed).filling_a_page()
        assert filled.map is not None
        return filled.map.height

    heights = [height(listed) for listed in (None, table(3), table(6, "long " * 40))]
    assert 0.8 >= heights[0] > heights[1] > heights[2] >= 0.3


def test_a_column_is_wide_enough_for_its_words_and_its_unit() -> None:
    columns = (Column(head="District", width=9), Column(head="Residents", unit="of 2020", width=1))
    narrow, wide = (
        widths(columns, [("Longgang", figure)], (300.0, 30.0), 10.0, 4.0)[1]
        for figure in ("1", "126,012,510")
    )
    assert wide > text_width.wide("126,012,510") * 10 + 8
    assert narrow >= text_width.wide("Residents") * 10 + 8
    assert sum(widths(columns, [("Longgang", "1")], (300.0, 30.0), 10.0, 4.0)) <= 300.2


@pytest.mark.parametrize("after", [FEW, table(3)])
def test_what_follows_a_map_begins_a_page(cover: Front, after: Block) -> None:
    assert [begins for _, begins in paged(cover, parts(MAP, after))] == [True, True]


def test_a_table_follows_a_few_lines_where_it_fits_in_one_piece(cover: Front) -> None:
    for rows, begins in ((table(16), False), (table(40), True), (table(16, "long " * 20), True)):
        assert [each for _, each in paged(cover, parts(FEW, rows))] == [True, begins]
