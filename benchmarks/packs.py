"""Packs made one after another by the app as it runs: seconds, and memory on top of an idle server.

Somebody at a page clicks 汇报材料 and then its files, in Chromium, on a server that has shown the
pages: what a pack takes is the most that the server's process holds while it is made (all of it,
code that is loaded for it too) and what programs that it starts hold, less what it held before the
first.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect, sync_playwright

from benchmarks.first_paint import report, settled
from scripts import app_server, browser_map, system_tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SECONDS: Final = 20.0
ON_TOP_MB: Final = 300.0
FILES: Final = ("docx", "pptx", "pdf")
PARTS: Final = "cover,findings,maps,ranking,comparison,scorecard,districts,methods,sources"
VIEWS: Final = (
    f"/districts?region=guangdong&unit=city&parts={PARTS}",
    f"/districts?region=guangdong&unit=city&lang=en&parts={PARTS}",
    f"/?region=shanghai&parts={PARTS}",
    "/layouts?region=chongqing",
    "/clusters?region=shanghai",
    "/find?region=jinan",
)
"""The first has 21 pages of districts."""

WAIT_MS: Final = 180_000


def held_mb(pid: int, *, most: bool = False) -> float:
    """Memory of a process in MB, or the most since `forget` (Linux: /proc)."""
    key = "VmHWM:" if most else "VmRSS:"
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith(key))
    return int(line.split()[1]) / 1024


class Children(Thread):
    """Watches what the programs that a process starts hold, MB; `most` until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.done = pid, 0.0, Event()

    def run(self) -> None:
        """Look every few milliseconds: a program may be gone while it is looked at."""
        own = Path(f"/proc/{self.pid}/cmdline").read_bytes()
        while not self.done.wait(0.02):
            for file in Path(f"/proc/{self.pid}/task").glob("*/children"):
                with suppress(OSError, StopIteration):
                    for child in map(int, file.read_text("ascii").split()):
                        # One that has not begun its program yet is this process once more.
                        if Path(f"/proc/{child}/cmdline").read_bytes() != own:
                            self.most = max(self.most, held_mb(child, most=True))


def forget(pid: int) -> None:
    """Have the system count the most anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


def opened(browser: Browser, address: str) -> Page:
    """Return a page once its map is drawn."""
    page = browser.new_page()
    page.goto(address)
    browser_map.drawn(page)
    settled(page)
    return page


def made(page: Page, kind: str) -> float:
    """Seconds from a click on a kind of file to the button that hands it out."""
    start = time.perf_counter()
    page.locator(f".st-key-pack_{kind}").get_by_role("button").click()
    expect(page.locator(f".st-key-pack_ready_{kind}")).to_be_visible(timeout=WAIT_MS)
    seconds = time.perf_counter() - start
    settled(page)
    return seconds


def main() -> int:
    """Measure and report; exit status 1 when a target is missed."""
    slowest, most = 0.0, 0.0
    with (
        tempfile.TemporaryDirectory() as folder,
        app_server.running(Path(folder, "server.log")) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=system_tools.chromium(), args=list(system_tools.CHROMIUM_FLAGS)
        )
        for view in VIEWS:
            opened(browser, server.address + view).close()
        idle = held_mb(server.pid)
        for view in VIEWS:
            page = opened(browser, server.address + view)
            page.locator(".st-key-pack").get_by_role("button").first.click()
            for kind in FILES:
                forget(server.pid)
                children = Children(server.pid)
                children.start()
                seconds = made(page, kind)
                children.done.set()
                on_top = held_mb(server.pid, most=True) + children.most - idle
                if view == VIEWS[0]:
                    slowest = max(slowest, seconds)
                most = max(most, on_top)
                print(f"{view[:44]:<44} {kind:<6} {seconds:5.1f} s  {on_top:4.0f} MB on top")
            page.close()
        browser.close()
    holds = [
        report("pack of Guangdong with 21 pages of districts", slowest, SECONDS, "s"),
        report(f"memory on top of {idle:.0f} MB", most, ON_TOP_MB, "MB"),
    ]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
