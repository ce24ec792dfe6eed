"""A map that has painted, as a test sees it: what it says, and clicks on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from layers import assets
from layers.ground import base, base_document
from layers.transport import message
from tests.layers import map_host, toy_region
from tests.visit import Visit, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium
    import geopandas as gpd
    from playwright.sync_api import BrowserContext

READY = "window.chuangtu?.maps()[0]?.state.lettered > %d"
"""Whether the map has painted, and lettered what it painted, more often than so many times."""

Show = Callable[..., AbstractContextManager["Shown"]]
"""Opens a map as its module's arguments say; each module has a fixture of its own."""

Sent = tuple[message.Shown, dict[str, bytes]]
"""What the host hands to the map, and the documents it serves."""


class Shown:
    """A map that has painted, in its page.

    In scripts, ``leaflet`` is its Leaflet map and ``tree`` the tree that holds it.
    """

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page

    def state(self, key: str) -> object:
        return self.page.evaluate("(key) => leaflet.chuangtu.state[key]", key)

    def repaint(self, sent: message.Shown) -> None:
        """Send something else to the same map, as a rerun of the page does."""
        paints = self.state("paints")
        self.page.evaluate("(sent) => window.send(sent)", map_host.message(sent))
        self.page.wait_for_function(READY % paints)

    def pixel(self, site: str) -> dict[str, float]:
        at: dict[str, float] = self.page.evaluate(
            """(id) => {
              const layer = leaflet.chuangtu.byId.get(id);
              const p = leaflet.latLngToContainerPoint(layer.getLatLng());
              return {x: p.x, y: p.y};
            }""",
            site,
        )
        return at

    def click(self, x: float, y: float) -> message.Clicked | None:
        """Click into the map and wait for what it tells."""
        before = self.page.evaluate("window.clicks.length")
        box = self.page.locator(".folium-map").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + x, box["y"] + y)
        self.page.wait_for_function("(n) => window.clicks.length > n", arg=before)
        return message.clicked(self.page.evaluate("window.clicks.at(-1)"))

    def click_element(self, element: str) -> message.Clicked | None:
        """Click the sign of a layout's element and wait for what the map tells."""
        x, y = self.page.evaluate(
            """(id) => {
              const one = leaflet.chuangtu.signs.find(({sign}) => sign.e === id);
              return [one.x, one.y];
            }""",
            element,
        )
        return self.click(x, y)


def toy_map(districts: gpd.GeoDataFrame) -> tuple[folium.Map, dict[str, bytes]]:
    """The base map of the toy region, and the document of its ground."""
    document = base_document.document(districts, toy_region.context())
    name = base_document.file_name("toy", document)
    atlas = base.base_map(
        f"assets/map/{name}",
        bounds=toy_region.BOUNDS,
        families=toy_region.FAMILIES,
        links=assets.links(),
    )
    return atlas, {name: document}


@contextmanager
def opened(
    context: BrowserContext,
    sent: Sent,
    *,
    width: int = 924,
    height: int = 740,
    ready: str = READY % 0,
) -> Iterator[Shown]:
    """Show a map in a page of its own; yield it once it is ready."""
    visit = record(context)
    with map_host.served(*sent) as address, visit.page:
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.goto(address)
        visit.page.wait_for_function(ready)
        yield Shown(visit)
