"""A workspace in Chromium: drawn in, opened by others on another server, and gone for all."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.facts import own_regions
from geo.workspaces.keys import hashes
from tests import lists
from tests.browser import atlas
from tests.browser.drawing import at, tool
from tests.conftest import BELOW_LOG, BROWSER_MILLISECONDS, SERVER_LOG
from tests.visit import record

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from playwright.sync_api import Browser, Page

    from geo.workspaces.folder import Folder
    from tests.visit import Visit

SCRIPT = "<img src=x onerror='window.planted=1'>"


def visited(browser: Browser, address: str) -> Visit:
    """Open an address as another reader: in a context of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(BROWSER_MILLISECONDS)
    visit = record(context)
    visit.page.goto(address)
    return visit


def drawn(page: Page) -> None:
    """Begin with nothing, and draw a corridor across Wuhan."""
    atlas.settled(page)
    page.get_by_role("button", name="我的布局").click()
    page.get_by_role("button", name="没有底稿").first.click()
    expect(page.locator("[data-tool=select]")).to_have_attribute("aria-pressed", "true")
    atlas.settled(page)
    atlas.drawn(page)
    tool(page, "corridor")
    for lon, lat in ((114.1, 30.5), (114.3, 30.6), (114.5, 30.5)):
        page.mouse.click(*at(page, lon, lat))
    expect(page.locator(".ct-finish")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".ct-own-tag")).to_have_count(1)
    expect(page.locator(".ct-changes")).to_contain_text("43%")
    atlas.settled(page)


def kept(page: Page) -> None:
    """Save what was drawn in the workspace."""
    page.get_by_role("button", name="存入工作区").click()
    page.get_by_label("布局的名称").fill(f"江城一线{SCRIPT}")
    page.get_by_role("button", name="存下", exact=True).click()
    expect(page.get_by_text("已存入工作区。")).to_be_visible()
    expect(page.locator("h1.ct-wide")).to_contain_text("江城一线")


def deleted(page: Page) -> None:
    """Delete the workspace in view."""
    page.get_by_role("button", name="永久删除").click()
    page.get_by_label("请写").fill("永久删除")
    page.get_by_label("请写").press("Enter")
    atlas.settled(page)
    page.get_by_role("button", name="删除这个工作区").click()
    expect(page.get_by_text("工作区已永久删除")).to_be_visible()


def status(address: str) -> int:
    """Return how a server of ours answers."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def files(workspaces: Folder, key: str) -> list[Path]:
    """The files of a workspace; the name of each begins with the hash of its key."""
    return [*workspaces.folder.glob(f"{hashes(key).workspace}*")]


def test_layout_drawn_by_one_is_read_by_another_on_another_server(
    browser: Browser,
    tmp_path: Path,
    server: str,
    below: str,
    workspaces: Folder,
    request: pytest.FixtureRequest,
) -> None:
    keys = workspaces.create(lists.workspace(f"武汉{SCRIPT}"))
    secret = keys.write.removeprefix(keys.read)
    read, write = (f"region={own_regions.PREFIX}{key}" for key in (keys.read, keys.write))
    page = visited(browser, f"{server}/layouts?{write}").page
    drawn(page)
    kept(page)
    assert secret not in page.url
    assert keys.read not in page.title()
    page.context.close()
    reader = visited(browser, f"{below}/layouts?{read}").page
    atlas.drawn(reader)
    atlas.settled(reader)
    expect(reader.locator("h1.ct-wide")).to_contain_text("江城一线")
    expect(reader.locator(".ct-map").locator(".ct-band").first).to_be_attached()
    expect(reader.get_by_text("3 / 7")).to_be_visible()  # sites within 5 km of the corridor
    assert reader.get_by_role("button", name="存入工作区").count() == 0
    assert reader.evaluate("window.planted") is None
    reader.get_by_role("button", name="下载", exact=True).click()
    for label in ("布局 TOML", "布局 GeoJSON", "政策与现状 CSV", "地图 HTML"):
        assert keys.read not in atlas.downloaded(reader, label, tmp_path).read_text("utf-8")
    owner = visited(browser, f"{below}/data?show=workspace&{write}").page
    expect(owner.locator("h1.ct-wide")).to_contain_text("工作区")
    atlas.settled(owner)
    assert secret not in owner.url
    api = f"{below}/api/workspaces/{keys.read}/collections"
    before = status(api), len(files(workspaces, keys.read)) > 0
    deleted(owner)
    assert keys.read not in owner.url
    assert before == (200, True)
    assert status(api) == 404
    again = visited(browser, f"{below}/?{read}").page
    expect(again.locator("h1.ct-wide")).to_contain_text("上海")
    for opened in (reader, owner, again):
        opened.context.close()
    assert files(workspaces, keys.read) == []
    logs = (request.config.stash[name] for name in (SERVER_LOG, BELOW_LOG))
    told = "".join(log.read_text("utf-8", errors="replace") for log in logs)
    assert keys.read not in told
    assert secret not in told


def test_pins_are_kept_in_a_workspace_and_can_still_be_undone(
    browser: Browser, server: str, workspaces: Folder
) -> None:
    keys = workspaces.create(lists.workspace("武汉"))
    address = f"{server}/siting?region={own_regions.PREFIX}{keys.write}&mode=try&p=2"
    page = visited(browser, address).page
    atlas.settled(page)
    page.get_by_role("button", name="从提议的 2 处开始").click()
    expect(page.locator(".ct-trial-pin")).to_have_count(2)
    atlas.settled(page)
    save = page.locator(".st-key-scenario_keep").get_by_role("button", name="保存")
    written, ground = save.evaluate(
        """button => [
            getComputedStyle(button.querySelector("p")).color,
            getComputedStyle(button).backgroundColor,
        ]"""
    )
    assert written != ground
    save.click()
    page.get_by_role("button", name="存", exact=True).click()
    atlas.settled(page)
    expect(page.get_by_text("方案已存进工作区。")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".ct-trial-pin")).to_have_count(0)
