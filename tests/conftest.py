"""Fixtures for all tests: the running app, and Chromium to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.error import URLError
from urllib.request import urlopen

import hypothesis
import pytest
from playwright.sync_api import expect, sync_playwright

from scripts import system_tools
from tests.visit import record

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser, BrowserContext

    from tests.visit import PageFactory, Visit

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
BROWSER_MILLISECONDS = 20_000
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SERVER_LOG = pytest.StashKey[Path]()

# Examples are drawn anew on a developer's machine and are the same on every run of a server.
hypothesis.settings.register_profile(
    "project", deadline=None, derandomize=os.environ.get("CI") == "true"
)
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def chromium_executable() -> str:
    path = system_tools.chromium()
    if path is None:
        pytest.fail(
            "No Chromium found. Install one (Debian: apt-get install chromium fonts-noto-cjk) "
            "or set CHROMIUM to its path.",
            pytrace=False,
        )
    return path


@pytest.fixture(scope="session")
def browser(chromium_executable: str) -> Iterator[Browser]:
    expect.set_options(timeout=BROWSER_MILLISECONDS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_executable, args=list(CHROMIUM_FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Base address of the app, started once for the session, without a trailing slash."""
    log = tmp_path_factory.mktemp("server") / "server.log"
    request.config.stash[SERVER_LOG] = log
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.headless", "true", "--server.address", "127.0.0.1"]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, "--server.port", str(port), *options],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_healthy(process, address, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture
def page_factory(browser: Browser, server: str) -> Iterator[PageFactory]:
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "/",
        *,
        width: int = 1440,
        height: int = 900,
        color_scheme: Literal["light", "dark"] = "light",
        locale: str = "zh-CN",
        device_scale_factor: float = 1,
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            locale=locale,
            device_scale_factor=device_scale_factor,
        )
        contexts.append(context)
        context.set_default_timeout(BROWSER_MILLISECONDS)
        visit = record(context)
        visit.page.goto(server + path)
        return visit

    yield open_page
    for context in contexts:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of the server's log below a failed test that used the server."""
    report = yield
    log = item.config.stash.get(SERVER_LOG, None)
    if report.failed and log is not None and "server" in getattr(item, "fixturenames", ()):
        report.sections.append(("Log of the app", _tail(log)))
    return report


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Ask for the health page until it answers, the process ends, or START_SECONDS are over."""
    interval = 0.1
    for _ in range(round(START_SECONDS / interval)):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, TimeoutError, ConnectionError):
            pass
        try:
            status = process.wait(timeout=interval)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"The app ended with {status} before it served.\n{_tail(log)}", pytrace=False)
    pytest.fail(f"The app did not serve within {START_SECONDS} s.\n{_tail(log)}", pytrace=False)


def _tail(log: Path, *, lines: int = 60) -> str:
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-lines:])
