"""What a page shows stands in the head of its shell, for those that run no script."""

from __future__ import annotations

import asyncio
import struct
import threading
import time
import urllib.parse
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from server.previews import MOST_AT_ONCE, SECONDS, TITLE, Previews
from tests import loops, reading
from tests.server.test_served import ask
from tests.ui.blocks.test_headlines import headline
from tests.ui.states import views
from ui.filters import finding
from ui.shell import preview, preview_picture
from ui.state import address, pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser
    from starlette.types import Message

SHOWN = {
    "/": "上海 285 处",
    "/?lang=en&region=jinan&kind=park": "in Jinan",
    "/districts?region=guangdong&by=people": "2020",
    "/layouts?layout=cq-2022-plan": "1+N",
    "/find?region=shanghai&text=田子坊": "田子坊",
    "/targets?place=jinan&lang=en": "Jinan",
    "/data?region=harbin&lang=en&show=record": "Harbin",
    "/site?id=sh-m50": "M50",
}


def titles(page: str) -> set[str]:
    """The title of a page and those of its preview."""
    head = reading.read(page)
    shared = reading.having(head, property="og:title")
    return {
        *(each.text or "" for each in head.iter("title")),
        *(each.attrib["content"] for each in shared),
    }


@pytest.mark.parametrize(("path", "part"), list(SHOWN.items()))
def test_title_and_preview_are_the_headline(server: str, path: str, part: str) -> None:
    quoted = server + urllib.parse.quote(path, safe="/?=&-")
    status, headers, body = ask(quoted)
    deadline = time.monotonic() + 60
    while TITLE in body and time.monotonic() < deadline:  # the figures come a moment later
        status, headers, body = ask(quoted)
    assert status == 200
    assert int(headers["Content-Length"]) == len(body)
    (title,) = titles(body.decode())
    assert part in title
    assert body.count(b'property="og:description"') == 1
    assert b'src="./static/js/' in body


def test_what_an_address_brings_is_escaped() -> None:
    told = preview.header("find", "text=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22")
    tags, usual = (
        [each.tag for each in reading.read(head).iter()]
        for head in (told, preview.header("find", ""))
    )
    assert tags == usual
    assert "<script" in titles(told).pop()


@pytest.mark.parametrize(
    "asked", ["region=nowhere", "%", "a=b&a=c", "kind=,,,", "page=9999", "=", "lang=zz"]
)
def test_an_address_that_says_nothing_known_is_that_of_the_page(asked: str) -> None:
    pages = (
        "districts",
        "layouts",
        "find",
        "clusters",
        "siting",
        "targets",
        "data",
        "methods",
        "site",
    )
    for page in ("", *pages):
        assert titles(preview.header(page, asked)) == titles(preview.header(page, ""))


@pytest.mark.parametrize("page", ["overview", "districts", "find"])
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])  # reads the maps first
def test_the_title_is_the_headline_of_all_that_the_address_says(
    page: str, data: st.DataObject
) -> None:
    shown = data.draw(views(pages.OF_PAGE[page]))
    asked = address.render(
        {**shown.state.values, "lang": shown.t.lang}, pages.OF_PAGE[page].fields()
    )
    (title,) = titles(preview.header(page, urllib.parse.urlencode(asked)))
    assert title == headline(shown, page)


def test_where_the_map_stands_and_what_is_picked_makes_no_headline_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = "region=shanghai&text=once-only&radius=4.5"
    told = titles(preview.header("find", asked))
    monkeypatch.delattr(finding, "results")  # what a headline counts
    for more in ("", "&map=121.5,31.2,12", "&map=121.4,31.2,11", "&pick=sh-m50", "&at=site:sh-m50"):
        assert titles(preview.header("find", asked + more)) == told
    with pytest.raises(AttributeError):
        preview.header("find", f"{asked}&kind=park")


def test_a_link_is_shown_with_the_map_that_it_opens(server: str) -> None:
    query = "lang=en&region=jinan&sector=dig"
    head = reading.read(preview.header("find", f"{query}&widget=map&map=117,36.6,9", server))
    (picture,) = (each.attrib["content"] for each in reading.having(head, property="og:image"))
    assert picture == f"{server}/picture/find.png?{query}"
    status, headers, body = ask(picture)
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert struct.unpack(">II", body[16:24]) == preview_picture.PIXELS


@pytest.mark.parametrize("path", ["targets", "nowhere", "site", "site?id=nowhere"])
def test_what_has_no_map_has_no_picture(server: str, path: str) -> None:
    page, _, query = path.partition("?")
    assert ask(f"{server}{preview_picture.PATH}/{page}.png?{query}")[0] == 404
    if page in pages.OF_PAGE:
        head = reading.read(preview.header(page, query, server))
        assert reading.having(head, property="og:image") == []


def test_a_browser_of_old_gets_a_picture_of_the_map(server: str, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    context.add_init_script("""
        const Known = RegExp;
        window.RegExp = function (pattern, flags) {
            if (String(flags).includes("v")) throw new SyntaxError("Invalid flags");
            return new Known(pattern, flags);
        };
        window.RegExp.prototype = Known.prototype;
    """)
    page = context.new_page()
    try:
        page.goto(f"{server}/districts?region=jinan&embed=map")
        picture = page.locator("#picture-of-the-view img")
        picture.wait_for()
        assert picture.get_attribute("alt")
        page.wait_for_function(
            "(width) => document.querySelector('#picture-of-the-view img').naturalWidth === width",
            arg=preview_picture.PIXELS[0],
        )
        assert "2023" in page.locator("#picture-of-the-view").inner_text()
    finally:
        context.close()


PAGE = b"<head>" + TITLE + b"</head>"


async def shell(previews: Previews, path: str = "/") -> bytes:
    """Return the shell as it is sent."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    await previews(scope, receive, send)
    return b"".join(each.get("body", b"") for each in sent)


def previews(tell: Callable[[str, str, str], str], base: str = "") -> Previews:
    app = HTMLResponse(PAGE)
    return Previews(app, head=tell, here=lambda _: "", always="", pages=("find",), base=base)


def test_a_page_opens_without_its_preview(caplog: pytest.LogCaptureFixture) -> None:
    def tell(*_: str) -> str:
        raise ValueError("no figures")

    assert loops.run(shell(previews(tell))) == PAGE
    assert "no figures" in caplog.text


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/atlas", ""),
        ("/atlas/", ""),
        ("/atlas/find", "find"),
        ("/find", None),
        ("/atlasfind", None),
    ],
)
def test_below_a_path_the_pages_below_it_are_told(path: str, page: str | None) -> None:
    body = loops.run(shell(previews(lambda name, *_: f"<b>{name}</b>", "/atlas"), path))
    told = TITLE if page is None else f"<b>{page}</b>".encode()
    assert body == PAGE.replace(TITLE, told)


def test_slow_headlines_hold_up_neither_pages_nor_the_threads_of_others() -> None:
    may_go_on = threading.Event()
    at_work: list[str] = []

    def tell(page: str, *_: str) -> str:
        at_work.append(page)
        assert may_go_on.wait(60)
        return "<b>late</b>"

    async def run() -> None:
        held = previews(tell)
        bodies = await asyncio.gather(*(shell(held) for _ in range(60)))
        assert set(bodies) == {PAGE}
        assert len(at_work) == MOST_AT_ONCE
        assert SECONDS < 1
        # Full: the next one does not wait at all, and other work finds its threads free.
        assert await asyncio.wait_for(shell(held), SECONDS / 2) == PAGE
        all_there = threading.Barrier(40)  # as many threads as Starlette has
        others = (run_in_threadpool(all_there.wait, 30) for _ in range(all_there.parties))
        assert len(set(await asyncio.gather(*others))) == all_there.parties
        may_go_on.set()
        async with asyncio.timeout(30):
            while (told := await shell(held)) == PAGE:
                await run_in_threadpool(may_go_on.wait)  # a turn of the loop
        assert told == PAGE.replace(TITLE, b"<b>late</b>")

    loops.run(run())
