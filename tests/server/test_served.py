"""The running app over HTTP: headers, statuses, speed of small answers, paths before it."""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import threading
import time
import urllib.error
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from geo.facts import own_regions
from geo.workspaces import keys
from scripts import browser_map
from server.previews import TITLE
from tests.conftest import ELSEWHERE, SERVER_LOG
from tests.server import nginx_server, proxy
from tests.visit import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from playwright.sync_api import Browser

PAGES = (
    *(
        "/",
        "/districts",
        "/layouts",
        "/find",
        "/clusters",
        "/siting",
        "/targets",
        "/data",
        "/methods",
    ),
    "/site",
)
OTHERS = ("/api?f=html", "/api/collections", "/api/nothing", "/report", "/_stcore/health")


def ask(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - http
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/nowhere", "/assets/built/atlas.js"])
def test_every_answer_has_the_headers_that_keep_a_page_safe(server: str, path: str) -> None:
    _, headers, _ = ask(server + path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    policies = headers.get_all("Content-Security-Policy")
    assert policies is not None
    (policy,) = policies
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "*" not in policy


def test_the_key_of_a_workspace_is_in_no_log(server: str, request: pytest.FixtureRequest) -> None:
    key = keys.new()
    for path in (f"/api/workspaces/{key.read}", f"/api/workspaces/{key.write}/collections"):
        assert ask(server + path)[0] == 404
    for page in PAGES:
        assert ask(f"{server}{page}?region={own_regions.PREFIX}{key.read}")[0] == 200
    assert key.read not in request.config.stash[SERVER_LOG].read_text("utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_found(server: str, path: str) -> None:
    status, headers, _ = ask(server + path)
    assert (status, headers.get_content_type()) == (200, "text/html")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/districts/nowhere", "/nowhere?lang=en", "/_stcore/nothing"]
)
def test_other_addresses_are_not_and_say_so(server: str, path: str) -> None:
    status, headers, shell = ask(server + path)
    assert (status, headers.get_content_type()) == (404, "text/html")
    # The page that says it to people: what follows the head, which tells of no figures.
    assert shell.split(b"</head>")[1] == ask(server + "/")[2].split(b"</head>")[1]
    assert b"og:title" not in shell


@pytest.mark.parametrize("road", ["server", "below", "behind"])
def test_the_home_page_s_name_leads_to_it(road: str, request: pytest.FixtureRequest) -> None:
    base = request.getfixturevalue(road)
    asked = "?region=jinan&text=%E5%9B%AD"
    to = urljoin(f"{base}/overview", heads(base, f"/overview{asked}", "GET")["location"])
    assert to == f"{base}/{asked}"
    assert ask(f"{base}/overview{asked}")[0] == 200


def heads(address: str, path: str, method: str) -> dict[str, str]:
    """Return the headers of an answer, in lower case.

    Without the moment, and without Vary, to which what packs bodies adds where there is one.
    """
    parts = urlsplit(address)
    client = http.client.HTTPConnection(parts.netloc, timeout=120)
    try:
        client.request(method, parts.path + path)
        answer = client.getresponse()
        body = answer.read()
        assert method == "GET" or body == b""
        told = {name.lower(): value for name, value in answer.getheaders()}
        return {name: value for name, value in told.items() if name not in {"date", "vary"}}
    finally:
        client.close()


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/api/collections?f=json", "/report"])
def test_the_head_alone_is_that_of_the_whole(server: str, path: str) -> None:
    for _ in range(20):  # the figures of a preview may come a moment later
        if path not in PAGES or TITLE not in ask(server + path)[2]:
            break
    assert heads(server, path, "HEAD") == heads(server, path, "GET")


@pytest.mark.parametrize("road", ["server", "below", "behind"])
@pytest.mark.parametrize("path", ["/find/?lang=en&text=%E5%9B%AD", "/nowhere/"])
def test_a_slash_too_many_leads_to_the_page(
    road: str, path: str, request: pytest.FixtureRequest
) -> None:
    base = request.getfixturevalue(road)
    to = urljoin(base + path, heads(base, path, "GET")["location"])
    name, mark, query = path.partition("?")
    assert to == base + name.rstrip("/") + mark + query


def test_nobody_reads_how_the_server_is_used(server: str) -> None:
    assert ask(server + "/_stcore/metrics")[0] == 404


def test_small_answers_on_a_kept_connection_come_at_once(server: str) -> None:
    client = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    took = []
    for _ in range(40):
        start = time.perf_counter()
        client.request("GET", "/api/conformance?f=json")
        assert client.getresponse().read()
        took.append(time.perf_counter() - start)
    client.close()
    assert statistics.quantiles(took, n=10)[0] < 0.005  # the quickest tenth, beside other work


def test_only_this_machine_is_answered_unless_asked_for(server: str) -> None:
    port = urlsplit(server).port
    assert port is not None
    # On this machine as well, and not the address that the configuration names.
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=10)


@pytest.fixture(scope="module")
def behind(server: str) -> Iterator[str]:
    """Address of the app behind a proxy that takes a path away."""
    with proxy.stripping(server, "/atlas") as address:
        yield address


@pytest.mark.parametrize("road", ["below", "behind"])
def test_the_api_below_a_path_links_to_itself(road: str, request: pytest.FixtureRequest) -> None:
    base = request.getfixturevalue(road)
    status, _, body = ask(f"{base}/api/collections?f=json")
    assert status == 200
    links = [link["href"] for each in json.loads(body)["collections"] for link in each["links"]]
    assert len(links) > 20
    tiles = [each for each in links if each.startswith(f"{base}/tiles/")]
    rest = [each for each in links if each not in tiles]
    assert [each for each in rest if not each.startswith(f"{base}/api")] == []
    assert [ask(each)[0] for each in (rest[-1], tiles[-1])] == [200, 200]
    assert f"{base}/report?pick=sh-m50" in ask(f"{base}/report?pick=sh-m50")[2].decode()
    assert ask(f"{base}/nowhere")[0] == 404


@pytest.fixture(scope="module")
def nginx(below: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app behind nginx with TLS, as docs/deploy.md sets it up."""
    folder: Path = tmp_path_factory.mktemp("nginx")
    with nginx_server.serving(below, folder) as address:
        yield address


@pytest.mark.parametrize("road", ["below", "behind", "nginx"])
def test_a_map_below_a_path(road: str, browser: Browser, request: pytest.FixtureRequest) -> None:
    base = request.getfixturevalue(road)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(40_000)
    visit = record(context)
    try:
        visit.page.goto(f"{base}/find?region=jinan")
        browser_map.drawn(visit.page)
        assert visit.page.evaluate("() => chuangtu.maps()[0].state.districts") == 12
        assert visit.page.url.startswith(base)
        assert visit.page_errors == []
        # Streamlit asks for its server below the page's own path first.
        probed = [text for text in visit.console_errors if "/find/_stcore/" not in text]
        assert probed == []
        link = visit.page.get_by_role("link", name="区县").first.get_attribute("href")
        assert urljoin(visit.page.url, link).startswith(f"{base}/districts")
    finally:
        context.close()


@pytest.mark.parametrize("road", ["server", "below", "behind"])
def test_embed_leads_to_the_widget_with_the_same_filters(
    road: str, request: pytest.FixtureRequest
) -> None:
    base = request.getfixturevalue(road)
    asked = "/districts?sector=fas,arc&embed=1&lang=en"
    to = urljoin(base + asked, heads(base, asked, "GET")["location"])
    assert to == f"{base}/districts?sector=fas,arc&lang=en&widget=view"


def test_only_the_origins_that_are_allowed_may_show_a_page(server: str, below: str) -> None:
    closed, opened = (ask(f"{base}/find?widget=map")[1] for base in (server, below))
    assert closed["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert opened["Content-Security-Policy"].endswith(f"frame-ancestors 'self' {ELSEWHERE}")
    # It has no word for other origins, and would forbid them.
    assert "X-Frame-Options" not in opened


def test_a_page_elsewhere_shows_the_widget_without_head_and_filters(
    below: str, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 700}, locale="zh-CN")
    context.set_default_timeout(40_000)
    frames = {
        name: f'<iframe name={name} width=480 height=360 src="{below}{address}"></iframe>'
        for name, address in {
            "map": "/?region=jinan&embed=map",
            "chart": "/districts?region=jinan&embed=chart&sector=dig",
        }.items()
    }
    (tmp_path / "index.html").write_text("".join(frames.values()))
    served = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    elsewhere = ThreadingHTTPServer(("127.0.0.1", 0), served)
    threading.Thread(target=elsewhere.serve_forever).start()
    page = context.new_page()
    try:
        page.goto(f"http://localhost:{elsewhere.server_port}/")
        for name in frames:
            page.frame_locator(f"[name={name}]").locator(".ct-widget-foot").wait_for()
        shown = {name: page.frame(name) for name in frames}
        assert shown["map"] is not None
        assert shown["chart"] is not None
        shown["map"].wait_for_function(f"() => ({browser_map.DRAWN})(1)")
        for frame in shown.values():
            assert frame is not None
            for hidden in (".st-key-bar", ".ct-head", "[data-testid=stHeader]"):
                expect(frame.locator(hidden)).to_be_hidden()
            assert frame.evaluate(
                "() => document.querySelector('.stMain').scrollWidth <= innerWidth"
            )
        assert shown["map"].locator(".ct-map").bounding_box() == {
            **(shown["map"].locator("html").bounding_box() or {}),
            "height": 360 - 25,
        }
        expect(shown["map"].locator(".ct-figures")).to_have_count(1)
        expect(shown["map"].locator(".ct-figures")).to_be_hidden()
        # The whole page opens with the filters of the widget, and is none.
        link = shown["chart"].locator(".ct-widget-foot a")
        assert link.get_attribute("href") == "?region=jinan&sector=dig"
        expect(shown["chart"].locator(".ct-map")).to_be_hidden()
        expect(shown["chart"].locator(".ct-bars")).to_be_visible()
    finally:
        context.close()
        elsewhere.shutdown()
        elsewhere.server_close()


CELLS = "/cells?region=shanghai&box=121,31,122,32&zoom=12"


def test_a_view_of_cells_is_sent_again_only_where_it_is_another(server: str) -> None:
    status, headers, body = ask(server + CELLS)
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert "no-cache" in headers["Cache-Control"]
    assert json.loads(body)["n"] > 0
    again = urllib.request.Request(server + CELLS, headers={"If-None-Match": headers["ETag"]})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(again)  # noqa: S310
    with unchanged.value as answer:
        assert answer.code == 304


@pytest.mark.parametrize("query", ["", "?region=ws-planted-0451&box=121,31,122,32&zoom=12"])
def test_what_is_no_view_of_cells_is_refused_without_the_key(server: str, query: str) -> None:
    status, headers, body = ask(f"{server}/cells{query}")
    assert status == 400
    assert headers["Content-Type"].startswith("text/plain")
    assert b"planted" not in body
