from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
import shapely

from layers.ground import shading
from layers.legend import strip
from layers.policy import layout_drawing, layout_focus, layout_legend
from layers.policy.layout_signs import sign
from layers.scene import MapTexts, Scene
from layers.sites.look import SiteLook
from layers.transport import message
from layers.transport import overlay as transport_paint
from tests.layers import map_host, toy_layout, toy_region
from tests.layers.shown import READY, Sent, Show, Shown, opened, toy_map
from tests.reading import read
from tests.reading import words as words_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import folium
    from playwright.sync_api import BrowserContext

    from layers import palette


TEXTS = MapTexts(map="地图", note="界线", zoom_in="放大", zoom_out="缩小")
HOSTILE = "</script><img src=x onerror='window.hacked=1'>${window.hacked=1}"


def group(
    drawn: layout_drawing.Drawing, *, theme: palette.Theme = "light"
) -> tuple[folium.FeatureGroup, str]:
    """The overlay of a drawing over plain sites, and its payload."""
    frame = toy_region.sites()
    made = transport_paint.overlay(
        Scene(
            sites=frame,
            look=SiteLook(families=pd.Series("mix", index=frame.index), plain=True),
            units=shading.plain(toy_region.districts().index),
            legend=layout_legend.layout_legend(drawn, toy_layout.WORDS, sites=True),
            texts=TEXTS,
            language="zh",
            theme=theme,
            layout=drawn,
        )
    )
    return made, made.paint.payload


def test_every_element_with_a_place_has_a_sign_and_a_candidate_one_in_each_district() -> None:
    signs = toy_layout.drawing().payload["signs"]
    told = [one["e"] for one in signs]
    assert sorted(set(told)) == sorted(set(toy_layout.elements().index) - {"secret"})
    assert told.count("base") == 2
    hosts = [signs[one["beside"]]["e"] for one in signs if one["e"] == "base"]
    assert hosts == ["west", "east"]


def test_what_is_not_published_never_reaches_the_map_s_script() -> None:
    frame = toy_layout.elements({"secret": {"geometry": shapely.Point(121.777777, 31.333333)}})
    _, payload = group(toy_layout.drawing(elements=frame))
    assert "secret" not in payload
    assert "秘密" not in payload
    assert "121.777777" not in payload
    assert "一条没有公布走向的走廊" in payload


def test_links_to_what_is_not_drawn_are_left_out_and_twins_come_first() -> None:
    drawn = toy_layout.drawing().payload
    ends = [(drawn["signs"][w["a"]]["e"], drawn["signs"][w["b"]]["e"]) for w in drawn["links"]]
    assert ends[0] == ("west", "middle")
    assert len(ends) == len(toy_layout.LINKS) - 1
    assert [w["k"] for w in drawn["links"]].count("illustrative") == 1


def test_the_present_hides_what_is_planned() -> None:
    drawn = toy_layout.drawing(phase="present")
    told = {one["e"] for one in drawn.payload["signs"]}
    assert told.isdisjoint({"later", "mill", "base"})
    assert not [key for key in drawn.signs if "planned" in key]
    assert "1110" not in drawn.payload["areas"]


def test_districts_take_the_strongest_part_they_have() -> None:
    frame = toy_layout.elements({"zone": {"adcodes": ("1010", "1011", "1112")}})
    areas = toy_layout.drawing(elements=frame).payload["areas"]
    assert areas == {
        "1010": "core",
        "1111": "core",
        "1012": "node",
        "1110": "planned",
        "1011": "zone",
        "1112": "zone",
        "1211": "strong",
    }


def test_an_illustrative_area_is_no_planned_one() -> None:
    frame = toy_layout.elements({"east": {"certainty": "illustrative"}})
    drawn = toy_layout.drawing(elements=frame)
    assert "1012" not in drawn.payload["areas"]
    edge = next(one for one in drawn.payload["edges"] if one["e"] == "east")
    assert (edge["line"], edge["units"]) == ("dotted", ["1012"])
    assert "area_illustrative" in drawn.signs
    alone = toy_layout.drawing(elements=frame.loc[["east"]], links=[])
    assert "area_planned" not in alone.signs


def test_an_illustrative_candidate_does_not_look_like_a_planned_one() -> None:
    looks = {
        line: sign("candidate", "基", stroke=line).svg for line in ("solid", "dashed", "dotted")
    }
    assert len(set(looks.values())) == 3


def test_a_twin_with_a_planned_end_is_broken_on_the_map_and_in_the_legend() -> None:
    links = [toy_layout.Link("west", "later", "twin")]
    drawn = toy_layout.drawing(links=links)
    assert [(way["k"], way["planned"]) for way in drawn.payload["links"]] == [("twin", True)]
    assert "link_twin_planned" in drawn.signs
    assert "link_twin" not in drawn.signs
    assert layout_legend.swatch("link_twin_planned") != layout_legend.swatch("link_twin")
    assert "ct-planned" in layout_legend.swatch("link_twin_planned")


def test_a_core_known_by_a_point_does_not_tint_the_district_it_lies_in() -> None:
    point = shapely.Point(121.5, 31.5)
    frame = toy_layout.elements({"middle": {"adcodes": (), "geometry": point}})
    drawn = toy_layout.drawing(elements=frame).payload
    assert "1111" not in drawn["areas"]
    assert "1111" not in drawn["lettered"]
    assert "1010" in drawn["lettered"]


def test_a_node_known_by_a_point_tints_nothing() -> None:
    point = shapely.Point(121.75, 31.15)
    frame = toy_layout.elements({"east": {"adcodes": (), "geometry": point}})
    assert "1012" not in toy_layout.drawing(elements=frame).payload["areas"]


def test_a_second_zone_has_a_fill_of_its_own_and_both_are_named_in_the_legend() -> None:
    frame = toy_layout.elements(
        {
            "zone": {"adcodes": ("1011",)},
            "later": {"kind": "zone", "name": "外圈", "adcodes": ("1112",), "status": "existing"},
        }
    )
    drawn = toy_layout.drawing(elements=frame)
    assert {drawn.payload["areas"][code] for code in ("1011", "1112")} == {"zone", "zone2"}
    assert sorted(drawn.names.values()) == ["外圈", "片区"]
    written = strip.html(layout_legend.layout_legend(drawn, toy_layout.WORDS))
    assert "外圈" in written
    assert "名 area_zone" not in written


def test_a_sign_bears_its_number_or_its_own_character_unless_the_look_gives_another() -> None:
    frame = toy_layout.elements({"house": {"sign": "甲"}, "mill": {"sign": "乙"}})
    look = toy_layout.look(letters={"mill": "M"})
    signs = {
        one["e"]: one["svg"]
        for one in toy_layout.drawing(elements=frame, look=look).payload["signs"]
    }
    assert ">甲<" in signs["house"]
    assert ">M<" in signs["mill"]
    assert ">3<" in signs["east"]


def test_a_carrier_known_by_its_district_is_marked_and_stands_beside_its_core() -> None:
    frame = toy_layout.elements({"mill": {"adcodes": ("1010",)}})
    signs = toy_layout.drawing(elements=frame).payload["signs"]
    mill = next(one for one in signs if one["e"] == "mill")
    assert signs[mill["beside"]]["e"] == "west"
    house = next(one for one in signs if one["e"] == "house")
    assert "beside" not in house


def test_a_city_stands_for_its_districts() -> None:
    row = shapely.box(121.0, 31.6, 121.9, 31.9)
    frame = toy_layout.elements({"west": {"adcodes": ("1200",), "geometry": row}})
    drawn = toy_layout.drawing(elements=frame).payload
    edge = next(one for one in drawn["edges"] if one["e"] == "west")
    assert edge["units"] == ["1210", "1211", "1212"]


def test_only_wide_uncertainty_is_drawn_as_a_circle() -> None:
    radii = {one["e"]: one["u"] for one in toy_layout.drawing().payload["signs"]}
    assert radii["house"] == 3000
    assert radii["other"] == 0
    assert radii["west"] == 0


def test_every_text_is_escaped() -> None:
    look = toy_layout.look(
        values={"west": HOSTILE},
        captions={"west": HOSTILE},
        letters={"house": HOSTILE},
        strongholds={"1211": HOSTILE},
        notes=[layout_drawing.Note(title=HOSTILE, lines=[HOSTILE])],
        locator=HOSTILE,
    )
    frame = toy_layout.elements({"west": {"name": HOSTILE}})
    drawn = toy_layout.drawing(elements=frame, look=look)
    words = layout_legend.LayoutWords(
        elements=HOSTILE,
        extents=HOSTILE,
        links=HOSTILE,
        labels=dict.fromkeys(toy_layout.LABELS, HOSTILE),
        sources=(HOSTILE, [HOSTILE]),
        more=HOSTILE,
    )
    _, payload = group(drawn)
    assert "<img" not in payload
    assert "${" not in payload
    legend = read(strip.html(layout_legend.layout_legend(drawn, words, sites=True)))
    assert not [each for each in legend.iter() if each.tag in {"img", "script"}]
    assert words_of(legend).count(HOSTILE) > len(drawn.signs)


def test_the_legend_explains_the_signs_in_use_and_no_other() -> None:
    drawn = toy_layout.drawing()
    written = strip.html(layout_legend.layout_legend(drawn, toy_layout.WORDS, sites=True))
    told = [sign for each in read(written).iter() if (sign := each.get("data-sign"))]
    assert sorted(told) == sorted([*drawn.signs, "sites"])
    assert set(told) == {
        *("core", "node", "node_planned", "zone", "corridor", "carrier", "carrier_planned"),
        *("found", "candidate_planned", "mark_area", "sites"),
        *("area_core", "area_node", "area_planned", "area_zone", "axis", "error", "strong"),
        *("link_twin", "link_supports", "link_serves", "link_radiates", "link_illustrative"),
    }


def test_a_sign_without_a_name_is_refused_by_name() -> None:
    words = layout_legend.LayoutWords(elements="要素", extents="范围", links="联系", labels={})
    with pytest.raises(KeyError, match="core, "):
        layout_legend.layout_legend(toy_layout.drawing(), words)


@pytest.mark.parametrize("key", toy_layout.LABELS)
def test_every_sign_of_the_legend_can_be_drawn(key: str) -> None:
    drawn = layout_legend.swatch(key, "7")
    assert drawn.startswith("<svg")
    assert "#" not in drawn.replace("url(#ct-", "")


def test_the_focus_is_on_the_elements_and_none_where_they_fill_the_region() -> None:
    frame, districts = toy_layout.elements(), toy_region.districts()
    assert layout_focus.focus(frame, districts) is None
    near = frame.loc[["house", "other"]]
    window = layout_focus.focus(near, districts)
    assert window is not None
    box = shapely.box(window.west, window.south, window.east, window.north)
    assert box.contains(shapely.box(121.2, 31.7, 121.4, 31.75))
    assert layout_focus.focus(frame.loc[["secret"]], districts) is None


def test_the_focus_on_a_single_element_shows_all_of_it() -> None:
    road = toy_layout.elements().loc[["road"]]
    wide = toy_region.districts()
    wide = wide.set_geometry(wide.scale(3, 3))
    window = layout_focus.focus(road, wide)
    assert window is not None
    box = shapely.box(window.west, window.south, window.east, window.north)
    assert box.contains(shapely.box(*road.total_bounds))


def test_windows_side_by_side_are_equally_wide_on_the_ground() -> None:
    harbin = layout_focus.Focus(west=126, south=45, east=127, north=46)
    canton = layout_focus.Focus(west=112, south=22, east=117, north=24)
    one, two = layout_focus.same_scale(harbin, canton)
    assert one.size_km == pytest.approx(two.size_km)
    assert one.size_km == pytest.approx((canton.size_km[0], canton.size_km[1]))
    assert (one.west + one.east) / 2 == pytest.approx(126.5)


def arguments(drawn: layout_drawing.Drawing, theme: palette.Theme = "light") -> Sent:
    atlas, documents = toy_map(toy_region.districts())
    made, _ = group(drawn, theme=theme)
    return message.shown(atlas, made), documents


@pytest.fixture
def show(context: BrowserContext) -> Show:
    def shown(drawn: layout_drawing.Drawing, *, width: int = 924) -> AbstractContextManager[Shown]:
        return opened(context, arguments(drawn), width=width)

    return shown


def test_the_map_draws_as_many_signs_and_links_as_the_table_has(show: Show) -> None:
    drawn = toy_layout.drawing()
    with show(drawn) as shown:
        assert shown.state("elements") == len(toy_layout.elements()) - 1
        assert shown.page.locator(".ct-sign").count() == len(drawn.payload["signs"])
        links = shown.page.locator(".folium-map path.ct-link, .folium-map path.ct-twin")
        assert links.count() == len(drawn.payload["links"])
        assert all(path.get_attribute("d") != "M0 0" for path in links.all())
        assert shown.page.locator(".folium-map path.ct-edge").count() == 5
        assert shown.page.locator(".folium-map path.ct-axis").count() == 1
        assert shown.page.locator(".folium-map path.ct-sign-error").count() == 1
        assert shown.page.locator(".ct-mapnote").inner_text().startswith("有名无址")
        shown.visit.assert_clean()


def test_no_sign_hides_another_and_names_hide_no_sign(show: Show) -> None:
    with show(toy_layout.drawing()) as shown:
        signs = shown.page.evaluate(
            """() => leaflet.chuangtu.signs.map(({sign, x, y}) =>
              [x - sign.half[0], y - sign.half[1], x + sign.half[0], y + sign.half[1]])"""
        )
        labels = shown.page.evaluate(
            """() => [...tree.querySelectorAll(".ct-label")].map((e) => {
              const r = e.getBoundingClientRect();
              return [r.left, r.top, r.right, r.bottom];
            })"""
        )
        assert len(labels) >= 9
        boxes = [*signs, *labels]
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (a, b)


def test_a_strong_district_is_named_even_where_signs_leave_no_room_in_it(show: Show) -> None:
    look = toy_layout.look(strongholds={"1211": "22 处，未点名"})
    with show(toy_layout.drawing(look=look)) as shown:
        name, line = shown.page.locator(".ct-strong"), shown.page.locator("line.ct-led")
        assert (name.count(), line.count()) == (1, 0)
        shown.page.evaluate(
            "() => { leaflet.setMinZoom(5); leaflet.setZoom(6.5, {animate: false}); }"
        )
        line.first.wait_for(state="attached")
        assert "22 处，未点名" in name.inner_text()
        # One end of a line is in the district; signs may have lines to their names as well.
        assert shown.page.evaluate(
            """() => {
              const lines = [...tree.querySelectorAll("line.ct-led")];
              const own = leaflet.chuangtu.layers.own.getLayers();
              const b = own.find((each) => each.feature.properties.id === "1211").getBounds();
              const [nw, se] = [b.getNorthWest(), b.getSouthEast()]
                .map((each) => leaflet.latLngToContainerPoint(each));
              return lines.map((each) => each.getBoundingClientRect()).some((r) =>
                [r.left, r.right].some((x) => x > nw.x && x < se.x)
                && [r.top, r.bottom].some((y) => y > nw.y && y < se.y));
            }"""
        )


def test_a_click_tells_the_element(show: Show) -> None:
    with show(toy_layout.drawing()) as shown:
        for key in ("west", "later", "house", "other", "base", "zone", "road"):
            told = shown.click_element(key)
            assert told is not None
            assert (told.kind, told.id) == ("element", key)
        shown.visit.assert_clean()


def test_a_theme_restyles_and_a_phase_redraws_without_a_new_frame(show: Show) -> None:
    fill = """() => getComputedStyle(
      tree.querySelector(".ct-sign-core circle:last-of-type")).fill"""
    with show(toy_layout.drawing()) as shown:
        mounted, light = shown.state("mounted"), shown.page.evaluate(fill)
        paints = shown.state("paints")
        sent, _ = arguments(toy_layout.drawing(phase="present"), "dark")
        shown.page.evaluate("(sent) => window.send(sent)", map_host.message(sent))
        shown.page.wait_for_function(READY % paints)
        assert shown.state("mounted") == mounted
        assert shown.page.evaluate(fill) != light
        assert shown.state("elements") == len(toy_layout.elements()) - 4
        assert shown.page.locator(".ct-sign").count() == shown.state("signs")
        assert shown.page.locator(".folium-map path.ct-edge-dashed").count() == 0
        shown.visit.assert_clean()


def test_the_legend_in_the_frame_has_the_signs_in_use(show: Show) -> None:
    drawn = toy_layout.drawing()
    with show(drawn) as shown:
        found = shown.page.eval_on_selector_all(
            ".ct-legend [data-sign]", "(all) => all.map((e) => e.dataset.sign)"
        )
        assert sorted(found) == sorted([*drawn.signs, "sites"])


def test_a_note_that_finds_no_corner_stands_in_the_legend(show: Show) -> None:
    wide = layout_drawing.Note(title="长" * 2000, lines=["写不下"])
    short = layout_drawing.Note(title="有名无址", lines=["一条走廊"])
    drawn = toy_layout.drawing(look=toy_layout.look(notes=[short, wide]))
    with show(drawn) as shown:
        notes = shown.page.locator(".ct-mapnote")
        assert notes.count() == 1
        assert notes.inner_text().startswith("有名无址")
        told = shown.page.locator(".ct-part-said")
        assert [part.is_visible() for part in told.all()] == [False, True]
        assert shown.page.locator(".ct-part-said.ct-told").inner_text().endswith("写不下")
        shown.visit.assert_clean()


def test_on_a_phone_the_legend_tells_the_note(show: Show) -> None:
    with show(toy_layout.drawing(), width=390) as shown:
        assert shown.page.locator(".ct-mapnote").count() == 0
        assert shown.page.locator(".ct-part-said").inner_text().startswith("有名无址")
        shown.visit.assert_clean()


def test_a_focus_is_shown_first_with_a_locator_of_the_whole(show: Show) -> None:
    window = layout_focus.Focus(west=121.0, south=31.0, east=121.3, north=31.2)
    look = toy_layout.look(locator="全区")
    with show(toy_layout.drawing(focus=window, look=look)) as shown:
        seen = shown.page.evaluate("leaflet.getBounds().toBBoxString()")
        west, south, east, north = map(float, seen.split(","))
        assert west <= 121.0
        assert south <= 31.0
        assert east >= 121.3
        assert north >= 31.2
        assert east - west < 0.9
        assert shown.page.locator(".ct-locator .ct-inset-title").inner_text() == "全区"
        shown.visit.assert_clean()


def test_hostile_names_are_shown_as_text(show: Show) -> None:
    frame = toy_layout.elements({"west": {"name": HOSTILE}})
    look = toy_layout.look(notes=[layout_drawing.Note(title=HOSTILE)])
    with show(toy_layout.drawing(elements=frame, look=look)) as shown:
        told = shown.click_element("west")
        assert told is not None
        assert (told.kind, told.id) == ("element", "west")
        assert HOSTILE in shown.page.get_by_role("tooltip").inner_text()
        assert shown.page.locator(".ct-mapnote").inner_text() == HOSTILE
        assert shown.page.evaluate("window.hacked") is None
        shown.visit.assert_clean()
