"""Dot plots: nothing covers anything, nothing lies off the axis."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.settings import LANGUAGES
from tests.reading import having, read
from tests.ui.states import view
from ui.districts.peers import comparison, plots
from ui.state import pages

if TYPE_CHECKING:
    from geo.settings import Language

WIDTH = plots.WIDTHS["slim"]
PLACES = st.lists(st.floats(0, WIDTH), max_size=12).map(sorted)


@given(PLACES)
def test_symbols_stand_apart_in_their_order_and_within_reach(places: list[float]) -> None:
    most = WIDTH + plots.MARGIN
    moved = plots.apart(places, least=0.0, most=most)
    assert len(moved) == len(places)
    for before, after in itertools.pairwise(moved):
        assert after - before >= plots.APART - 0.02
    assert all(-0.01 <= x <= most + 0.01 for x in moved)
    wide = all(b - a >= plots.APART for a, b in itertools.pairwise(places))
    if wide:
        assert moved == pytest.approx(places, abs=0.01)


@given(st.floats(1e-6, 1e9))
def test_an_axis_holds_its_figure_in_few_even_steps(most: float) -> None:
    ticks = plots.axis(most)
    step = ticks[1]
    assert ticks[0] == 0
    assert ticks[-1] >= most * (1 - 1e-9)
    assert ticks[-1] - step < most
    assert 2 <= len(ticks) <= plots.MOST_STEPS + 1
    assert ticks == pytest.approx([i * step for i in range(len(ticks))])


@given(
    st.lists(
        st.text("浦宝虹杨静黄", min_size=1, max_size=3) | st.text("abcde'", min_size=1, max_size=5),
        max_size=12,
    )
)
def test_no_two_neighbours_have_one_sign(names: list[str]) -> None:
    signs = comparison.initials(names)
    assert len(set(signs)) == len(names)
    assert all(len(sign) <= 3 for sign in signs)


def test_signs_are_those_of_the_names() -> None:
    assert comparison.initials(["虹口", "宝山", "浦东"]) == ["虹", "宝", "浦"]
    assert comparison.initials(["宝山", "宝坻"]) == ["宝", "坻"]
    assert comparison.initials(["Baoshan", "Baiyun", "Hongkou"]) == ["Ba", "Bi", "Ho"]


def test_sites_of_one_sector_are_not_shared_out_by_sector() -> None:
    def families(*sector: str) -> set[str]:
        shown = comparison.comparison(view(pages.Districts, region="shanghai", sector=sector))
        return {each.family for each in plots.measures(shown)}

    assert len(families()) > 3
    assert families("fas") == {""}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_is_a_peer_and_a_neighbour_has_one_symbol(lang: Language) -> None:
    shown = comparison.comparison(
        view(pages.Districts, lang, region="shanghai", view="peers", subject="310117")
    )
    both = {*shown.peers} & {*shown.neighbours}
    assert both
    drawn = read(plots.html(shown, plots.measures(shown)))
    for row in having(drawn, class_="ct-dots-wide"):
        titles = [each.get("title") for each in row.iter("a")]
        assert len(titles) == len(set(titles))
        for code in both:
            assert sum(shown.name(code) in str(each) for each in titles) <= 1
