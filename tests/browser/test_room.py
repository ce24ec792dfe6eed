"""Everything has room: on a desk, a tablet, a phone, and a screen enlarged to 200 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from scripts import browser_map
from tests.browser import atlas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from tests.visit import PageFactory

WIDTHS = (1440, 768, 390, 320)
# English is the longer of the two: all regions and layouts in it, each page in Chinese as well.
ENGLISH = (
    *(f"/?lang=en&region={name}" for name in ("chongqing", "guangdong")),
    "/districts?lang=en&region=guangdong&unit=district&by=lq&compare=440104,440305,440606",
    "/districts?lang=en&view=table",
    *(f"/layouts?lang=en&layout={name}" for name in ("hrb-2023-press", "cq-2022-plan")),
    "/layouts?lang=en&layout=gd-2023-plan&beside=jn-2020-plan",
    "/find?lang=en&sector=fas,arc&pick=sh-tonglefang,sh-bridge8-1,sh-angli",
    "/clusters?lang=en&region=guangdong&unit=district",
    "/siting?lang=en&at=place:1",
    "/siting?lang=en&mode=try&pins=A:121.25000,31.38000;B:121.12000,31.15000&at=pin:A",
    "/site?lang=en&id=sh-m50",
    "/targets?lang=en",
    "/data?lang=en",
    "/data?lang=en&show=record&region=guangdong",
    "/methods?lang=en&method=moran",
)
WITHOUT_MAP = ("/targets", "/data", "/methods", "view=table")
TWO_MAPS = ("beside", "mode=try")
CHINESE = (
    "/?region=jinan",
    "/districts?by=coverage&compare=310101,310104",
    "/layouts?layout=jn-2020-plan",
    "/find?pick=sh-tonglefang,sh-bridge8-1",
    "/clusters?at=sector:310110.dig",
    "/site?id=sh-m50",
    "/targets",
    "/methods",
)

SIDEWAYS = """() => {
    const page = document.querySelector(".stMain");
    return page.scrollWidth - page.clientWidth;
}"""

# What a row hides at its end, and says nothing of: no fade at its end.
UNTOLD = """() => [...document.querySelectorAll(".stApp *")].filter((row) => {
    const style = getComputedStyle(row);
    return ["auto", "scroll"].includes(style.overflowX) && row.checkVisibility()
        && row.scrollWidth > row.clientWidth + 1 && style.maskImage === "none";
}).map((row) => row.className)"""

LAID_OUT = """() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""

CONTROLS = """() => {
    const controls = [...document.querySelectorAll(`.st-key-head a, .ct-tagline, .st-key-bar button,
        .st-key-bar [data-testid=stSelectbox], .st-key-bar input[type=text], a.ct-choice`)];
    const hidden = (at) => !at.checkVisibility() || at.closest("[data-testid=stSelectbox]") !== null
        && !at.matches("[data-testid=stSelectbox]");
    const boxes = controls.filter((at) => !hidden(at)).map((at) => {
        let {left, top, right, bottom} = at.getBoundingClientRect();
        for (let row = at.parentElement; row; row = row.parentElement) {
            if (getComputedStyle(row).overflowX === "visible") continue;
            const shown = row.getBoundingClientRect();
            [left, right] = [Math.max(left, shown.left), Math.min(right, shown.right)];
        }
        return {name: at.innerText || at.ariaLabel || at.placeholder, left, top, right, bottom};
    });
    return boxes;
}"""


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until all of it is drawn."""
    without, two = (any(part in address for part in each) for each in (WITHOUT_MAP, TWO_MAPS))
    atlas.opened(page, address, maps=0 if without else 2 if two else 1)


def overlaps(boxes: list[dict[str, float]]) -> list[tuple[object, object]]:
    """Pairs of boxes that share more than a rounding error."""
    return [
        (a["name"], b["name"])
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 1
    ]


@pytest.mark.parametrize("addresses", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_nothing_scrolls_sideways_or_overlaps_unsaid(
    page_factory: PageFactory, server: str, addresses: tuple[str, ...]
) -> None:
    page = page_factory("/_stcore/health").page
    told = {}
    for address in addresses:
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        open_page(page, server + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(LAID_OUT)
            where = f"{address} {width}"
            told[f"{where} scrolls sideways"] = page.evaluate(SIDEWAYS)
            told[f"{where} has rows without a cue"] = page.evaluate(UNTOLD)
            told[f"{where} overlaps"] = overlaps(page.evaluate(CONTROLS))
    assert {what: found for what, found in told.items() if found} == {}


@pytest.fixture(scope="module")
def tablet(context: BrowserContext) -> Iterator[Page]:
    with context.new_page() as shared:
        shared.set_viewport_size({"width": 768, "height": 1024})
        yield shared


@pytest.mark.parametrize(
    "path", ["/", "/districts", "/layouts", "/find", "/targets", "/data", "/methods"]
)
def test_filters_and_tools_take_two_rows_of_a_tablet(tablet: Page, server: str, path: str) -> None:
    page = tablet
    open_page(page, f"{server}{path}?lang=en")
    boxes = [box for box in page.evaluate(CONTROLS) if box["top"] > 50]  # below the head
    bar = page.locator(".st-key-bar").bounding_box()
    assert bar is not None
    assert bar["height"] <= 2 * 36 + 10
    first_choices = [box["top"] for box in boxes if box["top"] > bar["y"] + bar["height"]]
    assert len(set(first_choices)) <= 2


def drawn(page: Page, *, maps: int = 1) -> Page:
    browser_map.drawn(page, maps=maps)
    atlas.settled(page)
    page.wait_for_function("() => chuangtu.maps().every(({state}) => state.lettered)")
    page.evaluate(LAID_OUT)
    return page


def test_phone_writes_no_note_over_the_map(page_factory: PageFactory) -> None:
    page = drawn(page_factory("/?lang=en", width=390, height=844).page)
    note, ground, whole = (
        page.locator(name).first.bounding_box()
        for name in (".ct-atlas .ct-note", ".leaflet-container", ".ct-atlas")
    )
    assert note is not None
    assert ground is not None
    assert whole is not None
    assert note["height"] > 10
    assert ground["y"] + ground["height"] <= note["y"]
    assert note["y"] + note["height"] <= whole["y"] + whole["height"]


def test_two_narrow_layouts_keep_their_legends_whole_and_invent_no_sea(
    page_factory: PageFactory,
) -> None:
    address = "/layouts?lang=en&layout=gd-2023-plan&beside=jn-2020-plan"
    page = drawn(page_factory(address, width=768, height=1024).page, maps=2)
    told = page.evaluate(
        """() => chuangtu.maps().map(({map, frame, layers, document: ground}) => ({
            hidden: frame.legend.scrollWidth - frame.legend.clientWidth,
            sea: layers.sea.getBounds().equals(L.latLngBounds(ground.window)),
            beyond: getComputedStyle(map.getContainer()).backgroundColor,
            paper: getComputedStyle(frame.legend).backgroundColor,
        }))"""
    )
    assert len(told) == 2
    for one in told:
        assert one["hidden"] == 0
        assert one["sea"]
        assert one["beyond"] == one["paper"]


def test_phone_reads_the_centre_by_one_touch_and_returns(page_factory: PageFactory) -> None:
    page = drawn(page_factory("/", width=390, height=844).page)
    inner = ("黄浦区", "静安区", "徐汇区", "长宁区")
    labels = page.locator(".ct-label")
    whole = page.evaluate("chuangtu.maps()[0].map.getZoom()")
    button = page.get_by_role("button", name="中心")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    for name in inner:
        expect(labels.filter(has_text=name).first).to_be_visible()
    assert page.evaluate("chuangtu.maps()[0].map.getZoom()") > whole + 1
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(labels.filter(has_text="崇明区").first).to_be_visible()


def test_tooltips_stay_on_a_phones_map(page_factory: PageFactory) -> None:
    page = drawn(page_factory("/?lang=en&region=guangdong", width=390, height=844).page)
    box = page.locator(".leaflet-container").first.bounding_box()
    assert box is not None
    seen = 0
    for across in (0.04, 0.3, 0.5, 0.7, 0.96):
        for down in (0.15, 0.45, 0.75):
            page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
            page.evaluate(LAID_OUT)  # hovering is heard once in 32 ms
            page.evaluate(LAID_OUT)
            page.mouse.move(box["x"] + across * box["width"] + 1, box["y"] + down * box["height"])
            told = page.evaluate(
                """() => {
                    const ground = chuangtu.maps()[0].map.getContainer();
                    const frame = ground.getBoundingClientRect();
                    return [...ground.querySelectorAll(".leaflet-tooltip")].map((at) => {
                        const {left, right, top} = at.getBoundingClientRect();
                        return [left - frame.left, top - frame.top, frame.right - right];
                    });
                }"""
            )
            seen += len(told)
            assert all(min(room) >= 0 for room in told), (across, down, told)
    assert seen > 5


@pytest.mark.parametrize("path", ["/?lang=en", "/layouts", "/find"])
def test_a_screen_at_200_percent_shows_the_whole_map(page_factory: PageFactory, path: str) -> None:
    page = drawn(page_factory(path, width=720, height=450).page)
    box = page.locator(".leaflet-container").first.bounding_box()
    assert box is not None
    assert box["height"] >= 250
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 450
