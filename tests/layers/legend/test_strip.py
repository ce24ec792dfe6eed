from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend, RampClass
from tests.reading import having, read, words

SECTORS = Group(
    name="families",
    title="行业",
    note="处数",
    entries=[
        Entry(family="ind", label="工业设计", count="14", sign=strip.symbol("park", "ind")),
        Entry(family="art", label="艺术", count="3", sign=strip.symbol("park", "art")),
    ],
)
KINDS = Group(
    name="kinds",
    title="类型",
    entries=[Entry(label="园区", count="17", sign=strip.symbol("park", "kind"))],
    folded=True,
)
RAMP = Group(
    name="shading",
    title="密度",
    note="处 / 100 平方公里",
    ramp=[RampClass(token="r0", limits="0", units="1 个区")],  # noqa: S106 - a colour
)
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1)


@pytest.mark.parametrize("legend", [Legend(), Legend(groups=[Group(name="kinds")], more="图例")])
def test_nothing_to_explain_is_no_legend(legend: Legend) -> None:
    assert strip.html(legend) == ""


def test_families_are_buttons_that_say_whether_they_are_pressed() -> None:
    shown = read(strip.html(Legend(groups=[SECTORS, KINDS])))
    pressable = having(shown, aria_pressed="false")
    assert [(each.tag, each.get("data-family")) for each in pressable] == [
        ("button", "ind"),
        ("button", "art"),
    ]


def test_groups_stand_in_their_order_each_sign_with_its_name_and_count() -> None:
    shown = read(strip.html(Legend(groups=[RAMP, SECTORS, KINDS], sources=("来源", ["甲", "乙"]))))
    assert [words(part) for part in having(shown, class_="ct-part")] == [
        "密度 处 / 100 平方公里 01 个区",
        "行业 处数 工业设计14 艺术3",
        "类型 园区17",
        "来源甲乙",
    ]
    assert len(list(shown.iter("svg"))) == 3


def test_the_button_for_more_needs_something_to_open() -> None:
    assert "图例" not in strip.html(Legend(groups=[RAMP, SECTORS], more="图例"))
    assert "图例" in strip.html(Legend(groups=[RAMP, KINDS], more="图例"))
    assert "图例" in strip.html(Legend(groups=[RAMP], sources=("来源", []), more="图例"))


@given(PLAIN)
@pytest.mark.parametrize("hostile", ["<script>", "${x}{{x}}`", '"><b>', ""])
def test_a_reader_sees_every_text_as_it_was_written(hostile: str, drawn: str) -> None:
    text = hostile + drawn
    sign = strip.symbol(text, text)
    entry = Entry(code=text, label=text, short=text, count=text, sign=sign)
    groups = [
        Group(name="a", title=text, note=text, entries=[entry]),
        Group(name="b", title=text, ramp=[RampClass(token=text, limits=text, units=text)]),
    ]
    legend = Legend(
        name="result", groups=groups, notes=[(text, [text])], sources=(text, [text, text]),
        outside=f"{text}{{n}}{text}", more=text,
    )  # fmt: skip
    shown = read(strip.html(legend))
    # Whatever the words are, the same elements bear them.
    assert {each.tag for each in shown.iter()} <= {
        *("body", "div", "button", "h2", "i", "b", "span", "em", "br", "svg", "g", "circle"),
    }  # fmt: skip
    assert "".join(words(shown).split()) == "".join((text * 16).split())


@pytest.mark.parametrize("precision", ["exact", "district", "none"])
def test_a_symbol_is_drawn_in_the_themes_own_colours(precision: strip.Precision) -> None:
    drawn = strip.symbol("base", "art", precision)
    assert "#" not in drawn
    assert ("var(--art)" in drawn) == (precision != "none")
    assert ("dasharray" in drawn) == (precision == "none")


@pytest.mark.parametrize("picked", [True, False])
def test_a_disc_is_drawn_in_the_themes_own_colours(*, picked: bool) -> None:
    assert "#" not in strip.sign("disc", "ind", picked=picked)
    assert "dasharray" in strip.sign("disc", "ind", picked=picked, approximate=True)
