"""The frame of the map on an open page, for tests, benchmarks and screenshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

FRAME = "streamlit_folium"
SELECTOR = f'iframe[src*="{FRAME}"]'
DRAWN = "() => window.chuangtu?.state?.paints > 0 && window.chuangtu.state.districts > 0"


def drawn(page: Page, *, selector: str = SELECTOR, ready: str = DRAWN) -> Frame:
    """Wait until a page's map is drawn, and give its frame.

    A frame that was only just attached still holds an empty document, which goes when the map's
    own arrives; a wait that began in the first is never answered. So the map itself is waited
    for first.

    Parameters
    ----------
    page
        The open page.
    selector
        Names the frame, where a page has more than one map; the first that matches counts.
    ready
        JavaScript that says, inside the frame, whether it is drawn.

    Raises
    ------
    playwright.sync_api.TimeoutError
        If nothing is drawn within the page's default time.
    RuntimeError
        If the frame goes while it is waited for.
    """
    inside = page.frame_locator(selector).first.locator(".leaflet-container").first
    inside.wait_for(state="attached")
    handle = inside.element_handle()
    frame = handle.owner_frame()
    if frame is None:
        raise RuntimeError(f"The map of {page.url} left its page while it was waited for.")
    frame.wait_for_function(ready)
    return frame
