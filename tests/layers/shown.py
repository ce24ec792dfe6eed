"""A frame that has painted, as a test sees it: what it says, and clicks on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from layers import assets, base, ground
from tests.layers import frame_host, toy_region
from tests.visit import Visit, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium
    import geopandas as gpd
    from playwright.sync_api import Browser, Frame

READY = "window.chuangtu?.state?.lettered > %d"
"""Whether the frame has painted, and lettered what it painted, more often than so many times."""

Show = Callable[..., AbstractContextManager["Shown"]]
"""Opens a frame as its module's arguments say; each module has a fixture of its own."""

Sent = tuple[dict[str, Any], dict[str, bytes]]
"""What the host sends to the frame, and the documents it serves."""


class Shown:
    """A frame that has painted, in its page."""

    def __init__(self, visit: Visit, frame: Frame) -> None:
        self.visit = visit
        self.page = visit.page
        self.frame = frame

    def state(self, key: str) -> object:
        return self.frame.evaluate("(key) => chuangtu.state[key]", key)

    def repaint(self, sent: dict[str, Any]) -> None:
        """Send other arguments to the same frame, as a rerun of the page does."""
        paints = self.state("paints")
        self.page.evaluate("(args) => window.send(args)", sent)
        self.frame.wait_for_function(READY % paints)

    def pixel(self, site: str) -> dict[str, float]:
        at: dict[str, float] = self.frame.evaluate(
            """(id) => {
              const layer = map_div.chuangtu.byId.get(id);
              const p = map_div.latLngToContainerPoint(layer.getLatLng());
              return {x: p.x, y: p.y};
            }""",
            site,
        )
        return at

    def click(self, x: float, y: float) -> str | None:
        """Click in the frame and wait for what st_folium returns."""
        before = self.page.evaluate("window.values")
        box = self.frame.frame_element().bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + x, box["y"] + y)
        self.page.wait_for_function("(n) => window.values > n", arg=before)
        told: str | None = self.page.evaluate("window.value.last_object_clicked_tooltip")
        return told

    def click_element(self, element: str) -> str | None:
        """Click the sign of a layout's element and wait for what st_folium returns."""
        x, y = self.frame.evaluate(
            """(id) => {
              const one = map_div.chuangtu.signs.find(({sign}) => sign.e === id);
              return [one.x, one.y];
            }""",
            element,
        )
        return self.click(x, y)


def toy_map(districts: gpd.GeoDataFrame) -> tuple[folium.Map, dict[str, bytes]]:
    """The base map of the toy region, and the document of its ground."""
    document = ground.document(districts, toy_region.context())
    name = ground.file_name("toy", document)
    atlas = base.base_map(
        f"../../assets/map/{name}",
        bounds=toy_region.BOUNDS,
        families=toy_region.FAMILIES,
        links=assets.links(),
    )
    return atlas, {name: document}


@contextmanager
def opened(
    browser: Browser, sent: Sent, *, width: int = 924, height: int = 740, ready: str = READY % 0
) -> Iterator[Shown]:
    """Show a frame in a page of its own; yield it once it is ready."""
    with (
        frame_host.served(*sent) as address,
        browser.new_context(viewport={"width": width, "height": height}) as context,
    ):
        visit = record(context)
        visit.page.goto(address)
        frame = visit.page.locator("#frame").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_function(ready)
        yield Shown(visit, frame)
