"""Fixtures for all tests: the running app, and Chromium to look at it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import hypothesis
import pytest
from playwright.sync_api import expect, sync_playwright

from geo import memory
from geo.workspaces.folder import Folder
from scripts import app_server, bundle_map, system_tools
from tests import shared
from tests.visit import record

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, BrowserContext

    from tests.visit import PageFactory, Visit

BROWSER_MILLISECONDS = 40_000
# The one certificate that tests meet is nobody's. A context that puts up with it has every request
# refused at first and made anew, until Chromium gives one up: ERR_TOO_MANY_RETRIES.
FLAGS = (
    *system_tools.CHROMIUM_FLAGS,
    "--ignore-certificate-errors",
    # All pages of the app in one process: what it has compiled of Streamlit's scripts is kept.
    "--process-per-site",
)
SERVER_LOG, BELOW_LOG = pytest.StashKey[Path](), pytest.StashKey[Path]()
ELSEWHERE = "http://localhost:*"
"""Another origin than the app's, which the tests open at 127.0.0.1."""

# Examples are drawn anew on a developer's machine; on a server they are the same on every run, so
# that more of them would never find more.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.register_profile("server", deadline=None, derandomize=True, max_examples=40)
hypothesis.settings.load_profile("server" if os.environ.get("CI") == "true" else "project")


def pytest_collection_finish() -> None:
    """Let thousands of tests not be looked through for garbage after each few of them."""
    memory.settle()


@pytest.fixture(scope="session", autouse=True)
def _bundled() -> None:
    """The map's scripts as they are now, in one file."""
    assert bundle_map.make()


@pytest.fixture(scope="session")
def chromium_executable() -> str:
    path = system_tools.chromium()
    if path is None:
        pytest.fail(
            "No Chromium found. Install one (Debian: apt-get install chromium-headless-shell "
            "fonts-noto-cjk) or set CHROMIUM to its path.",
            pytrace=False,
        )
    return path


@pytest.fixture(scope="session")
def browser(chromium_executable: str) -> Iterator[Browser]:
    expect.set_options(timeout=BROWSER_MILLISECONDS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_executable, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Where the apps of the session keep workspaces: one that is put there is found by them."""
    return Folder(shared.folder(tmp_path_factory, "workspaces"))


def _app(log: Path, **options: Any) -> AbstractContextManager[str]:  # noqa: ANN401 - the app's own
    """Give the address of an app that all workers have in common."""

    @contextmanager
    def start() -> Iterator[str]:
        with app_server.running(log, **options) as app:
            yield app.address

    return shared.once(log.parent, start)


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, workspaces: Folder
) -> Iterator[str]:
    """Base address of the app, started once for all workers, without a trailing slash."""
    log = shared.folder(tmp_path_factory, "server") / "server.log"
    request.config.stash[SERVER_LOG] = log
    with _app(log, workspaces=workspaces.folder) as address:
        yield address


@pytest.fixture(scope="session")
def below(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, workspaces: Folder
) -> Iterator[str]:
    """Address of an app with the same workspaces, below a path by Streamlit's own option."""
    request.getfixturevalue("server")  # in every worker it ends behind this one
    log = shared.folder(tmp_path_factory, "below") / "server.log"
    request.config.stash[BELOW_LOG] = log
    with _app(log, workspaces=workspaces.folder, base="/atlas", framed_by=ELSEWHERE) as address:
        yield address


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Where all pages of the app are opened: what Streamlit and we serve is fetched once."""
    with browser.new_context(locale="zh-CN") as shared:
        shared.set_default_timeout(BROWSER_MILLISECONDS)
        shared.new_page()  # with one page in it the window stays open: a new one is dear
        yield shared


@pytest.fixture(scope="session")
def app_process(context: BrowserContext, server: str) -> Iterator[None]:
    """A page of the app that stays open, and with it the process of all its pages."""
    with context.new_page() as page:
        page.goto(f"{server}/_stcore/health")
        yield


@pytest.fixture
def page_factory(
    context: BrowserContext,
    server: str,
    app_process: None,  # noqa: ARG001 - a fixture that must be there
) -> Iterator[PageFactory]:
    visits: list[Visit] = []

    def open_page(
        path: str = "/",
        *,
        width: int = 1440,
        height: int = 900,
        color_scheme: Literal["light", "dark"] = "light",
    ) -> Visit:
        visit = record(context)
        visits.append(visit)
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.emulate_media(color_scheme=color_scheme)
        visit.page.goto(server + path)
        return visit

    yield open_page
    for visit in visits:
        visit.page.close()
    context.set_storage_state({"cookies": [], "origins": []})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of the server's log below a failed test that used the server."""
    report = yield
    log = item.config.stash.get(SERVER_LOG, None)
    if report.failed and log is not None and "server" in getattr(item, "fixturenames", ()):
        report.sections.append(("Log of the app", app_server.tail(log)))
    return report
