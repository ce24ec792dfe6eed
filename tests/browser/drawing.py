"""The tools of the layout's map, and where they are put down."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def tool(page: Page, name: str) -> None:
    page.locator(f"[data-tool={name}]").click()


def at(page: Page, lon: float, lat: float) -> tuple[float, float]:
    x, y = page.evaluate(
        """([lon, lat]) => {
            const {map} = chuangtu.maps()[0];
            const point = map.latLngToContainerPoint([lat, lon]);
            const box = map.getContainer().getBoundingClientRect();
            return [point.x + box.x, point.y + box.y];
        }""",
        [lon, lat],
    )
    return x, y
