"""What a page shows stands in the head of its shell, for those that run no script."""

from __future__ import annotations

import asyncio
import html
import re
import urllib.parse
from typing import TYPE_CHECKING

import pytest
from starlette.responses import HTMLResponse

from server.telling import TITLE, Telling
from tests.server.test_served import ask
from ui import preview

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Message

SHOWN = {
    "/": "上海 165 处",
    "/?lang=en&region=jinan&kind=park": "in Jinan",
    "/districts?region=guangdong&by=people": "2020",
    "/layouts?layout=cq-2022-plan": "1+N",
    "/find?region=shanghai&text=田子坊": "田子坊",
    "/targets?place=jinan&lang=en": "Jinan",
    "/site?id=sh-m50": "M50",
}


def titles(page: str) -> set[str]:
    """The title of a page and those of its preview."""
    found = re.findall(r'<title>(.*?)</title>|property="og:title" content="(.*?)"', page)
    return {html.unescape("".join(pair)) for pair in found}


@pytest.mark.parametrize(("path", "part"), list(SHOWN.items()))
def test_title_and_preview_are_the_headline(server: str, path: str, part: str) -> None:
    quoted = server + urllib.parse.quote(path, safe="/?=&-")
    status, headers, body = ask(quoted)
    if TITLE in body:  # the server has only just started: the figures come a moment later
        status, headers, body = ask(quoted)
    assert status == 200
    assert int(headers["Content-Length"]) == len(body)
    (title,) = titles(body.decode())
    assert part in title
    assert body.count(b'property="og:description"') == 1
    assert b'src="./static/js/' in body


def test_what_an_address_brings_is_escaped() -> None:
    told = preview.header("find", "text=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22")
    assert "<script" not in told
    assert told.count("</title>") == 1
    assert "&lt;script" in told


@pytest.mark.parametrize(
    "asked", ["region=nowhere", "%", "a=b&a=c", "kind=,,,", "page=9999", "=", "lang=zz"]
)
def test_an_address_that_says_nothing_known_is_that_of_the_page(asked: str) -> None:
    for page in ("", "districts", "layouts", "find", "targets", "site"):
        assert titles(preview.header(page, asked)) == titles(preview.header(page, ""))


def shell(tell: Callable[[str, str], str]) -> list[Message]:
    """What is sent for the first page where a title is told so."""
    sent: list[Message] = []
    page = b"<head>" + TITLE + b"</head>"

    async def run() -> None:
        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": [],
        }
        await Telling(HTMLResponse(page), tell=tell, pages=())(scope, receive, send)

    asyncio.run(run())
    return sent


def test_a_page_opens_without_its_preview(caplog: pytest.LogCaptureFixture) -> None:
    def tell(*_: str) -> str:
        raise ValueError("no figures")

    _, body = shell(tell)
    assert body["body"] == b"<head>" + TITLE + b"</head>"
    assert "no figures" in caplog.text
