"""The map in Chromium: our scripts, Leaflet, and what passes between it and a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from playwright.sync_api import expect

from layers import palette
from layers.ground import basemaps, shading
from layers.highlight import Highlight
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend, RampClass
from layers.scene import MapTexts, Scene
from layers.sites.look import SiteLook
from layers.sites.venues import venues
from layers.transport import message, overlay
from tests.layers import toy_region
from tests.layers.shown import Sent, Show, Shown, opened, toy_map

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import geopandas as gpd
    from playwright.sync_api import BrowserContext

    from geo.settings import Language


TEXTS = {
    "zh": MapTexts(map="地图", note="界线", zoom_in="放大", zoom_out="缩小", inset="{factor} 倍"),
    "en": MapTexts(map="Map", note="Boundaries", zoom_in="In", zoom_out="Out"),
}


def arguments(
    drawn: gpd.GeoDataFrame | None = None,
    *,
    language: Language = "zh",
    theme: palette.Theme = "light",
    selection: Highlight | None = None,
    basemap: basemaps.OfferedBasemap | None = None,
    names: list[str] | None = None,
    halls: gpd.GeoDataFrame | None = None,
) -> Sent:
    """What the host sends to the map, and the document it serves."""
    frame = toy_region.sites() if drawn is None else drawn
    districts = toy_region.districts()
    if names:
        districts["name_zh"] = names + districts["name_zh"].tolist()[len(names) :]
    atlas, documents = toy_map(districts)
    classes = pd.Series([pd.NA, *range(5), 0, 1, 2], index=districts.index, dtype="Int64")
    families = (
        pd.Series(["ind", "art"], index=[0, 1]).reindex(frame.index % 2).set_axis(frame.index)
    )
    families_shown = [
        Entry(family=key, label=label, count=count, sign=strip.symbol("park", key))
        for key, label, count in (("ind", "工业", "3"), ("art", "艺", "2"))
    ]
    kinds_shown = [Entry(label="园区", count="2", sign=strip.symbol("park", "kind"))]
    box = RampClass(token="r1", limits="0–1", units="3")  # noqa: S106 - a colour
    legend = Legend(
        groups=[
            Group(name="families", title="行业", entries=families_shown),
            Group(name="kinds", title="类型", entries=kinds_shown, folded=True),
            Group(name="shading", title="密度", note="处", ramp=[box]),
        ],
        more="图例",
    )
    group = overlay.overlay(
        Scene(
            sites=frame,
            look=SiteLook(families=families, radii={"building": 50, "district": 3000}),
            units=shading.shading(classes, ramp=palette.AMOUNT, unlocated=pd.Series({"1011": 2})),
            legend=legend,
            texts=TEXTS[language],
            language=language,
            theme=theme,
            selection=selection,
            basemap=basemap,
            venues=() if halls is None else venues(halls),
        )
    )
    return message.shown(atlas, group), documents


@pytest.fixture
def show(context: BrowserContext) -> Show:
    def shown(
        *,
        width: int = 924,
        height: int = 740,
        **options: Any,  # noqa: ANN401 - those of arguments()
    ) -> AbstractContextManager[Shown]:
        return opened(context, arguments(**options), width=width, height=height)

    return shown


def test_everything_located_is_painted_and_nothing_leaves_this_machine(show: Show) -> None:
    with show() as shown:
        assert shown.state("painted") == 5
        assert shown.state("districts") == 9
        assert shown.page.locator(".ct-badge").all_inner_texts() == ["2"]
        shown.visit.assert_clean()


def test_a_rerun_repaints_without_a_new_frame(show: Show) -> None:
    with show() as shown:
        mounted = shown.state("mounted")
        fewer, _ = arguments(toy_region.sites(n=3), language="en", theme="dark")
        shown.repaint(fewer)
        assert shown.state("mounted") == mounted
        assert shown.state("painted") == 2
        assert (shown.state("language"), shown.state("theme")) == ("en", "dark")
        assert "District 1111" in shown.page.locator(".ct-district").all_inner_texts()
        assert shown.page.locator(".ct-map").count() == 1
        shown.visit.assert_clean()


def test_the_base_script_does_not_depend_on_what_changes() -> None:
    one, _ = arguments()
    two, _ = arguments(toy_region.sites(n=3), language="en", theme="dark")
    assert (one.options, one.base) == (two.options, two.base)
    assert one.paint != two.paint


def test_a_click_tells_the_site_or_the_district_below(show: Show) -> None:
    with show() as shown:
        at = shown.pixel("s1")
        told = shown.click(at["x"] + 4, at["y"] + 3)
        assert told is not None
        assert (told.kind, told.id) == ("site", "s1")
        told = shown.click(at["x"] + 60, at["y"] - 5)
        assert told is not None
        assert told.kind == "district"
        shown.visit.assert_clean()


def test_a_venue_is_named_but_neither_counted_nor_chosen(show: Show) -> None:
    hall = toy_region.sites(["大剧院", ""]).iloc[:1].translate(yoff=0.1)
    halls = toy_region.sites(["大剧院", ""]).iloc[:1].set_geometry(hall)
    with show(halls=halls) as shown:
        assert shown.state("painted") == 5
        at = shown.page.evaluate(
            "([x, y]) => leaflet.latLngToContainerPoint([y, x])", [hall.x.iloc[0], hall.y.iloc[0]]
        )
        box = shown.page.locator(".folium-map").bounding_box()
        assert box is not None
        shown.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
        assert shown.page.locator(".leaflet-tooltip").inner_text() == "大剧院"
        site = shown.pixel("s1")
        told = shown.click(site["x"], site["y"])
        assert told is not None
        assert (told.kind, told.id) == ("site", "s1")
        assert shown.page.evaluate("window.clicks.length") == 1
        shown.visit.assert_clean()


HOSTILE = [
    "${window.hacked=1}",
    "<img src=x onerror='window.hacked=1'>",
    "</script><script>window.hacked=1</script>",
    "`${window.hacked=1}`",
    "{{'window.hacked=1'}}",
    "a\\u003cb\\\\ \"q\" 'r'",
]


def test_hostile_names_are_shown_as_text(show: Show) -> None:
    with show(drawn=toy_region.sites([*HOSTILE, "x"]), names=HOSTILE) as shown:
        for i, name in enumerate(HOSTILE):
            at = shown.pixel(f"s{i}")
            told = shown.click(at["x"], at["y"])
            assert told is not None
            assert (told.kind, told.id) == ("site", f"s{i}")
            expect(shown.page.get_by_role("tooltip").filter(has_text=name)).to_have_count(1)
        lettered = shown.page.locator(".ct-label").all_inner_texts()
        assert any(name in text for name in HOSTILE for text in lettered)
        assert shown.page.evaluate("window.hacked") is None
        assert shown.page.locator("img").count() == 0
        shown.visit.assert_clean()


def test_a_hostile_site_can_be_selected_and_named(show: Show) -> None:
    chosen = Highlight(site="s1")
    with show(drawn=toy_region.sites([*HOSTILE, "x"]), selection=chosen) as shown:
        assert shown.page.locator(".ct-call").inner_text() == HOSTILE[1]
        assert shown.page.locator(".ct-error").count() == 1
        assert shown.page.evaluate("window.hacked") is None


LABELS = """() => [...tree.querySelectorAll(".folium-map > .leaflet-map-pane .ct-label")]
  .map((e) => [e.textContent, e.getBoundingClientRect()])
  .map(([text, r]) => [text, r.left, r.top, r.right, r.bottom])"""


def test_labels_never_overlap_nor_leave_the_map(show: Show) -> None:
    with show() as shown:
        labels = shown.page.evaluate(LABELS)
        size = shown.page.evaluate("leaflet.getSize()")
        assert len(labels) >= 9
        for i, (_, *a) in enumerate(labels):
            assert a[0] >= 0
            assert a[1] >= 0
            assert a[2] <= size["x"] + 1
            assert a[3] <= size["y"] + 1
            for _, *b in labels[:i]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_after_a_zoom_every_name_stands_in_its_own_district(show: Show) -> None:
    with show() as shown:
        shown.page.evaluate("void leaflet.setView([31.42, 121.58], 11, {animate: false})")
        shown.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        labels = shown.page.evaluate(LABELS)
        names = [text for text, *_ in labels]
        assert "区1111区" in names
        for text, *box in labels:
            under = shown.page.evaluate(
                """([x, y]) => {
                  const at = leaflet.containerPointToLatLng([x, y]);
                  const unit = leaflet.chuangtu.view.districtAt(at);
                  return unit ? unit.feature.properties.zh : "";
                }""",
                [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2],
            )
            assert text.startswith(under)


def test_a_family_in_the_legend_isolates_its_sites_by_keyboard(show: Show) -> None:
    with show() as shown:
        button = shown.page.locator('[data-family="art"]')
        button.focus()
        shown.page.keyboard.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        assert shown.page.evaluate("leaflet.chuangtu.view.isolated") == "art"
        fewer, _ = arguments(toy_region.sites(n=4))
        shown.repaint(fewer)
        assert shown.page.evaluate("leaflet.chuangtu.view.isolated") == "art"
        button.press("Enter")
        assert button.get_attribute("aria-pressed") == "false"
        assert shown.page.evaluate("leaflet.chuangtu.view.isolated") == ""


def test_map_and_legend_fill_the_frame(show: Show) -> None:
    with show() as shown:
        sizes = shown.page.evaluate(
            """() => [".ct-frame", ".folium-map", ".ct-legend-strip"]
                .map((part) => tree.querySelector(part).offsetHeight)"""
        )
        assert sizes[0] == 740
        assert sizes[1] + sizes[2] == 740


def test_on_a_phone_the_rest_of_the_legend_opens_in_place_and_stays_open(show: Show) -> None:
    with show(width=390, height=900) as shown:
        assert not shown.page.locator(".ct-part-kinds").is_visible()
        closed = shown.page.evaluate("place.offsetHeight")
        shown.page.locator(".ct-legend-more").click()
        shown.page.wait_for_function("(h) => place.offsetHeight > h", arg=closed)
        assert shown.page.locator(".ct-part-kinds").is_visible()
        fewer, _ = arguments(toy_region.sites(n=3))
        shown.repaint(fewer)
        assert shown.page.locator(".ct-part-kinds").is_visible()
        assert shown.page.evaluate("leaflet.getContainer().offsetHeight") == 338
        shown.visit.assert_clean()


def test_with_an_amap_base_the_display_is_shifted_and_the_data_are_not(show: Show) -> None:
    tiles = basemaps.basemaps({})["amap"]
    local = basemaps.OfferedBasemap(**{**vars(tiles), "url": "assets/tiles/{z}/{x}/{y}/{s}"})
    with show() as shown:
        before = shown.page.evaluate("leaflet.chuangtu.byId.get('s0').getLatLng()")
        shifted, _ = arguments(basemap=local)
        shown.repaint(shifted)
        found = shown.page.evaluate(
            """async () => {
              const {gcj02} = await import("/assets/js/ground/datum.js");
              const site = leaflet.chuangtu.byId.get("s0");
              const unit = leaflet.chuangtu.layers.own.getLayers()[0];
              return {
                site: site.getLatLng(), data: site.feature.geometry.coordinates,
                unit: unit.getBounds().getWest(), wanted: gcj02(121.225, 31.225),
                link: tree.querySelector(".ct-note a").textContent,
              };
            }"""
        )
    assert found["data"] == pytest.approx([before["lng"], before["lat"]])
    assert found["site"]["lng"] - before["lng"] == pytest.approx(0.0043, abs=0.001)
    assert found["unit"] == pytest.approx(toy_region.WEST + 0.0043, abs=0.001)
    assert found["link"] == tiles.attribution
