"""What a page with a map is known to load is asked for with its shell, and once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser import atlas

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMED = "() => [...document.querySelectorAll('link[rel$=preload]')].map(({href}) => href)"


@pytest.mark.parametrize("path", ["/?region=jinan", "/find?region=jinan&lang=en"])
def test_what_the_shell_names_is_asked_for_once(browser: Browser, server: str, path: str) -> None:
    asked: Counter[str] = Counter()
    with browser.new_context() as context:
        context.on("request", lambda request: asked.update([request.url]))
        page = context.new_page()
        # A server that has just started sends its first shells without what they show.
        while "assets/built" not in context.request.get(server + path).text():
            pass
        page.goto(server + path)
        atlas.drawn(page)
        named = page.evaluate(NAMED)
        ours = [urlsplit(address).path for address in named if "/assets/" in address]
        assert ours[:2] == ["/assets/built/atlas.js", "/assets/built/atlas.css"]
        assert ours[2].startswith("/assets/map/jinan-district-")
        assert any("BidiComponent" in address for address in named)
        assert {address: asked[address] for address in named} == dict.fromkeys(named, 1)
