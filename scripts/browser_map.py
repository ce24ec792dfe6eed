"""The map of an open page, for tests, benchmarks and screenshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAPS = "() => (window.chuangtu?.maps?.() ?? [])"
DRAWN = f"""(n) => {{
  const maps = ({MAPS})();
  return maps.length >= n && maps.every(({{state}}) => state.paints > 0 && state.districts > 0);
}}"""


def drawn(page: Page, *, maps: int = 1) -> Page:
    """Wait until a page's maps are drawn, and give the page.

    Parameters
    ----------
    page
        The open page.
    maps
        How many maps it has.

    Raises
    ------
    playwright.sync_api.TimeoutError
        If not all is drawn within the page's default time.
    """
    page.wait_for_function(DRAWN, arg=maps)
    return page
