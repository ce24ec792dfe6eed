"""Answers that take long wait for each other, and let all others pass."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from api import mount, router, workspaces
from api.answers import JSON, ApiAnswer
from tests import loops

if TYPE_CHECKING:
    from starlette.types import Message

    from api.request import Request

PATH = "/api/collections/cities/items"
OF_WORKSPACE = "/api/workspaces/any-key/collections/cities/items"


class Making:
    """Stands for the router: what has a radius takes until it may go on."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.begun = threading.Event()
        self.made: list[str] = []
        self.at_once = self.most = 0

    def answer(self, request: Request) -> ApiAnswer:
        if "radius" in request.query_string:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.begun.set()
            assert self.may_go_on.wait(30)
            self.at_once -= 1
        self.made.append(request.query_string)
        return ApiAnswer(b"{}", JSON, "en")


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> Making:
    made = Making()
    monkeypatch.setattr(router, "answer", made.answer)
    return made


async def ask(
    service: mount.Service, query: str, path: str = PATH
) -> tuple[int, dict[bytes, bytes]]:
    """Return the status and the headers of an answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("localhost", 80),
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [],
    }
    await service(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.mark.parametrize("path", [PATH, OF_WORKSPACE])
def test_radii_are_measured_one_at_a_time_and_hold_nobody_up(
    making: Making, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(workspaces, "opened", lambda request: request.opened("ws"))

    async def run() -> None:
        service = mount.Service()
        radii = [f"radius={km}.5" for km in range(1, mount.MOST_WAITING + 1)]
        waiting = [asyncio.create_task(ask(service, each, path)) for each in radii]
        try:
            await asyncio.to_thread(making.begun.wait, 30)
            async with asyncio.timeout(10):
                status, headers = await ask(service, "radius=40.5", path)
                assert (status, headers[b"retry-after"]) == (503, b"10")
                for other in ("limit=5", "zoom=7", "kind=park"):
                    assert (await ask(service, other, path))[0] == 200
        finally:
            making.may_go_on.set()
        assert {status for status, _ in await asyncio.gather(*waiting)} == {200}
        assert (await ask(service, "radius=40.5", path))[0] == 200

    loops.run(run())
    assert making.most == 1


def test_those_who_ask_the_same_wait_for_one_answer(making: Making) -> None:
    async def run() -> None:
        service = mount.Service()
        waiting = [asyncio.create_task(ask(service, "radius=7.5")) for _ in range(5)]
        await asyncio.to_thread(making.begun.wait, 30)
        making.may_go_on.set()
        assert {status for status, _ in await asyncio.gather(*waiting)} == {200}

    loops.run(run())
    assert making.made == ["radius=7.5"]
