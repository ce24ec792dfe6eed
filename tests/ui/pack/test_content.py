"""Which parts of a pack begin a page: none is left nearly empty, no heading stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from ui.pack import of_site
from ui.pack.asked import asked
from ui.pack.content import Block, Column, Map, Section, Sentences, Table, paged
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


@pytest.mark.parametrize("after", [FEW, table(3)])
def test_what_follows_a_map_begins_a_page(cover: Front, after: Block) -> None:
    assert [begins for _, begins in paged(cover, parts(MAP, after))] == [True, True]


def test_a_table_follows_a_few_lines_where_it_fits_in_one_piece(cover: Front) -> None:
    for rows, begins in ((table(16), False), (table(40), True), (table(16, "long " * 20), True)):
        assert [each for _, each in paged(cover, parts(FEW, rows))] == [True, begins]
