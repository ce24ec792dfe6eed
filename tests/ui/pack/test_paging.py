"""How pages of documents are filled: a map takes what is left, a table is broken rather than a page
left half empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from ui.pack import measures, of_site, paging, text_width
from ui.pack.asked import asked
from ui.pack.content import Bar, Bars, Block, Column, Facts, Map, Section, Sentences, Table
from ui.pack.contents import front

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def chart(n: int) -> Bars:
    return Bars(title="", note="", bars=(Bar(name="", value=1.0, written="1"),) * n)


def lines(n: int) -> Sentences:
    return Sentences(texts=("A line.",) * n)


MAP = Map(title="", caption="", note="", view=of_site.opened(cast("PageView[Site]", VIEW.view)))
FACTS = Facts(title="", note="", rows=(("Density", "5.0"),) * 12, map=MAP)
LEAST, MOST = paging.MAP_HEIGHT


def set_(
    cover: Front, sections: Iterable[Section], *, charts: bool = False
) -> tuple[list[Block], list[bool]]:
    """The blocks as they stand behind a cover with a line, and which sections begin a page."""
    (_, on_cover), *paged = paging.paged(cover, [*parts(lines(1)), *sections], charts=charts)
    assert not on_cover
    return [block for each, _ in paged for block in each.blocks], [begins for _, begins in paged]


def heights(cover: Front, *blocks: Block) -> list[float]:
    return [each.height for each in set_(cover, parts(*blocks))[0] if isinstance(each, Map)]


def test_a_map_takes_what_is_left_of_its_page(cover: Front) -> None:
    alone, below_a_few, below_more = (
        heights(cover, *before, MAP)[0] for before in ((), (lines(1),), (lines(10),))
    )
    assert MOST >= alone > below_a_few > below_more >= LEAST


def test_a_map_that_would_be_low_has_the_next_page(cover: Front) -> None:
    assert heights(cover, lines(22), MAP) == heights(cover, MAP)


def test_two_maps_do_not_stand_on_one_page(cover: Front) -> None:
    first, second = heights(cover, MAP, MAP)
    assert first == second


def test_a_map_of_facts_leaves_room_for_what_is_listed_below(cover: Front) -> None:
    def height(listed: Table | None) -> float:
        own = Facts(title="", note="", rows=FACTS.rows, map=MAP, listed=listed)
        ((shown,), _) = set_(cover, parts(own))
        assert isinstance(shown, Facts)
        assert shown.map is not None
        return shown.map.height

    least, most = paging.OWN_HEIGHT
    none, few, many = (height(listed) for listed in (None, table(3), table(6, "long " * 20)))
    assert most >= none > few > many >= least


def test_facts_with_their_map_have_pages_of_their_own(cover: Front) -> None:
    assert set_(cover, parts(lines(1), FACTS, FACTS, lines(1)))[1] == [True, True, True, True]
    assert set_(cover, parts(lines(1), MAP, lines(1), table(3)))[1] == [True, False, False, False]


@pytest.mark.parametrize(
    ("block", "begins"), [(lines(9), False), (lines(40), True), (table(6), False), (MAP, True)]
)
def test_on_a_cover_stands_what_it_has_room_for_as_a_whole(
    cover: Front, block: Block, *, begins: bool
) -> None:
    paged = paging.paged(cover, parts(block, lines(1)))
    assert [own for _, own in paged] == [begins, not begins]


@pytest.mark.parametrize(
    ("before", "rows", "whole"),
    [
        (0, 30, True),  # a page has room for it
        (5, 20, True),  # and for both
        (12, 30, False),  # half a page would be empty
        (26, 30, True),  # not much of the page is left
        (0, 60, False),  # none has room for it
        (20, 6, True),  # a short one is never broken
    ],
)
def test_a_table_is_broken_rather_than_a_page_left_half_empty(
    cover: Front, before: int, rows: int, *, whole: bool
) -> None:
    blocks, _ = set_(cover, parts(*([lines(before)] if before else []), table(rows)))
    shown = blocks[-1]
    assert isinstance(shown, Table)
    assert shown.whole is whole


def test_only_what_is_drawn_takes_room(cover: Front) -> None:
    sections = [Section(title="", blocks=(chart(30), table(25)))]
    drawn, listed = (set_(cover, sections, charts=charts)[0][1] for charts in (True, False))
    assert isinstance(drawn, Table)
    assert isinstance(listed, Table)
    assert (drawn.whole, listed.whole) == (False, True)


def test_a_column_is_wide_enough_for_its_words_its_unit_and_its_figures() -> None:
    def second(figure: str) -> float:
        columns = (
            Column(head="District", width=9),
            Column(head="Residents", unit="of 2020", figure=True, width=1),
        )
        widths = measures.widths(Table(title="", columns=columns, rows=(("Longgang", figure),)))
        assert sum(widths) <= measures.WIDTH + 0.2
        return widths[1]

    def needed(text: str) -> float:
        return measures.CELL * text_width.wide(text) + 2 * measures.ASIDE

    for figure, longest in (
        ("1", "Residents"),
        ("126,012,510", "126,012,510"),
        ("25 (1\u00a0planned)", "(1\u00a0planned)"),
    ):
        assert second(figure) >= needed(longest)
