from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import pytest
import shapely

from layers import assets
from layers.ground import base, base_document, basemaps, shading
from layers.legend.strip import Legend
from layers.policy import layout_drawing
from layers.results import result_legend, result_view
from layers.scene import Scene
from layers.transport import overlay, standalone
from tests.layers import test_results, toy_layout, toy_region
from tests.layers.policy import test_layout_drawing
from tests.layers.results import test_result_legend
from tests.reading import read
from tests.visit import record

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

STATE = "document.querySelector('.folium-map').chuangtu.state"
HOSTILE = "</script><!--<script>${window.hacked=1}"


def atlas(document: str | bytes | None = None) -> folium.Map:
    made = base_document.document(toy_region.districts(), toy_region.context())
    return base.base_map(
        made if document is None else document,
        bounds=toy_region.BOUNDS,
        families=toy_region.FAMILIES,
        links=assets.links(),
    )


def written(title: str = "双核多点", **options: str) -> str:
    frame = toy_layout.elements({"west": {"name": HOSTILE}})
    group, _ = test_layout_drawing.group(
        toy_layout.drawing(
            elements=frame, look=toy_layout.look(notes=[layout_drawing.Note(title=HOSTILE)])
        )
    )
    return standalone.standalone_html(atlas(), group, title=title, **options)


@pytest.mark.parametrize("width", [390, 1200])
def test_the_file_opens_from_disk_with_the_network_off_and_paints(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "布局 map.html"
    file.write_text(written(f"双核 {HOSTILE}", subtitle="名录 2026-11-22"), "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    visit = record(context)
    visit.page.goto(file.as_uri())
    visit.page.wait_for_function(f"{STATE}.labels > 8")
    state = visit.page.evaluate(STATE)
    assert (state["painted"], state["districts"]) == (5, 9)
    assert visit.page.locator(".ct-sign").count() == state["signs"] > 9
    assert visit.page.locator(".ct-legend [data-sign]").count() > 9
    assert visit.page.locator(".leaflet-control-zoom").count() == 1
    assert visit.page.locator(".leaflet-control-attribution").count() == 0
    assert visit.page.locator("h1").inner_text() == f"双核 {HOSTILE}"
    assert visit.page.evaluate("window.hacked") is None
    if width > 700:
        sizes = visit.page.evaluate(
            """() => [innerHeight, ...[".ct-head", ".folium-map", ".ct-legend-strip"].map(
              (name) => document.querySelector(name).offsetHeight)]"""
        )
        assert sizes[0] == sum(sizes[1:]) + 2
    assert [address for address in asked if address != file.as_uri()] == []
    visit.assert_clean()
    context.close()


def test_the_result_of_a_search_is_written_with_its_numbers_and_view(
    browser: Browser, tmp_path: Path
) -> None:
    found = toy_region.sites()
    lon, lat = shapely.get_coordinates(found.geometry.to_numpy()[:5]).T
    look = test_result_legend.look(numbers={"s0": 1, "s1": 2}, picked=["s1"])
    group = overlay.overlay(
        Scene(
            sites=found,
            look=look,
            units=shading.plain(toy_region.districts().index),
            legend=result_legend.result_legend(
                test_result_legend.WORDS, sites=found, look=look, others=found
            ),
            texts=test_results.TEXTS,
            language="zh",
            theme="light",
            others=found,
            view=result_view.result_window(lon, lat),
        )
    )
    file = tmp_path / "shortlist.html"
    file.write_text(standalone.standalone_html(atlas(), group, title="候选名单"), "utf-8")
    context = browser.new_context(viewport={"width": 1000, "height": 700}, offline=True)
    visit = record(context)
    visit.page.goto(file.as_uri())
    visit.page.wait_for_function(f"{STATE}.labels > 4")
    assert visit.page.locator(".ct-outside").inner_text() == "图外 0 处"
    assert visit.page.locator('[data-sign="picked"]').count() == 1
    visit.assert_clean()
    context.close()


def test_the_file_names_no_address_to_load() -> None:
    page = read(written())
    assert not [each for each in page.iter() if each.get("src") or each.get("href")]
    assert not [each for each in page.iter("style") if "images/" in (each.text or "")]


def test_an_online_base_map_is_left_out() -> None:
    group = overlay.overlay(
        Scene(
            sites=None,
            look=None,
            units=shading.plain(toy_region.districts().index),
            legend=Legend(),
            texts=test_layout_drawing.TEXTS,
            language="en",
            theme="dark",
            basemap=basemaps.basemaps({})["osm"],
        )
    )
    assert "openstreetmap" not in standalone.standalone_html(atlas(), group, title="x")


def test_a_ground_given_by_address_is_refused() -> None:
    group, _ = test_layout_drawing.group(toy_layout.drawing())
    with pytest.raises(standalone.NotStandaloneError, match="address"):
        standalone.standalone_html(atlas("../../x.json"), group, title="x")


def test_parts_that_are_no_parts_of_ours_are_refused() -> None:
    with pytest.raises(ValueError, match="Paint"):
        standalone.standalone_html(atlas(), folium.FeatureGroup(), title="x")


@pytest.mark.parametrize("sign", ["</script>", "<!--", "<script", "</SCRIPT "])
def test_a_script_inlined_cannot_end_its_tag(sign: str) -> None:
    safe = standalone.inline_script(f'const a = "{sign}";\n//# sourceMappingURL=x.map\n')
    assert sign not in safe
    assert "sourceMappingURL" not in safe


def test_a_style_inlined_loads_nothing_but_keeps_its_own_patterns() -> None:
    sheet = '@import "x.css"; a{b:url(i/x.png)} c{d:url( "y" )} e{fill:url(#ct-none)}</style>'
    safe = standalone.inline_style(sheet)
    assert safe == " a{b:none} c{d:none} e{fill:url(#ct-none)}\\3C /style>"
