from __future__ import annotations

import re

import pytest

from layers.legend import strip
from layers.legend.strip import Entry, Legend, Part, RampClass, ShadingPart

FAMILIES = Part(
    title="行业",
    note="处数",
    entries=[
        Entry(code="ind", label="工业设计", count="14"),
        Entry(code="art", label="艺术", count="3"),
    ],
)
KINDS = Part(title="类型", entries=[Entry(code="park", label="园区", count="17")])
RAMP = ShadingPart(
    title="密度",
    unit="处 / 100 平方公里",
    classes=[RampClass(token="r0", limits="0", units="1 个区")],  # noqa: S106 - a colour
)


def test_nothing_to_explain_is_no_legend() -> None:
    assert strip.legend_html(Legend()) == ""


def test_families_are_buttons_that_say_whether_they_are_pressed() -> None:
    written = strip.legend_html(Legend(families=FAMILIES))
    assert re.findall(r'<button[^>]* data-family="(\w+)" aria-pressed="false"', written) == [
        "ind",
        "art",
    ]


def test_only_the_parts_given_appear() -> None:
    written = strip.legend_html(Legend(kinds=KINDS))
    assert "园区" in written
    assert "ct-part-families" not in written
    assert "ct-part-shading" not in written


def test_the_button_for_more_needs_something_to_open() -> None:
    assert "ct-legend-more" not in strip.legend_html(Legend(shading=RAMP, more="图例"))
    assert "ct-legend-more" in strip.legend_html(Legend(shading=RAMP, kinds=KINDS, more="图例"))


def test_the_ramp_stands_last_beside_sectors_and_first_alone() -> None:
    beside = strip.legend_html(Legend(families=FAMILIES, shading=RAMP, sources=("来源", ["甲"])))
    assert beside.index("行业") < beside.index("密度") < beside.index("来源")
    alone = strip.legend_html(Legend(shading=RAMP, kinds=KINDS))
    assert alone.index("密度") < alone.index("类型")


def test_signs_of_weak_figures_are_those_of_the_map() -> None:
    weak = ShadingPart(
        title="区位商",
        unit="比值",
        classes=RAMP.classes,
        none=Entry(code="none", label="不能计算", count="12 个市"),
        few=Entry(code="few", label="不到 5 处", count="3 个市"),
    )
    written = strip.legend_html(Legend(shading=weak))
    assert "url(#ct-none)" in written
    assert "url(#ct-few-d4)" in written


@pytest.mark.parametrize("text", ["<script>", "${x}", "{{x}}", "`", '"><b>'])
def test_every_text_is_escaped(text: str) -> None:
    part = Part(title=text, note=text, entries=[Entry(code=text, label=text, count=text)])
    ramp = ShadingPart(
        title=text, unit=text, classes=[RampClass(token=text, limits=text, units=text)]
    )
    whole = Legend(
        families=part, kinds=part, precision=part, shading=ramp, sources=(text, [text]), more=text
    )
    assert text not in strip.legend_html(whole)


@pytest.mark.parametrize("precision", ["exact", "district", "none"])
def test_a_symbol_is_drawn_in_the_themes_own_colours(precision: strip.Precision) -> None:
    drawn = strip.symbol("base", "art", precision)
    assert "#" not in drawn
    assert ("var(--art)" in drawn) == (precision != "none")
    assert ("dasharray" in drawn) == (precision == "none")
