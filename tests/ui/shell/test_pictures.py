"""Pictures of views: few are made at once, and none of a plan half-made is given away."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from tests.ui.report.test_document import Answer, answered, elsewhere, scope
from ui.shell import preview_picture
from ui.shell.routes import MAKING, WAITING, routes

if TYPE_CHECKING:
    import pytest


async def picture(of: list[object], query: str) -> Answer:
    """What the server sends for a picture of 总览."""
    (route,) = (each for each in of if getattr(each, "path", "").startswith("/picture"))
    asked = scope({}, "identity") | {
        "path": "/picture/overview.png",
        "path_params": {"page": "overview"},
        "query_string": query.encode(),
    }
    return await answered(route, asked)  # type: ignore[arg-type]


def test_few_pictures_are_made_at_once_and_few_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = threading.Barrier(MAKING, timeout=20)

    def slow(_page: str, _asked: object) -> bytes:
        pair.wait()
        return b"png"

    async def crowd(size: int) -> list[Answer]:
        of: list[object] = [*routes()]
        return list(await asyncio.gather(*(picture(of, f"radius={i + 1}") for i in range(size))))

    monkeypatch.setattr(preview_picture, "picture", slow)
    answers = elsewhere(crowd(MAKING + WAITING + 2))
    assert [each.status for each in answers] == [200] * (MAKING + WAITING) + [503] * 2
    assert all("retry-after" in each.headers for each in answers[-2:])
