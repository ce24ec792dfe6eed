"""The component that brings the map into a page, while its scripts are late or missing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.layers import test_map
from tests.layers.shown import Shown, opened
from ui.map import page_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Route

SCRIPT = Path(page_map.__file__).with_name("map.js")
LATE = "assets/late.js"


@pytest.fixture
def shown(context: BrowserContext) -> Iterator[Shown]:
    with opened(context, test_map.arguments()) as found:
        source = SCRIPT.read_text("utf-8")
        found.page.route(
            "**/map.js",
            lambda route: route.fulfill(body=source, content_type="text/javascript"),
        )
        found.page.evaluate(
            """async (data) => {
              const {default: run} = await import("/map.js");
              const place = document.body.appendChild(document.createElement("div"));
              place.id = "late";
              window.run = () => run({data, parentElement: place, setTriggerValue() {}});
            }""",
            data(),
        )
        yield found


def data() -> dict[str, Any]:
    sent, _ = test_map.arguments()
    return {"js": [LATE], "css": [], **asdict(sent)}


def test_a_second_run_while_scripts_load_keeps_its_map(shown: Shown) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    shown.page.route(f"**/{LATE}", hold)
    with shown.page.expect_request(f"**/{LATE}"):
        shown.page.evaluate("window.runs = [window.run(), window.run()]; 0")
    while not waiting:
        shown.page.evaluate("0")
    waiting[0].fulfill(body="", content_type="text/javascript")
    # Streamlit cleans up after the run that it no longer wants, whenever that ends.
    shown.page.evaluate("Promise.all(window.runs).then(([first]) => first && first())")
    assert shown.page.locator("#late .ct-map").count() == 1


def test_a_script_that_failed_is_asked_for_again(shown: Shown) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.fulfill(body="", content_type="text/javascript")

    shown.page.route(f"**/{LATE}", answer)
    assert shown.page.evaluate("window.run().then(() => false, () => true)")
    assert shown.page.locator("#late .ct-map").count() == 0
    assert shown.page.evaluate("window.run().then(() => true)")
    assert shown.page.locator("#late .ct-map").count() == 1
