"""Maps that come into a page, leave it, wait outside and are put out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layers.highlight import Highlight
from tests.layers import map_host, test_map
from tests.layers.shown import READY, Shown, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

SIZES = """() => {
  const {x, y} = leaflet.getSize();
  const {clientWidth, clientHeight} = leaflet.getContainer();
  return [[x, y], [clientWidth, clientHeight]];
}"""


@pytest.fixture
def shown(context: BrowserContext) -> Iterator[Shown]:
    with opened(context, test_map.arguments()) as found:
        yield found


def again(shown: Shown) -> None:
    """Show the map that left the page once more."""
    sent, _ = test_map.arguments()
    shown.page.evaluate("(sent) => window.send(sent)", map_host.message(sent))


def test_a_map_comes_back_drawn_after_the_window_changed_meanwhile(shown: Shown) -> None:
    mounted = shown.state("mounted")
    shown.page.evaluate("window.leave()")
    shown.page.set_viewport_size({"width": 800, "height": 700})
    shown.page.evaluate("dispatchEvent(new Event('resize'))")
    again(shown)
    shown.page.wait_for_function(READY % 1)
    size, container = shown.page.evaluate(SIZES)
    assert size == container
    assert size[0] == 800 - 2
    assert shown.state("mounted") == mounted
    shown.visit.assert_clean()


def test_a_map_out_of_the_page_tells_nothing(shown: Shown) -> None:
    told = shown.page.evaluate(
        """async () => {
          const told = [];
          addEventListener("chuangtu:position", ({detail}) => told.push(detail));
          const {map} = chuangtu.maps()[0];
          map.chuangtu.touched = true;
          map.panBy([40, 0], {animate: false});
          window.leave();
          map.panBy([40, 0], {animate: false});
          await new Promise((done) => setTimeout(done, 50));
          return told;
        }"""
    )
    assert told == []


def test_maps_that_are_put_out_are_freed_and_print_no_more(shown: Shown) -> None:
    sent, _ = test_map.arguments()
    shown.page.evaluate(
        """async (sent) => {
          window.former = [];
          const ground = await (await fetch(sent.base.document)).blob();
          for (let i = 0; i < 8; i++) {
            window.former.push(new WeakRef(chuangtu.maps()[0].map));
            const document = URL.createObjectURL(ground); // the same ground by another address
            window.send({...sent, base: {...sent.base, document}});
            while (!chuangtu.maps()[0].state.lettered) await new Promise(requestAnimationFrame);
          }
        }""",
        map_host.message(sent),
    )
    for media in ("print", "screen"):
        shown.page.emulate_media(media=media)
    client = shown.page.context.new_cdp_session(shown.page)
    for _ in range(3):
        client.send("HeapProfiler.collectGarbage")
    left = shown.page.evaluate("window.former.filter((one) => one.deref()).length")
    assert left <= 3  # those that wait
    assert shown.visit.page_errors == []


def test_a_click_moves_nothing_although_another_paint_comes_first(shown: Shown) -> None:
    at = shown.pixel("s1")
    told = shown.click(at["x"], at["y"])
    assert told is not None
    before = shown.page.evaluate("[leaflet.getZoom(), leaflet.getCenter()]")
    dark, _ = test_map.arguments(theme="dark")
    shown.repaint(dark)
    chosen, _ = test_map.arguments(selection=Highlight(site=told.id))
    shown.repaint(chosen)
    assert shown.page.evaluate("[leaflet.getZoom(), leaflet.getCenter()]") == before
